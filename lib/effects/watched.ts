/** A file system that notes which command touches which path, for those who want to know who did what. */
import type { Files } from '../commands/files.ts'
import type { Step } from '../dockerfile/step.ts'
import type { Command, Outcome } from '../shell/command.ts'
import { display } from '../shell/known.ts'
import type { Touch, Touched, Watch } from '../watch.ts'

/** Touches kept for one command: an archive may unpack very many files. */
const mostTouches = 10_000

/** What stands between the commands of one RUN and its files. */
export interface Watched {
  readonly files: Files
  /** Runs one command and tells the watch what it touched. */
  run(command: Command, act: () => Outcome): Outcome
}

/** The same files, noted; `script`: what the commands' ranges count in. */
export function watched(files: Files, step: Step, script: string, watch: Watch): Watched {
  let touches: Touch[] = []
  const note = (how: Touched, path: string, label?: string): void => {
    if (touches.length >= mostTouches) return
    const at = display(path)
    touches.push(label === undefined ? { how, path: at } : { how, path: at, label: display(label) })
  }
  return {
    files: {
      ...files,
      put(path, file) {
        note('stored', path, file.label)
        files.put(path, file)
      },
      mkdir(path, owner) {
        note('stored', path)
        files.mkdir(path, owner)
      },
      write(path, bytes) {
        note(bytes.append === true ? 'appended' : 'stored', files.real(path))
        files.write(path, bytes)
      },
      remove(path) {
        note('removed', path)
        files.remove(path)
      },
      removeLabel(...labels) {
        for (const label of labels) note('removed', '/', label)
        files.removeLabel(...labels)
      },
      restore(path, change) {
        note('changed', path)
        files.restore(path, change)
      },
      link(from, to) {
        note('linked', from)
        note('stored', to)
        files.link(from, to)
      },
      move(from, to) {
        note('moved', from)
        note('stored', to)
        files.move(from, to)
      },
      lessen(path) {
        note('removed', path)
        files.lessen(path)
      },
      mystery(label, at, rest) {
        note('stored', at ?? '/', label)
        files.mystery(label, at, rest)
      },
    },
    run(command, act) {
      const outer = touches
      touches = []
      const outcome = act()
      const { status, along } = outcome
      watch.note(step, { command, script, touches, status, ...(along !== undefined && { along }) })
      touches = outer
      return outcome
    },
  }
}
