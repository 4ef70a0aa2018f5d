/** `node digest-file.js FILE`: reads a file once and takes its SHA-256, as fast as one core does, and nothing else. */
import { createHash } from 'node:crypto'
import { openSync, readSync } from 'node:fs'

const file = openSync(process.argv[2] ?? '', 'r')
const buffer = Buffer.allocUnsafe(1 << 20)
const hash = createHash('sha256')
for (let got = readSync(file, buffer); got > 0; got = readSync(file, buffer)) hash.update(buffer.subarray(0, got))
process.stdout.write(`${hash.digest('hex')}\n`)
