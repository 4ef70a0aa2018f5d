/** What starting a RUN leaves in its layer: the places its mounts stand on. And which storage a builder writes with. */
import type { Builder, Entry, SizeModel } from '../model.ts'
import { exact } from '../size.ts'
import type { Storage, Tree } from './tree.ts'
import { alter, directory, lookup, mkdir, put, remove } from './tree.ts'

/** The storage that stands behind a builder's recorded sizes; `containerd` is Docker's newer image store. */
export function storageOf(builder: Builder, sizeModel: SizeModel): Storage {
  // The storage that Buildah 1.37 brings compares times of folders. Source: containers/storage 1.55, statDifferent.
  if (builder.family === 'buildah') return isBefore(builder, 1, 37) ? 'old vfs' : 'vfs'
  return sizeModel === 'containerd' ? 'containerd' : 'overlay2'
}

/** What is mounted while a RUN runs. Absolute paths. */
export interface Mounts {
  /** Targets of `--mount` that are folders. */
  readonly targets?: readonly string[]
  /** Declared volumes. */
  readonly volumes?: readonly string[]
}

/**
 * Makes the mount points a RUN leaves behind; to be called once at the start of each RUN's slot.
 *
 * Classic makes only declared volumes. BuildKit makes /dev, /proc, /sys, and touches the folders where it needs more
 * for a while: /etc for hosts and resolv.conf, the one above a mount's target. Its 0.8 line leaves the folders. Buildah
 * makes volumes too; before 1.41 also /run and three files of /etc, and the folders above a target.
 *
 * Source: recorded layers of `run-simple`, `run-no-change`, `run-mount-bind-parent-dir`, `run-mount-cache`,
 * `base-rich-user`, `volume-then-write`.
 */
export function mountPoints(tree: Tree, builder: Builder, mounts: Mounts = {}): void {
  const { targets = [], volumes = [] } = mounts
  const early = leavesMounts(builder)
  // A volume in a volume stands there, not in the layer, where volumes are mounted or put back. (recorded: volume-in-volume)
  const nested = (path: string) => !keepsVolumes(builder) && volumes.some((other) => path.startsWith(`${other}/`))
  if (builder.family !== 'buildkit') for (const path of volumes) if (!nested(path)) mkdir(tree, path)
  if (builder.family === 'classic') return
  for (const path of ['/dev', '/proc', '/sys']) mkdir(tree, path)
  if (builder.family === 'buildkit') {
    for (const path of ['/etc/hosts', '/etc/resolv.conf', ...targets]) early ? leave(tree, path) : visit(tree, path)
    return
  }
  if (!early) return
  // Something is made there for a while, each time.
  alter(tree, mkdir(tree, '/run'), {})
  for (const path of ['/etc/hosts', '/etc/hostname', '/etc/resolv.conf']) {
    const { there, path: real } = lookup(tree, path, true)
    if (there === 'no' || there === 'unknown') put(tree, empty(real), { maybe: there === 'unknown' })
  }
  for (const path of targets) mkdir(tree, path.slice(0, path.lastIndexOf('/')) || '/')
}

/**
 * To be called when the RUN is over: Buildah before 1.31 takes the targets of `--mount` away, with all that the image has there.
 *
 * Source: recorded layers of `mount-on-full` and `mount-on-link`; Buildah's change log, 1.31.
 */
export function clearMountPoints(tree: Tree, builder: Builder, targets: readonly string[]): void {
  if (builder.family !== 'buildah' || !isBefore(builder, 1, 31)) return
  for (const path of targets) remove(tree, path)
}

/**
 * Folders Buildah (since 1.37) makes for declared volumes when it starts on a layer of COPY or ADD; other builders: nothing.
 *
 * Source: recorded layers of `copy-to-existing-dir` and `base-rich-user`.
 */
export function volumePoints(tree: Tree, builder: Builder, volumes: readonly string[]): void {
  if (builder.family === 'buildah' && keepsVolumes(builder)) for (const path of volumes) mkdir(tree, path)
}

/**
 * Is what a RUN writes below a declared volume stored? Classic mounts a volume there, Buildah before 1.37 puts back
 * what was there.
 *
 * Source: recorded layers of `volume-existing-write`; Buildah's change log, 1.37.
 */
export function keepsVolumes(builder: Builder): boolean {
  return builder.family === 'buildkit' || (builder.family === 'buildah' && !isBefore(builder, 1, 37))
}

/** The line of BuildKit before 0.9, or of Buildah before 1.41, which began to clean up after its mounts. */
export const leavesMounts = (builder: Builder): boolean =>
  builder.family === 'buildkit' ? isBefore(builder, 0, 9) : builder.family === 'buildah' && isBefore(builder, 1, 41)

function isBefore({ version }: Builder, major: number, minor: number): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number)
  return a < major || (a === major && b < minor)
}

/** Made for a while and taken away again: the folder it was in has been touched. */
function visit(tree: Tree, path: string): void {
  if (lookup(tree, path, true).there === 'yes') return
  let above = path
  do above = above.slice(0, above.lastIndexOf('/')) || '/'
  while (above !== '/' && lookup(tree, above, true).there !== 'yes')
  if (above !== '/') alter(tree, lookup(tree, above, true).path, { keepTime: true })
}

/** BuildKit 0.8 takes empty files away again but not the folders it made. */
function leave(tree: Tree, path: string): void {
  if (path.startsWith('/etc/')) {
    mkdir(tree, '/etc')
    visit(tree, path)
  } else mkdir(tree, path)
}

const empty = (path: string): Entry => ({ ...directory(path), type: 'file', size: exact(0, 'mount point') })
