/** Runs the program as a process of its own, for what only the whole of it shows. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './truth.ts'

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
  /** Most memory it had at one time; 0 on other systems than Linux. */
  readonly megabytes: number
}

/**
 * Says on the third stream how much memory it was, in kilobytes. Not `resourceUsage`, which on Linux begins with what the
 * process had that started this one.
 */
const report = `data:text/javascript,${encodeURIComponent(`
import { readFileSync, writeSync } from 'node:fs'
process.on('exit', () => writeSync(3, /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]))
`)}`

/** Runs it in a folder. */
export function runProcess(folder: string, argv: readonly string[]): Ended {
  const linux = process.platform === 'linux' ? ['--import', report] : []
  const node = [...linux, join(root, 'dist/cli/main.js'), ...argv]
  const done = spawnSync(process.execPath, node, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    maxBuffer: 1 << 30,
  })
  const [out = '', err = '', kilobytes = ''] = done.output.slice(1).map(String)
  return { code: done.status, out, err, megabytes: Number(kilobytes) / 1000 }
}
