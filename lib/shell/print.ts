/** What `echo` and `printf` print, by shell. Source: POSIX XCU echo, printf; manual pages of dash, bash and BusyBox. */
import type { Dialect } from './command.ts'
import { isKnown, unknownText } from './known.ts'

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
  const read = readEscapes(text, true)
  return read.stopped ? read.text : read.text + end
}

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

// `\c` ends all output. Octal is \0NNN in echo and %b, \NNN in a printf format.
function readEscapes(text: string, zero: boolean): { readonly text: string; readonly stopped: boolean } {
  let out = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c !== '\\' || i + 1 === text.length) {
      out += c
      continue
    }
    const next = text[++i]!
    if (next === 'c') return { text: out, stopped: true }
    const digits =
      (zero ? /^0([0-7]{0,3})/ : /^([0-7]{1,3})/).exec(text.slice(i, i + 4)) ??
      /^x([0-9a-fA-F]{1,2})/.exec(text.slice(i, i + 3))
    if (digits !== null) {
      out += byte(Number.parseInt(digits[1] || '0', next === 'x' ? 16 : 8))
      i += digits[0].length - 1
    } else if (single[next] !== undefined) out += single[next]
    else if (!zero && (next === '"' || next === "'")) out += next
    else out += c + next
  }
  return { text: out, stopped: false }
}

// A byte above 127 alone is no character; a stand-in for it keeps the text valid and its length unknown.
const byte = (code: number): string => (code < 128 ? String.fromCharCode(code) : unknownText('byte'))

/** The text `printf` prints; the format is used again while arguments are left. A bad or odd format gives a stand-in. */
export function printfText(args: readonly string[]): string {
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
        const read = readEscapes(piece, false)
        out += read.text
        if (read.stopped) return out
        continue
      }
      if (piece === '%%') {
        out += '%'
        continue
      }
      const shown = conversion(piece, rest[used])
      used++
      out += shown.text
      if (shown.stopped) return out
    }
    if (used >= rest.length || used === before) return out
  }
  return out
}

function conversion(spec: string, arg: string | undefined): { readonly text: string; readonly stopped: boolean } {
  const match = /^%([-+ #0]*)(\d+)?(?:\.(\d+)?)?([A-Za-z])$/.exec(spec)
  if (match === null) return { text: unknownText('printf'), stopped: false }
  const [, marks = '', width, digits, kind = ''] = match
  const pad = (text: string): string => {
    if (width === undefined) return text
    if (!isKnown(text) || Number(width) > 10_000) return unknownText('printf')
    if (marks.includes('-')) return text.padEnd(Number(width))
    return marks.includes('0') && kind !== 's' ? text.padStart(Number(width), '0') : text.padStart(Number(width))
  }
  if (kind === 'b') {
    const read = readEscapes(arg ?? '', true)
    return { text: pad(read.text), stopped: read.stopped }
  }
  if (kind === 's')
    return { text: pad(digits === undefined ? (arg ?? '') : (arg ?? '').slice(0, Number(digits))), stopped: false }
  if (kind === 'c') return { text: pad((arg ?? '').slice(0, 1)), stopped: false }
  const number = Number(arg ?? '0')
  if (arg !== undefined && (!isKnown(arg) || !Number.isSafeInteger(number) || digits !== undefined))
    return { text: unknownText('printf'), stopped: false }
  if (kind === 'd' || kind === 'i' || kind === 'u')
    return { text: pad((marks.includes('+') && number >= 0 ? '+' : '') + number), stopped: false }
  const base = kind === 'o' ? 8 : kind === 'x' || kind === 'X' ? 16 : 0
  if (base === 0 || number < 0 || marks.includes('#')) return { text: unknownText('printf'), stopped: false }
  const text = number.toString(base)
  return { text: pad(kind === 'X' ? text.toUpperCase() : text), stopped: false }
}
