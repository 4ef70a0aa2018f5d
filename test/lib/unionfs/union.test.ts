/** Layers in tables are stacked as layers in objects are. */
import { expect } from 'chai'
import { repeats } from '../../../lib/image/repeats.ts'
import { common, Table } from '../../../lib/image/table.ts'
import type { Entry, Layer } from '../../../lib/model.ts'
import { exact, zero } from '../../../lib/size.ts'
import { leftovers } from '../../../lib/unionfs/leftovers.ts'
import { measure } from '../../../lib/unionfs/measure.ts'
import { pairs } from '../../../lib/unionfs/pairs.ts'
import type { Seen, Visible } from '../../../lib/unionfs/seen.ts'
import { stack } from '../../../lib/unionfs/stack.ts'
import { union } from '../../../lib/unionfs/union.ts'
import { madeOf } from './made.ts'

/** Numbers below a bound, the same for the same seed. Source: mulberry32. */
function numbers(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % bound
  }
}

const names = ['a', 'b', 'c', 'ä', '\u{1f600}', '\uffee', 'a.b', 'x'.repeat(90)]

/** One random entry; few names, so that they meet. */
function entryOf(next: (bound: number) => number): Entry {
  const path = () => Array.from({ length: 1 + next(3) }, () => `/${names[next(next(4) === 0 ? 8 : 3)]}`).join('')
  const plain = {
    path: next(40) === 0 ? '/' : path(),
    size: zero,
    mode: [0o644, 0o755, 0o4755][next(3)]!,
    uid: [0, 0, 1000, 3_000_000_000][next(4)]!,
    gid: next(2),
    link: null,
  }
  const type = (['file', 'file', 'file', 'dir', 'dir', 'symlink', 'hardlink', 'device', 'whiteout', 'opaque'] as const)[
    next(10)
  ]!
  if (plain.path === '/' && type !== 'opaque') return { ...plain, type: 'dir' }
  if (type === 'whiteout' || type === 'opaque') return { ...plain, type, mode: null, uid: null, gid: null }
  if (type === 'symlink' || type === 'hardlink') return { ...plain, type, link: path() }
  if (type !== 'file') return { ...plain, type }
  const bytes = next(4)
  return {
    ...plain,
    type,
    size: exact(bytes, 'layer of the image'),
    ...(next(8) === 0 ? { xattrs: 'user.a=76' } : {}),
    ...(bytes > 0 && next(3) > 0 ? { content: `content ${bytes} ${next(2)}` } : {}),
  }
}

function tableOf(entries: readonly Entry[], shared: ReturnType<typeof common>): Table {
  const table = new Table('layer', shared)
  for (const entry of entries) {
    const number = table.add(entry, 0)
    if (entry.content !== undefined) table.learn(number, entry.content)
  }
  return table
}

const file = ({ entry, layer, bytes }: Visible) => {
  const { path, type, mode, uid, gid, link, xattrs, content } = entry
  return { path, type, mode, uid, gid, link, xattrs, content, layer, bytes: bytes.bytes }
}

const shown = ({ files, waste, total, visible, unreachable }: Seen) => ({
  files: [...files].map(file),
  waste: waste.map(({ entry, layer, killer, class: how }) => [file({ entry, layer, bytes: entry.size }), killer, how]),
  total,
  visible,
  unreachable,
})

describe('union', () => {
  it('gives what a stack of the same entries gives', () => {
    for (let seed = 1; seed <= 1500; seed++) {
      const next = numbers(seed)
      const shared = common()
      const tables = Array.from({ length: 1 + next(5) }, () =>
        tableOf(
          Array.from({ length: next(seed % 3 === 0 ? 40 : 8) }, () => entryOf(next)),
          shared,
        ),
      )
      const layers: Layer[] = tables.map(({ entries }, row) => ({ row, entries, complete: true, size: zero }))
      const found = union(tables)
      expect(shown(found), `seed ${seed}`).to.deep.equal(shown(stack(layers)))
      const lost = (seen: Seen, limit: number) => pairs({ rows: [], layers }, seen.waste, limit)
      expect(lost(found, 2), `seed ${seed}`).to.deep.equal(lost(stack(layers), 2))
      const whole = lost(found, 1000).map(({ paths }) => paths.slice(0, 2))
      expect(lost(found, 2).map(({ paths }) => paths)).to.deep.equal(whole)
      for (const one of found.files) expect(file(found.at(one.entry.path)!)).to.deep.equal(file(one))
      expect(found.at('/nothing of the kind')).to.equal(undefined)
    }
  })

  it('passes over a layer that is not there', () => {
    const table = tableOf([entryOf(numbers(1))], common())
    expect([...union([undefined, table]).files].map(({ layer }) => layer)).to.deep.equal(
      [...union([table]).files].map(({ layer }) => layer + 1),
    )
    expect([...union([undefined]).files]).to.deep.equal([])
  })

  it('takes as long for many marks of one folder as for one', () => {
    const shared = common()
    const file = (path: string): Entry => ({ ...entryOf(numbers(1)), path, type: 'file', link: null, size: zero })
    const many = tableOf(
      Array.from({ length: 2000 }, (_, i) => file(`/d/${i}`)),
      shared,
    )
    const marks = tableOf([{ ...file('/d'), type: 'opaque' }], shared)
    const { waste, files } = union([many, ...Array.from({ length: 1000 }, () => marks)])
    expect(waste).to.have.lengthOf(2000)
    expect([...files].map(({ entry }) => entry.path)).to.deep.equal(['/d'])
  })
})

describe('leftovers of tables', () => {
  const file = (path: string, content?: string, more: Partial<Entry> = {}): Entry =>
    madeOf(path, 3, { ...(content === undefined ? {} : { content }), ...more })
  const left = (lists: readonly (readonly Entry[])[]) => {
    const shared = common()
    const layers = lists.map((entries, row) => ({ row, entries, complete: true, size: zero }))
    return [union(lists.map((entries) => tableOf(entries, shared))), stack(layers)].map((seen) => {
      const { residue, duplicates } = leftovers({ layers }, seen)
      return [
        residue.map(({ path, row, bytes }) => `${row} ${path} ${bytes.bytes}`),
        duplicates.map(({ paths }) => paths),
      ]
    })
  }

  it('are those of a stack', () => {
    const [found, same] = left([
      [file('/tmp/b'), file('/tmp/a/c'), file('/usr/x', '1'), file('/usr/y', '2'), file('/usr/b/.git/HEAD', '3')],
      [file('/usr/a', '1'), file('/root/.cache/pip/x'), file('/etc', '2'), file('/usr/z', '3'), file('/tmpfile')],
    ])
    expect(found).to.deep.equal(same)
    expect(found![0]).to.have.length(3)
    expect(found![1]).to.deep.equal([
      ['/etc', '/usr/y'],
      ['/usr/a', '/usr/x'],
      ['/usr/b/.git/HEAD', '/usr/z'],
    ])
  })

  it('are those of a stack of random layers, however few are asked for', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const next = numbers(seed)
      const lists = Array.from({ length: 1 + next(4) }, () =>
        Array.from({ length: next(60) }, () => entryOf(next)).filter(({ type }) => type !== 'hardlink'),
      )
      const shared = common()
      const layers = lists.map((entries, row) => ({ row, entries, complete: true, size: zero }))
      const [found, same] = [union(lists.map((entries) => tableOf(entries, shared))), stack(layers)]
      for (const limit of [1, 2, 100]) {
        const [ours, others] = [found, same].map((seen) => leftovers({ layers }, seen, limit).duplicates)
        expect(ours, `seed ${seed}`).to.deep.equal(others)
      }
    }
  })

  it('know a file by the first name that is left of it', () => {
    const [found] = left([
      [file('/a', '1'), file('/c', undefined, { type: 'hardlink', link: '/a' }), file('/d', '1')],
      [file('/b', undefined, { type: 'hardlink', link: '/c' }), file('/a', undefined, { type: 'whiteout' })],
    ])
    expect(found![1]).to.deep.equal([['/b', '/d']])
  })
})

describe('table', () => {
  it('gives entries back as they came in, and measures as they do', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const next = numbers(seed)
      const entries = Array.from({ length: next(400) }, () => entryOf(next))
      const table = tableOf(entries, common())
      const plain = entries.map((entry) =>
        entry.type === 'file' && entry.size.low === 0 && entry.xattrs === undefined
          ? { ...entry, content: table.entries.find((one) => one.content?.startsWith('sha256:e3b0'))?.content }
          : { ...entry, size: exact(entry.size.low, 'layer of the image') },
      )
      expect(
        table.entries.map((entry) => (entry.content?.startsWith('sha256:') ? { ...entry, size: zero } : entry)),
        `seed ${seed}`,
      ).to.deep.equal(plain.map((entry) => (entry.content?.startsWith('sha256:') ? { ...entry, size: zero } : entry)))
      for (const model of ['classic', 'containerd', 'tar'] as const)
        expect(measure(table.glimpses(), model).bytes).to.equal(measure(entries, model).bytes)
      const stored = entries.filter(({ type }) => type !== 'whiteout' && type !== 'opaque')
      const isTwice = new Set(stored.map(({ path }) => path)).size < stored.length
      const isInside = stored.some(
        ({ path, type }) => type !== 'dir' && stored.some((one) => one.path.startsWith(`${path}/`)),
      )
      expect(repeats(table)).to.equal(isTwice || isInside)
    }
  })
})
