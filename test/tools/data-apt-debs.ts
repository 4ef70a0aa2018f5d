/**
 * Measures .deb files: those of a folder, and those that apt fetches one small batch after the other. Nothing is
 * unpacked to the disk; a tar is read as it streams by.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, posix } from 'node:path'
import { type BodySink, type TarRecord, tarParser } from '../../lib/image/tar.ts'
import { compiledBy, type Measured, type Member, sumUp } from './data-apt-measure.ts'

/**
 * The .deb files of a folder, and those that were there once: what was measured is kept in it, a line of JSON for each
 * package. `python`: the suite's interpreter, to tell how long byte code is.
 */
export async function measureFolder(
  folder: string,
  python?: readonly string[],
): Promise<ReadonlyMap<string, Measured>> {
  const file = join(folder, 'measured.jsonl')
  const { found, files } = readMeasured(existsSync(file) ? readFileSync(file, 'utf8') : '')
  for (const deb of readdirSync(folder).sort()) {
    if (!deb.endsWith('.deb') || files.has(deb)) continue
    const { name, measured } = await measureDeb(join(folder, deb), python)
    found.set(name, measured)
    appendFileSync(file, `${JSON.stringify({ file: deb, name, measured })}\n`)
  }
  return found
}

/** What an earlier run wrote down; a line that was cut off does not count. */
export function readMeasured(text: string): { readonly found: Map<string, Measured>; readonly files: Set<string> } {
  const found = new Map<string, Measured>()
  const files = new Set<string>()
  for (const line of text.split('\n').filter((one) => one.endsWith('}}'))) {
    const one = JSON.parse(line) as { file: string; name: string; measured: Measured }
    found.set(one.name, one.measured)
    files.add(one.file)
  }
  return { found, files }
}

/** One .deb. Throws where dpkg-deb cannot read it. */
export async function measureDeb(
  path: string,
  python?: readonly string[],
): Promise<{ readonly name: string; readonly measured: Measured }> {
  const control = new Map<string, Buffer>()
  await readTar('--ctrl-tarfile', path, (record) => collect((body) => control.set(plainPath(record.name), body)))
  const text = (member: string): string => control.get(`/${member}`)?.toString() ?? ''
  const field = (key: string): string => new RegExp(`^${key}: (.*)$`, 'm').exec(text('control'))?.[1] ?? ''
  const name = field('Package')
  const compiled = compiledBy(name, text('postinst'))
  const members: Member[] = []
  const sources = new Map<string, Buffer | undefined>()
  const links: (readonly [path: string, target: string])[] = []
  await readTar('--fsys-tarfile', path, (record) => {
    const member = memberOf(record)
    if (member.path !== '/') members.push(member)
    if (python === undefined || compiled?.(member.path) !== true) return undefined
    if (member.type === 'link') links.push([member.path, posix.resolve(posix.dirname(member.path), record.link)])
    return member.type === 'file' ? collect((body) => sources.set(member.path, body)) : undefined
  })
  const list = members.reduce((bytes, member) => bytes + Buffer.byteLength(member.path) + 1, 3)
  const info = [...control].reduce((bytes, [one, body]) => bytes + (one === '/control' ? 0 : body.length), list)
  const templates = control.get('/templates')?.length ?? 0
  const sum = sumUp(field('Version'), members, { info, conffiles: text('conffiles'), templates })
  // A source in another package is read where the interpreter has it.
  for (const [path, target] of links) sources.set(sources.has(target) ? path : target, sources.get(target))
  const byteCode = compiled === undefined ? 0 : python === undefined ? undefined : byteCodeBytes(sources, python)
  const measured = { ...sum, control: control.get('/control')?.length ?? 0 }
  return { name, measured: byteCode === undefined ? measured : { ...measured, byteCode } }
}

// Compiles what it is given and says how long the files would be: 16 bytes of head, then the code.
const compiler = `
import marshal, sys
total = 0
while line := sys.stdin.buffer.readline():
    length, path = line.decode().rstrip().split(' ', 1)
    try:
        source = open(path, 'rb').read() if length == '-1' else sys.stdin.buffer.read(int(length))
        total += 16 + len(marshal.dumps(compile(source, path, 'exec', dont_inherit=True)))
    except (OSError, SyntaxError, ValueError):
        pass
print(total)
`

function byteCodeBytes(
  sources: ReadonlyMap<string, Buffer | undefined>,
  [command = 'python3', ...words]: readonly string[],
): number {
  const args = [...words, '-I', '-W', 'ignore', '-c', compiler]
  const input = [...sources].flatMap(([path, body]) => [
    Buffer.from(`${body?.length ?? -1} ${path}\n`),
    body ?? Buffer.alloc(0),
  ])
  const { stdout, status } = spawnSync(command, args, { input: Buffer.concat(input), encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} cannot compile`)
  return Number(stdout)
}

const plainPath = (name: string): string => `/${name.replace(/^\.?\/+/, '').replace(/\/+$/, '')}`.replace(/^\/\.$/, '/')

function memberOf({ name, type, bytes, link }: TarRecord): Member {
  const kind = type === 'file' ? 'file' : type === 'symlink' ? 'link' : type === 'dir' ? 'folder' : 'other'
  return { path: plainPath(name), type: kind, bytes, target: kind === 'link' ? Buffer.byteLength(link) : 0 }
}

function collect(done: (body: Buffer) => void): BodySink {
  const pieces: Buffer[] = []
  return { write: (piece) => void pieces.push(Buffer.from(piece)), end: () => done(Buffer.concat(pieces)) }
}

async function readTar(which: string, path: string, onRecord: (record: TarRecord) => BodySink | undefined) {
  const parser = tarParser(path, onRecord)
  const child = spawn('dpkg-deb', [which, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  for await (const piece of child.stdout) if (!parser.ended) parser.feed(piece as Buffer)
  const [status] = await closed
  if (status !== 0) throw new Error(`dpkg-deb cannot read ${path}`)
  parser.finish()
}

/** What to fetch: `name=version` as apt knows it, most needed first. */
export interface Wanted {
  readonly name: string
  readonly version: string
  /** Of the .deb, bytes. */
  readonly deb: number
}

/** A .deb longer than this stays reckoned. Bytes. */
export const longestDeb = 150_000_000

/** What is still to be fetched, in batches of so many, those too long left out. */
export function batches(
  wanted: readonly Wanted[],
  known: ReadonlyMap<string, Measured>,
  many: number,
): readonly (readonly Wanted[])[] {
  const open = wanted.filter(({ name, version, deb }) => deb <= longestDeb && known.get(name)?.version !== version)
  return Array.from({ length: Math.ceil(open.length / many) }, (_, i) => open.slice(i * many, (i + 1) * many))
}

const quietly = '-q -o Acquire::Queue-Mode=access -o Acquire::Retries=0 -o APT::Sandbox::User=root download'.split(' ')

/**
 * Fetches packages with apt's own client, a small batch at a time over one connection, measures and deletes them; a later
 * run goes on from there. Ends at the first batch that cannot be had. Gives what `measureFolder` gives.
 */
export async function measureFetched(
  folder: string,
  wanted: readonly Wanted[],
  python?: readonly string[],
): Promise<ReadonlyMap<string, Measured>> {
  mkdirSync(folder, { recursive: true })
  let known = await measureFolder(folder, python)
  const todo = batches(wanted, known, 40)
  for (const [i, batch] of todo.entries()) {
    const words = batch.map(({ name, version }) => `${name}=${version}`)
    const { status } = spawnSync('apt-get', [...quietly, ...words], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    known = await measureFolder(folder, python)
    for (const one of readdirSync(folder).filter((name) => name.endsWith('.deb'))) rmSync(join(folder, one))
    console.error(`batch ${i + 1} of ${todo.length}: ${known.size} packages measured`)
    if (status !== 0) break
  }
  return known
}
