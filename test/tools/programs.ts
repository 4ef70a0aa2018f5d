/** Other programs, run as somebody at a terminal runs them. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** How a program ended, and what it printed. */
export interface Done {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

/** Runs a command in a folder, without what npm sets for its own scripts. */
export function run(folder: string, command: readonly string[], env: Readonly<Record<string, string>> = {}): Done {
  const [program = '', ...args] = command
  // What npm sets for its scripts would tell an inner npm about this project.
  const own = Object.entries(process.env).filter(([name]) => !/^npm_|^GITHUB_ACTIONS$|^(NO|FORCE)_COLOR$/.test(name))
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    env: { ...Object.fromEntries(own), ...env },
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    timeout: 900_000,
  })
  return { status, out: stdout ?? '', err: stderr ?? '' }
}

/** What a command prints. Throws where it fails. */
export function must(folder: string, command: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const { status, out, err } = run(folder, command, env)
  if (status !== 0) throw new Error(`${command.join(' ')}: exit ${status}\n${out.slice(-1500)}\n${err.slice(-1500)}`)
  return out
}

/** Writes a file, and the folders above it. */
export function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** Whether a program is here. */
export const has = (program: string): boolean => run('/', [program, '--version']).status === 0

/** Tells what was left out. */
export const missed = (what: string): void => void process.stdout.write(`not run: ${what}\n`)

/** What npm says where there is no registry. */
export const unreached = /ENOTFOUND|ETIMEDOUT|ECONNREFUSED|EAI_AGAIN|network/
