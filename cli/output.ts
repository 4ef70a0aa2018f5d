/** Where results go: standard output or the file of `-o`. */
import {
  chmodSync,
  closeSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { UserError } from '../lib/error.ts'
import { toBytes } from '../lib/report/bytes.ts'
import { last, type Options } from './options.ts'
import type { World } from './world.ts'

/** The file that `-o` names; undefined: standard output. Throws UserError for the shape `-o` has in docker build. */
export function outputFile(options: Options): string | undefined {
  const file = last(options, 'output')
  if (file === undefined || file === '-') return undefined
  if (/^type=|^dest=|,(type|dest)=/.test(file))
    throw new UserError(`-o ${file}: here -o names the file for the result, not an exporter as in docker build`, {
      hint: 'leave it out, or give -o FILE',
    })
  if (file === '') throw new UserError('-o wants the name of a file')
  return file
}

/** Writes a result to where the options say: bytes, or a text. One that comes piece by piece may hold broken UTF-8, see `toBytes`. */
export function writeResult(result: Uint8Array | string | Iterable<string>, options: Options, world: World): void {
  const file = outputFile(options)
  const pieces = typeof result === 'string' || result instanceof Uint8Array ? [result] : encoded(result)
  if (file !== undefined) writeWhole(file, pieces, world)
  else for (const piece of pieces) world.out.write(piece)
}

function* encoded(pieces: Iterable<string>): Generator<Uint8Array> {
  for (const piece of pieces) yield toBytes(piece)
}

/**
 * Writes a file wholly or not at all: beside it first, then renamed into place, also where an interrupt falls in between.
 * Permissions are those of the file it replaces, or as the umask says. What is no regular file (a pipe, a device) is
 * written to directly. Throws UserError where the disk does.
 */
export function writeWhole(file: string, content: string | Iterable<Uint8Array | string>, world: World): void {
  const path = resolve(world.cwd, file)
  try {
    const there = statSync(path, { throwIfNoEntry: false })
    if (there?.isDirectory()) throw new UserError(`${file}: a folder, not a file to write to`)
    if (there && !there.isFile()) {
      writeTo(openSync(path, 'w'), content)
      return
    }
    const target = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() && there ? realpathSync(path) : path
    const beside = join(dirname(target), `.${basename(target)}.${Math.random().toString(36).slice(2)}.tmp`)
    const drop = () => unlinkSync(beside)
    const settled = world.onInterrupt(drop)
    try {
      writeTo(openSync(beside, 'wx'), content)
      if (there) chmodSync(beside, there.mode & 0o777)
      renameSync(beside, target)
    } catch (error) {
      if (lstatSync(beside, { throwIfNoEntry: false })) drop()
      throw error
    } finally {
      settled()
    }
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`${file}: cannot be written: ${reason(error)}`, { cause: error })
  }
}

function writeTo(file: number, content: string | Iterable<Uint8Array | string>): void {
  try {
    for (const piece of typeof content === 'string' ? [content] : content) writeFileSync(file, piece)
  } finally {
    closeSync(file)
  }
}

/** What the operating system says, without its code, call and path, and in our words: 'no such file or folder'. */
export function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const said = /^[A-Z0-9_]+: (.*?)(, \w+( '.*)?)?$/s.exec(text)?.[1] ?? text
  return said.replace(/\bdirectory\b/, 'folder')
}
