/** Subjects that are no Dockerfile: images, and documents about them. Their readers are loaded only when there is one. */
import { baseOf, readDocument, sizeIn } from '../lib/bases.ts'
import { UserError } from '../lib/error.ts'
import type { StoredImage } from '../lib/image/stored.ts'
import type { Inspected } from '../lib/inspect.ts'
import type { Base, Entry, Image, Platform, Problem, SizeModel } from '../lib/model.ts'
import { platformText } from '../lib/platform.ts'
import type { Stack } from '../lib/unionfs/stack.ts'
import type { Gathered } from './gather.ts'
import type { Settings } from './settings.ts'
import type { DocumentSubject, ImageSubject } from './subject.ts'

/** How much of an image is to be read, besides its rows and the headers of its files. */
export interface Depth {
  /** Rows carry their size in every model. */
  readonly allModels?: boolean
  /** Which contents were rewritten, and which are there twice. */
  readonly contents?: boolean
  /** System, packages and accounts, for what is built on top; every digest is checked. */
  readonly facts?: boolean
  /** Sizes in the model of the builder, where none is asked for. */
  readonly asPredicted?: boolean
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
  depth: Depth = {},
): Promise<Omit<Gathered, 'budgets'>> {
  const { image, kind, id, problems, stack, opened } = await imageOf(subject, { ...depth, platform, sizeModel })
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
): Promise<Base> {
  const { image, date } = await imageOf(subject, {
    platform,
    sizeModel: 'classic',
    allModels: true,
    facts: true,
  })
  return baseOf(ref, { image, date })
}

interface Found {
  readonly image: Image
  /** How it was kept: `document`, `docker-archive`, … */
  readonly kind: string
  /** `sha256:…`, or null. */
  readonly id: string | null
  readonly date: string
  readonly problems: readonly Problem[]
  /** Where contents were asked for. */
  readonly stack?: Stack
  readonly opened?: Opened
}

async function imageOf(
  subject: ImageSubject | DocumentSubject,
  {
    platform,
    facts,
    contents,
    keepOpen,
    sizeModel,
    allModels,
  }: Depth & { readonly platform: Platform; readonly sizeModel: SizeModel },
): Promise<Found> {
  if (subject.kind === 'document') {
    const { image, date, problems } = readDocument(subject.value, subject.path)
    const rows = image.rows.map((row) => (row.layer === null ? row : { ...row, size: sizeIn(row, sizeModel) }))
    return { image: { ...image, rows }, kind: subject.kind, id: null, date, problems }
  }
  const stored = await openStored(subject, platform)
  let open = false
  try {
    const { inspect } = await import('../lib/inspect.ts')
    const read = await inspect(stored, {
      sizeModel,
      allModels: allModels === true,
      contents: contents ? 'rewrites' : 'none',
      verify: facts === true,
    })
    const { image, problems } = read
    const date = image.rows.at(-1)?.created ?? ''
    const found = { image, kind: stored.transport, id: stored.id || null, date, problems }
    if (facts) {
      const { readFacts } = await import('../lib/inspect/facts.ts')
      return { ...found, image: { ...image, facts: await readFacts(stored, read, { files: false }) } }
    }
    if (contents) return { ...found, stack: await withTwins(stored, read) }
    if (!keepOpen) return found
    open = true
    return { ...found, opened: { stored, contents: read.contents } }
  } finally {
    if (!open) stored.close()
  }
}

/** The stack of an image, in which files of one length know their content. */
async function withTwins(stored: StoredImage, { image, contents }: Inspected): Promise<Stack> {
  const { stack } = await import('../lib/unionfs/stack.ts')
  const { learnContents } = await import('../lib/image/layers.ts')
  const stacked = stack(image.layers)
  const lengths = new Map<number, Entry>()
  const wanted = new Set<Entry>()
  for (const { entry } of stacked.files) {
    if (entry.type !== 'file' || entry.size.low === 0) continue
    const other = lengths.get(entry.size.low)
    if (other === undefined) lengths.set(entry.size.low, entry)
    else wanted.add(other).add(entry)
  }
  await learnContents(stored, contents, wanted)
  return stacked
}

/** Opens an image; close it. Throws UserError where it cannot be read. */
export async function openStored(subject: ImageSubject, platform: Platform): Promise<StoredImage> {
  const { transport, place, pick, path } = subject
  if (transport === 'docker' || transport === 'docker-daemon')
    throw new UserError(
      `${path}: this version opens no connection to a ${transport === 'docker' ? 'registry' : 'daemon'}`,
      {
        hint: `docker save -o image.tar ${place}`,
      },
    )
  const { openImage } = await import('../lib/image/open.ts')
  return openImage({ transport, place, pick, path }, platform)
}
