/**
 * The header of a package, as databases of rpm keep it.
 *
 * Source: rpm docs, "Package Format" (header); rpm lib/header.c, hdrblobInit; include/rpm/rpmtag.h.
 */
import { UserError } from '../error.ts'

/** One installed package, as `rpm -q` tells it. */
export interface RpmPackage {
  readonly name: string
  /** 0 where there is none. */
  readonly epoch: number
  readonly version: string
  readonly release: string
  /** `x86_64`, `noarch`; '' for keys that rpm keeps as packages. */
  readonly arch: string
  /** Sum of the lengths of its files. */
  readonly bytes: number
  /** File name of the source package; '' where there is none. */
  readonly source: string
}

const tags = { name: 1000, version: 1001, release: 1002, epoch: 1003, size: 1009, arch: 1022, source: 1044, long: 5009 }
const types = { int32: 4, int64: 5, string: 6 }
const entryBytes = 16
/** Source: rpm lib/header.c, HEADER_TAGS_MAX. */
const mostEntries = 0xffff

/** Reads one. Throws UserError where it is no header; `name` is of the database. */
export function rpmHeader(blob: Buffer, name: string): RpmPackage {
  const broken = (): UserError => new UserError(`${name}: not a readable rpm database: a header that makes no sense`)
  if (blob.length < 8) throw broken()
  const entries = blob.readUInt32BE(0)
  const start = 8 + entries * entryBytes
  const end = start + blob.readUInt32BE(4)
  if (entries === 0 || entries > mostEntries || end > blob.length) throw broken()
  const found = new Map<number, { readonly type: number; readonly at: number }>()
  for (let at = 8; at < start; at += entryBytes) {
    const place = start + blob.readUInt32BE(at + 8)
    if (place > end) throw broken()
    found.set(blob.readUInt32BE(at), { type: blob.readUInt32BE(at + 4), at: place })
  }
  const text = (tag: number): string => {
    const entry = found.get(tag)
    if (entry === undefined) return ''
    const nul = blob.indexOf(0, entry.at)
    if (entry.type !== types.string || nul === -1 || nul >= end) throw broken()
    return blob.toString('utf8', entry.at, nul)
  }
  const number = (tag: number): number | undefined => {
    const entry = found.get(tag)
    if (entry === undefined) return undefined
    const length = entry.type === types.int64 ? 8 : 4
    if ((entry.type !== types.int32 && entry.type !== types.int64) || entry.at + length > end) throw broken()
    return length === 8 ? Number(blob.readBigUInt64BE(entry.at)) : blob.readUInt32BE(entry.at)
  }
  const own = text(tags.name)
  if (own === '') throw broken()
  return {
    name: own,
    epoch: number(tags.epoch) ?? 0,
    version: text(tags.version),
    release: text(tags.release),
    arch: text(tags.arch),
    bytes: number(tags.long) ?? number(tags.size) ?? 0,
    source: text(tags.source),
  }
}
