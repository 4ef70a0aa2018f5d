/**
 * What a RUN does to the files of its stage: its script is followed command by command, each command by its model. Files
 * under a mount reach no layer; a program that no model knows leaves one package of unknown size, by name.
 */
import type { AptGround } from './bases/guess.ts'
import type { Model, World } from './commands/command.ts'
import type { Files } from './commands/files.ts'
import { modelOf, run } from './commands/index.ts'
import { followed, holds } from './commands/places.ts'
import { marksRelease, releaseText } from './commands/release.ts'
import { runProxies } from './dockerfile/proxies.ts'
import type { Step } from './dockerfile/step.ts'
import { accountOf, groupOf, withAccounts, withNewcomers } from './effects/accounts.ts'
import type { Actor } from './effects/actor.ts'
import { bringsItself } from './effects/applets.ts'
import { brings } from './effects/distribution.ts'
import { type Budget, filesFor } from './effects/files.ts'
import { withFooting } from './effects/footing.ts'
import type { Mount, Sources } from './effects/mounts.ts'
import { flagMounts, KernelMount, volumeMount } from './effects/mounts.ts'
import { lacksProgram } from './effects/programs.ts'
import { needsRoot, withRights } from './effects/rights.ts'
import { launchOf, settingOf, shellOf } from './effects/setting.ts'
import { standingText } from './effects/standing.ts'
import { type Watched, watched } from './effects/watched.ts'
import type { BaseFacts, Builder, Entry, Given, Platform, Problem } from './model.ts'
import { type Command, type Outcome, type Output, silent } from './shell/command.ts'
import { display, isKnown, utf8Bytes } from './shell/known.ts'
import { parseScript } from './shell/parse.ts'
import { absolute, nameOf, parentOf, physical, within } from './shell/paths.ts'
import type { Host } from './shell/state.ts'
import { walk, walkArgv } from './shell/walk.ts'
import { exact, unknown, zero } from './size.ts'
import type { Traits } from './traits.ts'
import { clearMountPoints, keepsVolumes, leavesMounts, mountPoints } from './unionfs/mounts.ts'
import { lookup, remove, type Tree } from './unionfs/tree.ts'
import type { Watch } from './watch.ts'

/** Where a RUN runs. */
export interface RunPlace {
  readonly given: Given
  readonly builder: Builder
  readonly traits: Traits
  readonly platform: Platform
  /** Facts of the image at the bottom. */
  readonly facts: BaseFacts
  /** What apt finds, where only the name of the image tells of it. */
  readonly ground?: AptGround
  /** The base's variables are not known. */
  readonly open: boolean
  /** Variables that a base of its name usually has. */
  readonly usual: Readonly<Record<string, string>>
  readonly sources: Omit<Sources, 'cwd'>
  /** What command models keep from RUN to RUN of a stage. */
  readonly memory: Map<string, unknown>
  /** What all steps of one prediction may do together. */
  readonly budget: Budget
  /** The text of a file known by its content; undefined: not at hand. */
  readonly textOf: (entry: Entry) => string | undefined
  /** What is in a file that is an archive at hand. */
  readonly archive: (entry: Entry) => readonly Entry[] | undefined
  /** Who wants to know what each command does. */
  readonly watch?: Watch
}

/** Commands and turns of loops in all RUNs of a prediction. */
const mostSteps = 250_000

/** Changes the tree as the RUN does, the places its mounts stand on included. Never throws on odd input. */
export function runStep(step: Step, tree: Tree, place: RunPlace): readonly Problem[] {
  const { line } = step.instruction.span
  const problems: Problem[] = []
  const tell = (problem: Problem): void => {
    if (problems.length < 20) problems.push({ line, ...problem })
  }
  const actor: Actor = {
    conditions: [],
    doubts: [],
    umask: 0o022,
    uid: 0,
    gid: 0,
    forgiven: false,
    needed: false,
    unfounded: false,
    denied: false,
    exact: true,
  }
  const sh = shellOf(tree, place.facts)
  const launch = launchOf(step, place.traits, place.platform, sh, place.given.imageFormat)
  const flags = flagsOf(step, place)
  // A secret that nobody hands over stands nowhere, and whether somebody does is not in the Dockerfile.
  const standing = flags.filter(({ optional }) => optional !== true)
  standMounts(step, tree, place, standing, launch.kind === 'script' && launch.piped === true)
  const mounts = mountsOf(step, tree, place, flags)
  const outside = (path: string): boolean => mounts.some(({ target }) => within(path, target))
  // The deepest stands before the others.
  const sealed = (path: string): boolean => mounts.find(({ target }) => within(path, target))?.readOnly === true
  const textOf = (entry: Entry) => place.textOf(entry) ?? standingText(entry, place.facts)
  const bare = filesFor(tree, mounts, actor, textOf, place.budget)
  const founded = place.facts.complete === true ? withFooting(bare, actor) : bare
  const open = withNewcomers(founded, actor, place)
  const plain = withRights(open, actor, { outside, sealed })
  const seen = place.watch && watched(plain, step, launch.kind === 'script' ? launch.text : '', place.watch)
  const files = seen?.files ?? plain
  if (launch.kind === 'nothing') return problems
  if (launch.kind === 'opaque') {
    files.mystery(`unknown: ${launch.program}`)
    return problems
  }
  const { home } = accountOf(step.before.user, files, withAccounts(place.facts, place.memory))
  const cwd = files.real(startOf(step, files, place))
  // A working directory that was removed is made again for the container.
  if (files.presence(cwd) === 'no') files.mkdir(cwd)
  const setting = {
    ...settingOf(step, sh, home, cwd, {
      ...place,
      proxies: runProxies({ traits: place.traits, buildArgs: place.given.buildArgs }),
    }),
    steps: Math.max(0, mostSteps - place.budget.steps),
  }
  const host = hostFor(files, actor, place, tell, seen)
  const walked =
    launch.kind === 'argv'
      ? walkArgv(launch.argv, setting, host)
      : walk(
          parseScript(launch.text),
          launch.text,
          { ...setting, dialect: launch.dialect, options: launch.options, name: launch.name },
          host,
        )
  place.budget.steps += walked.steps
  for (const problem of walked.problems) tell(problem)
  if (!walked.complete) files.mystery('unknown: the rest of the script')
  clearMountPoints(
    tree,
    place.builder,
    standing.map(({ target }) => target),
  )
  if (walked.status === 'failed') tell({ severity: 'warning', message: 'this RUN fails, as far as anybody can tell' })
  return problems
}

const flagsOf = ({ operands, before }: Step, { sources }: RunPlace): readonly Mount[] =>
  operands.keyword === 'RUN' ? flagMounts(operands.mounts, { ...sources, cwd: before.workdir || '/' }) : []

// BuildKit hands the text over, and `..` behind a link is what the kernel makes of it; the others clean it first.
const startOf = ({ before }: Step, files: Files, { traits }: RunPlace): string =>
  traits.family === 'buildkit' ? physical(files, before.workdir || '/', '/') : absolute(before.workdir, '/')

// What stays of the mounts in the layer. A file that was mounted goes again, whoever leaves folders behind.
function standMounts(step: Step, tree: Tree, { builder }: RunPlace, standing: readonly Mount[], piped: boolean): void {
  const had = lookup(tree, '/dev').there
  const isFile = ({ target, tree: mounted }: Mount) => lookup(mounted, target).entry?.type === 'file'
  const early = builder.family === 'buildkit' && leavesMounts(builder)
  const targets = standing.map((mount) => (early && isFile(mount) ? parentOf(mount.target) : mount.target))
  mountPoints(tree, builder, { targets, volumes: step.before.volumes })
  // A script handed over by way of /dev/pipes: BuildKit takes the folder away with it.
  if (piped && builder.family === 'buildkit' && had === 'no') remove(tree, '/dev')
}

function mountsOf({ before }: Step, tree: Tree, { builder }: RunPlace, flags: readonly Mount[]): readonly Mount[] {
  const volumes = keepsVolumes(builder) ? [] : before.volumes.map((path) => volumeMount(tree, path))
  // Newer daemons without a bridge mount none of these for classic. (recorded: size-special-mount-files)
  const leaks = builder.family === 'classic' && Number.parseInt(builder.version, 10) >= 29
  // BuildKit leaves the name of the machine to the image. (recorded: hostname-written)
  const names = builder.family === 'buildkit' ? [] : ['/etc/hostname']
  const kernel = [
    ...['/etc/resolv.conf', ...names, '/etc/hosts'].map((path) => new KernelMount(path, false, leaks)),
    ...['/proc', '/dev', '/sys'].map((path) => new KernelMount(path, true)),
  ]
  // The deepest stands before the others.
  if (flags.length + volumes.length === 0) return kernel
  return [...flags, ...volumes, ...kernel].sort((a, b) => b.target.length - a.target.length)
}

// ---- commands -----------------------------------------------------------------------------------------

function hostFor(
  files: Files,
  actor: Actor,
  place: RunPlace,
  tell: (problem: Problem) => void,
  seen: Watched | undefined,
): Host {
  const { facts, given } = place
  const people = () => withAccounts(facts, place.memory)
  const world: World = {
    files,
    platform: place.platform,
    facts,
    ...(place.ground && { ground: place.ground }),
    download: (url) => (Object.hasOwn(given.sizes, url) ? given.sizes[url] : undefined),
    archive: place.archive,
    uid: (user) => accountOf(user, files, people()).uid,
    login: (user) => accountOf(user, files, people()).gid,
    gid: (group) => groupOf(group, files, people()),
    state: place.memory,
    tell,
  }
  let doubts = 0
  const actAs = (command: Command): void => {
    const { user } = command
    const { uid, gid } =
      user === '' || user === 'root' || user === '0' ? { uid: 0, gid: 0 } : accountOf(user, files, people())
    const { conditions, umask, tolerated: forgiven, fatal: needed } = command
    Object.assign(actor, { conditions, umask, uid, gid, forgiven, needed })
  }
  const kindOf = (entry: Entry | undefined) =>
    entry === undefined
      ? undefined
      : entry.type === 'hardlink'
        ? 'file'
        : entry.type === 'file' || entry.type === 'dir' || entry.type === 'symlink'
          ? entry.type
          : 'other'
  return {
    presence(path) {
      const there = files.presence(path)
      const known = there === 'unknown' ? marksRelease(path, facts) : undefined
      return known === undefined ? there : known ? 'yes' : 'no'
    },
    real: (path) => files.real(path),
    kind: (path) =>
      kindOf(files.get(files.real(path))) ??
      (files.presence(path) === 'unknown' && marksRelease(path, facts) === true ? 'file' : undefined),
    ownKind: (path) => kindOf(files.get(path)),
    bytes: (path) => files.get(files.real(path))?.size.bytes ?? undefined,
    mode: (path) => files.get(files.real(path))?.mode ?? undefined,
    list(path) {
      const { entries, complete } = files.list(path)
      return { names: entries.map((entry) => nameOf(entry.path)), complete: complete && isKnown(path) }
    },
    text: (path) => files.text(path),
    knows: (name) => modelOf(name) !== undefined,
    brings: (name) => brings(facts, name) ?? (lacksProgram(facts, place.memory, files, name) ? false : undefined),
    lacks: (name, dialect, cwd, path) =>
      lacksProgram(facts, place.memory, files, name) ||
      ((dialect === 'ash' || listsPrograms(files)) &&
        isMissing({ argv: [name], cwd, env: new Map([['PATH', path]]) }, files) &&
        !(dialect === 'ash' && bringsItself({ argv: [name], dialect }))),
    script: (path) => files.text(path) ?? releaseText(path, facts),
    run(command) {
      const before = { ...actor }
      actAs(command)
      const outcome = seen === undefined ? act(command) : seen.run(command, () => act(command))
      Object.assign(actor, before)
      return outcome
    },
  }

  function act(command: Command): Outcome {
    Object.assign(actor, { denied: false, unfounded: false, exact: true })
    if (!opened(command, files) || actor.denied) return { status: 'failed' }
    const name = nameOf(command.argv[0]!)
    if (name === ':') return { status: 'ok' }
    if (actor.forgiven && actor.uid !== 0 && needsRoot(command.argv)) return { status: 'failed' }
    const model = modelOf(command.argv[0]!)
    // A failure that the script allows for leaves everything in doubt that is not sure to work.
    if (command.tolerated && !isReliable(model, command)) actor.doubts = [...actor.doubts, 1e9 + ++doubts]
    const doubtful = model === undefined || command.dialect === 'ash' || listsPrograms(files)
    const missing = (doubtful && isMissing(command, files) && !bringsItself(command)) || lacksScript(command, files)
    if (missing && !command.fatal) {
      pour(command, silent, files, true)
      return { status: 'failed', code: 127, output: silent }
    }
    actor.exact = isReliable(model, command)
    const outcome: Outcome = run(command, world) ?? unknownProgram(command, files)
    const talks = name === 'dd' && !command.argv.includes('status=none')
    pour(command, outcome.output ?? command.output, files, talks || complains(name, outcome, model?.reliable === true))
    if (actor.denied) return { ...outcome, status: 'failed' }
    return actor.unfounded && outcome.status !== 'failed' ? { ...outcome, status: 'unknown', wavers: true } : outcome
  }
}

const isReliable = (model: Model | undefined, { argv }: Command): boolean => {
  if (model === undefined || !Array.isArray(model.reliable)) return model?.reliable === true
  const verb = argv.slice(1).find((word) => !word.startsWith('-'))
  return verb !== undefined && model.reliable.includes(verb)
}

// No program of that name anywhere: the shell says so and nothing is run. Where that would end the build it must be there.
function isMissing({ argv, cwd, env }: Pick<Command, 'argv' | 'cwd' | 'env'>, files: Files): boolean {
  const name = argv[0]!
  const folders = name.includes('/') ? [cwd] : (env.get('PATH') ?? '').split(':')
  if (!isKnown(name) || folders.some((folder) => !isKnown(folder))) return false
  return folders.every((folder) => files.presence(absolute(name, folder === '' ? cwd : folder)) === 'no')
}

// A base told of in few words does not list what every system has; only of others is it known what they lack.
const listsPrograms = (files: Files): boolean =>
  ['/bin/ls', '/usr/bin/ls'].some((path) => files.presence(path) === 'yes')

// `sh FILE`, and there is no such file, or it is a folder. Only bash looks for one in PATH too.
function lacksScript({ argv, cwd }: Command, files: Files): boolean {
  const [program = '', script = ''] = argv
  if (!/^(sh|ash|dash|bash)$/.test(nameOf(program)) || !isKnown(script) || /^(-.*)?$/.test(script)) return false
  if (nameOf(program) === 'bash' && !script.includes('/')) return false
  const path = files.real(absolute(script, cwd))
  return files.presence(path) === 'no' || files.get(path)?.type === 'dir'
}

// It may write anywhere: where a system keeps its files, and where it runs.
function unknownProgram({ argv, cwd }: Command, files: Files): Outcome {
  const label = `unknown: ${display(nameOf(argv[0]!))}`
  files.mystery(label)
  if (cwd !== '/' && isKnown(cwd)) files.mystery(label, cwd)
  return { status: 'unknown' }
}

// Opens what redirections name. A folder that is not there: the command does not run.
function opened(command: Command, files: Files): boolean {
  for (const { path, how } of command.opens) {
    if (how === 'read') {
      if (files.presence(path) === 'no' || files.readable(path) === 'no') return false
      continue
    }
    const real = files.real(path)
    if (!holds(files, parentOf(real)) || files.get(real)?.type === 'dir') return false
    if (how === 'truncate') files.write(path, { size: zero, text: '' })
    else files.write(path, { size: zero, text: '', append: true })
  }
  return true
}

/** May it have something to say on standard error? */
const complains = (name: string, { status }: Outcome, reliable: boolean): boolean =>
  !reliable || (status === 'failed' && !quietly.has(name))

// They fail without a word.
const quietly = new Set('false test [ grep egrep fgrep cmp diff'.split(' '))

// `1<> file`: from its beginning, and what is longer stays.
function writeOver(path: string, output: Output | undefined, files: Files, why: string): void {
  const old = followed(files, path)?.size
  const [before, text] = [files.text(files.real(path)), output?.text]
  if (before !== undefined && text !== undefined && isPlain(before) && isPlain(text)) {
    const all = text + before.slice(text.length)
    files.write(path, { size: exact(all.length, why), text: all })
  } else if (old?.bytes == null || output?.size.bytes == null || old.basis !== 'exact' || output.size.basis !== 'exact')
    files.write(path, { size: unknown(why) })
  else files.write(path, { size: exact(Math.max(old.bytes, output.size.bytes), why) })
}

const isPlain = (text: string): boolean => isKnown(text) && utf8Bytes(text) === text.length

function pour(command: Command, output: Output | undefined, files: Files, complaint: boolean): void {
  const { stdout, stderr } = command
  const why = `output of ${display(nameOf(command.argv[0]!))}`
  const both = complaint && stdout.to === 'file' && stderr.to === 'file' && stdout.path === stderr.path
  const over =
    stdout.to === 'file' ? command.opens.some(({ path, how }) => how === 'update' && path === stdout.path) : false
  if (stdout.to === 'file' && over) writeOver(stdout.path, output, files, why)
  else if (stdout.to === 'file' && (both || output?.text !== '')) {
    files.write(stdout.path, {
      size: output === undefined || both ? unknown(why, output?.size.low) : output.size,
      append: true,
      ...(output?.text === undefined || both ? {} : { text: output.text }),
      ...(output?.content === undefined || both ? {} : { content: output.content }),
    })
  }
  if (stderr.to === 'file' && complaint && !both) files.write(stderr.path, { size: unknown(why), append: true })
}
