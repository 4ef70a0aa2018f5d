/** What one package stores, and how that is read where dpkg put it: packages installed on this machine. */
import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { excluded } from './data-apt-index.ts'

/** What one package stores; see Weight in lib/sizes/apt/table.ts. */
export interface Measured {
  readonly version: string
  readonly full: number
  readonly slim: number
  readonly fullLinks: number
  readonly slimLinks: number
  readonly files: number
  readonly info: number
  readonly conffiles: number
  readonly conffilesBytes: number
  readonly templates: number
  readonly python: number
  /** Bytes of the control paragraph; absent: only the index tells. */
  readonly control?: number
  /** Byte code that its scripts make; absent: nobody looked. */
  readonly byteCode?: number
}

/** One thing a package brings. */
export interface Member {
  readonly path: string
  readonly type: 'file' | 'link' | 'folder' | 'other'
  readonly bytes: number
  /** Bytes of a link's target. */
  readonly target: number
}

const isPython = (path: string): boolean => /^\/usr\/(lib|share)\/.*\.py$/.test(path)

/** Adds up the members of a package. `conffiles` is the text of its list, `info` what dpkg keeps of it in bytes. */
export function sumUp(
  version: string,
  members: Iterable<Member>,
  { info, conffiles, templates }: { readonly info: number; readonly conffiles: string; readonly templates: number },
): Measured {
  const sum = { full: 0, slim: 0, fullLinks: 0, slimLinks: 0, files: 0, python: 0 }
  for (const { path, type, bytes, target } of members) {
    if (type === 'folder') continue
    const out = excluded(path)
    sum.files++
    if (type === 'file') sum.full += bytes
    if (type === 'file' && !out) sum.slim += bytes
    if (type === 'link') sum.fullLinks += target
    if (type === 'link' && !out) sum.slimLinks += target
    if (type === 'file' && isPython(path)) sum.python += bytes
  }
  const listed = conffiles.split('\n').filter((line) => line.startsWith('/'))
  return { version, ...sum, info, conffiles: listed.length, conffilesBytes: Buffer.byteLength(conffiles), templates }
}

/**
 * Can a package be that long? The archive's `installed` KiB count each file in whole ones, so they hardly ever are fewer than
 * its bytes; 0: it does not tell. A table read in another form than it was written gives other lengths.
 */
export const possible = ({ full }: Pick<Measured, 'full'>, { installed }: { readonly installed: number }): boolean =>
  installed === 0 || full <= installed * 1024 * 1.5

/**
 * Which Python sources the scripts of a package compile; undefined: none. Without folders py3compile takes those that
 * every program can import, with folders those below them. Source: py3compile(1), and the postinst of python3.N.
 */
export function compiledBy(name: string, postinst: string): ((path: string) => boolean) | undefined {
  const own = postinst.includes('py_compile.py') && postinst.includes(`dpkg -L ${name}`)
  if (own || /^libpython3\.\d+-(minimal|stdlib)$/.test(name))
    return (path) => /^\/usr\/lib\/python3\.\d+\/.*\.py$/.test(path)
  const folders: string[] = []
  for (const [, words = ''] of postinst.matchAll(/^\s*py3compile\s+-p\s+\S+([^\n|;&]*)/gm)) {
    const given = words.split(/\s+/).filter((word) => word.startsWith('/'))
    folders.push(...(given.length > 0 ? given : ['']))
  }
  if (folders.length === 0) return undefined
  const common = /^\/usr\/lib\/python3(\.\d+)?\/(dist-packages|site-packages)\//
  return (path) =>
    path.endsWith('.py') && folders.some((folder) => (folder === '' ? common.test(path) : path.startsWith(folder)))
}

const dpkg = '/var/lib/dpkg'

/** Packages installed here, by name, of one architecture or none. Their files are read where dpkg put them. */
export function measureInstalled(): ReadonlyMap<string, Measured> {
  const format = '${db:Status-Abbrev}\t${Package}\t${Version}\t${Multi-Arch}\t${Architecture}\n'
  const controls = installedControls(readFileSync(join(dpkg, 'status'), 'utf8'))
  const kept = readdirSync(join(dpkg, 'info'))
  const found = new Map<string, Measured>()
  for (const line of execFileSync('dpkg-query', ['-W', '-f', format], { encoding: 'utf8' }).split('\n')) {
    const [state = '', name = '', version = '', multi = '', arch = ''] = line.split('\t')
    if (!state.startsWith('ii')) continue
    const stem = multi === 'same' ? `${name}:${arch}` : name
    const read = (kind: string): string => {
      const path = join(dpkg, 'info', `${stem}.${kind}`)
      return existsSync(path) ? readFileSync(path, 'utf8') : ''
    }
    const info = kept
      .filter((file) => file.startsWith(`${stem}.`) && !file.slice(stem.length + 1).includes('.'))
      .reduce((bytes, file) => bytes + lstatSync(join(dpkg, 'info', file)).size, 0)
    const paths = read('list')
      .split('\n')
      .filter((path) => path !== '' && path !== '/.')
    const members = paths.flatMap((path) => installedMember(path) ?? [])
    // Something is gone or moved: what is left says nothing.
    if (members.length < paths.length) continue
    const templates = Buffer.byteLength(read('templates'))
    const sum = sumUp(version, members, { info, conffiles: read('conffiles'), templates })
    const control = controls.get(name)
    const compiled = compiledBy(name, read('postinst'))
    const byteCode =
      compiled === undefined ? 0 : paths.filter(compiled).reduce((bytes, path) => bytes + byteCodeBeside(path), 0)
    found.set(name, {
      ...sum,
      ...(control === undefined ? {} : { control }),
      ...(compiled !== undefined && byteCode === 0 && sum.python > 0 ? {} : { byteCode }),
    })
  }
  return found
}

/** Bytes of each paragraph of a status file without what dpkg adds to it. */
function installedControls(status: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const text of status.split('\n\n')) {
    const own = text.replace(/^Status: .*\n?/m, '').replace(/^Conffiles:\n( .*\n?)*/m, '')
    const name = /^Package: (\S+)/m.exec(text)?.[1]
    if (name !== undefined) found.set(name, Buffer.byteLength(own.replace(/\n*$/, '\n')))
  }
  return found
}

function byteCodeBeside(path: string): number {
  const folder = join(dirname(path), '__pycache__')
  const stem = `${basename(path, '.py')}.cpython-`
  const own = existsSync(folder)
    ? readdirSync(folder).filter((file) => file.startsWith(stem) && /^\d+\.pyc$/.test(file.slice(stem.length)))
    : []
  return own.reduce((bytes, file) => bytes + lstatSync(join(folder, file)).size, 0)
}

function installedMember(path: string): Member | undefined {
  // A name that dpkg-divert moved away.
  const at = existsSync(`${path}.distrib`) ? `${path}.distrib` : path
  const stat = lstatSync(at, { throwIfNoEntry: false })
  if (stat === undefined) return undefined
  // Merged /usr: the folder of a package is a link here.
  if (stat.isSymbolicLink() && /^\/(bin|sbin|lib\w*)$/.test(path)) return { path, type: 'folder', bytes: 0, target: 0 }
  return {
    path,
    type: stat.isFile() ? 'file' : stat.isSymbolicLink() ? 'link' : stat.isDirectory() ? 'folder' : 'other',
    bytes: stat.isFile() ? stat.size : 0,
    target: stat.isSymbolicLink() ? Buffer.byteLength(readlinkSync(at)) : 0,
  }
}
