/** stat -c: what is known of files, in a format. Source: GNU coreutils 9; BusyBox 1.35. */
import type { Entry } from '../model.ts'
import { textOutput } from '../shell/command.ts'
import { isKnown, unknownText, utf8Bytes } from '../shell/known.ts'
import { exact } from '../size.ts'
import type { Call, Result } from './command.ts'
import { done, failed, model, prints } from './command.ts'
import { followed } from './places.ts'

// Seconds since 1970, for two centuries.
const time = '0'.repeat(10)

function stat(call: Call): Result {
  const { flags, files, args } = call
  const format = flags.value('-c', '--format')
  const entries = args.map((arg) =>
    flags.has('-L', '--dereference') ? followed(files, call.path(arg)) : files.get(call.path(arg)),
  )
  if (args.some((arg) => files.presence(call.path(arg)) === 'no')) return failed
  if (format === undefined || !isKnown(format) || flags.has('-f', '-t')) return done
  const lines = entries.map((entry, i) => entry && shown(format, entry, args[i]!))
  if (lines.some((line) => line === undefined)) return done
  const text = lines.map((line) => `${line}\n`).join('')
  // Of times only how long they are is known.
  return /%[XYZ]/.test(format) ? prints({ size: exact(utf8Bytes(text), 'stat') }) : prints(textOutput(text))
}

/** One line; undefined: something in it is not known. */
function shown(format: string, entry: Entry, name: string): string | undefined {
  const { size, mode, uid, gid, type } = entry
  if (type === 'package' || entry.maybe === true) return undefined
  const length = type === 'symlink' ? utf8Bytes(entry.link ?? '') : size.basis === 'exact' ? size.bytes : null
  const values: Readonly<Record<string, string | undefined>> = {
    s: type === 'dir' || type === 'device' ? undefined : length?.toString(),
    a: mode?.toString(8),
    u: uid?.toString(),
    g: gid?.toString(),
    n: name,
    X: time,
    Y: time,
    Z: time,
    '%': '%',
  }
  const line = format.replace(/%(.)/g, (_, letter: string) => values[letter] ?? unknownText('stat'))
  return isKnown(line) && !line.includes('\\') ? line : undefined
}

export default [model({ names: ['stat'], values: ['-c', '--format', '--printf'], reliable: true, run: stat })]
