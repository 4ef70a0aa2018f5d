import { expect } from 'chai'
import type { Entry, SizeModel } from '../../../lib/model.ts'
import { unknown, zero } from '../../../lib/size.ts'
import { measure } from '../../../lib/unionfs/measure.ts'
import { truthCases } from '../../tools/truth.ts'
import { madeOf as file } from './made.ts'
import { layersOf } from './recorded.ts'

const modelOf = (engine: string): SizeModel =>
  engine.endsWith('-containerd')
    ? 'containerd'
    : engine.startsWith('buildah')
      ? 'podman'
      : engine.startsWith('classic')
        ? 'classic'
        : 'buildkit'

describe('measure', () => {
  const counted: Record<string, number> = {}
  it('gives the recorded size of every layer of every engine', () => {
    const wrong: string[] = []
    for (const { name, engines } of truthCases()) {
      for (const [engine, result] of Object.entries(engines)) {
        if (result.history === undefined || result.table === undefined) continue
        const sizes = result.table.toReversed().map(({ size }) => size)
        for (const [i, layer] of layersOf(result).entries()) {
          const inherited = result.layers?.[i] === null || isBase(layer.entries)
          // A base was loaded: Docker counts it as classic does; podman keeps the tar it was given, padding and all.
          const model = inherited && modelOf(engine) === 'buildkit' ? 'classic' : modelOf(engine)
          if (inherited && model === 'podman') continue
          const size = measure(layer.entries, model)
          counted[model] = (counted[model] ?? 0) + 1
          if (size.bytes !== sizes[layer.row])
            wrong.push(`${name} ${engine} row ${layer.row}: ${size.bytes} not ${sizes[layer.row]}`)
        }
      }
    }
    expect(wrong).to.deep.equal([])
    expect(counted.classic).to.be.above(300)
    expect(counted.buildkit).to.be.above(200)
    expect(counted.podman).to.be.above(300)
    expect(counted.containerd).to.be.above(20)
  })

  const cases: readonly (readonly [what: string, entry: Entry, sizes: Partial<Record<SizeModel, number>>])[] = [
    ['a file', file('/a', 5), { classic: 5, buildkit: 5, tar: 5, podman: 2048, containerd: 8192 }],
    ['an empty file', file('/a', 0), { classic: 0, podman: 1536, containerd: 4096 }],
    ['a folder', file('/a', 0, { type: 'dir' }), { classic: 0, podman: 1536, containerd: 8192 }],
    [
      'a link',
      file('/a', 0, { type: 'symlink', link: '/é' }),
      { classic: 3, buildkit: 0, podman: 2560, containerd: 4096 },
    ],
    ['a hard link', file('/b', 0, { type: 'hardlink', link: '/a' }), { classic: 0, podman: 1536, containerd: 4096 }],
    ['a mark', file('/b', 0, { type: 'whiteout' }), { classic: 0, tar: 0, podman: 1536, containerd: 4096 }],
    ['a long name', file(`/${'x'.repeat(101)}`, 0), { podman: 2560 }],
    ['a name of 100 bytes', file(`/${'x'.repeat(100)}`, 0), { podman: 1536 }],
    ['a folder whose slash is one too many', file(`/${'x'.repeat(100)}`, 0, { type: 'dir' }), { podman: 2560 }],
    ['a name of 600 bytes', file(`/${'x'.repeat(600)}`, 0), { podman: 3072 }],
    ['a large owner', file('/a', 0, { uid: 2_097_152 }), { podman: 2560 }],
    ['a package', file('/usr', 1000, { type: 'package', linkBytes: 7 }), { classic: 1007, buildkit: 1000, tar: 1000 }],
  ]
  for (const [what, entry, sizes] of cases)
    for (const [model, bytes] of Object.entries(sizes))
      it(`${what}: ${model}`, () => expect(measure([entry], model as SizeModel).bytes).to.equal(bytes))

  it('nothing is nothing, but for the end of the tar and the root', () => {
    const empty = (model: SizeModel) => measure([], model).bytes
    expect([empty('classic'), empty('podman'), empty('containerd')]).to.deep.equal([0, 1024, 4096])
  })

  it('doubt stays doubt', () => {
    expect(measure([file('/a', 5, { maybe: true })], 'podman')).to.include({ low: 1024, high: 2048 })
    expect(measure([file('/a', 5), file('/b', 0, { size: unknown('test', 3) })], 'buildkit')).to.include({
      bytes: null,
      low: 8,
      high: null,
    })
    const parcel = file('/usr', 1000, { type: 'package', files: 3 })
    expect(measure([parcel], 'podman')).to.include({ low: 1024 + 1000 + 3 * 512, high: 1024 + 1000 + 3 * 1023 })
    expect(measure([parcel], 'classic')).to.include({ low: 1000, high: 1010, basis: 'resolved' })
    expect(measure([file('/l', 0, { type: 'whiteout', size: zero, label: 'apt:x' })], 'podman').bytes).to.equal(null)
  })
})

const isBase = (entries: readonly Entry[]): boolean => entries.some(({ path }) => path === '/bin/busybox')
