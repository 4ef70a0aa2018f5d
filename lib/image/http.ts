/** HTTP as registries and daemons want it: over TLS, plain or a unix socket, with time-outs, patience and redirects. */
import * as http from 'node:http'
import * as https from 'node:https'
import { UserError } from '../error.ts'
import { proxyFor, throughProxy, tunnel } from './proxy.ts'

/** An answer whose body has not been read. Read it or `drop` it. */
export interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  /** Where it came from, after redirects. */
  readonly url: URL
  /** Piece by piece. Throws UserError when the connection breaks. */
  body(): AsyncGenerator<Buffer>
  /** All of it. Throws UserError beyond `limit` bytes, or so many milliseconds, two minutes unless said. */
  bytes(limit: number, most?: number): Promise<Buffer>
  drop(): void
}

export interface Request {
  readonly url: URL
  readonly method?: 'GET' | 'HEAD' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Path of a unix socket; the host of `url` is then only a name. */
  readonly socket?: string
  readonly tls?: { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer }
  /** Where a proxy may be named; undefined: there is none. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Milliseconds until the answer begins. */
  readonly patience?: number
}

const patience = 30_000
/** Milliseconds without a byte in the middle of a body. */
const idle = 60_000
/** Milliseconds for all of a document. */
const whole = 120_000
const redirectLimit = 5
/** Waits before the second and later tries, in milliseconds. */
const waits = [300, 1000, 3000]
const longestWait = 60_000

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

const shown = ({ url, socket }: Request): string => (socket === undefined ? url.host : socket)

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody answers there',
  ENOENT: 'no such socket',
  EACCES: 'not allowed to connect',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up',
  ECONNRESET: 'the connection broke',
  ETIMEDOUT: 'no answer in time',
}

function failure(request: Request, error: unknown): UserError {
  if (error instanceof UserError) return error
  const { code, message } = error as NodeJS.ErrnoException
  return new UserError(`${shown(request)}: ${reasons[code ?? ''] ?? message}`, { cause: error })
}

/** One request, one answer. Throws UserError where there is none. */
async function once(request: Request): Promise<Answer> {
  const { url, method = 'GET', headers = {}, body, socket, tls } = request
  const proxy = socket === undefined && request.env !== undefined ? proxyFor(url, request.env) : undefined
  const options: https.RequestOptions = {
    method,
    headers: { 'user-agent': 'stratigraph', ...headers },
    agent: false,
    ...tls,
  }
  const secure = url.protocol === 'https:'
  const through =
    secure && proxy !== undefined ? await tunnel(proxy, url, tls ?? {}, request.patience ?? patience) : undefined
  return new Promise((resolve, reject) => {
    const local = { socketPath: socket, path: `${url.pathname}${url.search}` }
    const sent =
      socket !== undefined
        ? http.request({ ...options, ...local, headers: { host: 'localhost', ...options.headers } })
        : through !== undefined
          ? https.request(url, { ...options, agent: undefined, defaultPort: 443, createConnection: () => through })
          : proxy !== undefined
            ? throughProxy(proxy, url, options)
            : (secure ? https : http).request(url, options)
    const late = setTimeout(
      () => sent.destroy(new UserError(`${shown(request)}: no answer in time`)),
      request.patience ?? patience,
    )
    sent.on('error', (error) => {
      clearTimeout(late)
      reject(failure(request, error))
    })
    sent.on('response', (answer) => {
      clearTimeout(late)
      answer.setTimeout(idle, () =>
        answer.destroy(new UserError(`${shown(request)}: the answer stopped in the middle`)),
      )
      resolve(wrapped(request, answer))
    })
    sent.end(body)
  })
}

function wrapped(request: Request, answer: http.IncomingMessage): Answer {
  async function* body(): AsyncGenerator<Buffer> {
    try {
      for await (const piece of answer) yield piece as Buffer
    } catch (error) {
      throw failure(request, error)
    }
    if (!answer.complete) throw new UserError(`${shown(request)}: the connection broke`)
  }
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    url: request.url,
    body,
    async bytes(limit, most = whole) {
      const parts: Buffer[] = []
      let length = 0
      // One that comes byte by byte is never idle.
      const late = setTimeout(() => answer.destroy(new UserError(`${shown(request)}: the answer does not end`)), most)
      try {
        for await (const piece of body()) {
          length += piece.length
          if (length > limit) throw new UserError(`${shown(request)}: an answer of more than ${limit} bytes`)
          parts.push(piece)
        }
      } finally {
        clearTimeout(late)
      }
      return Buffer.concat(parts)
    },
    drop: () => answer.destroy(),
  }
}

/** The same, redirects followed: what is secret stays with the host it was meant for. */
async function follow(request: Request): Promise<Answer> {
  let next = request
  for (let hop = 0; hop <= redirectLimit; hop++) {
    const answer = await once(next)
    const { location } = answer.headers
    if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer
    answer.drop()
    if (!URL.canParse(location, next.url.href)) throw new UserError(`${shown(next)}: sends on to no address`)
    const url = new URL(location, next.url.href)
    if (url.protocol !== 'https:' && (url.protocol !== 'http:' || next.url.protocol === 'https:')) {
      throw new UserError(`${shown(next)}: sends on to ${url.protocol}//${url.host}, which is not safe`)
    }
    const { authorization: _, ...harmless } = next.headers ?? {}
    const { socket: __, tls: ___, ...rest } = next
    next = url.origin === next.url.origin ? { ...next, url } : { ...rest, url, headers: harmless }
  }
  throw new UserError(`${shown(request)}: sends on and on`)
}

/**
 * Asks, and asks again when the connection breaks, the host is busy (429) or in trouble (5xx). Other answers are given as
 * they are. Throws UserError when there is none in the end.
 */
export async function ask(request: Request): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    const wait = waits[attempt]
    try {
      const answer = await follow(request)
      const busy = answer.status === 429 || answer.status >= 500
      if (!busy || wait === undefined) return answer
      answer.drop()
      const told = Number(answer.headers['retry-after'])
      if (told * 1000 > longestWait) {
        throw new UserError(`${shown(request)}: too many requests; it wants ${told} seconds of rest`)
      }
      await sleep(Number.isFinite(told) ? Math.max(told * 1000, wait) : wait)
    } catch (error) {
      // A refused connection or an unknown name will not get better; a broken one may.
      const { code } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException
      if (wait === undefined || code !== 'ECONNRESET') throw error
      await sleep(wait)
    }
  }
}
