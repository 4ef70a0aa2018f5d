/** Laws of the union file system, on random changes. */
import { expect } from 'chai'
import type { Entry, Layer, Size } from '../../../lib/model.ts'
import { exact, zero } from '../../../lib/size.ts'
import { measure } from '../../../lib/unionfs/measure.ts'
import { pairs } from '../../../lib/unionfs/pairs.ts'
import { stack } from '../../../lib/unionfs/stack.ts'
import type { Storage, Tree } from '../../../lib/unionfs/tree.ts'
import {
  alter,
  below,
  commit,
  copy,
  fork,
  link,
  lookup,
  mkdir,
  move,
  openTree,
  pending,
  put,
  remove,
  removeLabel,
  write,
} from '../../../lib/unionfs/tree.ts'
import { type Pick, random } from '../../tools/random.ts'

const file = (path: string, bytes: number): Entry => ({
  path,
  type: 'file',
  size: exact(bytes, 'law'),
  mode: 0o644,
  uid: 0,
  gid: 0,
  link: null,
})

/** One random change; few names, so that they meet. */
function change(tree: Tree, next: Pick, unsure = false): void {
  const how = { maybe: unsure && next(3) === 0 }
  const path = () => Array.from({ length: 1 + next(3) }, () => `/${'abc'[next(3)]}`).join('')
  const size = () => 1 + next(100)
  const changes: readonly (() => void)[] = [
    () => put(tree, file(path(), size()), how),
    () => put(tree, file(path(), size()), how),
    () => write(tree, file(path(), size()), { ...how, append: next(2) === 0 }),
    () => mkdir(tree, path(), {}, how),
    () => remove(tree, path(), how),
    () => remove(tree, path(), how),
    () => move(tree, path(), path(), how),
    () => copy(tree, path(), path(), how),
    () => link(tree, path(), path(), how),
    () => put(tree, { ...file(path(), 0), type: 'symlink', size: zero, mode: 0o777, link: path() }, how),
    () => alter(tree, path(), { mode: next(0o1000) }, { ...how, recursive: next(2) === 0 }),
    () => alter(tree, path(), { uid: next(3) }, { ...how, recursive: next(2) === 0 }),
    // Apart from the rest: a package makes what is below it unknown.
    () => put(tree, { ...file(`/p${path()}`, size()), type: 'package', label: `p${next(3)}` }, how),
    () => remove(tree, `/p${path()}`, how),
    () => {
      const from = `/p${path()}`
      if (lookup(tree, from).there === 'yes') move(tree, from, `/p${path()}`)
    },
    () => removeLabel(tree, [`p${next(3)}`], how),
  ]
  changes[next(changes.length)]?.()
}

interface Story {
  readonly seed: number
  readonly storage: Storage
  readonly tree: Tree
  readonly layers: readonly Layer[]
  readonly next: Pick
}

function tell(seed: number, storage: Storage, unsure = false): Story {
  const next = random(seed)
  const tree = openTree([], storage)
  const layers: Layer[] = []
  for (let slots = 1 + next(5); slots > 0; slots--) {
    for (let changes = next(8); changes > 0; changes--) change(tree, next, unsure)
    layers.push({ row: layers.length, entries: commit(tree), complete: true, size: zero })
  }
  return { seed, storage, tree, layers, next }
}

const storages: readonly Storage[] = ['overlay2', 'containerd', 'vfs', 'old vfs']
const stories = storages.flatMap((storage) => Array.from({ length: 400 }, (_, seed) => tell(seed + 1, storage)))

/** Runs a law on every story; a failure names the seed. */
const law = (what: string, check: (story: Story) => void, told = stories): void => {
  it(what, () => {
    for (const story of told) {
      try {
        check(story)
      } catch (cause) {
        throw new Error(`seed ${story.seed}, ${story.storage}: ${cause instanceof Error ? cause.message : cause}`, {
          cause,
        })
      }
    }
  })
}

const shipped = (layers: readonly Layer[]): number =>
  layers.reduce((sum, { entries }) => sum + (measure(entries, 'tar').bytes ?? Number.NaN), 0)

describe('laws of the union file system', () => {
  law('bytes shipped are seen or wasted', ({ layers }) => {
    const { total, visible, unreachable } = stack(layers)
    expect(total.bytes).to.equal(shipped(layers))
    expect((visible.bytes ?? 0) + (unreachable.bytes ?? 0)).to.equal(total.bytes)
  })

  law('pairs sum to what is unreachable', ({ layers }) => {
    const { waste, unreachable } = stack(layers)
    const sum = pairs({ rows: [], layers }, waste).reduce((bytes, pair) => bytes + (pair.bytes.bytes ?? Number.NaN), 0)
    expect(sum).to.equal(unreachable.bytes)
  })

  law('the layers hold what the tree holds', ({ tree, layers }) => {
    const seen = stack(layers).files.map(({ entry, bytes }) => text(named(tree, { ...entry, size: bytes })))
    expect(seen.sort()).to.deep.equal(held(tree).toSorted())
  })

  law('layers opened again are the same tree', ({ tree, layers, storage }) => {
    const again = openTree(layers, storage)
    expect(held(again)).to.deep.equal(held(tree))
    expect(commit(again)).to.deep.equal([])
  })

  law('put and drop in one slot costs nothing', ({ tree, next }) => {
    const [one, two] = [fork(tree), fork(tree)]
    for (let seed = next(1000), i = 0; i < 4; i++) {
      change(one, random(seed + i))
      change(two, random(seed + i))
    }
    put(two, file('/new/place/of/mine', 1000))
    alter(two, '/new', { uid: 1 }, { recursive: true })
    remove(two, '/new')
    for (const model of ['classic', 'buildkit', 'tar'] as const)
      expect(measure(pending(two), model).bytes, model).to.equal(measure(pending(one), model).bytes)
  })

  law('a later drop makes no layer smaller and ships nothing', ({ tree, layers }) => {
    const later = fork(tree)
    for (const name of ['/a', '/b', '/c']) remove(later, name)
    const entries = commit(later)
    expect(measure(entries, 'classic').bytes).to.equal(0)
    const result = stack([...layers, { row: layers.length, entries, complete: true, size: zero }])
    expect(result.total.bytes).to.equal(shipped(layers))
  })
})

const doubtful = storages.flatMap((storage) => Array.from({ length: 400 }, (_, seed) => tell(seed + 1, storage, true)))

describe('laws of the union file system, in doubt', () => {
  law(
    'intervals of the seen and the wasted hold that of the shipped',
    ({ layers }) => {
      const { total, visible, unreachable } = stack(layers)
      const high = (size: Size): number => size.high ?? Number.POSITIVE_INFINITY
      expect(visible.low + unreachable.low).to.be.at.most(total.low)
      expect(high(visible) + high(unreachable)).to.be.at.least(high(total))
      if (total.bytes !== null) expect((visible.bytes ?? 0) + (unreachable.bytes ?? 0)).to.equal(total.bytes)
      for (const { low, bytes, high } of [total, visible, unreachable]) {
        expect(bytes ?? low).to.be.at.least(low)
        expect(high ?? bytes ?? low).to.be.at.least(bytes ?? low)
      }
    },
    doubtful,
  )

  law(
    'what a tree surely holds, its layers hold',
    ({ tree, layers }) => {
      const seen = new Set(stack(layers).files.map(({ entry }) => entry.path))
      for (const { path, maybe } of below(tree, '/').entries) if (!maybe) expect(seen.has(path), path).to.equal(true)
    },
    doubtful,
  )
})

/** All a tree holds, each name of a file with its bytes: storages that compare do not keep names together. */
const held = (tree: Tree): readonly string[] =>
  below(tree, '/').entries.map((entry) =>
    text(
      entry.type === 'hardlink'
        ? named(tree, { ...entry, size: lookup(tree, entry.path).entry?.size ?? entry.size })
        : entry,
    ),
  )

/** Another name of a symbolic link is one. */
function named(tree: Tree, entry: Entry): Entry {
  const { type, link = null } = lookup(tree, entry.path).entry ?? {}
  return entry.type === 'hardlink' && type === 'symlink' ? { ...entry, type, link } : entry
}

/** Path, kind, bytes, mode, owner, target; a hard link is the file it names. */
function text({ path, type, size, mode, uid, link, label }: Entry): string {
  const kind = type === 'hardlink' ? 'file' : type
  return [path, kind, size.bytes, mode, uid, kind === 'symlink' ? link : '', label ?? ''].join(' ')
}
