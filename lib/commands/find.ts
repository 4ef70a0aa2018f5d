/** find: its expression against the files, then -delete and -exec. Source: POSIX XCU find; GNU findutils 4.9. */
import type { Entry } from '../model.ts'
import { textOutput } from '../shell/command.ts'
import { isKnown, unknownText } from '../shell/known.ts'
import { inside, nameOf, parentOf, within } from '../shell/paths.ts'
import type { Truth } from '../shell/test.ts'
import { both, not } from '../shell/test.ts'
import { unknown } from '../size.ts'
import { isApplet, isDebians } from './busybox.ts'
import type { Call, Result } from './command.ts'
import { failed, model } from './command.ts'
import type { Action, Expression, Node, Visit } from './find-expression.ts'
import { actionsOf, parse } from './find-expression.ts'
import { alone } from './places.ts'

/** What evaluating gives besides its truth. */
interface Walk {
  readonly deletes: { readonly path: string; readonly sure: boolean }[]
  readonly runs: { readonly argv: readonly string[]; readonly sure: boolean }[]
  /** Of each action that is run once for all: what it is run for. */
  readonly batches: Map<Action, Visit[]>
  printed: string | undefined
  pruned: string | undefined
}

const begun = (): Walk => ({ deletes: [], runs: [], batches: new Map(), printed: '', pruned: undefined })

/** A file of which no more is known than its path. */
const anyFile = (path: string): Entry => ({
  path,
  type: 'file',
  size: unknown('any file'),
  mode: null,
  uid: null,
  gid: null,
  link: null,
})

function find(call: Call): Result {
  const words = call.command.argv.slice(1)
  while (/^-([HLP]|O\d|D)$/.test(words[0] ?? '')) words.shift()
  const start = words.findIndex((word) => /^[-(!]/.test(word) && word !== '-')
  const absent = [
    '-printf',
    '-ls',
    '-fprint',
    '-execdir',
    '-ok',
    ...(isDebians(call) ? ['-delete', '-true', '-false'] : []),
  ]
  if (isApplet(call) && words.some((word) => absent.includes(word))) return failed
  const named = words.some(
    (word, i) => /^-(user|group)$/.test(words[i - 1] ?? '') && isKnown(word) && !/^\d+$/.test(word),
  )
  if (named && isApplet(call) && call.files.presence('/etc/passwd') === 'no') return failed
  const places = (start < 0 ? words : words.slice(0, start)).slice(0, 100)
  const expression = parse(start < 0 ? [] : words.slice(start), call)
  if (expression.futile && !isApplet(call)) return failed
  const walk = begun()
  let complete = true
  let broken = false
  for (const place of places.length === 0 ? ['.'] : places) {
    const top = call.path(place)
    broken ||= call.files.presence(top) === 'no'
    const known = visit(call, place, top, expression, walk)
    if (known) continue
    const rest = printedOf(place, expression)
    complete &&= rest !== ''
    if (walk.printed !== undefined) walk.printed += rest
    if (sweeps(call, top, expression)) call.files.remove(inside(top, '*'))
    else unseen(call, place, expression)
  }
  for (const { path, sure } of walk.deletes) {
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
    const hits = walk.batches.get(action)
    if (action.kind === 'exec' && hits !== undefined)
      call.also(action.argv.flatMap((word) => (word === '{}' ? hits.map((hit) => hit.shown) : [word])))
  }
  const printed = walk.printed === undefined || complete ? walk.printed : withMore(walk.printed)
  const output = printed === undefined ? {} : { output: textOutput(printed) }
  return { status: broken ? 'failed' : 'ok', ...output }
}

// What was found, and one path that stands for what else there may be; undefined: nothing was found, and nobody knows.
const withMore = (printed: string): string | undefined =>
  printed === '' ? undefined : `${printed}${unknownText('*')}${printed.at(-1)}`

// Would any file at all below be deleted, whatever it is called? Then packages there go too.
function sweeps(call: Call, top: string, { root, max }: Expression): boolean {
  if (call.files.get(top)?.type !== 'dir' || max < 100) return false
  const entry = anyFile(inside(top, '\0'))
  return takes(root, [{ entry, shown: entry.path, depth: 2, empty: 'unknown' }])
}

// Would any of these surely be deleted? They are only tried.
function takes(root: Node, visits: readonly Visit[]): boolean {
  return visits.some((one) => {
    const probe = begun()
    const always = evaluate(root, one, probe, 'yes') === 'yes'
    const batches = [...probe.batches.keys()].flatMap((action) => (action.kind === 'exec' ? [action.argv] : []))
    const programs = [...probe.runs.filter(({ sure }) => sure).map(({ argv }) => argv), ...(always ? batches : [])]
    return probe.deletes.some(({ sure }) => sure) || programs.some(([program = '']) => nameOf(program) === 'rm')
  })
}

// Files nobody knows, where each is printed whatever it is called: one path that stands for all.
function printedOf(place: string, { root, max }: Expression): string {
  if (max < 1) return ''
  const path = `${place.replace(/\/+$/, '')}/${unknownText('*')}`
  const probe = begun()
  evaluate(root, { entry: anyFile(path), shown: path, depth: 1, empty: 'unknown' }, probe, 'yes')
  return probe.printed ?? ''
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
  const children = new Map<string, number>()
  for (const { path } of entries) children.set(parentOf(path), (children.get(parentOf(path)) ?? 0) + 1)
  const found = (first === undefined ? entries : [first, ...entries]).map((entry) => alone(call.files, entry))
  const all = depthFirst ? foldersLast(found) : found
  walk.pruned = undefined
  for (const entry of all) {
    if (entry.type === 'package') {
      if (entry.label?.startsWith('byte code') && takes(root, compiled(entry))) call.files.removeLabel(entry.label)
      else if (min <= 1) wholly(entry, root, walk)
      continue
    }
    if (walk.pruned !== undefined && !depthFirst && entry.path !== walk.pruned && within(entry.path, walk.pruned))
      continue
    const tail = entry.path.slice(top === '/' ? 1 : top.length + 1)
    const depth = entry.path === top ? 0 : tail.split('/').length
    if (depth < min || depth > max) continue
    const shown = depth === 0 ? place : `${place.replace(/\/+$/, '') || (place.startsWith('/') ? '' : place)}/${tail}`
    const childless: Truth = (children.get(entry.path) ?? 0) > 0 ? 'no' : complete ? 'yes' : 'unknown'
    const empty: Truth =
      entry.type === 'dir' ? childless : entry.size.bytes === 0 ? 'yes' : entry.size.bytes === null ? 'unknown' : 'no'
    // What only may be there is found only perhaps.
    const before = walk.deletes.length
    const ran = walk.runs.length
    evaluate(root, { entry, shown, depth, empty }, walk, entry.maybe === true ? 'unknown' : 'yes')
    // A folder that has lost all that was in it is empty by the time it is looked at.
    const isDeleted = walk.deletes.length > before && walk.deletes.at(-1)?.sure === true
    if ((isDeleted || removes(walk.runs.slice(ran), shown)) && empty !== 'unknown')
      children.set(parentOf(entry.path), (children.get(parentOf(entry.path)) ?? 1) - 1)
  }
  return (
    complete &&
    (first !== undefined || call.files.presence(top) === 'no') &&
    !all.some((entry) => entry.type === 'package')
  )
}

// `-exec rmdir {} \\;`
const removes = (runs: Walk['runs'], shown: string): boolean =>
  runs.some(
    ({ argv: [program = '', ...words], sure }) => sure && /^(rm|rmdir)$/.test(nameOf(program)) && words.includes(shown),
  )

/** Each folder behind what is in it, all else in the order it comes in. */
function foldersLast(entries: readonly Entry[]): readonly Entry[] {
  const out: Entry[] = []
  const open: Entry[] = []
  for (const entry of entries) {
    while (open.length > 0 && !within(entry.path, open.at(-1)!.path)) out.push(open.pop()!)
    open.push(entry)
  }
  return [...out, ...open.reverse()]
}

// What Python compiles lies in folders of one name, in files of one ending.
const compiled = (entry: Entry): readonly Visit[] => {
  const folder = `${entry.path}/${unknownText('*')}/__pycache__`
  const file = `${folder}/${unknownText('*')}.pyc`
  return [
    { entry: { ...entry, type: 'dir', path: folder }, shown: folder, depth: 3, empty: 'no' },
    { entry: { ...entry, type: 'file', path: file }, shown: file, depth: 4, empty: 'no' },
  ]
}

// A package stands for files of names nobody knows, or for some of each name it is known to hold: what happens to every one
// of these happens to all of it.
function wholly(entry: Entry, root: Node, walk: Walk): void {
  const path = `${entry.path}/${unknownText('*')}`
  const trials = (entry.names?.map((name) => `${entry.path}/${name}`) ?? [path]).map((shown) => {
    const trial = begun()
    const one: Visit = { entry: { ...entry, type: 'file', path }, shown, depth: 1, empty: 'no' }
    evaluate(root, one, trial, entry.maybe === true ? 'unknown' : 'yes')
    const runs = trial.runs
      .filter(({ sure }) => sure)
      .map((run) => ({ ...run, argv: run.argv.map((word) => word.replaceAll(shown, path)) }))
    return { ...trial, deletes: trial.deletes.filter(({ sure }) => sure), runs, hit: { ...one, shown: path } }
  })
  const [first] = trials
  if (first === undefined) return
  if (trials.every(({ deletes }) => deletes.length > 0)) walk.deletes.push(...first.deletes)
  if (trials.every(({ runs }) => runs.length === first.runs.length)) walk.runs.push(...first.runs)
  for (const action of first.batches.keys())
    if (trials.every(({ batches }) => batches.has(action))) join(action, first.hit, walk)
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
    if (sure || isKnown(visit.entry.path)) join(action, visit, walk)
  } else walk.runs.push({ argv: argvFor(action, visit), sure })
}

// -execdir runs in the folder that the file is in.
function argvFor({ argv, beside }: Action & { kind: 'exec' }, { shown }: Visit): readonly string[] {
  if (!beside) return argv.map((word) => word.replaceAll('{}', shown))
  const cut = shown.replace(/(.)\/+$/, '$1').lastIndexOf('/')
  const folder = cut < 0 ? '.' : shown.slice(0, cut) || '/'
  return ['env', `--chdir=${folder}`, ...argv.map((word) => word.replaceAll('{}', `./${shown.slice(cut + 1)}`))]
}

function join(action: Action, visit: Visit, { batches }: Walk): void {
  const hits = batches.get(action)
  if (hits === undefined) batches.set(action, [visit])
  else hits.push(visit)
}

export default [model({ names: ['find', 'gfind', 'fd'], oneDash: true, reliable: true, run: find })]
