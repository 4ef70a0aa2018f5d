/** The program: binds `run` to this process. The only file that touches `process`. */
import { UserError } from '../lib/error.ts'
import { defect, run } from './program.ts'
import { type Progress, progressOn } from './progress.ts'
import type { Stream, World } from './world.ts'

process.stdout.on('error', writeFailed)
process.stderr.on('error', () => process.exit())
process.on('uncaughtException', (error) => {
  process.stderr.write(defect(error, process.argv.includes('--verbose')))
  process.exit(70)
})

const progress = progressOn(
  stream(process.stderr),
  () => performance.now(),
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
  out: stream(process.stdout, progress),
  err: stream(process.stderr, progress),
  progress: progress.say,
  stdin: readStdin,
  onInterrupt,
}

run(process.argv.slice(2), world).then((code) => {
  progress.clear()
  process.exitCode = code
})

function stream(to: NodeJS.WriteStream, progress?: Progress): Stream {
  return {
    write(text) {
      progress?.clear()
      to.write(text)
    },
    isTerminal: () => to.isTTY === true,
    columns: () => to.columns ?? 80,
  }
}

/** A reader that has seen enough closes the pipe: that is no failure. A full disk is one. */
function writeFailed(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit()
  process.stderr.write(`stratigraph: standard output cannot be written: ${error.message}\n`)
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
