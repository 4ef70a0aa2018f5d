/** mv. Source: POSIX XCU mv; GNU coreutils 9; BusyBox 1.36. */
import { parentOf, within } from '../shell/paths.ts'
import { backup } from './backup.ts'
import { type Call, failed, model, type Result, unsure, worst } from './command.ts'
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
  const to = landing(call, operands, source)
  const there = files.presence(from)
  if (there === 'no' || !holds(files, parentOf(to)) || within(to, from) || clashes(call, from, to)) return failed
  // `.` and `..` stay where they are.
  if (/^\.{1,2}\/*$/.test(source)) return failed
  const over = replaces(call, from, to)
  if (over === 'yes') {
    if (files.presence(to) === 'yes') backup(call, to)
    files.move(from, to)
  } else if (over === 'maybe') files.perhaps(() => files.move(from, to))
  return there === 'yes' ? undefined : unsure
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
