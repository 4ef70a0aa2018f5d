/** What one COPY or ADD is worked out from, and what comes out. */
import type { Copy } from '../dockerfile/operands.ts'
import type { BaseFacts, Context, Entry, Problem, Size } from '../model.ts'
import { unknown } from '../size.ts'
import type { Traits } from '../traits.ts'
import type { Owner, Tree } from '../unionfs/tree.ts'
import { type Chmod, type Mode, modeOf } from './chmod.ts'
import type { Origin, Thing } from './origin.ts'
import { type Accounts, type Ids, ownerOf } from './owner.ts'
import { type Item, openTarget, type Target } from './target.ts'

/** Where the sources lie. */
export type From =
  /** The build context, or one that `--from` names; undefined: none is given, and anything may be in it. */
  | { readonly kind: 'context'; readonly context: Context | undefined; readonly named?: true }
  /** Another stage or an image. `name` as written. */
  | { readonly kind: 'tree'; readonly name: string; readonly tree: Tree; readonly trees?: BaseFacts['trees'] }

export interface CopyRequest {
  /** Variables replaced, here-documents expanded. */
  readonly copy: Copy
  readonly traits: Traits
  readonly from: From
  /** Files of the stage; read only. */
  readonly tree: Tree
  readonly workdir: string
  /** Accounts of the image below the stage. */
  readonly facts?: BaseFacts
  /** Sizes of downloads by address. */
  readonly sizes?: Readonly<Record<string, number>>
  /** All contexts at hand: where the bytes of files that an earlier stage copied can be read. */
  readonly contexts?: readonly Context[]
  /** Most changes worth listing one by one; more become a package of unknown size. */
  readonly limit?: number
}

export interface Copied {
  /** Changes to the stage's files, in order; empty where the builder refuses. */
  readonly items: readonly Item[]
  /** Its layer stands on its own and holds all of them, whatever lies below. */
  readonly apart?: boolean
  readonly problems: readonly Problem[]
  /** Changes that were worked out, dropped ones included: what `limit` counts. */
  readonly effort: number
  /** What classic and Buildah print of the sources; computed when asked, which reads files. Undefined: not to be known. */
  readonly hash: () => string | undefined
}

/** What the builders share while they work one instruction out. */
export interface Work {
  readonly request: CopyRequest
  readonly copy: Copy
  readonly traits: Traits
  readonly origin: Origin
  readonly target: Target
  readonly mode: Mode
  /** `--chown`; undefined: not given. */
  readonly owner: Ids | undefined
}

export function begin(request: CopyRequest, origin: Origin, blind: boolean): Work {
  const { copy, traits, tree, facts } = request
  const accounts: Accounts = { tree, facts }
  const { chown, chmod } = copy.flags
  return {
    request,
    copy,
    traits,
    origin,
    target: openTarget(tree, blind, request.limit ?? Number.POSITIVE_INFINITY),
    mode: modeOf(traits.family === 'classic' ? null : chmod, traits),
    owner: chown === null || chown === '' ? undefined : ownerOf(chown, traits, accounts, copy.flags.link === true),
  }
}

/** A copied thing as it lands at `path`; `links` keeps track of files with several names. */
export function landed(
  thing: Thing,
  path: string,
  owner: Ids | undefined,
  chmod: Chmod,
  links: Map<string | object, string>,
): Entry {
  const folder = thing.type === 'dir'
  const first = thing.type === 'file' && thing.inode !== undefined ? links.get(thing.inode) : undefined
  if (thing.type === 'file' && thing.inode !== undefined && first === undefined) links.set(thing.inode, path)
  const { type, size, link, content, xattrs, maybe } = thing
  const entry: Entry = {
    path,
    type,
    size,
    mode: type === 'symlink' ? 0o777 : chmod(thing.mode, folder),
    uid: owner === undefined ? thing.uid : owner.uid,
    gid: owner === undefined ? thing.gid : owner.gid,
    link,
    ...(content !== undefined && { content }),
    ...(xattrs !== undefined && { xattrs }),
    ...(maybe && { maybe }),
  }
  return first === undefined ? entry : { ...entry, type: 'hardlink', link: first }
}

/** Owner of folders that are made on the way. */
export const made = (owner: Ids | undefined, mode = 0o755): Owner =>
  owner === undefined ? { mode } : { mode, uid: owner.uid, gid: owner.gid }

/** Size of a download. */
export function downloadSize({ request }: Work, address: string): Size {
  const bytes = Object.hasOwn(request.sizes ?? {}, address) ? request.sizes?.[address] : undefined
  return bytes === undefined
    ? unknown(`download of ${address}`)
    : { bytes, low: bytes, high: bytes, basis: 'resolved', source: 'configuration' }
}

/** Same text, same modification time: a file that is copied twice unchanged has not changed. */
export const timeOf = (origin: Origin, path: string): string => `${origin.name}:${path}`
