/** `node list-headers.js ARCHIVE`: goes from header to header of an archive and of the layers in it, and does nothing else. */
import { openSync, readSync } from 'node:fs'

const file = openSync(process.argv[2] ?? '', 'r')
const window = Buffer.allocUnsafe(64 << 10)
let start = 0
let end = 0

function walk(from: number): number {
  let count = 0
  for (let at = from; ; ) {
    if (at < start || at + 512 > end) {
      start = at
      end = at + readSync(file, window, 0, window.length, at)
    }
    const head = at - start
    if (at + 512 > end || window[head] === 0) return count
    count++
    const bytes = Number.parseInt(window.toString('latin1', head + 124, head + 135), 8)
    if (window.toString('latin1', head, head + 100).includes('layer.tar\0')) count += walk(at + 512)
    at += 512 + Math.ceil(bytes / 512) * 512
  }
}

process.stdout.write(`${walk(0)}\n`)
