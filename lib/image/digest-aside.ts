/** Digests of large files, reckoned by a thread of their own while this one does other things. */
import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { UserError } from '../error.ts'
import type { Source } from './readable.ts'
import { pieces } from './source.ts'

export type DigestAlgorithm = 'sha256' | 'sha512'

/** One thread, which starts with the first file that is large enough. Stop it before the files are closed. */
export interface DigestThread {
  /** The digest of a source in hexadecimal digits, in the order of the calls. Throws UserError where the disk does. */
  of(source: Source, algorithm: DigestAlgorithm): Promise<string>
  /** What is not done yet then never settles. */
  stop(): Promise<void>
}

/** A thread costs about as much as hashing this many bytes. */
const worthIt = 32 << 20

/** To the thread: a stretch of a file. It answers each with its digest. */
interface Order {
  readonly algorithm: DigestAlgorithm
  readonly descriptor: number
  readonly offset: number
  readonly bytes: number
}

/** The whole program of the thread: descriptors are shared by all threads of a process. */
const program = `
const { parentPort } = require('node:worker_threads')
const { readSync } = require('node:fs')
const { createHash } = require('node:crypto')
const buffer = Buffer.allocUnsafeSlow(1 << 18)
parentPort.on('message', ({ algorithm, descriptor, offset, bytes }) => {
  const hash = createHash(algorithm)
  for (let at = offset; at < offset + bytes; ) {
    const got = readSync(descriptor, buffer, 0, Math.min(buffer.length, offset + bytes - at), at)
    if (got === 0) break
    hash.update(got < buffer.length ? buffer.subarray(0, got) : buffer)
    at += got
  }
  parentPort.postMessage(hash.digest('hex'))
})
`

interface Waiting {
  readonly name: string
  readonly resolve: (hex: string) => void
  readonly reject: (error: Error) => void
}

/** A thread that is not started yet. It takes one file after the other. */
export function digestThread(): DigestThread {
  let thread: Worker | undefined
  /** Why the thread is no more. */
  let failure: Error | undefined
  const waiting: Waiting[] = []
  const fail = (cause: Error): void => {
    failure ??= cause
    for (const { name, reject } of waiting.splice(0)) reject(refusal(name, failure))
  }
  const started = (): Worker => {
    const made = new Worker(program, { eval: true })
    made.on('message', (hex: string) => waiting.shift()?.resolve(hex))
    made.on('error', fail)
    made.on('exit', () => fail(new Error('cannot be read to its end')))
    return made
  }
  const ordered = (name: string, order: Order): Promise<string> =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) return reject(refusal(name, failure))
      waiting.push({ name, resolve, reject })
      thread ??= started()
      thread.postMessage(order)
    })
  return {
    async of(source, algorithm) {
      const { file, bytes, name } = source
      if (file !== undefined && bytes >= worthIt) return ordered(name, { algorithm, ...file, bytes })
      const hash = createHash(algorithm)
      for (const piece of pieces(source)) hash.update(piece)
      return hash.digest('hex')
    },
    async stop() {
      waiting.splice(0)
      await thread?.terminate()
    },
  }
}

const refusal = (name: string, cause: Error): UserError => new UserError(`${name}: ${cause.message}`, { cause })
