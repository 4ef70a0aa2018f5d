/**
 * COPY and ADD as Buildah carries them out, and the hash it prints.
 *
 * Here-documents come first, in a copy of their own. Patterns may hold `**`. Each match becomes a tar that is unpacked
 * at the destination, and the hash is taken over that tar.
 *
 * Source: containers/buildah add.go, copier/copier.go and imagebuildah/stage_executor.go.
 */
import { type BuildahMember, type BuildahSource, buildahHash } from '../builders/hash-buildah.ts'
import { compilePatterns, type Patterns } from '../dockerignore.ts'
import { matchGlob } from '../glob.ts'
import { baseName, cleanPath, joinPath, parentPath } from '../path.ts'
import { now } from '../unionfs/tree.ts'
import { contextOrigin, follow, type Origin, type Thing, within } from './origin.ts'
import type { Ids } from './owner.ts'
import { inline, isFolder, moved, timeInside, unpacked, unseen } from './pieces.ts'
import { downloaded, downloadName, fetched, kindOf } from './remote.ts'
import { landed, made, timeOf, type Work } from './request.ts'
import { Stop } from './stop.ts'

/** Gives what the row's hash is computed from. */
export function copyBuildah(work: Work): () => string | undefined {
  const { copy } = work
  const copier = new Copier(work)
  if (copy.heredocs.length > 0) {
    // An empty body becomes an empty line. (recorded: heredoc-escapes)
    copier.copy(
      copy.heredocs.map(
        ({ name, body }): Source => ({ kind: 'inline', thing: inline(baseName(cleanPath(`/${name}`)), body || '\n') }),
      ),
    )
  }
  if (copy.sources.length > 0) {
    const sources = copy.sources.map((source) => copier.source(source))
    const empty = sources.find((source) => source.kind === 'local' && source.matches.length === 0)
    // A pattern that nothing fits is let pass as long as something else is there. (recorded: copy-wild-none)
    if (empty?.kind === 'local' && sources.every((source) => source.kind === 'local' && source.matches.length === 0))
      throw new Stop(
        `checking on sources: copier: stat: ["${cleanPath(`/${empty.operand}`)}"]: no such file or directory`,
      )
    copier.copy(sources)
  }
  return () => buildahHash(copier.hashed.map((make) => make()))
}

/** One operand. */
type Source =
  | { readonly kind: 'inline'; readonly thing: Thing }
  | { readonly kind: 'remote'; readonly address: string; readonly git: boolean }
  | { readonly kind: 'local'; readonly operand: string; readonly matches: readonly Match[] }

/** `path` as named, `real` with links resolved. */
interface Match {
  readonly path: string
  readonly real: string
  readonly thing: Thing | 'unknown'
}

/** A member of the tar: a thing under the name it travels by. */
interface Member {
  readonly thing: Thing
  readonly name: string
}

class Copier {
  private readonly work: Work
  /** What the context's files are given; undefined: they keep theirs. */
  private readonly owner: Ids | undefined
  private readonly excludes: Patterns | undefined
  /** Folders that came along with a time of their own, and those in which a file took the place of another. */
  private readonly brought = new Map<string, Parameters<Work['target']['put']>>()
  private readonly entered = new Set<string>()
  readonly hashed: (() => BuildahSource | undefined)[] = []

  constructor(work: Work) {
    this.work = work
    this.owner = work.owner ?? (work.request.from.kind === 'context' ? { uid: 0, gid: 0 } : undefined)
    const { excludes } = work.copy.flags
    const refused = work.traits.refusedSwitches.find((name) => work.copy.flags[name])
    if (refused !== undefined) throw new Stop(`${work.copy.keyword} --${refused} is not supported`)
    const compiled = excludes.length === 0 ? undefined : compilePatterns(excludes, 'buildah')
    if (compiled?.malformed !== undefined)
      throw new Stop(`processing excludes list ${compiled.malformed}: syntax error in pattern`)
    this.excludes = compiled
  }

  source(operand: string): Source {
    const { copy, traits } = this.work
    const kind = kindOf(operand, traits)
    if (kind !== 'local') {
      if (copy.keyword === 'COPY') throw new Stop(`source can't be a URL for COPY`)
      return { kind: 'remote', address: operand, git: kind === 'git' }
    }
    const { origin } = this.work
    const path = cleanPath(`/${operand}`)
    const found = globbed(origin, path.slice(1))
    if (traits.matchesAreGlobs && found.length > 0 && /[*?[\\]/.test(path)) {
      const lost = found.find((one) => globbed(origin, one).length === 0)
      if (lost !== undefined)
        throw new Stop(`copier: get: globs [/${lost}] matched nothing (0 filtered out): no such file or directory`)
    }
    const matches = found.map((one): Match => {
      const { thing, path: real } = follow(origin, one)
      if (thing === undefined) throw new Stop(`checking on sources: copier: stat: "/${one}": no such file or directory`)
      return { path: one, real, thing }
    })
    // A name that no file has shows whether all names are known.
    if (matches.length === 0 && origin.lookup('\0') === 'unknown') {
      const unseen = { path: path.slice(1), real: path.slice(1), thing: 'unknown' } as const
      return { kind: 'local', operand, matches: [unseen] }
    }
    if (matches.length === 0 && this.hidesAll(path.slice(1)))
      throw new Stop(
        `no items matching glob "${path}" copied (filtered out using .dockerignore): no such file or directory`,
      )
    if (matches.length === 0 && !/[*?[\\]/.test(path))
      throw new Stop(`checking on sources: copier: stat: "${path}": no such file or directory`)
    return { kind: 'local', operand, matches }
  }

  /** Would a pattern fit something, were nothing ignored? */
  private hidesAll(pattern: string): boolean {
    const { from } = this.work.request
    if (from.kind !== 'context' || from.context === undefined || from.context.ignore === '') return false
    const all = /[*?[\\]/.test(pattern) ? from.context.withIgnore?.('') : undefined
    return all !== undefined && globbed(contextOrigin(all), pattern).length > 0
  }

  copy(sources: readonly Source[]): void {
    const { folder, rename } = this.destination(sources)
    for (const source of sources) {
      if (source.kind === 'inline') this.file(source.thing, rename ?? source.thing.path, folder, undefined)
      else if (source.kind === 'remote') this.remote(source, folder, rename)
      else this.local(source, folder, rename)
    }
    // A name that is made anew changes the time of its folder, even where the file stays as it was; what came along with a
    // time of its own gets that last. (recorded: copy-same-in-dir)
    for (const folder of this.entered) {
      const again = this.brought.get(folder)
      if (again !== undefined) this.work.target.put(...again)
      else if (folder !== '/') this.work.target.touch(folder, now)
    }
  }

  private put(...[entry, more]: Parameters<Work['target']['put']>): void {
    if (entry.type === 'dir') this.brought.set(entry.path, [entry, more])
    else {
      const folder = parentPath(entry.path)
      if (this.brought.has(folder) || this.work.target.see(entry.path, false).type === 'other') this.entered.add(folder)
    }
    this.work.target.put(entry, more)
  }

  /** The folder that everything goes into, made where it is missing, and the name a single file takes there. */
  private destination(sources: readonly Source[]): { folder: string; rename: string | undefined } {
    const { copy, request, target } = this.work
    const workdir = request.workdir === '' ? '/' : request.workdir
    const to = joinPath(workdir, copy.destination)
    const slash = copy.destination === '' || copy.destination === '.' || copy.destination.endsWith('/')
    const only = sources.length === 1 ? sources[0] : undefined
    const kind = only && this.kindOfOnly(only)
    const folderWanted = slash || sources.length > 1 || to === cleanPath(workdir) || kind === 'folder'
    const found = target.see(to)
    // A link to a file makes room for the file; one that leads nowhere is taken for a folder.
    const named = target.see(to, false)
    const leadsNowhere = found.type === 'nothing' && named.type === 'other'
    const seen = found.type === 'other' ? named : found
    if (seen.type === 'other' && folderWanted)
      throw new Stop(`destination ${copy.destination} already exists but is not a directory`)
    const asFile = seen.type === 'other' || (seen.type === 'nothing' && !folderWanted && !leadsNowhere)
    const path = asFile ? parentPath(seen.path) : seen.path
    const home = target.mkdir(path, made(this.work.owner))
    if (home.type === 'other') throw new Stop(`ensuring target directory exists: mkdir ${path}: not a directory`)
    return { folder: home.path, rename: asFile ? baseName(seen.path) : undefined }
  }

  private kindOfOnly(source: Source): 'file' | 'folder' | undefined {
    if (source.kind === 'inline') return 'file'
    if (source.kind === 'remote') return source.git ? 'folder' : 'file'
    const first = source.matches[0]
    if (first === undefined || first.thing === 'unknown') {
      return first !== undefined && isFolder(this.work.request, first.path) ? 'folder' : undefined
    }
    if (first.thing.type === 'dir') return 'folder'
    return this.archiveOf(first) === undefined ? 'file' : 'folder'
  }

  private archiveOf({ real, thing }: Match) {
    const { copy, origin } = this.work
    return copy.keyword === 'ADD' && thing !== 'unknown' && thing.type === 'file' ? origin.archive(real) : undefined
  }

  private remote(source: Extract<Source, { kind: 'remote' }>, folder: string, rename: string | undefined): void {
    const { target } = this.work
    const { address } = source
    this.hashed.push(() => undefined)
    if (source.git) {
      target.put(fetched(folder, address), {})
      return
    }
    const path = joinPath(folder, rename ?? (downloadName(address) || '__unnamed__'))
    target.put(downloaded(this.work, address, path), {})
  }

  private local(source: Extract<Source, { kind: 'local' }>, folder: string, rename: string | undefined): void {
    const { origin } = this.work
    let copied = 0
    for (const match of source.matches) {
      if (this.excluded(match.path) && !this.enters(match)) continue
      copied++
      this.one(origin, source.operand, match, folder, rename)
    }
    if (copied === 0 && source.matches.length > 0) {
      throw new Stop(
        `no items matching glob "/${source.operand}" copied (${source.matches.length} filtered out): no such file or directory`,
      )
    }
  }

  private excluded = (path: string): boolean => path !== '' && (this.excludes?.matches(path) ?? false)

  /** An excluded folder is still looked into where an exception lies below it. */
  private enters = ({ path, thing }: Match): boolean =>
    thing !== 'unknown' &&
    thing.type === 'dir' &&
    (this.excludes?.exceptions ?? []).some((text) => text.startsWith(`${path}/`))

  private one(origin: Origin, operand: string, match: Match, folder: string, rename: string | undefined): void {
    const { copy, target, request } = this.work
    const { thing } = match
    if (thing === 'unknown') {
      this.hashed.push(() => undefined)
      target.put(unseen(request, origin, match.path, folder), {})
      return
    }
    const archive = this.archiveOf(match)
    if (archive !== undefined) {
      this.hashed.push(() => {
        const digest = origin.archiveHash(match.real)
        return digest === undefined ? undefined : { kind: 'archive', digest }
      })
      // What the archive says of its own root holds for the folder.
      const top = archive.find(({ path, type }) => path === '/' && type === 'dir')
      if (top !== undefined) this.put({ ...top, path: folder }, {})
      for (const entry of unpacked(archive, folder, target))
        this.put(entry, { time: timeInside(match.real, entry), ...(this.work.owner && { parents: this.work.owner }) })
      return
    }
    if (thing.type !== 'dir' && !copy.flags.parents) {
      this.file({ ...thing, path: match.path }, rename ?? baseName(match.path), folder, timeOf(origin, match.real))
      return
    }
    if (rename !== undefined && thing.type !== 'dir' && match.path.includes('/')) {
      const items = this.withParents(origin, operand, match).length
      if (items > 1)
        throw new Stop(
          `renaming "/${match.path}": internal error: renamed ${items} items when we expected to only rename 1`,
        )
    }
    const members = copy.flags.parents ? this.withParents(origin, operand, match) : this.inside(origin, thing, '')
    this.land(origin, members, folder, thing.type === 'dir' ? 'dir' : 'file')
    if (thing.type !== 'dir') return
    const packages = origin.packages(thing.path)
    for (const entry of packages) target.put(moved(entry, thing.path, folder), {})
    if (packages.length > 0) this.hashed[this.hashed.length - 1] = () => undefined
  }

  /** All in a folder, without itself; excluded things left out, and folders that only an exception keeps. */
  private inside(origin: Origin, folder: Thing, prefix: string): Member[] {
    return origin.list(folder.path).flatMap((thing): Member[] => {
      const name = within(prefix, baseName(thing.path))
      const excluded = this.excluded(thing.path)
      const deeper = thing.type === 'dir' && (!excluded || this.enters({ path: thing.path, real: thing.path, thing }))
      const below = deeper ? this.inside(origin, thing, name) : []
      return excluded || thing.implied ? below : [{ thing, name }, ...below]
    })
  }

  /** `--parents`: folders on the way travel too; what stands before `/./` goes from the names. */
  private withParents(origin: Origin, operand: string, { path, thing }: Match): Member[] {
    const pivot = operand.indexOf('/./')
    const prefix = pivot < 0 ? '' : cleanPath(`/${operand.slice(0, pivot)}`).slice(1)
    const parts = path.split('/')
    const folders = parts.slice(0, -1).flatMap((_, i) => {
      const { thing: one } = follow(origin, parts.slice(0, i + 1).join('/'))
      return typeof one === 'object' ? [{ thing: one, name: parts.slice(0, i + 1).join('/') }] : []
    })
    if (thing === 'unknown') return folders
    const itself = path === '' ? [] : [{ thing, name: path }]
    const inner = thing.type === 'dir' ? this.inside(origin, thing, path) : []
    return [...folders, ...itself, ...inner].flatMap(({ thing, name }) => {
      const kept = prefix !== '' && name.startsWith(prefix) ? name.slice(prefix.length).replace(/^\//, '') : name
      return kept === '' ? [] : [{ thing, name: kept }]
    })
  }

  private file(thing: Thing, name: string, folder: string, time: string | undefined): void {
    // The header is read back before it gets its new name, and says what it was written in. (recorded: copy-renamed)
    if (fitsUstar(baseName(thing.path)) && !fitsUstar(name))
      throw new Stop(`archive/tar: cannot encode header: Format specifies USTAR; and USTAR cannot encode Name=${name}`)
    const member = { thing: this.stripped(thing), name }
    this.put(landed(member.thing, joinPath(folder, name), this.owner, this.work.mode.of, new Map()), {
      parents: made(this.work.owner),
      ...(time !== undefined && { time }),
      ...(thing.text !== undefined && { text: thing.text }),
    })
    this.hashed.push(() => this.tar([member], 'file'))
  }

  private land(origin: Origin, members: readonly Member[], folder: string, kind: 'dir' | 'file'): void {
    const links = new Map<string | object, string>()
    const all = members.map(({ thing, name }) => ({ thing: this.stripped(thing), name }))
    for (const { thing, name } of all) {
      this.put(landed(thing, joinPath(folder, name), this.owner, this.work.mode.of, links), {
        parents: made(this.work.owner),
        time: timeOf(origin, thing.path),
        ...(thing.text !== undefined && { text: thing.text }),
      })
    }
    this.hashed.push(() => this.tar(all, kind))
  }

  /** Files of the context lose setuid and setgid. */
  private stripped(thing: Thing): Thing {
    if (this.work.request.from.kind !== 'context' || thing.mode === null) return thing
    return { ...thing, mode: thing.mode & ~0o6000 }
  }

  private tar(members: readonly Member[], kind: 'dir' | 'file'): BuildahSource | undefined {
    const { traits, mode } = this.work
    const links = new Map<string | object, string>()
    const tar: BuildahMember[] = []
    for (const { thing, name } of members) {
      const { type, size, inode } = thing
      const uid = this.owner === undefined ? thing.uid : this.owner.uid
      const gid = this.owner === undefined ? thing.gid : this.owner.gid
      const bits = mode.of(thing.mode, type === 'dir')
      const owners = this.owners(thing)
      if (uid === null || gid === null || bits === null || owners === undefined) return undefined
      if (type === 'device' || thing.maybe || thing.xattrs !== undefined) return undefined
      if (size.bytes === null || size.basis !== 'exact') return undefined
      const first = type === 'file' && inode !== undefined ? links.get(inode) : undefined
      if (type === 'file' && inode !== undefined && first === undefined) links.set(inode, name)
      const flag = first !== undefined ? '1' : type === 'file' ? '0' : type === 'dir' ? '5' : '2'
      tar.push({
        name: type === 'dir' && traits.hashSlashes ? `${name}/` : name,
        flag,
        mode: bits,
        uid,
        gid,
        bytes: flag === '0' ? size.bytes : 0,
        link: first ?? (type === 'symlink' ? (thing.link ?? '') : ''),
        ...owners,
        feed: flag === '0' ? thing.feed : undefined,
      })
    }
    return { kind, members: tar }
  }

  /**
   * Up to 1.41 the host's names of the owners on disk. A build by root is taken for granted, as in the recordings; in a
   * stage only root has a name, since none of its accounts are looked at.
   */
  private owners({ uid, gid }: Thing): { user: string; group: string } | undefined {
    // A named context keeps the owners of the host.
    const { from } = this.work.request
    if (from.kind === 'context' && from.named) return undefined
    if (!this.work.traits.hashOwners) return { user: '', group: '' }
    if (uid === null || gid === null) return undefined
    return { user: uid === 0 ? 'root' : '', group: gid === 0 ? 'root' : '' }
  }
}

/** Paths that a pattern names, in the order of their text; `**` as a whole part is any number of folders. */
function globbed(origin: Origin, pattern: string): readonly string[] {
  if (!/[*?[\\]/.test(pattern)) return [pattern]
  let bases = ['']
  for (const part of pattern.split('/')) {
    bases = bases.flatMap((base) => {
      const { thing, path } = follow(origin, base)
      if (typeof thing !== 'object' || thing.type !== 'dir') return []
      if (part === '**') return folders(origin, path, base)
      const named = origin.list(path).map((one) => baseName(one.path))
      return named.filter((name) => matchGlob(part, name) === true).map((name) => within(base, name))
    })
  }
  return [...new Set(bases)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}

function folders(origin: Origin, path: string, as: string): string[] {
  const below = origin.list(path).filter(({ type }) => type === 'dir')
  return [as, ...below.flatMap((one) => folders(origin, one.path, within(as, baseName(one.path))))]
}

/** Can the oldest form of a tar's header hold this last part of a path? Source: POSIX ustar; Go archive/tar. */
const fitsUstar = (name: string): boolean => /^\p{ASCII}{0,100}$/su.test(name)
