/** Texts run one after the other in a chroot, each on an overlay of its own, and what each of them stored. Wants root. */
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Entry } from '../../lib/model.ts'
import { exact, zero } from '../../lib/size.ts'
import { run } from './programs.ts'
import { root as project } from './truth.ts'

/** One text that was run. */
export interface Ran {
  readonly text: string
  readonly status: number
  /** What it printed, errors too. */
  readonly out: string
  /** What its upper folder held then, by path. That a folder is opaque is not among it: Node reads no extended attributes. */
  readonly stored: ReadonlyMap<string, Entry>
}

/**
 * Runs the texts on the root; what a failing one did is left out of what the next ones see. Undefined, with the reason
 * handed to `why`: nothing can be mounted here.
 */
export function chain(
  root: string,
  texts: readonly string[],
  why: (reason: string) => void,
): readonly Ran[] | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'chain-'))
  try {
    for (const [n, text] of texts.entries()) writeFileSync(join(folder, `text.${n}`), text)
    const alone = ['unshare', '--mount', '--pid', '--fork', '--propagation', 'private']
    const done = run(folder, [...alone, 'bash', join(project, 'test/engines/chain'), root, folder])
    if (done.status !== 0) {
      why(done.err.trim().split('\n').at(-1) ?? '')
      return undefined
    }
    return texts.map((text, n) => ({
      text,
      status: Number(readFileSync(join(folder, `status.${n}`), 'utf8')),
      out: readFileSync(join(folder, `out.${n}`), 'latin1'),
      stored: storedIn(join(folder, `upper.${n}`)),
    }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What lies in the upper folder of an overlay, as entries of a layer. */
function storedIn(upper: string): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>()
  const first = new Map<number, string>()
  const visit = (folder: string): void => {
    for (const name of readdirSync(join(upper, folder)).sort()) {
      const path = `${folder}/${name}`
      const at = join(upper, path)
      const stat = lstatSync(at)
      // Overlay makes all that is gone of one device, so that only of others the same inode is a second name.
      const twin = stat.nlink > 1 && !stat.isDirectory() && !isWhiteout(stat) ? first.get(stat.ino) : undefined
      if (twin === undefined) first.set(stat.ino, path)
      found.set(path, {
        path,
        type: twin === undefined ? typeOf(stat) : 'hardlink',
        size: stat.isFile() && twin === undefined ? exact(stat.size, 'upper folder') : zero,
        mode: stat.mode & 0o7777,
        uid: stat.uid,
        gid: stat.gid,
        link: twin ?? (stat.isSymbolicLink() ? readlinkSync(at) : null),
      })
      if (stat.isDirectory()) visit(path)
    }
  }
  visit('')
  return found
}

// Overlay writes what is gone as a device of numbers 0 and 0. (Linux, Documentation/filesystems/overlayfs.rst)
const isWhiteout = (stat: Stats): boolean => stat.isCharacterDevice() && stat.rdev === 0

const typeOf = (stat: Stats): Entry['type'] =>
  isWhiteout(stat)
    ? 'whiteout'
    : stat.isDirectory()
      ? 'dir'
      : stat.isSymbolicLink()
        ? 'symlink'
        : stat.isFile()
          ? 'file'
          : 'device'
