/**
 * How near reckoned packages come to what they are: each one that was measured is reckoned from what the other half of them
 * tells, and both are written down side by side. test/score/margins.ts asks whether the margins hold what lies between.
 */
import { learn, reckon, type Sample } from './data-apt-reckon.ts'

/** Bytes of a package's files and of what dpkg keeps of it, on slim bases and on full ones. */
export interface Stored {
  readonly slim: number
  readonly full: number
}

/** A package as it was measured, and as it would have been reckoned. */
export interface Beside {
  readonly name: string
  /** Its entries that are no folders. */
  readonly files: number
  readonly measured: Stored
  readonly reckoned: Stored
}

/** Every package of `samples`, by name; what is of one name falls into one half, whichever suite has it. */
export function besides(samples: readonly Sample[], others: readonly Sample[] = []): readonly Beside[] {
  const all = [...samples, ...others]
  const means = [0, 1].map((half) => learn(all.filter(({ paragraph }) => halfOf(paragraph.name) !== half)))
  return samples
    .map(({ paragraph, paths, measured }): Beside => {
      const one = reckon(paragraph, paths, means[halfOf(paragraph.name)]!)
      return { name: paragraph.name, files: paths.count, measured: stored(measured), reckoned: stored(one) }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

const stored = ({ slim, full, info }: Stored & { readonly info: number }): Stored => {
  return { slim: slim + info, full: full + info }
}

/** The half a name is in: the lowest bit of its FNV-1a hash, mixed. */
function halfOf(name: string): 0 | 1 {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(name)) hash = Math.imul(hash ^ byte, 0x01000193)
  return ((hash ^ (hash >>> 15)) & 1) as 0 | 1
}

/** As text, a package a line: its name, on slim bases and on full ones what was measured and what was reckoned, its files. */
export const besidesText = (list: readonly Beside[]): string =>
  list
    .map(({ name, files, measured: m, reckoned: r }) => `${[name, m.slim, r.slim, m.full, r.full, files].join('\t')}\n`)
    .join('')

/** That text read again. */
export const readBesides = (text: string): readonly Beside[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', ...numbers] = line.split('\t')
      const [slim = 0, likeSlim = 0, full = 0, likeFull = 0, files = 0] = numbers.map(Number)
      return { name, files, measured: { slim, full }, reckoned: { slim: likeSlim, full: likeFull } }
    })
