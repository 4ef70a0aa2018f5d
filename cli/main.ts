/** The program: binds `run` to this process. The only file that touches `process`. */
import { setFlagsFromString } from 'node:v8'
import { UserError } from '../lib/error.ts'
import { defect, run } from './program.ts'
import { type Progress, progressOn } from './progress.ts'
import { standard } from './standard.ts'
import type { Ran, Stream, World } from './world.ts'

/** A variable that threads of ours are started with. */
const threadMark = 'STRATIGRAPH_THREAD'

// A thread's streams lead to the program that started it, and its descriptors do not.
const isThread = process.env[threadMark] !== undefined
const err = standard(2, () => process.stderr.on('error', () => process.exit()), isThread)
const out = standard(1, () => process.stdout.on('error', writeFailed), isThread)

process.on('uncaughtException', (error) => {
  err.write(defect(error, process.argv.includes('--verbose')))
  process.exit(70)
})

const progress = progressOn(
  err,
  () => process.uptime() * 1000,
  (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds).unref()
    return () => clearTimeout(timer)
  },
)

const world: World = {
  cwd: process.cwd(),
  env: process.env,
  now: () => new Date(),
  zone: (milliseconds) => -new Date(milliseconds).getTimezoneOffset(),
  out: behind(progress, out),
  err: behind(progress, err),
  progress: progress.say,
  threads: (argvs) => Promise.all(argvs.map(inThread)),
  longRun,
  smallHeap,
  stdin: readStdin,
  onInterrupt,
}

run(process.argv.slice(2), world).then((code) => {
  progress.clear()
  process.exitCode = code
  // Taking the heap apart takes longer than a short file's lint.
  if (!isThread && out.isWritten() && err.isWritten()) process.exit()
})

/** The line that tells what is being done goes away first. */
function behind(progress: Progress, stream: Stream): Stream {
  return {
    ...stream,
    write(text) {
      progress.clear()
      stream.write(text)
    },
  }
}

/** A reader that has seen enough closes the pipe: that is no failure. A full disk is one. */
function writeFailed(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit()
  err.write(`stratigraph: standard output cannot be written: ${error.message}\n`)
  process.exit(2)
}

async function readStdin(limit: number): Promise<Uint8Array> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > limit) throw new UserError(`standard input is longer than ${limit} bytes: that is no Dockerfile`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

async function inThread(argv: readonly string[]): Promise<Ran> {
  const { Worker } = await import('node:worker_threads')
  const worker = new Worker(process.argv[1]!, {
    argv: [...argv],
    env: { ...process.env, [threadMark]: '1' },
    stdout: true,
    stderr: true,
  })
  const read = async (from: AsyncIterable<Buffer | string>): Promise<string> => {
    const pieces: Buffer[] = []
    for await (const piece of from) pieces.push(Buffer.from(piece))
    return Buffer.concat(pieces).toString()
  }
  const texts = Promise.all([read(worker.stdout), read(worker.stderr)])
  const code = await new Promise<number>((done, fail) => worker.on('exit', done).on('error', fail))
  const [out, err] = await texts
  return { code, out, err }
}

/** A flag of V8 as it is set for a while, and as it is when nobody says otherwise. */
type Flag = readonly [set: string, usual: string]

const node = Number.parseInt(process.versions.node, 10)
const setFlags = (flags: readonly Flag[], which: 0 | 1): void => {
  for (const flag of flags) setFlagsFromString(flag[which])
}

/**
 * How often a function is called, or how much of its code is run, before V8 thinks of optimizing it. Only for releases that were
 * looked at: a flag that V8 does not know is complained of on standard error.
 */
function patience(): readonly Flag[] {
  if (node === 20) return [['--interrupt-budget=12000000', '--interrupt-budget=67584']]
  const maglev: Flag = ['--invocation-count-for-maglev=40000', '--invocation-count-for-maglev=400']
  if (node === 22) return [maglev, ['--invocation-count-for-turbofan=300000', '--invocation-count-for-turbofan=3000']]
  // Later ones reach TurboFan by Maglev, and do not tell what TurboFan's own count is when nobody says otherwise.
  return node === 24 || node === 26 ? [maglev] : []
}

/**
 * V8 optimizes what runs often, soon and again and again. A run over some hundred files calls so many functions with so
 * many kinds of values that a sixth of its time goes into that and is never earned back: optimized code is a fiftieth of
 * what runs. It pays where one function runs for long. Kept code fits the flags it was made with, so they are put back
 * before it is kept.
 */
function longRun(): void {
  setFlags(patience(), 0)
  process.prependOnceListener('exit', () => setFlags(patience(), 1))
  process.emit('stratigraph:long' as 'beforeExit', 0)
}

/** Flags of V8 for those who read images, and what they are set to when nobody says otherwise. */
const imageFlags: readonly Flag[] = [
  ['--semi-space-growth-factor=1', '--semi-space-growth-factor=2'],
  ['--heap-growing-percent=20', '--heap-growing-percent=0'],
  ['--max-inlined-bytecode-size-cumulative=300', '--max-inlined-bytecode-size-cumulative=920'],
]
let isHeapSmall = false

/**
 * Has V8 keep little room beside the table of entries, which only grows. The nursery stays at its first size: entries
 * outlive it anyway. And garbage is looked for whenever the heap has grown by a fifth, not when it has grown fourfold:
 * for 75,000 entries that is a quarter of the memory, at the same speed. Less is copied into a function that is optimized:
 * in a run of a second the optimizer takes a third of the time, and this way a fifth less of all.
 * The flags are read as the program runs. They are put back before code is kept, which fits the flags it was made with.
 */
function smallHeap(): void {
  if (isHeapSmall || node > 26) return
  isHeapSmall = true
  setFlags(imageFlags, 0)
  process.prependOnceListener('exit', () => setFlags(imageFlags, 1))
}

function onInterrupt(undo: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const stop = (signal: NodeJS.Signals) => {
    undo()
    forget()
    process.kill(process.pid, signal)
  }
  const forget = () => {
    for (const signal of signals) process.off(signal, stop)
  }
  for (const signal of signals) process.on(signal, stop)
  return forget
}
