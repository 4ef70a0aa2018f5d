/** What `echo` and `printf` print, by shell. Source: POSIX XCU echo, printf; manual pages of dash, bash and BusyBox. */
import type { Dialect } from './command.ts'
import { isKnown, unknownText, utf8Bytes } from './known.ts'

/**
 * The text `echo` prints, newline included. Dash interprets escapes and knows only `-n`; BusyBox and bash interpret them
 * behind `-e`. Where the shell is not known and it matters, the text holds a stand-in.
 */
export function echoText(args: readonly string[], dialect: Dialect): string {
  let i = 0
  let newline = true
  let escapes = dialect === 'dash'
  const option = dialect === 'dash' ? /^-n$/ : /^-[neE]+$/
  for (; i < args.length && option.test(args[i]!); i++) {
    for (const letter of args[i]!.slice(1)) {
      if (letter === 'n') newline = false
      else escapes = letter === 'e'
    }
    if (dialect === 'dash') {
      i++
      break
    }
  }
  const text = args.slice(i).join(' ')
  const end = newline ? '\n' : ''
  if (dialect === 'sh' && (text.includes('\\') || args.slice(0, i).some((a) => a !== '-n')))
    return unknownText('echo') + end
  if (!escapes) return text + end
  const read = readEscapes(text, true, { ...plain, both: dialect !== 'bash', hex: dialect !== 'dash' })
  return read.stopped ? read.text : read.text + end
}

/** What a shell does with some escapes: a quote behind a backslash stands alone, or nobody knows; `\c` ends all; `\NNN` beside `\0NNN`. */
interface Escapes {
  readonly quotes?: boolean
  readonly ends: boolean
  readonly both?: boolean
  /** `\xNN`; left out: known. */
  readonly hex?: boolean
}

const plain: Escapes = { quotes: false, ends: true }

const single: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

// `\c` ends all output. Octal is \0NNN in echo and %b, which know \NNN too where `both`, and \NNN in a printf format.
function readEscapes(
  text: string,
  zero: boolean,
  { quotes, ends, both, hex = true }: Escapes = plain,
): { readonly text: string; readonly stopped: boolean } {
  let out = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c !== '\\' || i + 1 === text.length) {
      out += c
      continue
    }
    const next = text[++i]!
    if (next === 'c' && ends) return { text: out, stopped: true }
    const digits =
      (zero ? /^0([0-7]{0,3})/ : /^([0-7]{1,3})/).exec(text.slice(i, i + 4)) ??
      (both ? /^([0-7]{1,3})/.exec(text.slice(i, i + 3)) : null) ??
      (hex ? /^x([0-9a-fA-F]{1,2})/.exec(text.slice(i, i + 3)) : null)
    if (digits !== null) {
      out += byte(Number.parseInt(digits[1] || '0', next === 'x' ? 16 : 8))
      i += digits[0].length - 1
    } else if (single[next] !== undefined) out += single[next]
    else if (quotes !== undefined && /["'?]/.test(next)) out += quotes ? next : c + next
    else if (!zero && quotes === undefined && /["'?]/.test(next)) out += unknownText('printf')
    else out += c + next
  }
  return { text: out, stopped: false }
}

// A byte above 127 alone is no character; a stand-in for it keeps the text valid and its length unknown.
const byte = (code: number): string => (code < 128 ? String.fromCharCode(code) : unknownText('byte'))

// Bash takes the backslash from a quote, the others leave it; BusyBox alone lets `\c` in a format end all.
// Source: dash 0.5.12, bash 5.2 and BusyBox 1.35, tried.
const formatEscapes = (dialect: Dialect): Escapes => ({
  ...(dialect === 'sh' ? {} : { quotes: dialect === 'bash' }),
  ends: dialect === 'ash',
  hex: dialect !== 'dash',
})

/** The text `printf` prints; the format is used again while arguments are left. A bad or odd format gives a stand-in. */
export function printfText(args: readonly string[], dialect: Dialect): string {
  const escapes = formatEscapes(dialect)
  const [format, ...rest] = args[0] === '--' ? args.slice(1) : args
  if (format === undefined) return ''
  if (!isKnown(format)) return unknownText('printf')
  let out = ''
  let used = 0
  for (let round = 0; round < 10_000; round++) {
    const before = used
    const pieces = format.split(/(%[-+ #0]*(?:\d+|\*)?(?:\.(?:\d+|\*)?)?[A-Za-z%])/)
    for (const [k, piece] of pieces.entries()) {
      if (k % 2 === 0) {
        const read = readEscapes(piece, false, escapes)
        out += read.text
        if (read.stopped) return out
        continue
      }
      if (piece === '%%') {
        out += '%'
        continue
      }
      const widths = piece.split('*').length - 1
      let at = 0
      const spec = piece.replace(/\*/g, () => String(Number.parseInt(rest[used + at++] ?? '0', 10) || 0))
      used += widths
      const shown = conversion(spec, rest[used], dialect)
      used++
      out += shown.text
      if (shown.stopped) return out
    }
    if (used >= rest.length || used === before) return out
  }
  return out
}

function conversion(
  spec: string,
  arg: string | undefined,
  dialect: Dialect,
): { readonly text: string; readonly stopped: boolean } {
  const match = /^%([-+ #0]*)(-?\d+)?(?:\.(\d+)?)?l{0,2}([A-Za-z])$/.exec(spec)
  const nobody = { text: unknownText('printf'), stopped: false }
  // Bash alone quotes for itself; the others print no more.
  if (match?.[4] === 'q' && (dialect === 'ash' || dialect === 'dash')) return { text: '', stopped: true }
  if (match === null) return nobody
  const [, marks = '', width, digits, kind = ''] = match
  const pad = (text: string, zeros = false): string => {
    if (width === undefined) return text
    // Bytes are counted, as no locale is set.
    const columns = Math.abs(Number(width)) - (utf8Bytes(text) - text.length)
    if (!isKnown(text) || columns > 10_000) return unknownText('printf')
    if (marks.includes('-') || width.startsWith('-')) return text.padEnd(columns)
    const sign = /^[-+ ]/.exec(text)?.[0] ?? ''
    return zeros && marks.includes('0')
      ? sign + text.slice(sign.length).padStart(columns - sign.length, '0')
      : text.padStart(columns)
  }
  if (kind === 'b') {
    const read = readEscapes(arg ?? '', true, { quotes: false, ends: true, both: true, hex: dialect !== 'dash' })
    return { text: pad(read.text), stopped: read.stopped }
  }
  if (kind === 's')
    return { text: pad(digits === undefined ? (arg ?? '') : (arg ?? '').slice(0, Number(digits))), stopped: false }
  // The first byte; without one it is the byte that ends a string.
  if (kind === 'c')
    return arg !== undefined && !isKnown(arg) ? nobody : { text: pad((arg ?? '').slice(0, 1) || '\0'), stopped: false }
  const number = numberOf(arg)
  if (number === undefined) return nobody
  const signed = (text: string): string =>
    (number < 0 ? '' : marks.includes('+') ? '+' : marks.includes(' ') ? ' ' : '') + text
  if ('fFeEgG'.includes(kind)) {
    const text = floating(number, kind, digits === undefined ? 6 : Number(digits))
    return text === undefined ? nobody : { text: pad(signed(text), true), stopped: false }
  }
  if (!Number.isInteger(number)) return nobody
  const least = (text: string): string =>
    digits === undefined ? text : text.replace(/\d+|[a-f]+/i, (all) => all.padStart(Number(digits), '0'))
  if (kind === 'd' || kind === 'i' || (kind === 'u' && number >= 0))
    return {
      text: pad(kind === 'u' ? least(String(number)) : signed(least(String(number))), digits === undefined),
      stopped: false,
    }
  const base = kind === 'o' ? 8 : kind === 'x' || kind === 'X' ? 16 : 0
  if (base === 0 || number < 0 || digits !== undefined) return nobody
  const mark = !marks.includes('#') || number === 0 ? '' : base === 8 ? '0' : '0x'
  const text = mark + number.toString(base)
  return {
    text:
      mark === '' ? pad(cased(text, kind), true) : marks.includes('0') ? unknownText('printf') : pad(cased(text, kind)),
    stopped: false,
  }
}

const cased = (text: string, kind: string): string => (kind === 'X' ? text.toUpperCase() : text)

// `0x10`, `010`, `'A`, nothing at all. Undefined: shells read it differently, or nobody knows it.
function numberOf(arg: string | undefined): number | undefined {
  if (arg === undefined || arg === '') return 0
  if (/^['"][\x20-\x7e]/.test(arg)) return arg.charCodeAt(1)
  const word = /^([-+]?)(0[xX][0-9a-fA-F]{1,12}|0[0-7]{1,16})$/.exec(arg)
  if (word !== null) return (word[1] === '-' ? -1 : 1) * Number(word[2]!.replace(/^0(?=[0-7])/, '0o'))
  return /^[-+]?(\d{1,15}|\d{0,9}\.\d{1,9})$/.test(arg) ? Number(arg) : undefined
}

// As C prints it.
function floating(number: number, kind: string, digits: number): string | undefined {
  if (digits > 20) return undefined
  if (kind === 'f' || kind === 'F') return number.toFixed(digits)
  const power = (text: string): string => text.replace(/e([-+])(\d)$/, 'e$10$2')
  if (kind === 'e') return power(number.toExponential(digits))
  if (kind !== 'g') return undefined
  if (number === 0) return '0'
  const exponent = Number(/e([-+]\d+)$/.exec(number.toExponential(Math.max(0, digits - 1)))![1])
  const short = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
  return exponent < -4 || exponent >= Math.max(1, digits)
    ? power(number.toExponential(Math.max(0, digits - 1)).replace(/\.?0*e/, 'e'))
    : short(number.toFixed(Math.max(0, digits - 1 - exponent)))
}
