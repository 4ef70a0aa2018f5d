/** Part of `npm run bench`: verbs on a gigabyte of image with 75,000 entries, beside what reading and copying cost at least. */
import { spawnSync } from 'node:child_process'
import { closeSync, copyFileSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { openSource, slice } from '../lib/image/source.ts'
import { walkTar } from '../lib/image/tar.ts'
import { sha256 } from './tools/image.ts'
import { member, tar } from './tools/tar.ts'
import { root } from './tools/truth.ts'

const fileCount = 60_000
const fileBytes = 13_000

/** Writes an archive like `docker save`'s: many files, a fifth deleted, a tenth with another mode, one large file and its end. */
function writeArchive(path: string): void {
  const body = Buffer.alloc(fileBytes, 'stratum ')
  const name = (i: number): string => `usr/lib/folder${i % 500}/file-number-${i}`
  const some = (from: number, to: number, make: (i: number) => Buffer): Buffer =>
    Buffer.concat([...Array.from({ length: to - from }, (_, i) => make(from + i)), Buffer.alloc(1024)])
  const file = (i: number, mode: number): Buffer => {
    body.writeUInt32LE(i, 0)
    return member({ name: name(i), data: body, mode })
  }
  const layers = [
    some(0, fileCount, (i) => file(i, 0o644)),
    some(0, fileCount / 5, (i) => member({ name: name(i).replace(/[^/]+$/, '.wh.$&') })),
    some(fileCount / 5, (3 * fileCount) / 10, (i) => file(i, 0o755)),
    tar([{ name: 'blob', data: Buffer.alloc(60_000_000, 'blob') }]),
    tar([{ name: '.wh.blob' }]),
  ]
  const config = Buffer.from(
    JSON.stringify({
      os: 'linux',
      architecture: 'amd64',
      rootfs: { type: 'layers', diff_ids: layers.map((layer) => `sha256:${sha256(layer)}`) },
      history: layers.map((_, i) => ({ created_by: `RUN step ${i}` })),
    }),
  )
  const manifest = [{ Config: 'config.json', RepoTags: ['bench:1'], Layers: layers.map((_, i) => `${i}/layer.tar`) }]
  const out = openSync(path, 'w')
  for (const [i, layer] of layers.entries()) writeSync(out, member({ name: `${i}/layer.tar`, data: layer }))
  writeSync(
    out,
    tar([
      { name: 'config.json', data: config },
      { name: 'manifest.json', data: JSON.stringify(manifest) },
    ]),
  )
  closeSync(out)
}

/** Time and memory of a whole process, the best of some rounds. */
function run(
  command: readonly string[],
  rounds = 3,
): { readonly milliseconds: number; readonly megabytes: number } | undefined {
  let best = Number.POSITIVE_INFINITY
  let megabytes = 0
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    const done = spawnSync('/usr/bin/time', ['-f', '%M', ...command], {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    if (done.error !== undefined || (done.status !== 0 && done.status !== 1)) return undefined
    best = Math.min(best, performance.now() - start)
    megabytes = Math.round(Number(done.stderr.trim().split('\n').at(-1)) / 1024)
  }
  return { milliseconds: best, megabytes }
}

/** Prints one line for each verb. `folder` has room for three gigabytes. */
export function benchImages(folder: string, line: (what: string, milliseconds: number, more?: string) => void): void {
  const archive = join(folder, 'image.tar')
  const flat = join(folder, 'flat.tar')
  writeArchive(archive)
  const source = openSource(archive)
  const walk = (): number => {
    const start = performance.now()
    walkTar(source, (record) => {
      if (record.name.endsWith('layer.tar'))
        walkTar(slice(source, record.name, record.body, record.stored), () => undefined)
      return undefined
    })
    return performance.now() - start
  }
  walk()
  const headers = Math.min(walk(), walk(), walk())
  line(`headers of ${Math.round(source.bytes / 1e6)} MB by seeking`, headers)
  source.close()
  const program = join(root, 'dist/stratigraph.cjs')
  const ours: Readonly<Record<string, readonly string[]>> = {
    history: ['history', archive],
    files: ['files', archive, '--depth', '2'],
    waste: ['waste', archive],
    squash: ['squash', archive, '-o', flat],
  }
  for (const [verb, argv] of Object.entries(ours)) {
    const found = run([process.execPath, program, ...argv])
    if (found !== undefined) line(verb, found.milliseconds, `${found.megabytes} MB`)
  }
  const start = performance.now()
  copyFileSync(flat, join(folder, 'copy.tar'))
  line('copying the squashed archive', performance.now() - start)
  rmSync(join(folder, 'copy.tar'))
  const dive = run(['dive', '--ci', '--source', 'docker-archive', archive], 1)
  if (dive === undefined) console.log('dive is not at hand')
  else line('dive', dive.milliseconds, `${dive.megabytes} MB`)
}
