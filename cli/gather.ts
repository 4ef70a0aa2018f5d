/** A subject's text → the image it stands for, predicted or actual: what every verb begins with. */
import { dirname, resolve } from 'node:path'
import { UserError } from '../lib/error.ts'
import type { Builder, Image, Prediction, Problem, SizeModel } from '../lib/model.ts'
import { platformText } from '../lib/platform.ts'
import type { Seen } from '../lib/unionfs/seen.ts'
import { groundOf, marked } from './boundary.ts'
import { type Bounds, boundsOf } from './budgets.ts'
import { builtImage, type Depth, type Opened, outsideOf } from './built.ts'
import { configFor } from './config.ts'
import { last, type Options } from './options.ts'
import { predictSubject } from './predict.ts'
import { builderOf, settingsOf } from './settings.ts'
import { type OtherStage, otherStages } from './stages.ts'
import { openSubject, statusOf } from './subject.ts'
import type { World } from './world.ts'

/** An image, and all there is to say about how it was come by. */
export interface Gathered {
  readonly subject: {
    /** `dockerfile`, or how the image was kept: `docker-archive`, `oci`, `document`. */
    readonly kind: string
    readonly path: string
    /** Of a Dockerfile. */
    readonly target?: string
    readonly platform: string
  }
  readonly image: Image
  /** Of an image whose files were asked for. */
  readonly stack?: Seen
  /** Of an image that was asked to stay open: whoever did closes it. */
  readonly opened?: Opened
  /** `sha256:…` of an image that was read; null where there is none. */
  readonly id: string | null
  /** Whose history was predicted; null for an actual image. */
  readonly builder: Builder | null
  readonly sizeModel: SizeModel
  readonly refused: Prediction['refused']
  readonly diagnostics: readonly Problem[]
  /** Of a Dockerfile whose other stages were asked for. */
  readonly stages?: readonly OtherStage[]
  /** Of the configuration and the command line. */
  readonly bounds: Bounds
}

/** The one subject a verb was given. Throws UserError for none or several. */
export function onlySubject(options: Options): string {
  const [subject, extra] = options.args
  if (extra !== undefined) throw new UserError(`${options.verb} takes one subject, not ${options.args.join(' and ')}`)
  // podman build -f FILE takes the working folder for the context.
  if (subject === undefined && last(options, 'file') !== undefined) return '.'
  if (subject === undefined)
    throw new UserError(`${options.verb} wants a subject: a folder, a Dockerfile, an image archive`, {
      hint: `stratigraph ${options.verb} .`,
    })
  return subject
}

/** How much is wanted: of an image, and of a Dockerfile. */
export interface Wanted extends Depth {
  readonly allStages?: boolean
}

/** Throws UserError for what cannot be read. A Dockerfile that the builder refuses is no error here: `refused` says it. */
export async function gather(text: string, options: Options, world: World, depth: Wanted = {}): Promise<Gathered> {
  const config = await configFor(folderOf(text, options, world), options, world)
  const bounds = boundsOf(config.budgets, options)
  const context = last(options, 'context')
  const subject = await openSubject(
    {
      text,
      folder: world.cwd,
      file: last(options, 'file'),
      context: options.on['no-context'] ? false : context === undefined ? undefined : resolve(world.cwd, context),
      family: builderOf(options, config).family,
    },
    world,
  )
  const settings = settingsOf(options, config, world)
  if (subject.kind !== 'dockerfile') {
    // An image that is loaded or pulled counts as classic, whoever built it; beside a prediction it counts as that does.
    const said = last(options, 'size-model') ?? config.sizeModel
    const sizeModel = said === undefined && !depth.asPredicted ? 'classic' : settings.sizeModel
    const remember = last(options, 'remember') !== undefined
    world.progress(`reading ${subject.path}`)
    const built = await builtImage(
      subject,
      { ...settings, sizeModel },
      { ...depth, allModels: depth.allModels === true || remember, verify: options.on.verify === true },
      outsideOf(options, world),
    )
    const ground = depth.contents ? await groundOf(built.image, settings, world, outsideOf(options, world)) : undefined
    return { ...built, image: marked(built.image, ground), bounds }
  }
  const predicted = await predictSubject(subject, settings, options, world)
  const { prediction, diagnostics } = predicted
  const { image, builder, target, refused } = prediction
  const stages = depth.allStages ? await otherStages(subject, predicted, settings, options, world) : undefined
  return {
    subject: { kind: 'dockerfile', path: subject.path, target, platform: platformText(image.platform) },
    image,
    id: null,
    builder,
    sizeModel: settings.sizeModel,
    refused,
    diagnostics,
    ...(stages === undefined ? {} : { stages }),
    bounds,
  }
}

/** Where the configuration of a subject is looked for. */
function folderOf(text: string, options: Options, world: World): string {
  if (text === '-') return resolve(world.cwd, last(options, 'context') ?? '.')
  const path = resolve(world.cwd, text)
  return statusOf(path, text)?.isDirectory() ? path : dirname(path)
}
