/** Digests of large files, reckoned by a thread of their own while this one does other things. */
import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { UserError } from '../error.ts'
import { pieces, type Source } from './source.ts'

/** A thread costs about as much as hashing this many bytes. */
const worthIt = 32 << 20

/** The whole program of the thread: descriptors are shared by all threads of a process. */
const program = `
const { parentPort, workerData: { file, bytes, algorithm } } = require('node:worker_threads')
const { readSync } = require('node:fs')
const hash = require('node:crypto').createHash(algorithm)
const buffer = Buffer.allocUnsafe(1 << 20)
let at = 0
while (at < bytes) {
  const got = readSync(file.descriptor, buffer, 0, Math.min(buffer.length, bytes - at), file.offset + at)
  if (got === 0) break
  hash.update(buffer.subarray(0, got))
  at += got
}
parentPort.postMessage(hash.digest('hex'))
`

/** The digest of a source in hexadecimal digits; the source stays open until then. Throws UserError where the disk does. */
export async function digestAside(source: Source, algorithm: 'sha256' | 'sha512'): Promise<string> {
  const { file, bytes } = source
  if (file === undefined || bytes < worthIt) {
    const hash = createHash(algorithm)
    for (const piece of pieces(source)) hash.update(piece)
    return hash.digest('hex')
  }
  return new Promise((resolve, reject) => {
    const thread = new Worker(program, { eval: true, workerData: { file, bytes, algorithm } })
    thread.on('message', resolve)
    thread.on('error', (cause) => reject(new UserError(`${source.name}: ${cause.message}`, { cause })))
    // After the message this changes nothing any more.
    thread.on('exit', () => reject(new UserError(`${source.name}: cannot be read to its end`)))
  })
}
