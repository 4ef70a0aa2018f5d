import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { UserError } from '../../../lib/error.ts'
import { openDaemon, tellDaemon } from '../../../lib/image/daemon.ts'
import { readLayers } from '../../../lib/image/layers.ts'
import { dockerArchive } from '../../tools/image.ts'
import { tar } from '../../tools/tar.ts'

const layer = tar([{ name: 'a', data: 'hello' }])
const archive = dockerArchive({ layers: [layer], history: [{ created_by: 'RUN x' }], tags: ['t:1'] })
const image = {
  Id: 'sha256:1',
  RepoTags: ['t:1'],
  Os: 'linux',
  Architecture: 'arm64',
  Config: { Env: ['A=1'] },
  RootFS: { Layers: ['sha256:a', 'sha256:b'] },
}
const history = [
  { Id: 'sha256:1', CreatedBy: 'ENV A=1', Size: 0, Created: 3 },
  { Id: 'sha256:0', CreatedBy: 'WORKDIR /x', Size: 0, Created: 2 },
  { Id: '<missing>', CreatedBy: 'RUN x', Size: 7, Created: 1, Comment: 'c' },
]

describe('a running engine', () => {
  let directory = ''
  let server: Server
  const asked: string[] = []
  let env: Record<string, string> = {}
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'engine-'))
    server = createServer((request, response) => {
      asked.push(request.url ?? '')
      const answers: Readonly<Record<string, unknown>> = {
        '/v1.41/images/host:1/a/t:1/json': image,
        '/v1.41/images/host:1/a/t:1/history': history,
        '/v1.41/images/broken/json': 'x',
      }
      const answer = answers[request.url ?? '']
      if (request.url === '/_ping') response.writeHead(200, { 'api-version': '1.41' }).end('OK')
      else if (request.url === '/v1.41/images/host:1/a/t:1/get') response.end(archive)
      else if (request.url === '/v1.41/images/old/json') response.writeHead(400).end('{"message":"client is too old"}')
      else if (answer === undefined) response.writeHead(404).end('{"message":"No such image"}')
      else response.end(answer === 'x' ? '<html>' : JSON.stringify(answer))
    })
    const socket = join(directory, 's')
    await new Promise<void>((resolve) => server.listen(socket, resolve))
    env = { DOCKER_HOST: `unix://${socket}` }
  })
  after(() => {
    server.close()
    rmSync(directory, { recursive: true })
  })
  const around = () => ({ env, home: directory })

  it('tells the table without the layers', async () => {
    const told = await tellDaemon('host:1/a/t:1', around())
    expect(
      told.rows.map((r) => [r.createdBy, r.comment, r.size.bytes, r.emptyLayer, r.layer, r.created]),
    ).to.deep.equal([
      ['RUN x', 'c', 7, false, 0, '1970-01-01T00:00:01Z'],
      ['WORKDIR /x', '', 0, false, 1, '1970-01-01T00:00:02Z'],
      ['ENV A=1', '', 0, true, null, '1970-01-01T00:00:03Z'],
    ])
    expect(told.config).to.deep.equal({ Env: ['A=1'] })
    expect(told.platform).to.deep.equal({ os: 'linux', arch: 'arm64', variant: '' })
    expect(asked.some((url) => url.endsWith('/get'))).to.equal(false)
  })

  it('tells the images that the engine keeps between the steps', async () => {
    const { rows } = await tellDaemon('host:1/a/t:1', around())
    expect(rows.map(({ origin }) => origin)).to.deep.equal([
      { from: 'image' },
      { from: 'image', id: 'sha256:0' },
      { from: 'image', id: 'sha256:1' },
    ])
  })

  it('gives the image whole', async () => {
    const found = await openDaemon('host:1/a/t:1', { os: 'linux', arch: 'amd64', variant: '' }, around())
    const [one] = await readLayers(found, { contents: 'none', verify: true })
    expect(one?.entries.map((e) => e.path)).to.deep.equal(['/a'])
    expect(found.transport).to.equal('docker-daemon')
    found.close()
  })

  const refusals: readonly (readonly [name: string, says: RegExp])[] = [
    ['none', /no such image in the engine/],
    ['old', /answers 400: client is too old/],
    ['broken', /not JSON/],
  ]
  for (const [name, says] of refusals) {
    it(`refuses ${name}`, async () => {
      const error = await tellDaemon(name, around()).catch((e: unknown) => e)
      expect(error).to.be.instanceOf(UserError).with.property('message').that.matches(says)
    })
  }

  it('says when nobody is there', async () => {
    for (const [host, says] of [
      [`unix://${directory}/none`, /no such socket/],
      ['tcp://127.0.0.1:1', /nobody answers/],
      ['ssh://x', /unix:\/\/ or tcp:/],
    ] as const) {
      const error = await tellDaemon('a', { env: { DOCKER_HOST: host }, home: directory }).catch((e: unknown) => e)
      expect(error).to.be.instanceOf(UserError).with.property('message').that.matches(says)
    }
  })
})
