/** The stages of a Dockerfile as written: operands read, variables not yet replaced. */
import type { Instruction, Problem } from '../model.ts'
import { lastThat } from '../sorted.ts'
import type { Traits } from '../traits.ts'
import { type Operands, Refused, readOperands } from './operands.ts'
import type { Scanned } from './scan.ts'

/** One instruction with its operands. */
export interface Written {
  readonly instruction: Instruction
  readonly operands: Operands
}

/** A FROM and what stands under it. */
export interface Draft {
  readonly index: number
  /** Lower case; '' when it has none. */
  readonly name: string
  /** As written, variables in it. */
  readonly image: string
  readonly platform: string | null
  readonly from: Instruction
  /** Up to where it is broken. */
  readonly body: readonly Written[]
  /** Buildah reads an instruction only when it is its turn: what it refuses in a stage that it builds. */
  readonly broken?: { readonly message: string; readonly line: number }
}

/** A file's stages and global ARGs; problems come in the order a builder meets them. */
export interface Outline {
  /** Stages by name, in order. */
  readonly named: ReadonlyMap<string, readonly Draft[]>
  readonly globals: readonly Written[]
  readonly drafts: readonly Draft[]
  readonly problems: readonly Problem[]
}

/** The text of a file up to the end of a stage, which so is its last one. */
export const upTo = (text: string, { drafts }: Outline, index: number): string =>
  text.slice(0, drafts[index + 1]?.from.span.start)

/** Groups instructions into stages. Never throws: what cannot be read is left out and told as a problem. */
export function outline(scanned: Scanned, traits: Traits): Outline {
  const globals: Written[] = []
  const drafts: (Omit<Draft, 'broken'> & { readonly body: Written[]; broken?: NonNullable<Draft['broken']> })[] = []
  const named = new Map<string, Draft[]>()
  const problems: Problem[] = []
  const refuse = (message: string, line: number): void => {
    problems.push({ severity: 'error', message, line, refuses: true })
  }
  for (const instruction of scanned.instructions) {
    if (traits.headIgnored && drafts.length === 0 && !['ARG', 'FROM'].includes(instruction.keyword)) continue
    const operands = readOperands(instruction, traits, scanned.escape)
    const { line } = instruction.span
    const open = drafts.at(-1)
    if (operands instanceof Refused) {
      if (traits.family === 'buildah' && open !== undefined && instruction.keyword !== 'FROM')
        open.broken ??= { message: operands.message, line }
      else refuse(operands.message, line)
      continue
    }
    if (operands.keyword === 'FROM') {
      const { name, image, platform } = operands
      if (traits.family === 'classic' && named.has(name)) refuse(`duplicate name ${name}`, line)
      const draft = { index: drafts.length, name, image, platform, from: instruction, body: [] }
      drafts.push(draft)
      const same = named.get(name)
      if (same !== undefined) same.push(draft)
      else if (name !== '') named.set(name, [draft])
      continue
    }
    if (open !== undefined) {
      if (open.broken === undefined) open.body.push({ instruction, operands })
    } else if (operands.keyword === 'ARG') globals.push({ instruction, operands })
    else refuse('no build stage in current context', line)
  }
  if (drafts.length === 0 && scanned.instructions.length > 0 && problems.length === 0)
    refuse('no build stage: the file has no FROM', scanned.instructions[0]!.span.line)
  return { named, globals, drafts, problems }
}

/** The last stage of a name, lower case, before stage `at`. A file may have ten thousand of one name. */
export function stageNamed({ named }: Outline, name: string, at: number): Draft | undefined {
  const same = named.get(name) ?? []
  return same[lastThat(same.length, (stage) => same[stage]!.index < at)]
}

/** The stage that a name or number in `--from` means, seen from stage `at`; undefined: none. */
export function findStage(outlined: Outline, from: string, at: number): Draft | undefined {
  if (/^\d+$/.test(from)) return Number(from) < at ? outlined.drafts[Number(from)] : undefined
  return stageNamed(outlined, from.toLowerCase(), at)
}
