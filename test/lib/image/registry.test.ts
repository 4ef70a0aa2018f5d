/** Registries that behave, and those that do not: small servers on this machine. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { UserError } from '../../../lib/error.ts'
import { readLayers } from '../../../lib/image/layers.ts'
import { openRegistry } from '../../../lib/image/registry.ts'
import { readChallenges } from '../../../lib/image/registry-client.ts'
import type { StoredImage } from '../../../lib/image/stored.ts'
import { glance } from '../../../lib/inspect.ts'
import { ociMembers, sha256 } from '../../tools/image.ts'
import { tar } from '../../tools/tar.ts'

const platform = { os: 'linux', arch: 'amd64', variant: '' }
const plain = tar([{ name: 'a', data: 'x'.repeat(5000) }])
const packed = gzipSync(plain)
const history = [{ created_by: 'RUN x' }, { created_by: 'ENV', empty_layer: true }]
const members = ociMembers([
  { layers: [packed], plain: [plain], history, platform: { os: 'linux', architecture: 'amd64' } },
])
const blobs = new Map<string, Buffer>(
  members.flatMap(({ name, data }) =>
    name.startsWith('blobs/') ? [[`sha256:${name.split('/').at(-1)}`, data as Buffer] as const] : [],
  ),
)
const index = Buffer.from(String(members.find(({ name }) => name === 'index.json')!.data))
const layerDigest = `sha256:${sha256(packed)}`
const manifest = (JSON.parse(index.toString()) as { manifests: { digest: string }[] }).manifests[0]!.digest

type Handler = (request: IncomingMessage, response: ServerResponse) => boolean

describe('openRegistry', () => {
  const servers: Server[] = []
  const images: StoredImage[] = []
  let directory = ''
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'registry-'))
  })
  afterEach(() => {
    for (const image of images.splice(0)) image.close()
    for (const server of servers.splice(0)) server.close()
  })
  after(() => rmSync(directory, { recursive: true }))

  /** Serves the image at `a/b`; `first` may answer instead. */
  const serve = async (first: Handler = () => false): Promise<{ host: string; asked: string[] }> => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`)
      if (first(request, response)) return
      const [, kind, which] = /^\/v2\/a\/b\/(manifests|blobs)\/(.+)$/.exec(request.url ?? '') ?? []
      const data = which === 'latest' ? index : blobs.get(which ?? '')
      if (data === undefined) return void response.writeHead(404).end('{}')
      if (kind === 'manifests') {
        const type =
          which === 'latest' ? 'application/vnd.oci.image.index.v1+json' : 'application/vnd.oci.image.manifest.v1+json'
        return void response
          .writeHead(200, { 'content-type': type, 'docker-content-digest': `sha256:${sha256(data)}` })
          .end(data)
      }
      const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
      if (from === undefined) return void response.writeHead(200, { 'content-length': data.length }).end(data)
      const part = data.subarray(Number(from), to ? Number(to) + 1 : undefined)
      response.writeHead(206, {
        'content-length': part.length,
        'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${data.length}`,
      })
      response.end(part)
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
  }
  const opened = async (
    host: string,
    more: { name?: string; env?: Record<string, string>; cache?: string } = {},
  ): Promise<StoredImage> => {
    const image = await openRegistry(`${host}/${more.name ?? 'a/b'}`, platform, {
      env: more.env ?? {},
      home: directory,
      cache: more.cache,
    })
    images.push(image)
    return image
  }
  const entries = async (image: StoredImage) =>
    (await readLayers(image, { contents: 'twins', verify: false })).map((l) =>
      l?.entries.map((e) => `${e.path} ${e.size.bytes}`),
    )
  const refusal = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work
    } catch (error) {
      if (error instanceof UserError) return error.message
      throw error
    }
    return 'none'
  }

  it('gives rows from the config alone, and layers when asked', async () => {
    const { host, asked } = await serve()
    const image = await opened(host)
    expect(image.rows.map((r) => [r.createdBy, r.layer])).to.deep.equal([
      ['RUN x', 0],
      ['ENV', null],
    ])
    expect(asked.filter((one) => one.includes(layerDigest))).to.deep.equal([])
    expect(await entries(image)).to.deep.equal([['/a 5000']])
    expect(image.tags).to.deep.equal([`${host}/a/b:latest`])
  })

  it('knows the length of a layer by its last four bytes', async () => {
    const { host } = await serve()
    const [podman, classic] = [await glance(await opened(host), 'podman'), await glance(await opened(host), 'classic')]
    expect(podman.image.rows[0]!.size).to.include({ bytes: plain.length, basis: 'resolved' })
    expect(classic.image.rows[0]!.size).to.include({ low: 0, high: plain.length - 1536, basis: 'heuristic' })
  })

  it('keeps documents that never change, and checks them', async () => {
    const cache = join(directory, 'cache')
    const { host, asked } = await serve()
    await opened(host, { cache })
    const before = asked.length
    await opened(host, { cache, name: `a/b@${manifest}` })
    expect(asked.length).to.equal(before)
    for (const file of readdirSync(join(cache, 'sha256'))) writeFileSync(join(cache, 'sha256', file), 'spoiled')
    await opened(host, { cache, name: `a/b@${manifest}` })
    expect(asked.length).to.be.above(before)
    expect(existsSync(join(cache, 'sha256', layerDigest.slice(7)))).to.equal(false)
  })

  it('gets a token, with credentials, and a new one when it runs out', async () => {
    let tokens = 0
    const seen: (string | undefined)[] = []
    let uses = 0
    const { host } = await serve((request, response) => {
      if (request.url?.startsWith('/token')) {
        seen.push(request.headers.authorization)
        expect(request.url).to.equal('/token?service=me&scope=repository%3Aa%2Fb%3Apull')
        uses = 0
        response.end(JSON.stringify({ token: `t${++tokens}` }))
        return true
      }
      if (request.headers.authorization === `Bearer t${tokens}` && uses++ < 2) return false
      const realm = `http://${request.headers.host}/token`
      response
        .writeHead(401, {
          'www-authenticate': `Basic realm="x", Bearer realm="${realm}",service="me",scope="repository:a/b:pull"`,
        })
        .end()
      return true
    })
    writeFileSync(
      join(directory, 'auth.json'),
      JSON.stringify({ auths: { [host]: { auth: Buffer.from('u:p:q').toString('base64') } } }),
    )
    const image = await opened(host, { env: { REGISTRY_AUTH_FILE: join(directory, 'auth.json') } })
    expect(await entries(image)).to.deep.equal([['/a 5000']])
    expect(tokens).to.equal(2)
    expect(new Set(seen)).to.deep.equal(new Set([`Basic ${Buffer.from('u:p:q').toString('base64')}`]))
  })

  it('takes plain credentials, and says when they are not enough', async () => {
    const { host } = await serve((request, response) => {
      if (request.headers.authorization === `Basic ${Buffer.from('u:p').toString('base64')}`) return false
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
      return true
    })
    const config = (auth: string) => {
      writeFileSync(
        join(directory, 'config.json'),
        JSON.stringify({ auths: { [host]: { auth: Buffer.from(auth).toString('base64') } } }),
      )
      return { env: { DOCKER_CONFIG: directory } }
    }
    expect((await opened(host, config('u:p'))).rows).to.have.lengthOf(2)
    expect(await refusal(opened(host, config('u:wrong')))).to.match(/not allowed/)
    expect(await refusal(opened(host))).to.match(/not allowed/)
  })

  it('sends no secret to where a blob is kept', async () => {
    let told: string | undefined = 'nothing came'
    const far = await serve((request, response) => {
      told = request.headers.authorization
      response.end(packed)
      return true
    })
    const { host } = await serve((request, response) => {
      if (request.headers.authorization === undefined) {
        response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
        return true
      }
      if (!request.url?.endsWith(layerDigest)) return false
      response.writeHead(307, { location: `http://${far.host}/far` }).end()
      return true
    })
    writeFileSync(
      join(directory, 'config.json'),
      JSON.stringify({ auths: { [host]: { auth: Buffer.from('u:p').toString('base64') } } }),
    )
    const image = await opened(host, { env: { DOCKER_CONFIG: directory } })
    expect(await entries(image)).to.deep.equal([['/a 5000']])
    expect(told).to.equal(undefined)
  })

  for (const ranges of [true, false]) {
    it(`takes up a broken download${ranges ? '' : ', also where there are no ranges'}`, async () => {
      let breaks = 2
      const { host } = await serve((request, response) => {
        if (!request.url?.endsWith(layerDigest)) return false
        if (!ranges) delete request.headers.range
        if (breaks-- <= 0) return false
        const from = Number(/\d+/.exec(request.headers.range ?? '0')![0])
        const head = {
          'content-length': packed.length - from,
          ...(from > 0 ? { 'content-range': `bytes ${from}-${packed.length - 1}/${packed.length}` } : {}),
        }
        response.writeHead(from > 0 ? 206 : 200, head)
        response.write(packed.subarray(from, from + 20), () => response.destroy())
        return true
      })
      expect(await entries(await opened(host))).to.deep.equal([['/a 5000']])
      expect(breaks).to.be.below(0)
    })
  }

  it('waits when the registry is busy', async () => {
    let busy = 1
    const { host } = await serve((_, response) => {
      if (busy-- <= 0) return false
      response.writeHead(429, { 'retry-after': '0' }).end()
      return true
    })
    expect((await opened(host)).rows).to.have.lengthOf(2)
  })

  describe('refuses with one clear error', () => {
    const answers: readonly (readonly [
      what: string,
      url: RegExp,
      answer: (response: ServerResponse) => void,
      says: RegExp,
    ])[] = [
      ['an image that is not there', /latest$/, (r) => r.writeHead(404).end(), /no such image in the registry/],
      ['a manifest that does not match', /manifests\/sha256/, (r) => r.end('{}'), /does not match its digest/],
      [
        'a tag that does not match what is said of it',
        /latest$/,
        (r) => r.writeHead(200, { 'docker-content-digest': `sha256:${'0'.repeat(64)}` }).end('{}'),
        /does not match its digest/,
      ],
      ['a manifest that is no JSON', /latest$/, (r) => r.end('<html>'), /not JSON/],
      [
        'a layer that does not match',
        /blobs\/.*/,
        (r) => r.end(Buffer.alloc(packed.length)),
        /does not match its digest/,
      ],
      [
        'a layer that has no end',
        /blobs\/.*/,
        (r) => r.end(Buffer.alloc(packed.length + 1)),
        /more than the|does not match/,
      ],
      [
        'a registry that sends on for ever',
        /latest$/,
        (r) => r.writeHead(302, { location: '/v2/a/b/manifests/latest' }).end(),
        /on and on/,
      ],
      [
        'a redirect to a file',
        /latest$/,
        (r) => r.writeHead(302, { location: 'file:///etc/passwd' }).end(),
        /not safe/,
      ],
      [
        'a token from an unsafe place',
        /latest$/,
        (r) => r.writeHead(401, { 'www-authenticate': 'Bearer realm="http://far.example/token"' }).end(),
        /not safe/,
      ],
      ['too many requests', /latest$/, (r) => r.writeHead(429, { 'retry-after': '3600' }).end(), /too many requests/],
    ]
    for (const [what, url, answer, says] of answers) {
      it(what, async () => {
        const { host } = await serve((request, response) => {
          if (!url.test(request.url ?? '')) return false
          answer(response)
          return true
        })
        expect(await refusal(opened(host).then(entries))).to.match(says)
      })
    }
    it('nobody there', async () => {
      const { host } = await serve()
      servers.pop()!.close()
      expect(await refusal(opened(host))).to.match(/nobody answers/)
    })
    it('names that are none', async () => {
      for (const name of ['UPPER', 'a b', 'a//b', '-a', 'a:b c', 'http://x/y'])
        expect(await refusal(opened('127.0.0.1:1', { name }))).to.match(/not the name/)
    })
  })
})

describe('readChallenges', () => {
  const cases: readonly (readonly [header: string, found: readonly (readonly [string, object])[]])[] = [
    ['Basic realm="x"', [['basic', { realm: 'x' }]]],
    [
      'Bearer realm="https://a/b",service="s, t",scope=c',
      [['bearer', { realm: 'https://a/b', service: 's, t', scope: 'c' }]],
    ],
    [
      'Basic realm="a\\"b", Bearer realm="c"',
      [
        ['basic', { realm: 'a"b' }],
        ['bearer', { realm: 'c' }],
      ],
    ],
    [
      'Negotiate, Basic realm=x',
      [
        ['negotiate', {}],
        ['basic', { realm: 'x' }],
      ],
    ],
    ['', []],
    ['realm="x"', []],
  ]
  for (const [header, found] of cases) {
    it(header || 'nothing', () =>
      expect(readChallenges(header).map((c) => [c.scheme, c.parameters])).to.deep.equal(found),
    )
  }
})
