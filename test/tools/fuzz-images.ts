/** Breaks small images at random and shows them to the verbs: every one ends with a result or with one clear line. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { run } from '../../cli/program.ts'
import { recordedWorld } from '../cli/world.ts'
import { configOf, dockerArchive, dockerMembers, type Made, ociArchive, ociMembers } from './image.ts'
import { type Member, sparseMember, tar } from './tar.ts'

const layers = [
  tar([
    { name: 'etc/', type: '5' },
    { name: 'etc/os-release', data: 'ID=debian\nVERSION_ID="12"\n' },
    { name: 'etc/passwd', data: 'root:x:0:0\n', pax: { 'SCHILY.xattr.user.a': 'v', path: 'etc/passwd' } },
    { name: 'bin/a', data: 'a'.repeat(700), mode: 0o755 },
    { name: 'bin/b', type: '1', link: 'bin/a' },
    { name: 'l', type: '2', link: 'etc/passwd' },
    sparseMember('hole', 512),
    { name: 'x', data: 'x', longName: `long/${'n'.repeat(120)}` },
  ]),
  tar([
    { name: 'bin/a', data: 'b'.repeat(700) },
    { name: 'etc/.wh.os-release' },
    { name: 'etc/.wh..wh..opq' },
    { name: 'n', type: '3' },
    { name: 'later', type: '1', link: 'bin/b' },
  ]),
]
const history = [{ created_by: 'a', created: '2026-01-01T00:00:00Z' }, { created_by: 'ENV A', empty_layer: true }, {}]
const plain: Made = { layers, history, config: { Env: ['A=1'], Cmd: ['x'] }, tags: ['t:1'] }
const packed: Made = { ...plain, layers: layers.map((layer) => gzipSync(layer)), plain: layers }

/** A frame of one block that is stored as it is. Source: RFC 8878, 3.1.1. */
function zstd(data: Buffer): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt32LE(0xfd2fb528)
  // One segment, its length in four bytes; then the last block, and its length above the lowest three bits.
  head[4] = 0xa0
  head.writeUInt32LE(data.length, 5)
  head.writeUIntLE(data.length * 8 + 1, 9, 3)
  return Buffer.concat([head, data])
}
const inZstd: Made = { ...plain, layers: layers.map(zstd), plain: layers }

/** Nothing in it has a digest for a name: what is broken is read. */
const loose = (made: Made): Buffer =>
  tar([
    { name: 'c.json', data: configOf({ ...made, plain: [] }) },
    ...made.layers.map((data, i) => ({ name: `${i}/layer.tar`, data })),
    { name: '2/layer.tar', type: '2', link: '../1/layer.tar' },
    {
      name: 'manifest.json',
      data: JSON.stringify([
        { Config: 'c.json', RepoTags: ['a:1'], Layers: ['0/layer.tar', '1/layer.tar', '2/layer.tar'] },
      ]),
    },
  ])

const id = (digit: string): string => digit.repeat(64)
const old = tar([
  { name: 'repositories', data: JSON.stringify({ app: { v: id('b') } }) },
  { name: `${id('a')}/json`, data: '{"container_config":{"Cmd":["x"]}}' },
  { name: `${id('a')}/layer.tar`, data: layers[0]! },
  { name: `${id('b')}/json`, data: JSON.stringify({ parent: id('a'), architecture: 'amd64', os: 'linux' }) },
  { name: `${id('b')}/layer.tar`, data: layers[1]! },
])

/** What is broken. */
export const kinds: Readonly<Record<string, Buffer>> = {
  'docker-archive': dockerArchive(plain),
  'docker-archive, packed layers': dockerArchive(packed),
  'docker-archive of Docker 25': tar([...ociMembers([packed]), ...dockerMembers([packed])]),
  'docker-archive without digests': loose(plain),
  'the same, packed layers': loose(packed),
  'oci-archive': ociArchive([plain], { index: true, attestation: true }),
  'oci-archive, packed layers': ociArchive([packed]),
  'the same, layers in zstd': loose(inZstd),
  'oci-archive, layers in zstd': ociArchive([inZstd]),
  'packed archive': gzipSync(loose(plain)),
  'archive in zstd': zstd(loose(plain)),
  'before Docker 1.10': old,
}

type Random = (below: number) => number

/** The same numbers for the same seed. */
export function randomFrom(seed: number): Random {
  let state = (seed % 2147483646) + 1
  return (below) => {
    state = (state * 48271) % 2147483647
    return state % below
  }
}

const fields: readonly (readonly [at: number, bytes: number])[] = [
  [0, 100],
  [100, 8],
  [124, 12],
  [124, 12],
  [156, 1],
  [157, 100],
  [257, 8],
  [345, 155],
  [386, 12],
  [483, 12],
]
const values = [
  '',
  '7'.repeat(12),
  '../../x',
  '/',
  '.',
  '..',
  '/etc/passwd',
  '\u{1b}[2J',
  'bin/a',
  '\0',
  '-1',
  '.wh.',
  'a/../b',
]

/** One field of one header becomes another, and its checksum is right again. */
function forged(data: Buffer, random: Random): void {
  const starts: number[] = []
  for (let at = 0; at + 512 <= data.length; at += 512) {
    if (data.toString('latin1', at + 257, at + 262) === 'ustar') starts.push(at)
  }
  if (starts.length === 0) return
  const at = starts[random(starts.length)]!
  const [from, bytes] = fields[random(fields.length)]!
  if (from === 156) data.write('01234567SxgLKDX'[random(15)]!, at + 156)
  else if (random(4) === 0) data[at + from + random(bytes)] = random(256)
  else data.fill(0, at + from, at + from + bytes).write(values[random(values.length)]!, at + from, bytes, 'latin1')
  data.write('        ', at + 148)
  let sum = 0
  for (let i = 0; i < 512; i++) sum += data[at + i]!
  data.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148)
}

/** Flipped bits, lost ends, lost and swapped blocks, forged headers. */
export function broken(whole: Buffer, random: Random): Buffer {
  const cut = random(6) === 0 ? whole.subarray(0, random(whole.length + 1)) : whole
  const data = Buffer.from(cut)
  if (data.length === 0) return data
  if (data.length < 1024) {
    data[random(data.length)]! ^= 1 << random(8)
    return data
  }
  const block = (): number => random(Math.floor(data.length / 512)) * 512
  for (let i = 0; i < 1 + random(4); i++) {
    const how = random(8)
    if (how < 4) forged(data, random)
    else if (how === 4) data.fill(0, block(), Math.min(data.length, block() + 512))
    else if (how === 5) data.copy(data, block(), block(), Math.min(data.length, block() + 512))
    else data[random(data.length)]! ^= 1 << random(8)
  }
  return data
}

/** One of some, and the place of it. */
const oneOf = <T>(all: readonly T[], random: Random): readonly [one: T, at: number] => {
  const at = random(all.length)
  return [all[at]!, at]
}

/** Layers of which one is broken; digests are those of what is broken. */
const withBroken = (pack: (layer: Buffer) => Buffer, random: Random): Made => {
  const [one, at] = oneOf(layers, random)
  const all = layers.with(at, broken(one, random))
  return { ...plain, layers: all.map(pack), plain: all }
}

/** Layouts as folders, by the files in them. */
export const folders: Readonly<Record<string, (random: Random) => readonly Member[]>> = {
  'oci folder, a layer': (random) => ociMembers([withBroken((layer) => layer, random)]),
  'oci folder, a packed layer': (random) => ociMembers([withBroken((layer) => gzipSync(layer), random)]),
  'oci folder, a layer in zstd': (random) => ociMembers([withBroken(zstd, random)]),
  'oci folder, a file': (random) => {
    const members = ociMembers([packed], { index: random(2) === 0 })
    const [one, at] = oneOf(members, random)
    return members.with(at, { ...one, data: broken(Buffer.from(one.data ?? ''), random) })
  },
  'oci folder, a file fewer': (random) => {
    const members = ociMembers([inZstd], { index: random(2) === 0 })
    return members.toSpliced(random(members.length), 1)
  },
}

const commands: readonly (readonly string[])[] = [
  ['history', 'x.tar'],
  ['history', 'x.tar', '--format', 'json', '--size-model', 'podman'],
  ['waste', 'x.tar'],
  ['waste', 'x.tar', '--format', 'json'],
  ['waste', 'x.tar', '--metric', 'dive'],
  ['files', 'x.tar'],
  ['files', 'x.tar', '--format', 'json'],
  ['files', 'x.tar', '/bin/a'],
  ['files', 'x.tar', '--layer', '0'],
  ['compare', 'x.tar', 'good.tar'],
  ['compare', 'good.tar', 'x.tar', '--format', 'json'],
  ['compare', 'x.tar', 'good.tar', 'x.tar'],
  ['squash', 'x.tar', '-o', 'out'],
  ['squash', 'x.tar', '-o', 'oci-archive:out', '--compress', 'gzip'],
  ['squash', 'x.tar', '-o', 'oci:out', '--from-row', '1'],
  ['base', 'x.tar', '-o', 'out'],
]

/** How a verb ended. */
export interface Taken {
  readonly code: number
  readonly complained: string
  readonly wrong: string | undefined
}

/** A folder in which verbs are run on images. `gone` removes it. */
export function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
  writeFileSync(join(folder, 'good.tar'), kinds['docker-archive']!)
  return {
    gone: () => rmSync(folder, { recursive: true }),
    /** How a verb takes an archive, or the files of a folder, and what is wrong with that; undefined: nothing. */
    async show(data: Buffer | readonly Member[], command: readonly string[]): Promise<Taken> {
      const place = join(folder, 'x.tar')
      rmSync(place, { recursive: true, force: true })
      if (Buffer.isBuffer(data)) writeFileSync(place, data)
      else {
        mkdirSync(join(place, 'blobs/sha256'), { recursive: true })
        for (const member of data) writeFileSync(join(place, member.name), member.data ?? '')
      }
      const world = recordedWorld(folder)
      const code = await run([...command, '--verbose', '--no-config'], world)
      const said = world.complained().trimEnd().split('\n')
      const errors = said.filter((line) => !/: warning: /.test(line))
      const wrong = [
        code > 2 ? `exit code ${code}` : '',
        code === 2 && errors.length !== 1 ? `${errors.length} lines` : '',
        code === 2 && world.printed() !== '' && !command.includes('json') ? 'printed something' : '',
        /(?!\n)\p{Cc}/u.test(world.complained()) ? 'control characters' : '',
        code === 2 && existsSync(join(folder, 'out')) ? 'something was written' : '',
        readdirSync(folder).some((name) => name.endsWith('.part')) ? 'a part was left' : '',
      ].filter((one) => one !== '')
      rmSync(join(folder, 'out'), { recursive: true, force: true })
      const complained = world.complained()
      if (wrong.length === 0) return { code, complained, wrong: undefined }
      return { code, complained, wrong: `${command.join(' ')}: ${wrong.join(', ')}: ${complained}` }
    },
    /** One round of a kind. */
    round(kind: string, seed: number): Promise<Taken> {
      const random = randomFrom(seed)
      const data = folders[kind]?.(random) ?? broken(kinds[kind]!, random)
      return this.show(data, commands[random(commands.length)]!)
    },
  }
}

/** By hand: `node dist/test/tools/fuzz-images.js ROUNDS [FIRST SEED]` prints what is wrong and the slowest round. */
async function main(rounds: number, first: number): Promise<void> {
  const place = bench()
  let slowest = 0
  let found = 0
  for (let seed = first; seed < first + rounds && found < 20; seed++) {
    for (const kind of [...Object.keys(kinds), ...Object.keys(folders)]) {
      const start = performance.now()
      const { wrong } = await place.round(kind, seed)
      const took = performance.now() - start
      if (took > slowest) {
        slowest = took
        console.log(`${took.toFixed(0)} ms: ${kind}, ${seed}`)
      }
      if (wrong === undefined) continue
      found++
      console.log(`${kind}, seed ${seed}: ${wrong}`)
    }
  }
  place.gone()
}

if (process.argv[1]?.endsWith('fuzz-images.js'))
  await main(Number(process.argv[2] ?? 1000), Number(process.argv[3] ?? 1))
