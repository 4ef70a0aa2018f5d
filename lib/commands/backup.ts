/** What cp, mv, ln and install keep of a file that they replace. Source: coreutils manual, 2.3 backup options. */
import { isKnown } from '../shell/known.ts'
import type { Call } from './command.ts'

/** Moves what is at a path out of the way where the call says so; a folder stays. */
export function backup(call: Call, path: string): void {
  const { flags, files, env } = call
  if (!flags.has('-b', '--backup') || files.get(path)?.type === 'dir') return
  const how = flags.value('--backup') ?? env('VERSION_CONTROL') ?? 'existing'
  if (how === 'none' || how === 'off' || !isKnown(path)) return
  const numbered = (n: number): string => `${path}.~${n}~`
  const exists = files.presence(numbered(1)) === 'yes'
  if (/^(simple|never)$/.test(how) || (/^(existing|nil)$/.test(how) && !exists)) {
    files.move(path, path + (flags.value('-S', '--suffix') ?? env('SIMPLE_BACKUP_SUFFIX') ?? '~'))
    return
  }
  let n = 1
  while (n < 100 && files.presence(numbered(n)) === 'yes') n++
  files.move(path, numbered(n))
}
