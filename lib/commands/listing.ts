/** ls: names in folders that are known, one a line as into a pipe or a file. Source: POSIX XCU ls; GNU coreutils 9; BusyBox 1.35. */
import type { Outcome } from '../shell/command.ts'
import { silent, textOutput } from '../shell/command.ts'
import { isKnown } from '../shell/known.ts'
import { nameOf } from '../shell/paths.ts'
import type { Call, Result } from './command.ts'
import { done, model, prints } from './command.ts'
import { followed } from './places.ts'

// Where a container has more than the image has: mounts, and files of the engine.
const engines = new Set(['/', '/etc', '/run'])

function ls(call: Call): Result {
  const { flags, files } = call
  const written = call.args.length === 0 ? ['.'] : call.args
  const missing = written.some((arg) => files.presence(call.path(arg)) === 'no')
  const listed = written.filter((arg) => files.presence(call.path(arg)) !== 'no')
  const over = missing ? ({ status: 'failed' } as const) : done
  // `ls -d` prints what it is given; of a pattern that fits nothing known that is the pattern.
  if (flags.has('-d', '--directory') && call.args.length > 0 && !flags.has('-l', '-F', '-s', '-i', '-Q', '-m'))
    return missing ? over : prints(textOutput(`${[...written].sort().join('\n')}\n`))
  const odd = call.command.argv.slice(1).some((word) => /^-./.test(word) && !/^-[1aACU]+$/.test(word))
  if (odd || flags.has('-U', '-C') || listed.some((arg) => !isKnown(arg))) return over
  const isFolder = (arg: string) => followed(files, call.path(arg))?.type === 'dir'
  const folders = listed.filter(isFolder).sort()
  const single = listed.filter((arg) => !isFolder(arg)).sort()
  if (single.some((arg) => followed(files, call.path(arg)) === undefined)) return over
  const blocks: string[][] = single.length > 0 ? [single] : []
  for (const folder of folders) {
    const real = files.real(call.path(folder))
    const { entries, complete } = files.list(real)
    const sure = complete && files.packagesIn(real).length === 0 && !engines.has(real)
    if (!sure || entries.some((entry) => entry.maybe === true)) return over
    const names = entries.map((entry) => nameOf(entry.path)).sort()
    const shown = names.filter((name) => !name.startsWith('.') || flags.has('-a', '-A'))
    const all = flags.has('-a') ? ['.', '..', ...shown].sort() : shown
    // A name stands above each where there are more of them.
    blocks.push(written.length > 1 ? [`${folder}:`, ...all] : all)
  }
  const text = blocks.map((block) => block.map((name) => `${name}\n`).join('')).join('\n')
  const outcome: Outcome = prints(text === '' ? silent : textOutput(text))
  return missing ? { ...outcome, status: 'failed' } : outcome
}

export default [
  model({
    names: ['ls'],
    values: ['-I', '-w', '-T', '--ignore', '--hide', '--block-size'],
    attached: ['--color', '--sort', '--time', '--format'],
    reliable: true,
    run: ls,
  }),
]
