/** Reads what an archive says of its packages: Packages paragraphs and Contents lists, as apt keeps them. */
import { createReadStream, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { compareVersions } from '../../lib/sizes/apt/version.ts'

/** One paragraph of a Packages file. */
export interface Paragraph {
  readonly name: string
  readonly version: string
  /** Name, or name and version: `perl`, `bash 5.2.15-2`. */
  readonly source: string
  /** KiB, each file rounded up. */
  readonly installed: number
  readonly deb: number
  readonly priority: string
  readonly depends: string
  readonly recommends: string
  readonly provides: string
  readonly conflicts: string
  /** Bytes of the control paragraph, without what only an archive adds. */
  readonly control: number
}

/** The newest paragraph of each name in the Packages files (not compressed) of a folder of lists. */
export function readPackages(folder: string): ReadonlyMap<string, Paragraph> {
  const found = new Map<string, Paragraph>()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('_Packages'))) {
    for (const text of readFileSync(join(folder, file), 'utf8').split('\n\n')) {
      const one = paragraph(text)
      const old = one === undefined ? undefined : found.get(one.name)
      if (one !== undefined && (old === undefined || compareVersions(one.version, old.version) > 0))
        found.set(one.name, one)
    }
  }
  return found
}

// Written by the archive, not by the package.
const archiveFields =
  /^(Filename|Size|MD5sum|SHA1|SHA256|Description-md5|Tag|Phased-Update-Percentage|Suite|Codename): /

function paragraph(text: string): Paragraph | undefined {
  const fields = new Map<string, string>()
  let control = 0
  let counts = true
  for (const line of text.split('\n')) {
    if (!line.startsWith(' ')) counts = !archiveFields.test(line)
    if (counts && line !== '') control += Buffer.byteLength(line) + 1
    const colon = line.indexOf(': ')
    if (colon > 0 && !line.startsWith(' ')) fields.set(line.slice(0, colon), line.slice(colon + 2))
  }
  const at = (name: string): string => fields.get(name) ?? ''
  const name = at('Package')
  if (name === '') return undefined
  return {
    name,
    version: at('Version'),
    source: at('Source').replace(/[()]/g, ''),
    installed: Number(at('Installed-Size')),
    deb: Number(at('Size')),
    priority: at('Priority'),
    depends: [at('Pre-Depends'), at('Depends')].filter((one) => one !== '').join(', '),
    recommends: at('Recommends'),
    provides: at('Provides'),
    conflicts: [at('Conflicts'), at('Breaks')].filter((one) => one !== '').join(', '),
    control,
  }
}

/** What the paths of a package tell. */
export interface Paths {
  /** Of everything that is no folder. */
  count: number
  /** Of the path list that dpkg keeps, folders included. */
  list: number
  /** Of md5sums, if all are regular files. */
  sums: number
  /** Files that slim bases leave out, by kind. */
  docs: number
  manuals: number
  locales: number
  others: number
  python: number
  folders: number
  etc: number
}

/** Does a slim base leave this path out? */
export const excluded = (path: string): boolean =>
  /^\/usr\/share\/(doc\/(?!.*\/copyright$)|man\/|info\/|locale\/|groff\/|lintian\/|linda\/)./.test(path)

/** Adds up the paths of packages, in the order of a path list. */
export function countPaths(paths: Iterable<string>): Paths {
  const sum: Paths = {
    count: 0,
    list: 3,
    sums: 0,
    docs: 0,
    manuals: 0,
    locales: 0,
    others: 0,
    python: 0,
    folders: 1,
    etc: 0,
  }
  const folders = new Set<string>()
  for (const path of paths) {
    sum.count++
    sum.list += Buffer.byteLength(path) + 1
    if (path.startsWith('/etc/')) sum.etc++
    else sum.sums += Buffer.byteLength(path) + 34
    if (/^\/usr\/(lib|share)\/.*\.py$/.test(path)) sum.python++
    if (excluded(path)) {
      if (path.startsWith('/usr/share/doc/')) sum.docs++
      else if (path.startsWith('/usr/share/man/')) sum.manuals++
      else if (path.startsWith('/usr/share/locale/')) sum.locales++
      else sum.others++
    }
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at)
      if (folders.has(folder)) break
      folders.add(folder)
      sum.list += Buffer.byteLength(folder) + 1
      sum.folders++
    }
  }
  return sum
}

/** Paths of the packages wanted, from the Contents files of a folder of lists. */
export async function readContents(
  folder: string,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const file of readdirSync(folder).filter((name) => /Contents-\w+\.gz$/.test(name))) {
    const lines = createInterface({ input: createReadStream(join(folder, file)).pipe(createGunzip()) })
    for await (const line of lines) {
      const cut = line.lastIndexOf(' ')
      for (const owner of line.slice(cut + 1).split(',')) {
        const name = owner.slice(owner.lastIndexOf('/') + 1)
        if (!wanted.has(name)) continue
        const path = `/${line.slice(0, cut).trimEnd()}`
        const list = found.get(name)
        if (list === undefined) found.set(name, [path])
        else list.push(path)
      }
    }
  }
  for (const [name, list] of found) found.set(name, [...new Set(list)])
  return found
}
