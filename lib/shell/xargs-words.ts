/** What the words of an xargs call ask for, and what it makes of what it reads. Source: POSIX XCU xargs; findutils 4.9; BusyBox 1.35. */
import { unknownText } from './known.ts'

/** How xargs reads, and what it runs. */
export interface Asked {
  /** Stands for the item in the words of the program; left out: items come behind them. */
  readonly replace?: string
  /** Most items, and most lines of them, for one run. */
  readonly most: number
  readonly lines: number
  readonly separator?: string
  /** Without an item nothing is run. */
  readonly skipEmpty: boolean
  /** Items come from there, not from standard input. */
  readonly file?: string
  /** Each run is told on standard error before it begins. */
  readonly traces: boolean
  /** Where the program stands among the words. */
  readonly program: number
}

type Setting = (value: string) => Partial<Asked>

const numberOf = (value: string): number => Number(value) || 1
const separated: Setting = (value) => ({ separator: unescaped(value) })
const replaced: Setting = (value) => ({ replace: value || '{}' })
const mostItems: Setting = (value) => ({ most: numberOf(value) })
const mostLines: Setting = (value) => ({ lines: numberOf(value) })
const nothing: Setting = () => ({})

/** Options by letter and by name, by what is said of their value: there is none, it is behind them, it may hang on them. */
const options: Readonly<Record<'none' | 'next' | 'attached', Readonly<Record<string, Setting>>>> = {
  none: {
    '0': () => ({ separator: '\0' }),
    '--null': () => ({ separator: '\0' }),
    r: () => ({ skipEmpty: true }),
    '--no-run-if-empty': () => ({ skipEmpty: true }),
    t: () => ({ traces: true }),
    '--verbose': () => ({ traces: true }),
  },
  next: {
    n: mostItems,
    '--max-args': mostItems,
    L: mostLines,
    I: replaced,
    d: separated,
    '--delimiter': separated,
    a: (file) => ({ file }),
    '--arg-file': (file) => ({ file }),
    ...Object.fromEntries(
      'P E s --max-procs --max-chars --eof --process-slot-var'.split(' ').map((name) => [name, nothing]),
    ),
  },
  attached: { i: replaced, '--replace': replaced, l: mostLines, '--max-lines': mostLines, e: nothing },
}

/** Reads the words of a call; undefined: it stops at an option it does not have. */
export function askedOf(argv: readonly string[], isBusyBox: boolean): Asked | undefined {
  let asked: Omit<Asked, 'program'> = {
    most: Number.POSITIVE_INFINITY,
    lines: Number.POSITIVE_INFINITY,
    skipEmpty: false,
    traces: false,
  }
  let at = 1
  const take = (name: string, own: string | undefined): 'letter' | 'word' => {
    const { none, next, attached } = options
    const setting = none[name] ?? next[name] ?? attached[name]
    const value = next[name] === undefined ? own : own || argv[++at]
    asked = { ...asked, ...setting?.(value ?? '') }
    return none[name] !== undefined || setting === undefined ? 'letter' : 'word'
  }
  for (; argv[at]?.startsWith('-') === true; at++) {
    const word = argv[at]!
    if (word === '--') return { ...asked, program: at + 1 }
    if (word.startsWith('--')) {
      const [name = '', value] = word.split('=', 2)
      take(name, value)
      continue
    }
    for (let k = 1; k < word.length; k++) {
      if (isBusyBox && (word[k] === 'L' || word[k] === 'd')) return undefined
      if (take(word[k]!, word.slice(k + 1)) === 'word') break
    }
  }
  return { ...asked, program: at }
}

/**
 * A run as `-t` tells it. GNU's quotes what a shell would not take for one plain word; what that is in odd cases is not
 * followed. Source: findutils 4.9, quotearg of gnulib; BusyBox 1.35.
 */
export function traceOf(argv: readonly string[], isBusyBox: boolean): string {
  const shown = argv.map((word) => {
    if (isBusyBox || /^[\w@%+:,./-]+$/.test(word)) return word
    return /^[\w@%+:,./ $*?"();&|<>-]+$/.test(word) ? `'${word}'` : unknownText('quoted')
  })
  return `${shown.join(' ')}\n`
}

/** One character, maybe written as an escape. */
const unescaped = (word: string): string =>
  ({ '\\n': '\n', '\\0': '\0', '\\t': '\t' })[word] ?? (word.startsWith('\\') ? word.slice(1, 2) : word.slice(0, 1))

/**
 * The items of a text, in groups for one run each. Without a separator, blanks and newlines part them, quotes and backslashes
 * hold them together; where an item replaces a word it is a line, without the blanks before it. Undefined: a quote stays
 * open on its line, and it stops there. Source: xargs(1) of findutils 4.9.
 */
export function batchesOf(
  text: string,
  { separator, replace, lines }: Pick<Asked, 'separator' | 'replace' | 'lines'>,
): readonly (readonly string[])[] | undefined {
  if (separator !== undefined) {
    const items = text.split(separator)
    if (items.at(-1) === '') items.pop()
    return [items]
  }
  const isLine = replace !== undefined
  const groups: string[][] = [[]]
  let item: string | undefined
  let count = 0
  let quote = ''
  const end = (): void => {
    if (item !== undefined) groups.at(-1)!.push(item)
    item = undefined
  }
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (quote !== '') {
      if (c === quote) quote = ''
      else if (c === '\n') return undefined
      else item += c
    } else if (c === '\n') {
      const empty = item === undefined && (i === 0 || text[i - 1] === '\n')
      end()
      // A blank at the end of a line joins it with the next.
      if (empty || /[ \t]/.test(text[i - 1] ?? '') || ++count < lines) continue
      count = 0
      groups.push([])
    } else if ((c === ' ' || c === '\t') && (!isLine || item === undefined)) end()
    else if (c === '"' || c === "'") {
      quote = c
      item ??= ''
    } else if (c === '\\' && i + 1 < text.length) item = (item ?? '') + text[++i]!
    else item = (item ?? '') + c
  }
  if (quote !== '') return undefined
  end()
  return groups.filter((group) => group.length > 0)
}
