/** A shell script taken apart: what parse.ts gives and walk.ts follows. Read-only data; ranges count in the parsed text. */
import type { Problem } from '../model.ts'
import type { Range } from './command.ts'

export interface Script {
  readonly body: List
  readonly problems: readonly Problem[]
}

export type List = readonly Statement[]

export interface Statement {
  readonly node: Node
  /** Ends in `&`. */
  readonly background: boolean
}

export type Node =
  | Simple
  | { readonly kind: 'pipeline'; readonly parts: readonly Node[]; readonly negated: boolean; readonly range: Range }
  /** `a && b || c`, from left to right; `ops[i]` stands between items i and i+1. */
  | {
      readonly kind: 'logic'
      readonly items: readonly Node[]
      readonly ops: readonly ('&&' | '||')[]
      readonly range: Range
    }
  | { readonly kind: 'group'; readonly body: List; readonly range: Range }
  | { readonly kind: 'subshell'; readonly body: List; readonly range: Range }
  | { readonly kind: 'redirected'; readonly node: Node; readonly redirects: readonly Redirect[]; readonly range: Range }
  /** The arms in order; an `else` is an arm without a condition. */
  | {
      readonly kind: 'if'
      readonly arms: readonly { readonly test: List | undefined; readonly body: List }[]
      readonly range: Range
    }
  /** Without words: over the positional parameters. */
  | {
      readonly kind: 'for'
      readonly name: string
      readonly words: readonly Word[] | undefined
      readonly body: List
      readonly range: Range
    }
  | { readonly kind: 'while'; readonly until: boolean; readonly test: List; readonly body: List; readonly range: Range }
  /** `for ((a; b; c))`. */
  | {
      readonly kind: 'count'
      readonly first?: Sum | undefined
      readonly test?: Sum | undefined
      readonly next?: Sum | undefined
      readonly body: List
      readonly range: Range
    }
  | { readonly kind: 'case'; readonly word: Word; readonly arms: readonly Arm[]; readonly range: Range }
  | { readonly kind: 'function'; readonly name: string; readonly body: Node; readonly range: Range }
  /** `[[ … ]]`. */
  | { readonly kind: 'test'; readonly test: Test; readonly range: Range }
  /** `(( … ))`. */
  | { readonly kind: 'sum'; readonly sum: Sum | undefined; readonly range: Range }

export interface Simple {
  readonly kind: 'simple'
  readonly assignments: readonly Assignment[]
  /** Program first. Words like `A=b` behind `export` are words. */
  readonly words: readonly Word[]
  readonly redirects: readonly Redirect[]
  /** `time` and its option in front: a word of bash, to any other shell the program that the rest are words for. */
  readonly timed?: readonly Word[]
  readonly range: Range
}

export interface Arm {
  readonly patterns: readonly Word[]
  readonly body: List
  /** `;;` leaves, `;&` runs the next arm, `;;&` tries the next pattern. */
  readonly end: ';;' | ';&' | ';;&'
}

export interface Assignment {
  readonly name: string
  /** `A[i]=`. */
  readonly index?: Word
  readonly append: boolean
  readonly value: Word | readonly Word[]
}

export interface Redirect {
  readonly op: '>' | '>>' | '<' | '<>' | '<&' | '>&' | '>|' | '&>' | '&>>' | '<<' | '<<<'
  /** Undefined: 0 or 1, as the operator has it. */
  readonly fd: number | undefined
  /** Target; for `<<` the body. */
  readonly word: Word
  readonly range: Range
}

export interface Word {
  readonly parts: readonly Part[]
  /** As written. */
  readonly text: string
  readonly range: Range
}

export type Part =
  /** Quotes and escapes taken off. `quoted`: nothing in it is special any more. */
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  /** `*`, `?`, `[…]`, `@(…)`: a piece of a pattern. */
  | { readonly kind: 'glob'; readonly text: string }
  /** `"…"`. */
  | { readonly kind: 'quotes'; readonly parts: readonly Part[] }
  | Variable
  | { readonly kind: 'command'; readonly script: Script }
  | { readonly kind: 'sum'; readonly sum: Sum | undefined }
  /** `<(…)` and `>(…)`. */
  | { readonly kind: 'process'; readonly script: Script; readonly op: '<' | '>' }
  /** `{a,b}` and `{1..3}`; bash alone. Undefined: a text like any other. */
  | { readonly kind: 'braces'; readonly text: string; readonly options: readonly Word[] | 'many' | undefined }

export interface Variable {
  readonly kind: 'variable'
  readonly name: string
  /** `${#X}`, `${!X}`. */
  readonly prefix?: '#' | '!'
  readonly index?: Word
  readonly op?: VariableOp
}

export type VariableOp =
  | { readonly kind: 'default'; readonly op: '-' | ':-' | '=' | ':=' | '+' | ':+' | '?' | ':?'; readonly word: Word }
  | { readonly kind: 'remove'; readonly op: '#' | '##' | '%' | '%%'; readonly word: Word }
  | { readonly kind: 'replace'; readonly op: '/' | '//' | '/#' | '/%'; readonly pattern: Word; readonly by: Word }
  | { readonly kind: 'slice'; readonly from: Word; readonly count: Word | undefined }
  | { readonly kind: 'case'; readonly op: '^' | '^^' | ',' | ',,' }
  | { readonly kind: 'other'; readonly text: string }

/** Integer arithmetic. */
export type Sum =
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'binary'; readonly op: string; readonly left: Sum; readonly right: Sum }
  | { readonly kind: 'unary'; readonly op: string; readonly on: Sum; readonly prefix: boolean }
  | { readonly kind: 'choice'; readonly test: Sum; readonly yes: Sum; readonly no: Sum }

/** What stands in `[[ … ]]`. */
export type Test =
  | { readonly kind: 'one'; readonly op: string; readonly word: Word }
  | { readonly kind: 'two'; readonly op: string; readonly left: Word; readonly right: Word }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Test[] }
  | { readonly kind: 'not'; readonly of: Test }
