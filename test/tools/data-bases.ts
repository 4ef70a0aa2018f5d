/**
 * Writes lib/data/bases.ts from what was found: base images in committed scan reports, official images of 2016 to 2018,
 * and the packages of measured bases. `npm run data:bases`, with the recordings beside the project.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { releases, tagWords } from '../../lib/bases/name.ts'
import { namesOf } from './data-bases-names.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const shared = join(root, '..', 'shared')

export interface FoundRow {
  readonly createdBy: string
  readonly comment: string
  readonly emptyLayer: boolean
  readonly created: string | null
  readonly tarSize?: number
}

export interface Found {
  readonly names: readonly string[]
  readonly platform: string
  readonly date: string
  readonly rows: readonly FoundRow[]
  /** `debian 12 bookworm slim`, or ''. */
  readonly os: string
}

interface Recorded {
  readonly names: readonly string[]
  readonly platform: string
  readonly date: string
  readonly diffIds: readonly string[] | null
  readonly rows: readonly FoundRow[]
}

interface Pair {
  readonly image: string
  readonly tags: readonly string[]
  readonly platform: string
  readonly sourceDate: number
  readonly fromImage: string
  readonly baseRows: readonly string[] | null
  readonly actualRows: readonly { rendered: string }[]
}

const readLines = <T>(...path: readonly string[]): readonly T[] =>
  readFileSync(join(shared, ...path), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)

const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')

// ---- images of today ------------------------------------------------------------------------------

const recorded = readLines<Recorded>('corpus', 'bases', 'bases.jsonl')

/** A layer is the same wherever it lies: its length found once is known everywhere. */
const tarSizes = new Map<string, number>()
for (const { diffIds, rows } of recorded) {
  const layers = rows.filter((row) => !row.emptyLayer)
  for (const [i, { tarSize }] of layers.entries()) {
    const id = diffIds?.[i]
    if (tarSize !== undefined && id !== undefined) tarSizes.set(id, tarSize)
  }
}

const withSizes = ({ diffIds, rows }: Recorded): readonly FoundRow[] => {
  let layer = 0
  return rows.map((row) => {
    const id = row.emptyLayer ? undefined : diffIds?.[layer++]
    const tarSize = row.tarSize ?? (id === undefined ? undefined : tarSizes.get(id))
    return tarSize === undefined ? row : { ...row, tarSize }
  })
}

/** What lies under an image: the first rows, up to where a known image ends. */
function* below(image: Found): Generator<Found> {
  const { rows, platform } = image
  const cut = (count: number): Found => {
    const own = rows.slice(0, count)
    // The root file system of Debian is named after the day of its packages, whatever time its row holds.
    const seconds = count === 1 ? /'@(\d+)'/.exec(own[0]?.createdBy ?? '')?.[1] : undefined
    const day = seconds === undefined ? undefined : isoTime(Number(seconds))
    return { names: [], platform, date: day ?? own.at(-1)?.created ?? image.date, rows: own, os: image.os }
  }
  const first = rows[0]?.createdBy ?? ''
  if (/^ADD alpine-minirootfs-/.test(first)) yield cut(2)
  if (first.startsWith('# debian.sh')) yield cut(1)
  if (/^\/bin\/sh -c #\(nop\) ADD file/.test(first) && image.os.startsWith('debian')) yield cut(2)
  if (image.os.startsWith('ubuntu')) {
    const ends = rows.findIndex((row) => /^(?:ENV|COPY|RUN) /.test(row.createdBy))
    if (ends > 0) yield cut(ends)
  }
  const jdk = rows.findIndex((row) => row.createdBy === 'CMD ["jshell"]')
  if (jdk > 0 && jdk < rows.length - 1) yield { ...cut(jdk + 1), names: ['eclipse-temurin:'] }
  const corretto = rows.findIndex((row) =>
    /^(?:RUN .*apk add.*bash|ARG MAVEN_VERSION|RUN \S+ -c (?:apk|yum))/.test(row.createdBy),
  )
  if (image.names[0]?.startsWith('maven:') && image.names[0].includes('amazoncorretto') && corretto > 2)
    yield { ...cut(corretto), names: ['amazoncorretto:'] }
  const curl = rows[1]?.createdBy.includes('netbase') === true && first.startsWith('# debian.sh') ? 2 : 0
  if (curl > 0 && rows[2]?.createdBy.includes('mercurial') === true) {
    yield { ...cut(2), names: ['buildpack-deps:curl'] }
    if (rows[3]?.createdBy.includes('autoconf') === true) {
      yield { ...cut(3), names: ['buildpack-deps:scm'] }
      if (rows.length > 4) yield { ...cut(4), names: ['buildpack-deps:'] }
    }
  }
}

/** Distribution of the lowest rows: id, version, codename, slim. */
function osOf(image: Omit<Found, 'os'>): string {
  const text = image.rows.map((row) => row.createdBy).join('\n')
  const alpine = /^ADD alpine-minirootfs-(\d+\.\d+)/.exec(text)?.[1]
  if (alpine !== undefined) return `alpine ${alpine}`
  const suite = /^# debian\.sh .* '([a-z]+)' '@\d+'/.exec(text)?.[1]
  const label = /LABEL org\.opencontainers\.image\.version=(\d\d\.\d\d)/.exec(text)?.[1]
  const rock = /images\/ubuntu:(\d\d\.\d\d)/.exec(text)?.[1]
  const ubuntu = Object.entries(releases).find(
    ([, [id, version]]) => id === 'ubuntu' && version === (label ?? rock),
  )?.[0]
  const bazel = /bazel build @([a-z]+)\/\//.exec(text)?.[1]
  const named = image.names
    .map((name) => tagWords(name.slice(name.indexOf(':') + 1)).release)
    .find((word) => word !== '')
  const codename = suite ?? ubuntu ?? bazel ?? (named !== undefined && Object.hasOwn(releases, named) ? named : '')
  if (codename === '') {
    if (image.names.some((name) => /alpine/.test(name))) return 'alpine'
    return image.names.some((name) => /^amazoncorretto/.test(name)) ? 'amzn' : ''
  }
  const [id = '', version = ''] = releases[codename] ?? []
  return [id, version, codename, ...(isSlim(image, suite) ? ['slim'] : [])].join(' ')
}

/** Slim root file systems: by name, or by the length of the first layer (80 MB against 120 MB). */
const isSlim = (image: Omit<Found, 'os'>, suite: string | undefined): boolean =>
  image.names.some((name) => name.includes('slim')) ||
  (suite !== undefined && image.rows[0]?.tarSize !== undefined && image.rows[0].tarSize < 105e6)

/** The same tag, built in the same minute for another platform. */
const siblingOs = (image: Omit<Found, 'os'>): string =>
  recorded
    .filter(
      (other) => other.names.includes(image.names[0] ?? '') && other.date.slice(0, 16) === image.date.slice(0, 16),
    )
    .map((other) => osOf({ ...other, rows: withSizes(other) }))
    .find((os) => os !== '') ?? ''

const found: Found[] = []
for (const image of recorded) {
  const rows = withSizes(image)
  const whole = { names: image.names, platform: image.platform, date: image.date, rows, os: '' }
  const known = { ...whole, os: osOf(whole) || siblingOs(whole) }
  found.push({ ...known, names: namesOf(known) })
  for (const lower of below(known)) found.push({ ...lower, names: namesOf(lower) })
}

// ---- images of 2016 to 2018 -----------------------------------------------------------------------

/** Old enough to matter only where a Dockerfile still names them: systems, and the languages most often built upon. */
const oldNames =
  /^(?:debian|ubuntu|alpine|buildpack-deps|openjdk|java|node|ruby|php|python|ibmjava):(?!testing|unstable|sid|jessie-backports)/

/** A row as the builder wrote it, from the form that the image list shows. */
function oldRow(shown: string): FoundRow | undefined {
  if (shown.includes('# ARGS:')) return undefined
  const [keyword = '', ...rest] = shown.split(' ')
  const text = rest.join(' ')
  const files = keyword === 'ADD' || keyword === 'COPY'
  if (keyword === 'RUN') return { createdBy: `/bin/sh -c ${text}`, comment: '', emptyLayer: false, created: null }
  return { createdBy: `/bin/sh -c #(nop) ${files ? '' : ' '}${shown}`, comment: '', emptyLayer: !files, created: null }
}

const pairs = readLines<Pair>('corpus', 'official', 'classic-official.jsonl')
const newest = new Map<string, { readonly date: number; readonly rows: readonly string[] }>()
for (const { platform, fromImage, baseRows, sourceDate } of pairs) {
  if (platform !== 'linux/amd64' || baseRows === null) continue
  if (sourceDate > (newest.get(fromImage)?.date ?? 0)) newest.set(fromImage, { date: sourceDate, rows: baseRows })
}
// Rows of an image without those of its own Dockerfile are rows of what that was built from.
for (const { image, tags, fromImage, actualRows } of pairs) {
  const own = actualRows.map((row) => row.rendered)
  for (const tag of tags) {
    const whole = newest.get(`${image}:${tag}`)
    const count = (whole?.rows.length ?? 0) - own.length
    if (whole === undefined || count < 1 || newest.has(fromImage)) continue
    if (whole.rows.slice(count).join('\n') === own.join('\n'))
      newest.set(fromImage, { date: whole.date, rows: whole.rows.slice(0, count) })
  }
}
for (const [name, { date, rows }] of newest) {
  if (!oldNames.test(name)) continue
  const own = rows.map(oldRow)
  if (own.includes(undefined)) continue
  const image = {
    names: [name, ...aliases(name)],
    platform: 'linux/amd64',
    date: isoTime(date),
    rows: own.flatMap((row) => (row === undefined ? [] : [row])),
  }
  found.push({ ...image, os: oldOs(name) })
}

/** `debian:jessie` is `debian:8`. */
function aliases(name: string): readonly string[] {
  const [id = '', version = '', codename = '', slim] = oldOs(name).split(' ')
  if ((id !== 'debian' && id !== 'ubuntu') || !name.startsWith(`${id}:`) || version === '') return []
  const tail = slim === undefined ? '' : '-slim'
  return [`${id}:${codename}${tail}`, `${id}:${version}${tail}`]
}

function oldOs(name: string): string {
  const { release, version, flavour } = tagWords(name.slice(name.indexOf(':') + 1))
  if (name.startsWith('alpine:')) return `alpine ${version.join('.')}`
  const byVersion = Object.entries(releases).find(
    ([, [id, known]]) => name.startsWith(`${id}:`) && known.split('.').map(Number).join() === version.join(),
  )?.[0]
  const codename = Object.hasOwn(releases, release) ? release : (byVersion ?? '')
  if (codename === '') return release.startsWith('alpine') ? 'alpine' : ''
  return [...(releases[codename] ?? []), codename, ...(flavour.includes('slim') ? ['slim'] : [])].join(' ')
}

// ---- what follows from what was found --------------------------------------------------------------

/** The row of Debian's root file system does not say whether it is the slim one: that of one is that of the other. */
const fullDebian = (images: readonly Found[]): readonly Found[] =>
  images
    .filter(({ names, rows }) => names[0] === 'debian:bookworm-slim' && rows.length === 1)
    .map(({ rows, ...image }) => ({
      ...image,
      names: image.names.map((name) => name.replace(/-slim$/, '')),
      os: image.os.replace(/ slim$/, ''),
      rows: rows.map(({ createdBy, comment, emptyLayer, created }) => ({ createdBy, comment, emptyLayer, created })),
    }))

// ---- what is kept ---------------------------------------------------------------------------------

/** Newest first; an image all of whose names a newer one has on its platform goes. */
function kept(images: readonly Found[]): readonly Found[] {
  const order = [...merged(images)].sort(
    (a, b) => b.date.localeCompare(a.date) || sized(b) - sized(a) || (a.names[0] ?? '').localeCompare(b.names[0] ?? ''),
  )
  const taken = new Set<string>()
  const result: Found[] = []
  for (const image of withoutStale(order)) {
    const names = [...new Set(image.names)].filter((name) => !taken.has(`${name} ${image.platform}`))
    if (names.length === 0) continue
    for (const name of names) taken.add(`${name} ${image.platform}`)
    result.push({ ...image, names })
  }
  return result
}

/** Names that follow the newest release, given to the newest that was found. */
const following: Readonly<Record<string, readonly string[]>> = {
  'debian:trixie': ['debian:latest', 'debian:stable'],
  'debian:trixie-slim': ['debian:stable-slim'],
  'debian:bookworm': ['debian:oldstable'],
  'debian:bookworm-slim': ['debian:oldstable-slim'],
  'ubuntu:resolute': ['ubuntu:latest'],
  'buildpack-deps:trixie': ['buildpack-deps:latest', 'buildpack-deps:stable'],
  'buildpack-deps:trixie-curl': ['buildpack-deps:curl', 'buildpack-deps:stable-curl'],
  'buildpack-deps:trixie-scm': ['buildpack-deps:scm', 'buildpack-deps:stable-scm'],
  'alpine:3.24': ['alpine:latest', 'alpine:3'],
}

/** The same rows under other names, once; times may have lost their fractions. */
function merged(images: readonly Found[]): readonly Found[] {
  const byRows = new Map<string, Found>()
  for (const image of images) {
    const rows = image.rows.map(({ createdBy, emptyLayer, created }) => [createdBy, emptyLayer, created?.slice(0, 19)])
    const key = JSON.stringify([image.platform, image.os, rows])
    const other = byRows.get(key)
    const better = other === undefined || sized(image) > sized(other) ? image : other
    byRows.set(key, { ...better, names: [...new Set([...(other?.names ?? []), ...image.names])] })
  }
  return [...byRows.values()].map((image) => ({
    ...image,
    names: [
      ...image.names.filter((name) => name !== 'alpine:latest'),
      ...image.names.flatMap((name) => following[name] ?? []),
    ],
  }))
}

/** `nginx:stable` of 2020 is another version than `nginx:stable-alpine` of today: only the newest keeps the channel. */
function withoutStale(images: readonly Found[]): readonly Found[] {
  const version = ({ rows, names }: Found): string =>
    rows
      .map((row) => /ENV (?:NGINX|NODE)_VERSION=(\d+\.\d+)/.exec(row.createdBy)?.[1])
      .find((text) => text !== undefined) ??
    /:(\d+\.\d+)/.exec(names[0] ?? '')?.[1] ??
    ''
  const channel = (name: string): string =>
    /^(?:nginx:(?:stable|mainline)|node:(?:lts|current|iron|hydrogen|jod))\b/.exec(name)?.[0] ?? ''
  const newest = new Map<string, string>()
  for (const image of images)
    for (const name of image.names)
      if (channel(name) !== '' && !newest.has(channel(name))) newest.set(channel(name), version(image))
  return images.map((image) => ({
    ...image,
    names: image.names.filter((name) => channel(name) === '' || newest.get(channel(name)) === version(image)),
  }))
}

const sized = (image: Found): number => image.rows.filter((row) => row.tarSize !== undefined).length

const some = kept(found)
const images = [...kept([...some, ...fullDebian(some)])].sort(
  (a, b) => (a.names[0] ?? '').localeCompare(b.names[0] ?? '') || b.date.localeCompare(a.date),
)

// ---- the text -------------------------------------------------------------------------------------

const fragments: string[] = []
const fragmentIds = new Map<string, number>()
const idOf = (text: string): string => {
  const known = fragmentIds.get(text)
  if (known !== undefined) return known.toString(36)
  fragmentIds.set(text, fragments.length)
  fragments.push(text)
  return (fragments.length - 1).toString(36)
}

/** Commands of one row often come back in another: cut behind `; ` and `&& `. */
const pieces = (text: string): readonly string[] => text.split(/(?<=; )|(?<=&& )/)

const rowLines: string[] = []
const rowIds = new Map<string, number>()
const rowId = ({ createdBy, comment, emptyLayer }: FoundRow): string => {
  const line = [emptyLayer ? '-' : '+', idOf(comment), ...pieces(createdBy).map(idOf)].join(' ')
  const known = rowIds.get(line)
  if (known !== undefined) return known.toString(36)
  rowIds.set(line, rowLines.length)
  rowLines.push(line)
  return (rowLines.length - 1).toString(36)
}

const recordLines = images.map((image) => {
  let created: string | null = null
  const rows = image.rows.flatMap((row) => {
    const since: readonly string[] = row.created === created || row.created === null ? [] : [`@${row.created}`]
    created = row.created
    return [...since, `${rowId(row)}${row.tarSize === undefined ? '' : `=${row.tarSize}`}`]
  })
  return [image.names.join(' '), image.platform, image.date, image.os, rows.join(' ')].join('\t')
})

type Packages = Readonly<Record<string, { v: string; src?: string; prov?: string; eq?: string }>>
const measured = JSON.parse(readFileSync(join(shared, 'truth-run', 'bases.json'), 'utf8')) as Readonly<
  Record<string, { packages?: Packages }>
>
/** A build of nothing but `apt-get update`: what the lists weigh. */
const listBytes = (id: string): number => {
  const build = JSON.parse(readFileSync(join(shared, 'truth-run', `${id}.json`), 'utf8')) as {
    rows: { classic: number }[]
  }
  return build.rows[0]?.classic ?? 0
}
const packageLines = [
  ['debian 12', 'debian:bookworm-slim-local', 'apt-update'],
  ['debian 13', 'debian:trixie-slim-local', 'trixie-update'],
  ['ubuntu 22.04', 'ubuntu:jammy-local', 'jammy-update'],
].flatMap(([os = '', base = '', update = '']) => [
  `# ${os}\t${listBytes(update)}\t2026-11-20`,
  ...Object.entries(measured[base]?.packages ?? {}).map(([name, { v, src = '', prov = '', eq = '' }]) =>
    [name, v, src, prov, eq].join('\t').trimEnd(),
  ),
])

/** One line each; a line break inside is written as U+23CE. */
const literal = (lines: readonly string[]): string =>
  `\`${lines
    .map((line) =>
      line.replaceAll('\n', '\u23ce').replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${'),
    )
    .join('\n')}\``

const today = (
  images
    .map(({ date }) => date)
    .sort()
    .at(-1) ?? ''
).slice(0, 10)
const text = `/**
 * Base images as they were found, 2016 to ${today}. Renew: \`npm run data:bases\`.
 *
 * Source: image configs in vulnerability reports that people committed to public repositories (2020 to 2026), repo-info of
 * the Docker Official Images (2016 to 2018), packages as measured on 2026-11-20. Reading: lib/bases/records.ts.
 */

/** Pieces of row texts, one a line; U+23CE stands for a line break. */
export const fragments = ${literal(fragments)}

/** Rows: \`-\` without and \`+\` with a layer, then numbers of fragments in base 36: the comment, the pieces of created_by. */
export const rows = ${literal(rowLines)}

/**
 * Images, tab-separated: names, platform, date, distribution (id, version, codename, slim), rows from the oldest: the row's
 * number in base 36, \`=\` and the bytes of the layer's tar where known; \`@\` and a time: created, from here on.
 */
export const images = ${literal(recordLines)}

/**
 * Packages of plain installations, by distribution: \`#\`, id and version, bytes of the package lists after an update, their
 * date; then name, version, source, provides and equals, tab-separated.
 */
export const packages = ${literal(packageLines)}
`
writeFileSync(join(root, 'lib', 'data', 'bases.ts'), text)
process.stdout.write(
  `${images.length} images, ${rowLines.length} rows, ${fragments.length} fragments, ${Buffer.byteLength(text)} bytes\n`,
)
