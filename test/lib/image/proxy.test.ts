import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { expect } from 'chai'
import { UserError } from '../../../lib/error.ts'
import { ask } from '../../../lib/image/http.ts'
import { proxyFor } from '../../../lib/image/proxy.ts'
import { openRegistry } from '../../../lib/image/registry.ts'
import { root } from '../../tools/truth.ts'

const file = (name: string): Buffer => readFileSync(join(root, 'test/fixtures/tls', name))

describe('proxies', () => {
  const both = { HTTPS_PROXY: 'secure.test:3128', HTTP_PROXY: 'http://plain.test' }
  const chosen: readonly (readonly [url: string, env: Record<string, string>, proxy: string | undefined])[] = [
    ['https://a.test/', both, 'http://secure.test:3128/'],
    ['http://a.test/', both, 'http://plain.test/'],
    ['https://a.test/', { https_proxy: 'https://u:p@p.test' }, 'https://u:p@p.test/'],
    ['https://a.test/', { HTTP_PROXY: 'p.test' }, undefined],
    ['https://a.test/', {}, undefined],
    ['http://localhost:5000/', both, undefined],
    ['http://127.0.0.1/', both, undefined],
    ['http://[::1]:5000/', both, undefined],
    ['https://a.test/', { ...both, NO_PROXY: '*' }, undefined],
    ['https://a.test/', { ...both, NO_PROXY: 'b.test, A.test' }, undefined],
    ['https://x.a.test/', { ...both, no_proxy: 'a.test' }, undefined],
    ['https://xa.test/', { ...both, NO_PROXY: 'a.test' }, 'http://secure.test:3128/'],
    ['https://a.test/', { ...both, NO_PROXY: '.a.test' }, 'http://secure.test:3128/'],
    ['https://x.a.test/', { ...both, NO_PROXY: '*.a.test' }, undefined],
    ['https://a.test:444/', { ...both, NO_PROXY: 'a.test:443' }, 'http://secure.test:3128/'],
    ['https://a.test/', { ...both, NO_PROXY: 'a.test:443' }, undefined],
    ['http://10.1.2.3/', { ...both, NO_PROXY: '10.0.0.0/8' }, undefined],
    ['http://11.1.2.3/', { ...both, NO_PROXY: '10.0.0.0/8,11.1.2.4' }, 'http://plain.test/'],
    ['http://[fd00::1]/', { ...both, NO_PROXY: 'fd00::/8' }, undefined],
    ['http://a.test/', { ...both, NO_PROXY: '10.0.0.0/99,1.2.3.4/x' }, 'http://plain.test/'],
  ]
  for (const [url, env, proxy] of chosen)
    it(`${url} with ${JSON.stringify(env)}`, () => expect(proxyFor(new URL(url), env)?.href).to.equal(proxy))

  it('refuses one that speaks something else, and shows no password', () => {
    const env = { HTTPS_PROXY: 'socks5://user:secret@p.test' }
    expect(() => proxyFor(new URL('https://a.test'), env))
      .to.throw(UserError, 'HTTPS_PROXY: not the address of a proxy that speaks HTTP')
      .and.not.match(/secret/)
  })

  const servers: Server[] = []
  const sockets: Duplex[] = []
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy()
    for (const server of servers.splice(0)) server.close().closeAllConnections()
  })
  const listening = async <S extends Server>(server: S): Promise<number> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    servers.push(server)
    return (server.address() as AddressInfo).port
  }

  it('asks it for the whole address', async () => {
    const seen: unknown[] = []
    const port = await listening(
      createServer(({ url, headers }, response) => {
        seen.push([url, headers.host, headers['proxy-authorization'], headers.accept])
        response.end('hello')
      }),
    )
    const env = { HTTP_PROXY: `http://us%40er:word@127.0.0.1:${port}` }
    const answer = await ask({ url: new URL('http://a.test/x?y=1'), headers: { accept: 'z' }, env })
    expect((await answer.bytes(100)).toString()).to.equal('hello')
    const secret = Buffer.from('us@er:word').toString('base64')
    expect(seen).to.deep.equal([['http://a.test/x?y=1', 'a.test', `Basic ${secret}`, 'z']])
  })

  it('goes through a tunnel, in which a certificate is asked for all the same', async () => {
    const far = createSecureServer(
      { key: file('server.key'), cert: file('server.pem') },
      ({ url, headers }, response) => {
        if (url === '/on') response.writeHead(302, { location: '/there' }).end()
        else response.end(`${headers.host} ${url} ${headers.authorization} ${headers['proxy-authorization']}`)
      },
    )
    const farPort = await listening(far)
    const seen: unknown[] = []
    const proxy = createServer((_, response) => response.writeHead(500).end())
    proxy.on('connect', ({ url, headers }, socket, head) => {
      seen.push([url, headers['proxy-authorization'], headers.authorization])
      const on = connect(farPort, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        on.write(head)
        on.pipe(socket).pipe(on)
      })
      for (const end of [on, socket]) end.on('error', () => undefined)
      sockets.push(on, socket)
    })
    const env = { HTTPS_PROXY: `http://u:p@127.0.0.1:${await listening(proxy)}` }
    const request = { headers: { authorization: 'mine' }, env, tls: { ca: file('ca.pem') } }
    const answer = await ask({ ...request, url: new URL('https://registry.test/on') })
    expect((await answer.bytes(100)).toString()).to.equal('registry.test /there mine undefined')
    expect(seen).to.deep.equal(Array(2).fill(['registry.test:443', 'Basic dTpw', undefined]))
    for (const bad of [
      { ...request, url: new URL('https://other.test/') },
      { ...request, tls: {}, url: new URL('https://registry.test/') },
    ])
      expect(await ask(bad).catch((error: unknown) => error)).to.be.instanceOf(UserError)
  })

  it('a registry is reached by it; where it refuses, that is said in one line', async () => {
    const said: Readonly<Record<number, RegExp>> = {
      407: /^registry\.test:443: the proxy 127\.0\.0\.1:\d+ wants a name and a password$/,
      403: /^registry\.test:443: the proxy 127\.0\.0\.1:\d+ answers 403$/,
    }
    for (const status of [407, 403]) {
      const proxy = createServer()
      proxy.on('connect', (_, socket) => {
        sockets.push(socket)
        socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
      })
      const env = { HTTPS_PROXY: `127.0.0.1:${await listening(proxy)}` }
      const options = { env, home: '/nowhere', cache: undefined }
      const platform = { os: 'linux', arch: 'amd64', variant: '' }
      const error = await openRegistry('registry.test/a/b', platform, options).catch((one: unknown) => one as Error)
      expect(error).to.be.instanceOf(UserError)
      expect((error as Error).message).to.match(said[status]!)
    }
  })
})
