/** find: its expression against the files, then -delete and -exec. Source: POSIX XCU find; GNU findutils 4.9. */
import type { Entry } from '../model.ts'
import { textOutput } from '../shell/command.ts'
import { isKnown, unknownText } from '../shell/known.ts'
import { inside, nameOf, within } from '../shell/paths.ts'
import { matches } from '../shell/pattern.ts'
import type { Truth } from '../shell/test.ts'
import { both, not } from '../shell/test.ts'
import { unknown } from '../size.ts'
import type { Call, Result } from './command.ts'
import { model } from './command.ts'

/** One file on its way through the expression. */
interface Visit {
  readonly entry: Entry
  /** As find prints it. */
  readonly shown: string
  readonly depth: number
  /** No child is there, or nobody knows. */
  readonly empty: Truth
}

/** What happens to the files that get there. */
type Action =
  | { readonly kind: 'delete' }
  | { readonly kind: 'print'; readonly end: string }
  | { readonly kind: 'exec'; readonly argv: readonly string[]; readonly all: boolean; readonly hits: Visit[] }

type Node =
  | { readonly kind: 'test'; readonly test: (visit: Visit) => Truth }
  | { readonly kind: 'act'; readonly action: Action }
  | { readonly kind: 'prune' }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Node[] }

/** What evaluating gives besides its truth. */
interface Walk {
  readonly deletes: { readonly path: string; readonly sure: boolean }[]
  readonly runs: { readonly argv: readonly string[]; readonly sure: boolean }[]
  printed: string | undefined
  pruned: string | undefined
}

function find(call: Call): Result {
  const words = call.command.argv.slice(1)
  while (/^-([HLP]|O\d|D)$/.test(words[0] ?? '')) words.shift()
  const start = words.findIndex((word) => /^[-(!]/.test(word) && word !== '-')
  const places = (start < 0 ? words : words.slice(0, start)).slice(0, 100)
  const expression = parse(start < 0 ? [] : words.slice(start), call)
  const walk: Walk = { deletes: [], runs: [], printed: '', pruned: undefined }
  let complete = true
  let broken = false
  for (const place of places.length === 0 ? ['.'] : places) {
    const top = call.path(place)
    broken ||= call.files.presence(top) === 'no'
    const known = visit(call, place, top, expression, walk)
    complete &&= known
    if (known) continue
    if (sweeps(call, top, expression)) call.files.remove(inside(top, '*'))
    else unseen(call, place, expression)
  }
  for (const { path, sure } of walk.deletes.reverse()) {
    // A folder that still holds something stays.
    if (call.files.get(path)?.type === 'dir' && call.files.list(path).entries.length > 0) {
      broken = true
      continue
    }
    if (sure) call.files.remove(path)
    else call.files.perhaps(() => call.files.remove(path))
  }
  for (const { argv, sure } of walk.runs) {
    if (sure) call.also(argv)
    else call.files.perhaps(() => call.also(argv))
  }
  for (const action of actionsOf(expression.root)) {
    if (action.kind !== 'exec' || !action.all || action.hits.length === 0) continue
    call.also(action.argv.flatMap((word) => (word === '{}' ? action.hits.map((hit) => hit.shown) : [word])))
  }
  const output = complete && walk.printed !== undefined ? { output: textOutput(walk.printed) } : {}
  return { status: broken ? 'failed' : 'ok', ...output }
}

// Would any file at all below be deleted, whatever it is called? Then packages there go too.
function sweeps(call: Call, top: string, { root, max }: Expression): boolean {
  if (call.files.get(top)?.type !== 'dir' || max < 100) return false
  const nobody = { mode: null, uid: null, gid: null, link: null }
  const entry: Entry = { path: inside(top, '\0'), type: 'file', size: unknown('any file'), ...nobody }
  const probe: Walk = { deletes: [], runs: [], printed: '', pruned: undefined }
  const always = evaluate(root, { entry, shown: entry.path, depth: 2, empty: 'unknown' }, probe, 'yes') === 'yes'
  const batches = [...actionsOf(root)].flatMap((action) => {
    if (action.kind !== 'exec' || !action.all) return []
    const mine = action.hits.filter((hit) => hit.entry === entry)
    for (const hit of mine) action.hits.splice(action.hits.indexOf(hit), 1)
    return always && mine.length > 0 ? [action.argv] : []
  })
  const programs = [...probe.runs.filter(({ sure }) => sure).map(({ argv }) => argv), ...batches]
  return probe.deletes.some(({ sure }) => sure) || programs.some(([program = '']) => nameOf(program) === 'rm')
}

// Files nobody knows: a command run on them gets one path that stands for all.
function unseen(call: Call, place: string, { root }: Expression): void {
  for (const action of actionsOf(root)) {
    if (action.kind === 'delete') call.files.lessen(call.path(place))
    if (action.kind !== 'exec') continue
    const program = nameOf(action.argv[0] ?? '')
    if (program === 'rm' || program === 'rmdir') call.files.lessen(call.path(place))
    else
      call.files.perhaps(() =>
        call.also(action.argv.map((word) => word.replaceAll('{}', `${place}/${unknownText('*')}`))),
      )
  }
}

function visit(
  call: Call,
  place: string,
  top: string,
  { root, min, max, depthFirst }: Expression,
  walk: Walk,
): boolean {
  const first = call.files.get(top)
  // A link named on the command line is not entered, unless its name ends in a slash.
  const closed = first?.type === 'symlink' && !place.endsWith('/')
  const { entries, complete } = closed ? { entries: [], complete: true } : call.files.below(top)
  const parents = new Set(entries.map((entry) => entry.path.slice(0, entry.path.lastIndexOf('/')) || '/'))
  const all = first === undefined ? entries : [first, ...entries]
  walk.pruned = undefined
  for (const entry of all) {
    if (entry.type === 'package') {
      if (min <= 1) wholly(entry, root, walk)
      continue
    }
    if (walk.pruned !== undefined && !depthFirst && entry.path !== walk.pruned && within(entry.path, walk.pruned))
      continue
    const tail = entry.path.slice(top === '/' ? 1 : top.length + 1)
    const depth = entry.path === top ? 0 : tail.split('/').length
    if (depth < min || depth > max) continue
    const shown = depth === 0 ? place : `${place.replace(/\/+$/, '') || (place.startsWith('/') ? '' : place)}/${tail}`
    const childless: Truth = parents.has(entry.path) ? 'no' : complete ? 'yes' : 'unknown'
    const empty: Truth =
      entry.type === 'dir' ? childless : entry.size.bytes === 0 ? 'yes' : entry.size.bytes === null ? 'unknown' : 'no'
    // What only may be there is found only perhaps.
    evaluate(root, { entry, shown, depth, empty }, walk, entry.maybe === true ? 'unknown' : 'yes')
  }
  return (
    complete &&
    (first !== undefined || call.files.presence(top) === 'no') &&
    !all.some((entry) => entry.type === 'package')
  )
}

// A package stands for files of names nobody knows: what happens to each file, whatever its name, happens to all of it.
function wholly(entry: Entry, root: Node, walk: Walk): void {
  const path = `${entry.path}/${unknownText('*')}`
  const trial: Walk = { deletes: [], runs: [], printed: '', pruned: undefined }
  const one: Visit = { entry: { ...entry, type: 'file', path }, shown: path, depth: 1, empty: 'no' }
  evaluate(root, one, trial, entry.maybe === true ? 'unknown' : 'yes')
  walk.deletes.push(...trial.deletes.filter(({ sure }) => sure))
  walk.runs.push(...trial.runs.filter(({ sure }) => sure))
}

function evaluate(node: Node, visit: Visit, walk: Walk, so: Truth): Truth {
  switch (node.kind) {
    case 'test':
      return node.test(visit)
    case 'not':
      return not(evaluate(node.of, visit, walk, so))
    case 'prune':
      if (so === 'yes' && visit.entry.type === 'dir') walk.pruned = visit.entry.path
      return 'yes'
    case 'act':
      act(node.action, visit, walk, so)
      return 'yes'
    case 'all': {
      let now: Truth = 'yes'
      for (const child of node.of) {
        if (now === 'no') break
        now = both(now, evaluate(child, visit, walk, both(so, now)))
      }
      return now
    }
    case 'any': {
      let now: Truth = 'no'
      for (const child of node.of) {
        if (now === 'yes') break
        now = not(both(not(now), not(evaluate(child, visit, walk, both(so, not(now))))))
      }
      return now
    }
  }
}

function act(action: Action, visit: Visit, walk: Walk, so: Truth): void {
  if (so === 'no') return
  const sure = so === 'yes'
  if (action.kind === 'print')
    walk.printed = sure && walk.printed !== undefined ? walk.printed + visit.shown + action.end : undefined
  else if (action.kind === 'delete') walk.deletes.push({ path: visit.entry.path, sure })
  else if (action.all) {
    if (sure || isKnown(visit.entry.path)) action.hits.push(visit)
  } else walk.runs.push({ argv: action.argv.map((word) => word.replaceAll('{}', visit.shown)), sure })
}

// ---- the expression -----------------------------------------------------------------------------------

interface Expression {
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

function parse(words: readonly string[], call: Call): Expression {
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
        const fold = (s: string) => (word === '-iname' ? s.toLowerCase() : s)
        return isKnown(pattern) ? sure(({ entry }) => matches(fold(pattern), fold(nameOf(entry.path)))) : undecided()
      }
      case '-path':
      case '-wholename':
      case '-ipath': {
        const pattern = value()
        return isKnown(pattern) ? sure(({ shown }) => matches(pattern, shown)) : undecided()
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
      case '-ok': {
        const end = words.findIndex((w, i) => i >= at && (w === ';' || (w === '+' && words[i - 1] === '{}')))
        const argv = words.slice(at, end < 0 ? words.length : end)
        const all = words[end] === '+'
        at = end < 0 ? words.length : end + 1
        return argv.length === 0 ? undecided() : { kind: 'act', action: { kind: 'exec', argv, all, hits: [] } }
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
      const n = Math.ceil(entry.size.bytes / units[match[3]!]!)
      return (match[1] === '+' ? n > count : match[1] === '-' ? n < count : n === count) ? 'yes' : 'no'
    },
  }
}

function* actionsOf(node: Node): Generator<Action> {
  if (node.kind === 'act') yield node.action
  else if (node.kind === 'not') yield* actionsOf(node.of)
  else if (node.kind === 'all' || node.kind === 'any') for (const child of node.of) yield* actionsOf(child)
}

export default [model({ names: ['find', 'gfind', 'fd'], oneDash: true, reliable: true, run: find })]
