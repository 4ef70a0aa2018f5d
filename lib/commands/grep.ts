/** grep: lines that a pattern fits, or the parts of them. Source: POSIX XCU grep; GNU grep 3.8; BusyBox 1.35. */
import { silent, textOutput } from '../shell/command.ts'
import { isKnown } from '../shell/known.ts'
import { inputOf } from './bytes.ts'
import type { Call, Result } from './command.ts'
import { model, unsure } from './command.ts'
import { linesOf, textOf } from './lines.ts'
import { bounded, regexpOf, unlessSlow } from './regexp.ts'
import { isDistribution, releaseText } from './release.ts'
import { isMissing } from './text.ts'

function grep(call: Call): Result {
  const { flags, args } = call
  const given = flags.value('-e', '--regexp')
  const [pattern, ...files] = given === undefined ? args : [given, ...args]
  if (files.some((file) => isMissing(call, file))) return { status: 'failed' }
  const text = textOf(inputOf(call, files))
  if (text === undefined && given === undefined) return asksRelease(call)
  if (text === undefined || pattern === undefined || !isKnown(pattern) || pattern.includes('\n')) return unsure
  if (flags.has(...ungrepped) || flags.all('-e', '--regexp').length > 1) return unsure
  const fold = flags.has('-i', '--ignore-case')
  const literal = flags.has('-F', '--fixed-strings') || call.name === 'fgrep'
  const extended = flags.has('-E', '--extended-regexp') || call.name === 'egrep'
  const regexp =
    pattern === '' ? /(?:)/ : patternOf(literal ? quoted(pattern) : pattern, extended || literal, fold, flags)
  if (regexp === undefined) return unsure
  const lines = linesOf(text)
  const found = lines.flatMap((line, i) =>
    regexp.test(line) === flags.has('-v', '--invert-match')
      ? []
      : [flags.has('-n', '--line-number') ? `${i + 1}:${line}` : line],
  )
  const status = found.length > 0 ? 'ok' : 'failed'
  if (flags.has('-q', '--quiet', '--silent')) return { status, output: silent }
  // Names stand in front where there are several inputs.
  if (files.length > 1 && !flags.has('-h')) return { status }
  const only = flags.has('-o', '--only-matching')
  if (only && (flags.has('-v', '-n', '--invert-match', '--line-number') || regexp.test(''))) return { status }
  const pieces = only ? partsOf(found, regexp) : found
  const shown = flags.has('-c', '--count') ? [String(found.length)] : pieces
  return { status, output: shown.length === 0 ? silent : textOutput(`${shown.join('\n')}\n`) }
}

function partsOf(lines: readonly string[], { source, flags }: RegExp): readonly string[] {
  const every = bounded(source, `${flags}g`)
  return every === undefined ? [] : lines.flatMap((line) => line.match(every) ?? [])
}

// What `grep NAME /etc/os-release` answers, where the distribution is known.
function asksRelease(call: Call): Result {
  const [pattern = '', path] = call.args
  const plain = /^"?(ID=)?"?([\w -]+)"?$/.exec(pattern.replace(/^\^|\$$/g, ''))?.[2]
  if (path === undefined || plain === undefined || call.args.length !== 2 || call.flags.has('-v', '-c', '-L'))
    return unsure
  const text = releaseText(call.path(path), call.facts)
  if (text === undefined) return unsure
  const fits = call.flags.has('-i') ? text.toLowerCase().includes(plain.toLowerCase()) : text.includes(plain)
  const output = call.flags.has('-q') ? { output: silent } : {}
  if (fits && plain === pattern) return { status: 'ok', ...output }
  return !text.toLowerCase().includes(plain.toLowerCase()) && isDistribution(plain)
    ? { status: 'failed', output: silent }
    : unsure
}

const quoted = (text: string): string => text.replace(/[.*[\]^$\\/(){}|+?]/g, '\\$&')

/** The pattern of a call; undefined: one that is not followed. */
function patternOf(pattern: string, extended: boolean, fold: boolean, flags: Call['flags']): RegExp | undefined {
  const inner = regexpOf(pattern, extended, fold)
  if (inner === undefined) return undefined
  const edged = flags.has('-x', '--line-regexp') ? `^(?:${inner.source})$` : inner.source
  return flags.has('-w', '--word-regexp')
    ? /^[\w. -]*$/.test(pattern)
      ? bounded(`\\b(?:${edged})\\b`, inner.flags)
      : undefined
    : bounded(edged, inner.flags)
}

const ungrepped = '-l -L -A -B -C -f -P -r -R -m -H -z --include --exclude'.split(' ')

export default [
  model({
    names: ['grep', 'egrep', 'fgrep'],
    values: ['-e', '-f', '-m', '-A', '-B', '-C', '--regexp', '--file', '--max-count', '--include', '--exclude'],
    attached: ['--color'],
    reliable: true,
    run: (call) => unlessSlow(() => grep(call)) ?? unsure,
  }),
]
