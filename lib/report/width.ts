/**
 * How many columns the docker client reckons a text to take. It has two ways: by character where it cuts a text to 45
 * columns, by cluster (what a reader takes for one character) where it lays out columns. Source: spec/history.md section
 * 10, and the client itself, asked by test/engines/history-table.engine.ts.
 */
import * as table from '../data/char-widths.ts'
import { lastThat } from '../sorted.ts'
import { isAscii } from './bytes.ts'

/**
 * Cut to at most `columns` - 1 columns and an ellipsis, where the text is wider than `columns`. Control characters and
 * combining marks count one column here.
 */
export function ellipsis(text: string, columns: number): string {
  if (isAscii(text)) return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`
  let [total, kept, keptWidth, full] = [0, 0, 0, false]
  for (const character of text) {
    const width = cutWidth(character.codePointAt(0)!)
    total += width
    if (total > columns) return `${text.slice(0, kept)}…`
    full ||= keptWidth + width > columns - 1
    if (full) continue
    kept += character.length
    keptWidth += width
  }
  return text
}

/** Width of a cell. `eastAsian`: characters of ambiguous width (Greek, box drawing, …) count two. */
export function displayWidth(text: string, eastAsian: boolean): number {
  if (/^[ -~]*$/.test(text)) return text.length
  const { zero, wide, ambiguous } = load()
  let [total, current] = [0, 0]
  let state: State = 'any'
  for (const character of text) {
    const code = scalar(character.codePointAt(0)!)
    const [next, boundary] = step(state, property(code))
    state = next
    if (boundary) current = 0
    // A cluster is as wide as its first character that has a width.
    if (current > 0) continue
    current = has(zero, code) ? 0 : has(wide, code) || (eastAsian && has(ambiguous, code)) ? 2 : 1
    total += current
  }
  return total
}

/** Whether the clients take the locale (LC_ALL, LC_CTYPE or LANG, the first that is set) for an East Asian one. */
export function isEastAsian(locale: string): boolean {
  if (locale === 'C' || locale === 'POSIX' || /^C[.-]/.test(locale)) return false
  const charset = (/^[a-z]{2,3}(?:_[A-Z]{2})?\.(.+)/.exec(locale)?.[1] ?? locale).toLowerCase()
  if (charset.endsWith('@cjk_narrow')) return false
  const name = charset.replace(/@.*/s, '')
  if (name === 'utf-8' || name === 'utf8') return /^(?:ja|ko|zh)/.test(locale)
  return /^(?:jis|euc(?:jp|kr|cn)|sjis|cp(?:932|51932|936|949|950)|big5|gbk|gb2312)$/.test(name)
}

// ---- clusters -------------------------------------------------------------------------------------
// Unicode Standard Annex 29 as the client's library has it: it goes by one state, and forgets what kind of character
// stood before where two rules meet. So a flag after a control character is two clusters.

type Property = keyof typeof table | 'cr' | 'lf' | 'zwj' | 'flag' | 'L' | 'V' | 'T' | 'LV' | 'LVT' | 'any'
type State =
  | 'any'
  | 'cr'
  | 'control'
  | 'L'
  | 'LV'
  | 'LVT'
  | 'prepend'
  | 'pictographic'
  | 'joined'
  | 'oddFlag'
  | 'evenFlag'

/** State after a character, and whether a cluster begins with it. */
function step(state: State, next: Property): readonly [State, boolean] {
  if (state === 'cr' && next === 'lf') return ['any', false]
  if (state === 'cr' || state === 'control') return ['any', true]
  if (next === 'cr') return ['cr', true]
  if (next === 'lf' || next === 'control') return ['control', true]
  if (state === 'L' && (next === 'L' || next === 'V' || next === 'LV' || next === 'LVT')) {
    return [next === 'L' ? 'L' : next === 'LVT' ? 'LVT' : 'LV', false]
  }
  if (state === 'LV' && (next === 'V' || next === 'T')) return [next === 'V' ? 'LV' : 'LVT', false]
  if (state === 'LVT' && next === 'T') return ['LVT', false]
  if (state === 'pictographic' && (next === 'extend' || next === 'zwj')) {
    return [next === 'extend' ? 'pictographic' : 'joined', false]
  }
  if (state === 'joined' && next === 'pictographic') return ['pictographic', false]
  if (next === 'extend' || next === 'zwj' || next === 'spacing') return ['any', false]
  if (state === 'oddFlag' && next === 'flag') return ['evenFlag', false]
  if (state === 'prepend') return ['any', false]
  return [alone[next] ?? 'any', true]
}

/** State after a character that begins a cluster. */
const alone: Readonly<Partial<Record<Property, State>>> = {
  L: 'L',
  V: 'LV',
  LV: 'LV',
  T: 'LVT',
  LVT: 'LVT',
  prepend: 'prepend',
  pictographic: 'pictographic',
  flag: 'oddFlag',
}

function property(code: number): Property {
  if (code < 0x20) return code === 10 ? 'lf' : code === 13 ? 'cr' : 'control'
  if (code < 0x7f) return 'any'
  if (code === 0x200d) return 'zwj'
  if (code >= 0x1f1e6 && code <= 0x1f1ff) return 'flag'
  if ((code >= 0x1100 && code <= 0x115f) || (code >= 0xa960 && code <= 0xa97c)) return 'L'
  if ((code >= 0x1160 && code <= 0x11a7) || (code >= 0xd7b0 && code <= 0xd7c6)) return 'V'
  if ((code >= 0x11a8 && code <= 0x11ff) || (code >= 0xd7cb && code <= 0xd7fb)) return 'T'
  if (code >= 0xac00 && code <= 0xd7a3) return (code - 0xac00) % 28 === 0 ? 'LV' : 'LVT'
  const sets = load()
  return (
    (['extend', 'spacing', 'pictographic', 'control', 'prepend'] as const).find((name) => has(sets[name], code)) ??
    'any'
  )
}

// ---- sets of code points --------------------------------------------------------------------------

const cutWidth = (code: number): number => {
  const { wide, cutWide, cutNarrow } = load()
  return (has(wide, code) && !has(cutNarrow, code)) || has(cutWide, code) ? 2 : 1
}

/** A byte of a cut character counts as the replacement character. */
const scalar = (code: number): number => (code >= 0xd800 && code <= 0xdfff ? 0xfffd : code)

type Sets = Readonly<Record<keyof typeof table, Int32Array>>

let loaded: Sets | undefined

/** The tables, read at the first text that is not plain ASCII: first and last of each range, in turn. */
function load(): Sets {
  loaded ??= Object.fromEntries(
    Object.entries(table).map(([name, text]) => [
      name,
      Int32Array.from(
        text
          .trim()
          .split(/\s/)
          .flatMap((range) =>
            [range.replace(/-.*/, ''), range.replace(/.*-/, '')].map((end) => Number.parseInt(end, 16)),
          ),
      ),
    ]),
  ) as Sets
  return loaded
}

function has(ranges: Int32Array, code: number): boolean {
  const range = lastThat(ranges.length / 2, (one) => ranges[2 * one]! <= code)
  return range >= 0 && code <= ranges[2 * range + 1]!
}
