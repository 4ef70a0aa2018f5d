/** Programs that print or pass on text and write no file but where they are told to: echo, cat, head, tee, and their kin. */

import type { Output } from '../shell/command.ts'
import { silent } from '../shell/command.ts'
import { parentOf } from '../shell/paths.ts'
import { exact, sum, unknown } from '../size.ts'
import { isApplet } from './busybox.ts'
import type { Call, Result } from './command.ts'
import { done, failed, model, prints, unsure } from './command.ts'
import { followed, holds } from './places.ts'

/** What reading a file gives; undefined: not known. */
export function readFile(call: Call, arg: string): Output | undefined {
  const path = call.path(arg)
  if (arg === '-' || path === '/dev/stdin') return call.command.stdin.output
  if (path === '/dev/null') return silent
  const entry = followed(call.files, path)
  if (entry === undefined || entry.type !== 'file' || call.files.readable(entry.path) !== 'yes') return undefined
  const text = call.files.text(entry.path)
  return {
    size: entry.size,
    ...(text === undefined ? {} : { text }),
    ...(entry.content === undefined ? {} : { content: entry.content }),
  }
}

/** One after the other; undefined as soon as one of them is. */
export function joined(parts: readonly (Output | undefined)[]): Output | undefined {
  if (parts.length === 1) return parts[0]
  let text: string | undefined = ''
  for (const part of parts) {
    if (part === undefined) return undefined
    text = text === undefined || part.text === undefined ? undefined : text + part.text
  }
  const size = sum(parts.map((part) => part?.size ?? unknown('not known')))
  return text === undefined ? { size } : { size, text }
}

const echo = (call: Call): Result =>
  call.name === 'false' ? failed : call.command.output === undefined ? done : prints(call.command.output)

function cat(call: Call): Result {
  const args = call.args.length === 0 ? ['-'] : call.args
  const there = args.filter((arg) => !isMissing(call, arg))
  const output = joined(there.map((arg) => readFile(call, arg)))
  if (there.length < args.length) return { status: 'failed', ...(output === undefined ? {} : { output }) }
  if (args.some((arg) => arg !== '-' && call.files.readable(call.path(arg)) === 'maybe')) return unsure
  return output === undefined || call.flags.has('-n', '-A', '-b', '-e', '-E', '-s', '-T', '-v') ? done : prints(output)
}

/** Surely no file to be read: not there, a folder, or not for who runs this. */
export function isMissing(call: Call, arg: string): boolean {
  const path = call.path(arg)
  const isAbsent = () =>
    call.files.presence(call.files.real(path)) === 'no' || followed(call.files, path)?.type === 'dir'
  return arg !== '-' && (isAbsent() || call.files.readable(path) === 'no')
}

function tee(call: Call): Result {
  const input = call.command.stdin.output
  let broken = false
  let times = 1
  for (const arg of call.args) {
    const path = call.files.real(call.path(arg))
    if (path.startsWith('/dev/')) continue
    // For BusyBox it is standard output, for the others a file of that name.
    if (arg === '-' && isApplet(call)) {
      times++
      continue
    }
    if (!holds(call.files, parentOf(path)) || call.files.get(path)?.type === 'dir') {
      broken = true
      continue
    }
    const old = call.flags.has('-a', '--append')
      ? call.files.presence(path) === 'no'
        ? silent
        : readFile(call, path)
      : silent
    const all = joined([old, input])
    call.files.write(path, {
      size: all?.size ?? unknown('output of a program'),
      ...(all?.text === undefined ? {} : { text: all.text }),
    })
  }
  const output = joined(Array.from({ length: times }, () => input))
  return { status: broken ? 'failed' : 'ok', ...(output === undefined ? {} : { output }) }
}

export default [
  model({
    names: ['echo', 'printf', 'pwd', 'basename', 'dirname', 'true', 'false', 'sleep', 'test', '[', ':'],
    reliable: true,
    oneDash: true,
    run: echo,
  }),
  model({ names: ['cat'], reliable: true, run: cat }),
  model({ names: ['tee'], reliable: true, attached: ['--output-error'], run: tee }),
]

/** Bytes of a count such as `10M`, `1kB`, `5k`, `512`; undefined: not understood. Source: coreutils manual, block size. */
export function countOf(text: string): number | undefined {
  const match = /^(\d+)(?:([kKMGTPE])(i?B)?|([bcw])|B)?$/.exec(text)
  if (match === null) return undefined
  const power = match[2] === undefined ? 0 : 'KMGTPE'.indexOf(match[2].toUpperCase()) + 1
  const unit = match[4] === 'b' ? 512 : match[4] === 'w' ? 2 : 1
  const bytes = Number(match[1]) * unit * (match[3] === 'B' ? 1000 : 1024) ** power
  return Number.isSafeInteger(bytes) ? bytes : undefined
}

/** Known bytes of no known text. */
export const bytesOutput = (bytes: number, source: string): Output => ({ size: exact(bytes, source) })
