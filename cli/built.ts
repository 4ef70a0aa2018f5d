/** Subjects that are no Dockerfile: images, and documents about them. Their readers are loaded only when there is one. */
import { baseOf, readDocument, sizeIn } from '../lib/bases.ts'
import { UserError } from '../lib/error.ts'
import type { StoredImage } from '../lib/image/stored.ts'
import type { Base, Image, Platform, Problem, SizeModel } from '../lib/model.ts'
import { platformText } from '../lib/platform.ts'
import type { Gathered } from './gather.ts'
import type { Settings } from './settings.ts'
import type { DocumentSubject, ImageSubject } from './subject.ts'

/** The image that a subject is, in the size model asked for. Throws UserError where it cannot be read. */
export async function builtImage(
  subject: ImageSubject | DocumentSubject,
  {
    platform,
    sizeModel,
    allModels = false,
  }: Pick<Settings, 'platform' | 'sizeModel'> & { readonly allModels?: boolean },
): Promise<Gathered> {
  const { image, kind, id, problems } = await imageOf(subject, { platform, sizeModel, allModels })
  return {
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
  const { image, date } = await imageOf(subject, { platform, sizeModel: 'classic', allModels: true })
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
}

async function imageOf(
  subject: ImageSubject | DocumentSubject,
  { platform, ...wanted }: { platform: Platform; sizeModel: SizeModel; allModels: boolean },
): Promise<Found> {
  if (subject.kind === 'document') {
    const { image, date, problems } = readDocument(subject.value, subject.path)
    const rows = image.rows.map((row) => (row.layer === null ? row : { ...row, size: sizeIn(row, wanted.sizeModel) }))
    return { image: { ...image, rows }, kind: subject.kind, id: null, date, problems }
  }
  const stored = await opened(subject, platform)
  try {
    const { inspect } = await import('../lib/inspect.ts')
    const { image, problems } = await inspect(stored, { ...wanted, contents: 'none', verify: false })
    return { image, kind: stored.transport, id: stored.id || null, date: image.rows.at(-1)?.created ?? '', problems }
  } finally {
    stored.close()
  }
}

async function opened(subject: ImageSubject, platform: Platform): Promise<StoredImage> {
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
