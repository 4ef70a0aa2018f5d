/** Editing in place: sed -i, perl -pi. Simple scripts on known text are carried out; else the length is a guess. Source: POSIX XCU sed. */
import type { Size } from '../model.ts'
import { textOutput } from '../shell/command.ts'
import { isKnown } from '../shell/known.ts'
import { about, unknown } from '../size.ts'
import { isApplet, isDebians } from './busybox.ts'
import { inputOf } from './bytes.ts'
import type { Call, Result } from './command.ts'
import { done, failed, model, prints, unsure } from './command.ts'
import { followed } from './places.ts'
import { bounded, regexpOf, Slow, unlessSlow } from './regexp.ts'
import { isMissing } from './text.ts'

/** Longest text that is edited here. */
const longest = 200_000

/** What a script makes of lines; `open`: the last of them is the last one that was read, which may have no end. */
interface Edited {
  readonly lines: readonly string[]
  readonly open: boolean
}

type Script = (lines: readonly string[]) => Edited

function sed(call: Call): Result {
  const { flags } = call
  const scripts = flags.all('-e', '--expression')
  const inScriptFile = flags.has('-f', '--file')
  const script = scripts.length > 0 ? scripts.join('\n') : inScriptFile ? undefined : call.args[0]
  const targets = scripts.length > 0 || inScriptFile ? call.args : call.args.slice(1)
  const edit =
    script === undefined || flags.has('-z', '-s', '--null-data', '--separate') || !isKnown(script)
      ? undefined
      : scriptOf(script, {
          extended: flags.has('-E', '-r', '--regexp-extended'),
          quiet: flags.has('-n', '--quiet', '--silent'),
          ash: isApplet(call),
        })
  if (isDebians(call) && /(^|[;{\n])\s*\d+~\d/.test(script ?? '')) return failed
  const written = /(^|[;}\n/])w ?(\/[^\s;}]+)/.exec(script ?? '')?.[2]
  if (written !== undefined) call.files.put(call.path(written), { type: 'file', size: unknown('written by sed') })
  if (!flags.has('-i', '--in-place')) {
    if (targets.some((target) => isMissing(call, target))) return failed
    const text = inputOf(call, targets)?.text
    const after = text === undefined ? undefined : applied(edit, text)
    return after === undefined ? done : prints(textOutput(after))
  }
  return inPlace(call, targets, flags.value('-i', '--in-place'), (text) => applied(edit, text))
}

function inPlace(
  call: Call,
  targets: readonly string[],
  suffix: string | undefined,
  edit: (text: string) => string | undefined,
): Result {
  const { files } = call
  let outcome: Result
  for (const arg of targets) {
    const path = call.flags.has('--follow-symlinks') ? files.real(call.path(arg)) : call.path(arg)
    const there = files.presence(path)
    if (there === 'no') {
      outcome = failed
      continue
    }
    if (there !== 'yes') outcome ??= unsure
    const entry = followed(files, path)
    const text = entry === undefined ? undefined : files.text(path)
    const after = text === undefined ? undefined : edit(text)
    if (suffix !== undefined && suffix !== '') {
      const backup = call.path(suffix.includes('*') ? suffix.replaceAll('*', arg.split('/').at(-1)!) : arg + suffix)
      // The file itself gets another name. So does a link, which stays one.
      const own = files.get(path)
      if (own?.type === 'symlink') files.put(backup, { type: 'symlink', link: own.link, uid: own.uid, gid: own.gid })
      else
        files.put(backup, {
          type: 'file',
          size: entry?.size ?? unknown(`copy of ${path}`),
          mode: entry?.mode ?? null,
          ...(entry && { uid: entry.uid, gid: entry.gid }),
          ...(text === undefined ? {} : { text }),
        })
    }
    const owner = entry === undefined ? {} : { mode: entry.mode, uid: entry.uid, gid: entry.gid }
    if (after !== undefined) files.put(path, { type: 'file', size: textOutput(after).size, text: after, ...owner })
    else
      files.put(path, { type: 'file', size: guess(entry?.size, call.flags.has('-n', '--quiet', '--silent')), ...owner })
  }
  return outcome
}

// An edited file is about as long as it was; with -n nothing may be left of it.
function guess(size: Size | undefined, silenced: boolean): Size {
  if (size === undefined || size.bytes === null) return unknown('edited in place')
  return about(size.bytes, silenced ? 0 : size.bytes * 0.5, size.bytes * 1.5 + 1024, 'heuristic', 'edited in place')
}

function applied(edit: Script | undefined, text: string): string | undefined {
  if (edit === undefined || text.length > longest || !isKnown(text)) return undefined
  if (text === '') return ''
  const closed = text.endsWith('\n')
  const after = unlessSlow(() => edit(text.slice(0, closed ? -1 : undefined).split('\n')))
  if (after === undefined || after.lines.length === 0) return after && ''
  return after.lines.join('\n') + (closed || !after.open ? '\n' : '')
}

/** How a script is read. */
interface Reading {
  readonly extended: boolean
  /** Lines are printed only where the script says so. */
  readonly quiet: boolean
  /** As BusyBox does: what `p` prints always ends, and of a number and `g` behind `s` the last counts. */
  readonly ash: boolean
}

function scriptOf(script: string, reading: Reading): Script | undefined {
  const edits = editsOf(script, reading)
  return edits && ((lines) => edited(lines, edits(), reading))
}

/** One command of a script: the lines it is for, and what it does to one. */
interface Edit {
  /** Asked once for each line, in order. */
  readonly chosen: Chooser
  readonly act:
    | { readonly kind: 's'; readonly change: (line: string) => string; readonly print: boolean }
    | { readonly kind: 'y'; readonly from: string; readonly to: string }
    | { readonly kind: 'd' | 'p' | 'q' | '=' | 'G' }
    | { readonly kind: 'a' | 'i' | 'c'; readonly text: string }
}

type Chooser = (line: string, index: number, count: number) => boolean

/** The script as its commands; undefined: something in it is beyond us. Knows s, y, d, p, q, =, G of what was never held, a, i, c, with addresses, ranges and `!`. */
function editsOf(script: string, { extended, ash }: Reading): (() => readonly Edit[]) | undefined {
  const edits: (() => Edit)[] = []
  let rest = script.trim()
  while (rest !== '') {
    const address = /^(?:(\d+~\d+|\d+|\$|\/(?:\\.|[^/\\])+\/)(?:,(\d+|\$|\+\d+|\/(?:\\.|[^/\\])+\/))?)?\s*(!?)\s*/.exec(
      rest,
    )!
    rest = rest.slice(address[0].length)
    const chosen = chooser(address[1], address[2], address[3] === '!', extended)
    const command = rest[0]
    let act: Edit['act']
    if (chosen === undefined || command === undefined) return undefined
    if (command === 's') {
      const parts = delimited(rest.slice(2), rest[1]!)
      if (parts === undefined) return undefined
      const match = /^([gIp0-9]*)\s*(?:;|\n|$)/.exec(parts.rest)
      const letters = match?.[1] ?? ''
      const pattern = regexpOf(parts.pattern, extended, letters.includes('I'))
      if (
        match === null ||
        pattern === undefined ||
        /\d\D+\d|^0/.test(letters) ||
        /\\[^\d&\\/ntr.|,:#@+-]/.test(parts.by)
      )
        return undefined
      const number = Number(/\d+/.exec(letters)?.[0] ?? 1)
      const all = letters.includes('g') && !(ash && /g.*\d/.test(letters))
      const from = all && ash ? 1 : number
      const regexp = all || from > 1 ? bounded(pattern.source, `${pattern.flags}g`)! : pattern
      act = {
        kind: 's',
        change: (line) => substituted(line, regexp, parts.by, all, from),
        print: letters.includes('p'),
      }
      rest = parts.rest.slice(match[0].length).trimStart()
    } else if (command === 'y') {
      const parts = delimited(rest.slice(2), rest[1]!)
      const match = /^\s*(?:;|\n|$)/.exec(parts?.rest ?? 'y')
      if (parts === undefined || match === null || /[\\[]/.test(parts.pattern + parts.by)) return undefined
      if (parts.pattern.length !== parts.by.length) return undefined
      act = { kind: 'y', from: parts.pattern, to: parts.by }
      rest = parts.rest.slice(match[0].length).trimStart()
    } else if (command === 'd' || command === 'p' || command === 'q' || command === '=' || command === 'G') {
      const match = /^.\s*(?:;|\n|$)/.exec(rest)
      if (match === null) return undefined
      act = { kind: command }
      rest = rest.slice(match[0].length).trimStart()
    } else if (command === 'a' || command === 'i' || command === 'c') {
      const end = rest.search(/(?<!\\)\n/)
      const text = (end < 0 ? rest.slice(1) : rest.slice(1, end)).replace(/^\s*(?:\\\n?)?/, '').replace(/\\\n/g, '\n')
      if (/\\/.test(text) || (command === 'c' && address[2] !== undefined)) return undefined
      act = { kind: command, text }
      rest = end < 0 ? '' : rest.slice(end + 1).trimStart()
    } else return undefined
    edits.push(() => ({ chosen: chosen(), act }))
  }
  return () => edits.map((edit) => edit())
}

// Each line goes through all commands, as the program has it.
function edited(lines: readonly string[], edits: readonly Edit[], { quiet, ash }: Reading): Edited {
  const out: string[] = []
  let open = false
  for (const [i, first] of lines.entries()) {
    let line: string | undefined = first
    let quits = false
    const after: string[] = []
    for (const { chosen, act } of edits) {
      if (!chosen(line, i, lines.length)) continue
      open = !ash && i === lines.length - 1 && (act.kind === 'p' || act.kind === 's')
      if (act.kind === 's') {
        const changed = act.change(line)
        if (act.print && changed !== line) out.push(changed)
        line = changed
      } else if (act.kind === 'y') {
        const { from, to } = act
        line = [...line].map((c) => (from.includes(c) ? to[from.indexOf(c)] : c)).join('')
      } else if (act.kind === 'G') line += '\n'
      else if (act.kind === 'p') out.push(line)
      else if (act.kind === '=') out.push(String(i + 1))
      else if (act.kind === 'a') after.push(act.text)
      else if (act.kind === 'i') out.push(act.text)
      else {
        quits = act.kind === 'q'
        if (act.kind === 'c') out.push(act.text)
        if (!quits) line = undefined
        break
      }
    }
    if (line !== undefined && !quiet) {
      out.push(line)
      open = i === lines.length - 1
    }
    out.push(...after)
    if (after.length > 0) open = false
    if (quits) break
  }
  return { lines: out, open }
}

type Place = (line: string, index: number, count: number) => boolean

// A range has to be made anew for each text: it remembers whether it is open.
function chooser(
  from: string | undefined,
  to: string | undefined,
  not: boolean,
  extended: boolean,
): (() => Chooser) | undefined {
  const begins = from === undefined ? () => true : placeOf(from, extended)
  if (begins === undefined) return undefined
  const turned = (fits: Chooser): Chooser => (not ? (line, i, count) => !fits(line, i, count) : fits)
  if (to === undefined) return () => turned(begins)
  const more = /^\+(\d+)$/.exec(to)?.[1]
  const ends = more === undefined ? placeOf(to, extended) : () => false
  if (ends === undefined) return undefined
  return () => {
    let start = -1
    const last = more === undefined ? (/^\d+$/.test(to) ? Number(to) - 1 : undefined) : Number(more)
    return turned((line, i, count) => {
      if (start < 0) {
        if (!begins(line, i, count)) return false
        start = i
        const bound = more === undefined ? last : i + (last ?? 0)
        if (bound !== undefined && bound <= i) start = -1
        return true
      }
      const bound = more === undefined ? last : start + (last ?? 0)
      if (bound === undefined ? ends(line, i, count) : i >= bound) start = -1
      return true
    })
  }
}

function placeOf(text: string, extended: boolean): Place | undefined {
  if (text === '$') return (_, i, count) => i === count - 1
  if (/^\d+$/.test(text)) return (_, i) => i === Number(text) - 1
  const [, first, step] = /^(\d+)~(\d+)$/.exec(text) ?? []
  if (first !== undefined && step !== undefined) {
    const [from, each] = [Number(first), Number(step)]
    return (_, i) => (each === 0 ? i + 1 === from : i + 1 >= from && (i + 1 - from) % each === 0)
  }
  const regexp = regexpOf(text.slice(1, -1), extended, false)
  return regexp === undefined ? undefined : (line) => regexp.test(line)
}

function delimited(
  text: string,
  mark: string,
): { readonly pattern: string; readonly by: string; readonly rest: string } | undefined {
  const pieces: string[] = []
  let piece = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '\\' && i + 1 < text.length) {
      const next = text[++i]!
      piece += next === mark && mark !== '/' ? next : c + next
    } else if (c === '[' && pieces.length === 0) {
      const set = /^\[\^?\]?[^\]]*\]/.exec(text.slice(i))?.[0] ?? '['
      piece += set
      i += set.length - 1
    } else if (c === mark) {
      pieces.push(piece)
      piece = ''
      if (pieces.length === 2) return { pattern: pieces[0]!, by: pieces[1]!, rest: text.slice(i + 1) }
    } else piece += c
  }
  return undefined
}

/** Characters that one line may become. */
const mostMade = 1e6

const marks: Readonly<Record<string, string>> = { '\\n': '\n', '\\t': '\t', '\\r': '\r' }

function substituted(line: string, pattern: RegExp, by: string, all: boolean, from: number): string {
  // One character may become many, and each of those again.
  if (line.length * by.length > mostMade) throw new Slow()
  let nth = 0
  return line.replace(pattern, (...found) => {
    nth++
    if (nth < from || (nth > from && !all)) return String(found[0])
    const groups = found.slice(
      0,
      found.findIndex((f) => typeof f === 'number'),
    ) as (string | undefined)[]
    return by.replace(/\\(\d)|\\n|\\(.)|&/g, (whole, digit?: string, other?: string) =>
      digit !== undefined ? (groups[Number(digit)] ?? '') : (marks[whole] ?? other ?? groups[0] ?? ''),
    )
  })
}

/** `perl -pi -e`: the same in another language, so always a guess; other scripts that may write. */
export function scripted(call: Call): Result {
  const place = call.command.argv.slice(1).find((word) => /^-[A-Za-z0]*i/.test(word) && !word.startsWith('-I'))
  if (place === undefined) {
    if (!call.flags.has('-e', '-E', '-v', '--version')) call.files.mystery(`unknown: ${call.name}`)
    else if (/open|unlink|rename|mkdir|write|install|system|`/.test(call.flags.all('-e', '-E').join(' ')))
      call.files.mystery(`unknown: ${call.name}`)
    return unsure
  }
  return inPlace(call, call.args, /i(\..*)?$/.exec(place)?.[1], () => undefined)
}

export default [
  model({
    names: ['sed', 'gsed'],
    values: ['-e', '-f', '-l', '--expression', '--file', '--line-length'],
    attached: ['-i', '--in-place'],
    reliable: true,
    run: sed,
  }),
]
