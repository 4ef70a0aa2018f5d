/** Measures packages themselves: those installed on this machine, and .deb files at hand. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
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
}

interface Member {
  readonly path: string
  readonly type: 'file' | 'link' | 'folder' | 'other'
  readonly bytes: number
  /** Bytes of a link's target. */
  readonly target: number
}

const isPython = (path: string): boolean => /^\/usr\/(lib|share)\/.*\.py$/.test(path)

function sumUp(
  version: string,
  members: Iterable<Member>,
  info: number,
  conffiles: string,
  templates: number,
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

const dpkg = '/var/lib/dpkg/info'

/** Packages installed here, by name, of one architecture or none. Their files are read where dpkg put them. */
export function measureInstalled(): ReadonlyMap<string, Measured> {
  const format = '${db:Status-Abbrev}\t${Package}\t${Version}\t${Multi-Arch}\t${Architecture}\n'
  const found = new Map<string, Measured>()
  for (const line of execFileSync('dpkg-query', ['-W', '-f', format], { encoding: 'utf8' }).split('\n')) {
    const [state = '', name = '', version = '', multi = '', arch = ''] = line.split('\t')
    if (!state.startsWith('ii')) continue
    const stem = multi === 'same' ? `${name}:${arch}` : name
    const read = (kind: string): string => {
      const path = join(dpkg, `${stem}.${kind}`)
      return existsSync(path) ? readFileSync(path, 'utf8') : ''
    }
    const info = readdirSync(dpkg)
      .filter((file) => file.startsWith(`${stem}.`) && !file.slice(stem.length + 1).includes('.'))
      .reduce((bytes, file) => bytes + lstatSync(join(dpkg, file)).size, 0)
    const paths = read('list')
      .split('\n')
      .filter((path) => path !== '' && path !== '/.')
    const members = paths.flatMap((path) => installedMember(path) ?? [])
    // Something is gone or moved: what is left says nothing.
    if (members.length < paths.length) continue
    found.set(name, sumUp(version, members, info, read('conffiles'), Buffer.byteLength(read('templates'))))
  }
  return found
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

/** The .deb files of a folder, by package. */
export function measureFolder(folder: string): ReadonlyMap<string, Measured> {
  const found = new Map<string, Measured>()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb'))) {
    const path = join(folder, file)
    const [name = '', version = ''] = execFileSync('dpkg-deb', ['-f', path, 'Package', 'Version'], { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.slice(line.indexOf(': ') + 2))
    const data = [...members(spawnSync('dpkg-deb', ['--fsys-tarfile', path], { maxBuffer: 2 ** 31 }).stdout)]
    const control = [...members(spawnSync('dpkg-deb', ['--ctrl-tarfile', path], { maxBuffer: 2 ** 28 }).stdout)]
    const list = data.reduce((bytes, member) => bytes + Buffer.byteLength(member.path) + 1, 3)
    const text = (member: string): string =>
      control.some((one) => one.path === `/${member}`)
        ? execFileSync('dpkg-deb', ['-I', path, member], { encoding: 'utf8' })
        : ''
    const info = control.reduce((bytes, one) => bytes + (one.path === '/control' ? 0 : one.bytes), list)
    const templates = control.find((one) => one.path === '/templates')?.bytes ?? 0
    found.set(name, sumUp(version, data, info, text('conffiles'), templates))
  }
  return found
}

// Names of a tar, the root left out; GNU and POSIX long names joined.
function* members(tar: Buffer): Generator<Member> {
  let longName = ''
  let longLink = ''
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const field = (start: number, end: number): string =>
      tar.toString('utf8', at + start, at + end).replace(/\0.*$/s, '')
    const bytes = Number.parseInt(field(124, 136).trim() || '0', 8)
    const kind = String.fromCharCode(tar[at + 156] ?? 0)
    const body = tar
      .toString('utf8', at + 512, at + 512 + (kind === 'L' || kind === 'K' ? bytes : 0))
      .replace(/\0.*$/s, '')
    at += 512 + Math.ceil(bytes / 512) * 512
    if (kind === 'L') longName = body
    else if (kind === 'K') longLink = body
    else {
      const start = at - 512 - Math.ceil(bytes / 512) * 512
      const read = (a: number, b: number): string => tar.toString('utf8', start + a, start + b).replace(/\0.*$/s, '')
      const prefix = read(257, 262) === 'ustar' && read(263, 265) === '00' ? read(345, 500) : ''
      const name = (longName || (prefix === '' ? read(0, 100) : `${prefix}/${read(0, 100)}`))
        .replace(/^\.?\/?/, '')
        .replace(/\/$/, '')
      const target = longLink || read(157, 257)
      longName = longLink = ''
      const type = kind === '0' || kind === '\0' ? 'file' : kind === '2' ? 'link' : kind === '5' ? 'folder' : 'other'
      if (name !== '') yield { path: `/${name}`, type, bytes, target: type === 'link' ? Buffer.byteLength(target) : 0 }
    }
  }
}
