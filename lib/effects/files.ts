/** The file system of a stage as commands see it while a RUN runs: the tree, with mounts before it and doubts kept. */
import type { Change, Files, NewFile, Presence } from '../commands/files.ts'
import type { Entry, Size } from '../model.ts'
import { display, isKnown, knownBytes, withWildcards } from '../shell/known.ts'
import { within } from '../shell/paths.ts'
import { add, either, unknown, zero } from '../size.ts'
import type { How, Tree } from '../unionfs/tree.ts'
import {
  alter,
  below,
  directory,
  identityOf,
  link,
  list,
  lookup,
  mkdir,
  move,
  packagesIn,
  put,
  real,
  remove,
  removeLabel,
  stampOf,
  unknownParcel,
  write,
} from '../unionfs/tree.ts'
import { type Actor, conditionsOf } from './actor.ts'
import { begins, type Doubt, opposite } from './doubt.ts'
import type { Mount } from './mounts.ts'

/** Bounds for all RUNs of a prediction: things stored one by one, stored again, listed; and characters of a text that is kept. */
const mostStored = 150_000
const mostAltered = 300_000
const mostListed = 1_000_000
const longestText = 1_000_000

/** What the steps of one prediction did so far; each kind of it has a bound where it is done. */
export interface Budget {
  /** Files that COPY and ADD stored one by one. */
  copied: number
  stored: number
  altered: number
  listed: number
  /** Commands and turns of loops that were followed. */
  steps: number
}

/** The budget of a prediction that begins. */
export const untouched = (): Budget => ({ copied: 0, stored: 0, altered: 0, listed: 0, steps: 0 })

/** The files for one RUN. `textOf` gives the text of a file known by its content alone, such as one from the context. */
export function filesFor(
  tree: Tree,
  mounts: readonly Mount[],
  actor: Actor,
  textOf: (entry: Entry) => string | undefined,
  budget: Budget,
): Files {
  // Things that only may be there, because of a condition: undone under the same one, they surely are not.
  const doubted = new Map<string, Doubt>()
  let guesses = 0
  const tops = new Set(mounts.map(({ target }) => topOf(target)))
  const above = new Set(mounts.flatMap(({ target }) => foldersAbove(target)))
  const at = (path: string): Tree => {
    if (tops.has(topOf(path)) || tops.has(''))
      for (const mount of mounts) if (within(path, mount.target)) return mount.tree
    return tree
  }
  const how = (): How => ({ maybe: conditionsOf(actor).length > 0 })
  /** It may be there, but if so then here. */
  const here = (path: string): boolean => begins(doubted.get(path)?.scope, conditionsOf(actor))
  /** If it is there at all, then what is done now is done to it. */
  const always = (path: string): boolean =>
    doubted.has(path) && begins(conditionsOf(actor), doubted.get(path)?.scope ?? [])

  const presence = (written: string): Presence => {
    const path = display(written)
    const { there } = lookup(at(path), path)
    if (there === 'maybe' && here(path)) return 'yes'
    if (there !== 'no') return there
    // Folders that something is mounted in are there as long as it is.
    if (above.has(path)) return 'yes'
    return isKnown(written) && !anywhere(path) ? 'no' : 'unknown'
  }

  /** Something whose places nobody knows was stored: it may have been there. */
  const anywhere = (path: string): boolean => at(path) === tree && tree.homes.has('/')
  /** The tree knows nothing of it, and still it may be there. */
  const hidden = (path: string): boolean => lookup(at(path), path).there === 'no' && anywhere(path)

  const textAt = (path: string): string | undefined => {
    const found = lookup(at(path), path, true)
    const again = mounts.length > 0 ? lookup(at(found.path), found.path, true) : found
    return again.text ?? (again.entry === undefined ? undefined : textOf(again.entry))
  }

  /** Notes a doubt and says how to store; two ways that exclude each other make one sure thing. */
  const storing = (path: string, size: Size): { readonly how: How; readonly size: Size } => {
    const conditions = conditionsOf(actor)
    if (conditions.length === 0) {
      doubted.delete(path)
      return { how: {}, size }
    }
    const mark = doubted.get(path)
    const before = lookup(at(path), path)
    const twin =
      mark === undefined ? undefined : opposite(mark.writer, conditions) ? before.entry?.size : twinOf(path)?.size
    if (mark !== undefined && twin !== undefined) {
      const scope = conditions.slice(0, -1)
      doubted.set(path, { scope, writer: conditions, twin: { size: twin, own: size } })
      return { how: { maybe: scope.length > 0 }, size: either(twin, size) }
    }
    if (before.there === 'no' || always(path)) {
      if (always(path)) remove(at(path), path)
      doubted.set(path, { scope: conditions, writer: conditions })
    }
    return { how: { maybe: true }, size }
  }

  /** What the way that excludes this one stored at a path that this way has stored to already. */
  const twinOf = (path: string): Doubt['twin'] => {
    const mark = doubted.get(path)
    const conditions = conditionsOf(actor)
    return mark?.twin !== undefined && begins(mark.writer, conditions) && mark.writer.length === conditions.length
      ? mark.twin
      : undefined
  }
  const excluded = (path: string): boolean => {
    const mark = doubted.get(path)
    return mark !== undefined && opposite(mark.writer, conditionsOf(actor))
  }

  const store = (path: string, file: NewFile): void => {
    if (++budget.stored > mostStored) {
      if (budget.stored === mostStored + 1) put(tree, tooMuch, { maybe: true })
      return
    }
    const folder = file.type === 'dir'
    const mode =
      file.mode === undefined ? (file.type === 'symlink' ? 0o777 : (folder ? 0o777 : 0o666) & ~actor.umask) : file.mode
    const wanted = file.size ?? zero
    const isFile = file.type === 'file' || file.type === 'package'
    const { how: doubt, size } = file.type === 'package' ? { how: how(), size: wanted } : storing(path, wanted)
    const entry: Entry = {
      path,
      type: file.type,
      size: isFile ? sizeOf(size, file.text) : zero,
      mode,
      uid: file.uid === undefined ? actor.uid : file.uid,
      gid: file.gid === undefined ? actor.gid : file.gid,
      link: file.link === undefined || file.link === null ? null : display(file.link),
      ...(file.content === undefined ? {} : { content: file.content }),
      ...(file.label === undefined ? {} : { label: display(file.label) }),
      ...(file.kind === undefined ? {} : { kind: file.kind }),
      ...(file.cleanup === undefined ? {} : { cleanup: file.cleanup }),
      ...(file.linkBytes === undefined ? {} : { linkBytes: file.linkBytes }),
      ...(file.files === undefined ? {} : { files: file.files }),
      ...(file.names === undefined ? {} : { names: file.names }),
      ...(file.apart === undefined ? {} : { apart: file.apart }),
    }
    put(at(path), entry, {
      ...doubt,
      ...(file.text === undefined ? {} : { text: file.text }),
      ...(file.stamp !== undefined && at(path) === tree && { stamp: file.stamp }),
      ...(file.time !== undefined && { time: file.time }),
      ...(file.gid === undefined && { inherits: true }),
      parents: owner(),
    })
  }

  const owner = () => ({ mode: 0o777 & ~actor.umask, uid: actor.uid, gid: actor.gid, inherits: true }) as const

  const removeAt = (written: string): void => {
    const path = display(withWildcards(written))
    // What something is mounted on stays, and the folders above it.
    if (mounts.some(({ target }) => target !== path && within(target, path)) && at(path) === tree) {
      for (const { path: child } of list(tree, path).entries)
        if (!mounts.some(({ target }) => target === child)) removeAt(child)
      return
    }
    if (hidden(path)) {
      const label = `what ${path} was`
      const folder = directory(parent(path))
      put(tree, { ...folder, type: 'package', label, size: { ...zero, source: label } }, { maybe: true })
    }
    const sure = always(path)
    remove(at(path), path, sure ? {} : how())
    if (sure || conditionsOf(actor).length === 0) doubted.delete(path)
  }

  return {
    presence,
    readable: () => 'yes',
    get(written) {
      const path = display(written)
      const { entry } = lookup(at(path), path)
      if (entry?.maybe !== true || !here(path)) return entry
      const { maybe: _, ...sure } = entry
      return sure
    },
    real: (path) => real(at(display(path)), display(path)),
    list(written) {
      const path = display(written)
      const { entries, complete } = list(at(path), path)
      const names = new Set(entries.map((entry) => entry.path))
      // What something is mounted on, or leads there, is seen as long as it is.
      const more: Entry[] = []
      for (const mount of mounts) {
        const { target } = mount
        if (target === path || !within(target, path)) continue
        const end = target.indexOf('/', path === '/' ? 1 : path.length + 1)
        const name = end < 0 ? target : target.slice(0, end)
        if (names.has(name)) continue
        names.add(name)
        const type = end < 0 ? (lookup(mount.tree, target).entry?.type ?? 'dir') : 'dir'
        more.push({ ...directory(name), type })
      }
      if (more.length === 0) return { entries, complete }
      return { entries: [...entries, ...more].sort((a, b) => (a.path < b.path ? -1 : 1)), complete }
    },
    below(path) {
      if (budget.listed > mostListed || budget.stored > mostStored)
        return { entries: [], complete: false, rest: 'unknown' }
      const found = below(at(display(path)), display(path))
      budget.listed += found.entries.length
      return found
    },
    packagesIn: (path) => packagesIn(at(display(path)), display(path)),
    text: (path) => textAt(display(path)),
    identity: (path) => (at(display(path)) === tree ? identityOf(tree, display(path)) : undefined),
    stamp: (path) => (at(display(path)) === tree ? stampOf(tree, display(path)) : undefined),
    put: (path, file) => store(display(path), file),
    mkdir(written, given) {
      const path = display(written)
      if (lookup(at(path), path, true).there !== 'no') {
        mkdir(at(path), path, { ...owner(), ...given }, how())
        return
      }
      let missing = path
      for (let above = parent(path); lookup(at(above), above, true).there === 'no'; above = parent(above))
        missing = above
      const { how: doubt } = storing(missing, zero)
      if (missing !== path) storing(path, zero)
      mkdir(at(path), path, { ...owner(), ...given }, doubt)
    },
    write(written, bytes) {
      const path = real(at(display(written)), display(written))
      if (mounts.some((mount) => mount.leaks === true && mount.target === path))
        put(tree, { ...directory(path), type: 'file', size: bytes.size }, { maybe: true })
      const old = lookup(at(path), path)
      const before = bytes.append ? textAt(path) : undefined
      // What only may be there is stored anew as a whole, so that the doubt about it stays one doubt.
      const twin = twinOf(path)
      if (old.entry?.type === 'file' && (always(path) || twin !== undefined || excluded(path))) {
        const text =
          twin !== undefined || excluded(path) ? undefined : bytes.append ? both(before, bytes.text) : bytes.text
        const { maybe: _, content: __, ...kept } = old.entry
        const size = bytes.append ? add(twin?.own ?? old.entry.size, sizeOf(bytes.size, bytes.text)) : bytes.size
        store(path, {
          ...kept,
          size,
          ...(text === undefined ? {} : { text }),
          ...(bytes.content === undefined || bytes.append ? {} : { content: bytes.content }),
        })
        return
      }
      const wanted = bytes.append && hidden(path) ? add(bytes.size, unknown(`what was in ${path}`)) : bytes.size
      const { how: doubt, size } =
        bytes.append && old.entry !== undefined ? { how: how(), size: wanted } : storing(path, wanted)
      const entry: Entry = {
        ...directory(path),
        type: 'file',
        size: sizeOf(size, bytes.text),
        mode: 0o666 & ~actor.umask,
        uid: actor.uid,
        gid: actor.gid,
        ...(bytes.content === undefined ? {} : { content: bytes.content }),
      }
      const kept = bytes.append && both(before ?? '', bytes.text) === undefined ? undefined : bytes.text
      write(at(path), entry, {
        ...doubt,
        ...(kept === undefined ? {} : { text: kept }),
        ...(bytes.stamp !== undefined && at(path) === tree && { stamp: bytes.stamp }),
        append: bytes.append === true,
        before,
        inherits: true,
        parents: owner(),
      })
    },
    remove: removeAt,
    removeLabel: (...labels) => removeLabel(tree, labels.map(display), how()),
    restore(written, change) {
      const path = display(written)
      if (hidden(path)) {
        const type = change.deep === true ? 'package' : 'file'
        const why = `change of ${path}, whose size is not known`
        put(at(path), unknownParcel(path, why, type), { maybe: true })
        return
      }
      const limit = Math.max(1, mostAltered - budget.altered)
      const deep = { recursive: change.deep === true, limit }
      budget.altered += alter(at(path), path, changeOf(change), { ...(always(path) ? {} : how()), ...deep })
    },
    link(from, to) {
      const [source, target] = [display(from), display(to)]
      if (at(source) !== at(target) || hidden(source))
        return store(target, { type: 'file', size: unknown(`link to ${source}`), mode: null })
      const { how: doubt } = storing(target, zero)
      link(at(target), source, target, doubt)
    },
    move(from, to) {
      const [source, target] = [display(from), display(to)]
      const [a, b] = [at(source), at(target)]
      if (hidden(source)) {
        store(target, {
          type: 'package',
          label: `moved from ${source}`,
          size: unknown(`moved from ${source}`),
          mode: null,
        })
        return
      }
      if (a === b) {
        const { how: doubt } = storing(target, zero)
        move(a, source, target, always(source) ? {} : doubt)
        doubted.delete(source)
        return
      }
      const { entry } = lookup(a, source)
      const all = entry === undefined ? [] : [entry, ...below(a, source).entries]
      for (const one of all) {
        const { maybe: _, path, ...rest } = one
        const text = one.type === 'file' ? lookup(a, path).text : undefined
        store(target + path.slice(source.length), { ...rest, ...(text === undefined ? {} : { text }) })
      }
      remove(a, source, how())
    },
    perhaps(act) {
      const { doubts } = actor
      actor.doubts = [...doubts, 2e9 + ++guesses]
      act()
      actor.doubts = doubts
    },
    lessen(written) {
      const path = display(written)
      // A pattern that no name fits: nothing known goes, packages there are cut.
      remove(at(path), `${path === '/' ? '' : path}/[\0]`, how())
    },
    mystery(label, folder = '/', rest = 'unknown') {
      const path = display(folder)
      put(at(path), unknownParcel(path, display(label), 'package', rest), { maybe: true })
    },
  }
}

const tooMuch: Entry = {
  ...unknownParcel('/', 'more files than are followed'),
  label: 'unknown: more files than are followed',
}

/** The first part of a path; of all below a folder it is the folder's own. */
const topOf = (path: string): string => path.split('/', 2)[1] ?? ''

/** All folders that a path is in, the root last; none for the root. */
function foldersAbove(path: string): readonly string[] {
  const folders: string[] = []
  for (let at = path; at !== '/'; folders.push(at)) at = parent(at)
  return folders
}

const parent = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'

const both = (a?: string, b?: string): string | undefined =>
  a === undefined || b === undefined || a.length + b.length > longestText ? undefined : a + b

// A text with stand-ins has no length that anybody knows.
const sizeOf = (size: Size, text: string | undefined): Size =>
  text === undefined || isKnown(text) ? size : unknown('depends on a value that is not known', knownBytes(text))

const changeOf = ({ deep: _, touched, ...change }: Change) => ({
  ...change,
  ...(touched === undefined ? {} : { keepTime: !touched }),
})
