/** Programs that `npm run bench` compares with: fetched by their own installers into a folder that goes afterwards. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { startDaemon } from './daemon.ts'

const has = (program: string, ...argv: readonly string[]): boolean =>
  spawnSync(program, argv, { stdio: 'ignore' }).status === 0

/** A fetch may compile a program; ten minutes is a slow machine. */
const patience = 600_000

/** Where dive is: on the PATH, or built from its Go module into `folder`. Undefined is said on the screen. */
export function dive(folder: string): string | undefined {
  if (has('dive', '--version')) return 'dive'
  const bin = join(folder, 'bin')
  const env = { ...process.env, GOBIN: bin, CGO_ENABLED: '0' }
  const made = spawnSync('go', ['install', 'github.com/wagoodman/dive/cmd/dive@latest'], { env, timeout: patience })
  if (made.status === 0) {
    const about = spawnSync('go', ['version', '-m', join(bin, 'dive')], { encoding: 'utf8' })
    console.log(`dive ${/^\tmod\t\S+\t(\S+)/m.exec(about.stdout)?.[1] ?? ''}`)
    return join(bin, 'dive')
  }
  console.log('dive is not at hand, and could not be built by go install')
  return undefined
}

/**
 * Gives `run` the command that flattens an archive by docker-squash, which asks a daemon for the image: one is started and
 * stopped here. What is missing is said on the screen.
 */
export function dockerSquash(
  folder: string,
  archive: string,
  run: (argv: readonly string[], env: Readonly<Record<string, string>>) => void,
): void {
  const missing = (what: string): void => console.log(`docker-squash is not at hand: ${what}`)
  const place = join(folder, 'venv')
  const program = join(place, 'bin/docker-squash')
  if (process.getuid?.() !== 0 || !has('dockerd', '--version')) missing('it needs a Docker daemon, and that needs root')
  else if (
    !has('python3', '-m', 'venv', place) ||
    spawnSync(join(place, 'bin/pip'), ['-q', 'install', 'docker-squash'], { timeout: patience }).status !== 0
  )
    missing('pip could not install it')
  else {
    const daemon = startDaemon({ folder: join(folder, 'daemon'), store: undefined })
    if (daemon === undefined) {
      missing('no Docker daemon starts here')
      return
    }
    try {
      console.log(`docker-squash ${spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout.trim()}`)
      const [client = '', ...args] = daemon.docker
      const loaded = spawnSync(client, [...args, 'load', '-q', '-i', archive])
      if (loaded.status === 0) run([program, '--output-path', join(folder, 'peer.tar'), 'bench:1'], daemon.env)
      else missing('the daemon does not take the image')
    } finally {
      daemon.stop()
    }
  }
}
