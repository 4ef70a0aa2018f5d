import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { UserError } from '../../lib/error.ts'
import { readLayers } from '../../lib/image/layers.ts'
import { openImage } from '../../lib/image/open.ts'
import { pieces } from '../../lib/image/source.ts'
import type { StoredImage } from '../../lib/image/stored.ts'
import { type Squashed, type SquashOptions, squash } from '../../lib/squash.ts'
import { dockerArchive, type Made, ociArchive } from '../tools/image.ts'
import { members, merged } from '../tools/layer-tar.ts'
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
    writeFileSync(join(directory, 'file'), '')
    expect(await refusal({ output: join(directory, 'file', 'x') })).to.be.instanceOf(UserError)
  })

  /** Layers of an image as they are stored, by a reader that is not the program's. */
  const stored = async (image: StoredImage): Promise<readonly Buffer[]> => {
    const read = async ({ blob }: StoredImage['layers'][number]): Promise<Buffer> => {
      const source = await blob.open!()
      try {
        return Buffer.concat([...pieces(source)])
      } finally {
        source.close()
      }
    }
    return Promise.all(image.layers.map(read))
  }

  describe('what is hard to move', () => {
    const sparse: Readonly<Record<string, Member>> = {
      'old GNU': {
        name: 'a',
        type: 'S',
        magic: 'gnu',
        data: 'abc',
        touch(block) {
          for (const [at, text] of [
            [386, '00000000010'],
            [398, '00000000003'],
            [483, '00000010000'],
          ] as const)
            block.write(`${text}\0`, at)
        },
      },
      'PAX 0.1': {
        name: 'GNUSparseFile.1/a',
        data: 'abc',
        pax: {
          'GNU.sparse.name': 'a',
          'GNU.sparse.map': '8,3',
          'GNU.sparse.numblocks': '1',
          'GNU.sparse.size': '4096',
        },
      },
      'PAX 1.0': {
        name: 'GNUSparseFile.1/a',
        data: `${'1\n8\n3\n'.padEnd(512, '\0')}abc`,
        pax: {
          'GNU.sparse.major': '1',
          'GNU.sparse.minor': '0',
          'GNU.sparse.name': 'a',
          'GNU.sparse.realsize': '4096',
        },
      },
    }
    for (const [form, file] of Object.entries(sparse))
      it(`a sparse file, ${form}, under the name that is left`, async () => {
        const lower = tar([file, { name: 'z', type: '1', link: 'a' }])
        const image = dockerArchive({ layers: [lower, tar([{ name: '.wh.a' }])], history: [{}, {}] })
        const { image: flat } = await squashed(image)
        const [layer] = await readLayers(flat, { contents: 'none', verify: true })
        expect(layer!.entries.map(({ path, type, size }) => [path, type, size.bytes])).to.deep.equal([
          ['/z', 'file', 4096],
        ])
        expect([...layer!.sparse]).to.deep.equal([0])
        const [bytes] = await stored(flat)
        const [one] = members(bytes!)
        expect(Buffer.from(one!.body).toString('latin1')).to.equal(file.data)
        if (form === 'old GNU') expect(bytes!.toString('latin1', 386, 410)).to.equal('00000000010\x0000000000003\0')
        else expect(bytes!.includes('GNU.sparse.name=z\n')).to.equal(true)
      })

    it('links to links and to devices, whose first name goes', async () => {
      const device = (block: Buffer): void => {
        block.write('0000010\0', 329)
        block.write('0000021\0', 337)
      }
      const lower = tar([
        { name: 'a', type: '2', link: 'target' },
        { name: 'b', type: '3', touch: device },
        { name: 'y', type: '1', link: 'a' },
        { name: 'z', type: '1', link: 'b' },
      ])
      const upper = tar([{ name: '.wh.a' }, { name: '.wh.b' }])
      const { image } = await squashed(dockerArchive({ layers: [lower, upper], history: [{}, {}] }))
      expect(await listed(image)).to.deep.equal([['symlink /y -> target', 'device /z']])
      const [bytes] = await stored(image)
      expect(bytes!.toString('latin1', 512 + 329, 512 + 344)).to.equal('0000010\x000000021')
    })

    it('attributes and all, under a name that is long', async () => {
      const name = `${'n'.repeat(120)}/é`
      const pax = {
        path: 'a',
        mtime: '12.5',
        'SCHILY.xattr.security.capability': Buffer.from([1, 0, 10, 61]),
        uid: '3000000',
      }
      const lower = tar([
        { name: 'a', data: 'x', uid: 1, pax },
        { name: 'é', type: '1', link: 'a', pax: { path: name, uid: '3000000' } },
      ])
      const { image } = await squashed(dockerArchive({ layers: [lower, tar([{ name: '.wh.a' }])], history: [{}, {}] }))
      const [layer] = await readLayers(image, { contents: 'none', verify: true })
      const entry = layer!.entries.at(-1)!
      expect([entry.path, entry.uid, entry.xattrs]).to.deep.equal([
        `/${name}`,
        3_000_000,
        'security.capability=01000a3d',
      ])
      const [bytes] = await stored(image)
      expect(bytes!.includes('mtime=12.5\n')).to.equal(true)
    })

    it('names that are no UTF-8, beside such as look alike', async () => {
      const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
      const lower = tar([
        { name: 'ü/', type: '5' },
        { name: '1', data: 'one', pax: { path: Buffer.concat([Buffer.from('ü/'), latin('caf\xe9')]) } },
        { name: '2', data: 'two', pax: { path: 'ü/café' } },
        { name: '3', data: 'three', pax: { path: latin('\xe9') } },
        { name: '4', type: '1', pax: { path: latin('\xe9\xff'), linkpath: latin('\xe9') } },
      ])
      const upper = tar([{ name: '5', pax: { path: latin('.wh.\xe9') } }])
      const { image } = await squashed(dockerArchive({ layers: [lower, upper], history: [{}, {}] }))
      expect((await listed(image))[0]!.filter((line) => line.startsWith('file'))).to.have.lengthOf(3)
      const [bytes] = await stored(image)
      expect(bytes!.includes(latin('11 path=\xe9\xff\n'))).to.equal(true)
    })

    it('a mark on the root, over layers that stay', async () => {
      const lower = tar([
        { name: 'a', data: 'lower' },
        { name: 'b/c', data: 'lower' },
      ])
      const image = { layers: [lower, tar([{ name: 'n', data: 'new' }, { name: '.wh..wh..opq' }])], history: [{}, {}] }
      const { image: flat } = await squashed(dockerArchive(image), { fromRow: 1 })
      expect((await listed(flat))[1]).to.deep.equal(['opaque /', 'file /n'])
    })

    it('a tar that ends with the last byte of a file', async () => {
      const lower = tar([{ name: 'a', data: 'lower' }]).subarray(0, 512 + 5)
      const { output } = await squashed(dockerArchive({ layers: [lower, tar([{ name: 'b', data: 'upper' }])] }))
      const [layer] = await stored(await opened(output))
      const wanted = tar([
        { name: 'a', data: 'lower' },
        { name: 'b', data: 'upper' },
      ])
      expect(layer!.equals(wanted)).to.equal(true)
    })

    it('a folder that no tar names and that is empty in the end', async () => {
      const inside = tar([{ name: 'f/g/h', data: 'new' }])
      const cases: readonly (readonly [lower: Member, written: readonly string[]])[] = [
        [{ name: 'f', data: 'lower' }, ['dir /f']],
        [{ name: 'f', type: '2', link: 'g' }, ['dir /f']],
        [{ name: 'a' }, ['dir /f']],
        [{ name: 'f/', type: '5' }, []],
      ]
      for (const [lower, written] of cases) {
        const stack = [tar([lower]), inside, tar([{ name: 'f/.wh.g' }])]
        const { image } = await squashed(dockerArchive({ layers: stack, history: [{}, {}, {}] }), { fromRow: 1 })
        expect(
          (await listed(image))[1]!.filter((line) => line !== 'whiteout /f/g'),
          lower.name + lower.type,
        ).to.deep.equal(written)
      }
      const below = tar([{ name: 'p/f/a' }, { name: 'p/b' }])
      const upper = [tar([{ name: 'p/.wh..wh..opq' }, { name: 'p/f/g/h' }]), tar([{ name: 'p/f/.wh.g' }])]
      const image = dockerArchive({ layers: [below, ...upper], history: [{}, {}, {}] })
      const { image: flat } = await squashed(image, { fromRow: 1 })
      expect((await listed(flat))[1]).to.deep.equal(['opaque /p', 'dir /p/f'])
    })

    it('a link to what only a layer that stays has, and a later one hides', async () => {
      for (const packed of [false, true]) {
        const all = [
          tar([{ name: 'a', data: 'lower' }]),
          tar([
            { name: 'b', type: '1', link: 'a' },
            { name: 'c', type: '1', link: 'a' },
          ]),
          tar([{ name: 'a', data: 'upper' }]),
        ]
        const image: Made = {
          layers: packed ? all.map((one) => gzipSync(one)) : all,
          plain: all,
          history: [{}, {}, {}],
        }
        const { image: flat } = await squashed(dockerArchive(image), { fromRow: 1 })
        const layers = await stored(flat)
        expect(Object.fromEntries(merged(layers))).to.deep.equal({
          a: `file ${Buffer.from('upper').toString('hex')}`,
          b: `file ${Buffer.from('lower').toString('hex')}`,
          c: `file ${Buffer.from('lower').toString('hex')}`,
        })
        expect((await listed(flat))[1]).to.deep.equal(['file /a', 'file /b', 'hardlink /c -> /b'])
      }
    })
  })

  it('writes nothing when what it copies is not what it was', async () => {
    const lower = tar([{ name: 'a', data: 'lower '.repeat(100) }])
    const upper = tar([{ name: 'b', data: 'upper '.repeat(100) }])
    const whole = dockerArchive({ layers: [lower, upper], history: [{}, {}] })
    for (const [word, fromRow] of [
      ['lower', 0],
      ['upper', 0],
      ['lower', 1],
      ['upper', 1],
    ] as const) {
      const data = Buffer.from(whole)
      data[data.indexOf(`${word} ${word}`)]! ^= 1
      const output = join(directory, `broken${serial++}`)
      const error = (await squashed(data, { output, fromRow }).catch((e: unknown) => e)) as Error
      expect(error, word).to.be.instanceOf(UserError)
      expect(error.message, word).to.match(/layer\.tar: its content does not match its digest/)
      expect(existsSync(output)).to.equal(false)
    }
  })

  // The library compares the files of both itself, and throws where they differ; their bytes are compared here.
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
          const { image } = await squashed(data, { fromRow })
          const shown = (layers: readonly Uint8Array[]) => Object.fromEntries(merged(layers))
          expect(shown(await stored(image)), `seed ${first}`).to.deep.equal(shown(all))
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
