import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { UserError } from '../../../lib/error.ts'
import { type ReadOptions, readLayers } from '../../../lib/image/layers.ts'
import { openImage } from '../../../lib/image/open.ts'
import type { StoredImage } from '../../../lib/image/stored.ts'
import type { Platform } from '../../../lib/model.ts'
import { configOf, dockerArchive, dockerMembers, type Made, ociArchive, ociMembers, sha256 } from '../../tools/image.ts'
import { type Member, tar } from '../../tools/tar.ts'

const amd64: Platform = { os: 'linux', arch: 'amd64', variant: '' }

const base = tar([
  { name: 'etc/', type: '5' },
  { name: 'etc/a', data: 'one' },
  { name: 'etc/b', data: 'same' },
])
const next = tar([
  { name: 'etc/a', data: 'two' },
  { name: 'etc/.wh.b' },
  { name: 'd/.wh..wh..opq' },
  { name: 'c', type: '1', link: 'etc/a' },
])
const history = [
  { created: '2026-01-02T03:04:05Z', created_by: 'base', comment: 'Imported from -' },
  { created_by: 'ENV A=1', empty_layer: true, author: 'me' },
  { created_by: 'RUN x' },
]
const made: Made = { layers: [base, next], history, config: { Env: ['A=1'], Cmd: null, Labels: {} }, tags: ['t:1'] }

describe('openImage', () => {
  let directory = ''
  let open: StoredImage[] = []
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'open-'))
  })
  afterEach(() => {
    for (const image of open) image.close()
    open = []
  })
  after(() => rmSync(directory, { recursive: true }))

  let serial = 0
  const written = (data: Buffer): string => {
    const path = join(directory, `${serial++}.tar`)
    writeFileSync(path, data)
    return path
  }
  const laid = (members: readonly Member[]): string => {
    const path = join(directory, `${serial++}.oci`)
    for (const { name, data } of members) {
      if (data === undefined) continue
      mkdirSync(dirname(join(path, name)), { recursive: true })
      writeFileSync(join(path, name), data)
    }
    return path
  }
  const opened = async (text: string, platform = amd64): Promise<StoredImage> => {
    const [, place = text, pick] = /^(.*\.(?:tar|oci)):(.*)$/.exec(text) ?? []
    const image = await openImage({ transport: 'archive', place, pick, path: text }, platform)
    open.push(image)
    return image
  }
  const refusal = async (text: string, options?: ReadOptions): Promise<string> => {
    try {
      const image = await opened(text)
      if (options !== undefined) await readLayers(image, options)
    } catch (error) {
      if (error instanceof UserError) return `${error.message} (${error.hint ?? ''})`
      throw error
    }
    return 'none'
  }

  const packed: Made = { ...made, layers: [gzipSync(base), gzipSync(next)], plain: [base, next] }
  const forms: readonly (readonly [form: string, path: () => string])[] = [
    ['a docker archive', () => written(dockerArchive(made))],
    ['one with compressed layers', () => written(dockerArchive(packed))],
    ['one that is compressed as a whole', () => written(gzipSync(dockerArchive(made)))],
    ['one without an end mark', () => written(dockerArchive(made).subarray(0, -1024))],
    ['an OCI archive', () => written(ociArchive([made]))],
    ['an OCI archive, compressed inside and out', () => written(gzipSync(ociArchive([packed])))],
    ['an OCI layout', () => laid(ociMembers([made]))],
    ['both views at once', () => written(tar([...ociMembers([made]), ...dockerMembers([made])]))],
    [
      'an index within the index',
      () =>
        written(
          ociArchive([{ ...made, platform: { os: 'linux', architecture: 'amd64' } }], {
            index: true,
            attestation: true,
          }),
        ),
    ],
  ]
  for (const [form, path] of forms) {
    it(`reads ${form}`, async () => {
      const image = await opened(path())
      expect(image.rows.map((r) => [r.createdBy, r.comment, r.author, r.emptyLayer, r.layer, r.created])).to.deep.equal(
        [
          ['base', 'Imported from -', '', false, 0, '2026-01-02T03:04:05Z'],
          ['ENV A=1', '', 'me', true, null, null],
          ['RUN x', '', '', false, 1, null],
        ],
      )
      expect(image.config).to.deep.equal({ Env: ['A=1'] })
      expect(image.platform).to.deep.equal(amd64)
      expect(image.problems).to.deep.equal([])
      expect(image.layers.map((l) => l.row)).to.deep.equal([0, 2])
      for (const verify of [false, true]) {
        const layers = await readLayers(image, { contents: 'twins', verify })
        expect(layers.map((l) => l?.entries.map((e) => `${e.type} ${e.path} ${e.size.bytes}`))).to.deep.equal([
          ['dir /etc 0', 'file /etc/a 3', 'file /etc/b 4'],
          ['file /etc/a 3', 'whiteout /etc/b 0', 'opaque /d 0', 'hardlink /c 0'],
        ])
        expect(layers.map((l) => l?.tarBytes)).to.deep.equal([base.length, next.length])
        const [one, two] = layers.map((l) => l?.entries.find((e) => e.path === '/etc/a')?.content)
        // What begins differently need not be read.
        expect(one ?? 'one').to.not.equal(two ?? 'two')
      }
    })
  }

  it('knows equal content, and asks for none that cannot matter', async () => {
    const lower = tar([
      { name: 'a', data: 'same' },
      { name: 'b', data: 'other' },
      { name: 'x', data: 'same' },
    ])
    const upper = tar([
      { name: 'a', data: 'same', mode: 0o755 },
      { name: 'b', data: 'longer than other' },
    ])
    const image = await opened(written(dockerArchive({ layers: [lower, upper] })))
    const known = async (contents: ReadOptions['contents']) =>
      (await readLayers(image, { contents, verify: false })).map((l) =>
        l!.entries.filter((e) => e.content !== undefined).map((e) => e.path),
      )
    expect(await known('none')).to.deep.equal([[], []])
    expect(await known('twins')).to.deep.equal([['/a', '/x'], ['/a']])
    const [one, two] = await readLayers(image, { contents: 'twins', verify: false })
    expect(one!.entries[0]!.content).to.equal(two!.entries[0]!.content)
  })

  it('looks for twins with hardly more reads than the headers take', async () => {
    const members = Array.from({ length: 200 }, (_, i) => [
      { name: `short-${i}`, data: `${i} `.repeat(600).slice(0, 2000 + i) },
      { name: `long-${i}`, data: `${i} `.repeat(9000).slice(0, 20_000 + i) },
    ])
    const image = await opened(written(dockerArchive({ layers: [tar(members.flat())] })))
    let reads = 0
    const layers = image.layers.map(({ blob, ...layer }) => ({
      ...layer,
      blob: {
        ...blob,
        open: async () => {
          const source = await blob.open!()
          const read = (from: number, into: Uint8Array): number => {
            reads++
            return source.read(from, into)
          }
          return { name: source.name, bytes: source.bytes, read, close: () => source.close() }
        },
      },
    }))
    for (const contents of ['none', 'twins'] as const) {
      reads = 0
      await readLayers({ ...image, layers }, { contents, verify: false })
      expect(reads, contents).to.be.below(205)
    }
  })

  it('reads a repeated layer that is a link', async () => {
    const image = await opened(written(dockerArchive({ layers: [base, next, base], history: [{}, {}, {}] })))
    expect((await readLayers(image, { contents: 'none', verify: true })).map((l) => l?.entries.length)).to.deep.equal([
      3, 4, 3,
    ])
  })

  describe('histories that do not fit', () => {
    const rowsOf = async (rows: readonly object[] | undefined) => {
      const image = await opened(
        written(dockerArchive({ layers: [base, next], ...(rows === undefined ? {} : { history: rows }) })),
      )
      return { rows: image.rows.map((r) => [r.createdBy, r.layer]), says: image.problems.map((p) => p.message) }
    }
    it('none at all', async () => {
      const { rows, says } = await rowsOf(undefined)
      expect(rows).to.deep.equal([
        ['(no history)', 0],
        ['(no history)', 1],
      ])
      expect(says).to.have.lengthOf(1)
    })
    it('too short', async () => {
      const { rows, says } = await rowsOf([{ created_by: 'a' }, { created_by: 'b', empty_layer: true }])
      expect(rows).to.deep.equal([
        ['a', 0],
        ['b', null],
        ['(no history)', 1],
      ])
      expect(says[0]).to.match(/ends before the layers do; 1/)
    })
    it('too long', async () => {
      const { rows, says } = await rowsOf([{ created_by: 'a' }, { created_by: 'b' }, { created_by: 'c' }])
      expect(rows).to.deep.equal([
        ['a', 0],
        ['b', 1],
        ['c', null],
      ])
      expect(says[0]).to.match(/1 more rows/)
    })
    it('not made of rows', async () => {
      const { rows } = await rowsOf([null as never, 'x' as never])
      expect(rows).to.deep.equal([
        ['', 0],
        ['', 1],
      ])
    })
  })

  describe('several images', () => {
    const other: Made = { layers: [base], history: [{ created_by: 'other' }], tags: ['docker.io/library/u:latest'] }
    for (const [form, data] of [
      ['docker', dockerArchive(made, other)],
      ['oci', ociArchive([made, other])],
    ] as const) {
      it(`of a ${form} archive, by name and number`, async () => {
        const path = written(data)
        for (const which of ['t:1', '@0'])
          expect((await opened(`${path}:${which}`)).rows[0]!.createdBy).to.equal('base')
        for (const which of ['u', 'u:latest', 'docker.io/library/u:latest', '@1']) {
          expect((await opened(`${path}:${which}`)).rows[0]!.createdBy, which).to.equal('other')
        }
        expect(await refusal(path)).to.match(/holds 2 images: t:1, docker.io\/library\/u:latest \(say which: .*:t:1\)/)
        expect(await refusal(`${path}:v`)).to.match(/no image v in it \(there is t:1/)
        expect(await refusal(`${path}:@2`)).to.match(/no image @2/)
      })
    }
  })

  describe('several platforms', () => {
    const on = (architecture: string, variant?: string): Made => ({
      layers: [base],
      history: [{ created_by: architecture + (variant ?? '') }],
      platform: { os: 'linux', architecture, ...(variant === undefined ? {} : { variant }) },
    })
    const all = [on('amd64'), on('arm64', 'v8'), on('arm', 'v6'), on('arm', 'v5')]
    const cases: readonly (readonly [platform: Platform, row: string])[] = [
      [amd64, 'amd64'],
      [{ os: 'linux', arch: 'arm64', variant: '' }, 'arm64v8'],
      [{ os: 'linux', arch: 'arm', variant: 'v7' }, 'armv6'],
      [{ os: 'linux', arch: 'arm', variant: 'v5' }, 'armv5'],
    ]
    for (const index of [true, false]) {
      for (const [platform, row] of cases) {
        it(`finds ${row}${index ? ' in an inner index' : ''}`, async () => {
          const image = await opened(written(ociArchive(all, { index, attestation: true })), platform)
          expect(image.rows[0]!.createdBy).to.equal(row)
        })
      }
    }
    it('says which there are', async () => {
      const error = await opened(written(ociArchive(all)), { os: 'linux', arch: 's390x', variant: '' }).catch(
        (e: UserError) => e,
      )
      expect(error)
        .to.be.instanceOf(UserError)
        .with.property('hint', 'there is linux/amd64, linux/arm64, linux/arm/v6, linux/arm/v5')
    })
    it('takes the only one, and says so', async () => {
      const image = await opened(written(ociArchive([on('s390x')])))
      expect(image.problems[0]!.message).to.match(/only image is for linux\/s390x/)
      const saved = await opened(written(dockerArchive(on('s390x'))))
      expect(saved.problems).to.deep.equal([
        { severity: 'warning', message: 'the image is for linux/s390x, not for linux/amd64' },
      ])
      expect((await opened(written(dockerArchive(on('amd64'))))).problems).to.deep.equal([])
    })
  })

  it('reads an archive from before image configs', async () => {
    const ids = ['a', 'b'].map((c) => c.repeat(64))
    const json = (id: string, more: object): Member => ({ name: `${id}/json`, data: JSON.stringify({ id, ...more }) })
    const image = await opened(
      written(
        tar([
          json(ids[1]!, {
            parent: ids[0],
            container_config: { Cmd: ['/bin/sh', '-c', 'x'] },
            config: { Env: ['A=1'] },
            os: 'linux',
            architecture: 'amd64',
          }),
          { name: `${ids[1]}/layer.tar`, data: next },
          json(ids[0]!, { comment: 'Imported from -' }),
          { name: `${ids[0]}/layer.tar`, data: base },
          { name: 'repositories', data: JSON.stringify({ t: { old: ids[1] } }) },
        ]),
      ),
    )
    expect(image.rows.map((r) => [r.createdBy, r.comment, r.layer])).to.deep.equal([
      ['', 'Imported from -', 0],
      ['/bin/sh -c x', '', 1],
    ])
    expect(image.config).to.deep.equal({ Env: ['A=1'] })
    expect(image.tags).to.deep.equal(['t:old'])
  })

  it('says that a layer is missing, and reads the rest', async () => {
    const members = ociMembers([made]).filter(({ name }) => name !== `blobs/sha256/${sha256(base)}`)
    const image = await opened(laid(members))
    expect(image.problems[0]!.message).to.match(/layer sha256:.* is not there/)
    expect((await readLayers(image, { contents: 'twins', verify: true })).map((l) => l?.entries.length)).to.deep.equal([
      undefined,
      4,
    ])
  })

  describe('refuses with one clear error', () => {
    const config = configOf(made)
    const docker = (manifest: unknown, ...more: Member[]): Buffer =>
      tar([{ name: 'manifest.json', data: JSON.stringify(manifest) }, ...more])
    const cases: readonly (readonly [what: string, data: Buffer, says: RegExp])[] = [
      ['an empty file', Buffer.alloc(0), /neither a tar/],
      ['a Dockerfile', Buffer.from('FROM alpine:3.20\n'.repeat(100)), /neither a tar/],
      [
        'an exported file system',
        tar([
          { name: 'etc/', type: '5' },
          { name: 'etc/passwd', data: 'x' },
        ]),
        /without a history/,
      ],
      ['any other tar', tar([{ name: 'x', data: 'y' }]), /no manifest.json/],
      ['a manifest that is no JSON', tar([{ name: 'manifest.json', data: '[{' }]), /not JSON/],
      ['a manifest that is no list', docker({}), /not a list/],
      ['a manifest without images', docker([]), /no image in it/],
      ['a manifest without a config', docker([{ Layers: [] }]), /no config/],
      ['a config that is missing', docker([{ Config: 'x.json', Layers: [] }]), /x.json is not in the archive/],
      ['a config outside', docker([{ Config: '../../etc/passwd', Layers: [] }]), /is not in the archive/],
      [
        'a config that was changed',
        docker([{ Config: `${'0'.repeat(64)}.json`, Layers: [] }], { name: `${'0'.repeat(64)}.json`, data: config }),
        /does not match its digest/,
      ],
      [
        'too many layers',
        docker([{ Config: 'c.json', Layers: Array(2001).fill('x') }], { name: 'c.json', data: config }),
        /2001 layers/,
      ],
      ['a name that climbs', tar([{ name: '../x', data: 'y' }]), /climbs out/],
      [
        'an artifact',
        ociArchive([made], {
          manifest: {
            artifactType: 'application/vnd.x',
            config: {
              mediaType: 'application/vnd.oci.empty.v1+json',
              digest: `sha256:${sha256(Buffer.from('{}'))}`,
              size: 2,
            },
            layers: [],
          },
        }),
        /artifact of type application\/vnd.x/,
      ],
      [
        'a digest that is a path',
        tar([{ name: 'index.json', data: '{"manifests":[{"digest":"sha256:../../x"}]}' }]),
        /a digest that is none/,
      ],
      [
        'a manifest that is not there',
        tar([{ name: 'index.json', data: JSON.stringify({ manifests: [{ digest: `sha256:${'1'.repeat(64)}` }] }) }]),
        /is not there/,
      ],
      ['an index without images', tar([{ name: 'index.json', data: '{"manifests":null}' }]), /no image in it/],
    ]
    for (const [what, data, says] of cases) it(what, async () => expect(await refusal(written(data))).to.match(says))

    it('a file that is not there', async () =>
      expect(await refusal(join(directory, 'none.tar'))).to.match(/no such file/))

    const changed = (members: readonly Member[], layer: Buffer, by: Buffer): Buffer =>
      tar(members.map((m) => (Buffer.isBuffer(m.data) && m.data.equals(layer) ? { ...m, data: by } : m)))
    const other = Buffer.from(base)
    other[1024] = 0x7a

    it('a layer of another length', async () => {
      expect(await refusal(written(changed(ociMembers([made]), base, base.subarray(0, 1024))))).to.match(
        /the manifest says/,
      )
    })
    it('a layer that was changed', async () => {
      for (const members of [dockerMembers([made]), ociMembers([made])]) {
        expect(await refusal(written(changed(members, base, other)), { contents: 'none', verify: true })).to.match(
          /does not match its digest/,
        )
      }
    })
    it('a compressed layer that was changed', async () => {
      const bad = Buffer.from(packed.layers[0]!)
      bad[9]! ^= 1 // the byte that names the operating system; gzip does not check it
      expect(
        await refusal(written(changed(ociMembers([packed]), packed.layers[0]!, bad)), {
          contents: 'none',
          verify: false,
        }),
      ).to.match(/does not match/)
    })
    it('a layer with a name that climbs, or a hard link that does', async () => {
      for (const one of [
        { name: 'a/../../b', data: 'x' },
        { name: 'b', type: '1', link: '../../etc/passwd' },
      ]) {
        const path = written(dockerArchive({ layers: [tar([one])] }))
        expect(await refusal(path, { contents: 'none', verify: false })).to.match(/climbs out of the root/)
      }
    })
    it('a layer that is no tar', async () => {
      const path = written(dockerArchive({ layers: [Buffer.from('no tar'.repeat(200))] }))
      expect(await refusal(path, { contents: 'none', verify: false })).to.match(/not a readable tar/)
    })
  })

  it('refuses an archive cut at any block, or reads it whole', async () => {
    const whole = dockerArchive(made)
    const path = written(whole)
    for (let cut = 0; cut < whole.length; cut += 512) {
      writeFileSync(path, whole.subarray(0, cut))
      const outcome = await refusal(path, { contents: 'twins', verify: false })
      if (outcome === 'none') expect(cut).to.be.at.least(whole.length - 1536)
    }
  })

  it('survives flipped bits', async () => {
    for (const whole of [dockerArchive(made), ociArchive([packed])]) {
      const path = written(whole)
      let seed = 11
      const random = (below: number): number => {
        seed = (seed * 48271) % 2147483647
        return seed % below
      }
      for (let round = 0; round < 150; round++) {
        const broken = Buffer.from(whole)
        broken[random(broken.length)]! ^= 1 << random(8)
        writeFileSync(path, broken)
        await refusal(path, { contents: 'twins', verify: true })
      }
    }
  })

  it('takes a sparse claim of 8 GB for what it is', async () => {
    const layer = tar([
      { name: 'a', pax: { 'GNU.sparse.size': '8589934592' }, data: 'x' },
      { name: 'b', type: 'S', magic: 'gnu', data: 'y', touch: (b) => b.write('77777777777\0', 483, 'latin1') },
    ])
    const image = await opened(written(dockerArchive({ layers: [layer, layer] })))
    const layers = await readLayers(image, { contents: 'twins', verify: false })
    expect(layers[0]!.entries.map((e) => [e.size.bytes, e.content?.slice(0, 7)])).to.deep.equal([
      [8589934592, undefined],
      [8589934591, 'sparse:'],
    ])
  })
})
