/** Part of `npm run bench`: verbs on large images, beside what others take for the same archive in the same run. */
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeDeletions, writeMillion, writeUsual } from './tools/bench-archive.ts'
import { benchEnvironment } from './tools/bench-env.ts'
import { dive, dockerSquash } from './tools/bench-peers.ts'
import { root } from './tools/truth.ts'

/** What a whole process took. */
interface Took {
  /** Seconds on the clock, and of the processor, both medians of the rounds. */
  readonly seconds: number
  readonly cpu: number
  /** Most memory at one time, the highest of the rounds. */
  readonly megabytes: number
  /** It was stopped at the limit, so the real figures are higher. */
  readonly stopped: boolean
}

interface Command {
  readonly argv: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Rounds, where one takes too long to repeat. */
  readonly rounds?: number
  /** Seconds after which it is stopped. */
  readonly limit?: number
}

const usualLimit = 120
const usualRounds = 5

const middle = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0

/** Runs each of some commands several times, in turns, so that a busy machine is busy for all of them. */
function race(commands: Readonly<Record<string, Command>>): ReadonlyMap<string, Took> {
  const rounds = new Map<string, Took[]>()
  for (let round = 0; round < usualRounds; round++) {
    for (const [name, command] of Object.entries(commands)) {
      if (round >= (command.rounds ?? usualRounds)) continue
      const took = once(command)
      if (took === undefined) console.log(`${name}: does not run here`)
      else rounds.set(name, [...(rounds.get(name) ?? []), took])
    }
  }
  return new Map(
    [...rounds].map(([name, all]) => [
      name,
      {
        seconds: middle(all.map(({ seconds }) => seconds)),
        cpu: middle(all.map(({ cpu }) => cpu)),
        megabytes: Math.max(...all.map(({ megabytes }) => megabytes)),
        stopped: all.some(({ stopped }) => stopped),
      },
    ]),
  )
}

/** Exit code 1 says that a budget is broken, with dive too. */
function once({ argv, env, limit = usualLimit }: Command): Took | undefined {
  const start = performance.now()
  const timed = ['-f', '%U %S %M', 'timeout', '-k', '5', `${limit}`, ...argv]
  const done = spawnSync('/usr/bin/time', timed, {
    encoding: 'utf8',
    env: { ...benchEnvironment, ...env },
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const seconds = (performance.now() - start) / 1000
  const stopped = done.status === 124 || done.status === 137
  if (done.error !== undefined || (done.status !== 0 && done.status !== 1 && !stopped)) return undefined
  const [user = 0, system = 0, kilobytes = 0] = done.stderr.trim().split('\n').at(-1)!.split(' ').map(Number)
  return { seconds, cpu: user + system, megabytes: Math.round(kilobytes / 1000), stopped }
}

function show(
  name: string,
  { seconds, cpu, megabytes, stopped }: Took,
  against?: readonly [string, Took | undefined],
): void {
  const ratio = against?.[1] === undefined ? '' : `${(cpu / against[1].cpu).toFixed(2)} × ${against[0]}`
  const least = stopped ? '> ' : ''
  console.log(
    `${name.padEnd(34)}${`${least}${seconds.toFixed(2)} s`.padStart(10)}${`${least}${cpu.toFixed(2)} s CPU`.padStart(14)}${`${megabytes} MB`.padStart(9)}  ${ratio}`,
  )
}

const ours = (...argv: readonly string[]): Command => ({
  argv: [process.execPath, join(root, 'dist/stratigraph.cjs'), ...argv],
})

/** Prints one line for each verb and each peer. `folder` has room for four gigabytes. */
export function benchImages(folder: string): void {
  const found = dive(folder)
  // Of many deletions it takes minutes.
  const runDive = (archive: string, rounds = 1): Readonly<Record<string, Command>> =>
    found === undefined ? {} : { dive: { argv: [found, `docker-archive://${archive}`], env: { CI: 'true' }, rounds } }
  const archive = join(folder, 'image.tar')
  const flat = join(folder, 'flat.tar')
  const all = (what: string, bytes: number): void => console.log(`\n${what}, ${Math.round(bytes / 1e6)} MB`)

  writeUsual(archive)
  all('75,000 entries in 6 layers', statSync(archive).size)
  const bare = { argv: [process.execPath, join(root, 'dist/test/tools/list-headers.js'), archive] }
  const usual = race({
    'headers by seeking, nothing else': bare,
    history: ours('history', archive),
    'files --depth 2': ours('files', archive, '--depth', '2'),
    waste: ours('waste', archive),
    squash: ours('squash', archive, '-o', flat),
    ...runDive(archive, usualRounds),
  })
  const headers = usual.get('headers by seeking, nothing else')
  for (const [name, took] of usual) {
    if (name === 'dive') show(name, took, ['waste', usual.get('waste')])
    else show(name, took, ['headers', headers])
  }
  if (existsSync(flat)) squashBudget(folder, archive, flat)
  dockerSquash(folder, archive, (argv, env) => {
    const took = race({ 'docker-squash': { argv, env, rounds: 1, limit: 600 } }).get('docker-squash')
    const squashed = usual.get('squash')
    if (took === undefined || squashed === undefined) return
    show('docker-squash', took)
    // Most of its work is the daemon's, whose time on the processor is not counted.
    const least = took.stopped ? 'more than ' : ''
    console.log(`  it takes ${least}${(took.seconds / squashed.seconds).toFixed(1)} × the time of squash on the clock`)
  })
  rmSync(archive)
  rmSync(flat, { force: true })

  for (const [what, write] of [
    ['100,000 files, 5,000 of them deleted one by one', writeDeletions],
    ['1,000,000 entries', writeMillion],
  ] as const) {
    write(archive)
    all(what, statSync(archive).size)
    const many = race({
      history: ours('history', archive),
      'files --depth 2': ours('files', archive, '--depth', '2'),
      waste: ours('waste', archive),
      ...runDive(archive),
    })
    for (const [name, took] of many) show(name, took, name === 'dive' ? ['waste', many.get('waste')] : undefined)
    rmSync(archive)
  }
}

/**
 * What squash cannot do without: every byte of the archive is held against its digest, and every byte of the result gets
 * one. Beside it, a copy that looks at nothing; all in turns.
 */
function squashBudget(folder: string, archive: string, flat: string): void {
  const copy = join(folder, 'copy.tar')
  const digest = join(root, 'dist/test/tools/digest-file.js')
  const raced = race({
    'squash, again': ours('squash', archive, '-o', flat),
    'cp of what it wrote': { argv: ['cp', flat, copy] },
    'SHA-256 of the archive': { argv: [process.execPath, digest, archive] },
    'SHA-256 of what it wrote': { argv: [process.execPath, digest, flat] },
  })
  rmSync(copy, { force: true })
  for (const [name, took] of raced) show(name, took)
  const [squashed, copied, ...digests] = [...raced.values()]
  if (squashed === undefined || copied === undefined) return
  const hashing = digests.reduce((sum, { cpu }) => sum + cpu, 0)
  console.log(
    `  squash takes ${(squashed.seconds / copied.seconds).toFixed(1)} × the time of cp on the clock; the two digests alone,`,
    `one on each core, ${(Math.max(...digests.map(({ seconds }) => seconds)) / copied.seconds).toFixed(1)} ×;`,
    `they are ${Math.round((100 * hashing) / squashed.cpu)} % of its CPU time`,
  )
}
