import { expect } from 'chai'
import { baseOf, readDocument } from '../../../lib/bases/documents.ts'
import { UserError } from '../../../lib/error.ts'

const amd64 = { os: 'linux', arch: 'amd64', variant: '' }
const diffId = (digit: string) => `sha256:${digit.repeat(64)}`

const ociConfig = {
  architecture: 'arm64',
  variant: 'v8',
  os: 'linux',
  author: 'me',
  created: '2026-01-02T00:00:00Z',
  config: { Env: ['A=1'], Cmd: null, User: '' },
  rootfs: { type: 'layers', diff_ids: [diffId('a')] },
  history: [
    { created_by: 'COPY a /', created: '2026-01-01T00:00:00Z' },
    { created_by: 'ENV A=1', empty_layer: true },
  ],
}

const inspected = [
  {
    Id: diffId('0'),
    RepoTags: ['app:1'],
    Created: '2026-01-02T00:00:00Z',
    Architecture: 'amd64',
    Os: 'linux',
    Size: 4711,
    Config: { Env: ['A=1'], Entrypoint: ['/e'] },
    RootFS: { Type: 'layers', Layers: [diffId('a')] },
  },
]

const history = {
  schema: 'stratigraph/history@1',
  subject: { kind: 'dockerfile', path: 'Dockerfile', platform: 'linux/arm64' },
  builder: { name: 'buildkit', sizeModel: 'buildkit' },
  rows: [
    {
      createdBy: 'COPY . /app # buildkit',
      comment: 'buildkit.dockerfile.v0',
      author: '',
      emptyLayer: false,
      created: null,
      layer: 0,
      size: { bytes: 12, low: 12, high: 12, basis: 'exact', source: 'build context' },
      unpredictable: [],
      origin: { from: 'dockerfile', path: 'Dockerfile', line: 1, endLine: 1, instruction: 'COPY', stage: '' },
    },
    { createdBy: 'RUN x', emptyLayer: null, size: { bytes: null, low: 5, high: null, basis: 'unknown', source: 'x' } },
  ],
  layers: 1,
  author: '',
  config: { Cmd: ['x'] },
  diagnostics: [],
}

const base = {
  schema: 'stratigraph/base@1',
  name: 'app:1',
  date: '2026-11-20',
  rows: [
    { createdBy: 'A', sizes: { classic: 15, podman: 2048 } },
    { createdBy: 'ENV B=1', emptyLayer: true },
  ],
  config: { Env: ['B=1'] },
  os: { id: 'debian', codename: 'bookworm', slim: true },
  packages: { apt: { version: '2.6.1' } },
  accounts: { users: { app: [1, 2] }, groups: { app: 2 } },
  files: { '/a': { bytes: 10, mode: '0644', layer: 0 }, '/b': { link: 'a/b/c', layer: 0 }, '/c': { dir: true } },
  complete: true,
}

describe('readDocument', () => {
  it('reads an image config', () => {
    const { image, date, problems } = readDocument(ociConfig, 'c.json')
    expect(image.rows.map((row) => [row.createdBy, row.emptyLayer, row.layer])).to.deep.equal([
      ['COPY a /', false, 0],
      ['ENV A=1', true, null],
    ])
    expect(image.config).to.deep.equal({ Env: ['A=1'] })
    expect(image.platform.arch).to.equal('arm64')
    expect(image.layers[0]?.diffId).to.equal(diffId('a'))
    expect(image.layers[0]?.size.basis).to.equal('unknown')
    expect([image.author, date, problems.length]).to.deep.equal(['me', '2026-01-02T00:00:00Z', 0])
  })

  it('reads what docker image inspect prints', () => {
    const { image, name, problems } = readDocument(inspected, 'i.json')
    expect(name).to.equal('app:1')
    expect(image.config).to.deep.equal({ Env: ['A=1'], Entrypoint: ['/e'] })
    expect(image.rows.length).to.equal(1)
    expect(image.rows[0]?.sizes).to.deep.equal({ classic: 4711 })
    expect(problems.map((problem) => problem.message).join()).to.contain('no history')
  })

  it('reads what podman image inspect prints', () => {
    const { image, problems } = readDocument([{ ...inspected[0], History: ociConfig.history }], 'i.json')
    expect(image.rows.map((row) => row.createdBy)).to.deep.equal(['COPY a /', 'ENV A=1'])
    expect(image.rows[0]?.sizes).to.deep.equal({ podman: 4711 })
    expect(problems).to.deep.equal([])
  })

  it('reads a history', () => {
    const { image } = readDocument(history, 'h.json')
    expect(image.platform).to.deep.equal({ os: 'linux', arch: 'arm64', variant: '' })
    expect(image.rows[0]).to.deep.include({ layer: 0, sizes: { buildkit: 12 }, comment: 'buildkit.dockerfile.v0' })
    expect(image.rows[1]).to.deep.include({ layer: null, emptyLayer: null })
    expect(image.rows[1]?.size).to.deep.include({ bytes: null, low: 5, high: null, basis: 'unknown' })
    expect(image.layers.length).to.equal(1)
  })

  it('reads a base', () => {
    const { image, name, date } = readDocument(base, 'b.json')
    expect([name, date]).to.deep.equal(['app:1', '2026-11-20'])
    expect(image.platform).to.deep.equal(amd64)
    expect(image.rows[0]).to.deep.include({ emptyLayer: false, layer: 0 })
    expect(image.rows[0]?.size.bytes).to.equal(15)
    expect(image.facts.files?.['/a']).to.deep.equal({ bytes: 10, mode: '0644', layer: 0 })
    expect(image.facts.accounts?.users).to.deep.equal({ app: [1, 2] })
    expect(image.facts.complete).to.equal(true)
    expect(image.layers[0]?.entries.map((entry) => [entry.path, entry.type])).to.deep.equal([
      ['/a', 'file'],
      ['/b', 'symlink'],
      ['/c', 'dir'],
    ])
    expect(image.layers[0]?.complete).to.equal(true)
  })

  it('takes files as they stand, without a copy', () => {
    const { image } = readDocument(base, 'b.json')
    expect(image.facts.files).to.equal(base.files)
  })

  it('a layer is whole when its files weigh what it weighs', () => {
    const complete = (classic: number) =>
      readDocument({ ...base, complete: false, rows: [{ createdBy: 'A', sizes: { classic } }] }, 'b.json').image
        .layers[0]?.complete
    expect(complete(15)).to.equal(true) // 10 bytes and a target of 5
    expect(complete(16)).to.equal(false)
  })

  it('gives something to build on', () => {
    const read = baseOf('app:1', readDocument(base, 'b.json'))
    expect(read.rows[0]?.origin).to.deep.equal({ from: 'base', image: 'app:1' })
    expect(read.date).to.equal('2026-11-20')
    expect(read.nearest).to.equal(undefined)
  })

  const wrong: readonly (readonly [what: string, value: unknown, message: RegExp])[] = [
    ['a list of none', [], /^x\.json: no image in it/],
    ['a list of two', [inspected[0], inspected[0]], /^x\.json: 2 images in it/],
    ['a text', 'x', /^x\.json: not an object/],
    ['null', null, /^x\.json: not an object/],
    ['a list in a list', [[[]]], /no image in it/],
    ['another document', { schema: 'stratigraph/waste@1' }, /stratigraph\/waste@1 does not tell of an image/],
    ['a manifest', { schemaVersion: 2, layers: [] }, /a manifest/],
    ['anything else', { name: 'npm-package' }, /nothing in it that tells of an image/],
    ['rows that are none', { ...base, rows: 3 }, /^x\.json: rows: /],
    ['a row without text', { ...base, rows: [{}] }, /^x\.json: rows\[0\]\.createdBy: /],
    [
      'a size that is none',
      { ...base, rows: [{ createdBy: '', sizes: { classic: -1 } }] },
      /rows\[0\]\.sizes\.classic/,
    ],
    ['a model that is none', { ...base, rows: [{ createdBy: '', sizes: { zfs: 1 } }] }, /rows\[0\]\.sizes\.zfs/],
    ['a relative path', { ...base, files: { a: {} } }, /files\.a: must begin with \//],
    ['files that are a list', { ...base, files: [] }, /^x\.json: files: must be an object$/],
    ['a file that is none', { ...base, files: { '/a': {}, '/b': 3 } }, /^x\.json: files\.\/b: Invalid type/],
    [
      'a mode that is none',
      { ...base, files: { '/a': { mode: 'rwx', layer: -1 } } },
      /files\.\/a\.mode: must be octal digits \(and 1 more\)/,
    ],
    [
      'a refused build',
      { ...history, refused: { message: 'unknown instruction', line: 1 } },
      /refused: unknown instruction/,
    ],
  ]
  for (const [what, value, message] of wrong)
    it(`refuses ${what}`, () => expect(() => readDocument(value, 'x.json')).to.throw(UserError, message))
})
