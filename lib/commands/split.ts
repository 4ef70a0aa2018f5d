/** split and csplit: a file in pieces, by the names and lengths they get. Source: GNU coreutils 9; BusyBox 1.35. */
import type { Output } from '../shell/command.ts'
import { isKnown, utf8Bytes } from '../shell/known.ts'
import { parentOf } from '../shell/paths.ts'
import { exact, unknown } from '../size.ts'
import { isApplet } from './busybox.ts'
import type { Call, Result } from './command.ts'
import { done, failed, model, unsure } from './command.ts'
import { countOf, isMissing, readFile } from './text.ts'

/** Most pieces that are told apart. */
const mostPieces = 1000

/** What is in a file that is cut into pieces: its length, and its text where that is known. */
function split(call: Call): Result {
  const { flags, files } = call
  if (flags.has('--help', '--version')) return done
  if (call.args[0] !== undefined && isMissing(call, call.args[0])) return failed
  const source = readFile(call, call.args[0] ?? '-')
  const prefix = call.path(call.name === 'split' ? (call.args[1] ?? 'x') : (flags.value('-f', '--prefix') ?? 'xx'))
  const isPiped = flags.has('-n', '--number') && (call.args[0] ?? '-') === '-'
  const lengths = call.name === 'split' && !isPiped ? piecesOf(call, source) : undefined
  const width = Number(flags.value('-a', '--suffix-length') ?? 2)
  if (lengths === undefined || lengths.length > Math.min(mostPieces, 26 ** width)) {
    const size = source?.size ?? unknown('output of split')
    const store = () => files.put(parentOf(prefix), { type: 'package', label: `split: ${prefix}*`, size })
    // Before coreutils 9.2 it cannot tell how long a pipe is, and fails.
    if (flags.has('-n', '--number')) files.perhaps(store)
    else store()
    return flags.has('-n', '--number') ? unsure : undefined
  }
  let at = 0
  const numbered = digitsOf(call)
  const tail = flags.value('--additional-suffix') ?? ''
  for (const [i, bytes] of lengths.entries()) {
    const name = (numbered === undefined ? lettersFor(i, width) : numbered(i).padStart(width, '0')) + tail
    const text = source?.text === undefined || !isPlain(source.text) ? {} : { text: source.text.slice(at, at + bytes) }
    files.put(files.real(`${prefix}${name}`), { type: 'file', size: exact(bytes, 'split'), ...text })
    at += bytes
  }
  return undefined
}

/** How pieces are numbered; undefined: by letters. */
function digitsOf({ flags }: Call): ((piece: number) => string) | undefined {
  if (flags.has('-x', '--hex-suffixes'))
    return (piece) => (piece + (Number.parseInt(flags.value('--hex-suffixes') ?? '0', 16) || 0)).toString(16)
  if (flags.has('-d', '--numeric-suffixes'))
    return (piece) => String(piece + (Number(flags.value('--numeric-suffixes')) || 0))
  return undefined
}

function lettersFor(piece: number, width: number): string {
  let name = ''
  for (let n = piece; name.length < width; n = Math.floor(n / 26)) name = String.fromCharCode(97 + (n % 26)) + name
  return name
}

const isPlain = (text: string): boolean => isKnown(text) && utf8Bytes(text) === text.length

// How long the pieces are; undefined: nobody knows, or they have other names than usual.
function piecesOf(call: Call, source: Output | undefined): readonly number[] | undefined {
  const { flags } = call
  if (flags.has('-t', '-e', '--filter', '--separator', '--elide-empty-files')) return undefined
  const all = source?.size.basis === 'exact' ? (source.size.bytes ?? undefined) : undefined
  const text = source?.text !== undefined && isPlain(source.text) ? source.text : undefined
  const lines = text === undefined ? undefined : text === '' ? [] : text.split(/(?<=\n)/)
  const number = flags.value('-n', '--number')
  if (number !== undefined)
    return number.startsWith('l/') ? evenLines(lines, Number(number.slice(2))) : even(all, number)
  const wanted = flags.value('-b', '--bytes')
  if (wanted !== undefined) {
    const bytes = countOf(wanted)
    if (bytes === undefined || bytes < 1 || all === undefined || all / bytes > mostPieces) return undefined
    return Array.from({ length: Math.ceil(all / bytes) }, (_, i) => Math.min(bytes, all - i * bytes))
  }
  const most = flags.value('-C', '--line-bytes')
  if (most !== undefined) return isApplet(call) ? undefined : fullLines(lines, countOf(most))
  const count = Number(flags.value('-l', '--lines') ?? 1000)
  if (lines === undefined || !Number.isInteger(count) || count < 1) return undefined
  return Array.from({ length: Math.ceil(lines.length / count) }, (_, i) =>
    lengthOf(lines.slice(i * count, (i + 1) * count)),
  )
}

const lengthOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length, 0)

// `-n 3`: as long as one another, the last one takes what is left.
function even(all: number | undefined, number: string): readonly number[] | undefined {
  const count = Number(number)
  if (all === undefined || !Number.isInteger(count) || count < 1 || count > mostPieces) return undefined
  const each = Math.floor(all / count)
  return Array.from({ length: count }, (_, i) => (i < count - 1 ? each : all - each * (count - 1)))
}

// `-n l/3`: a line belongs to the piece that its first byte would be in.
function evenLines(lines: readonly string[] | undefined, count: number): readonly number[] | undefined {
  if (lines === undefined || !Number.isInteger(count) || count < 1 || count > mostPieces) return undefined
  const each = Math.floor(lengthOf(lines) / count)
  if (each === 0) return undefined
  const pieces = Array.from({ length: count }, () => 0)
  let at = 0
  for (const line of lines) {
    pieces[Math.min(count - 1, Math.floor(at / each))]! += line.length
    at += line.length
  }
  return pieces
}

// `-C 100`: as many whole lines as fit; one that is longer is cut, and its end begins the next piece.
function fullLines(lines: readonly string[] | undefined, most: number | undefined): readonly number[] | undefined {
  if (lines === undefined || most === undefined || most < 1) return undefined
  const pieces: number[] = []
  let open = 0
  for (const line of lines) {
    // Where the last line has no end, what it is put with is not followed.
    if (open > 0 && !line.endsWith('\n') && open + line.length <= most) return undefined
    if (open > 0 && open + line.length > most) {
      pieces.push(open)
      open = 0
    }
    let left = line.length
    for (; left > most; left -= most) pieces.push(most)
    if (pieces.length > mostPieces) return undefined
    open += left
  }
  return open > 0 ? [...pieces, open] : pieces
}

export default [
  model({
    names: ['split', 'csplit'],
    values: [
      '-a',
      '-b',
      '-C',
      '-l',
      '-n',
      '-t',
      '--bytes',
      '--line-bytes',
      '--separator',
      '--lines',
      '--number',
      '--suffix-length',
      '--additional-suffix',
      '--filter',
      '-f',
      '--prefix',
    ],
    attached: ['--numeric-suffixes', '--hex-suffixes'],
    reliable: true,
    run: split,
  }),
]
