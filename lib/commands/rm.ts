/** Taking away: rm, rmdir, unlink, shred -u. Source: POSIX XCU rm, rmdir; GNU coreutils 9. */
import { inside, parentOf } from '../shell/paths.ts'
import { isApplet } from './busybox.ts'
import type { Call, Result } from './command.ts'
import { failed, model, wavering } from './command.ts'
import { agreed } from './operands.ts'
import { isUnseen } from './places.ts'

function rm(call: Call): Result {
  const force = call.flags.has('-f', '--force')
  const deep = call.flags.has('-r', '-R', '--recursive')
  const asks = call.flags.has('-i') && !force
  const said = asks ? agreed(call) : undefined
  let missing = false
  for (const arg of call.args) {
    const path = call.path(arg)
    const entry = call.files.get(path)
    // Nobody takes away the folder it is in.
    if (/(^|\/)\.{1,2}\/*$/.test(arg)) missing = true
    else if (entry === undefined && isQuoted(arg)) missing ||= !force
    else if (call.files.presence(path) === 'no' || path === '/') missing ||= !force
    else if (entry?.type === 'symlink' && arg.endsWith('/') && !isApplet(call)) {
      // What is in the folder goes, the link stays.
      const isFolder = call.files.get(call.files.real(path))?.type === 'dir'
      if (isFolder && deep && !asks) emptied(call, call.files.real(path))
      missing ||= !force || (isFolder && !deep)
    } else if (entry?.type === 'dir' && !deep && !isUnseen(call.files, path) && !isEmptied(call, path)) missing = true
    else if (asks && said !== true) {
      if (said === undefined) call.files.perhaps(() => call.files.remove(path))
    } else call.files.remove(path)
  }
  return missing ? failed : undefined
}

function emptied({ files }: Call, folder: string): void {
  for (const { path } of files.list(folder).entries) files.remove(path)
  if (files.packagesIn(folder).length > 0 || !files.list(folder).complete) files.remove(inside(folder, '*'))
}

// `-d` takes a folder that holds nothing.
const isEmptied = ({ flags, files }: Call, folder: string): boolean =>
  flags.has('-d', '--dir') && files.list(folder).entries.every((entry) => entry.maybe === true)

// A wildcard that no shell has replaced, as what is quoted or in the JSON form: it stands for itself.
const isQuoted = (arg: string): boolean => /[*?[]/.test(arg.replace(/\ufdd0[^\ufdd1]*\ufdd1/g, ''))

function rmdir(call: Call): Result {
  let refused = false
  let unseen = false
  for (const arg of call.args) {
    let path = call.path(arg)
    do {
      const there = call.files.presence(path)
      const type = call.files.get(path)?.type
      const held = (type !== undefined && type !== 'dir') || call.files.list(path).entries.length > 0
      // What is not there is no folder that holds something.
      if (there === 'no' || (held && !call.flags.has('--ignore-fail-on-non-empty'))) refused = true
      if (there === 'no' || held) break
      unseen ||= there !== 'yes'
      call.files.remove(path)
      path = parentOf(path)
    } while (call.flags.has('-p', '--parents') && path !== '/')
  }
  return refused ? failed : unseen ? wavering : undefined
}

export default [
  model({ names: ['rm', 'unlink'], values: [], attached: ['--interactive'], reliable: true, run: rm }),
  model({ names: ['rmdir'], reliable: true, run: rmdir }),
  model({
    names: ['shred'],
    values: ['-n', '-s', '--iterations', '--size', '--random-source'],
    run: (call) => {
      let outcome: Result
      for (const arg of call.args) {
        if (call.files.presence(call.path(arg)) === 'no') outcome = failed
        else if (call.flags.has('-u', '--remove')) call.files.remove(call.path(arg))
        else call.files.restore(call.path(arg), {})
      }
      return outcome
    },
  }),
]
