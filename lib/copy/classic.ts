/**
 * COPY and ADD as the classic builder carries them out, and the hash it prints.
 *
 * All sources are looked up before anything is copied. A wildcard stands for paths below the whole root. A copied
 * folder's own mode is lost: the destination is 0755. What `--from` copies keeps its owner.
 *
 * Source: moby builder/dockerfile/copy.go and builder/remotecontext.
 */
import { type ClassicFile, type ClassicSource, classicHash } from '../builders/hash-classic.ts'
import { baseName, cleanPath, joinPath, parentPath } from '../path.ts'
import type { Chmod } from './chmod.ts'
import { follow, hasWildcard, matching, type Origin, type Thing } from './origin.ts'
import type { Ids } from './owner.ts'
import { archiveIn, isFolder, moved, timeInside, unpacked, unseen } from './pieces.ts'
import { downloaded, downloadName, kindOf } from './remote.ts'
import { landed, made, timeOf, type Work } from './request.ts'
import { Stop } from './stop.ts'

/** One thing to copy: `path` as named, `real` with links resolved. */
type Source =
  | { readonly kind: 'local'; readonly path: string; readonly real: string; readonly thing: Thing | 'unknown' }
  | { readonly kind: 'download'; readonly address: string; readonly name: string }

/** Gives what the row's hash is computed from. */
export function copyClassic(work: Work): () => string | undefined {
  const { copy, traits } = work
  const sources: Source[] = []
  for (const source of copy.sources) {
    if (traits.heredocs === 'swallowed' && /^\d*<<-?[^\s<]/.test(source)) continue
    if (kindOf(source, traits) === 'local') sources.push(...localSources(work, source))
    else sources.push(download(work, source))
  }
  if (sources.length === 0) throw new Stop(`${copy.keyword} failed: no source files were specified`)
  if (sources.length > 1 && !copy.destination.endsWith('/')) {
    throw new Stop(
      `When using ${copy.keyword} with more than one source file, the destination must be a directory and end with a /`,
    )
  }
  const destination = destinationOf(work)
  for (const source of sources) {
    if (source.kind === 'download') place(work, destination, source.name, undefined, source.address)
    else perform(work, source, destination)
  }
  return () => hashOf(work, sources)
}

function download({ copy }: Work, address: string): Source {
  if (copy.keyword === 'COPY') throw new Stop(`COPY failed: source can't be a URL for COPY`)
  const name = downloadName(address)
  if (name === '' && copy.destination.endsWith('/')) {
    throw new Stop(`ADD failed: cannot determine filename for source ${address}`)
  }
  return { kind: 'download', address, name: name || '__unnamed__' }
}

function localSources(work: Work, operand: string): readonly Source[] {
  const { origin } = work
  const path = operand.replace(/^\//, '').replace(/^\.\//, '')
  if (!hasWildcard(path)) return [localSource(work, origin, path)]
  if (origin.lookup('\0') === 'unknown' && matching(origin, '', path, false).length === 0) {
    return [{ kind: 'local', path, real: path, thing: 'unknown' }]
  }
  return matching(origin, '', path, false).map((thing) => localSource(work, origin, thing.path))
}

function localSource({ copy }: Work, origin: Origin, path: string): Source {
  // Judged by its text: `a/../../b` leaves the root even though nothing outside is read.
  if (/^\.\.(\/|$)/.test(cleanPath(path))) {
    throw new Stop(`${copy.keyword} failed: forbidden path outside the build context: ${path} ()`)
  }
  const { thing, path: real } = follow(origin, path)
  if (thing === undefined) {
    const where = origin.kind === 'context' ? 'file not found in build context or excluded by .dockerignore: ' : ''
    throw new Stop(`${copy.keyword} failed: ${where}stat ${path}: file does not exist`)
  }
  return { kind: 'local', path: cleanPath(`/${path}`).slice(1), real, thing }
}

function destinationOf({ copy, request }: Work): string {
  const to = copy.destination
  if (to.startsWith('/')) {
    // Only what is relative is cleaned within the root before it is looked up.
    if (leavesRoot(to)) throw new Stop(`failed to copy files: ${to} is not in the root`)
    return to
  }
  const path = joinPath('/', joinPath(request.workdir === '' ? '/' : request.workdir, to === '' ? '.' : to))
  return to.endsWith('/') && path !== '/' ? `${path}/` : path
}

/** Do the `..` of an absolute path lead out of the root? */
function leavesRoot(path: string): boolean {
  let depth = 0
  for (const part of path.split('/')) {
    if (part === '..') depth--
    else if (part !== '' && part !== '.') depth++
    if (depth < 0) return true
  }
  return false
}

/** Without `--chown`, what comes from the context is root's and what comes from elsewhere keeps its owner. */
const ownerFor = ({ owner, request }: Work): Ids | undefined =>
  owner ?? (request.from.kind === 'context' ? { uid: 0, gid: 0 } : undefined)

function perform(work: Work, source: Extract<Source, { kind: 'local' }>, destination: string): void {
  const { copy, target, request } = work
  const { origin } = work
  const { thing } = source
  if (thing === 'unknown') {
    const seen = target.see(destination)
    const inside = destination.endsWith('/') || seen.type === 'dir' || isFolder(request, source.path)
    const home = inside ? target.mkdir(destination, made(ownerFor(work))).path : parentPath(seen.path)
    target.put(unseen(request, origin, source.path, home), {})
    return
  }
  if (thing.type === 'dir') {
    folder(work, origin, thing, destination)
    return
  }
  const archive = copy.keyword === 'ADD' ? archiveIn(work, thing, source.real) : undefined
  if (archive !== undefined) {
    const seen = target.mkdir(destination, {})
    notAFile(seen.type, destination)
    for (const entry of unpacked(archive, seen.path, target))
      target.put(entry, { time: timeInside(source.real, entry) })
    return
  }
  place(work, destination, baseName(source.path), { origin, thing, path: source.real }, '')
}

const notAFile = (type: string, path: string): void => {
  if (type === 'other') throw new Stop(`failed to copy files: mkdir ${path}: not a directory`)
}

// A new owner takes setuid and setgid away, as the kernel has it. Folders keep theirs.
const modeFor = ({ owner }: Work): Chmod =>
  owner === undefined ? (mode) => mode : (mode, folder) => (mode === null || folder ? mode : mode & ~0o6000)

/** Puts one file into or at the destination. */
function place(
  work: Work,
  destination: string,
  name: string,
  from: { readonly origin: Origin; readonly thing: Thing; readonly path: string } | undefined,
  address: string,
): void {
  const { target } = work
  const owner = ownerFor(work)
  const folders = made(owner)
  const seen = target.see(destination)
  const inside = destination.endsWith('/') || seen.type === 'dir'
  const path = inside ? joinPath(seen.path, name) : seen.path
  notAFile(target.mkdir(parentPath(path), folders).type, parentPath(path))
  if (from === undefined) {
    target.put(downloaded(work, address, path), { parents: folders })
    return
  }
  const { origin, thing } = from
  target.put(landed(thing, path, owner, modeFor(work), new Map()), {
    parents: folders,
    time: timeOf(origin, from.path),
    ...(thing.text !== undefined && { text: thing.text }),
  })
}

function folder(work: Work, origin: Origin, thing: Thing, destination: string): void {
  const { target } = work
  const owner = ownerFor(work)
  const above = target.mkdir(parentPath(target.see(destination).path), {})
  notAFile(above.type, destination)
  const to = target.mkdir(destination, made(owner))
  notAFile(to.type, destination)
  const links = new Map<string | object, string>()
  const below = (from: string, into: string): void => {
    for (const one of origin.list(from)) {
      const at = joinPath(into, baseName(one.path))
      target.put(landed(one, at, owner, modeFor(work), links), {
        time: timeOf(origin, one.path),
        ...(one.text !== undefined && { text: one.text }),
      })
      if (one.type === 'dir') below(one.path, at)
    }
  }
  const before = target.items.length
  below(thing.path, to.path)
  if (target.items.length === before) target.touch(to.path)
  for (const entry of origin.packages(thing.path)) target.put(moved(entry, thing.path, to.path), {})
}

// ---- the hash -------------------------------------------------------------------------------------

function hashOf(work: Work, sources: readonly Source[]): string | undefined {
  const { traits, origin } = work
  const fromStage = origin.kind === 'tree'
  const hasher = new Hasher(work)
  const hashed = sources.map((source) => hasher.source(source))
  return classicHash(hashed, fromStage ? traits.stageModesTyped : traits.contextModesTyped)
}

class Hasher {
  private readonly work: Work
  private readonly files = new Map<string, ClassicFile>()

  constructor(work: Work) {
    this.work = work
  }

  source(source: Source): ClassicSource | undefined {
    if (source.kind === 'download' || source.thing === 'unknown') return undefined
    const { origin } = this.work
    if (source.thing.type === 'dir') return this.folder(origin, source.thing)
    const member = this.member(origin, source.thing, source.path)
    return member === undefined ? undefined : { kind: 'file', member }
  }

  private folder(origin: Origin, folder: Thing): ClassicSource | undefined {
    const members: (ClassicFile | string)[] = []
    if (origin.kind === 'tree' && origin.packages(folder.path).length > 0) return undefined
    const add = (thing: Thing): boolean => {
      const member = this.member(origin, thing, thing.path)
      if (member === undefined) return false
      members.push(member)
      return thing.type !== 'dir' || origin.list(thing.path).every(add)
    }
    const all = folder.path === '' ? origin.list('').every(add) : add(folder)
    return all ? { kind: 'dir', members } : undefined
  }

  /** The header of a thing, of a link what it leads to; undefined: not to be known. */
  private member(origin: Origin, thing: Thing, path: string): ClassicFile | string | undefined {
    if (thing.type !== 'symlink') return this.file(origin, thing, path)
    const { thing: led, path: real } = follow(origin, thing.path)
    if (led === 'unknown') return undefined
    // A link that leads nowhere stands as a path: the context gives its own, a stage the one it leads to.
    if (led === undefined) return origin.kind === 'context' ? path : real
    // The root is not in the list of what was sent.
    if (led.path === '' && origin.kind === 'context') return path
    return this.file(origin, led, path)
  }

  private file(origin: Origin, thing: Thing, path: string): ClassicFile | string | undefined {
    const known = this.files.get(thing.path)
    if (known !== undefined) return known
    const { type, size, mode, uid, gid, link } = thing
    // The client sends no entry for a folder that the ignore file takes out, so there is nothing to hash.
    if (thing.implied) return path
    // Of a file with several names the client sends one, and which depends on the whole context.
    if (origin.kind === 'context' && thing.inode !== undefined) return undefined
    const names = this.owners(origin, uid, gid)
    if (names === undefined || type === 'device' || thing.maybe || size.bytes === null || size.basis !== 'exact')
      return undefined
    if (mode === null || uid === null || gid === null || thing.xattrs !== undefined) return undefined
    const file: ClassicFile = {
      path: thing.path,
      type,
      bytes: size.bytes,
      mode,
      uid,
      gid,
      link: link ?? '',
      ...names,
      feed: thing.feed,
    }
    this.files.set(thing.path, file)
    return file
  }

  /** Names of the owner on the daemon's host: only root's are the same everywhere. */
  private owners(origin: Origin, uid: number | null, gid: number | null): { user: string; group: string } | undefined {
    if (origin.kind === 'context' || !this.work.traits.hashOwners) return { user: '', group: '' }
    return uid === 0 && gid === 0 ? { user: 'root', group: 'root' } : undefined
  }
}
