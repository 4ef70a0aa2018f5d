/** Ways to leave no cache and no scratch file behind: a flag, a command at the end of the RUN, a cache mount. */
import { mountOptions, mountTarget } from '../dockerfile/mount.ts'
import type { CommandFacts, Facts, StepFacts } from '../lint/facts.ts'
import type { Left } from '../lint/losses.ts'
import { wholeText } from '../lint/words.ts'
import type { Change, Cure } from '../rule.ts'
import { absolute, nameOf, within } from '../shell/paths.ts'
import { endOfRun, withFlag, withWord } from './edits.ts'

/** The ways to keep no cache, the likeliest first; what later commands use is not taken away. */
export function cacheCures(left: Left, facts: Facts): readonly Cure[] {
  const store = stores.find(({ label }) => label.test(left.label))
  const steps = [left.by.step, ...refillers(left)]
  if (store !== undefined && steps.some((step) => isWanted(step, store, facts))) return mountCure(left, facts, store)
  const flag = flagCure(left)
  const removal = removalCure(left, facts, store?.keep !== true)
  return [...(flag === undefined ? [] : [flag]), ...removal, ...mountCure(left, facts, store)]
}

/** Removing temporary files at the end of their RUN; only what lies in a folder for such files goes unasked. */
export function temporaryCures(left: Left, facts: Facts): readonly Cure[] {
  const names = left.entries.slice(0, 100).map(({ path, type }) => (type === 'package' ? path : nameOf(path)))
  if (laterTexts(left.by.step, facts).some((text) => names.some((name) => text.includes(name)))) return []
  return removalCure(left, facts, /^\/(?:var\/)?tmp(?:\/|$)/.test(left.path), 'them')
}

/** Does a later instruction, here or in a stage on top, name it? */
export const isNamedLater = (path: string, step: StepFacts, facts: Facts): boolean =>
  laterTexts(step, facts).some((text) => text.includes(nameOf(path)))

/** Something that later commands read, and what they look like. */
interface Store {
  readonly label: RegExp
  readonly readers: RegExp
  /** It is fetched anew by what looks like this. */
  readonly renewed?: RegExp
  /** It is made for what is built later, perhaps in an image on top: nobody removes it unasked. */
  readonly keep?: true
}

const kept = (label: RegExp, readers: RegExp): Store => ({ label, readers, keep: true })

// Which programs read what others left. Source: apt-get(8), apk(8), pacman(8), and the manuals of the build tools.
const stores: readonly Store[] = [
  {
    label: /^apt lists/,
    readers: /\bapt(?:-get|itude)?\b[^&;|]*\b(?:install|(?:dist-|full-)?upgrade|build-dep|source|download|satisfy)\b/,
    renewed: /\bapt(?:-get|itude)?\b[^&;|]*\bupdate\b/,
  },
  {
    label: /^apk index/,
    readers: /\bapk\b[^&;|]*\b(?:add|upgrade|fix|fetch)\b/,
    renewed: /\bapk\b[^&;|]*(?:\bupdate\b|--no-cache|--update|-U\b)/,
  },
  {
    label: /^pacman package lists/,
    readers: /\b(?:pacman|yay|makepkg)\b[^&;|]*\s-S/,
    renewed: /\bpacman\b[^&;|]*\s-S\w*y/,
  },
  kept(/^go /, /\b(?:xx-)?go\b|\bmake\b|\bgo(?:releaser|tool)/),
  kept(/^maven/, /\b(?:mvnw?|clojure|clj|lein|sbt|make|java)\b/),
  kept(/^gradle/, /\b(?:gradlew?|make)\b/),
  kept(/^cargo/, /\b(?:cargo|make|maturin)\b/),
  kept(/^nuget|dotnet/, /\b(?:dotnet|nuget|msbuild)\b/),
  kept(/^(?:cabal|stack)/, /\b(?:cabal|stack|ghc|make)\b/),
  kept(/^(?:sbt|ivy|coursier)/, /\b(?:sbt|mill|cs|scala)\b/),
  kept(/^pnpm/, /\bpnpm\b/),
  kept(/^bun/, /\bbun\b/),
  kept(/^deno/, /\bdeno\b/),
  kept(/^(?:hex|rebar3)/, /\b(?:mix|rebar3|make)\b/),
  kept(/^dart/, /\b(?:dart|flutter|pub)\b/),
  kept(/^(?:julia|opam|swift|bazel|portage|luarocks|dep )/, /\b(?:julia|opam|dune|swift|bazel|emerge|luarocks|dep)\b/),
]

/** Instructions that may read what a step leaves: later ones of its stage, and those of stages that stand on that. */
function laterTexts({ stage, step }: StepFacts, { plan }: Facts): readonly string[] {
  const { drafts } = plan.outline
  const above = new Set([stage.stage.draft.name, String(stage.stage.index)])
  const texts: string[] = []
  for (const draft of drafts.slice(stage.stage.index)) {
    const own = draft.index === stage.stage.index
    if (!own && !above.has(draft.image.toLowerCase())) continue
    if (draft.name !== '') above.add(draft.name)
    const from = own ? draft.body.findIndex(({ instruction }) => instruction === step.instruction) + 1 : 0
    for (const one of draft.body.slice(from)) texts.push(wholeText(one))
  }
  return texts
}

function isWanted(step: StepFacts, { readers, renewed }: Store, facts: Facts): boolean {
  for (const text of laterTexts(step, facts)) {
    const [read, anew] = [text.search(readers), renewed === undefined ? -1 : text.search(renewed)]
    if (read >= 0 && (anew < 0 || read < anew)) return true
    if (anew >= 0) return false
  }
  return false
}

// ---- a flag ---------------------------------------------------------------------------------------------

/** A flag that keeps the program from storing it, on every call in that RUN; undefined: there is none. */
function flagCure({ label, by: { step } }: Left): Cure | undefined {
  const way = flags.find((one) => one.label.test(label))
  // What another program starts has its words from there.
  const own = step.commands.filter(({ deed }) => deed.command.by === undefined)
  const calls = way === undefined ? [] : own.filter((command) => way.verb(command) !== undefined)
  if (way === undefined || calls.length === 0 || step.commands.some((command) => way.but?.(command))) return undefined
  const changes = calls.map((command) => withWord(command, way.verb(command)!, way.flag))
  if (!changes.every((change) => change !== undefined)) return undefined
  const once = new Map(changes.map((change) => [change.start, change]))
  return { title: `${way.name} ${way.flag}`, edits: [...once.values()] }
}

interface FlagWay {
  readonly label: RegExp
  readonly name: string
  readonly flag: string
  /** Where the flag goes behind; undefined: it is not such a call, or has the flag. */
  readonly verb: (command: CommandFacts) => number | undefined
  /** A call that fills the cache all the same. */
  readonly but?: (command: CommandFacts) => boolean
}

const flags: readonly FlagWay[] = [
  {
    label: /^pip cache/,
    name: 'pip install',
    flag: '--no-cache-dir',
    verb({ argv }) {
      const pip = argv.findIndex((word) => /(?:^|\/)pip[\d.]*$/.test(word))
      const at = argv.indexOf('install')
      return pip < 0 || at < pip || argv.some((word) => /^--no-cache/.test(word)) ? undefined : at
    },
  },
  {
    label: /^apk index/,
    name: 'apk add',
    flag: '--no-cache',
    verb: ({ name, argv }) => (name === 'apk' && !argv.includes('--no-cache') ? place(argv, 'add') : undefined),
    but: ({ name, argv }) => name === 'apk' && !argv.includes('add') && !argv.includes('del'),
  },
  {
    label: /^uv cache/,
    name: 'uv',
    flag: '--no-cache',
    verb: ({ name, argv }) => (name === 'uv' && !argv.includes('--no-cache') ? 0 : undefined),
  },
]

const place = (argv: readonly string[], word: string): number | undefined => {
  const at = argv.indexOf(word)
  return at < 0 ? undefined : at
}

// ---- a command at the end -------------------------------------------------------------------------------

/** Removing it at the end of the RUN that made it. */
function removalCure(left: Left, facts: Facts, safe: boolean, what = 'it'): readonly Cure[] {
  const { step } = left.by
  const command = removal(left)
  if (command === undefined || isMounted(left.path, step)) return []
  const all = [step, ...refillers(left)].map((one) => endOfRun(one, command, facts))
  const edits = all.every((edit) => edit !== undefined) ? all : all.slice(0, 1).filter((edit) => edit !== undefined)
  if (edits.length === 0) return []
  return [{ title: `remove ${what} in ${edits.length > 1 ? 'each' : 'the same'} RUN`, safe, edits }]
}

const fills =
  /^(?:install|reinstall|in|update|up|upgrade|dup|distro-sync|groupinstall|builddep|makecache|add|ci|i|sync|require)$/

/** Later RUNs in which the same program fills its cache again, and leaves it full. */
function refillers({ kind, by: { step, command } }: Left): readonly StepFacts[] {
  const { steps } = step.stage
  if (kind !== 'cache' || command === undefined) return []
  return steps.slice(steps.indexOf(step) + 1).filter(({ commands }) => {
    const same = commands.filter(({ name }) => name === command.name)
    const filling = same.some(
      ({ argv }) => argv.some((word) => fills.test(word)) && !argv.some((word) => word.startsWith('--no-cache')),
    )
    return filling && !same.some(({ argv }) => argv.includes('clean'))
  })
}

const removers = /^(?:apk|apt|apt-get|aptitude|yum|dnf|microdnf|zypper|rpm|dpkg|npm|gem|pip\d*)$/
const removing = /^(?:del|remove|purge|autoremove|uninstall|erase|-e|-r|-P|--purge)$/

/** Does it remove packages, or the program itself? */
const uninstalls = ({ name, argv }: CommandFacts, program: string): boolean =>
  name === 'rm'
    ? argv.some((word) => nameOf(word) === program)
    : removers.test(name) && argv.slice(1).some((word) => removing.test(word))

/** What removes it, as it must be written at the end of that RUN. */
function removal({ cleanup, path, by }: Left): string | undefined {
  if (cleanup === null) return undefined
  const [program = '', ...words] = cleanup.split(' ')
  const { step, command } = by
  if (program === 'rm') {
    // A path that is not absolute means what it says in the folder of the program only.
    const here = command?.deed.command.cwd
    const known = words.every((word) => word.startsWith('-') || word.startsWith('/'))
    return known || step.commands.every(({ deed }) => deed.command.cwd === here) ? cleanup : undefined
  }
  // A program that may be gone by then removes nothing.
  const later = command === undefined ? [] : step.commands.slice(step.commands.indexOf(command) + 1)
  if (later.some((one) => uninstalls(one, program))) return /[^\w/.@+-]/.test(path) ? undefined : `rm -rf ${path}`
  const called = command?.argv[0]
  if (command?.name === program)
    return called !== undefined && /^\/[\w/.+-]+$/.test(called) ? [called, ...words].join(' ') : cleanup
  // Nothing tells that there is such a program where another was called: `php composer.phar`.
  return called?.endsWith('.phar') === true && !/[^\w/.@+-]/.test(path) ? `rm -rf ${path}` : cleanup
}

/** Is there a mount on the way that nobody can remove? */
export function isMounted(path: string, step: StepFacts): boolean {
  return targetsOf(step).some((target) => within(target, path) || within(path, target))
}

const targetsOf = ({ step: { operands, before } }: StepFacts): readonly string[] =>
  operands.keyword !== 'RUN'
    ? []
    : operands.mounts.flatMap((mount) => {
        const target = mountTarget(mountOptions(mount))
        return target === undefined ? [] : [absolute(target, before.workdir || '/')]
      })

/** Does it run what reads the store, and not fetch it anew? Of a build tool the name tells: its packages and folders are called alike. */
function reads(step: StepFacts, { readers, renewed, keep }: Store): boolean {
  if (renewed?.test(wholeText(step)) === true) return false
  return keep === true ? step.commands.some(({ name }) => readers.test(name)) : readers.test(wholeText(step))
}

// ---- a cache mount --------------------------------------------------------------------------------------

/** A mount that outlives the build and reaches no layer, on each RUN of the stage that uses the folder. */
function mountCure(left: Left, facts: Facts, store: Store | undefined): readonly Cure[] {
  const { path, kind, by } = left
  const { step } = by
  const { user } = step.step.before
  if (kind !== 'cache' || !/^\/(?!home\/)[\w/.@+-]+$/.test(path) || !/^(?:|0|root)(?::.*)?$/.test(user)) return []
  if (facts.plan.traits.flags.RUN?.includes('mount*') !== true || isMounted(path, step)) return []
  const shared = /^\/var\//.test(path) ? ',sharing=locked' : ''
  const filling = [step, ...refillers(left)]
  const edits = step.stage.steps.flatMap((one): Change[] => {
    if (one.keyword !== 'RUN' || one.step.triggered || isMounted(path, one)) return []
    const uses =
      filling.includes(one) ||
      (store !== undefined && reads(one, store)) ||
      (store?.renewed === undefined &&
        one.commands.some(({ deed }) => deed.touches.some((touch) => within(touch.path, path))))
    return uses ? [withFlag(one, `--mount=type=cache,target=${path}${shared}`)] : []
  })
  return [{ title: 'keep it in a cache mount', safe: false, edits }]
}
