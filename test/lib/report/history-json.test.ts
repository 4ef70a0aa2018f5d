import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import type { Image, Row } from '../../../lib/model.ts'
import { type History, historyDocument, historyJson } from '../../../lib/report/history-json.ts'
import { about, exact, unknown, zero } from '../../../lib/size.ts'
import { root } from '../../tools/truth.ts'

const schema = JSON.parse(readFileSync(join(root, 'lib/report/schemas/history.schema.json'), 'utf8')) as object
const valid = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema)

const row = (more: Partial<Row>): Row => ({
  createdBy: 'COPY . /app # buildkit',
  comment: 'buildkit.dockerfile.v0',
  author: '',
  emptyLayer: false,
  created: null,
  layer: 1,
  size: exact(312, 'build context'),
  unpredictable: [],
  origin: { from: 'dockerfile', path: 'Dockerfile', line: 3, endLine: 4, instruction: 'COPY', stage: 'final' },
  ...more,
})

const image: Image = {
  rows: [
    row({
      layer: 0,
      sizes: { classic: 1 },
      created: '2026-11-20T14:15:39Z',
      origin: { from: 'base', image: 'alpine:3.20' },
    }),
    row({}),
    row({ emptyLayer: null, layer: null, size: unknown('maybe'), unpredictable: ['createdBy', 'comment'] }),
    row({ emptyLayer: true, layer: null, size: zero }),
    row({ size: about(10, 5, 20, 'heuristic', 'rule of thumb'), origin: { from: 'image' } }),
  ],
  layers: [0, 1].map((row) => ({ row, entries: [], complete: true, size: zero })),
  config: {
    ArgsEscaped: true,
    Cmd: ['/bin/sh', '-c', '/app/hello.sh'],
    Env: ['PATH=/bin'],
    Labels: {},
    User: '',
    OnBuild: [],
    ExposedPorts: { '80/tcp': {} },
    Healthcheck: { Interval: 1_000_000_000, Test: ['NONE'], Retries: 0 },
  },
  author: 'me',
  platform: { os: 'linux', arch: 'amd64', variant: '' },
  facts: { complete: false },
}

const history: History = {
  subject: { kind: 'dockerfile', path: 'examples/hello/Dockerfile', target: 'final', platform: 'linux/amd64' },
  image,
  builder: { family: 'buildkit', version: '0.32', frontend: '1.26', labs: false, client: null, podman: null },
  sizeModel: 'buildkit',
  refused: null,
  diagnostics: [{ severity: 'warning', message: 'look', file: 'Dockerfile', line: 1, refuses: true }],
}

const cases: readonly (readonly [what: string, history: History])[] = [
  ['a prediction', history],
  ['a classic one', { ...history, builder: { ...history.builder!, family: 'classic', frontend: null } }],
  [
    'a refusal',
    { ...history, refused: { message: 'no', line: 4 }, image: { ...image, rows: [], layers: [], config: {} } },
  ],
  [
    'an image',
    { ...history, builder: null, subject: { kind: 'image', path: 'a.tar', platform: 'linux/arm/v7' }, diagnostics: [] },
  ],
]

describe('history as JSON', () => {
  for (const [what, one] of cases) {
    it(`${what} is as the schema says`, () => {
      const document: unknown = JSON.parse(historyJson(one))
      expect(valid(document), JSON.stringify(valid.errors)).to.equal(true)
      expect(document).to.deep.equal(historyDocument(one))
    })
  }

  it('holds what cli.md names, in its order, and nothing else', () => {
    const text = historyJson({ ...history, refused: { message: 'no', line: 4 } })
    const { rows, ...rest } = JSON.parse(text) as { readonly rows: readonly object[] }
    expect(Object.keys(JSON.parse(text) as object).join(' ')).to.equal(
      'schema subject builder rows layers size author config diagnostics refused',
    )
    expect(JSON.stringify(rows[0])).to.equal(
      '{"createdBy":"COPY . /app # buildkit","comment":"buildkit.dockerfile.v0","author":"","emptyLayer":false,"created":"2026-11-20T14:15:39Z","layer":0,' +
        '"size":{"bytes":312,"low":312,"high":312,"basis":"exact","source":"build context"},"unpredictable":[],"origin":{"from":"base","image":"alpine:3.20"}}',
    )
    expect(JSON.stringify(rest)).to.equal(
      '{"schema":"stratigraph/history@1","subject":{"kind":"dockerfile","path":"examples/hello/Dockerfile","target":"final","platform":"linux/amd64"},' +
        '"builder":{"name":"buildkit","version":"0.32","frontend":"1.26","sizeModel":"buildkit"},"layers":2,' +
        '"size":{"bytes":null,"low":629,"high":null,"basis":"unknown","source":"maybe"},"author":"me",' +
        '"config":{"Env":["PATH=/bin"],"Cmd":["/bin/sh","-c","/app/hello.sh"],"ExposedPorts":{"80/tcp":{}},"Healthcheck":{"Test":["NONE"],"Interval":1000000000},"ArgsEscaped":true},' +
        '"diagnostics":[{"severity":"warning","message":"look","file":"Dockerfile","line":1}],"refused":{"message":"no","line":4}}',
    )
  })

  it('the schema sees what is wrong', () => {
    const good = JSON.parse(historyJson(history)) as Record<string, unknown>
    expect(valid({ ...good, extra: 1 })).to.equal(false)
    expect(valid({ ...good, rows: [{}] })).to.equal(false)
    expect(valid({ ...good, builder: { name: 'kaniko' } })).to.equal(false)
  })
})
