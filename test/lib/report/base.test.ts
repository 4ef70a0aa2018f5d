import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { catalogue } from '../../../lib/bases/catalogue.ts'
import { baseOf, readDocument } from '../../../lib/bases/documents.ts'
import type { Base, Entry, Image } from '../../../lib/model.ts'
import { baseDocument, baseJson } from '../../../lib/report/base.ts'
import { exact } from '../../../lib/size.ts'
import { truthBase, truthRunBase } from '../../tools/truth-bases.ts'

const platform = { os: 'linux', arch: 'amd64', variant: '' }
const imageOf = ({ rows, layers = [], config, author, facts }: Base): Image => ({
  rows,
  layers,
  config,
  author,
  platform,
  facts,
})

const there = (base: Base, about: { name: string; date?: string }): Base => {
  const document: unknown = JSON.parse(JSON.stringify(baseDocument(imageOf(base), about)))
  return baseOf(base.ref, readDocument(document, 'base.json'))
}

describe('baseDocument', () => {
  for (const ref of ['busybox:local', 'rich:local', 'onbuild:local'])
    it(`${ref} comes back as it went`, function () {
      const base = truthBase(ref)
      if (base === undefined) return this.skip()
      const back = there(base, { name: ref })
      expect(back.rows.map(({ size: _, ...row }) => row)).to.deep.equal(base.rows.map(({ size: _, ...row }) => row))
      expect(back.rows.map((row) => row.size.bytes)).to.deep.equal(base.rows.map((row) => row.size.bytes))
      expect(back.config).to.deep.equal(base.config)
      expect(back.facts).to.deep.equal(base.facts)
      expect(back.layers?.[0]?.complete).to.equal(true)
      expect(back.layers?.[0]?.entries.length).to.equal(base.layers?.[0]?.entries.length)
    })

  it('a stand-in of the recorded RUN builds comes back', function () {
    const base = truthRunBase('debian:bookworm-slim-local')
    if (base === undefined) return this.skip()
    const back = there(base, { name: base.ref, date: '2026-11-20' })
    expect(back.facts).to.deep.equal(base.facts)
    expect(back.rows[0]?.sizes).to.deep.equal(base.rows[0]?.sizes)
    expect(back.date).to.equal('2026-11-20')
  })

  it('an image of the catalogue comes back', () => {
    const base = catalogue('python:3.12-slim-bookworm', platform)!
    const back = there(base, { name: base.ref })
    expect(back.rows).to.deep.equal(base.rows.map((row) => ({ ...row, origin: { from: 'base', image: base.ref } })))
    expect(back.config).to.deep.equal(base.config)
    expect(back.facts).to.deep.equal(base.facts)
  })

  it('a device comes back as something of no bytes, and all is known of its layer', () => {
    const device = {
      path: '/dev/null',
      type: 'device',
      size: exact(0, 'test'),
      mode: 0o666,
      uid: 0,
      gid: 0,
      link: null,
    }
    const layers = [{ row: 0, complete: true, size: exact(0, 'test'), entries: [device as Entry] }]
    const row = {
      createdBy: '',
      comment: '',
      author: '',
      emptyLayer: false,
      created: null,
      layer: 0,
      unpredictable: [],
    }
    const rows = [{ ...row, size: exact(0, 'test'), origin: { from: 'image' } } as const]
    const image = { rows, layers, config: {}, author: '', platform, facts: { complete: true } }
    const back = baseOf('x', readDocument(JSON.parse([...baseJson(image, { name: 'x' })].join('')), 'base.json'))
    expect(back.layers?.[0]?.entries.at(-1)).to.deep.include({ path: '/dev/null', size: exact(0, 'base document') })
  })

  it('is the same in pieces', () => {
    const file = { type: 'file', size: exact(3, 'test'), mode: 0o644, uid: 0, gid: 0, link: null } as const
    const entries = Array.from({ length: 2000 }, (_, i) => ({ ...file, path: `/"${i}` }))
    const layer = { row: 0, complete: true, size: exact(6000, 'test') }
    for (const layers of [[], [{ ...layer, entries }], [{ ...layer, entries, complete: false }]]) {
      const image = { rows: [], layers, config: { Env: ['A=1'] }, author: 'x', platform, facts: { complete: false } }
      const pieces = [...baseJson(image, { name: 'x' })]
      expect(pieces.join('')).to.equal(`${JSON.stringify(baseDocument(image, { name: 'x' }), null, 1)}\n`)
      expect(pieces.length > 1).to.equal(layers.length > 0)
    }
  })

  it('the schema names what is written', () => {
    const root = join(import.meta.dirname, '..', '..', '..', '..')
    const schema = JSON.parse(readFileSync(join(root, 'lib', 'report', 'schemas', 'base.schema.json'), 'utf8')) as {
      properties: Record<string, unknown>
      $defs: { row: { properties: Record<string, unknown> } }
    }
    const base = catalogue('debian:bookworm-slim', platform)!
    const document = baseDocument(imageOf(base), { name: 'x' })
    expect(Object.keys(schema.properties)).to.include.members(Object.keys(document))
    expect(Object.keys(schema.$defs.row.properties)).to.include.members(Object.keys(document.rows[0] ?? {}))
  })
})
