import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { UserError } from '../../../lib/error.ts'
import { ask } from '../../../lib/image/http.ts'

describe('ask', () => {
  it('does not wait for ever for a document that comes byte by byte', async () => {
    const server = createServer((_, answer) => {
      answer.writeHead(200, { 'content-length': '1000000' })
      const drops = setInterval(() => answer.write('x'), 10)
      answer.on('close', () => clearInterval(drops))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const { port } = server.address() as AddressInfo
      const answer = await ask({ url: new URL(`http://127.0.0.1:${port}/`) })
      const error = await answer.bytes(1 << 20, 100).catch((caught: unknown) => caught)
      expect(error).to.be.instanceOf(UserError).with.property('message', `127.0.0.1:${port}: the answer does not end`)
    } finally {
      server.close()
    }
  })
})
