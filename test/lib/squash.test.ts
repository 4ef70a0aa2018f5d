import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { UserError } from '../../lib/error.ts'
import { readLayers } from '../../lib/image/layers.ts'
import { openImage } from '../../lib/image/open.ts'
import type { StoredImage } from '../../lib/image/stored.ts'
import { type Squashed, type SquashOptions, squash } from '../../lib/squash.ts'
import { dockerArchive, type Made, ociArchive } from '../tools/image.ts'
import { type Member, tar } from '../tools/tar.ts'

const platform = { os: 'linux', arch: 'amd64', variant: '' }

const layers = [
  [
    { name: 'd/', type: '5' },
    { name: 'd/a', data: 'one' },
    { name: 'd/b', data: 'two' },
    { name: 'l', type: '2', link: 'd/a' },
    { name: 'x', data: 'x' },
    { name: 'y', type: '1', link: 'x' },
    { name: 'é', data: 'accent', pax: { path: 'é', 'SCHILY.xattr.user.a': 'v' } },
  ],
  [{ name: 'd/a', data: 'three', mode: 0o600 }, { name: 'd/.wh.b' }],
  [{ name: '.wh.x' }, { name: 'n', type: '3' }],
] as const

const history = [
  { created_by: 'a', created: '2026-01-01T00:00:00Z' },
  { created_by: 'ENV', empty_layer: true },
  { created_by: 'b' },
  { created_by: 'c' },
]
const made: Made = {
  layers: layers.map((members) => tar(members)),
  history,
  config: { Env: ['A=1'], Cmd: ['x'] },
  tags: ['t:1'],
}

describe('squash', () => {
  let directory = ''
  let serial = 0
  const images: StoredImage[] = []
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'squash-'))
  })
  after(() => {
    for (const image of images) image.close()
    rmSync(directory, { recursive: true })
  })
  const opened = async (place: string): Promise<StoredImage> => {
    const image = await openImage({ transport: 'archive', place, pick: undefined, path: place }, platform)
    images.push(image)
    return image
  }
  const written = (data: Buffer): string => {
    const place = join(directory, `in${serial++}.tar`)
    writeFileSync(place, data)
    return place
  }
  const squashed = async (
    data: Buffer,
    more: Partial<SquashOptions> = {},
  ): Promise<{ image: StoredImage; result: Squashed; output: string }> => {
    const output = join(directory, `out${serial++}`)
    const base: SquashOptions = {
      output,
      form: 'docker-archive',
      fromRow: 0,
      config: 'keep',
      compress: undefined,
      created: null,
      onInterrupt: () => () => undefined,
    }
    const image = await opened(written(data))
    const result = await squash(image, { ...base, ...more })
    return { image: await opened(result.output), result, output: result.output }
  }
  const listed = async (image: StoredImage): Promise<readonly (readonly string[])[]> =>
    (await readLayers(image, { contents: 'none', verify: true })).map((layer) =>
      layer!.entries.map((e) => `${e.type} ${e.path}${e.link === null ? '' : ` -> ${e.link}`}`),
    )

  const flat = ['dir /d', 'file /d/a', 'symlink /l -> d/a', 'device /n', 'file /y', 'file /é']

  for (const form of ['docker-archive', 'oci-archive', 'oci'] as const) {
    for (const compress of [undefined, 'gzip'] as const) {
      it(`makes one layer, as ${form}${compress === undefined ? '' : `, ${compress}`}`, async () => {
        const { image, result } = await squashed(dockerArchive(made), { form, compress })
        expect(await listed(image)).to.deep.equal([flat])
        expect(image.rows.map((r) => [r.createdBy, r.layer])).to.deep.equal([
          ['a', null],
          ['ENV', null],
          ['b', null],
          ['c', null],
          ['stratigraph squash', 0],
        ])
        expect(image.config).to.deep.equal({ Env: ['A=1'], Cmd: ['x'] })
        expect(image.tags).to.deep.equal(['t:1'])
        expect(image.problems).to.deep.equal([])
        expect(result.digest).to.equal(form === 'docker-archive' ? image.id : image.digest)
        const { before: old, after: fresh, saved, sharedLost } = result
        expect([old.layers, old.size.bytes, fresh.layers, fresh.size.bytes]).to.deep.equal([3, 18, 1, 12])
        expect([saved.bytes, sharedLost.bytes]).to.deep.equal([6, 12])
      })
    }
  }

  it('keeps what lies below a row, and the marks that hide some of it', async () => {
    const { image, result } = await squashed(dockerArchive(made), { fromRow: 1 })
    expect((await listed(image))[1]).to.deep.equal(
      ['whiteout /d/b', 'file /d/a', 'device /n', 'whiteout /x'].sort((a, b) => order(a) - order(b)),
    )
    expect(image.rows.map((r) => r.layer)).to.deep.equal([0, null, null, null, 1])
    expect([result.after.layers, result.saved.bytes]).to.deep.equal([2, 0])
  })
  const order = (line: string): number => ['/d/a', '/d/b', '/n', '/x'].indexOf(line.split(' ')[1]!)

  it('keeps compressed layers as they are', async () => {
    const packed: Made = { ...made, layers: made.layers.map((layer) => gzipSync(layer)), plain: made.layers }
    const { image } = await squashed(ociArchive([packed]), { fromRow: 3, form: 'oci-archive' })
    expect(await listed(image)).to.have.lengthOf(3)
    expect(image.layers.map((l) => l.blob.bytes).slice(0, 2)).to.deep.equal(
      packed.layers.slice(0, 2).map((l) => l.length),
    )
  })

  it('drops the configuration when asked to', async () => {
    const { image } = await squashed(dockerArchive(made), { config: 'none' })
    expect([image.config, image.rows.length]).to.deep.equal([{}, 1])
  })

  it('gives the same bytes every time', async () => {
    const [one, two] = [await squashed(dockerArchive(made)), await squashed(dockerArchive(made))]
    expect(readFileSync(one.output).equals(readFileSync(two.output))).to.equal(true)
  })

  it('writes a repeated layer once', async () => {
    const twice: Made = { layers: [made.layers[0]!, made.layers[0]!, made.layers[1]!], history: [{}, {}, {}] }
    const { image } = await squashed(dockerArchive(twice), { fromRow: 2 })
    expect(await listed(image)).to.have.lengthOf(3)
  })

  it('leaves nothing behind when it fails', async () => {
    const broken = tar([{ name: 'a', data: 'x' }]).subarray(0, 512)
    const before = readdirSync(directory).length
    for (const data of [dockerArchive({ layers: [made.layers[0]!, broken] }), dockerArchive(made)]) {
      const output = join(directory, 'none', 'out.tar')
      const error = await squashed(data, { output }).catch((e: unknown) => e)
      expect(error).to.be.instanceOf(UserError)
    }
    expect(readdirSync(directory).length).to.equal(before + 2)
    expect(existsSync(join(directory, 'none'))).to.equal(false)
  })

  it('refuses what cannot be done', async () => {
    const refusal = async (more: Partial<SquashOptions>): Promise<unknown> =>
      squashed(dockerArchive(made), more).catch((e: unknown) => e)
    expect(await refusal({ fromRow: 4 })).to.be.instanceOf(UserError)
    expect(await refusal({ fromRow: 1, config: 'none' })).to.be.instanceOf(UserError)
    expect(await refusal({ form: 'oci', output: directory })).to.be.instanceOf(UserError)
  })

  // The library compares the files of both itself, and throws where they differ.
  it('keeps the files of any image', async () => {
    let seed = 5
    const random = (below: number): number => {
      seed = (seed * 48271) % 2147483647
      return seed % below
    }
    const path = (): string => Array.from({ length: 1 + random(3) }, () => 'abc'[random(3)]).join('/')
    const member = (): Member => {
      const name = path()
      const slash = name.lastIndexOf('/')
      const kinds: readonly (() => Member)[] = [
        () => ({ name, data: 'x'.repeat(random(700)), mode: random(2) === 0 ? 0o644 : 0o755 }),
        () => ({ name: `${name}/`, type: '5' }),
        () => ({ name: `${name}/`, type: '5' }),
        () => ({ name: `${name.slice(0, slash + 1)}.wh.${name.slice(slash + 1)}` }),
        () => ({ name: `${name}/.wh..wh..opq` }),
        () => ({ name, type: '2', link: path() }),
        () => ({ name, type: '1', link: path() }),
      ]
      return kinds[random(kinds.length)]!()
    }
    let done = 0
    for (let round = 0; round < 150; round++) {
      const first = seed
      const all = Array.from({ length: 1 + random(4) }, () => tar(Array.from({ length: random(8) }, member)))
      const data = dockerArchive({ layers: all, history: all.map(() => ({})) })
      for (const fromRow of [0, random(all.length)]) {
        try {
          await squashed(data, { fromRow })
          done++
        } catch (error) {
          // A link to nothing is what no engine unpacks.
          if (!(error instanceof UserError)) throw new Error(`seed ${first}: ${(error as Error).message}`)
        }
      }
    }
    expect(done).to.be.above(100)
  })
})
