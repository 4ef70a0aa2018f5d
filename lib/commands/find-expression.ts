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
  | { readonly kind: 'exec'; readonly argv: readonly string[]; readonly all: boolean }

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
}

const takesValue = new Set(
  '-newer -anewer -cnewer -mtime -atime -ctime -mmin -amin -cmin -fstype -inum -links -samefile -context -used -xtype -printf -fprint -fprint0 -fls -newermt -newerct'.split(
    ' ',
  ),
)

export function parse(words: readonly string[], call: Call): Expression {
  let at = 0
  let min = 0
  let max = Number.POSITIVE_INFINITY
  let depthFirst = false
  let nesting = 0
  const truth = (test: (visit: Visit) => Truth): Node => ({ kind: 'test', test })
  const sure = (test: (visit: Visit) => boolean): Node => truth((visit) => (test(visit) ? 'yes' : 'no'))
  const value = (): string => words[at++] ?? ''
  const undecided = (): Node => truth(() => 'unknown')

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
    if (word === '!' || word === '-not') return { kind: 'not', of: at < words.length ? one() : sure(() => false) }
    if (word === '(') {
      if (++nesting > 100) return undecided()
      const inner = any()
      if (words[at] === ')') at++
      return inner
    }
    return primary(word)
  }
  const primary = (word: string): Node => {
    switch (word) {
      case '-name':
      case '-iname': {
        const pattern = value()
        const fold = folded(word)
        // The name it was given, which may be a dot.
        const called = ({ shown }: Visit) => nameOf(shown.replace(/(.)\/+$/, '$1')) || '/'
        return isKnown(pattern) ? sure((visit) => matches(fold(pattern), fold(called(visit)))) : undecided()
      }
      case '-path':
      case '-wholename':
      case '-ipath': {
        const pattern = value()
        const fold = folded(word)
        return isKnown(pattern) ? sure(({ shown }) => matches(fold(pattern), fold(shown))) : undecided()
      }
      case '-type': {
        const letters = value()
        return sure(({ entry }) =>
          letters.includes(
            ({ file: 'f', hardlink: 'f', dir: 'd', symlink: 'l' } as Record<string, string>)[entry.type] ?? 'x',
          ),
        )
      }
      case '-empty':
        return truth(({ empty }) => empty)
      case '-perm':
        return permissions(value())
      case '-user':
      case '-uid': {
        const uid = call.uid(value())
        return truth(({ entry }) => (uid === null || entry.uid === null ? 'unknown' : entry.uid === uid ? 'yes' : 'no'))
      }
      case '-group':
      case '-gid': {
        const gid = call.gid(value())
        return truth(({ entry }) => (gid === null || entry.gid === null ? 'unknown' : entry.gid === gid ? 'yes' : 'no'))
      }
      case '-size':
        return sizes(value())
      case '-regex':
      case '-iregex':
        value()
        return undecided()
      case '-executable':
        return truth(({ entry }) => (entry.mode === null ? 'unknown' : (entry.mode & 0o111) !== 0 ? 'yes' : 'no'))
      case '-maxdepth':
        max = Number(value())
        return sure(() => true)
      case '-mindepth':
        min = Number(value())
        return sure(() => true)
      case '-depth':
      case '-d':
        depthFirst = true
        return sure(() => true)
      case '-prune':
        return { kind: 'prune' }
      case '-delete':
        depthFirst = true
        return { kind: 'act', action: { kind: 'delete' } }
      case '-print':
        return { kind: 'act', action: { kind: 'print', end: '\n' } }
      case '-print0':
        return { kind: 'act', action: { kind: 'print', end: '\0' } }
      case '-exec':
      case '-execdir':
      case '-ok':
      case '-okdir': {
        const end = words.findIndex((w, i) => i >= at && (w === ';' || (w === '+' && words[i - 1] === '{}')))
        const argv = words.slice(at, end < 0 ? words.length : end)
        const all = words[end] === '+'
        at = end < 0 ? words.length : end + 1
        // Nobody is there to answer.
        if (word === '-ok' || word === '-okdir') return agreed(call) === true ? undecided() : sure(() => false)
        return argv.length === 0 ? undecided() : { kind: 'act', action: { kind: 'exec', argv, all } }
      }
      case '-true':
      case '-xdev':
      case '-mount':
      case '-follow':
      case '-noleaf':
      case '-ignore_readdir_race':
      case '-quit':
        return sure(() => true)
      case '-false':
        return sure(() => false)
      default:
        if (takesValue.has(word)) value()
        return undecided()
    }
  }
  const root = any()
  const expression = { min: Number.isInteger(min) ? min : 0, max: Number.isNaN(max) ? 0 : max, depthFirst }
  // Without an action, what is found is printed.
  const acts = [...actionsOf(root)].length > 0
  const print: Node = { kind: 'act', action: { kind: 'print', end: '\n' } }
  return { ...expression, root: acts ? root : { kind: 'all', of: [root, print] } }
}

/** What makes texts alike that a test takes for alike: `-iname` and its kin do not tell small letters from capitals. */
const folded = (test: string) => (text: string) => (test.startsWith('-i') ? text.toLowerCase() : text)

function permissions(word: string): Node {
  const bits = /^[-/+]?([0-7]+)$/.exec(word)?.[1]
  if (bits === undefined) return { kind: 'test', test: () => 'unknown' }
  const wanted = Number.parseInt(bits, 8)
  const holds = (mode: number) =>
    word[0] === '-'
      ? (mode & wanted) === wanted
      : word[0] === '/' || word[0] === '+'
        ? wanted === 0 || (mode & wanted) !== 0
        : (mode & 0o7777) === wanted
  return { kind: 'test', test: ({ entry }) => (entry.mode === null ? 'unknown' : holds(entry.mode) ? 'yes' : 'no') }
}

const units: Readonly<Record<string, number>> = { c: 1, w: 2, b: 512, k: 1024, M: 1024 ** 2, G: 1024 ** 3, '': 512 }

function sizes(word: string): Node {
  const match = /^([-+]?)(\d+)([cwbkMG]?)$/.exec(word)
  if (match === null) return { kind: 'test', test: () => 'unknown' }
  const count = Number(match[2])
  return {
    kind: 'test',
    test({ entry }) {
      if (entry.size.bytes === null || entry.size.basis !== 'exact') return 'unknown'
      if (entry.type === 'dir') return folderFits(match[1]!, count * units[match[3]!]!)
      const n = Math.ceil(entry.size.bytes / units[match[3]!]!)
      return (match[1] === '+' ? n > count : match[1] === '-' ? n < count : n === count) ? 'yes' : 'no'
    },
  }
}

// How long a folder is the file system below decides: a few bytes, a block, or some.
const longestFolder = 1024 ** 2
const folderFits = (sign: string, bytes: number): Truth =>
  bytes < longestFolder ? 'unknown' : sign === '-' ? 'yes' : 'no'

export function* actionsOf(node: Node): Generator<Action> {
  if (node.kind === 'act') yield node.action
  else if (node.kind === 'not') yield* actionsOf(node.of)
  else if (node.kind === 'all' || node.kind === 'any') for (const child of node.of) yield* actionsOf(child)
}
