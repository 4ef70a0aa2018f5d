/**
 * The engines that test/engines/run found, behind one shape: build a case, give what came out as a recording does.
 * STRATIGRAPH_DOCKER names the client of the daemon at DOCKER_HOST, STRATIGRAPH_BUILDAH and STRATIGRAPH_PODMAN
 * commands with their storage options, STRATIGRAPH_BUSYBOX a static busybox.
 */

import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImageConfig } from '../../lib/model.ts'
import { builderName } from './compare.ts'
import { layerEntries, tarFiles } from './layer-tar.ts'
import {
  stageTruth,
  type TruthCase,
  type TruthResult,
  type TruthRow,
  type TruthTableRow,
  truthBaseFolder,
  truthBaseRecord,
} from './truth.ts'

/** What can be built: a case without what was recorded of it. */
export type Buildable = Pick<TruthCase, 'name' | 'dockerfile' | 'context' | 'args'>

/** One way of building. */
export interface Engine {
  readonly kind: TruthResult['engine']
  /** For `--builder`: `classic@20.10.24,client=20.10.24`. */
  readonly builder: string
  /** Builds and reads the image, then removes it. */
  readonly build: (one: Buildable) => TruthResult
}

/** Runs a command and gives its output; a status other than 0 is an error unless `may` fail. */
function run(command: readonly string[], env: Readonly<Record<string, string>> = {}, input?: Uint8Array) {
  const [program = '', ...args] = command
  const done = spawnSync(program, args, {
    env: { ...process.env, ...env },
    maxBuffer: 256 << 20,
    timeout: 240_000,
    ...(input && { input }),
  })
  return { status: done.status ?? -1, out: done.stdout ?? Buffer.alloc(0), err: (done.stderr ?? '').toString() }
}

/** The same, for what must work. */
function must(command: readonly string[], env: Readonly<Record<string, string>> = {}, input?: Uint8Array): Buffer {
  const { status, out, err } = run(command, env, input)
  if (status !== 0) throw new Error(`${command.join(' ')}: exit ${status}\n${err.slice(-2000)}`)
  return out
}

/** A command that a variable of the environment names; undefined: it is not set. */
export const commandIn = (name: string): readonly string[] | undefined => process.env[name]?.split(' ')

/** The client of a running daemon, as a command; undefined without one. */
export const dockerCommand = (): readonly string[] | undefined => commandIn('STRATIGRAPH_DOCKER')

/** Loads the three bases everywhere and gives the engines there are. */
export const openEngines = (): readonly Engine[] => {
  opened ??= open()
  return opened
}

let opened: readonly Engine[] | undefined

function open(): readonly Engine[] {
  const docker = dockerCommand()
  const buildah = commandIn('STRATIGRAPH_BUILDAH')
  const podman = commandIn('STRATIGRAPH_PODMAN')
  if (docker !== undefined) makeBases(docker)
  const engines: Engine[] = []
  if (docker !== undefined) {
    const version = (side: string) =>
      must([...docker, 'version', '--format', `{{.${side}.Version}}`])
        .toString()
        .trim()
    const [server, client] = [version('Server'), version('Client')]
    for (const kind of ['classic', 'buildkit'] as const)
      engines.push({
        kind,
        builder: builderName(kind, server, client),
        build: (one) => dockerBuild(docker, kind, server, one),
      })
  }
  if (docker !== undefined && buildah !== undefined && podman !== undefined) {
    withFolder((folder) => {
      const archive = join(folder, 'bases.tar')
      must([...docker, 'save', '-o', archive, ...baseNames.map((name) => `${name}:local`)])
      must([...podman, 'load', '-i', archive])
    })
    // The daemon's names come with a registry in front; Buildah's recordings have `localhost/`.
    for (const name of baseNames) run([...buildah, 'tag', `docker.io/library/${name}:local`, `localhost/${name}:local`])
    for (const name of baseNames) run([...buildah, 'rmi', `docker.io/library/${name}:local`])
    const version = /\d+(\.\d+)+/.exec(must([...buildah, '--version']).toString())?.[0] ?? ''
    engines.push({
      kind: 'buildah',
      builder: builderName('buildah', version, ''),
      build: (one) => buildahBuild(buildah, podman, version, one),
    })
  }
  return engines
}

const baseNames = ['busybox', 'rich', 'onbuild'] as const

/** What `use` gives of a new folder, which is gone afterwards. */
export function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'stratigraph-engine-'))
  try {
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Puts what busybox:local holds into a folder, with the machine's static busybox. */
export function fillBusybox(folder: string): void {
  for (const { path, type, mode, link } of truthBaseRecord('busybox').layers[0] ?? []) {
    const at = join(folder, path)
    if (type === 'dir') mkdirSync(at, { recursive: true })
    else if (type === 'symlink') symlinkSync(link ?? '', at)
    else copyFileSync(process.env.STRATIGRAPH_BUSYBOX ?? '/bin/busybox', at)
    if (type !== 'symlink') chmodSync(at, Number.parseInt(mode, 8))
  }
}

/** busybox:local from the machine's static busybox, the other two by their Dockerfiles, as recorded. */
function makeBases(docker: readonly string[]): void {
  withFolder((folder) => {
    fillBusybox(folder)
    const tar = must(['tar', '-c', '--owner=0', '--group=0', '--numeric-owner', '-C', folder, '.'])
    must([...docker, 'import', '--change', 'CMD ["/bin/sh"]', '-', 'busybox:local'], {}, tar)
  })
  const bytes = readFileSync(join(truthBaseFolder(), 'data.bin'))
  for (const name of ['rich', 'onbuild']) {
    const dockerfile = readFileSync(join(truthBaseFolder(), `${name}.Dockerfile`), 'utf8')
    const staged = stageTruth({ name, dockerfile, args: {}, context: [{ path: 'data.bin', mode: 0o644, bytes }] })
    const build = [...docker, 'build', '--network', 'host', '-t', `${name}:local`, '-f', staged.dockerfile]
    try {
      must([...build, staged.context], { DOCKER_BUILDKIT: '0' })
    } finally {
      staged.remove()
    }
  }
}

function flags(one: Buildable, kind: string): readonly string[] {
  const { build_args = {}, target, labels = {}, flags = {} } = one.args
  return [
    ...Object.entries(build_args).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]),
    ...(target === undefined ? [] : ['--target', target]),
    ...Object.entries(labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]),
    ...(flags[kind] ?? []),
  ]
}

const failure = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-8)

function dockerBuild(docker: readonly string[], kind: 'classic' | 'buildkit', version: string, one: Buildable) {
  const staged = stageTruth(one)
  const tag = `stratigraph/${one.name.toLowerCase()}:${kind}`
  const env = { DOCKER_BUILDKIT: kind === 'buildkit' ? '1' : '0', BUILDKIT_PROGRESS: 'plain' }
  try {
    const call = [...docker, 'build', '--no-cache', '--network', 'host', '-t', tag, '-f', staged.dockerfile]
    const { status, out, err } = run([...call, ...flags(one, kind), staged.context], env)
    const head = { engine: kind, engine_version: version, exit_code: status }
    if (status !== 0) return { ...head, error: failure(err || out.toString()) }
    const format = ['--no-trunc', '--human=false', '--format', '{{json .}}', tag]
    const rows = must([...docker, 'history', ...format])
      .toString()
      .trim()
      .split('\n')
    const table: TruthTableRow[] = rows.map((text) => {
      const row = JSON.parse(text) as Record<string, string>
      const id = row.ID === '<missing>' ? 'missing' : 'image'
      return { id, created_by: row.CreatedBy ?? '', size: Number(row.Size), comment: row.Comment ?? '' }
    })
    const saved = run([...docker, 'save', tag])
    if (saved.status !== 0) return { ...head, table, note: `image could not be saved: ${saved.err.trim()}` }
    return { ...head, ...describe(saved.out), table }
  } finally {
    run([...docker, 'rmi', '-f', tag])
    staged.remove()
  }
}

function buildahBuild(buildah: readonly string[], podman: readonly string[], version: string, one: Buildable) {
  const staged = stageTruth(one)
  const tag = `localhost/stratigraph-${one.name.toLowerCase()}:x`
  const call = [...buildah, 'bud', '--layers', '--no-cache', '--isolation', 'chroot', '--pull-never', '-t', tag]
  try {
    const extra = flags(one, 'buildah')
    const { status, out, err } = run([...call, '-f', staged.dockerfile, ...extra, staged.context])
    const head = { engine: 'buildah' as const, engine_version: version, exit_code: status }
    if (status !== 0) return { ...head, error: failure(err || out.toString()) }
    const docker = extra.includes('--format')
    const archive = withFolder((folder) => {
      const file = join(folder, 'image.tar')
      const target = docker ? `docker-archive:${file}:x:x` : `oci-archive:${file}`
      must([...buildah, 'push', '--disable-compression', tag, target])
      return readFileSync(file)
    })
    const rows = must([...podman, 'history', '--no-trunc', '--human=false', '--format', 'json', tag])
    const table = (JSON.parse(rows.toString()) as Record<string, unknown>[]).map(
      (row): TruthTableRow => ({
        id: row.id === '<missing>' ? 'missing' : 'image',
        created_by: String(row.CreatedBy ?? ''),
        size: Number(row.size ?? 0),
        comment: String(row.comment ?? ''),
      }),
    )
    return { ...head, ...describe(archive), table }
  } finally {
    run([...buildah, 'rmi', '-f', tag])
    staged.remove()
  }
}

interface SavedConfig {
  readonly history?: readonly { created_by?: string; empty_layer?: boolean; comment?: string; author?: string }[]
  readonly rootfs?: { readonly diff_ids?: readonly string[] }
  readonly config?: ImageConfig
  readonly author?: string
}

/** Rows, layers and config of a `docker save` or OCI archive, as a recording has them. */
function describe(archive: Uint8Array) {
  const files = tarFiles(archive)
  const bytes = (name: string) => files.get(name) ?? new Uint8Array()
  const json = (name: string) => JSON.parse(Buffer.from(bytes(name)).toString())
  const blob = (digest: string) => `blobs/${digest.replace(':', '/')}`
  const read = (): { config: SavedConfig; layers: readonly Uint8Array[] } => {
    if (files.has('manifest.json')) {
      const [manifest] = json('manifest.json') as { Config: string; Layers: string[] }[]
      return { config: json(manifest?.Config ?? ''), layers: (manifest?.Layers ?? []).map(bytes) }
    }
    const index = json('index.json') as { manifests: { digest: string }[] }
    const manifest = json(blob(index.manifests[0]?.digest ?? '')) as {
      config: { digest: string }
      layers: { digest: string }[]
    }
    return {
      config: json(blob(manifest.config.digest)),
      layers: manifest.layers.map(({ digest }) => bytes(blob(digest))),
    }
  }
  const { config, layers } = read()
  const history = (config.history ?? []).map(
    (row): TruthRow => ({
      created_by: row.created_by ?? '',
      empty_layer: row.empty_layer ?? false,
      comment: row.comment ?? '',
      ...(row.author !== undefined && { author: row.author }),
    }),
  )
  const imported = history[0]?.comment === 'Imported from -' ? 1 : 0
  return {
    history,
    rootfs_layers: config.rootfs?.diff_ids?.length ?? 0,
    layers: layers.map((layer, i) => (i < imported ? null : layerEntries(layer))),
    author: config.author ?? '',
    config: Object.fromEntries(Object.entries(config.config ?? {}).filter(([key]) => configKeys.includes(key))),
  }
}

/** What of a config can be said in a Dockerfile; the rest is about a container that ran. */
const configKeys: readonly string[] = [
  ...['Env', 'Cmd', 'Entrypoint', 'User', 'WorkingDir', 'ExposedPorts', 'Volumes', 'Labels', 'Healthcheck'],
  ...['Shell', 'StopSignal', 'OnBuild', 'ArgsEscaped'],
]
