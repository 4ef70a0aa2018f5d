/** Files of so many bytes: dd, truncate, fallocate, head, tail. Source: GNU coreutils manual; POSIX XCU. */
import type { Size } from '../model.ts'
import type { Outcome, Output } from '../shell/command.ts'
import { silent, textOutput } from '../shell/command.ts'
import { isKnown, utf8Bytes } from '../shell/known.ts'
import { nameOf, parentOf } from '../shell/paths.ts'
import { exact, unknown, zero } from '../size.ts'
import { isApplet } from './busybox.ts'
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
  if (
    isApplet(call) &&
    ['count', 'skip', 'seek', 'bs', 'ibs', 'obs'].some((name) => /^\d+x/.test(given.get(name) ?? ''))
  )
    return failed
  const block = given.has('bs') ? count('bs', 512) : count('ibs', 512)
  const outBlock = given.has('bs') ? block : count('obs', 512)
  const marks = (given.get('iflag') ?? '').split(',')
  const [blocks, skip, seek] = [
    count('count', Number.POSITIVE_INFINITY),
    count('skip', 0),
    count('seek', count('oseek', 0) ?? 0),
  ]
  const from = given.get('if')
  const source = from !== undefined && endless.test(from) ? undefined : readFile(call, from ?? '-')
  const counted = marks.includes('count_bytes') ? 1 : block
  const bytes = counted === undefined || blocks === undefined || skip === undefined ? undefined : counted * blocks
  const read = lengthRead(from, source, bytes, (skip ?? 0) * (marks.includes('skip_bytes') ? 1 : (block ?? 0)))
  const conversions = (given.get('conv') ?? '').split(',')
  if (isApplet(call) && conversions.some((word) => !/^(notrunc|sync|noerror|fsync|swab)?$/.test(word))) return failed
  const padded = conversions.includes('sync') && read?.bytes != null && block !== undefined
  const length = padded ? exact(Math.ceil(read.bytes! / block) * block, 'dd') : read
  if (from !== undefined && isMissing(call, from)) return failed
  const target = given.get('of')
  const content =
    from === '/dev/zero' && length?.bytes != null && seek === 0 ? { content: `zeros:${length.bytes}` } : {}
  if (target === undefined) return length === undefined ? done : prints({ size: length, ...content })
  const path = call.files.real(call.path(target))
  if (path.startsWith('/dev/')) return undefined
  if (!holds(call.files, parentOf(path))) return failed
  const offset = seek === undefined || outBlock === undefined ? undefined : seek * outBlock
  const old = followed(call.files, path)?.size.bytes ?? 0
  const kept = conversions.includes('notrunc') || (offset ?? 0) > 0
  const end = length?.bytes == null || offset === undefined ? undefined : offset + length.bytes
  const size: Size =
    end === undefined
      ? unknown('output of dd')
      : exact(conversions.includes('notrunc') ? Math.max(old, end) : end, 'dd')
  const text =
    !kept && !padded && source?.text !== undefined && bytes === Number.POSITIVE_INFINITY && skip === 0
      ? { text: source.text }
      : {}
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
  if (isApplet(call) && call.name === 'truncate' && (sign !== undefined || reference !== undefined)) return failed
  const count =
    reference === undefined
      ? countOf(word.replace(/^[-+<>/%]/, '').replace(/[gmt]$/, (unit) => unit.toUpperCase()))
      : (followed(files, call.path(reference))?.size.bytes ?? undefined)
  if (reference === undefined && isKnown(word) && (count === undefined || /[bcw]$/.test(word))) return failed
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
  const number = call.command.argv.find((word) => /^[-+]\d+$/.test(word))
  const files = call.args.filter((arg) => arg !== number)
  const titled = flags.has('-v', '--verbose') || (files.length > 1 && !flags.has('-q', '--quiet', '--silent'))
  if (files.length < 2 && !titled) return partOf(call, files)
  let output: Output | undefined = silent
  let status: Outcome['status'] = 'ok'
  for (const [i, arg] of files.entries()) {
    const one = partOf(call, [arg])
    if (one?.status === 'failed') {
      status = 'failed'
      continue
    }
    const title = titled ? textOutput(`${i > 0 ? '\n' : ''}==> ${arg === '-' ? 'standard input' : arg} <==\n`) : silent
    output = joined([output, title, one?.output])
  }
  return { status, ...(output === undefined ? {} : { output }) }
}

function partOf(call: Call, args: readonly string[]): Result {
  const { flags } = call
  const head = call.name === 'head'
  const old = call.command.argv.find((word) => /^[-+]\d+$/.test(word))
  const wanted = flags.value('-c', '--bytes')
  // BusyBox counts in b, k and m.
  if (
    wanted !== undefined &&
    isApplet(call) &&
    isKnown(wanted) &&
    !(head ? /^-?\d+[bkm]?$/ : /^[-+]?\d+[bkm]?$/).test(wanted)
  )
    return failed
  const bytes = wanted === undefined ? undefined : countOf(wanted.replace(/^[-+]/, '').replace(/m$/, 'M'))
  const from = args[0]
  if (wanted !== undefined && /^\d/.test(wanted) && from !== undefined && endless.test(from) && bytes !== undefined)
    return prints(bytesOutput(bytes, call.name))
  if (from !== undefined && isMissing(call, from)) return failed
  const source = readFile(call, from ?? '-')
  if (source === undefined || ((from ?? '-') === '-' && isUnordered(call.command))) return done
  const signed = /^[-+]/.exec(wanted ?? flags.value('-n', '--lines') ?? (head ? undefined : old) ?? '')?.[0]
  // `tail -n +2` begins there, `head -n -2` ends there; the other signs say nothing new.
  const turned = signed !== undefined && signed === (head ? '-' : '+')
  if (wanted !== undefined) {
    if (bytes === undefined || source.size.basis !== 'exact' || source.size.bytes === null) return done
    const all = source.size.bytes
    const cut = turned ? Math.max(0, all - (head ? bytes : Math.max(0, bytes - 1))) : Math.min(bytes, all)
    const text =
      source.text !== undefined && isKnown(source.text) && utf8Bytes(source.text) === source.text.length
        ? source.text
        : undefined
    if (text !== undefined) return prints(textOutput(head ? text.slice(0, cut) : text.slice(text.length - cut)))
    return prints(bytesOutput(cut, call.name))
  }
  const lines = Number((flags.value('-n', '--lines') ?? old ?? '10').replace(/^[-+]/, ''))
  if (source.text === undefined || !Number.isInteger(lines)) return done
  const all = source.text === '' ? [] : source.text.split(/(?<=\n)/)
  if (turned)
    return prints(
      textOutput((head ? all.slice(0, Math.max(0, all.length - lines)) : all.slice(Math.max(0, lines - 1))).join('')),
    )
  return prints(textOutput((head ? all.slice(0, lines) : all.slice(Math.max(0, all.length - lines))).join('')))
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
]

/** Does it read what comes in an order that the file system gives, and nobody knows? */
function isUnordered({ stdin }: Call['command'], depth = 0): boolean {
  return stdin.from.some((command) => {
    const name = nameOf(command.argv[0] ?? '')
    if (name === 'find') return stdin.output?.text?.trimEnd().includes('\n') !== false
    return depth < 10 && name !== 'sort' && name !== 'wc' && isUnordered(command, depth + 1)
  })
}

/** All inputs of a program that reads its operands, or standard input without any. */
export const inputOf = (call: Call, args: readonly string[]): Output | undefined =>
  joined((args.length === 0 ? ['-'] : args).map((arg) => readFile(call, arg)))
