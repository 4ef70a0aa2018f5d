/** What `ADD archive /dir/` would extract. */

import { UserError } from '../error.ts'
import type { Entry } from '../model.ts'
import { decompress, sniff } from './compress.ts'
import { entryMaker } from './entry.ts'
import { head, openSource, pieces } from './source.ts'
import { type OnRecord, tarParser } from './tar.ts'
import { blockBytes, sound } from './tar-header.ts'
import { walkTar } from './tar-walk.ts'

/**
 * Entries of a local archive, plain or compressed; undefined when it is none, by the test builders make: it unpacks, and
 * begins with a tar header. Throws UserError for one that begins well and breaks later.
 *
 * Source: moby pkg/archive, IsArchivePath.
 */
export async function listArchive(path: string): Promise<Entry[] | undefined> {
  const source = openSource(path)
  try {
    const entries: Entry[] = []
    const toEntry = entryMaker(path, 'archive in the build context', 'kept')
    const keep: OnRecord = (record) => {
      const entry = toEntry(record)
      if (entry !== undefined) entries.push(entry)
      return undefined
    }
    const compression = sniff(head(source, 10))
    if (compression === undefined) {
      const first = head(source, blockBytes)
      if (first.length < blockBytes || !sound(first, 0)) return undefined
      walkTar(source, keep)
      return entries
    }
    const parser = tarParser(path, keep)
    try {
      for await (const piece of decompress(pieces(source), compression, path)) {
        parser.feed(piece)
        if (parser.ended) break
      }
      parser.finish()
    } catch (error) {
      if (error instanceof UserError && parser.count === 0) return undefined
      throw error
    }
    return parser.count === 0 ? undefined : entries
  } finally {
    source.close()
  }
}
