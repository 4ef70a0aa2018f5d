/** mv. Source: POSIX XCU mv; GNU coreutils 9; BusyBox 1.36. */
import { parentOf, within } from '../shell/paths.ts'
import { backup } from './backup.ts'
import { isApplet } from './busybox.ts'
import { type Call, failed, model, type Result, unsure, worst } from './command.ts'
import type { Presence } from './files.ts'
import { clashes, isNoFolder, landing, type Operands, operandsOf, operandValues, replaces } from './operands.ts'
import { holds } from './places.ts'

function mv(call: Call): Result {
  const operands = operandsOf(call)
  if (operands === undefined || isNoFolder(call, operands)) return failed
  return worst(operands.sources.map((source) => moveOne(call, source, operands)))
}

function moveOne(call: Call, source: string, operands: Operands): Result {
  const { files } = call
  const from = call.path(source)
  const to = targetOf(call, from, operands, source)
  const there = files.presence(from)
  // rename(2) of a thing onto itself does nothing; GNU's looks first.
  if (from === to && there === 'yes' && isApplet(call)) return undefined
  if (there === 'no' || !holds(files, parentOf(to)) || within(to, from) || clashes(call, from, to)) return failed
  // `.` and `..` stay where they are.
  if (/(^|\/)\.{1,2}\/*$/.test(source)) return failed
  const over = files.get(to)?.type === 'dir' ? overFolder(call, from, to) : replaces(call, from, to)
  if (over === 'no' && files.get(to)?.type === 'dir') return failed
  const [one, other] = [files.identity(from), files.identity(to)]
  // Two names of one file: GNU's says so, and rename(2) leaves both.
  if (one !== undefined && one.file === other?.file && (!isApplet(call) || one.renames))
    return isApplet(call) ? undefined : failed
  if (over === 'yes') {
    if (files.presence(to) === 'yes') backup(call, to)
    files.move(from, to)
  } else if (over === 'maybe') files.perhaps(() => files.move(from, to))
  return there === 'yes' ? undefined : unsure
}

/** A folder may be named with a slash behind it before it is there. Source: rename(2). */
function targetOf(call: Call, from: string, operands: Operands, source: string): string {
  const path = call.path(operands.target)
  const isNew = !operands.into && call.files.presence(call.files.real(path)) === 'no'
  return isNew && call.files.get(from)?.type === 'dir' ? path : landing(call, operands, source)
}

/**
 * Does a folder take the place of another? Only of one that is empty, and with BusyBox never where it has to copy.
 * Source: rename(2); BusyBox 1.35, coreutils/mv.c.
 */
function overFolder(call: Call, from: string, to: string): Presence {
  const { entries, complete } = call.files.list(to)
  if (entries.length > 0 && entries.every((entry) => entry.maybe !== true)) return 'no'
  if (!isApplet(call)) return complete ? 'yes' : 'maybe'
  const renames = call.files.identity(from)?.renames
  if (renames === false) return 'no'
  return renames === true && complete ? 'yes' : 'maybe'
}

export default [
  model({
    names: ['mv'],
    values: operandValues,
    attached: ['--backup', '--update', '--context'],
    reliable: true,
    run: mv,
  }),
]
