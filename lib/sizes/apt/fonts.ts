/**
 * Caches that fontconfig makes, one for each folder of fonts. Source: installations of 2026-11-21 and 22 on minimal Debian 12
 * and 13. Bytes.
 */
import type { Suite } from './suites.ts'
import type { Candidate } from './table.ts'

// Its own mark, and a small cache for each folder that holds only folders.
const empty = 608

const measured: Readonly<Record<string, readonly [bookworm: number, trixie: number]>> = {
  'fonts-dejavu-core': [16_136, 10_540],
  'fonts-dejavu-mono': [16_136, 10_540],
  'fonts-liberation': [26_392, 23_056],
  'fonts-noto-cjk': [65_680, 68_800],
  'fonts-noto-color-emoji': [2856, 2960],
  'fonts-roboto': [0, 0],
  'fonts-roboto-unhinted': [36_480, 38_560],
  'fonts-liberation2': [21_832, 23_056],
  'fonts-liberation-sans-narrow': [7376, 7376],
  'fonts-urw-base35': [163_184, 170_184],
  // Pixels: only Debian 13 looks at them.
  'xfonts-base': [0, 173_664],
}

/** A font, as the median of those measured; a package has some files besides. */
const font = 2200
const besides = 6

const isFonts = (name: string): boolean => /^((fonts|ttf)-(?!.*(config|common|manager)$)|xfonts-base$)/.test(name)

/**
 * What installing packages adds to the caches. `here`: is a package there already? `sure`: all fonts were measured.
 * Undefined: no cache is made.
 */
export function fontCaches(
  added: readonly Candidate[],
  here: (name: string) => boolean,
  { codename }: Suite,
): { readonly bytes: number; readonly sure: boolean } | undefined {
  const first = added.some(({ name }) => name === 'fontconfig')
  const fonts = added.filter(({ name }) => isFonts(name))
  if (!first && !(here('fontconfig') && fonts.length > 0)) return undefined
  const column = codename === 'trixie' ? 1 : 0
  const bytes = fonts.reduce(
    (sum, { name, weight }) => sum + (measured[name]?.[column] ?? Math.max(0, weight.files - besides) * font),
    first ? empty : 0,
  )
  return { bytes, sure: fonts.every(({ name }) => measured[name] !== undefined) }
}
