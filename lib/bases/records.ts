/** Reads the embedded catalogue of base images: names first, rows only of the image that is wanted. */
import { fragments, images, packages, rows } from '../data/bases.ts'
import { kept, lazy } from '../kept.ts'
import type { BaseFacts, InstalledPackage, Row } from '../model.ts'
import { unknown, zero } from '../size.ts'
import { releases, type TagWords, tagWords } from './name.ts'
import { sizeIn } from './sizes.ts'

/** One image of the catalogue, its rows not yet read. */
export interface CatalogueImage {
  /** As people write it, `python`. */
  readonly repository: string
  /** All its tags, with `@` and a digest where that is known. */
  readonly tags: readonly string[]
  /** `linux/amd64`. */
  readonly platform: string
  /** RFC 3339: when its last row was made, or, for the oldest, when it was seen. */
  readonly date: string
  /** `debian 12 bookworm slim`, or ''. */
  readonly os: string
  /** The rows, packed. */
  readonly packed: string
}

/** All that the catalogue knows. Most images are none of these, and need no table. */
export const repositories: ReadonlySet<string> = new Set([
  'alpine',
  'alpine/java',
  'amazoncorretto',
  'azul/zulu-openjdk-debian',
  'buildpack-deps',
  'debian',
  'eclipse-temurin',
  'gcr.io/distroless/java25-debian13',
  'ibmjava',
  'java',
  'maven',
  'nginx',
  'nginxinc/nginx-unprivileged',
  'node',
  'openjdk',
  'oven/bun',
  'python',
  'tomcat',
  'ubuntu',
])

/** All images of a repository, as people write its name. */
export const imagesOf = kept(200, (repository): readonly CatalogueImage[] => {
  const found: CatalogueImage[] = []
  if (!repositories.has(repository)) return found
  for (const line of imageLines()) {
    if (!line.includes(`${repository}:`)) continue
    const [names = '', platform = '', date = '', os = '', packed = ''] = line.split('\t')
    const tags = names
      .split(' ')
      .flatMap((name) => (name.startsWith(`${repository}:`) ? [name.slice(repository.length + 1)] : []))
    if (tags.length > 0) found.push({ repository, tags, platform, date, os, packed })
  }
  return found
})

const imageLines = lazy(() => images.split('\n'))
const fragmentLines = lazy(() => fragments.split('\n'))
const rowLines = lazy(() => rows.split('\n'))

const systems: ReadonlySet<string> = new Set(['debian', 'ubuntu', 'buildpack-deps'])

/** Debian's channels, as of the catalogue's date. */
const debianChannels: Readonly<Record<string, string>> = {
  unstable: 'sid',
  testing: 'forky',
  stable: 'trixie',
  latest: 'trixie',
  oldstable: 'bookworm',
  oldoldstable: 'bullseye',
}

/** The words of a tag; for systems the version is their release: `debian:12` is `debian:bookworm`. */
export function wordsOf(repository: string, tag: string): TagWords {
  const read = tagWords(tag)
  if (!systems.has(repository) || read.release !== '') return read
  if (read.version.length === 0) {
    const channel = tag.split('-')[0] ?? ''
    const release = repository === 'ubuntu' ? undefined : debianChannels[channel]
    return release === undefined ? read : { ...read, release }
  }
  const codename = Object.entries(releases).find(([, [id, version]]) => {
    if (repository !== 'buildpack-deps' && id !== repository) return false
    const numbers = version.split('.').map(Number)
    // `12.5` is a state of Debian 12; `22.04` has two numbers that count.
    return version !== '' && numbers.every((number, i) => number === read.version[i])
  })?.[0]
  return codename === undefined ? read : { ...read, version: [], release: codename }
}

/** What an image is, once for each kind among its tags: the fullest version that a tag of the kind gives, and its release. */
export function kindsOf({ repository, tags, os }: CatalogueImage): readonly (TagWords & { readonly tag: string })[] {
  const kinds = new Map<string, TagWords & { readonly tag: string }>()
  const [id = '', version = '', codename = ''] = os.split(' ')
  const below = id === 'alpine' ? `alpine${version}` : codename
  for (const full of tags) {
    const tag = full.replace(/@.*/, '')
    const words = wordsOf(repository, tag)
    const key = words.flavour.join()
    const release = repository === 'alpine' ? '' : below || words.release
    const other = kinds.get(key)
    if (other === undefined || words.version.length > other.version.length) kinds.set(key, { ...words, release, tag })
  }
  return [...kinds.values()]
}

/** The rows of an image, oldest first; sizes by model in `sizes` where known. */
export function rowsOf(name: string, packed: string): readonly Row[] {
  const texts = fragmentLines()
  const lines = rowLines()
  const result: Row[] = []
  let created: string | null = null
  let layers = 0
  for (const word of packed.split(' ')) {
    if (word.startsWith('@')) {
      created = word.slice(1)
      continue
    }
    const [number = '', tarBytes] = word.split('=')
    const [flag, ...pieces] = (lines[Number.parseInt(number, 36)] ?? '').split(' ')
    const [comment = '', ...createdBy] = pieces.map((id) =>
      (texts[Number.parseInt(id, 36)] ?? '').replaceAll('\u23ce', '\n'),
    )
    const stores = flag === '+'
    const row: Row = {
      createdBy: createdBy.join(''),
      comment,
      author: '',
      emptyLayer: !stores,
      created,
      layer: stores ? layers++ : null,
      size: stores ? unknown(`catalogue: ${name}`) : zero,
      ...(tarBytes === undefined ? {} : { sizes: { podman: Number(tarBytes) } }),
      unpredictable: [],
      origin: { from: 'base', image: name },
    }
    result.push({ ...row, size: sizeIn(row, 'classic') })
  }
  return result
}

/** Distribution and packages of an image of the catalogue. */
export function factsOf(os: string, list: readonly Row[]): BaseFacts {
  const [id = '', versionId = '', codename = '', slim] = os.split(' ')
  if (id === '') return { complete: false }
  const known = {
    id,
    ...(versionId === '' ? {} : { versionId }),
    // Ubuntu's images have been without documentation since 18.04.
    ...(codename === '' ? {} : { codename, slim: slim === 'slim' || (id === 'ubuntu' && Number(versionId) >= 18) }),
  }
  const system = systemOf(`${id} ${versionId}`)
  if (system === undefined) return { os: known, complete: false }
  const installed: Record<string, InstalledPackage> = { ...system.installed }
  for (const name of addedPackages(list)) installed[name] ??= {}
  return { os: known, packages: installed, aptLists: system.aptLists, complete: false }
}

/** What a release of a distribution, `debian 12`, comes with; undefined: not measured. */
const systemOf = kept(50, (name) => {
  const block = packages.split(/^# /m).find((part) => part.startsWith(`${name}\t`))
  if (block === undefined) return undefined
  const [head = '', ...lines] = block.trimEnd().split('\n')
  const [, bytes, date = ''] = head.split('\t')
  const installed: Record<string, InstalledPackage> = {}
  for (const line of lines) {
    const [name = '', version = '', source = '', provides = '', equals = ''] = line.split('\t')
    installed[name] = {
      version,
      ...(source === '' ? {} : { source }),
      ...(provides === '' ? {} : { provides }),
      ...(equals === '' ? {} : { equals }),
    }
  }
  return { installed, aptLists: { bytes: Number(bytes), date } }
})

/** Packages that rows install by name and do not purge again; what those pull in stays unknown. */
function addedPackages(list: readonly Row[]): readonly string[] {
  return list.flatMap(({ createdBy }) => {
    if (/apt-get purge|apt-get autoremove|apt-get remove/.test(createdBy)) return []
    return [...createdBy.matchAll(/apt-get install((?:\s+[a-z0-9-][a-z0-9+.=:~-]*)+)/g)].flatMap(([, words = '']) =>
      words.split(/\s+/).filter((word) => /^[a-z0-9][a-z0-9+.-]+$/.test(word)),
    )
  })
}
