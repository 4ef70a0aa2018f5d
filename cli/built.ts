/** Subjects that are no Dockerfile: images, and documents about them. Their readers are loaded only when there is one. */
import { join } from 'node:path'
import { baseOf, readDocument } from '../lib/bases/documents.ts'
import { sizeIn } from '../lib/bases/sizes.ts'
import type { StoredImage } from '../lib/image/stored.ts'
import type { Inspected } from '../lib/inspect.ts'
import type { Base, Image, Platform, Problem, SizeModel } from '../lib/model.ts'
import { platformText } from '../lib/platform.ts'
import type { Seen } from '../lib/unionfs/seen.ts'
import type { Gathered } from './gather.ts'
import type { Options } from './options.ts'
import type { Settings } from './settings.ts'
import type { DocumentSubject, ImageSubject } from './subject.ts'
import type { World } from './world.ts'

/** How much of an image is to be read, besides its rows and the headers of its files. */
export interface Depth {
  /** Rows carry their size in every model. */
  readonly allModels?: boolean
  /** What is seen in the end. */
  readonly files?: boolean
  /** The same, and which contents were rewritten, and which are there twice. */
  readonly contents?: boolean
  /** System, packages and accounts, for what is built on top; every digest is checked. */
  readonly facts?: boolean
  /** Every digest is checked, of layers that are not compressed too. */
  readonly verify?: boolean
  /** Sizes in the model of the builder, where none is asked for. */
  readonly asPredicted?: boolean
  /** Only the rows matter: nothing that is far away is fetched for the files. */
  readonly rows?: boolean
  /** Leave it open, for contents that are asked for later. */
  readonly keepOpen?: boolean
}

/** An image that is still open. */
export interface Opened {
  readonly stored: StoredImage
  readonly contents: Inspected['contents']
}

/** The image that a subject is, in the size model asked for. Throws UserError where it cannot be read. */
export async function builtImage(
  subject: ImageSubject | DocumentSubject,
  { platform, sizeModel }: Pick<Settings, 'platform' | 'sizeModel'>,
  depth: Depth,
  outside: Outside,
): Promise<Omit<Gathered, 'bounds'>> {
  const wanted = { ...depth, platform, sizeModel }
  const { image, kind, id, problems, stack, opened } = await imageOf(subject, wanted, outside)
  return {
    ...(stack === undefined ? {} : { stack }),
    ...(opened === undefined ? {} : { opened }),
    subject: { kind, path: subject.path, platform: platformText(image.platform) },
    image,
    id,
    builder: null,
    sizeModel,
    refused: null,
    diagnostics: problems.map((problem) => ({ file: subject.path, ...problem })),
  }
}

/** The image that a subject is, as something to build on. */
export async function builtBase(
  ref: string,
  subject: ImageSubject | DocumentSubject,
  platform: Platform,
  outside: Outside,
): Promise<{ readonly base: Base; readonly problems: readonly Problem[] }> {
  const far = subject.kind === 'image' && isFar(subject)
  const wanted = { platform, sizeModel: 'classic', allModels: true, rows: far, facts: !far } as const
  const { image, date, problems } = await imageOf(subject, wanted, outside)
  return {
    base: baseOf(ref, { image, date }),
    problems: problems.map((problem) => ({ file: subject.path, ...problem })),
  }
}

interface Found {
  readonly image: Image
  /** How it was kept: `document`, `docker-archive`, … */
  readonly kind: string
  /** `sha256:…`, or null. */
  readonly id: string | null
  readonly date: string
  readonly problems: readonly Problem[]
  /** Where they were asked for. */
  readonly stack?: Seen
  readonly opened?: Opened
}

async function imageOf(
  subject: ImageSubject | DocumentSubject,
  {
    platform,
    facts,
    files,
    contents,
    keepOpen,
    sizeModel,
    allModels,
    rows,
    verify,
  }: Depth & { readonly platform: Platform; readonly sizeModel: SizeModel },
  outside: Outside,
): Promise<Found> {
  if (subject.kind === 'document') {
    const { image, date, problems } = readDocument(subject.value, subject.path)
    const rows = image.rows.map((row) => (row.layer === null ? row : { ...row, size: sizeIn(row, sizeModel) }))
    return { image: { ...image, rows }, kind: subject.kind, id: null, date, problems }
  }
  if (rows && subject.transport === 'docker-daemon') return toldImage(subject, outside)
  const stored = await openStored(subject, platform, outside)
  let open = false
  try {
    if (rows && isFar(subject)) {
      const { glance } = await import('../lib/inspect.ts')
      const { image, problems } = await glance(stored, sizeModel)
      return { image, kind: stored.transport, id: stored.id || null, date: image.rows.at(-1)?.created ?? '', problems }
    }
    const { inspect } = await import('../lib/inspect.ts')
    const read = await inspect(stored, {
      sizeModel,
      allModels: allModels === true,
      contents: contents ? 'twins' : 'none',
      verify: facts === true || verify === true,
    })
    const { image, problems } = read
    const date = image.rows.at(-1)?.created ?? ''
    const found = { image, kind: stored.transport, id: stored.id || null, date, problems }
    if (facts) {
      const { readFacts } = await import('../lib/inspect/facts.ts')
      const { union } = await import('../lib/unionfs/union.ts')
      const stack = union(read.contents)
      const known = await readFacts(stored, read, { files: false, seen: stack })
      return { ...found, stack, image: { ...image, facts: known.facts }, problems: [...problems, ...known.problems] }
    }
    open = keepOpen === true
    const opened = open ? { opened: { stored, contents: read.contents } } : {}
    if (!contents && !files) return { ...found, ...opened }
    const { union } = await import('../lib/unionfs/union.ts')
    return { ...found, ...opened, stack: union(read.contents) }
  } finally {
    if (!open) stored.close()
  }
}

const isFar = ({ transport }: ImageSubject): boolean => transport === 'docker' || transport === 'docker-daemon'

/** What reaching a daemon or a registry takes besides the name. */
export interface Outside {
  readonly world: Pick<World, 'env' | 'smallHeap'>
  /** Keep documents of a registry between runs. */
  readonly cache: boolean
}

/** As the command line has it. */
export const outsideOf = (options: Options, world: World): Outside => ({
  world,
  cache: !options.on['no-registry-cache'],
})

const around = ({ world: { env } }: Outside) => ({ env, home: env.HOME ?? env.USERPROFILE ?? '/' })

/** Source: XDG Base Directory Specification. */
function cacheOf(outside: Outside): string | undefined {
  const { env, home } = around(outside)
  return outside.cache ? join(env.XDG_CACHE_HOME || join(home, '.cache'), 'stratigraph') : undefined
}

async function toldImage({ place }: ImageSubject, outside: Outside): Promise<Found> {
  const { tellDaemon } = await import('../lib/image/daemon.ts')
  const { rows, config, author, platform, diffIds, id } = await tellDaemon(place, around(outside))
  const layers = rows.flatMap((row, index) =>
    row.layer === null ? [] : [{ row: index, entries: [], complete: false, size: row.size }],
  )
  const known = layers.length === diffIds.length
  const image: Image = {
    rows,
    layers: known ? layers.map((layer, i) => ({ ...layer, diffId: diffIds[i]! })) : layers,
    config,
    author,
    platform,
    facts: { complete: false },
  }
  return { image, kind: 'docker-daemon', id: id || null, date: rows.at(-1)?.created ?? '', problems: [] }
}

/** Opens an image; close it. Throws UserError where it cannot be read or reached. */
export async function openStored(subject: ImageSubject, platform: Platform, outside: Outside): Promise<StoredImage> {
  const { transport, place, pick, path } = subject
  outside.world.smallHeap?.()
  if (transport === 'docker-daemon') {
    const { openDaemon } = await import('../lib/image/daemon.ts')
    return openDaemon(place, platform, around(outside))
  }
  if (transport === 'docker') {
    const { openRegistry } = await import('../lib/image/registry.ts')
    return openRegistry(place, platform, { ...around(outside), cache: cacheOf(outside) })
  }
  const { openImage } = await import('../lib/image/open.ts')
  return openImage({ transport, place, pick, path }, platform)
}
