/**
 * Talks to one repository of a registry: who we are, and bytes by address.
 *
 * Source: OCI distribution-spec v1.1; distribution docs, "Token Authentication Specification".
 */
import { UserError } from '../error.ts'
import type { Reference } from '../reference.ts'
import { type Credentials, credentialsFor, type Surroundings } from './credentials.ts'
import { type Answer, ask } from './http.ts'
import { asObject, asText, parseJson } from './json.ts'

export interface RegistryClient {
  /** For messages: `docker://host/name`. */
  readonly name: string
  /** Asks for `path` below the repository, `manifests/latest`. Answers other than 200 and 206 are UserErrors, 404 aside. */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>
}

/** Hosts that speak plain HTTP because nobody listens in. */
const isLocal = (host: string): boolean => /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(host)

/** Docker Hub's registry has another name than its images. */
const addressOf = (host: string): string => (host === 'docker.io' ? 'registry-1.docker.io' : host)

/** A client for the repository of `reference`; mirrors of Docker Hub are tried first, by their addresses. */
export function registryClient(reference: Reference, around: Surroundings, mirror?: string): RegistryClient {
  const { host, repository } = reference
  const root = mirror ?? `${isLocal(host) ? 'http' : 'https'}://${addressOf(host)}`
  const base = `${root.replace(/\/$/, '')}/v2/${repository}/`
  const name = `docker://${host}/${repository}`
  let authorization: string | undefined
  let known: Promise<Credentials | undefined> | undefined
  const credentials = (): Promise<Credentials | undefined> => {
    known ??= mirror === undefined ? credentialsFor(host, repository, around) : Promise.resolve(undefined)
    return known
  }
  return {
    name,
    async get(path, headers = {}) {
      for (let attempt = 0; ; attempt++) {
        const answer = await ask({
          url: new URL(base + path),
          env: around.env,
          headers: authorization === undefined ? headers : { ...headers, authorization },
        })
        if (answer.status === 200 || answer.status === 206 || answer.status === 404 || answer.status === 416)
          return answer
        const challenges = answer.headers['www-authenticate']
        answer.drop()
        if (answer.status !== 401 || attempt === 2) throw refused(name, path, answer.status)
        // A token may run out in the middle: ask for a new one once more.
        const asking = { repository, name, env: around.env }
        const fresh = await authorize(challenges ?? '', asking, authorization, await credentials())
        if (fresh === undefined) throw refused(name, path, 401)
        authorization = fresh
      }
    },
  }
}

function refused(name: string, path: string, status: number): UserError {
  if (status === 401 || status === 403) {
    return new UserError(`${name}: not allowed to read it, or not there`, { hint: 'docker login' })
  }
  if (status === 429) return new UserError(`${name}: too many requests`, { hint: 'docker login raises the limit' })
  return new UserError(`${name}: the registry answers ${status} to ${path}`)
}

/** One challenge of `WWW-Authenticate`. */
export interface Challenge {
  readonly scheme: string
  readonly parameters: Readonly<Record<string, string>>
}

/** Several may stand in one header, divided by commas like their parameters. Source: RFC 9110, section 11.6.1. */
export function readChallenges(header: string): readonly Challenge[] {
  const found: { scheme: string; parameters: Record<string, string> }[] = []
  const token = /[\s,]*([^\s,="]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/y
  for (let match = token.exec(header); match !== null; match = token.exec(header)) {
    const [whole, word = '', quoted, plain] = match
    if (!whole.includes('=')) found.push({ scheme: word.toLowerCase(), parameters: {} })
    else if (found.length > 0)
      found.at(-1)!.parameters[word.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? plain ?? ''
  }
  return found
}

/** What a token is asked for. */
interface Asking {
  readonly repository: string
  /** For messages. */
  readonly name: string
  readonly env: Surroundings['env']
}

/** What to send as `Authorization`; undefined: nothing helps. `old` was refused. */
async function authorize(
  header: string,
  asking: Asking,
  old: string | undefined,
  credentials: Credentials | undefined,
): Promise<string | undefined> {
  const challenges = readChallenges(header)
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer')
  if (bearer !== undefined) return bearerToken(bearer, asking, credentials)
  const basic = challenges.some(({ scheme }) => scheme === 'basic')
  if (!basic || credentials === undefined || credentials.identity) return undefined
  const sent = basicHeader(credentials)
  return sent === old ? undefined : sent
}

const basicHeader = ({ user, password }: Credentials): string =>
  `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`

async function bearerToken(
  { parameters }: Challenge,
  { repository, name, env }: Asking,
  credentials: Credentials | undefined,
): Promise<string> {
  const { realm = '', service, scope = `repository:${repository}:pull` } = parameters
  if (!URL.canParse(realm)) throw new UserError(`${name}: the registry names no place to ask for a token`)
  const url = new URL(realm)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal(url.host))) {
    throw new UserError(`${name}: tokens would come from ${url.origin}, which is not safe`)
  }
  const answer = credentials?.identity
    ? await ask({
        url,
        env,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          service: service ?? '',
          scope,
          client_id: 'stratigraph',
          refresh_token: credentials.password,
        }).toString(),
      })
    : await ask({
        url: withQuery(url, service, scope),
        env,
        headers: credentials === undefined ? {} : { authorization: basicHeader(credentials) },
      })
  if (answer.status !== 200) {
    answer.drop()
    throw new UserError(`${name}: the token server answers ${answer.status}`, { hint: 'docker login' })
  }
  const said = asObject(parseJson((await answer.bytes(1 << 20)).toString('utf8'), `${name}: token`))
  const token = asText(said?.token) ?? asText(said?.access_token)
  if (token === undefined || !/^[\x21-\x7e]+$/.test(token))
    throw new UserError(`${name}: the token server gives no token`)
  return `Bearer ${token}`
}

function withQuery(url: URL, service: string | undefined, scope: string): URL {
  const asked = new URL(url)
  if (service !== undefined) asked.searchParams.set('service', service)
  asked.searchParams.set('scope', scope)
  return asked
}
