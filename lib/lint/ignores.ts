/**
 * Comments that keep rules quiet: `# stratigraph ignore=RULE[,RULE] reason` for the instruction below it, `# stratigraph
 * global ignore=RULE` for the file, the same of hadolint, and BuildKit's `# check=skip=RULE;error=true`.
 */
import type { Directive } from '../dockerfile/scan.ts'
import type { Comment, Instruction } from '../model.ts'
import { lastThat } from '../sorted.ts'
import type { Range } from './places.ts'

/** One ignore comment. */
export interface Ignore {
  readonly span: Range
  readonly line: number
  readonly by: 'stratigraph' | 'hadolint' | 'check'
  /** As written: ids of ours, of hadolint, of BuildKit's checks; `all`. */
  readonly ids: readonly string[]
  readonly reason: string
  /** The instruction it covers; undefined: the file. */
  readonly covers: Range | undefined
  /** Ids of it that hid something; filled while findings are judged. */
  readonly used: Set<string>
  /** Whether what it covers was judged at all, and not in a stage that nobody asked for; set while findings are judged. */
  judged: boolean
}

const ours = /^\s*(stratigraph|hadolint)\s+(global\s+)?ignore\s*=\s*([^\s,]+(?:\s*,\s*[^\s,]+)*)\s*(.*)$/i
const check = /^\s*check\s*=\s*(.*)$/i

/** Reads the ignore comments of a file. */
export function ignoresOf(
  comments: readonly Comment[],
  directives: readonly Directive[],
  instructions: readonly Instruction[],
): readonly Ignore[] {
  return comments.flatMap(({ text, span }): Ignore[] => {
    const { start, end, line } = span
    const place = { span: { start, end }, line, used: new Set<string>(), judged: false }
    const [, tool, global, ids, reason = ''] = ours.exec(text) ?? []
    if (tool !== undefined && ids !== undefined) {
      const by = tool.toLowerCase() === 'hadolint' ? 'hadolint' : 'stratigraph'
      const covers = global === undefined ? below(instructions, start) : undefined
      // With nothing below, it covers nothing: not the file.
      if (global === undefined && covers === undefined)
        return [{ ...place, by, ids: words(ids), reason, covers: place.span }]
      return [{ ...place, by, ids: words(ids), reason, covers }]
    }
    const options = check.exec(text)?.[1]
    const skip = options?.split(';').find((option) => /^\s*skip\s*=/i.test(option))
    if (skip === undefined) return []
    const directive = directives.some((one) => one.name === 'check' && one.line === line)
    const covers = directive ? undefined : below(instructions, start)
    return [{ ...place, by: 'check', ids: words(skip.slice(skip.indexOf('=') + 1)), reason: '', covers }]
  })
}

const words = (text: string): readonly string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

/** The instruction a comment stands in, or the next one after it. */
const below = (instructions: readonly Instruction[], offset: number): Range | undefined =>
  instructions[lastThat(instructions.length, (i) => instructions[i]!.span.end <= offset) + 1]?.span

/** Which of the comments are about what stands at an offset; what they cover is one instruction or all of them. */
export function ignoresAt(ignores: readonly Ignore[]): (offset: number) => readonly Ignore[] {
  const forAll = ignores.filter(({ covers }) => covers === undefined)
  const groups = new Map<number, { readonly range: Range; readonly ignores: Ignore[] }>()
  for (const ignore of ignores) {
    const { covers } = ignore
    if (covers === undefined) continue
    const group = groups.get(covers.start)
    if (group === undefined) groups.set(covers.start, { range: covers, ignores: [ignore] })
    else group.ignores.push(ignore)
  }
  const sorted = [...groups.values()].sort((a, b) => a.range.start - b.range.start)
  return (offset) => {
    const group = sorted[lastThat(sorted.length, (i) => sorted[i]!.range.end <= offset) + 1]
    return group === undefined || offset < group.range.start ? forAll : [...forAll, ...group.ignores]
  }
}

/** Is this comment about a rule with that id and those aliases (`hadolint:DL3009`)? The id it says, or undefined. */
export function saidId(
  ignore: Ignore,
  rule: { readonly id: string; readonly aliases: readonly string[] },
): string | undefined {
  const prefix = { stratigraph: '', hadolint: 'hadolint:', check: 'buildkit:' }[ignore.by]
  return ignore.ids.find((id) => {
    const wanted = id.toLowerCase()
    if (ignore.by !== 'hadolint' && wanted === 'all')
      return ignore.by === 'stratigraph' || rule.aliases.some((alias) => alias.startsWith(prefix))
    if (ignore.by === 'stratigraph' && rule.id === wanted) return true
    return rule.aliases.some((alias) => {
      const lower = alias.toLowerCase()
      return (
        lower === prefix + wanted || (ignore.by === 'stratigraph' && lower.slice(lower.indexOf(':') + 1) === wanted)
      )
    })
  })
}
