/** `history` of images and documents, and predictions that stand on them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { run } from '../../cli/program.ts'
import { dockerArchive, ociMembers } from '../tools/image.ts'
import { tar } from '../tools/tar.ts'
import { folderWith } from './folder.ts'
import { recordedWorld } from './world.ts'

const history = [
  { created: '2026-11-01T12:00:00Z', created_by: 'ADD root / # buildkit', comment: 'buildkit.dockerfile.v0' },
  { created: '2026-11-01T12:00:00Z', created_by: 'ENV A=1', empty_layer: true },
  { created: '2026-11-01T12:00:01Z', created_by: 'RUN /bin/sh -c make # buildkit' },
]
const one = {
  layers: [tar([{ name: 'root', data: 'r'.repeat(1000) }]), tar([{ name: 'made', data: 'm'.repeat(234) }])],
  history,
  config: { Env: ['A=1'] },
  tags: ['company/built:1'],
}
const two = { ...one, tags: ['company/other:2'], history: [...history.slice(0, 2), { created_by: 'RUN other' }] }
const layout = Object.fromEntries(ociMembers([one]).map(({ name, data }) => [`layout/${name}`, data ?? '']))

const folder = folderWith({
  'image.tar': dockerArchive(one),
  'image.tar.gz': gzipSync(dockerArchive(one)),
  'both.tar': dockerArchive(one, two),
  ...layout,
  'same/Dockerfile': 'FROM scratch\nADD root /\nENV A=1\nRUN make\n',
  'same/root': 'r'.repeat(1000),
  'top/Dockerfile': 'FROM company/built:1\nENV TOP=1\n',
})

async function stratigraph(argv: string) {
  const world = recordedWorld(folder)
  const code = await run(argv.split(' '), world)
  return { code, out: world.printed(), err: world.complained() }
}

describe('history of an image', () => {
  const table = ['234\tRUN /bin/sh -c make # buildkit', '0\tENV A=1', '1000\tADD root / # buildkit', ''].join('\n')
  const cases: readonly (readonly [subject: string, kind: string])[] = [
    ['image.tar', 'docker-archive'],
    ['image.tar.gz', 'docker-archive'],
    ['docker-archive:image.tar:company/built:1', 'docker-archive'],
    ['both.tar:company/built:1', 'docker-archive'],
    ['both.tar:@0', 'docker-archive'],
    ['layout', 'oci'],
    ['oci:layout', 'oci'],
  ]
  for (const [subject, kind] of cases)
    it(subject, async () => {
      const text = await stratigraph(`history ${subject} --human=false --no-trunc --format {{.Size}}\\t{{.CreatedBy}}`)
      expect(text).to.deep.equal({ code: 0, out: table, err: '' })
      const json = JSON.parse((await stratigraph(`history ${subject} --format json`)).out) as object
      expect(json).to.nested.include({ 'subject.kind': kind, 'subject.path': subject, layers: 2, 'size.bytes': 1234 })
      expect(json).not.to.have.property('builder')
    })

  it('shows the ID on the newest row', async () => {
    const { out } = await stratigraph('history image.tar -q --no-trunc')
    expect(out).to.match(/^sha256:[0-9a-f]{64}\n<missing>\n<missing>\n$/)
  })

  it('its JSON document is a subject too', async () => {
    writeFileSync(join(folder, 'image.json'), (await stratigraph('history image.tar --format json')).out)
    const { out } = await stratigraph('history image.json --human=false --no-trunc --format {{.Size}}\\t{{.CreatedBy}}')
    expect(out).to.equal(table)
  })

  for (const base of ['image.tar', 'both.tar:company/built:1', 'layout', 'image.json'])
    it(`is a base: ${base}`, async () => {
      const { code, out, err } = await stratigraph(
        `history top --base company/built=x.json --base company/built:1=${base} --human=false --format {{.Size}}\\t{{.CreatedBy}}`,
      )
      expect({ code, err }).to.deep.equal({ code: 0, err: '' })
      expect(out).to.equal(`0\tENV TOP=1\n${table}`)
    })

  it('its sizes are remembered', async () => {
    const sizes = async (more = '') =>
      (await stratigraph(`history same --human=false --format {{.Size}} ${more}`.trim())).out.split('\n')[0]
    expect(await sizes()).to.equal('?')
    expect((await stratigraph('history image.tar --remember sizes.json')).code).to.equal(0)
    expect(JSON.parse(readFileSync(join(folder, 'sizes.json'), 'utf8'))).to.have.property(
      'schema',
      'stratigraph/base@1',
    )
    expect(await sizes('--remember sizes.json')).to.equal('~234')
    expect(await sizes('--remember image.tar --size-model podman')).to.equal('~2048')
  })

  const wrong: readonly (readonly [argv: string, message: RegExp])[] = [
    ['history both.tar', /^stratigraph: both\.tar: holds 2 images: company\/built:1, company\/other:2 \(say which/],
    ['history both.tar:nobody', /both\.tar: no image nobody in it/],
    ['history same --remember none.json', /none\.json: no such file/],
    ['history same --remember same/Dockerfile', /a Dockerfile, which has no measured sizes/],
    ['history image.tar --remember nowhere/x', /nowhere\/x: cannot be written/],
  ]
  for (const [argv, message] of wrong)
    it(`refuses ${argv}`, async () => {
      const { code, out, err } = await stratigraph(argv)
      expect(err).to.match(message)
      expect([code, out]).to.deep.equal([2, ''])
    })
})
