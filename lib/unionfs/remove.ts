/** Taking things out of a working file system, by path, pattern or label. */
import type { Entry } from '../model.ts'
import { weaker } from '../size.ts'
import type { How } from './change.ts'
import { directory, labelled, place } from './change.ts'
import { isPattern, matches } from './glob.ts'
import type { Node, Tree } from './node.ts'
import { gone, isEverywhere, join, make, mayHold, own, reach, resolve, split, stir } from './node.ts'

/**
 * Takes away a path and all below it, a final link itself. A path with `*`, `?` or `[` that is not there is taken as a
 * pattern. Packages that may have stored something at the path lose an unknown part.
 */
export function remove(tree: Tree, path: string, how: How = {}): void {
  if (isPattern(path) && resolve(tree, path, false).node === undefined) removeMatching(tree, path, how)
  else removeOne(tree, path, how)
}

/** `remove` where the path is never a pattern. */
export function removeOne(tree: Tree, path: string, how: How = {}): void {
  const spot = resolve(tree, path, false)
  if (spot.parts.length === 0 || spot.there === 'no') return
  const sure = how.maybe !== true
  if (spot.node === undefined && !sure) return
  const at = place(tree, spot.path, sure && spot.there === 'yes')
  if (at === undefined) return
  stir(tree, at.folder)
  const nearest = spot.node === undefined ? nearestHolders(tree, spot.parts) : undefined
  if (spot.node === undefined || spot.node.children !== undefined) cut(tree, spot.parts, nearest)
  if (!sure) {
    if (at.old === undefined) return
    const doubted = own(tree, at.old, 'no')
    doubted.there = 'maybe'
    at.children.set(at.name, doubted)
  } else if (spot.node === undefined || at.folder.rest !== 'nothing' || tree.homes.size > 0) {
    const known = nearest?.isNew || (spot.node !== undefined && at.folder.rest === 'nothing')
    at.children.set(at.name, make(tree, { ...directory(spot.path), type: 'whiteout' }, known))
  } else at.children.delete(at.name)
}

interface Holders {
  readonly depth: number
  /** They came in this slot, and lie in no folder that others lie in too: nothing below has to be hidden. */
  readonly isNew: boolean
}

/**
 * The deepest folder with packages that may hold a path: what is called by name and was not seen is of one of these rather
 * than of any that lies all over the system.
 */
function nearestHolders(tree: Tree, parts: readonly string[]): Holders {
  const path = join(parts)
  let found: Holders = { depth: 0, isNew: false }
  let folder: Node | undefined = tree.root
  for (let depth = 0; depth < parts.length && folder !== undefined; depth++) {
    const parcels = folder.parcels.filter(({ entry }) => mayHold(entry, path))
    const isNew = parcels.every(({ id, entry }) => id >= tree.slot && !isEverywhere(entry.path))
    if (parcels.length > 0) found = { depth, isNew }
    folder = folder.children?.get(parts[depth]!)
  }
  return found
}

/** Packages above a removed path may have had something there. The folders above are this tree's own already. */
function cut(tree: Tree, parts: readonly string[], nearest?: Holders): void {
  const path = join(parts)
  let folder: Node | undefined = tree.root
  for (const [depth, part] of parts.entries()) {
    if (folder === undefined) return
    if (folder.parcels.length > 0 && (nearest === undefined || nearest.depth === depth))
      folder.parcels = folder.parcels.flatMap((p) =>
        !mayHold(p.entry, path) ? p : isAllOf(p.entry, path) ? [] : lessen(tree, p),
      )
    folder = folder.children?.get(part)
  }
}

/** Is this where everything lies that the package has? */
const isAllOf = ({ path: home, names }: Entry, path: string): boolean =>
  names?.length === 1 && path === `${home === '/' ? '' : home}/${names[0]}`

function lessen(tree: Tree, parcel: Node): Node {
  const node = own(tree, parcel, 'no')
  const { size } = node.entry
  node.entry = { ...node.entry, size: { ...size, low: 0, basis: weaker(size.basis, 'heuristic') } }
  return node
}

function removeMatching(tree: Tree, path: string, how: How): void {
  const parts = split(path)
  const last = parts.at(-1) ?? ''
  for (const found of glob(tree, path)) removeOne(tree, found, how)
  if (!isPattern(last) || last.startsWith('.')) return
  const above = join(parts.slice(0, -1))
  for (const folder of isPattern(above) ? glob(tree, above) : [above]) {
    const spot = resolve(tree, folder, true)
    const held = spot.node
    if (held?.children === undefined || (held.parcels.length === 0 && (last !== '*' || held.rest !== 'unknown')))
      continue
    const home = reach(tree, spot.parts, how.maybe !== true, (at) => directory(at))
    if (home === undefined) continue
    cut(tree, spot.parts)
    // The very words that are said to remove a package do.
    if (how.maybe !== true) home.parcels = home.parcels.filter((p) => p.entry.cleanup?.endsWith(` ${path}`) !== true)
    home.parcels = home.parcels.flatMap((p) => {
      const share = last === '*' ? 'all' : shareOf(p.entry, last)
      if (share !== 'all') return share === 'none' ? p : lessen(tree, p)
      return how.maybe === true ? doubt(tree, p) : []
    })
    // Names beginning with a dot stay; they are few.
    if (last === '*' && how.maybe !== true && home.rest === 'unknown') home.rest = 'unlikely'
  }
}

/** How much of a package has names that a pattern fits, as far as its names are known. */
function shareOf({ names }: Entry, pattern: string): 'all' | 'some' | 'none' {
  if (names === undefined) return 'some'
  const fitting = names.filter((name) => matches(pattern, name)).length
  return fitting === names.length ? 'all' : fitting === 0 ? 'none' : 'some'
}

function doubt(tree: Tree, node: Node): Node {
  const doubted = own(tree, node, 'no')
  doubted.there = 'maybe'
  return doubted
}

/** Paths that a pattern matches among what is known to be there, sorted; links on the way are followed. */
export function glob(tree: Tree, pattern: string): readonly string[] {
  let found: readonly string[] = ['']
  for (const part of split(pattern)) {
    if (!isPattern(part)) {
      found = found.map((path) => `${path}/${part}`)
      continue
    }
    found = found.flatMap((path) => {
      const children = resolve(tree, path, true).node?.children
      if (children === undefined) return []
      return [...children]
        .filter(([name, node]) => !gone(node) && matches(part, name))
        .map(([name]) => `${path}/${name}`)
        .sort()
    })
  }
  return found.filter((path) => resolve(tree, path, false).node !== undefined)
}

/** Takes away packages by label, `*` at the end of one allowed. Many at once are no more work than one. */
export function removeLabel(tree: Tree, labels: readonly string[], how: How = {}): void {
  if (labels.length === 0) return
  const whole = new Set(labels)
  const stems = labels.filter((label) => label.endsWith('*')).map((label) => label.slice(0, -1))
  const fits = ({ entry: { label } }: Node): boolean =>
    label !== undefined && (whole.has(label) || stems.some((stem) => label.startsWith(stem)))
  const isOne = labels.length === 1 && stems.length === 0
  for (const path of tree.homes) {
    const spot = resolve(tree, path, false)
    const parcels = spot.node?.parcels ?? []
    if (isOne ? labelled(parcels, labels[0]) === undefined : !parcels.some(fits)) continue
    const folder = reach(tree, spot.parts, how.maybe !== true, (at) => directory(at))
    if (folder === undefined) continue
    folder.parcels =
      how.maybe === true
        ? folder.parcels.map((p) => (fits(p) ? doubt(tree, p) : p))
        : folder.parcels.filter((p) => !fits(p))
  }
}
