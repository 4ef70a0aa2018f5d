/**
 * What an instruction asks for, before variables are replaced, and why a builder would refuse it as written.
 * Source: history specification, sections 2.3 to 2.6, 5 and 11.
 */
import type { Healthcheck, Heredoc, Instruction } from '../model.ts'
import { meant } from '../spelling.ts'
import type { Traits } from '../traits.ts'
import { durationOf } from './duration.ts'
import { heredocWord } from './heredoc.ts'
import { mountRefusal } from './mount.ts'
import { splitBlanks, trimSpace } from './space.ts'
import { readJson, splitWords } from './words.ts'

/** The arguments of CMD, ENTRYPOINT, RUN and a health check: shell text, or the members of a JSON array. */
export interface CommandLine {
  /** True: `words` has one member, a text for the shell. */
  readonly shell: boolean
  readonly words: readonly string[]
}

export type Pair = readonly [key: string, value: string]

export type Operands =
  | { readonly keyword: 'FROM'; readonly image: string; readonly name: string; readonly platform: string | null }
  | { readonly keyword: 'ENV' | 'LABEL'; readonly pairs: readonly Pair[] }
  | { readonly keyword: 'ARG'; readonly names: readonly (readonly [name: string, value: string | null])[] }
  | { readonly keyword: 'RUN'; readonly command: CommandLine; readonly mounts: readonly string[] }
  | { readonly keyword: 'CMD' | 'ENTRYPOINT'; readonly command: CommandLine }
  | { readonly keyword: 'SHELL'; readonly words: readonly string[] }
  | Copy
  | { readonly keyword: 'WORKDIR' | 'USER' | 'STOPSIGNAL' | 'MAINTAINER'; readonly text: string }
  | { readonly keyword: 'EXPOSE' | 'VOLUME'; readonly words: readonly string[] }
  | { readonly keyword: 'HEALTHCHECK'; readonly health: Healthcheck }
  | { readonly keyword: 'ONBUILD'; readonly trigger: string }

/** Operands of COPY and ADD. */
export interface Copy {
  readonly keyword: 'COPY' | 'ADD'
  readonly sources: readonly string[]
  readonly heredocs: readonly Heredoc[]
  readonly destination: string
  readonly flags: CopyFlags
}

export interface CopyFlags {
  readonly from: string | null
  readonly chown: string | null
  readonly chmod: string | null
  readonly link: boolean
  readonly parents: boolean
  readonly excludes: readonly string[]
  readonly checksum: string | null
  readonly keepGitDir: boolean
  /** Null: not said. */
  readonly unpack: boolean | null
}

export type Keyword = Operands['keyword']

/** Why an instruction is refused. */
export class Refused {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

type Reader = (instruction: Instruction, flags: Flags, traits: Traits, escapeChar: string) => Operands | Refused

/** Reads the operands. Pure; what a builder refuses comes back as `Refused`. */
export function readOperands(instruction: Instruction, traits: Traits, escapeChar: string): Operands | Refused {
  const reader = readers[instruction.keyword as Keyword] as Reader | undefined
  if (reader === undefined) return unknown('instruction', instruction.keyword, Object.keys(readers), traits)
  const flags = readFlags(instruction, traits)
  return flags instanceof Refused ? flags : reader(instruction, flags, traits, escapeChar)
}

const unknown = (what: string, word: string, known: readonly string[], { suggests }: Traits, dashes = ''): Refused =>
  new Refused(`unknown ${what}: ${dashes}${word}${suggests === 'nothing' ? '' : meant(word, known)}`)

interface Flags {
  readonly value: (name: string) => string | null
  readonly all: (name: string) => readonly string[]
  readonly on: (name: string) => boolean
  readonly given: (name: string) => boolean
}

function readFlags(instruction: Instruction, traits: Traits): Flags | Refused {
  const known = new Map(
    (traits.flags[instruction.keyword] ?? []).map((flag) => [flag.replace(/[?*]$/, ''), flag.at(-1)]),
  )
  const values = new Map<string, string[]>()
  for (const { name, value } of instruction.flags) {
    const kind = known.get(name)
    if (kind === undefined && unheard(instruction.keyword, traits)) continue
    if (kind === undefined) return unknown('flag', name, [...known.keys()], traits, '--')
    // Of several Buildah takes the last. (recorded: flags-twice)
    if (values.has(name) && kind !== '*' && traits.family !== 'buildah')
      return new Refused(`duplicate flag specified: --${name}`)
    const text = kind === '?' ? switchOf(name, value) : (value ?? new Refused(`missing a value on flag: --${name}`))
    if (text instanceof Refused) return text
    const earlier = values.get(name)
    if (earlier === undefined) values.set(name, [text])
    else earlier.push(text)
  }
  return {
    value: (name) => values.get(name)?.at(-1) ?? null,
    all: (name) => values.get(name) ?? [],
    on: (name) => values.get(name)?.at(-1) === 'true',
    given: (name) => values.has(name),
  }
}

/** Instructions whose flags nobody looks at. Source: BuildKit's parseArg, parseStopSignal; imagebuilder, dispatchers.go. */
const unheard = (keyword: string, { family, flags }: Traits): boolean =>
  family === 'buildah' ? flags[keyword] === undefined : keyword === 'ARG' || keyword === 'STOPSIGNAL'

function switchOf(name: string, value: string | null): string | Refused {
  if (value === null) return 'true'
  if (value === '') return new Refused(`missing a value on flag: --${name}`)
  const lower = value.toLowerCase()
  return lower === 'true' || lower === 'false'
    ? lower
    : new Refused(`expecting boolean value for flag --${name}, not: ${value}`)
}

const readers: { readonly [K in Keyword]: Reader } = {
  FROM: ({ text }, flags, traits) => {
    const words = splitBlanks(text)
    const platform = flags.value('platform') || null
    if (words.length === 3 && words[1]!.toLowerCase() === 'as') {
      const name = words[2]!.toLowerCase()
      if (traits.family !== 'buildah' && !/^[a-z][a-z0-9_.-]*$/.test(name))
        return new Refused(
          `invalid name for build stage: "${words[2]}", name can't start with a number or contain symbols`,
        )
      return { keyword: 'FROM', image: words[0]!, name, platform }
    }
    if (words.length !== 1) return new Refused('FROM requires either one or three arguments')
    return { keyword: 'FROM', image: words[0]!, name: '', platform }
  },
  ENV: pairs('ENV'),
  LABEL: pairs('LABEL'),
  ARG: ({ text }, _flags, traits, escapeChar) => {
    const words = splitWords(text, escapeChar)
    if (words.length === 0) return new Refused('ARG requires at least one argument')
    if (words.length > 1 && !traits.severalArgs) return new Refused('ARG requires exactly one argument')
    const names = words.map((word): readonly [string, string | null] => {
      const equals = word.indexOf('=')
      return equals < 0 ? [word, null] : [word.slice(0, equals), word.slice(equals + 1)]
    })
    if (traits.family !== 'buildah' && names.some(([name]) => name === ''))
      return new Refused('ARG names can not be blank')
    return { keyword: 'ARG', names }
  },
  RUN: (instruction, flags, traits) => {
    const network = flags.value('network') ?? 'default'
    if (traits.family !== 'buildah' && !['default', 'none', 'host'].includes(network))
      return new Refused(`invalid network mode ${JSON.stringify(network)}`)
    const security = flags.value('security') ?? 'sandbox'
    if (traits.family !== 'buildah' && !['sandbox', 'insecure'].includes(security))
      return new Refused(`security ${JSON.stringify(security)} is not valid`)
    if (traits.family === 'classic' && flags.given('mount')) return new Refused('the --mount option requires BuildKit')
    if (traits.family === 'classic' && (flags.given('network') || flags.given('security')))
      return new Refused('the --network and --security options require BuildKit')
    const mounts = flags.all('mount')
    // What is expanded is judged when it is.
    const judges = traits.family === 'buildkit' && !traits.mountExpands
    const refusal = judges ? mounts.map((mount) => mountRefusal(mount, traits)).find((one) => one) : undefined
    if (refusal !== undefined) return new Refused(refusal)
    return { keyword: 'RUN', command: commandLine(instruction), mounts }
  },
  CMD: (instruction) => ({ keyword: 'CMD', command: commandLine(instruction) }),
  ENTRYPOINT: (instruction, _flags, { family }) => {
    const command = commandLine(instruction)
    // Nothing is no entrypoint for them. (recorded: entrypoint-none)
    const none = family !== 'buildkit' && command.words.length === 0
    return { keyword: 'ENTRYPOINT', command: none ? { shell: false, words: [] } : command }
  },
  SHELL: ({ json, text }) => {
    if (json === undefined)
      return new Refused(
        text === '' ? 'SHELL requires at least one argument' : `SHELL requires the arguments to be in JSON form`,
      )
    return json.length === 0 ? new Refused('SHELL requires at least one argument') : { keyword: 'SHELL', words: json }
  },
  COPY: copyOperands('COPY'),
  ADD: copyOperands('ADD'),
  WORKDIR: oneArgument('WORKDIR'),
  USER: oneArgument('USER'),
  STOPSIGNAL: oneArgument('STOPSIGNAL'),
  MAINTAINER: oneArgument('MAINTAINER'),
  EXPOSE: ({ text }) => {
    const words = splitBlanks(text)
    return words.length === 0
      ? new Refused('EXPOSE requires at least one argument')
      : { keyword: 'EXPOSE', words: sorted(words) }
  },
  VOLUME: ({ json, text }) => {
    const words = json ?? splitBlanks(text)
    if (words.length === 0) return new Refused('VOLUME requires at least one argument')
    const trimmed = words.map(trimSpace)
    return trimmed.includes('')
      ? new Refused('VOLUME specified can not be an empty string')
      : { keyword: 'VOLUME', words: trimmed }
  },
  HEALTHCHECK: healthcheck,
  ONBUILD: ({ line, text, heredocs }, _flags, traits) => {
    const [word = ''] = splitBlanks(text)
    const keyword = word.toUpperCase()
    if (keyword === '') return new Refused('ONBUILD requires at least one argument')
    if (keyword === 'ONBUILD') return new Refused("chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed")
    if (keyword === 'FROM' || keyword === 'MAINTAINER')
      return new Refused(`${keyword} isn't allowed as an ONBUILD trigger`)
    const trigger = line.replace(/^\s*ONBUILD\s*/i, '')
    const bodies = traits.heredocs === 'none' ? [] : heredocs.map(({ body, name }) => `\n${body}${name}`)
    return { keyword: 'ONBUILD', trigger: [trigger, ...bodies].join('') }
  },
}

/** Byte order, as Go sorts strings; for the ASCII of ports the same as by UTF-16 units. */
const sorted = (words: readonly string[]): readonly string[] => [...words].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))

function commandLine({ json, text }: Instruction): CommandLine {
  if (json !== undefined) return { shell: false, words: json }
  return { shell: true, words: text === '' ? [] : [text] }
}

function pairs(keyword: 'ENV' | 'LABEL'): Reader {
  return ({ text }, _flags, traits, escapeChar) => {
    const words = splitWords(text, escapeChar)
    if (words.length === 0) return new Refused(`${keyword} requires at least one argument`)
    if (!words[0]!.includes('=')) {
      const [, key, value] = /^([^\t\v\f\r ]*)[\t\v\f\r ]+(.*)$/s.exec(text) ?? []
      if (key === undefined) return new Refused(`${keyword} must have two arguments`)
      return { keyword, pairs: [[key, value!]] }
    }
    const found: Pair[] = []
    for (const word of words) {
      const equals = word.indexOf('=')
      if (equals < 0) return new Refused(`syntax error - can't find = in "${word}". Must be of the form: name=value`)
      if (equals === 0 && traits.family !== 'buildah') return new Refused(`${keyword} names can not be blank`)
      found.push([word.slice(0, equals), word.slice(equals + 1)])
    }
    return { keyword, pairs: found }
  }
}

function oneArgument(keyword: 'WORKDIR' | 'USER' | 'STOPSIGNAL' | 'MAINTAINER'): Reader {
  return ({ text }) => (text === '' ? new Refused(`${keyword} requires exactly one argument`) : { keyword, text })
}

function copyOperands(keyword: 'COPY' | 'ADD'): Reader {
  return ({ json, text, heredocs }, flags, traits) => {
    const words = json ?? splitBlanks(text)
    if (words.length < 2)
      return new Refused(
        `${keyword} requires at least two arguments, but only ${words.length === 1 ? 'one was' : 'none were'} provided. Destination could not be determined`,
      )
    if (traits.family === 'classic' && flags.value('chmod')) return new Refused('the --chmod option requires BuildKit')
    const destination = words.at(-1)!
    const opens = json === undefined && traits.heredocs !== 'none' ? heredocWord : () => undefined
    if (opens(destination) !== undefined) return new Refused(`${keyword} cannot accept a heredoc as a destination`)
    const named = new Map(heredocs.map((heredoc) => [heredoc.name, heredoc]))
    const sources: string[] = []
    const bodies: Heredoc[] = []
    for (const word of words.slice(0, -1)) {
      const heredoc = named.get(opens(word)?.name ?? '')
      if (heredoc === undefined) sources.push(word)
      else bodies.push(heredoc)
    }
    if (keyword === 'COPY' && sources.some(isUrl)) return new Refused("source can't be a URL for COPY")
    // The classic builder reads the bodies and then has no use for them.
    if (traits.heredocs === 'swallowed' && sources.length === 0) return new Refused('no source files were specified')
    return {
      keyword,
      sources,
      heredocs: traits.heredocs === 'used' ? bodies : [],
      destination,
      flags: {
        from: flags.value('from') || null,
        chown: flags.value('chown'),
        chmod: flags.value('chmod'),
        link: flags.on('link'),
        parents: flags.on('parents'),
        excludes: flags.all('exclude'),
        checksum: flags.value('checksum'),
        keepGitDir: flags.on('keep-git-dir'),
        unpack: flags.given('unpack') ? flags.on('unpack') : null,
      },
    }
  }
}

const isUrl = (source: string): boolean => /^(?:https?|ftp):\/\//.test(source)

function healthcheck({ text }: Instruction, flags: Flags, traits: Traits): Operands | Refused {
  const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text) ?? []
  const type = word.toUpperCase()
  if (type === '') return new Refused('HEALTHCHECK requires at least one argument')
  if (type === 'NONE')
    return rest === ''
      ? { keyword: 'HEALTHCHECK', health: { Test: ['NONE'] } }
      : new Refused('HEALTHCHECK NONE takes no arguments')
  if (type !== 'CMD') return new Refused(`unknown type "${type}" in HEALTHCHECK (try CMD)`)
  const command = healthCommand(rest, traits)
  if (command instanceof Refused) return command
  const health: { -readonly [K in keyof Healthcheck]: Healthcheck[K] } = {
    Test: command.shell ? ['CMD-SHELL', ...command.words] : ['CMD', ...command.words],
  }
  for (const [flag, key] of intervals) {
    const text = flags.value(flag)
    if (text === null || text === '') continue
    const duration = durationOf(text)
    if (duration === undefined) return new Refused(`time: invalid duration "${text}" in --${flag}`)
    if (duration === 0 && traits.intervalZero) continue
    if (duration <= 0) return new Refused(`interval "${flag}" must be positive`)
    if (duration < traits.shortestInterval) return new Refused(`interval "${flag}" cannot be less than 1ms`)
    health[key] = duration
  }
  const retries = flags.value('retries')
  if (retries !== null && retries !== '') {
    const count = /^[+-]?\d+$/.test(retries) ? Number(retries) : Number.NaN
    if (Number.isNaN(count) || Math.abs(count) > 0x7fffffff)
      return new Refused(`invalid value "${retries}" for --retries`)
    if (count < 0 || (count === 0 && !traits.retriesZero))
      return new Refused(`--retries must be at least 1 (not ${count})`)
    if (count > 0) health.Retries = count
  }
  return { keyword: 'HEALTHCHECK', health }
}

const intervals = [
  ['interval', 'Interval'],
  ['timeout', 'Timeout'],
  ['start-period', 'StartPeriod'],
  ['start-interval', 'StartInterval'],
] as const

function healthCommand(text: string, traits: Traits): CommandLine | Refused {
  const json = readJson(text, traits.jsonTrailingMeansShell)
  if (json === 'mixed') return new Refused('when using JSON array syntax, arrays must be comprised of strings only')
  const words = json ?? (text === '' ? [] : [text])
  return words.length === 0
    ? new Refused('missing command after HEALTHCHECK CMD')
    : { shell: json === undefined, words }
}
