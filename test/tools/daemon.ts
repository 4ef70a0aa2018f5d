/** Docker daemons in a folder of their own, for the engine suite and the bench. They want root. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface DaemonOptions {
  /** Where everything of it goes. */
  readonly folder: string
  /** A folder that newer programs were unpacked to, or compiled; undefined: the system's. */
  readonly root?: string | undefined
  /** `containerd`: the image store of that name; else a graph driver. */
  readonly store: 'containerd' | 'overlay2' | 'vfs' | undefined
}

/** A daemon that runs. */
export interface Daemon {
  /** Its client as a command, with the address. */
  readonly docker: readonly string[]
  /** What that client wants in its environment, and what finds the daemon. */
  readonly env: Readonly<Record<string, string>>
  /** Its version, as it says. */
  readonly version: string
  stop(): void
}

/** Starts a daemon and waits for it; undefined where it does not come up. */
export function startDaemon({ folder, root, store }: DaemonOptions): Daemon | undefined {
  const bin = join(folder, 'bin')
  mkdirSync(bin, { recursive: true })
  // runc of a newer system does not start on an older one; any runc will do.
  const runc = spawnSync('sh', ['-c', 'PATH=$PATH:/usr/sbin command -v runc'], { encoding: 'utf8' }).stdout.trim()
  if (root !== undefined && runc !== '') symlinkSync(runc, join(bin, 'runc'))
  const config = join(folder, 'daemon.json')
  const isGraph = store === 'overlay2' || store === 'vfs'
  writeFileSync(
    config,
    JSON.stringify({
      ...(isGraph ? { 'storage-driver': store } : {}),
      // That old runc knows no namespace of time, which Docker 29 wants since 29.5.
      ...(store === undefined || (isGraph && root === undefined)
        ? {}
        : { features: { 'containerd-snapshotter': !isGraph, 'time-namespaces': false } }),
    }),
  )
  const socket = `unix://${folder}/d.sock`
  const path = [bin, ...(root === undefined ? [] : [join(root, 'usr/sbin'), join(root, 'usr/bin')]), process.env.PATH]
  const log = openSync(join(folder, 'log'), 'w')
  const own = ['data-root', 'exec-root', 'pidfile'].flatMap((name) => [`--${name}`, join(folder, name)])
  const alone = ['--iptables=false', '--ip6tables=false', '--bridge=none']
  const daemon = spawn('dockerd', ['--config-file', config, '-H', socket, ...own, ...alone], {
    stdio: ['ignore', log, log],
    env: { ...process.env, PATH: path.join(':') },
  })
  daemon.on('error', () => undefined)
  const docker = [root === undefined ? systemClient() : join(root, 'usr/bin/docker'), '-H', socket]
  const settings = join(folder, 'client')
  mkdirSync(settings, { recursive: true })
  const plugins = root === undefined ? {} : { cliPluginsExtraDirs: [join(root, 'usr/libexec/docker/cli-plugins')] }
  writeFileSync(join(settings, 'config.json'), JSON.stringify(plugins))
  const env = { DOCKER_CONFIG: settings, DOCKER_HOST: socket }
  for (let tries = 0; tries < 200 && isAlive(daemon); tries++) {
    const [program = '', ...args] = docker
    const told = spawnSync(program, [...args, 'version', '--format', '{{.Server.Version}}'], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    })
    if (told.status === 0) return { docker, env, version: told.stdout.trim(), stop: () => stop(daemon, folder) }
    spawnSync('sleep', ['0.2'])
  }
  stop(daemon, folder)
  return undefined
}

/** Debian's client comes first: it has what it needs to build. */
const systemClient = (): string =>
  spawnSync('/usr/bin/docker', ['--version']).status === 0 ? '/usr/bin/docker' : 'docker'

const isAlive = ({ pid }: ChildProcess): boolean =>
  pid !== undefined &&
  !/^(?:Z|$)/.test(spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).stdout.trim())

/** What it mounted stays mounted without it, and then its folder cannot be removed. */
function stop(daemon: ChildProcess, folder: string): void {
  daemon.kill()
  for (let tries = 0; tries < 150 && isAlive(daemon); tries++) spawnSync('sleep', ['0.1'])
  daemon.kill('SIGKILL')
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
  for (const mount of mounts.reverse()) if (mount.startsWith(`${folder}/`)) spawnSync('umount', ['-l', mount])
}
