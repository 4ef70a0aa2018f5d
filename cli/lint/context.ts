/** Where the build context of a Dockerfile lies that somebody found and nobody spoke about: in monorepos often further up. */
import { existsSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import type { Analysis } from '../../lib/analyze.ts'

/**
 * The nearest folder above `own` that has every file a Dockerfile copies, where `own` lacks one; undefined: there is none, or
 * none is needed. Looked for up to the top of the working copy, outside of one up to `top`.
 */
export function contextAbove(own: string, top: string, { plan }: Analysis): string | undefined {
  const sources = sourcesOf(plan)
  const hasAll = (folder: string): boolean => sources.every((source) => existsSync(join(folder, source)))
  if (sources.length === 0 || hasAll(own)) return undefined
  return foldersAbove(own, top).find(hasAll)
}

/** What is copied from the context, as far as its name says it all. */
const sourcesOf = ({ outline }: Analysis['plan']): readonly string[] =>
  outline.drafts.flatMap(({ body }) =>
    body.flatMap(({ operands }) => {
      if (operands.keyword !== 'COPY' && operands.keyword !== 'ADD') return []
      if (operands.flags.from !== null) return []
      return operands.sources
        .filter((source) => !/[$*?[\\]|^[\w+.-]+:\/\/|^git@/.test(source))
        .map((source) => posix.normalize(`/${source}`))
    }),
  )

function foldersAbove(folder: string, top: string): readonly string[] {
  const above: string[] = []
  let inTop = -1
  for (let at = folder; ; ) {
    if (existsSync(join(at, '.git'))) return above
    if (at === top) inTop = above.length
    const up = dirname(at)
    if (up === at) return inTop < 0 ? [] : above.slice(0, inTop)
    above.push(up)
    at = up
  }
}
