/** What cp, mv, ln and install are asked to put where, and what is in the way there. Source: POSIX XCU; GNU coreutils 9. */
import { isKnown } from '../shell/known.ts'
import { inside, nameOf } from '../shell/paths.ts'
import type { Call } from './command.ts'
import type { Presence } from './files.ts'
import { isFolder } from './places.ts'

/** Sources and where they go. */
export interface Operands {
  readonly sources: readonly string[]
  readonly target: string
  /** The target has to be a folder: it is named as one, or there are many sources. */
  readonly into: boolean
}

/** Options of all four that take a value. */
export const operandValues = ['-t', '--target-directory', '-S', '--suffix']

/** The operands of a call; undefined: one is missing, and it fails. */
export function operandsOf({ args, flags }: Call): Operands | undefined {
  const folder = flags.value('-t', '--target-directory')
  const sources = folder === undefined ? args.slice(0, -1) : args
  const target = folder ?? args.at(-1)
  if (target === undefined || sources.length === 0) return undefined
  return { sources, target, into: sources.length > 1 || folder !== undefined }
}

/** Is the target, which has to be a folder, surely none? */
export const isNoFolder = (call: Call, { target, into }: Operands): boolean =>
  into && isFolder(call.files, call.path(target)) === false

/** Where a source goes: into the target if it is a folder, else it becomes the target itself. */
export function landing(call: Call, { target, into }: Operands, source: string): string {
  const path = call.path(target)
  if (call.flags.has('-T', '--no-target-directory')) return path
  const folder = into || target.endsWith('/') || target.endsWith('/.') || (isFolder(call.files, path) ?? false)
  return folder ? inside(call.files.real(path), nameOf(call.path(source))) : path
}

/** A folder never takes the place of a file, nor a file that of a folder. */
export function clashes({ files }: Call, from: string, to: string): boolean {
  const [a, b] = [files.get(from)?.type, files.get(to)?.type]
  return a !== undefined && b !== undefined && (a === 'dir') !== (b === 'dir')
}

/** Does a source take the place of what is at its target? */
export function replaces(call: Call, from: string, to: string): Presence {
  const { flags, files } = call
  const there = files.presence(to)
  if (there === 'no' || files.get(to)?.type === 'dir') return 'yes'
  if (flags.has('-n', '--no-clobber')) return there === 'yes' ? 'no' : 'maybe'
  if (flags.has('-i', '--interactive') && !flags.has('-f', '--force')) {
    const said = agreed(call)
    return there !== 'yes' || said === undefined ? 'maybe' : said ? 'yes' : 'no'
  }
  const update = flags.value('--update')
  if (!flags.has('-u', '--update') || update === 'all') return 'yes'
  if (update !== undefined && update !== 'older') return there === 'yes' ? 'no' : 'maybe'
  // How much newer it must be depends on the program, and what it is depends on the clock.
  const [source, target] = [files.stamp(from)?.time, files.stamp(to)?.time]
  return typeof source === 'number' && typeof target === 'number' && source <= target ? 'no' : 'maybe'
}

/** What standard input says to a question; nothing at all is no. Undefined: nobody knows. */
export function agreed({ command }: Call): boolean | undefined {
  const text = command.stdin.output?.text
  return text === undefined || !isKnown(text) ? undefined : /^\s*[yY]/.test(text)
}
