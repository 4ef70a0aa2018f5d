/**
 * Images of a running engine, by the API that Docker and podman share.
 *
 * Source: Docker Engine API 1.41 to 1.51; docker context reference for where the engine is.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../error.ts'
import type { Platform, Row } from '../model.ts'
import { exact } from '../size.ts'
import { platformOf } from './choose.ts'
import { imageConfig } from './config.ts'
import { dockerFolder, quietly, type Surroundings } from './credentials.ts'
import { openDockerArchive } from './docker-archive.ts'
import { type Answer, ask, type Request } from './http.ts'
import { asCount, asList, asObject, asText, asTexts, type Json, type JsonObject, parseJson } from './json.ts'
import { openOci } from './oci.ts'
import { spool } from './source.ts'
import { archiveStore } from './store.ts'
import type { StoredImage } from './stored.ts'

/** An image as the engine tells of it: its table, without its layers. */
export interface ToldImage {
  readonly name: string
  readonly id: string
  readonly tags: readonly string[]
  /** Oldest first, with the sizes that the engine counts. */
  readonly rows: readonly Row[]
  readonly config: StoredImage['config']
  readonly author: string
  readonly platform: Platform
  readonly diffIds: readonly string[]
}

type Place = Pick<Request, 'socket' | 'tls'> & { readonly base: string }

/** Newest version of the API that we have seen. */
const newest = [1, 51] as const
const documentLimit = 64 << 20
/** Old engines write the whole archive to disk before they answer. */
const archivePatience = 30 * 60_000

/** Asks for the table of an image. Throws UserError where no engine answers or it does not have it. */
export async function tellDaemon(name: string, around: Surroundings): Promise<ToldImage> {
  const engine = await connect(around)
  const [image, history] = [
    await json(engine, `images/${path(name)}/json`, name),
    await json(engine, `images/${path(name)}/history`, name),
  ]
  const about = asObject(image) ?? {}
  const diffIds = asTexts(asObject(about.RootFS)?.Layers) ?? []
  const config = asObject(about.Config) ?? asObject(about.ContainerConfig) ?? {}
  return {
    name: `docker-daemon:${name}`,
    id: asText(about.Id) ?? '',
    tags: asTexts(about.RepoTags) ?? [],
    rows: rowsOf(asList(history) ?? [], diffIds.length),
    config: imageConfig(config),
    author: asText(about.Author) ?? '',
    platform: platformOf({
      os: about.Os ?? '',
      architecture: about.Architecture ?? '',
      variant: about.Variant ?? '',
    }) ?? { os: '', arch: '', variant: '' },
    diffIds,
  }
}

/** Fetches an image whole, as `docker save` does. Close what you get. Throws UserError. */
export async function openDaemon(name: string, platform: Platform, around: Surroundings): Promise<StoredImage> {
  const engine = await connect(around)
  const answer = await request(engine, `images/${path(name)}/get`, name, archivePatience)
  const shown = `docker-daemon:${name}`
  const source = await spool(shown, answer.body())
  const store = archiveStore(shown, source)
  try {
    const wanted = { reference: undefined, platform }
    const image = openDockerArchive(store, wanted) ?? (await openOci(store, wanted, 'oci-archive'))
    if (image === undefined) throw new UserError(`${shown}: the engine gives an archive without an image`)
    return { ...image, name: shown, transport: 'docker-daemon' }
  } catch (error) {
    store.close()
    throw error
  }
}

/** References may hold slashes; the API wants them as they are. */
const path = (name: string): string =>
  name.split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':').replaceAll('%40', '@')

/**
 * The API tells sizes and texts, and not which rows have a layer: those with bytes do, and of the others as many as there
 * are layers left, when the texts leave no doubt.
 */
function rowsOf(history: readonly Json[], layerCount: number): readonly Row[] {
  const told = history.map((one) => asObject(one) ?? {}).reverse()
  const bytes = told.map((row) => asCount(row.Size) ?? 0)
  const missing = layerCount - bytes.filter((size) => size > 0).length
  const perhaps = told.map((row, i) => bytes[i] === 0 && mayStore(asText(row.CreatedBy) ?? ''))
  const sure = perhaps.filter(Boolean).length === missing || missing === 0
  let layer = 0
  return told.map((row, i) => {
    const stores = bytes[i]! > 0 || (sure && missing > 0 && perhaps[i] === true)
    const seconds = asCount(row.Created)
    const id = asText(row.Id)
    return {
      createdBy: asText(row.CreatedBy) ?? '',
      comment: asText(row.Comment) ?? '',
      author: '',
      emptyLayer: stores ? false : sure || !perhaps[i] ? true : null,
      created: seconds === undefined ? null : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'),
      layer: stores ? layer++ : null,
      size: exact(bytes[i]!, 'the engine'),
      unpredictable: [],
      // An engine keeps the images between the steps of a classic build.
      origin: id === undefined || id === '<missing>' ? { from: 'image' } : { from: 'image', id },
    }
  })
}

const mayStore = (text: string): boolean =>
  text === '' ||
  /^(?:RUN|COPY|ADD|WORKDIR)\b/.test(text) ||
  (/^\/bin\/sh -c /.test(text) && !/#\(nop\)\s+(?!ADD|COPY|WORKDIR)/.test(text)) ||
  /^\|\d+ /.test(text)

async function json(engine: Place, address: string, name: string): Promise<Json> {
  const answer = await request(engine, address, name)
  return parseJson((await answer.bytes(documentLimit)).toString('utf8'), `docker-daemon:${name}`)
}

async function request(engine: Place, address: string, name: string, patience?: number): Promise<Answer> {
  const { base, ...place } = engine
  const answer = await ask({
    ...place,
    url: new URL(`${base}/${address}`),
    ...(patience === undefined ? {} : { patience }),
  })
  if (answer.status === 200) return answer
  const said = asText(asObject(await told(answer))?.message)
  if (answer.status === 404)
    throw new UserError(`docker-daemon:${name}: no such image in the engine`, { hint: `docker pull ${name}` })
  throw new UserError(
    `docker-daemon:${name}: the engine answers ${answer.status}${said === undefined ? '' : `: ${said}`}`,
  )
}

async function told(answer: Answer): Promise<JsonObject | undefined> {
  try {
    return asObject(JSON.parse((await answer.bytes(1 << 20)).toString('utf8')))
  } catch {
    return undefined
  }
}

/** Finds the engine and agrees on a version of the API. */
async function connect(around: Surroundings): Promise<Place> {
  const place = placeOf(around)
  const answer = await ask({ ...place, url: new URL(`${place.base}/_ping`) })
  answer.drop()
  const [, major, minor] = /^(\d+)\.(\d+)$/.exec(String(answer.headers['api-version'] ?? '')) ?? []
  if (answer.status !== 200)
    throw new UserError(`${place.socket ?? place.base}: no engine: it answers ${answer.status}`)
  const version =
    major === undefined || Number(major) !== newest[0] ? newest : [newest[0], Math.min(newest[1], Number(minor))]
  return { ...place, base: `${place.base}/v${version.join('.')}` }
}

function placeOf(around: Surroundings): Place {
  const { env } = around
  const host = env.DOCKER_HOST || contextHost(around) || usualSocket(around)
  const socket = /^unix:\/\/(.+)$/.exec(host)?.[1]
  if (socket !== undefined) return { socket, base: 'http://localhost' }
  const tcp = /^(?:tcp|https?):\/\/([^/]+)/.exec(host)?.[1]
  if (tcp === undefined) throw new UserError(`${host}: an engine is reached by unix:// or tcp:// only`)
  const folder = env.DOCKER_CERT_PATH || dockerFolder(around)
  if (!env.DOCKER_TLS_VERIFY && !host.startsWith('https:')) return { base: `http://${tcp}` }
  const file = (name: string): Buffer | undefined => {
    const at = join(folder, name)
    return existsSync(at) ? readFileSync(at) : undefined
  }
  const [ca, cert, key] = [file('ca.pem'), file('cert.pem'), file('key.pem')]
  return { base: `https://${tcp}`, tls: { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) } }
}

/** The host of the context in use. Contexts are filed under the hash of their name. */
function contextHost(around: Surroundings): string | undefined {
  const folder = dockerFolder(around)
  const name = around.env.DOCKER_CONTEXT || asText(quietly(join(folder, 'config.json'))?.currentContext)
  if (name === undefined || name === '' || name === 'default') return undefined
  const hash = createHash('sha256').update(name).digest('hex')
  const meta = quietly(join(folder, 'contexts', 'meta', hash, 'meta.json'))
  return asText(asObject(asObject(meta?.Endpoints)?.docker)?.Host)
}

/** Docker's own socket, else those of rootless Docker, Docker Desktop and podman. */
function usualSocket({ env, home }: Surroundings): string {
  const runtime = env.XDG_RUNTIME_DIR
  const first = '/var/run/docker.sock'
  const others = [
    ...(runtime ? [join(runtime, 'docker.sock')] : []),
    join(home, '.docker', 'run', 'docker.sock'),
    ...(runtime ? [join(runtime, 'podman', 'podman.sock')] : []),
    '/run/podman/podman.sock',
  ]
  return `unix://${[first, ...others].find((one) => existsSync(one)) ?? first}`
}
