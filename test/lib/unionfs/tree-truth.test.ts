/** What commits give, against the layers that real builders stored. */
import { expect } from 'chai'
import type { Builder } from '../../../lib/model.ts'
import { exact } from '../../../lib/size.ts'
import { mountPoints, storageOf, volumePoints } from '../../../lib/unionfs/mounts.ts'
import type { Tree } from '../../../lib/unionfs/tree.ts'
import {
  alter,
  commit,
  directory,
  link,
  lookup,
  mkdir,
  move,
  openTree,
  put,
  remove,
  write,
} from '../../../lib/unionfs/tree.ts'
import { truthCases } from '../../tools/truth.ts'
import { layersOf, line } from './recorded.ts'

type Step = (tree: Tree) => void

const bytes = (n: number) => exact(n, 'test')
const touched = { path: '', type: 'file', mode: 0o644, uid: 0, gid: 0, link: null } as const

const file =
  (path: string, n: number, owner = 0, group = owner): Step =>
  (tree) =>
    put(tree, { ...touched, path, size: bytes(n), uid: owner, gid: group, content: `${n}` }, { time: 'context' })
const dir =
  (path: string): Step =>
  (tree) =>
    put(tree, directory(path), { time: 'context' })
const echo =
  (path: string, n: number, append = false): Step =>
  (tree) =>
    write(tree, { ...touched, path, size: bytes(n) }, { append })
const makeDir =
  (path: string): Step =>
  (tree) =>
    void mkdir(tree, path)
const rm =
  (path: string): Step =>
  (tree) =>
    remove(tree, path)
const mv =
  (from: string, to: string): Step =>
  (tree) =>
    move(tree, from, to)
const ln =
  (from: string, to: string): Step =>
  (tree) =>
    link(tree, from, to)
const chmod =
  (path: string, mode: number, recursive = false): Step =>
  (tree) =>
    alter(tree, path, { mode }, { recursive })
const chown =
  (path: string, id: number, recursive = false): Step =>
  (tree) =>
    alter(tree, path, { uid: id, gid: id }, { recursive })
const touch =
  (path: string): Step =>
  (tree) =>
    lookup(tree, path).there === 'yes' ? alter(tree, path, {}) : put(tree, { ...touched, path, size: bytes(0) })
const symlink =
  (path: string, to: string): Step =>
  (tree) =>
    put(tree, { ...touched, path, type: 'symlink', size: bytes(0), mode: 0o777, link: to })

const d = [dir('/d'), file('/d/one', 2), dir('/d/sub'), file('/d/sub/three', 4), file('/d/two', 3)]
const workdir = (path: string) => ({ copy: [makeDir(path)], notBuildah: true })

/** One list a slot; what is not marked as a copy is a RUN. */
interface Slot {
  readonly copy?: readonly Step[]
  readonly run?: readonly Step[]
  readonly targets?: readonly string[]
  readonly volumes?: readonly string[]
  readonly notBuildah?: boolean
}

const cases: Readonly<Record<string, readonly Slot[]>> = {
  'size-append': [{ copy: [file('/data', 1234)] }, { run: [echo('/data', 5, true)] }],
  'size-chmod-copyup': [
    { copy: [file('/data', 1234)] },
    { run: [chmod('/data', 0o600)] },
    { run: [chown('/data', 1)] },
    { run: [chmod('/data', 0o600)] },
  ],
  'size-chmod-recursive': [{ copy: d }, { run: [chmod('/d', 0o777, true)] }, { run: [chown('/d', 3, true)] }],
  'size-hardlink-earlier-layer': [{ run: [echo('/a', 1000)] }, { run: [ln('/a', '/b')] }],
  'size-hardlink-same-layer': [{ run: [echo('/a', 1000), ln('/a', '/b'), ln('/a', '/c')] }],
  'size-mkdir': [{ run: [makeDir('/x/y/z')] }],
  'size-mv-dir': [{ copy: d }, { run: [mv('/d', '/e')] }],
  'size-mv-file': [{ copy: [file('/data', 1234)] }, { run: [mv('/data', '/moved')] }],
  'size-overwrite-same': [{ run: [echo('/f', 5)] }, { run: [echo('/f', 5)] }],
  'size-rm-dir': [{ copy: d }, { run: [rm('/d')] }, { run: [makeDir('/d'), echo('/d/one', 4)] }],
  'size-rm-later-layer': [{ run: [echo('/big', 5000)] }, { run: [rm('/big')] }],
  'size-rm-recreate-dir': [{ copy: d }, { run: [rm('/d'), makeDir('/d'), echo('/d/z', 4)] }],
  'size-rm-same-layer': [{ run: [echo('/big', 5000), rm('/big')] }],
  'size-symlink': [{ run: [symlink('/l', '/a/very/long/target/path')] }],
  'size-tmp-mode': [{ run: [chmod('/tmp', 0o700)] }, { run: [makeDir('/tmp/q')] }],
  'size-touch': [{ copy: [file('/data', 1234)] }, { run: [touch('/data')] }, { run: [] }, { run: [touch('/new')] }],
  'copy-twice': [{ copy: [file('/a.txt', 5)] }, { copy: [file('/a.txt', 5)] }],
  'copy-overwrite': [{ copy: [file('/x', 5)] }, { copy: [file('/x', 8)] }],
  'copy-deep-dest': [{ copy: [file('/p/q/r/s', 5)] }],
  'run-no-change': [{ run: [] }, { run: [] }],
  'run-mount-bind-parent-dir': [{ run: [], targets: ['/new/deep/dir'] }],
  'run-mount-cache': [{ run: [echo('/y', 5)], targets: ['/cache'] }],
  'run-mount-tmpfs': [{ run: [], targets: ['/tmpfs'] }],
  'workdir-nested': [workdir('/a/b/c')],
  'workdir-repeat': [workdir('/app'), workdir('/app')],
  'workdir-symlink': [{ run: [makeDir('/real'), symlink('/sym', '/real')] }, workdir('/sym/sub')],
  'base-rich-user': [
    { copy: [file('/opt/app/a.txt', 5)], volumes: ['/data'] },
    { copy: [file('/opt/app/a.txt', 5), file('/opt/app/b.txt', 8)], volumes: ['/data'] },
    {
      run: [(tree) => put(tree, { ...touched, path: '/tmp/h', size: bytes(10), uid: 1001, gid: 1002 })],
      volumes: ['/data'],
    },
  ],
}

const builderOf = (engine: string): Builder => {
  const family = engine.startsWith('classic') ? 'classic' : engine.startsWith('buildah') ? 'buildah' : 'buildkit'
  const version = engine === 'buildkit-20.10' ? '0.8' : (/-(\d[\d.]*)/.exec(engine)?.[1] ?? '20.10')
  return { family, version, frontend: null, labs: false, client: null, podman: null }
}

describe('tree: commits as recorded', () => {
  const recorded = new Map(truthCases().map((one) => [one.name, one]))
  for (const [name, slots] of Object.entries(cases)) {
    for (const [engine, result] of Object.entries(recorded.get(name)?.engines ?? {})) {
      if (result.layers === undefined) continue
      it(`${name}: ${engine}`, () => {
        const builder = builderOf(engine)
        const storage = storageOf(builder, engine.endsWith('containerd') ? 'containerd' : 'classic')
        const layers = layersOf(result)
        const base = name === 'base-rich-user' ? 3 : 1
        const tree = openTree(layers.slice(0, base), storage)
        const made: string[][] = []
        for (const { copy = [], run, targets = [], volumes = [], notBuildah = false } of slots) {
          if (notBuildah && builder.family === 'buildah') continue
          if (run === undefined) volumePoints(tree, builder, volumes)
          else mountPoints(tree, builder, { targets, volumes })
          for (const step of run ?? copy) step(tree)
          const entries = commit(tree)
          if (entries.length > 0 || builder.family !== 'classic') made.push(entries.map(line))
        }
        expect(made).to.deep.equal(layers.slice(base).map(({ entries }) => entries.map(line)))
      })
    }
  }
})
