/** The expression of find, read: tests, actions and what joins them. Source: POSIX XCU find; GNU findutils 4.9. */
import type { Entry } from '../model.ts'
import { isKnown } from '../shell/known.ts'
import { nameOf } from '../shell/paths.ts'
import { matches } from '../shell/pattern.ts'
import type { Truth } from '../shell/test.ts'
import type { Call } from './command.ts'
import { agreed } from './operands.ts'

/** One file on its way through the expression. */
export interface Visit {
  readonly entry: Entry
  /** As find prints it. */
  readonly shown: string
  readonly depth: number
  /** No child is there, or nobody knows. */
  readonly empty: Truth
}

/** What happens to the files that get there. */
export type Action =
  | { readonly kind: 'delete' }
  | { readonly kind: 'print'; readonly end: string }
  | { readonly kind: 'exec'; readonly argv: readonly string[]; readonly all: boolean; readonly beside: boolean }

export type Node =
  | { readonly kind: 'test'; readonly test: (visit: Visit) => Truth }
  | { readonly kind: 'act'; readonly action: Action }
  | { readonly kind: 'prune' }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Node[] }

/** What a call of find looks for. */
export interface Expression {
  readonly root: Node
  readonly min: number
  readonly max: number
  readonly depthFirst: boolean
  /** -delete would make -prune useless: GNU's refuses that, unless -depth is said too. Source: findutils, find/tree.c. */
  readonly futile: boolean
}

const truth = (test: (visit: Visit) => Truth): Node => ({ kind: 'test', test })
const sure = (test: (visit: Visit) => boolean): Node => truth((visit) => (test(visit) ? 'yes' : 'no'))
const undecided = truth(() => 'unknown')
const always = sure(() => true)
const never = sure(() => false)
const print = (end: string): Node => ({ kind: 'act', action: { kind: 'print', end } })

/** Words that stand alone. */
const plain: ReadonlyMap<string, Node> = new Map([
  [
    '-empty',
    truth(({ empty, entry: { type } }) => (type === 'file' || type === 'hardlink' || type === 'dir' ? empty : 'no')),
  ],
  ['-executable', mode((bits) => (bits & 0o111) !== 0)],
  ['-false', never],
  ['-print', print('\n')],
  ['-print0', print('\0')],
  ['-prune', { kind: 'prune' }],
  ...['-true', '-xdev', '-mount', '-follow', '-noleaf', '-ignore_readdir_race', '-quit'].map((word): [string, Node] => [
    word,
    always,
  ]),
])

/** The name it was given, which may be a dot. */
const called = ({ shown }: Visit): string => nameOf(shown.replace(/(.)\/+$/, '$1')) || '/'
const letters: Readonly<Partial<Record<Entry['type'], string>>> = { file: 'f', hardlink: 'f', dir: 'd', symlink: 'l' }

type Test = (value: string, word: string, call: Call) => Node
const byName: Test = (pattern, word) => fits(pattern, word, called)
const byPath: Test = (pattern, word) => fits(pattern, word, ({ shown }) => shown)
const byUser: Test = (name, _, call) => owned(call.uid(name), ({ uid }) => uid)
const byGroup: Test = (name, _, call) => owned(call.gid(name), ({ gid }) => gid)

/** Words that take a value. */
const tests: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['-name', byName],
  ['-iname', byName],
  ['-path', byPath],
  ['-ipath', byPath],
  ['-wholename', byPath],
  ['-type', (types) => sure(({ entry }) => types.includes(letters[entry.type] ?? 'x'))],
  ['-perm', permissions],
  ['-user', byUser],
  ['-uid', byUser],
  ['-group', byGroup],
  ['-gid', byGroup],
  ['-size', sizes],
])

/** Others that take a value, and nobody knows what they say. */
const takesValue = new Set(
  '-newer -anewer -cnewer -mtime -atime -ctime -mmin -amin -cmin -fstype -inum -links -samefile -context -used -xtype -printf -fprint -fprint0 -fls -newermt -newerct -regex -iregex'.split(
    ' ',
  ),
)

/** Reads the words behind the places where find begins. */
export function parse(words: readonly string[], call: Call): Expression {
  let at = 0
  let min = 0
  let max = Number.POSITIVE_INFINITY
  let depthFirst = false
  const primaries = new Set<string>()
  let nesting = 0
  const value = (): string => words[at++] ?? ''

  const any = (): Node => {
    const of = [all()]
    while (words[at] === '-o' || words[at] === '-or') {
      at++
      of.push(all())
    }
    return of.length === 1 ? of[0]! : { kind: 'any', of }
  }
  const all = (): Node => {
    const of: Node[] = []
    while (at < words.length && words[at] !== ')' && words[at] !== '-o' && words[at] !== '-or') {
      if (words[at] === '-a' || words[at] === '-and') at++
      else of.push(one())
    }
    return of.length === 1 ? of[0]! : { kind: 'all', of }
  }
  const one = (): Node => {
    const word = value()
    if (word === '!' || word === '-not') return { kind: 'not', of: at < words.length ? one() : never }
    if (word === '(') {
      if (++nesting > 100) return undecided
      const inner = any()
      if (words[at] === ')') at++
      return inner
    }
    return primary(word)
  }
  const primary = (word: string): Node => {
    primaries.add(word)
    switch (word) {
      case '-maxdepth':
        max = Number(value())
        return always
      case '-mindepth':
        min = Number(value())
        return always
      case '-depth':
      case '-d':
        depthFirst = true
        return always
      case '-delete':
        depthFirst = true
        return { kind: 'act', action: { kind: 'delete' } }
      case '-exec':
        return program()
      case '-execdir':
        return program(true)
      case '-ok':
      case '-okdir':
        program()
        // Nobody is there to answer.
        return agreed(call) === true ? undecided : never
      default:
        if (takesValue.has(word)) value()
        return plain.get(word) ?? tests.get(word)?.(value(), word, call) ?? undecided
    }
  }
  const program = (beside = false): Node => {
    const end = words.findIndex((w, i) => i >= at && (w === ';' || (w === '+' && words[i - 1] === '{}')))
    const argv = words.slice(at, end < 0 ? words.length : end)
    at = end < 0 ? words.length : end + 1
    return argv.length === 0
      ? undecided
      : { kind: 'act', action: { kind: 'exec', argv, all: words[end] === '+', beside } }
  }
  const root = any()
  const said = (...words: readonly string[]): boolean => words.some((word) => primaries.has(word))
  const futile = said('-prune') && said('-delete') && !said('-depth', '-d')
  const expression = { min: Number.isInteger(min) ? min : 0, max: Number.isNaN(max) ? 0 : max, depthFirst, futile }
  // Without an action, what is found is printed.
  const acts = [...actionsOf(root)].length > 0 || words.includes('-quit')
  return { ...expression, root: acts ? root : { kind: 'all', of: [root, print('\n')] } }
}

/** `-iname` and its kin do not tell small letters from capitals. */
function fits(pattern: string, word: string, text: (visit: Visit) => string): Node {
  const fold = (one: string): string => (word.startsWith('-i') ? one.toLowerCase() : one)
  return isKnown(pattern) ? sure((visit) => matches(fold(pattern), fold(text(visit)))) : undecided
}

const owned = (id: number | null, of: (entry: Entry) => number | null): Node =>
  truth(({ entry }) => (id === null || of(entry) === null ? 'unknown' : of(entry) === id ? 'yes' : 'no'))

function mode(holds: (bits: number) => boolean): Node {
  return truth(({ entry }) => (entry.mode === null ? 'unknown' : holds(entry.mode) ? 'yes' : 'no'))
}

function permissions(word: string): Node {
  const octal = /^[-/+]?([0-7]+)$/.exec(word)?.[1]
  if (octal === undefined) return undecided
  const wanted = Number.parseInt(octal, 8)
  if (word.startsWith('-')) return mode((bits) => (bits & wanted) === wanted)
  if (/^[/+]/.test(word)) return mode((bits) => wanted === 0 || (bits & wanted) !== 0)
  return mode((bits) => (bits & 0o7777) === wanted)
}

const units: Readonly<Record<string, number>> = { c: 1, w: 2, b: 512, k: 1024, M: 1024 ** 2, G: 1024 ** 3, '': 512 }

function sizes(word: string): Node {
  const [, sign, digits, unit] = /^([-+]?)(\d+)([cwbkMG]?)$/.exec(word) ?? []
  if (sign === undefined || digits === undefined || unit === undefined) return undecided
  const [count, each] = [Number(digits), units[unit]!]
  return truth(({ entry: { type, size } }) => {
    if (size.bytes === null || size.basis !== 'exact') return 'unknown'
    if (type === 'dir') return folderFits(sign, count * each)
    const long = Math.ceil(size.bytes / each)
    return (sign === '+' ? long > count : sign === '-' ? long < count : long === count) ? 'yes' : 'no'
  })
}

// How long a folder is the file system below decides: a few bytes, a block, or some.
const longestFolder = 1024 ** 2
const folderFits = (sign: string, bytes: number): Truth =>
  bytes < longestFolder ? 'unknown' : sign === '-' ? 'yes' : 'no'

/** Every action in it. */
export function* actionsOf(node: Node): Generator<Action> {
  if (node.kind === 'act') yield node.action
  else if (node.kind === 'not') yield* actionsOf(node.of)
  else if (node.kind === 'all' || node.kind === 'any') for (const child of node.of) yield* actionsOf(child)
}
