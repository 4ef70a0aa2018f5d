import { expect } from 'chai'
import { containerdId } from '../../../lib/image/containerd-id.ts'
import { openDockerArchive } from '../../../lib/image/docker-archive.ts'
import { memory } from '../../../lib/image/source.ts'
import { archiveStore, type Store } from '../../../lib/image/store.ts'
import { configOf, sha256 } from '../../tools/image.ts'
import { type Member, tar } from '../../tools/tar.ts'

const blobs: Member[] = []
const blob = (
  document: object | Buffer,
  mediaType: string,
): { readonly digest: string; readonly mediaType: string } => {
  const data = Buffer.isBuffer(document) ? document : Buffer.from(JSON.stringify(document))
  blobs.push({ name: `blobs/sha256/${sha256(data)}`, data })
  return { mediaType, digest: `sha256:${sha256(data)}` }
}
const manifestType = 'application/vnd.oci.image.manifest.v1+json'
const indexType = 'application/vnd.oci.image.index.v1+json'
const layer = tar([{ name: 'a', data: 'x' }])
const config = blob(configOf({ layers: [layer], history: [{}] }), 'application/vnd.oci.image.config.v1+json')
const stored = blob(layer, 'application/vnd.oci.image.layer.v1.tar')
const manifest = blob({ config, layers: [stored] }, manifestType)
const attested = blob({ manifests: [blob({ config: stored, layers: [] }, manifestType), manifest] }, indexType)
const other = blob({ config: stored, layers: [] }, manifestType)

const named = (entry: object, name: string): object => ({
  ...entry,
  annotations: { 'io.containerd.image.name': `docker.io/library/${name}` },
})
const store = (manifests: readonly object[] | string, more: readonly Member[] = blobs, item: object = {}): Store => {
  const path = (entry: { readonly digest: string }): string => `blobs/${entry.digest.replace(':', '/')}`
  const saved = { Config: path(config), RepoTags: ['app:1'], Layers: [path(stored)], ...item }
  const index = typeof manifests === 'string' ? manifests : JSON.stringify({ manifests })
  const documents = [
    { name: 'index.json', data: index },
    { name: 'manifest.json', data: JSON.stringify([saved]) },
  ]
  return archiveStore('x.tar', memory('x.tar', tar([...more, ...documents])))
}

describe('containerdId', () => {
  const cases: readonly (readonly [what: string, from: Store, tags: readonly string[], id: string | undefined])[] = [
    ['the manifest of that name', store([named(other, 'b:1'), named(manifest, 'app:1')]), ['app:1'], manifest.digest],
    ['the index of that name', store([named(attested, 'app:1')]), ['app:1'], attested.digest],
    [
      'one of two names for a config',
      store([named(attested, 'b:1'), named(manifest, 'app:1')]),
      ['app:1'],
      manifest.digest,
    ],
    ['without a name, what holds the config', store([other, attested]), [], attested.digest],
    ['nothing holds it', store([other]), [], undefined],
    ['a blob that is not there', store([manifest], []), [], undefined],
    [
      'a blob that is not what it should be',
      store(
        [{ ...manifest, digest: `sha256:${'a'.repeat(64)}` }],
        [{ name: `blobs/sha256/${'a'.repeat(64)}`, data: JSON.stringify({ config }) }],
      ),
      [],
      undefined,
    ],
    ['no digest', store([{ ...manifest, digest: '../../x' }]), [], undefined],
    ['no JSON', store('{'), [], undefined],
    ['no list', store('{"manifests":1}'), [], undefined],
  ]
  for (const [what, from, tags, id] of cases)
    it(what, () => expect(containerdId(from, config.digest, tags)).to.equal(id))

  it('is the ID of what that store saved, and not of what a graph driver did', () => {
    const wanted = { reference: undefined, platform: { os: 'linux', arch: 'amd64', variant: '' } }
    const idOf = (from: Store): string | undefined => openDockerArchive(from, wanted)?.id
    expect(idOf(store([named(manifest, 'app:1')]))).to.equal(manifest.digest)
    expect(idOf(store([named(manifest, 'app:1')], blobs, { LayerSources: {} }))).to.equal(config.digest)
    expect(idOf(store('{'))).to.equal(config.digest)
  })
})
