/** As much of an engine as `docker history` and `podman --remote history` talk to, on a socket of its own. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ApiRow, ClientRun } from '../tools/client-table.ts'

export interface FakeEngine {
  /** Calls `docker history`, or podman's, on an image with these rows. Null: the client said no. */
  readonly history: (client: string, rows: readonly ApiRow[], run: ClientRun, podman?: true) => Promise<Buffer | null>
  readonly stop: () => Promise<void>
}

export async function startFakeEngine(): Promise<FakeEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'))
  const socket = join(folder, 'd.sock')
  const images = new Map<string, readonly ApiRow[]>()
  const server = createServer((request, response) => {
    const name = /\/images\/([^/]+)\/history/.exec(request.url ?? '')?.[1]
    response.setHeader('API-Version', '1.41')
    response.setHeader('Libpod-API-Version', '4.0.0')
    response.setHeader('Ostype', 'linux')
    response.setHeader('Content-Type', name === undefined ? 'text/plain' : 'application/json')
    response.end(name === undefined ? 'OK' : JSON.stringify(images.get(name) ?? []))
  })
  await new Promise<void>((done) => server.listen(socket, done))
  let count = 0
  return {
    history: async (client, rows, { args, locale = 'C', zone = 'UTC' }, podman) => {
      const name = `i${count++}`
      images.set(name, rows)
      // Nothing of the user's own configuration, which may hold formats and contexts.
      const env = {
        PATH: process.env.PATH,
        HOME: folder,
        DOCKER_CONFIG: folder,
        XDG_CONFIG_HOME: folder,
        XDG_RUNTIME_DIR: folder,
        DOCKER_HOST: `unix://${socket}`,
        LC_ALL: locale,
        TZ: zone,
      }
      const before = podman ? ['--remote', '--url', `unix://${socket}`] : []
      const run = spawn(client, [...before, 'history', ...args, name], { env, stdio: ['ignore', 'pipe', 'ignore'] })
      const pieces: Buffer[] = []
      run.stdout.on('data', (piece: Buffer) => pieces.push(piece))
      const code = await new Promise((done, fail) => {
        run.on('close', done)
        run.on('error', fail)
      })
      images.delete(name)
      return code === 0 ? Buffer.concat(pieces) : null
    },
    stop: async () => {
      await new Promise((done) => server.close(done))
      rmSync(folder, { recursive: true })
    },
  }
}
