/**
 * Which proxy a request goes through, by HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and the way through it.
 *
 * Read as Go's programs do, docker among them. Source: golang.org/x/net/http/httpproxy; RFC 9110, section 9.3.6.
 */
import * as http from 'node:http'
import * as https from 'node:https'
import { BlockList, isIP } from 'node:net'
import * as tls from 'node:tls'
import { UserError } from '../error.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The proxy for an address; undefined: none. This machine is never behind one. Throws UserError for one we cannot use. */
export function proxyFor(url: URL, env: Environment): URL | undefined {
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const text = (env[name] || env[name.toLowerCase()] || '').trim()
  if (text === '' || isLocal(hostOf(url)) || excepted(url, env.NO_PROXY || env.no_proxy || '')) return undefined
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  const proxy = URL.canParse(full) ? new URL(full) : undefined
  if (proxy?.protocol !== 'http:' && proxy?.protocol !== 'https:') {
    // It may hold a password: not shown.
    throw new UserError(`${name}: not the address of a proxy that speaks HTTP`, { hint: 'http://HOST:PORT' })
  }
  return proxy
}

/** Without the brackets that IPv6 has in addresses. */
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').toLowerCase()

const portOf = ({ port, protocol }: URL): number => Number(port) || (protocol === 'https:' ? 443 : 80)

const isLocal = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)

/** `NO_PROXY`: names with all below them, `.name` for only those below, addresses, ranges, each perhaps with a port; `*`. */
function excepted(url: URL, list: string): boolean {
  const host = hostOf(url)
  return list.split(',').some((item) => {
    const text = item.trim().toLowerCase()
    if (text === '' || text === '*') return text === '*'
    const [, address = '', bits] = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(text) ?? []
    if (isIP(address) !== 0) return inRange(host, address, Number(bits))
    const [, bare = text, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text) ?? []
    if (port !== undefined && Number(port) !== portOf(url)) return false
    const name = bare.replace(/^\*(?=\.)/, '').replace(/^\[|\]$/g, '')
    if (isIP(name) !== 0) return host === name
    return name.startsWith('.') ? host.endsWith(name) : host === name || host.endsWith(`.${name}`)
  })
}

function inRange(host: string, address: string, bits: number): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(host) !== isIP(address) || bits > (family === 'ipv6' ? 128 : 32)) return false
  const range = new BlockList()
  range.addSubnet(address, bits, family)
  return range.check(host, family)
}

/** Options of a request to the proxy itself. */
function toProxy(proxy: URL): https.RequestOptions {
  const { username, password } = proxy
  const secret = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  return {
    host: hostOf(proxy),
    port: portOf(proxy),
    agent: false,
    ...(username === '' ? {} : { headers: { 'proxy-authorization': `Basic ${secret}` } }),
  }
}

const clientOf = ({ protocol }: URL) => (protocol === 'https:' ? https : http)

/** A request for a plain address: the proxy is asked for the whole of it. */
export function throughProxy(proxy: URL, url: URL, options: http.RequestOptions): http.ClientRequest {
  const own = toProxy(proxy)
  const headers = { host: url.host, ...(options.headers as http.OutgoingHttpHeaders), ...own.headers }
  const path = `${url.origin}${url.pathname}${url.search}`
  return clientOf(proxy).request({ ...options, ...own, headers, path })
}

/**
 * A connection to a host behind a proxy, TLS on top of it: a tunnel, in which the proxy sees nothing but the name. Throws
 * UserError where it does not open within `patience` milliseconds.
 */
export function tunnel(proxy: URL, url: URL, options: tls.ConnectionOptions, patience: number): Promise<tls.TLSSocket> {
  const target = `${url.hostname}:${portOf(url)}`
  const refused = (why: string): UserError => new UserError(`${target}: the proxy ${proxy.host} ${why}`)
  return new Promise((resolve, reject) => {
    const own = toProxy(proxy)
    const headers = { host: target, ...own.headers }
    const asked = clientOf(proxy).request({ ...own, method: 'CONNECT', path: target, headers })
    const late = setTimeout(() => asked.destroy(refused('gives no answer in time')), patience)
    asked.on('error', (error) => {
      clearTimeout(late)
      reject(
        error instanceof UserError ? error : new UserError(`proxy ${proxy.host}: ${error.message}`, { cause: error }),
      )
    })
    asked.on('connect', ({ statusCode }, socket) => {
      clearTimeout(late)
      const host = hostOf(url)
      if (statusCode === 200)
        resolve(tls.connect({ ...options, socket, ...(isIP(host) === 0 ? { servername: host } : { host }) }))
      else {
        socket.destroy()
        reject(refused(statusCode === 407 ? 'wants a name and a password' : `answers ${statusCode}`))
      }
    })
    // Some proxies refuse with an ordinary answer.
    asked.on('response', (answer) => {
      clearTimeout(late)
      answer.destroy()
      reject(refused(`answers ${answer.statusCode}`))
    })
    asked.end()
  })
}
