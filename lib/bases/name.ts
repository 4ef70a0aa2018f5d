/** Names of images: `alpine:3.20`, `ghcr.io/a/b@sha256:…`, and what their tags tell. */
import { kept } from '../kept.ts'
import { readReference } from '../reference.ts'

/** The name of a base, as one looks it up. */
export interface BaseName {
  /** As a registry knows it: `docker.io/library/alpine`, `localhost:5000/a`. */
  readonly repository: string
  /** As people write it: `alpine`, `azul/zulu-openjdk`, `localhost:5000/a`. Mirrors of Docker Hub are named as Docker Hub. */
  readonly familiar: string
  /** `latest` when neither a tag nor a digest is given; '' beside a digest alone. */
  readonly tag: string
  /** `sha256:…`, or ''. */
  readonly digest: string
}

/** Takes the name of a base apart; undefined for text that is no image name. */
export const baseName: (text: string) => BaseName | undefined = kept(500, apart)

function apart(text: string): BaseName | undefined {
  const reference = readReference(text)
  if (reference === undefined) return undefined
  const { host, repository: path, tag = '', digest = '' } = reference
  const hub = hubPath(host, path)
  return {
    repository: hub === undefined ? `${host}/${path}` : `docker.io/${hub.includes('/') ? hub : `library/${hub}`}`,
    familiar: hub === undefined ? `${host}/${path}` : hub.replace(/^library\//, ''),
    tag,
    digest,
  }
}

const hubHosts: ReadonlySet<string> = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
  'mirror.gcr.io',
])

/** The path on Docker Hub, also for hosts that hold the same images under the same digests. */
function hubPath(host: string, path: string): string | undefined {
  if (hubHosts.has(host)) return path
  return host === 'public.ecr.aws' && path.startsWith('docker/library/') ? path.slice('docker/'.length) : undefined
}

/** What a tag says, word by word. */
export interface TagWords {
  /** Numbers of the leading version, `[3, 12, 4]` of `3.12.4-slim`; empty for a channel (`lts`, `stable`, `latest`). */
  readonly version: readonly number[]
  /** Release of the distribution below: `bookworm`, `noble`, `alpine3.20`, `alpine`; '' when the tag does not say. */
  readonly release: string
  /** Everything else that makes it another image, sorted: `slim`, `jre`, `fpm`, `nonroot`. */
  readonly flavour: readonly string[]
}

/** Releases of Debian and Ubuntu by codename, newest last. */
export const releases: Readonly<Record<string, readonly [id: string, versionId: string]>> = {
  squeeze: ['debian', '6'],
  wheezy: ['debian', '7'],
  jessie: ['debian', '8'],
  stretch: ['debian', '9'],
  buster: ['debian', '10'],
  bullseye: ['debian', '11'],
  bookworm: ['debian', '12'],
  trixie: ['debian', '13'],
  forky: ['debian', '14'],
  sid: ['debian', ''],
  precise: ['ubuntu', '12.04'],
  trusty: ['ubuntu', '14.04'],
  xenial: ['ubuntu', '16.04'],
  artful: ['ubuntu', '17.10'],
  bionic: ['ubuntu', '18.04'],
  focal: ['ubuntu', '20.04'],
  jammy: ['ubuntu', '22.04'],
  noble: ['ubuntu', '24.04'],
  plucky: ['ubuntu', '25.04'],
  questing: ['ubuntu', '25.10'],
  resolute: ['ubuntu', '26.04'],
}

/** Words of a tag that only name a channel: which version they mean changes with time. */
const channels: ReadonlySet<string> = new Set(
  'latest stable mainline lts current edge testing unstable oldstable argon boron carbon dubnium erbium fermium gallium hydrogen iron jod krypton'.split(
    ' ',
  ),
)

/** Takes a tag apart. Never fails: a word it does not know is a flavour. */
export function tagWords(tag: string): TagWords {
  let version: readonly number[] = []
  let release = ''
  const flavour: string[] = []
  // `alpine-3.20`, as some write it, is `alpine3.20`.
  const words = tag.replace(/(^|-)alpine-(?=\d)/, '$1alpine').split('-')
  for (const [index, word] of words.entries()) {
    const alpine = /^alpine(?:\d+(?:\.\d+)*)?$/.test(word)
    if (alpine || Object.hasOwn(releases, word)) release = word
    else if (index === 0 && /^v?\d/.test(word)) version = (word.match(/\d+/g) ?? []).map(Number)
    else if (!channels.has(word) && !/^20\d{6}$/.test(word)) flavour.push(word)
  }
  return { version, release, flavour: flavour.sort() }
}
