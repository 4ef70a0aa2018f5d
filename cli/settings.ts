/** Command line over configuration over defaults: what a prediction is asked to be. */
import { chooseBuilder, sizeModelOf } from '../lib/builders/choose.ts'
import { UserError } from '../lib/error.ts'
import type { Builder, Given, Platform, SizeModel } from '../lib/model.ts'
import { defaultPlatform, parsePlatform } from '../lib/platform.ts'
import type { Config, Placed } from './config.ts'
import { last, type Options } from './options.ts'
import type { World } from './world.ts'

/** Plain data; paths not opened yet. */
export interface Settings {
  readonly builder: Builder
  readonly sizeModel: SizeModel
  readonly platform: Platform
  readonly target: string | null
  readonly buildArgs: Readonly<Record<string, string>>
  readonly labels: Given['labels']
  readonly squash: boolean
  readonly imageFormat: Given['imageFormat']
  readonly layers: boolean
  readonly sizes: Readonly<Record<string, number>>
  /** What image names stand for; the command line's are tried first. */
  readonly bases: readonly (readonly [ref: string, subject: Placed])[]
  readonly contexts: Readonly<Record<string, Placed>>
  /** Where other images are looked up. */
  readonly resolve: 'none' | 'daemon' | 'registry'
}

/** Throws UserError for a value that says nothing. */
export function settingsOf(options: Options, config: Config, world: World): Settings {
  const builder = builderOf(options, config)
  const platform = last(options, 'platform') ?? config.platform
  return {
    builder,
    sizeModel: (last(options, 'size-model') as SizeModel | undefined) ?? config.sizeModel ?? sizeModelOf(builder),
    platform: platform === undefined ? defaultPlatform : parsePlatform(platform),
    target: last(options, 'target') ?? config.target ?? null,
    buildArgs: { ...config.buildArgs, ...argumentsOf(options, world) },
    labels: pairs(options, 'label').map(([key, value]) => [key, value ?? '']),
    squash: options.on.squash === true,
    imageFormat: last(options, 'image-format') === 'docker' ? 'docker' : 'oci',
    layers: options.on.layers !== false,
    sizes: config.sizes,
    bases: [...named(options, 'base', world), ...Object.entries(config.bases)],
    contexts: { ...config.contexts, ...Object.fromEntries(named(options, 'build-context', world)) },
    resolve: (last(options, 'resolve') as Settings['resolve'] | undefined) ?? 'none',
  }
}

/** What another Dockerfile is asked to be that only stands below: no target, labels or arguments of the one above. */
export const settingsBelow = (above: Settings, config: Config, platform: Platform): Settings => ({
  ...above,
  platform,
  target: null,
  buildArgs: config.buildArgs,
  labels: [],
  squash: false,
  sizes: config.sizes,
  bases: [...above.bases, ...Object.entries(config.bases)],
  contexts: config.contexts,
})

/** The builder alone: which file in a folder is the Dockerfile depends on it. */
export const builderOf = (options: Options, config: Config): Builder =>
  chooseBuilder(last(options, 'builder') ?? config.builder ?? 'buildkit')

/** `--build-arg K` takes its value from the environment, and is not there when that has none. As docker does. */
function argumentsOf(options: Options, world: World): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs(options, 'build-arg').flatMap(([key, value]) => {
      const said = value ?? world.env[key]
      return said === undefined ? [] : [[key, said]]
    }),
  )
}

/** `K=V`, or `K` alone with value undefined. Throws UserError where there is no key. */
const pairs = (options: Options, name: 'build-arg' | 'label'): readonly (readonly [string, string | undefined])[] =>
  (options.values[name] ?? []).map((text) => {
    const at = text.indexOf('=')
    if (at === 0 || text === '') throw new UserError(`--${name} ${text}: no name in front of the =`)
    return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
  })

/** `NAME=SUBJECT`, relative to the working folder. */
const named = (options: Options, name: 'base' | 'build-context', world: World): (readonly [string, Placed])[] =>
  (options.values[name] ?? []).map((text) => {
    const at = text.indexOf('=')
    const wanted = name === 'base' ? 'REF=SUBJECT' : 'NAME=PATH'
    if (at < 1 || at === text.length - 1) throw new UserError(`--${name} ${text}: not of the form ${wanted}`)
    return [text.slice(0, at), { text: text.slice(at + 1), folder: world.cwd }]
  })
