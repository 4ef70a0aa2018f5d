/** What RUNs leave behind, as short lines: for tables of command models. */

import { predict } from '../../lib/analyze.ts'
import { chooseBuilder } from '../../lib/builders/choose.ts'
import type { BaseFacts, Entry } from '../../lib/model.ts'
import { plainGiven } from './predict.ts'

const marks = { content: '', cache: ' !cache', temporary: ' !temporary' } as const

const line = ({ type, path, label, kind, maybe }: Entry): string => {
  const what = type === 'whiteout' ? `-${path}` : path
  return `${what}${label === undefined ? '' : ` ${label}`}${marks[kind ?? 'content']}${maybe === true ? ' ?' : ''}`
}

/**
 * Entries of the layer of each RUN on an empty base, folders left out: `/usr npm:x`, `/root/.npm npm cache
 * !cache`, ` ?` for what may be there, `-/path` for what a layer takes away.
 */
export function left(
  instructions: readonly string[],
  os?: NonNullable<BaseFacts['os']>,
): readonly (readonly string[])[] {
  const facts: BaseFacts = { complete: true, files: {}, ...(os === undefined ? {} : { os }) }
  const base = { ref: 'base', rows: [], layers: [], config: {}, author: '', facts }
  const given = plainGiven(chooseBuilder('buildkit'), { base: () => base })
  const { image } = predict(['FROM base', 'ENV HOME=/root', ...instructions].join('\n'), given)
  return image.layers.flatMap(({ row, entries }) => {
    const { origin } = image.rows[row]!
    return origin.from === 'dockerfile' && origin.instruction === 'RUN'
      ? [entries.filter(({ type }) => type !== 'dir').map(line)]
      : []
  })
}
