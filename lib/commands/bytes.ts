/** Files of so many bytes: dd, truncate, fallocate, head, tail, split. Source: GNU coreutils manual; POSIX XCU. */
import type { Size } from '../model.ts'
import type { Output } from '../shell/command.ts'
import { textOutput } from '../shell/command.ts'
import { isKnown, utf8Bytes } from '../shell/known.ts'
import { parentOf } from '../shell/paths.ts'
import { exact, unknown, zero } from '../size.ts'
import type { Call, Result } from './command.ts'
import { done, failed, model, prints } from './command.ts'
import { followed, holds } from './places.ts'
import { bytesOutput, countOf, isMissing, joined, readFile } from './text.ts'

// Files that never end.
const endless = /^\/dev\/(zero|urandom|random)$/

function dd(call: Call): Result {
  const given = new Map(
    call.command.argv
      .slice(1)
      .map((word): [string, string] => [word.split('=')[0]!, word.slice(word.indexOf('=') + 1)]),
  )
  const count = (name: string, standard: number): number | undefined =>
    given.has(name) ? countOf(given.get(name)!.replace(/^(\d+)x(\d+)$/, (_, a, b) => String(a * b))) : standard
  const block = given.has('bs') ? count('bs', 512) : count('ibs', 512)
  const outBlock = given.has('bs') ? block : count('obs', 512)
  const [blocks, skip, seek] = [
    count('count', Number.POSITIVE_INFINITY),
    count('skip', 0),
    count('seek', count('oseek', 0) ?? 0),
  ]
  const from = given.get('if')
  const source = from !== undefined && endless.test(from) ? undefined : readFile(call, from ?? '-')
  const bytes = block === undefined || blocks === undefined || skip === undefined ? undefined : block * blocks
  const length = lengthRead(from, source, bytes, (skip ?? 0) * (block ?? 0))
  const target = given.get('of')
  const content =
    from === '/dev/zero' && length?.bytes != null && seek === 0 ? { content: `zeros:${length.bytes}` } : {}
  if (target === undefined) return length === undefined ? done : prints({ size: length, ...content })
  const path = call.files.real(call.path(target))
  if (path.startsWith('/dev/')) return undefined
  if (!holds(call.files, parentOf(path))) return failed
  const offset = seek === undefined || outBlock === undefined ? undefined : seek * outBlock
  const old = followed(call.files, path)?.size.bytes ?? 0
  const kept = /\bnotrunc\b/.test(given.get('conv') ?? '') || (offset ?? 0) > 0
  const end = length?.bytes == null || offset === undefined ? undefined : offset + length.bytes
  const size: Size =
    end === undefined
      ? unknown('output of dd')
      : exact(/\bnotrunc\b/.test(given.get('conv') ?? '') ? Math.max(old, end) : end, 'dd')
  const text =
    !kept && source?.text !== undefined && bytes === Number.POSITIVE_INFINITY && skip === 0 ? { text: source.text } : {}
  call.files.write(path, { size, ...content, ...text })
  return undefined
}

function lengthRead(
  from: string | undefined,
  source: Output | undefined,
  bytes: number | undefined,
  skipped: number,
): Size | undefined {
  if (bytes === undefined) return undefined
  if (from !== undefined && endless.test(from)) return Number.isSafeInteger(bytes) ? exact(bytes, 'dd') : undefined
  if (source?.size.bytes == null || source.size.basis !== 'exact') return undefined
  return exact(Math.max(0, Math.min(source.size.bytes - skipped, bytes)), 'dd')
}

function truncate(call: Call): Result {
  const { flags, files } = call
  const word = flags.value('-s', '--size', '-l', '--length') ?? ''
  const reference = flags.value('-r', '--reference')
  const sign = /^[-+<>/%]/.exec(word)?.[0]
  const count =
    reference === undefined
      ? countOf(word.replace(/^[-+<>/%]/, ''))
      : (followed(files, call.path(reference))?.size.bytes ?? undefined)
  const offset = call.name === 'fallocate' ? countOf(flags.value('-o', '--offset') ?? '0') : 0
  for (const arg of call.args) {
    const path = files.real(call.path(arg))
    if (files.presence(path) === 'no' && flags.has('-c', '--no-create')) continue
    if (!holds(files, parentOf(path))) return failed
    const old = files.presence(path) === 'no' ? 0 : (followed(files, path)?.size.bytes ?? undefined)
    const bytes = newLength(sign, count, old, call.name === 'fallocate' ? offset : undefined)
    files.write(
      path,
      bytes === 0
        ? { size: zero, text: '' }
        : { size: bytes === undefined ? unknown(`length of ${path}`) : exact(bytes, call.name) },
    )
  }
  return undefined
}

function newLength(
  sign: string | undefined,
  count: number | undefined,
  old: number | undefined,
  offset: number | undefined,
): number | undefined {
  if (count === undefined) return undefined
  if (offset !== undefined) return old === undefined ? undefined : Math.max(old, offset + count)
  if (sign === undefined) return count
  if (old === undefined) return undefined
  if (sign === '+') return old + count
  if (sign === '-') return Math.max(0, old - count)
  if (sign === '<') return Math.min(old, count)
  if (sign === '>') return Math.max(old, count)
  if (count === 0) return undefined
  return (sign === '/' ? Math.floor(old / count) : Math.ceil(old / count)) * count
}

function part(call: Call): Result {
  const { flags } = call
  const head = call.name === 'head'
  const old = call.command.argv.find((word) => /^[-+]\d+$/.test(word))
  const wanted = flags.value('-c', '--bytes')
  const bytes = wanted === undefined ? undefined : countOf(wanted.replace(/^[-+]/, ''))
  const args = call.args.filter((arg) => arg !== old)
  const from = args[0]
  if (wanted !== undefined && /^\d/.test(wanted) && from !== undefined && endless.test(from) && bytes !== undefined)
    return prints(bytesOutput(bytes, call.name))
  if (args.length > 1) return done
  if (from !== undefined && isMissing(call, from)) return failed
  const source = readFile(call, from ?? '-')
  if (source === undefined) return done
  const signed = /^[-+]/.test(wanted ?? flags.value('-n', '--lines') ?? '')
  if (wanted !== undefined) {
    if (bytes === undefined || signed || source.size.basis !== 'exact' || source.size.bytes === null) return done
    const text =
      source.text !== undefined && isKnown(source.text) && utf8Bytes(source.text) === source.text.length
        ? source.text
        : undefined
    if (text !== undefined)
      return prints(textOutput(head ? text.slice(0, bytes) : text.slice(Math.max(0, text.length - bytes))))
    return prints(bytesOutput(Math.min(bytes, source.size.bytes), call.name))
  }
  const lines = Number(flags.value('-n', '--lines') ?? old?.slice(1) ?? 10)
  if (source.text === undefined || signed || !Number.isInteger(lines)) return done
  const all = source.text.split(/(?<=\n)/)
  return prints(textOutput((head ? all.slice(0, lines) : all.slice(Math.max(0, all.length - lines))).join('')))
}

// As many bytes as there were, in files whose names only it knows.
function split(call: Call): Result {
  const source = readFile(call, call.args[0] ?? '-')
  const prefix = call.path(call.args[1] ?? 'x')
  call.files.put(parentOf(prefix), {
    type: 'package',
    label: `split: ${prefix}*`,
    size: source?.size ?? unknown('output of split'),
  })
  return undefined
}

export default [
  model({ names: ['dd'], reliable: true, run: dd }),
  model({ names: ['truncate'], values: ['-s', '-r', '--size', '--reference'], reliable: true, run: truncate }),
  model({ names: ['fallocate'], values: ['-l', '-o', '--length', '--offset'], reliable: true, run: truncate }),
  model({
    names: ['head', 'tail'],
    values: ['-c', '-n', '--bytes', '--lines', '-s', '--pid'],
    attached: ['--follow'],
    reliable: true,
    run: part,
  }),
  model({
    names: ['split', 'csplit'],
    values: ['-a', '-b', '-C', '-l', '-n', '-t', '--bytes', '--lines', '--number', '--suffix-length'],
    reliable: true,
    run: split,
  }),
]

/** All inputs of a program that reads its operands, or standard input without any. */
export const inputOf = (call: Call, args: readonly string[]): Output | undefined =>
  joined((args.length === 0 ? ['-'] : args).map((arg) => readFile(call, arg)))
