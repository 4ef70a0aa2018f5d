/**
 * COPY and ADD as BuildKit carries them out.
 *
 * Each source is copied on its own, so a later one sees what an earlier one made. Folders copy what is in them. New
 * folders on the way are 0755 and belong to `--chown`.
 *
 * Source: BuildKit dockerfile2llb/convert_copy.go and solver/llbsolver/file; tonistiigi/fsutil copy.
 */
import { compilePatterns, type Matched, type Patterns } from '../dockerignore.ts'
import { matchGlob } from '../glob.ts'
import type { Entry } from '../model.ts'
import { baseName, cleanPath, joinPath, parentPath } from '../path.ts'
import type { Owner } from '../unionfs/tree.ts'
import { follow, hasWildcard, matching, type Origin, type Thing, within } from './origin.ts'
import { archiveIn, inline, isFile, isFolder, moved, timeInside, unpacked, unseen, unseenFile } from './pieces.ts'
import { downloaded, downloadName, fetched, keptHistory, kindOf } from './remote.ts'
import { landed, made, timeOf, type Work } from './request.ts'
import { Stop } from './stop.ts'

export function copyBuildkit(work: Work): void {
  const { copy, traits } = work
  const copier = new Copier(work)
  for (const source of copy.sources) {
    const kind = kindOf(source, traits)
    if (kind === 'local' && copy.flags.checksum) throw new Stop('checksum requires HTTP(S) or Git sources')
    if (kind !== 'local' && copy.keyword === 'COPY') {
      throw new Stop(kind === 'git' ? `source can't be a git ref for COPY` : `source can't be a URL for COPY`)
    }
    if (kind === 'git') copier.fetch(source)
    else if (kind === 'http') copier.download(source)
    else if (copy.flags.parents) copier.parents(source)
    else copier.local(source)
  }
  for (const { name, body } of copy.heredocs) copier.heredoc(name, body)
}

interface Filter {
  readonly include: Patterns | undefined
  readonly exclude: Patterns | undefined
  /** Folders above a match can only be of these names, part by part; undefined: any. */
  readonly route: readonly string[] | undefined
}

class Copier {
  private readonly work: Work
  private readonly owner: Owner
  private readonly exclude: Patterns | undefined
  /** With a slash at the end where the destination has to be a folder. */
  private readonly destination: string

  constructor(work: Work) {
    this.work = work
    const { copy, mode, traits, request } = work
    this.owner = made(work.owner, traits.chmodParents ? mode.octal : undefined)
    this.exclude = patterns(copy.flags.excludes)
    const to = copy.destination
    const dot = to.endsWith('/.') && traits.dotIsFolder
    const slash = to === '' || to === '.' || to.endsWith('/') || dot ? '/' : ''
    this.destination = `${joinPath(request.workdir === '' ? '/' : request.workdir, to)}${slash}`.replace(/\/+$/, slash)
    if (!this.destination.startsWith('/')) this.destination = `/${this.destination}`
  }

  local(source: string): void {
    const { origin } = this.work
    const path = cleanPath(`/${source}`).slice(1)
    this.judge(origin, path)
    for (const one of this.matches(origin, path)) this.one(origin, one, /\/\.?$/.test(source))
  }

  /**
   * Throws Stop for a pattern of the context that is malformed. Newer filters compile it before anything is read; before,
   * it is compared with what lies in the folder before its wildcards. In stages and images nothing fits it, and that is all.
   */
  private judge(origin: Origin, path: string): void {
    const { traits, request } = this.work
    if (request.from.kind !== 'context') return
    if (traits.patternsChecked) {
      if (hasWildcard(path) && compilePatterns([path]).malformed !== undefined)
        throw new Stop(`invalid includepatterns: [${path}]: syntax error in pattern`)
      return
    }
    const parts = path.split('/')
    const first = parts.findIndex(hasWildcard)
    if (first < 1 || matchGlob(path, '\0') !== undefined) return
    const base = follow(origin, parts.slice(0, first).join('/'))
    if (typeof base.thing === 'object') throw new Stop('failed to compute cache key: syntax error in pattern')
  }

  /** Paths that an operand names; the one itself when it is no pattern. */
  private matches(origin: Origin, path: string): readonly string[] {
    const parts = path.split('/')
    const first = parts.findIndex(hasWildcard)
    if (first < 0) return [path]
    const base = follow(origin, parts.slice(0, first).join('/'))
    if (base.thing === 'unknown') return [path]
    if (base.thing === undefined) throw new Stop(`"/${base.path}": not found`)
    const unseen = origin.lookup('\0') === 'unknown'
    const found = matching(origin, base.path, parts.slice(first).join('/'), true).map((thing) => thing.path)
    return found.length === 0 && unseen ? [path] : found
  }

  /** `folder`: it is written as one. */
  private one(origin: Origin, path: string, folder: boolean): void {
    const { copy, request } = this.work
    const { thing, path: real } = follow(origin, path)
    if (thing === undefined) throw new Stop(`failed to calculate checksum: "/${path}": not found`)
    const unpack = copy.keyword === 'ADD' && copy.flags.unpack !== false
    const archive = unpack && typeof thing === 'object' ? archiveIn(this.work, thing, real) : undefined
    if (thing === 'unknown') this.unseen(origin, path, folder)
    else if (archive !== undefined) this.extract(archive, `${request.from.kind}:${real}`)
    else if (thing.type === 'dir')
      this.folderOf(origin, thing, { include: undefined, exclude: this.exclude, route: undefined })
    else this.file(thing, baseName(path), timeOf(origin, real))
  }

  /** Nobody knows what is there, nor whether it is a file or a folder. */
  private unseen(origin: Origin, path: string, folder = false): void {
    const { request } = this.work
    if (!folder && !isFolder(request, path) && isFile(path, this.destination)) {
      this.file(unseenFile(origin, path), baseName(path), timeOf(origin, path))
      return
    }
    this.work.target.put(unseen(request, origin, path, this.intoDestination()), {})
  }

  private prepare(): void {
    const folder = this.destination.endsWith('/') ? this.destination : parentPath(this.destination)
    this.intoFolder(this.work.target.mkdir(folder, this.owner).type)
  }

  private intoFolder(type: string): void {
    if (type === 'other') throw new Stop(`mkdir ${this.destination}: not a directory`)
  }

  private file(thing: Thing, name: string, time: string | undefined, links = new Map<string | object, string>()): void {
    const { target, mode, owner } = this.work
    this.prepare()
    const seen = target.see(this.destination)
    const path = seen.type === 'dir' ? joinPath(seen.path, name) : seen.path
    if (seen.type === 'dir' && target.see(path, false).type === 'dir') {
      throw new Stop(`cannot replace to directory ${path} with file`)
    }
    const entry = landed(thing, path, owner, mode.of, links)
    target.put(entry, {
      parents: this.owner,
      ...(time !== undefined && { time }),
      ...(thing.text !== undefined && { text: thing.text }),
    })
  }

  /** The folder that sources go into: made where it is missing. */
  private intoDestination(): string {
    const { target } = this.work
    this.prepare()
    const seen = target.mkdir(this.destination, this.owner)
    if (seen.type === 'other') throw new Stop(`cannot copy to non-directory: ${seen.path}`)
    return seen.path
  }

  /** A repository, or an archive from afar. */
  fetch(address: string): void {
    const folder = this.intoDestination()
    this.work.target.put(fetched(folder, address), {})
    if (this.work.copy.flags.keepGitDir && kindOf(address, this.work.traits) === 'git')
      this.work.target.put(keptHistory(folder, address), {})
  }

  private folderOf(origin: Origin, folder: Thing, filter: Filter): void {
    const { target } = this.work
    const to = this.intoDestination()
    target.enter(to)
    const before = target.items.length
    this.below(origin, folder, to, '', filter, { links: new Map(), pending: [] })
    if (this.work.traits.copyTouches && target.items.length === before) target.touch(to)
    for (const entry of origin.packages(folder.path)) target.put(moved(entry, folder.path, to), {})
  }

  /** `pending`: folders that have to be made before the first thing in them that is copied. */
  private below(
    origin: Origin,
    folder: Thing,
    to: string,
    relative: string,
    filter: Filter,
    state: {
      readonly links: Map<string | object, string>
      readonly pending: readonly (() => void)[]
      readonly included?: Matched
      readonly excluded?: Matched
    },
  ): void {
    const { target, mode, owner } = this.work
    const depth = relative === '' ? 0 : relative.split('/').length
    for (const thing of origin.list(folder.path)) {
      const name = baseName(thing.path)
      const path = within(relative, name)
      const included = filter.include?.under(path, state.included)
      const excluded = filter.exclude?.under(path, state.excluded)
      const wanted = (included?.in ?? true) && !(excluded?.in ?? false)
      const at = joinPath(to, name)
      const put = (): void => {
        const seen = target.see(at, false)
        if (thing.type === 'dir' && seen.type === 'other') throw new Stop(`cannot copy to non-directory: ${at}`)
        if (thing.type !== 'dir' && seen.type === 'dir') throw new Stop(`cannot replace to directory ${at} with file`)
        target.put(landed(thing, at, owner, mode.of, state.links), {
          time: timeOf(origin, thing.path),
          ...(thing.text !== undefined && { text: thing.text }),
        })
      }
      if (wanted) {
        for (const before of state.pending) before()
        put()
      }
      if (thing.type !== 'dir') continue
      if (excluded?.in === true && filter.exclude?.exceptions.length === 0) continue
      if (!wanted && filter.route !== undefined && filter.route[depth] !== undefined && filter.route[depth] !== name)
        continue
      let done = wanted
      const once = (): void => {
        if (!done) put()
        done = true
      }
      this.below(origin, thing, at, path, filter, {
        links: state.links,
        pending: wanted ? [] : [...state.pending, once],
        ...(included && { included: included.matched }),
        ...(excluded && { excluded: excluded.matched }),
      })
    }
  }

  /** `--parents`: the path of each match is kept, from a `/./` in it on, else whole. */
  parents(source: string): void {
    const { origin } = this.work
    const pivot = source.indexOf('/./')
    const root = pivot < 0 ? '' : cleanPath(`/${source.slice(0, pivot)}`).slice(1)
    const pattern = cleanPath(`/${pivot < 0 ? source : source.slice(pivot + 3)}`).slice(1)
    const plain = !hasWildcard(root) && !hasWildcard(pattern)
    if (plain) {
      const { thing } = follow(origin, within(root, pattern))
      if (thing === undefined) throw new Stop(`failed to calculate checksum: "/${within(root, pattern)}": not found`)
      if (thing === 'unknown') {
        this.unseen(origin, within(root, pattern))
        return
      }
    }
    const include = patterns([pattern === '' ? '**' : pattern])
    const route = pattern.split('/')
    const wild = route.findIndex((part) => /[*?[\\]/.test(part))
    const filter = { include, exclude: this.exclude, route: wild < 0 ? route : route.slice(0, wild) }
    for (const one of this.matches(origin, root)) {
      const { thing } = follow(origin, one)
      if (thing === undefined) throw new Stop(`failed to calculate checksum: "/${one}": not found`)
      if (thing === 'unknown') this.unseen(origin, one)
      else if (thing.type === 'dir') this.folderOf(origin, thing, filter)
      else this.file(thing, baseName(one), timeOf(origin, one))
    }
  }

  private extract(archive: readonly Entry[], name: string): void {
    const { target, owner } = this.work
    const seen = target.mkdir(this.destination, made(owner))
    this.intoFolder(seen.type)
    for (const entry of unpacked(archive, seen.path, target)) {
      const own =
        owner === undefined || !this.work.traits.chownExtracted ? entry : { ...entry, uid: owner.uid, gid: owner.gid }
      target.put(own, { time: timeInside(name, entry) })
    }
  }

  download(address: string): void {
    const { copy, target } = this.work
    if (copy.flags.unpack === true) {
      this.fetch(address)
      return
    }
    this.prepare()
    const seen = target.see(this.destination)
    const path = seen.type === 'dir' ? joinPath(seen.path, downloadName(address) || '__unnamed__') : seen.path
    target.put(downloaded(this.work, address, path), { parents: this.owner })
  }

  heredoc(name: string, body: string): void {
    this.file(inline(name, body), baseName(cleanPath(`/${name}`)), undefined)
  }
}

function patterns(list: readonly string[]): Patterns | undefined {
  if (list.length === 0) return undefined
  const compiled = compilePatterns(list)
  if (compiled.malformed !== undefined)
    throw new Stop(`invalid excludepatterns: ${compiled.malformed}: syntax error in pattern`)
  return compiled
}
