/** Images that somebody made to do harm, or that a disk broke: one clear line, exit code 2, nothing written. */

import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { bench, folders, kinds } from '../tools/fuzz-images.ts'
import { configOf, dockerArchive, dockerMembers, type Made, ociMembers, sha256 } from '../tools/image.ts'
import { type Member, tar } from '../tools/tar.ts'

const layer = tar([{ name: 'a', data: 'x' }])
const of = (members: readonly Member[]): Buffer => dockerArchive({ layers: [tar(members)], history: [{}] })
const sized = (size: number): Buffer => dockerArchive({ layers: [tar([{ name: 'a', size }], 0)] })
const manifest = (item: object, members: readonly Member[]): Buffer =>
  tar([...members, { name: 'manifest.json', data: JSON.stringify([item]) }])

/** An index whose entry is an index with that same entry: it cannot name its own digest, so it names another's. */
function indexes(depth: number): Buffer {
  const type = 'application/vnd.oci.image.index.v1+json'
  const members: Member[] = [{ name: 'oci-layout', data: '{"imageLayoutVersion":"1.0.0"}' }]
  let manifests: object[] = []
  for (let i = 0; i < depth; i++) {
    const data = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: type, manifests }))
    members.push({ name: `blobs/sha256/${sha256(data)}`, data })
    manifests = [{ mediaType: type, digest: `sha256:${sha256(data)}`, size: data.length }]
  }
  return tar([...members, { name: 'index.json', data: JSON.stringify({ schemaVersion: 2, manifests }) }])
}

const looping = (): Buffer => {
  const digest = `sha256:${'a'.repeat(64)}`
  const manifests = [{ mediaType: 'application/vnd.oci.image.index.v1+json', digest, size: 2 }]
  const data = JSON.stringify({ schemaVersion: 2, manifests })
  return tar([
    { name: 'oci-layout', data: '{}' },
    { name: 'index.json', data },
    { name: `blobs/sha256/${'a'.repeat(64)}`, data },
  ])
}

const flipped = (data: Buffer, text: string): Buffer => {
  const broken = Buffer.from(data)
  broken[broken.indexOf(text)]! ^= 1
  return broken
}
const long: Made = { layers: [layer], history: [{}], config: { Env: ['A=1'] } }

const refused: readonly (readonly [what: string, data: () => Buffer, says: RegExp, verbs?: readonly string[]])[] = [
  ['a name that climbs', () => of([{ name: '../../etc/passwd', data: 'x' }]), /climbs out of the root/],
  ['a hard link that climbs', () => of([{ name: 'a', type: '1', link: '../../etc/passwd' }]), /climbs out of the root/],
  [
    'a member of the archive that climbs',
    () => tar([{ name: '../manifest.json', data: '[]' }]),
    /climbs out of the archive/,
  ],
  ['a config outside', () => manifest({ Config: '../../etc/passwd', Layers: [] }, []), /is not in the archive/],
  ['a file of 8 GB that is not there', () => sized(8 * 2 ** 30), /ends in the middle of a member/],
  ['a file of 2^60 bytes', () => sized(2 ** 60), /makes no sense/],
  [
    'a layer that is a link to itself',
    () =>
      manifest({ Config: 'c', Layers: ['l'] }, [
        { name: 'c', data: configOf({ layers: [layer] }) },
        { name: 'l', type: '2', link: 'm' },
        { name: 'm', type: '2', link: 'l' },
      ]),
    /layer is not (there|in)/,
    ['squash'],
  ],
  ['indexes in indexes', () => indexes(12), /more than 4 deep/],
  ['an index in itself', looping, /does not match its digest/],
  [
    'deep JSON',
    () => manifest({ Config: 'c', Layers: [] }, [{ name: 'c', data: `${'['.repeat(200_000)}` }]),
    /not JSON/,
  ],
  [
    'an extension header of 2 MB',
    () => of([{ name: 'a', type: 'x', size: 2 << 20, data: Buffer.alloc(2 << 20) }]),
    /unreasonable size/,
  ],
  [
    'a manifest of 40 MB',
    () => tar([{ name: 'manifest.json', data: Buffer.alloc(40 << 20, ' ') }]),
    /too many for such a file/,
  ],
  [
    'more layers than an engine takes',
    () =>
      manifest({ Config: 'c', Layers: Array.from({ length: 3000 }, () => 'l') }, [
        { name: 'c', data: '{}' },
        { name: 'l', data: layer },
      ]),
    /more than any engine takes/,
  ],
  ['a broken config', () => flipped(dockerArchive(long), '"Env":["A=1"]'), /does not match its digest|not JSON/],
  [
    'a broken packed layer',
    () => {
      const packed = gzipSync(layer)
      packed[packed.length - 6]! ^= 1
      return tar(dockerMembers([{ layers: [packed], plain: [layer] }]))
    },
    /not readable as gzip/,
  ],
  [
    'a packed layer of another image',
    () =>
      tar(
        ociMembers([{ layers: [gzipSync(layer)], plain: [layer] }]).map((member) =>
          member.name.endsWith(sha256(gzipSync(layer)))
            ? { ...member, data: gzipSync(layer, { level: 0 }).subarray(0, gzipSync(layer).length) }
            : member,
        ),
      ),
    /gzip|digest/,
  ],
]

const verbs = ['history', 'waste', 'files', 'base', 'squash', 'compare']
const command = (verb: string): readonly string[] =>
  verb === 'squash' || verb === 'base'
    ? [verb, 'x.tar', '-o', 'out']
    : verb === 'compare'
      ? [verb, 'good.tar', 'x.tar']
      : [verb, 'x.tar']

describe('hostile images', () => {
  let place: ReturnType<typeof bench>
  before(() => {
    place = bench()
  })
  after(() => place.gone())

  for (const [what, data, says, only = verbs] of refused)
    it(what, async () => {
      const image = data()
      for (const verb of only) {
        const { code, complained, wrong } = await place.show(image, command(verb))
        expect(wrong, verb).to.equal(undefined)
        expect(complained, verb).to.match(says)
        expect(code, verb).to.equal(2)
      }
    })

  it('what is only odd is taken', async () => {
    const rows = Array.from({ length: 100_000 }, () => ({ created_by: 'x', empty_layer: true }))
    const odd: readonly Buffer[] = [
      dockerArchive({ layers: [layer], history: [...rows, {}] }),
      of([
        { name: '/etc/a', data: 'x' },
        { name: 'l', type: '2', link: '../../../../etc/passwd' },
      ]),
      dockerArchive({ layers: [layer, layer, layer], history: [{}, {}, {}] }),
    ]
    for (const image of odd)
      for (const verb of ['history', 'waste', 'squash']) {
        const { code, wrong } = await place.show(image, command(verb))
        expect([wrong, code], verb).to.deep.equal([undefined, 0])
      }
  })

  it('ends at every block', async () => {
    const whole = kinds['docker-archive without digests']!
    for (let end = 0; end < whole.length; end += 512) {
      const { code, wrong } = await place.show(whole.subarray(0, end), command(verbs[(end / 512) % verbs.length]!))
      expect(wrong, `${end} bytes`).to.equal(undefined)
      if (end < whole.length - 1024) expect(code, `${end} bytes`).to.equal(2)
    }
  })

  for (const kind of [...Object.keys(kinds), ...Object.keys(folders)])
    it(`broken at random: ${kind}`, async () => {
      for (let seed = 1; seed <= 8; seed++) {
        const { wrong } = await place.round(kind, seed)
        expect(wrong, `seed ${seed}`).to.equal(undefined)
      }
    })
})
