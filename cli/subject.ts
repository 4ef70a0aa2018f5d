/** Subject → what it is: a Dockerfile, a document or an image. Decided by content, never by the name's ending. */
import { closeSync, existsSync, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs'
import { join, normalize, relative, resolve } from 'node:path'
import { UserError } from '../lib/error.ts'
import type { Family } from '../lib/model.ts'
import { reason } from './output.ts'
import type { World } from './world.ts'

/** A Dockerfile, read. */
export interface DockerfileSubject {
  readonly kind: 'dockerfile'
  /** As a person in the working folder would write it; `-` for standard input. */
  readonly path: string
  readonly text: string
  /** Absolute; undefined where it came through a pipe. */
  readonly file: string | undefined
  /** Absolute: its build context; undefined: none. */
  readonly context: string | undefined
  /** Where configuration is looked for. */
  readonly folder: string
}

/** A JSON document, parsed. */
export interface DocumentSubject {
  readonly kind: 'document'
  readonly path: string
  readonly value: unknown
  readonly folder: string
}

/** An image, not opened yet. */
export interface ImageSubject {
  readonly kind: 'image'
  readonly transport: Transport
  /** Absolute path of the archive or layout; the reference, for `docker-daemon:` and `docker://`. */
  readonly place: string
  /** Which of several images: `REF` or `@N`. */
  readonly pick: string | undefined
  readonly path: string
  readonly folder: string
}

export type Subject = DockerfileSubject | DocumentSubject | ImageSubject
/** `archive`: docker's or OCI's, told apart by what is in it. */
export type Transport = 'archive' | 'docker-archive' | 'oci-archive' | 'oci' | 'docker-daemon' | 'docker'

/** How a subject was asked for. */
export interface Asked {
  readonly text: string
  /** What relative paths are relative to. */
  readonly folder: string
  /** `-f`: relative to the working folder. */
  readonly file?: string | undefined
  /** `--context`, absolute; false: `--no-context`. */
  readonly context?: string | false | undefined
  /** Buildah looks for a Containerfile first. */
  readonly family: Family
}

/** No Dockerfile is longer; a JSON document with all files of an image may be. */
const mostDockerfile = 16 << 20
const mostDocument = 512 << 20

/** Finds out what a subject is and reads it, images aside. Throws UserError where there is nothing of the kind. */
export async function openSubject(as: Asked, world: World): Promise<Subject> {
  const named = byTransport(as)
  if (named) return named
  const asked = fromHere(as, world)
  if (asked.text === '-') {
    if (asked.file !== undefined)
      throw new UserError('- is the Dockerfile already: leave -f out', {
        hint: '-f - DIR reads it from standard input',
      })
    return fromStdin(asked, asked.context === false ? undefined : asked.context, world)
  }
  const path = resolve(asked.folder, asked.text)
  const there = statusOf(path, asked.text)
  if (there?.isDirectory()) return inFolder(path, asked, world)
  if (asked.file !== undefined)
    throw new UserError(
      there
        ? `${asked.text}: with -f the subject is the build context, a folder`
        : `${asked.text}: no such folder for the build context`,
    )
  if (!there) return onePickedOf(asked)
  return read(path, asked.text, asked, undefined)
}

/** The same, as somebody in the working folder would ask for it: names in messages are relative to that. */
function fromHere(asked: Asked, world: World): Asked {
  if (asked.folder === world.cwd || asked.text === '-') return asked
  return { ...asked, text: shownPath(resolve(asked.folder, asked.text), world.cwd), folder: world.cwd }
}

/** A path as a person in that folder would write it. */
export function shownPath(path: string, folder: string): string {
  const near = relative(folder, path)
  return near === '' ? '.' : near.startsWith('..') ? path : near
}

/** `oci:DIR`, `docker://REF`: the transports of containers-transports(5). */
function byTransport({ text, folder }: Asked): ImageSubject | undefined {
  const [, name, rest = ''] = /^(docker-archive|oci-archive|oci|docker-daemon|docker):(.*)$/s.exec(text) ?? []
  if (name === undefined || (name === 'docker' && !rest.startsWith('//'))) return undefined
  const transport = name as Transport
  if (rest.replace(/^\/\//, '') === '') throw new UserError(`${text}: names no image`)
  if (transport === 'docker' || transport === 'docker-daemon')
    return { kind: 'image', transport, place: rest.replace(/^\/\//, ''), pick: undefined, path: text, folder }
  const [file, pick] = splitPick(rest, folder)
  return { kind: 'image', transport, place: resolve(folder, file), pick, path: text, folder }
}

/** `FILE.tar:REF`, where that is no file but `FILE.tar` is one. */
function onePickedOf(asked: Asked): ImageSubject {
  const [file, pick] = splitPick(asked.text, asked.folder)
  const place = resolve(asked.folder, file)
  if (pick === undefined) throw new UserError(`${asked.text}: no such file or folder`)
  return {
    kind: 'image',
    transport: transportOf(place, asked.text),
    place,
    pick,
    path: asked.text,
    folder: asked.folder,
  }
}

/** The longest front part that exists, cut at a colon, and what follows it. */
function splitPick(text: string, folder: string): readonly [file: string, pick: string | undefined] {
  if (existsSync(resolve(folder, text))) return [text, undefined]
  for (let at = text.lastIndexOf(':'); at > 0; at = text.lastIndexOf(':', at - 1))
    if (existsSync(resolve(folder, text.slice(0, at)))) return [text.slice(0, at), text.slice(at + 1)]
  return [text, undefined]
}

/** What can hold several images. Throws UserError for what holds none. */
function transportOf(place: string, shown: string): Transport {
  if (statSync(place).isDirectory()) {
    if (isLayout(place)) return 'oci'
    throw new UserError(`${shown}: no image layout`, { hint: 'a folder with an oci-layout file' })
  }
  const kind = sniff(readHead(place, shown))
  if (kind === 'archive') return 'archive'
  throw new UserError(`${shown}: no image archive`, { hint: 'docker save -o image.tar NAME' })
}

const isLayout = (folder: string) => existsSync(join(folder, 'oci-layout')) && existsSync(join(folder, 'index.json'))

async function inFolder(folder: string, asked: Asked, world: World): Promise<Subject> {
  const context = asked.context ?? folder
  if (asked.file === '-') return fromStdin(asked, context || undefined, world)
  if (asked.file !== undefined) {
    // docker takes -f from the working folder, podman from the context when it is not there.
    const here = resolve(world.cwd, asked.file)
    const there = resolve(folder, asked.file)
    if (existsSync(here)) return read(here, asked.file, { ...asked, context }, folder)
    if (existsSync(there)) return read(there, join(asked.text, asked.file), { ...asked, context }, folder)
    throw new UserError(`${asked.file}: no such file`)
  }
  if (isLayout(folder))
    return { kind: 'image', transport: 'oci', place: folder, pick: undefined, path: asked.text, folder }
  const names =
    asked.family === 'buildah' ? ['Containerfile', 'Dockerfile'] : ['Dockerfile', 'dockerfile', 'Containerfile']
  const name = names.find((one) => {
    const at = statusOf(join(folder, one), join(asked.text, one))
    return at !== undefined && !at.isDirectory()
  })
  if (name === undefined)
    throw new UserError(`${asked.text}: no Dockerfile in it`, { hint: `-f FILE ${asked.text} names one elsewhere` })
  return read(join(folder, name), normalize(join(asked.text, name)), { ...asked, context }, folder)
}

async function fromStdin(asked: Asked, context: string | undefined, world: World): Promise<Subject> {
  const bytes = await world.stdin(mostDockerfile)
  const folder = context ?? asked.folder
  const kind = sniff(bytes.subarray(0, 4096))
  if (kind === 'archive')
    throw new UserError('-: an archive on standard input', { hint: 'an image is read from a file: history image.tar' })
  if (kind !== 'text' && kind !== 'json') throw new UserError(`-: ${kind}, not a Dockerfile`)
  const text = Buffer.from(bytes).toString('utf8')
  const value = kind === 'json' ? parseJson(text, '-') : undefined
  if (value !== undefined) return { kind: 'document', path: '-', value, folder }
  return { kind: 'dockerfile', path: '-', text, file: undefined, context, folder }
}

/** Reads a file as what its first bytes say it is. `folder`: where its context lies, when not beside it. */
function read(file: string, shown: string, asked: Asked, folder: string | undefined): Subject {
  const descriptor = attempt(shown, () => openSync(file, 'r'))
  try {
    const status = attempt(shown, () => fstatSync(descriptor))
    if (status.isDirectory()) throw new UserError(`${shown}: a folder, not a Dockerfile`)
    const beside = folder ?? resolve(file, '..')
    const head = attempt(shown, () => readUpTo(descriptor, 4096))
    const kind = sniff(head)
    // What was read of a pipe is gone, and an image is read at any place.
    if (kind === 'archive' && !status.isFile())
      throw new UserError(`${shown}: an archive that comes through a pipe`, { hint: 'docker save -o image.tar NAME' })
    if (kind === 'archive')
      return { kind: 'image', transport: 'archive', place: file, pick: undefined, path: shown, folder: beside }
    if (kind !== 'text' && kind !== 'json') throw new UserError(`${shown}: ${kind}, not a Dockerfile nor an image`)
    const most = kind === 'json' ? mostDocument : mostDockerfile
    const all = Buffer.concat([head, attempt(shown, () => readUpTo(descriptor, most + 1 - head.length))])
    if (all.length > most) throw new UserError(`${shown}: longer than ${most} bytes: that is no Dockerfile`)
    const text = all.toString('utf8')
    const value = kind === 'json' ? parseJson(text, shown) : undefined
    if (value !== undefined) return { kind: 'document', path: shown, value, folder: beside }
    const own = status.isFile() ? beside : undefined
    const context = asked.context === false ? undefined : (asked.context ?? own)
    return { kind: 'dockerfile', path: shown, text, file: status.isFile() ? file : undefined, context, folder: beside }
  } finally {
    closeSync(descriptor)
  }
}

/** A document; undefined where the text is none, and its name does not claim otherwise. */
function parseJson(text: string, shown: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    if (/\.json$/i.test(shown)) throw new UserError(`${shown}: not JSON: ${reason(error)}`, { cause: error })
    return undefined
  }
}

/** What a file is by its first bytes: text, json, archive, or words for what it is instead. */
export function sniff(head: Uint8Array): string {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  const begin = bytes.subarray(0, 8).toString('hex')
  const starts = (hex: string) => begin.startsWith(hex)
  // gzip, zstd, xz, bzip2: only an archive is worth packing.
  if (starts('1f8b') || starts('28b52ffd') || starts('fd377a585a00') || starts('425a68')) return 'archive'
  if (bytes.subarray(257, 262).toString('latin1') === 'ustar') return 'archive'
  if (starts('7f454c46') || starts('4d5a9000')) return 'a program'
  if (starts('504b0304')) return 'a zip file'
  if (starts('89504e47') || starts('ffd8ff') || starts('47494638')) return 'a picture'
  if (starts('fffe') || starts('feff')) return 'text in UTF-16'
  // An archive whose beginning is broken, a database, anything at all.
  if (bytes.subarray(0, 512).includes(Buffer.alloc(8)) || isBinary(bytes)) return 'binary data'
  return /^\ufeff?\s*[[{]/.test(bytes.subarray(0, 512).toString('utf8')) ? 'json' : 'text'
}

/** Of bytes by chance every tenth is a control character; texts have hardly any, though a builder minds none. */
function isBinary(bytes: Uint8Array): boolean {
  let controls = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte < 32 && (byte < 7 || (byte > 13 && byte !== 27))) controls++
  }
  return controls > 3 && controls * 25 > bytes.length
}

function readHead(file: string, shown: string): Buffer {
  const descriptor = attempt(shown, () => openSync(file, 'r'))
  try {
    return attempt(shown, () => readUpTo(descriptor, 4096))
  } finally {
    closeSync(descriptor)
  }
}

/** From where the descriptor stands, at most that many bytes. Works on pipes too. */
function readUpTo(descriptor: number, most: number): Buffer {
  const pieces: Buffer[] = []
  for (let left = most; left > 0; ) {
    // Most files are short; of a long one the rest comes in large pieces.
    const piece = Buffer.allocUnsafe(Math.min(left, pieces.length === 0 ? 1 << 14 : 1 << 20))
    const count = readSync(descriptor, piece, 0, piece.length, null)
    if (count === 0) break
    pieces.push(piece.subarray(0, count))
    left -= count
  }
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
}

/** What stands at a path; undefined: nothing. Throws UserError where the disk does not say: a circle of links, a folder that is closed. */
export const statusOf = (path: string, shown: string): Stats | undefined =>
  attempt(shown, () => statSync(path, { throwIfNoEntry: false }))

function attempt<T>(shown: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw new UserError(`${shown}: ${reason(error)}`, { cause: error })
  }
}
