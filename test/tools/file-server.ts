/** Serves the files of a folder on the loopback interface, and prints its address: a process of its own, for builds hold up ours. */

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'

const folder = process.argv[2] ?? '.'

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  const path = normalize(decodeURIComponent(pathname)).replace(/\/$/, '/index.html')
  try {
    const bytes = readFileSync(join(folder, path))
    const type = path.endsWith('.html')
      ? 'text/html'
      : path.endsWith('.json')
        ? 'application/json'
        : 'application/octet-stream'
    // Without these two some clients keep no copy.
    response.setHeader('Cache-Control', 'max-age=600')
    response.setHeader('Last-Modified', 'Sat, 01 Jan 2022 00:00:00 GMT')
    response.setHeader('Content-Type', type).setHeader('Content-Length', bytes.length)
    response.end(request.method === 'HEAD' ? undefined : bytes)
  } catch {
    response.writeHead(404).end()
  }
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
process.stdin.on('end', () => process.exit()).resume()
