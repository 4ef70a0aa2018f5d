/** A small tar reader for the engine suite, apart from the program's own so that one can check the other. */

import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { TruthEntry } from './truth.ts'

export interface TarMember {
  readonly name: string
  readonly kind: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly link: string
  readonly body: Uint8Array
}

/** Members of an archive in order, extended headers applied. Source: POSIX.1-2017 pax, GNU tar manual. */
export function* members(archive: Uint8Array): Generator<TarMember> {
  const bytes = Buffer.from(archive[0] === 0x1f && archive[1] === 0x8b ? gunzipSync(archive) : archive)
  const text = (from: number, length: number) => bytes.toString('utf8', from, from + length).replace(/\0.*$/s, '')
  const number = (from: number, length: number) => Number.parseInt(text(from, length).trim() || '0', 8)
  let pax: Record<string, string> = {}
  for (let at = 0, next = 0; at + 512 <= bytes.length && (bytes[at] !== 0 || bytes[at + 257] !== 0); at = next) {
    const length = pax.size === undefined ? number(at + 124, 12) : Number(pax.size)
    const kind = text(at + 156, 1) || '0'
    const body = bytes.subarray(at + 512, at + 512 + length)
    const prefix = text(at + 257, 5) === 'ustar' && text(at + 263, 1) === '0' ? text(at + 345, 155) : ''
    const name = pax.path ?? (prefix === '' ? text(at, 100) : `${prefix}/${text(at, 100)}`)
    const link = pax.linkpath ?? text(at + 157, 100)
    const [uid, gid] = [Number(pax.uid ?? number(at + 108, 8)), Number(pax.gid ?? number(at + 116, 8))]
    const mode = number(at + 100, 8)
    next = at + 512 + Math.ceil(length / 512) * 512
    if (kind === 'x' || kind === 'g') pax = kind === 'x' ? records(body) : {}
    else if (kind === 'L') pax = { ...pax, path: body.toString('utf8').replace(/\0+$/, '') }
    else if (kind === 'K') pax = { ...pax, linkpath: body.toString('utf8').replace(/\0+$/, '') }
    else {
      yield { name, kind, mode, uid, gid, link, body }
      pax = {}
    }
  }
}

/** `27 path=some/long/name\n` and so on. */
function records(body: Buffer): Record<string, string> {
  const found: Record<string, string> = {}
  for (let at = 0; at < body.length; ) {
    const length = Number.parseInt(body.toString('latin1', at, at + 20), 10)
    if (!(length > 0)) break
    const [, key = '', value = ''] = /^\d+ ([^=]*)=(.*)\n$/s.exec(body.toString('utf8', at, at + length)) ?? []
    found[key] = value
    at += length
  }
  return found
}

/** Regular files of an archive by name; a symlink inside it gives the bytes of its target. */
export function tarFiles(archive: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  const links: [string, string][] = []
  for (const { name, kind, link, body } of members(archive)) {
    if (kind === '0') files.set(name, body)
    if (kind === '2') links.push([name, posix.join(posix.dirname(name), link)])
  }
  for (const [name, target] of links) files.set(name, files.get(target) ?? new Uint8Array())
  return files
}

const kinds: Readonly<Record<string, TruthEntry['type']>> = { '0': 'file', '1': 'hardlink', '2': 'symlink', '5': 'dir' }

/** Entries of a layer as a recording lists them. */
export const layerEntries = (layer: Uint8Array): readonly TruthEntry[] =>
  [...members(layer)].map(({ name, kind, mode, uid, gid, link, body }) => ({
    path: name.replace(/\/+$/, '') || '.',
    type: kinds[kind] ?? 'other',
    mode: (mode & 0o7777).toString(8).padStart(4, '0'),
    uid,
    gid,
    ...(kind === '0' && { size: body.length }),
    ...(kind === '0' && body.length > 0 && { sha256: createHash('sha256').update(body).digest('hex').slice(0, 12) }),
    ...(link !== '' && { link }),
  }))

/**
 * What is at each path in the end, `file …` with its bytes in hexadecimal digits or another type with its target. A
 * hard link is what it names.
 */
export function merged(layers: readonly Uint8Array[]): ReadonlyMap<string, string> {
  let files = new Map<string, string>()
  const without = (path: string, itself: boolean): void => {
    files = new Map([...files].filter(([at]) => !at.startsWith(`${path}/`) && !(itself && at === path)))
  }
  for (const layer of layers) {
    const all = [...members(layer)].map((one) => ({ ...one, name: one.name.replace(/\/+$/, '') }))
    for (const { name } of all) {
      if (posix.basename(name) === '.wh..wh..opq') without(posix.dirname(name), false)
      else if (posix.basename(name).startsWith('.wh.')) {
        const path = posix.join(posix.dirname(name), posix.basename(name).slice(4))
        const parents = path
          .split('/')
          .slice(0, -1)
          .map((_, i, parts) => parts.slice(0, i + 1).join('/'))
        if (parents.every((one) => (files.get(one) ?? 'dir') === 'dir')) without(path, true)
      }
    }
    for (const { name, kind, link, body } of all) {
      if (posix.basename(name).startsWith('.wh.')) continue
      const parents = name.split('/').slice(0, -1)
      for (const [i] of parents.entries()) {
        const parent = parents.slice(0, i + 1).join('/')
        if ((files.get(parent) ?? 'dir') !== 'dir') without(parent, true)
        files.set(parent, 'dir')
      }
      const found = kind === '1' ? (files.get(link) ?? 'nothing') : undefined
      const type = kinds[kind] ?? kind
      const what =
        found ?? (kind === '0' || kind === 'S' ? `file ${Buffer.from(body).toString('hex')}` : `${type} ${link}`)
      if (kind !== '5') without(name, true)
      else if ((files.get(name) ?? 'dir') !== 'dir') without(name, true)
      files.set(name, kind === '5' ? 'dir' : what)
    }
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}
