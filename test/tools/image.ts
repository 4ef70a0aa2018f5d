/** Builds small images for tests, in the forms that engines and tools write. */
import { createHash } from 'node:crypto'
import { type Member, tar } from './tar.ts'

export const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex')

/** What goes into an image; layers are tars, as stored. */
export interface Made {
  readonly layers: readonly Buffer[]
  /** What is inside compressed layers, where they are. */
  readonly plain?: readonly Buffer[]
  readonly history?: readonly object[]
  readonly config?: object
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string }
  readonly tags?: readonly string[]
}

/** The config document. */
export function configOf(made: Made): Buffer {
  const plain = made.plain ?? made.layers
  return Buffer.from(
    JSON.stringify({
      ...(made.platform ?? { os: 'linux', architecture: 'amd64' }),
      config: made.config ?? {},
      rootfs: { type: 'layers', diff_ids: plain.map((layer) => `sha256:${sha256(layer)}`) },
      ...(made.history === undefined ? {} : { history: made.history }),
    }),
  )
}

const file = (name: string, data: Buffer | string): Member => ({ name, data })

/** As Docker 1.10 to 24 saves: a folder for each layer, a repeated layer as a link, `manifest.json` late. */
export function dockerMembers(images: readonly Made[]): Member[] {
  const members: Member[] = []
  const written = new Map<string, string>()
  const manifest = images.map((made) => {
    const config = configOf(made)
    const layers = made.layers.map((layer, i) => {
      const id = sha256(Buffer.concat([Buffer.from(String(i)), config, layer]))
      const first = written.get(sha256(layer))
      written.set(sha256(layer), first ?? id)
      members.push(
        { name: `${id}/`, type: '5' },
        first === undefined
          ? file(`${id}/layer.tar`, layer)
          : { name: `${id}/layer.tar`, type: '2', link: `../${first}/layer.tar` },
      )
      return `${id}/layer.tar`
    })
    members.push(file(`${sha256(config)}.json`, config))
    return { Config: `${sha256(config)}.json`, RepoTags: made.tags ?? null, Layers: layers }
  })
  members.sort((a, b) => (a.type === '2' ? 1 : 0) - (b.type === '2' ? 1 : 0))
  return [...members, file('manifest.json', JSON.stringify(manifest))]
}

/** A `docker save` archive. */
export const dockerArchive = (...images: readonly Made[]): Buffer => tar(dockerMembers(images))

/** Members of an OCI layout; with `index` several images under one nested index. */
export function ociMembers(
  images: readonly Made[],
  more: { readonly index?: boolean; readonly attestation?: boolean; readonly manifest?: object } = {},
): Member[] {
  const blobs = new Map<string, Buffer>()
  const add = (data: Buffer, mediaType: string, rest: object = {}) => {
    blobs.set(sha256(data), data)
    return { mediaType, digest: `sha256:${sha256(data)}`, size: data.length, ...rest }
  }
  const descriptors: object[] = images.map((made) => {
    const config = add(configOf(made), 'application/vnd.oci.image.config.v1+json')
    const layers = made.layers.map((layer) =>
      add(layer, `application/vnd.oci.image.layer.v1.tar${layer[0] === 0x1f ? '+gzip' : ''}`),
    )
    const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, config, layers, ...more.manifest }))
    return add(manifest, 'application/vnd.oci.image.manifest.v1+json', {
      ...(made.platform === undefined ? {} : { platform: made.platform }),
      ...(made.tags?.[0] === undefined ? {} : { annotations: { 'org.opencontainers.image.ref.name': made.tags[0] } }),
    })
  })
  if (more.attestation) {
    const statement = Buffer.from(
      JSON.stringify({ schemaVersion: 2, config: add(Buffer.from('{}'), 'x/y'), layers: [] }),
    )
    descriptors.push(
      add(statement, 'application/vnd.oci.image.manifest.v1+json', {
        platform: { os: 'unknown', architecture: 'unknown' },
        annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
      }),
    )
  }
  const nested = (): object[] => [
    add(
      Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: descriptors })),
      'application/vnd.oci.image.index.v1+json',
    ),
  ]
  const manifests = more.index ? nested() : descriptors
  return [
    file('oci-layout', '{"imageLayoutVersion":"1.0.0"}'),
    file('index.json', JSON.stringify({ schemaVersion: 2, manifests })),
    ...[...blobs].map(([hex, data]) => file(`blobs/sha256/${hex}`, data)),
  ]
}

/** An OCI archive. */
export const ociArchive = (images: readonly Made[], more?: Parameters<typeof ociMembers>[1]): Buffer =>
  tar(ociMembers(images, more))
