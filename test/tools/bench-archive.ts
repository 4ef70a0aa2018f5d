/** Archives for `npm run bench`: made the same way each time, written piece by piece, as `docker save` lays them out. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { member, tar } from './tar.ts'

/** Members of one layer, in order. */
type Members = Iterable<Buffer>

const flushBytes = 4 << 20

/** Writes an archive of layers, oldest first; what each holds is never in memory as a whole. */
function writeArchive(path: string, layers: readonly Members[]): void {
  const out = openSync(path, 'w')
  let at = 0
  const put = (data: Buffer): void => {
    writeSync(out, data, 0, data.length, at)
    at += data.length
  }
  const diffIds = layers.map((members, i) => {
    const head = at
    put(member({ name: `${i}/layer.tar`, size: 0 }))
    const hash = createHash('sha256')
    let waiting: Buffer[] = []
    let bytes = 0
    const flush = (): void => {
      const data = Buffer.concat(waiting)
      hash.update(data)
      put(data)
      waiting = []
      bytes = 0
    }
    for (const piece of members) {
      waiting.push(piece)
      bytes += piece.length
      if (bytes > flushBytes) flush()
    }
    waiting.push(Buffer.alloc(1024))
    flush()
    writeSync(out, member({ name: `${i}/layer.tar`, size: at - head - 512 }), 0, 512, head)
    return `sha256:${hash.digest('hex')}`
  })
  const config = JSON.stringify({
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: diffIds },
    history: layers.map((_, i) => ({ created: '2026-01-01T00:00:00Z', created_by: `RUN step ${i}` })),
    config: {},
  })
  const manifest = [{ Config: 'config.json', RepoTags: ['bench:1'], Layers: layers.map((_, i) => `${i}/layer.tar`) }]
  put(
    tar([
      { name: 'config.json', data: config },
      { name: 'manifest.json', data: JSON.stringify(manifest) },
    ]),
  )
  closeSync(out)
}

/** Always the same numbers from 0 to below 1. */
function numbers(): () => number {
  let state = 42
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const perFolder = 100

function* filesOf(top: string, from: number, to: number, mode: number, lengths: Int32Array): Members {
  const content = Buffer.alloc(1 << 20, 'stratum ')
  for (let i = from; i < to; i++) {
    const folder = `${top}/folder${Math.floor(i / perFolder)}`
    if (i % perFolder === 0 || i === from) yield member({ name: `${folder}/`, type: '5' })
    const data = Buffer.from(content.subarray(0, lengths[i]))
    // A file of its own, unless it is the same file once more.
    if (data.length >= 4) data.writeUInt32LE(i)
    yield member({ name: `${folder}/file-number-${i}`, data, mode })
  }
}

function* both(one: Members, other: Members): Members {
  yield* one
  yield* other
}

/**
 * A gigabyte, 75,000 entries: a large layer, a folder of it removed, a part of it with another mode, a part copied, a
 * large file and its end.
 */
export function writeUsual(path: string): void {
  const random = numbers()
  // From empty to some hundred kB, most of them small.
  const lengths = Int32Array.from({ length: 62_000 }, () => Math.floor(random() ** 4 * 62_000))
  writeArchive(path, [
    both(filesOf('usr/lib', 8000, 62_000, 0o644, lengths), filesOf('usr/share/doc', 0, 8000, 0o644, lengths)),
    [member({ name: 'usr/share/.wh.doc' })],
    filesOf('usr/lib', 10_000, 16_000, 0o755, lengths),
    filesOf('opt/copy', 10_000, 16_000, 0o755, lengths),
    [member({ name: 'blob', data: Buffer.alloc(60_000_000, 'blob') })],
    [member({ name: '.wh.blob' })],
  ])
}

/** 100,000 files, of which 5,000 are deleted one by one. */
export function writeDeletions(path: string): void {
  const lengths = new Int32Array(100_000).fill(100)
  writeArchive(path, [
    filesOf('srv', 0, 100_000, 0o644, lengths),
    Array.from({ length: 5000 }, (_, i) =>
      member({ name: `srv/folder${Math.floor((20 * i) / perFolder)}/.wh.file-number-${20 * i}` }),
    ),
  ])
}

/** A million entries, a tenth of them stored again. */
export function writeMillion(path: string): void {
  const lengths = new Int32Array(900_000).fill(7)
  writeArchive(path, [filesOf('srv', 0, 900_000, 0o644, lengths), filesOf('srv', 300_000, 390_000, 0o600, lengths)])
}
