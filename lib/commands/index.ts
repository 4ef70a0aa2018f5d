/** All command models, found by program name. */
import { keptFor } from '../kept.ts'
import type { Command, Outcome } from '../shell/command.ts'
import { fixedPart } from '../shell/known.ts'
import { nameOf, physical } from '../shell/paths.ts'
import accounts from './accounts.ts'
import adduser from './adduser.ts'
import { refuses } from './applet-options.ts'
import apt from './apt.ts'
import archives from './archives.ts'
import awk from './awk.ts'
import { isDebians } from './busybox.ts'
import bytes from './bytes.ts'
import { type Call, failed, type Model, type World } from './command.ts'
import cp from './cp.ts'
import dpkg from './dpkg.ts'
import fetching from './fetch.ts'
import finding from './find.ts'
import grepping from './grep.ts'
import groups from './groups.ts'
import inplace from './inplace.ts'
import lines from './lines.ts'
import listing from './listing.ts'
import making from './making.ts'
import managers from './managers.ts'
import modes from './modes.ts'
import mv from './mv.ts'
import { optionTable, parseOptions } from './options.ts'
import quiet from './quiet.ts'
import removing from './rm.ts'
import editing from './sed.ts'
import sorting from './sort.ts'
import split from './split.ts'
import stating from './stat.ts'
import system from './system.ts'
import tar from './tar.ts'
import text from './text.ts'
import exchanging from './tr.ts'
import usermod from './usermod.ts'

const models: readonly Model[] = [
  ...accounts,
  ...adduser,
  ...apt,
  ...archives,
  ...awk,
  ...bytes,
  ...cp,
  ...dpkg,
  ...editing,
  ...fetching,
  ...finding,
  ...grepping,
  ...groups,
  ...inplace,
  ...lines,
  ...listing,
  ...making,
  ...modes,
  ...mv,
  ...quiet,
  ...removing,
  ...sorting,
  ...split,
  ...stating,
  ...system,
  ...tar,
  ...text,
  ...exchanging,
  ...usermod,
  ...managers,
]

const byName = new Map<string, Model>()
const byPrefix: (readonly [prefix: string, model: Model])[] = []
for (const model of models)
  for (const name of model.names)
    if (name.endsWith('*')) byPrefix.push([name.slice(0, -1), model])
    else byName.set(name, model)

/** Made when one is called: most never are. */
const optionsOf = keptFor(optionTable)

// Words that many a script is called by too: one of them in a folder that is none for programs, `./aws/install`, is no tool.
const scripts = new Set([
  'install',
  'test',
  'sync',
  'link',
  'unlink',
  'split',
  'join',
  'update',
  'time',
  'env',
  'watch',
])

/** The model of a program, named with or without folder; undefined: unknown program. */
export function modelOf(program: string): Model | undefined {
  const name = nameOf(program)
  if (/[^/]\/|^\/[^/]*$/.test(program) && scripts.has(name) && !/(?:^|\/)\.?s?bin\/[^/]*$/.test(program))
    return undefined
  return byName.get(name) ?? byPrefix.find(([prefix]) => name.startsWith(prefix))?.[1]
}

/**
 * Runs one command on a file system by its model. Undefined: no model knows the program.
 * A model that throws is a defect of ours and comes through.
 */
export function run(command: Command, world: World): Outcome | undefined {
  const model = modelOf(command.argv[0]!)
  if (model === undefined) return undefined
  const { flags, args } = parseOptions(command.argv.slice(1), optionsOf(model))
  const home = command.env.get('HOME') ?? '/root'
  const { files, platform, facts, ground, download, archive, uid, gid, login, state, tell } = world
  const call: Call = {
    files,
    platform,
    facts,
    ...(ground && { ground }),
    download,
    archive,
    uid,
    gid,
    login,
    state,
    tell,
    name: nameOf(command.argv[0]!),
    args,
    flags,
    command,
    path: (arg) => through(world, physical(files, arg, command.cwd)),
    env: (name) => command.env.get(name),
    home,
    also: (argv) => command.again(argv),
  }
  if (isDebians(call) && refuses(call.name, command.argv.slice(1))) return failed
  return model.run(call) ?? { status: 'ok' }
}

// Links on the way to a path are followed, the last part is not: what nearly every program wants.
function through({ files }: World, path: string): string {
  const cut = fixedPart(path).lastIndexOf('/')
  const parent = path.slice(0, cut) || '/'
  const real = files.real(parent)
  return real === '/' ? path.slice(cut) : real + path.slice(cut)
}
