/** Words → fields: braces, tilde, parameters, substitutions, splitting, paths. Source: POSIX XCU 2.6; bash manual for braces. */
import { evaluate } from './arithmetic.ts'
import type { Part, Variable, Word } from './ast.ts'
import { braced } from './braces.ts'
import { expandPath } from './glob.ts'
import { isKnown, knownBytes, unknownText } from './known.ts'
import { escapePattern, removed, replaced, unescapePattern } from './pattern.ts'
import { numberOf } from './signals.ts'
import type { Field, Shell, State } from './state.ts'
import { assign, fresh, valueFor } from './state.ts'

/** Most fields one command gets, and longest text a value may have. */
const mostFields = 20_000
const longest = 1_000_000

/** A field being put together. */
interface Draft {
  text: string
  /** The text as a path pattern: what was quoted is escaped. */
  pattern: string
  wild: boolean
  loose: boolean
  /** Something was there, if only quotes around nothing. */
  solid: boolean
}

/** All words of a command, as the program gets them. Of very many the last stands for all that are left. */
export function expandWords(shell: Shell, state: State, words: readonly Word[]): readonly Field[] {
  const fields: Field[] = []
  for (const word of words) {
    const all = braced(word.parts, state.dialect === 'bash', mostFields)
    for (const parts of all ?? [])
      for (const draft of draftsOf(shell, state, parts))
        for (const field of pathsOf(shell, state, draft, word)) fields.push(field)
    if (all === undefined || fields.length > mostFields) {
      shell.cut = true
      return [...fields.slice(0, mostFields), { text: manyWords, range: word.range, loose: true }]
    }
  }
  return fields
}

const manyWords = unknownText('very many words')

/** A word as one text: no splitting, no paths. For assignments, redirections, `case`, here-documents. */
export function expandText(shell: Shell, state: State, word: Word): string {
  return collect(shell, state, word.parts)
    .map((d) => d.text)
    .join(' ')
}

/** A word as a pattern: what was quoted is escaped. */
export function expandPattern(shell: Shell, state: State, word: Word): string {
  return collect(shell, state, word.parts)
    .map((d) => d.pattern)
    .join(' ')
}

function pathsOf(shell: Shell, state: State, draft: Draft, word: Word): readonly Field[] {
  const { range } = word
  if (!draft.wild || state.options.has('f')) return [{ text: draft.text, range, loose: draft.loose }]
  const has = (name: string): boolean => state.options.has(name)
  const asked = { hidden: has('dotglob'), deep: has('globstar') }
  const { paths, rest } = expandPath(shell.host, draft.pattern, state.cwd, state.dialect, asked)
  const fields: Field[] = paths.slice(0, mostFields + 1).map((text) => ({ text, range, loose: false }))
  if (rest !== undefined) fields.push({ text: rest, range, loose: true })
  if (fields.length === 0 && state.options.has('nullglob')) return []
  return fields.length > 0 ? fields : [{ text: unescapePattern(draft.pattern), range, loose: false }]
}

// ---- parts --------------------------------------------------------------------------------------------

const draft = (): Draft => ({ text: '', pattern: '', wild: false, loose: false, solid: false })

function draftsOf(shell: Shell, state: State, parts: readonly Part[]): readonly Draft[] {
  const drafts = [draft()]
  build(shell, state, parts, drafts, { quoted: false, split: true }, true)
  return drafts.filter((d) => d.solid || d.text !== '')
}

function collect(shell: Shell, state: State, parts: readonly Part[]): readonly Draft[] {
  const drafts = [draft()]
  build(shell, state, parts, drafts, { quoted: false, split: false }, true)
  return drafts
}

interface Manner {
  readonly quoted: boolean
  /** Values are cut at white space. */
  readonly split: boolean
}

function build(shell: Shell, state: State, parts: readonly Part[], drafts: Draft[], how: Manner, first: boolean): void {
  for (const [i, part] of parts.entries()) {
    switch (part.kind) {
      case 'text': {
        const text = first && i === 0 && !part.quoted && !how.quoted ? tilde(state, part.text) : part.text
        write(drafts, text, part.quoted || how.quoted || text !== part.text)
        break
      }
      case 'glob':
        if (how.quoted) write(drafts, part.text, true)
        else {
          const last = drafts.at(-1)!
          last.text += part.text
          last.pattern += part.text
          last.wild = true
        }
        break
      case 'quotes':
        drafts.at(-1)!.solid = !(part.parts.length === 1 && isAll(part.parts[0]!))
        build(shell, state, part.parts, drafts, { ...how, quoted: true }, false)
        break
      case 'braces':
        write(drafts, part.text, true)
        break
      case 'command':
        value(state, drafts, shell.capture(state, part.script), how)
        break
      case 'sum': {
        const sum = part.sum === undefined ? undefined : evaluate(shell, state, part.sum)
        value(state, drafts, sum === undefined ? fresh(shell, 'sum') : String(sum), how)
        break
      }
      case 'process':
        shell.capture(state, part.script)
        write(drafts, `/dev/fd/${fresh(shell, 'fd')}`, true)
        break
      case 'variable':
        variable(shell, state, part, drafts, how)
    }
  }
}

const isAll = (part: Part): boolean =>
  part.kind === 'variable' && (part.name === '@' || part.index?.text === '@') && part.op === undefined

function write(drafts: Draft[], text: string, quoted: boolean): void {
  const last = drafts.at(-1)!
  last.text += text
  last.pattern += quoted ? escapePattern(text) : text.replace(/\\/g, '\\\\')
  if (quoted) last.solid = true
}

function tilde(state: State, text: string): string {
  const match = /^~([A-Za-z_][\w-]*)?(?=\/|$)/.exec(text)
  if (match === null) return text
  const home =
    match[1] === undefined
      ? (valueFor(state, 'HOME') ?? unknownText('HOME'))
      : match[1] === 'root'
        ? '/root'
        : `/home/${match[1]}`
  return home + text.slice(match[0].length)
}

// The value of an expansion: split and open to wildcards unless quoted.
function value(state: State, drafts: Draft[], text: string, { quoted, split }: Manner): void {
  if (text.length > longest) {
    write(drafts, unknownText('long'), true)
    return
  }
  if (quoted || !split) {
    const last = drafts.at(-1)!
    last.text += text
    last.pattern += quoted ? escapePattern(text) : text
    if (quoted) last.solid = true
    return
  }
  const ifs = valueFor(state, 'IFS') ?? ' \t\n'
  const separators = new Set(isKnown(ifs) ? ifs : ' \t\n')
  let pending = false
  for (const piece of text.split(/(\ufdd0[^\ufdd1]*\ufdd1)/)) {
    if (!isKnown(piece)) {
      if (pending) drafts.push(draft())
      pending = false
      const last = drafts.at(-1)!
      last.text += piece
      last.pattern += piece
      last.loose = true
      continue
    }
    for (const c of piece) {
      if (separators.has(c)) {
        // White space runs are one cut; another separator ends a field, an empty one too.
        if (!/\s/.test(c)) drafts.at(-1)!.solid = true
        pending ||= drafts.at(-1)!.text !== '' || drafts.at(-1)!.solid
        continue
      }
      if (pending && drafts.length > mostFields) return
      if (pending) drafts.push(draft())
      pending = false
      const last = drafts.at(-1)!
      last.text += c
      last.pattern += c
      last.wild ||= c === '*' || c === '?' || c === '['
    }
  }
  if (pending) drafts.push(draft())
}

// ---- parameters ---------------------------------------------------------------------------------------

function variable(shell: Shell, state: State, part: Variable, drafts: Draft[], how: Manner): void {
  const { name, op, index } = part
  const all = name === '@' || name === '*' || index?.text === '@' || index?.text === '*'
  const items = !all ? undefined : index === undefined ? state.args : itemsOf(state, name)
  if (all && items === undefined) {
    value(state, drafts, unknownText(name === '@' || name === '*' ? 'args' : name), how)
    return
  }
  const current =
    items === undefined ? plainValue(shell, state, part) : items.length === 0 ? undefined : items.join(' ')
  if (part.prefix !== undefined) {
    value(state, drafts, prefixed(state, part, current ?? '', items), how)
    return
  }
  if (op !== undefined && op.kind !== 'default' && items !== undefined) {
    const some =
      op.kind === 'slice' ? sliced(shell, state, part, items) : items.map((item) => altered(shell, state, part, item))
    if (some === undefined) value(state, drafts, unknownText(`${name}:`), how)
    else several(state, drafts, some, how, name === '@' || index?.text === '@')
    return
  }
  if (op !== undefined && op.kind !== 'default') {
    value(state, drafts, altered(shell, state, part, current ?? ''), how)
    return
  }
  const given = op === undefined ? true : isGiven(current, op.op.startsWith(':'))
  if (op !== undefined && (op.op.endsWith('+') ? given === true : given === false)) {
    if (op.op.endsWith('=')) {
      assign(state, name, expandText(shell, state, op.word))
      value(state, drafts, valueFor(state, name) ?? '', how)
    } else if (op.op.endsWith('?'))
      state.stopped = `${name}: ${expandText(shell, state, op.word) || 'parameter not set or null'}`
    else build(shell, state, op.word.parts, drafts, how, false)
  } else if (op?.op.endsWith('+')) {
    if (given === undefined) value(state, drafts, unknownText(`${name}${op.op}`), how)
  } else if (items !== undefined) several(state, drafts, items, how, name === '@' || index?.text === '@')
  else if (current !== undefined) value(state, drafts, current, how)
  else if (state.options.has('u') && op === undefined && index === undefined && !setByShell.test(name))
    state.stopped = `${name}: parameter not set`
  if (how.quoted && items === undefined) drafts.at(-1)!.solid = true
}

// Source: manual of bash, shell variables; POSIX XCU 2.5.
const setByShell =
  /^([-$!?#*@_]|BASH\w*|COLUMNS|COMP_\w+|DIRSTACK|EPOCH\w+|E?UID|FUNCNAME|GROUPS|HIST\w+|HOST(NAME|TYPE)|IFS|LINE(NO|S)|MACHTYPE|OLDPWD|OPT\w+|OSTYPE|PATH|PIPESTATUS|PPID|PS[0-4]|PWD|RANDOM|REPLY|SECONDS|SHELL(OPTS)?|SHLVL|S?RANDOM|TERM)$/

/** Is there a value, and, with a colon, one that is not empty? undefined: nobody knows. */
const isGiven = (current: string | undefined, colon: boolean): boolean | undefined =>
  current === undefined ? false : !colon || knownBytes(current) > 0 ? true : isKnown(current) ? false : undefined

// ${#X}, ${#A[@]}, ${!X}
function prefixed(state: State, part: Variable, current: string, items: readonly string[] | undefined): string {
  if (part.prefix === '#')
    return items !== undefined
      ? String(items.length)
      : isKnown(current)
        ? String([...current].length)
        : unknownText(`#${part.name}`)
  return part.op === undefined && items === undefined && isKnown(current)
    ? (valueFor(state, current) ?? '')
    : unknownText(`!${part.name}`)
}

// ${A[@]:1:2} and ${@:2}: of the words that a function or script was called with the one before the first is its name.
function sliced(
  shell: Shell,
  state: State,
  { op, name }: Variable,
  items: readonly string[],
): readonly string[] | undefined {
  if (op?.kind !== 'slice') return undefined
  const all = name === '@' || name === '*' ? [state.name, ...items] : items
  const from = Number(expandText(shell, state, op.from).trim() || Number.NaN)
  const count = op.count && Number(expandText(shell, state, op.count).trim() || Number.NaN)
  if (!Number.isInteger(from) || (count !== undefined && !(Number.isInteger(count) && count >= 0))) return undefined
  const start = from < 0 ? all.length + from : from
  return start < 0 ? [] : all.slice(start, count === undefined ? undefined : start + count)
}

// "$@": as many words as there are; $*, or where nothing is split: one.
function several(state: State, drafts: Draft[], items: readonly string[], how: Manner, at: boolean): void {
  if (!how.split || (how.quoted && !at)) {
    value(state, drafts, items.join(' '), how)
    return
  }
  for (const [i, item] of items.slice(0, mostFields + 1).entries()) {
    if (i > 0) drafts.push(draft())
    value(state, drafts, item, how)
  }
}

const itemsOf = (state: State, name: string): readonly string[] | undefined => {
  const found = state.vars.get(name)
  if (found === undefined) return state.open ? undefined : []
  return found.items ?? (found.value === undefined ? [] : isKnown(found.value) ? [found.value] : undefined)
}

function plainValue(shell: Shell, state: State, part: Variable): string | undefined {
  const { name } = part
  if (part.index !== undefined) {
    const items = itemsOf(state, name)
    const at = expandText(shell, state, part.index)
    return items === undefined ? unknownText(name) : /^\d+$/.test(at) ? items[Number(at)] : unknownText(name)
  }
  if (/^\d+$/.test(name))
    return name === '0' ? state.name : state.args === undefined ? unknownText(name) : state.args[Number(name) - 1]
  switch (name) {
    case '?':
      return state.last === 'ok' || state.last === 'likely' ? '0' : (state.code?.toString() ?? unknownText('?'))
    case '#':
      return state.args === undefined ? unknownText('#') : String(state.args.length)
    case '@':
    case '*':
      return state.args?.join(' ')
    case '$':
      return numberOf(state)
    case '-':
    case 'RANDOM':
    case 'SECONDS':
      return fresh(shell, name)
    case 'PWD':
      return state.cwd
    case '!':
      return state.jobs === undefined ? undefined : [...state.jobs.keys()].at(-1)
    default:
      return valueFor(state, name)
  }
}

function altered(shell: Shell, state: State, part: Variable, text: string): string {
  const { op, name } = part
  const known = isKnown(text) && text.length <= 4096
  switch (op?.kind) {
    case 'remove': {
      const pattern = expandPattern(shell, state, op.word)
      return known && isKnown(pattern) ? removed(text, op.op, pattern) : unknownText(`${name}${op.op}${op.word.text}`)
    }
    case 'replace': {
      const pattern = expandPattern(shell, state, op.pattern)
      const by = expandText(shell, state, op.by)
      return known && isKnown(pattern)
        ? replaced(text, op.op, pattern, by)
        : unknownText(`${name}${op.op}${op.pattern.text}_${op.by.text}`)
    }
    case 'slice': {
      const [from, count] = [
        Number(expandText(shell, state, op.from).trim()),
        op.count && Number(expandText(shell, state, op.count).trim()),
      ]
      if (!known || !Number.isInteger(from) || (count !== undefined && !Number.isInteger(count)))
        return unknownText(`${name}:${op.from.text}`)
      const start = from < 0 ? text.length + from : from
      if (start < 0) return ''
      return text.slice(start, count === undefined ? undefined : count < 0 ? text.length + count : start + count)
    }
    case 'case': {
      if (!known) return unknownText(`${name}${op.op}`)
      const change = (s: string) => (op.op[0] === '^' ? s.toUpperCase() : s.toLowerCase())
      return op.op.length === 2 ? change(text) : change(text.slice(0, 1)) + text.slice(1)
    }
    default:
      return unknownText(name)
  }
}
