/**
 * Credentials for registries, where the Docker client and its relatives keep them.
 *
 * Source: docker login reference, "Credential stores" and "Credential helper protocol"; containers-auth.json(5).
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asObject, asText, type JsonObject } from './json.ts'

/** What the outside says. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/** A name and a password, or a token that stands for both. */
export interface Credentials {
  readonly user: string
  readonly password: string
  /** True: `password` is a refresh token for the token server. */
  readonly identity: boolean
}

/** The folder of the Docker client's configuration. */
export const dockerFolder = ({ env, home }: Surroundings): string => env.DOCKER_CONFIG || join(home, '.docker')

/** A JSON file, or undefined: nothing here is worth an error. */
export function quietly(path: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}

/** Docker Hub is filed under the address of its first registry. */
const keysOf = (host: string): readonly string[] =>
  host === 'docker.io'
    ? ['https://index.docker.io/v1/', 'index.docker.io', 'docker.io']
    : [host, `https://${host}`, `http://${host}`]

/** What is known for a host; undefined: go anonymously. `repository` narrows the entries of podman's file. */
export async function credentialsFor(
  host: string,
  repository: string,
  around: Surroundings,
): Promise<Credentials | undefined> {
  const { env } = around
  const files = [
    ...(env.REGISTRY_AUTH_FILE ? [env.REGISTRY_AUTH_FILE] : []),
    join(dockerFolder(around), 'config.json'),
    ...(env.XDG_RUNTIME_DIR ? [join(env.XDG_RUNTIME_DIR, 'containers', 'auth.json')] : []),
  ]
  for (const file of files) {
    const config = quietly(file)
    const found = config === undefined ? undefined : await inConfig(config, host, repository)
    if (found !== undefined) return found
  }
  return undefined
}

async function inConfig(config: JsonObject, host: string, repository: string): Promise<Credentials | undefined> {
  const keys = keysOf(host)
  const helpers = asObject(config.credHelpers)
  for (const key of keys) {
    const helper = asText(helpers?.[key])
    if (helper !== undefined) return fromHelper(helper, keys[0]!)
  }
  const store = asText(config.credsStore)
  const stored = store === undefined ? undefined : await fromHelper(store, keys[0]!)
  if (stored !== undefined) return stored
  const auths = asObject(config.auths)
  const parts = repository.split('/')
  const narrow = parts.map((_, i) => `${host}/${parts.slice(0, parts.length - i).join('/')}`)
  for (const key of [...narrow, ...keys]) {
    const entry = asObject(auths?.[key])
    const token = asText(entry?.identitytoken)
    if (token) return { user: '<token>', password: token, identity: true }
    const [, user, password] =
      /^([^:]*):(.*)$/s.exec(Buffer.from(asText(entry?.auth) ?? '', 'base64').toString('utf8')) ?? []
    if (user && password !== undefined) return { user, password: password.replace(/\0+$/, ''), identity: false }
  }
  return undefined
}

const helperTime = 10_000

/** Asks `docker-credential-NAME` on the PATH. Whatever goes wrong means: not there. */
function fromHelper(name: string, server: string): Promise<Credentials | undefined> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    const child = spawn(`docker-credential-${name}`, ['get'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: helperTime,
    })
    let out = ''
    child.on('error', () => resolve(undefined))
    child.stdin.on('error', () => undefined)
    child.stdout.on('data', (piece: Buffer) => {
      if (out.length < 1 << 20) out += piece.toString('utf8')
    })
    child.on('close', (code) => {
      if (code !== 0) return resolve(undefined)
      try {
        const said = asObject(JSON.parse(out))
        const user = asText(said?.Username)
        const password = asText(said?.Secret)
        const known = user !== undefined && password !== undefined && password !== ''
        resolve(known ? { user, password, identity: user === '<token>' } : undefined)
      } catch {
        resolve(undefined)
      }
    })
    child.stdin.end(server)
  })
}
