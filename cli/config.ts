/** Settings from `.stratigraph.yaml`: found from a subject upward, the nearer file winning key by key. */
import { readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UserError } from '../lib/error.ts'
import type { SizeModel } from '../lib/model.ts'
import type { ConfigFile } from './config-file.ts'
import { last, type Options } from './options.ts'
import { reason } from './output.ts'
import { shownPath, statusOf } from './subject.ts'
import type { World } from './world.ts'

/** A path or a subject as written, and the folder it is relative to. */
export interface Placed {
  readonly text: string
  readonly folder: string
}

/** All configuration that holds for one subject. */
export interface Config {
  readonly builder?: string
  readonly sizeModel?: SizeModel
  readonly bases: Readonly<Record<string, Placed>>
  readonly contexts: Readonly<Record<string, Placed>>
  readonly buildArgs: Readonly<Record<string, string>>
  readonly target?: string
  readonly platform?: string
  /** Bytes by address. */
  readonly sizes: Readonly<Record<string, number>>
  readonly budgets: NonNullable<ConfigFile['budgets']>
  readonly rules: NonNullable<ConfigFile['rules']>
  readonly failOn?: NonNullable<ConfigFile['fail-on']>
  /** Patterns of paths that lint leaves out, each with the folder it is relative to. */
  readonly ignore: readonly Placed[]
  /** Findings that were there already. */
  readonly baseline?: Placed
  /** Later ones win. */
  readonly overrides: readonly Override[]
}

/** What holds for some files or some targets only. */
export interface Override {
  /** Patterns as in `.gitignore`, relative to `folder`; none: every file. */
  readonly files: readonly string[]
  readonly folder: string
  /** None: every target. */
  readonly targets: readonly string[]
  readonly says: Partial<Pick<Config, 'rules' | 'budgets' | 'failOn'>>
}

export const noConfig: Config = {
  bases: {},
  contexts: {},
  buildArgs: {},
  sizes: {},
  budgets: {},
  rules: {},
  ignore: [],
  overrides: [],
}

const names = ['.stratigraph.yaml', '.stratigraph.yml']
/** No configuration is longer; what is, is something else. */
const mostBytes = 1 << 20

/**
 * The configuration that holds in a folder: that of `--config`, none with `--no-config`, or every file from the folder
 * upward. Throws UserError for a file that cannot be read or does not fit.
 */
export async function configFor(folder: string, options: Options, world: World): Promise<Config> {
  if (options.on['no-config']) return noConfig
  const given = last(options, 'config')
  const files = given === undefined ? found(folder) : [resolve(world.cwd, given)]
  if (files.length === 0) return noConfig
  const { readConfig } = await import('./config-file.ts')
  return files
    .map((file) =>
      withPlaces(readConfig(read(file, shownPath(file, world.cwd)), shownPath(file, world.cwd)), dirname(file)),
    )
    .reduce(merged)
}

/** The files that hold in a folder, farthest first. */
function found(folder: string): readonly string[] {
  const files: string[] = []
  for (let at = resolve(folder); ; at = dirname(at)) {
    const here = names.map((name) => join(at, name)).filter((file) => statusOf(file, file)?.isFile())
    if (here.length > 1) throw new UserError(`${here[0]} and ${here[1]}: keep one of the two`)
    files.unshift(...here)
    if (dirname(at) === at) return files
  }
}

function read(file: string, name: string): string {
  try {
    const { size } = statSync(file)
    if (size > mostBytes) throw new UserError(`${name}: too long for a configuration`)
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`${name}: ${reason(error)}`, { cause: error })
  }
}

function withPlaces(file: ConfigFile, folder: string): Config {
  const placed = (texts: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, { text, folder }]))
  return {
    ...(file.builder === undefined ? {} : { builder: file.builder }),
    ...(file['size-model'] === undefined ? {} : { sizeModel: file['size-model'] }),
    ...(file.target === undefined ? {} : { target: file.target }),
    ...(file.platform === undefined ? {} : { platform: file.platform }),
    ...(file['fail-on'] === undefined ? {} : { failOn: file['fail-on'] }),
    bases: placed(file.bases),
    contexts: placed(file.contexts),
    buildArgs: file['build-args'] ?? {},
    sizes: file.sizes ?? {},
    budgets: file.budgets ?? {},
    rules: file.rules ?? {},
    ignore: (file.ignore ?? []).map((text) => ({ text, folder })),
    ...(file.baseline === undefined ? {} : { baseline: { text: file.baseline, folder } }),
    overrides: (file.overrides ?? []).map(({ files = [], targets = [], rules, budgets, 'fail-on': failOn }) => ({
      files,
      folder,
      targets,
      says: { ...(rules && { rules }), ...(budgets && { budgets }), ...(failOn && { failOn }) },
    })),
  }
}

/** Two configurations as one; `near` wins. */
const merged = (far: Config, near: Config): Config => ({
  ...far,
  ...near,
  bases: { ...far.bases, ...near.bases },
  contexts: { ...far.contexts, ...near.contexts },
  buildArgs: { ...far.buildArgs, ...near.buildArgs },
  sizes: { ...far.sizes, ...near.sizes },
  budgets: { ...far.budgets, ...near.budgets },
  rules: { ...far.rules, ...near.rules },
  ignore: [...far.ignore, ...near.ignore],
  overrides: [...far.overrides, ...near.overrides],
})
