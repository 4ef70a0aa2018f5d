/**
 * What is in an image that an engine built, as the engine itself gives it away: the files of a container made from it, its
 * configuration, and the bytes of its rows.
 */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandIn, withFolder } from './engine.ts'
import { members } from './layer-tar.ts'
import type { TruthResult } from './truth.ts'

/** One image, seen from outside. */
export interface Contents {
  /** By path without a leading `/`: type, mode, owner, and what the file holds. */
  readonly files: ReadonlyMap<string, string>
  readonly config: Readonly<Record<string, unknown>>
  /** Sum of the column SIZE. */
  readonly bytes: number
}

export type Kind = TruthResult['engine']

/** What can be done with one engine's images. */
export interface Store {
  readonly kind: Kind
  /** Builds `folder/Dockerfile` with the folder as context; an error with the engine's last words where that fails. */
  readonly build: (folder: string, image: string, flags?: readonly string[]) => void
  readonly contents: (image: string) => Contents
  /** What the image prints when it is started as it says, without a network; an error where that fails. Of Docker only. */
  readonly output?: (image: string) => string
  /** Writes an archive that the program reads. */
  readonly save: (image: string, file: string) => void
  readonly load: (file: string) => void
  /** Makes an image of one layer from a tar of a root folder. */
  readonly import: (file: string, image: string) => void
  readonly remove: (images: readonly string[]) => void
}

function must(command: readonly string[], env: Readonly<Record<string, string>> = {}): Buffer {
  const [program = '', ...args] = command
  const done = spawnSync(program, args, { env: { ...process.env, ...env }, maxBuffer: 1 << 30, timeout: 600_000 })
  if (done.status === 0) return done.stdout
  const said = `${done.error ?? ''}\n${done.stderr?.toString().slice(-1500)}\n${done.stdout?.toString().slice(-1500)}`
  throw new Error(`${command.join(' ')}: exit ${done.status}\n${said}`)
}

/** Those that test/engines/run found. */
export function stores(): readonly Store[] {
  const docker = commandIn('STRATIGRAPH_DOCKER')
  const buildah = commandIn('STRATIGRAPH_BUILDAH')
  const podman = commandIn('STRATIGRAPH_PODMAN')
  return [
    ...(docker === undefined ? [] : (['classic', 'buildkit'] as const).map((kind) => dockerStore(docker, kind))),
    ...(buildah === undefined || podman === undefined ? [] : [buildahStore(buildah, podman)]),
  ]
}

/** The images of a daemon, by its client as a command; `kind`: what builds. */
export const dockerStore = (docker: readonly string[], kind: 'classic' | 'buildkit'): Store => ({
  kind,
  build(folder, image, flags = []) {
    const env = { DOCKER_BUILDKIT: kind === 'buildkit' ? '1' : '0', BUILDKIT_PROGRESS: 'plain' }
    must([...docker, 'build', '--network', 'host', ...flags, '-t', image, folder], env)
  },
  contents(image) {
    const container = must([...docker, 'create', '--network=none', image, 'none'])
      .toString()
      .trim()
    const files = withFolder((folder) => {
      const file = join(folder, 'files.tar')
      must([...docker, 'export', '-o', file, container])
      return filesOf(readFileSync(file))
    })
    must([...docker, 'rm', container])
    for (const path of ofContainers) files.delete(path)
    const [{ Config: config }] = JSON.parse(must([...docker, 'image', 'inspect', image]).toString())
    const sizes = must([...docker, 'history', '--human=false', '--format', '{{.Size}}', image])
      .toString()
      .trim()
    return { files, config: said(config), bytes: sizes.split('\n').reduce((sum, size) => sum + Number(size), 0) }
  },
  output: (image) => must([...docker, 'run', '--rm', '--network=none', image]).toString(),
  save: (image, file) => void must([...docker, 'save', '-o', file, image]),
  load: (file) => void must([...docker, 'load', '-i', file]),
  import: (file, image) => void must([...docker, 'import', '--change', 'CMD ["/bin/sh"]', file, image]),
  remove: (images) => void must([...docker, 'rmi', '-f', ...images]),
})

const buildahStore = (buildah: readonly string[], podman: readonly string[]): Store => ({
  kind: 'buildah',
  build(folder, image, flags = []) {
    const call = ['bud', '--layers', '--isolation', 'chroot', '--pull-never', '--network', 'host']
    must([...buildah, ...call, ...flags, '-t', image, '-f', join(folder, 'Dockerfile'), folder])
  },
  contents(image) {
    const container = must([...buildah, 'from', '--pull-never', image])
      .toString()
      .trim()
    const mount = must([...buildah, 'mount', container])
      .toString()
      .trim()
    const files = withFolder((folder) => {
      const file = join(folder, 'files.tar')
      must(['tar', '-c', '--numeric-owner', '-f', file, '-C', mount, '.'])
      return filesOf(readFileSync(file))
    })
    must([...buildah, 'rm', container])
    // Every RUN leaves these behind where the base has none; with fewer RUNs there may be fewer.
    for (const path of [...ofContainers, 'run']) files.delete(path)
    const { OCIv1 } = JSON.parse(must([...buildah, 'inspect', '--type', 'image', image]).toString())
    const rows = must([...podman, 'history', '--human=false', '--format', 'json', image])
    const sizes = (JSON.parse(rows.toString()) as { size?: number }[]).map(({ size = 0 }) => size)
    return { files, config: said(OCIv1.config), bytes: sizes.reduce((sum, size) => sum + size, 0) }
  },
  save: (image, file) => void must([...buildah, 'push', '--disable-compression', image, `oci-archive:${file}`]),
  load: (file) => void must([...podman, 'load', '-i', file]),
  import: (file, image) => void must([...podman, 'import', '--change', 'CMD=["/bin/sh"]', file, image]),
  remove: (images) => void must([...buildah, 'rmi', '-f', ...images]),
})

/** What Docker puts into a container that is not in the image. */
const ofContainers: readonly string[] = [
  ...['.dockerenv', 'dev/console', 'dev/pts', 'dev/shm', 'etc/hostname', 'etc/hosts', 'etc/mtab', 'etc/resolv.conf'],
  ...['dev', 'etc', 'proc', 'sys'],
]

/** Without what only a container has, and what is not set. */
const said = (config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(config ?? {})
      .filter(([key, value]) => !['Image', 'Hostname'].includes(key) && value !== null && value !== '')
      .map(([key, value]) => [key, key === 'Labels' ? withoutVersion(value as object) : value]),
  )

const withoutVersion = (labels: object): object =>
  Object.fromEntries(Object.entries(labels).filter(([key]) => key !== 'io.buildah.version'))

/** Which of a file's names comes first in the tar does not matter: all of them give what the file holds. */
function filesOf(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>()
  for (const { name, kind, mode, uid, gid, link, body } of members(archive)) {
    const path = plain(name)
    const head = `${(mode & 0o7777).toString(8)} ${uid}:${gid}`
    const digest = kind === '0' ? createHash('sha256').update(body).digest('hex').slice(0, 12) : ''
    if (path === '') continue
    if (kind === '1') files.set(path, files.get(plain(link)) ?? `link to ${link}`)
    else if (kind === '0') files.set(path, `file ${head} ${body.length} ${digest}`)
    else files.set(path, kind === '2' ? `symlink to ${link}` : `${kind === '5' ? 'dir' : `kind ${kind}`} ${head}`)
  }
  return files
}

const plain = (path: string): string => path.replace(/^\.?\//, '').replace(/\/+$/, '')
