/** Reads what an archive says of its packages: Packages paragraphs and Contents lists, as apt keeps them. */
import { createReadStream, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { parseRelations } from '../../lib/sizes/apt/relations.ts'
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

const packagesFiles = (folder: string): readonly string[] =>
  readdirSync(folder)
    .sort()
    .filter((name) => name.endsWith('_Packages'))

/** The newest paragraph of each name in the Packages files (not compressed) of a folder of lists. */
export function readPackages(folder: string): ReadonlyMap<string, Paragraph> {
  const found = new Map<string, Paragraph>()
  for (const file of packagesFiles(folder)) {
    for (const text of readFileSync(join(folder, file), 'utf8').split('\n\n')) {
      const one = paragraph(text)
      const old = one === undefined ? undefined : found.get(one.name)
      if (one !== undefined && (old === undefined || compareVersions(one.version, old.version) > 0))
        found.set(one.name, one)
    }
  }
  return found
}

/** Fields in the order in which apt reads them, and so meets names for the first time. Source: apt 2.6, deblistparser.cc. */
const mentioning = 'Pre-Depends Depends Conflicts Breaks Recommends Suggests Replaces Enhances Provides'.split(' ')

/**
 * Names in the order in which apt meets them: those of packages and those that packages mention, files of `lists` in the
 * order of the sources (release, updates, security).
 */
export function firstMentions(folder: string): ReadonlyMap<string, number> {
  const met = new Map<string, number>()
  const meet = (name: string): void => void (met.has(name) || met.set(name, met.size))
  const place = (file: string): number => (/security/.test(file) ? 2 : /-updates/.test(file) ? 1 : 0)
  const files = [...packagesFiles(folder)]
  for (const file of files.sort((a, b) => place(a) - place(b)))
    for (const text of readFileSync(join(folder, file), 'utf8').split('\n\n')) {
      const fields = new Map<string, string>()
      for (const line of text.split('\n')) {
        const colon = line.indexOf(': ')
        if (colon > 0 && !line.startsWith(' ')) fields.set(line.slice(0, colon), line.slice(colon + 2))
      }
      meet(fields.get('Package') ?? '')
      for (const field of mentioning)
        for (const { name } of parseRelations(fields.get(field) ?? '', '').flat()) meet(name)
    }
  return met
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

/** Kinds of files that differ in how long they usually are; the first ones are those that slim bases leave out. */
export const kinds = [
  'changelogs',
  'histories',
  'readmes',
  'pages',
  'pictures',
  'examples',
  'docs',
  'references',
  'manuals',
  'translations',
  'locales',
  'infos',
  'others',
  'copyrights',
  'programs',
  'libraries',
  'archives',
  'headers',
  'sources',
  'perl',
  'modules',
  'texts',
  'images',
  'settings',
  'data',
  'links',
] as const

export type Kind = (typeof kinds)[number]

/** How many of the kinds slim bases leave out. */
export const leftOut = 13

/** How many of those are below /usr/share/doc. */
export const inDocs = 7

/** What the paths of a package tell. */
export interface Paths {
  /** Of everything that is no folder. */
  readonly count: number
  /** Bytes of the path list that dpkg keeps, folders included. */
  readonly list: number
  /** Bytes of md5sums, if all are regular files. */
  readonly sums: number
  readonly python: number
  readonly folders: number
  /** Files below /etc, and bytes of their paths. */
  readonly etc: number
  readonly etcBytes: number
  readonly kinds: Readonly<Record<Kind, number>>
}

/** Does a slim base leave this path out? */
export const excluded = (path: string): boolean =>
  /^\/usr\/share\/(doc\/(?!.*\/copyright$)|man\/|info\/|locale\/|groff\/|lintian\/|linda\/)./.test(path)

// The first that fits counts.
const leftOutKinds: readonly (readonly [RegExp, Kind])[] = [
  [/^\/usr\/share\/locale\//, 'locales'],
  [/^\/usr\/share\/info\//, 'infos'],
  [/^\/usr\/share\/man\/man3/, 'references'],
  [/^\/usr\/share\/man\/man/, 'manuals'],
  [/^\/usr\/share\/man\//, 'translations'],
  [/^(?!\/usr\/share\/doc\/)/, 'others'],
  [/\/changelog\.Debian(\.\w+)?\.gz$/, 'changelogs'],
  [/\/(changelog|changes|news|history)[^/]*$/i, 'histories'],
  [/\/(readme|todo|authors|thanks|faq|bugs)[^/]*$/i, 'readmes'],
  [/\.(html?|css|js)(\.gz)?$/, 'pages'],
  [/\.(png|svg|jpe?g|gif|pdf|ps)(\.gz)?$/, 'pictures'],
  [/\/examples?\//, 'examples'],
  [/(?:)/, 'docs'],
]
const keptKinds: readonly (readonly [RegExp, Kind])[] = [
  [/\/copyright$/, 'copyrights'],
  [/^\/(usr\/)?(s?bin|libexec|games)\//, 'programs'],
  [/^(\/[^/]*){1,4}\/[^/]*\.so$/, 'links'],
  [/\.so(\.|$)/, 'libraries'],
  [/\.(a|jar|wasm|ttf|otf|deb|rdb)$/, 'archives'],
  [/^\/usr\/include\/|\.h$/, 'headers'],
  [/\.py$/, 'sources'],
  [/\.(pm|pl|pod)$/, 'perl'],
  [/\.(rb|js|php|el|tcl|R|lua|ts)$/, 'modules'],
  [/\.(json|xml|ya?ml|html?|css|txt)$/, 'texts'],
  [/\.(png|svg|jpe?g|gif|ico)$/, 'images'],
  [/^\/etc\//, 'settings'],
  [/(?:)/, 'data'],
]

const kindOf = (path: string): Kind =>
  (excluded(path) ? leftOutKinds : keptKinds).find(([pattern]) => pattern.test(path))![1]

/** Adds up the paths of packages. */
export function countPaths(paths: Iterable<string>): Paths {
  const sum = { count: 0, list: 3, sums: 0, python: 0, folders: 1, etc: 0, etcBytes: 0 }
  const found = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Kind, number>
  const folders = new Set<string>()
  for (const path of paths) {
    sum.count++
    sum.list += Buffer.byteLength(path) + 1
    if (path.startsWith('/etc/')) {
      sum.etc++
      sum.etcBytes += Buffer.byteLength(path) + 1
    } else sum.sums += Buffer.byteLength(path) + 34
    if (/^\/usr\/(lib|share)\/.*\.py$/.test(path)) sum.python++
    found[kindOf(path)]++
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at)
      if (folders.has(folder)) break
      folders.add(folder)
      sum.list += Buffer.byteLength(folder) + 1
      sum.folders++
    }
  }
  return { ...sum, kinds: found }
}

/** Paths of the packages wanted, from the Contents files of a folder of lists. */
export async function readContents(
  folder: string,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const file of readdirSync(folder)
    .sort()
    .filter((name) => /Contents-\w+\.gz$/.test(name))) {
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
