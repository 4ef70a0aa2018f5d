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
  /** The same of a file that is being written, read back from it. `expected`: how long it will be, roughly. */
  growing(file: NonNullable<Source['file']>, name: string, expected: number): GrowingDigest
  /** What is not done yet then never settles. */
  stop(): Promise<void>
}

/** A digest under way. */
export interface GrowingDigest {
  /** What comes next, after it was written. */
  wrote(piece: Buffer): void
  /** sha256 in hexadecimal digits, of all that was written. */
  end(): Promise<string>
}

/** A thread costs about as much as hashing this many bytes. */
const worthIt = 32 << 20

/** To the thread: begin another file, there is as much of it to read, that was all. */
type Order =
  | { readonly algorithm: DigestAlgorithm; readonly descriptor: number; readonly offset: number }
  | { readonly more: number }
  | 'end'

/** The whole program of the thread: descriptors are shared by all threads of a process. */
const program = `
const { parentPort } = require('node:worker_threads')
const { readSync } = require('node:fs')
const { createHash } = require('node:crypto')
const buffer = Buffer.allocUnsafe(1 << 20)
let hash, descriptor, at
parentPort.on('message', (order) => {
  if (order === 'end') parentPort.postMessage(hash.digest('hex'))
  else if (order.more === undefined) {
    hash = createHash(order.algorithm)
    descriptor = order.descriptor
    at = order.offset
  } else
    for (const to = at + order.more; at < to; ) {
      const got = readSync(descriptor, buffer, 0, Math.min(buffer.length, to - at), at)
      if (got === 0) break
      hash.update(got < buffer.length ? buffer.subarray(0, got) : buffer)
      at += got
    }
})
`

interface Waiting {
  readonly name: string
  readonly resolve: (hex: string) => void
  readonly reject: (error: Error) => void
}

/** A thread that is not started yet. It takes one file after the other, so only one may be growing. */
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
  const order = (what: Order): void => {
    thread ??= started()
    thread.postMessage(what)
  }
  const answer = (name: string): Promise<string> =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) return reject(refusal(name, failure))
      waiting.push({ name, resolve, reject })
      order('end')
    })
  return {
    async of(source, algorithm) {
      const { file, bytes, name } = source
      if (file === undefined || bytes < worthIt) {
        const hash = createHash(algorithm)
        for (const piece of pieces(source)) hash.update(piece)
        return hash.digest('hex')
      }
      order({ algorithm, ...file })
      order({ more: bytes })
      return answer(name)
    },
    growing(file, name, expected) {
      if (expected < worthIt) {
        const hash = createHash('sha256')
        return { wrote: (piece) => void hash.update(piece), end: async () => hash.digest('hex') }
      }
      order({ algorithm: 'sha256', ...file })
      return { wrote: ({ length }) => order({ more: length }), end: () => answer(name) }
    },
    async stop() {
      waiting.splice(0)
      await thread?.terminate()
    },
  }
}

const refusal = (name: string, cause: Error): UserError => new UserError(`${name}: ${cause.message}`, { cause })
