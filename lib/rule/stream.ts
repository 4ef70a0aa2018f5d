/** A download that goes straight into tar: the archive is never stored. */
import type { CommandFacts, Facts } from '../lint/facts.ts'
import type { Range } from '../lint/places.ts'
import type { Change, Cure } from '../rule.ts'
import { absolute } from '../shell/paths.ts'
import { replaced } from './edits.ts'

/**
 * `curl -o F URL && tar -xzf F` as `curl URL | tar -xz`, where the two stand next to each other in a chain. A shell without
 * `pipefail` does not notice a download that fails half-way, so nobody does it unasked.
 */
export function streamCure(path: string, unpacked: CommandFacts, facts: Facts): Cure | undefined {
  const { step } = unpacked
  const own = step.commands.filter(({ deed }) => deed.command.by === undefined)
  const fetched = own[own.indexOf(unpacked) - 1]
  if (fetched === undefined || !/^(?:bsd)?tar$/.test(unpacked.name) || step.instruction.json !== undefined)
    return undefined
  const before = joint.exec(facts.text.slice(fetched.span.end, unpacked.span.start))?.[1]
  if (before === undefined) return undefined
  const there = (word: string | undefined): boolean =>
    word !== undefined && absolute(word, unpacked.deed.command.cwd) === path
  const output = toOutput(fetched, there)
  const input = fromInput(unpacked, there, path)
  if (output === undefined || input === undefined) return undefined
  const at = fetched.span.end + before.length
  return {
    title: `${fetched.name} | ${unpacked.name}`,
    safe: false,
    edits: [...output, replaced({ start: at, end: at + 2 }, '|'), ...input],
  }
}

// `&&` with line ends and lines of comment around it.
const joint = /^((?:[\s\\`]|(?<=\n)[ \t]*#.*\n)*)&&(?:[\s\\`]|(?<=\n)[ \t]*#.*\n)*$/

/** Words that can be changed one by one. */
const isPlain = ({ words, span }: CommandFacts): boolean =>
  words.every(
    ({ start, end }, i) => start >= span.start && end <= span.end && start >= (words[i - 1]?.end ?? span.start),
  )

/** The word at `i` and the blank before it go. */
const gone = ({ words }: CommandFacts, i: number): Range => ({ start: words[i - 1]!.end, end: words[i]!.end })

/** The download goes to standard output. */
function toOutput(command: CommandFacts, there: (word: string | undefined) => boolean): readonly Change[] | undefined {
  const { name, argv, words } = command
  const at = argv.findIndex((word, i) => i > 0 && there(word))
  const flag = argv[at - 1] ?? ''
  if (
    !isPlain(command) ||
    at < 2 ||
    words[at - 1] === undefined ||
    argv.some((word) => /^-[a-zA-Z]*[OJ]$|^--remote/.test(word) && name === 'curl')
  )
    return undefined
  const without = replaced(gone(command, at), '')
  if (name === 'wget')
    return /^-[a-zA-Z]*O$/.test(flag) ? [replaced({ start: words[at - 1]!.end, end: words[at]!.end }, '-')] : undefined
  if (name !== 'curl') return undefined
  if (flag === '-o' || flag === '--output') return [replaced({ start: words[at - 2]!.end, end: words[at]!.end }, '')]
  return /^-[a-zA-Z]+o$/.test(flag) ? [replaced(words[at - 1]!, flag.slice(0, -1)), without] : undefined
}

const compressions: readonly (readonly [ending: RegExp, flag: string])[] = [
  [/\.(?:tar\.gz|tgz)$/, 'z'],
  [/\.(?:tar\.bz2|tbz2?)$/, 'j'],
  [/\.(?:tar\.xz|txz)$/, 'J'],
  [/\.tar$/, ''],
]

/** The archive comes from standard input, where its compression cannot be found out. */
function fromInput(
  command: CommandFacts,
  there: (word: string | undefined) => boolean,
  path: string,
): readonly Change[] | undefined {
  const { argv, words } = command
  const packed = compressions.find(([ending]) => ending.test(path))?.[1]
  const at = argv.findIndex((word, i) => i > 0 && there(word))
  const flags = argv[at - 1] ?? ''
  if (packed === undefined || !isPlain(command) || at !== 2 || !/^-?[xvzjJp]*f$/.test(flags) || !flags.includes('x'))
    return undefined
  const kept = flags.replace(/^-/, '').replace('f', '')
  return [replaced(words[1]!, `-${kept}${/[zjJ]/.test(kept) ? '' : packed}`), replaced(gone(command, 2), '')]
}
