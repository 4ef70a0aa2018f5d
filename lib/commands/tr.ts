/** tr: characters exchanged, taken out, or runs of them made one. Source: POSIX XCU tr; GNU coreutils 9; BusyBox 1.35. */
import { textOutput } from '../shell/command.ts'
import { isKnown } from '../shell/known.ts'
import { inputOf } from './bytes.ts'
import type { Call, Result } from './command.ts'
import { done, model, prints } from './command.ts'
import { textOf } from './lines.ts'

function tr(call: Call): Result {
  const { flags, args } = call
  const text = textOf(inputOf(call, []))
  // Byte by byte: what is beyond ASCII is several of them.
  if (text === undefined || !isPlain(text) || flags.has('-t', '--truncate-set1')) return done
  const sets = args.map(charactersOf)
  const [from, to] = sets
  if (from === undefined || sets.some((set) => set === undefined) || args.length > 2) return done
  const turned = flags.has('-c', '-C', '--complement')
  const isIn = (c: string): boolean => from.includes(c) !== turned
  const squeezes = flags.has('-s', '--squeeze-repeats')
  if (flags.has('-d', '--delete')) {
    const left = [...text].filter((c) => !isIn(c)).join('')
    return prints(textOutput(squeezes ? (to === undefined ? left : squeezed(left, (c) => to.includes(c))) : left))
  }
  if (to === undefined) return squeezes ? prints(textOutput(squeezed(text, isIn))) : done
  // What each of the others becomes has an order of its own.
  if (to === '' || (turned && new Set(to).size > 1)) return done
  const by = (c: string): string => (isIn(c) ? (to[turned ? 0 : Math.min(from.indexOf(c), to.length - 1)] ?? c) : c)
  const exchanged = [...text].map(by).join('')
  return prints(textOutput(squeezes ? squeezed(exchanged, (c) => to.includes(c)) : exchanged))
}

const isPlain = (text: string): boolean => /^[\0-\x7f]*$/.test(text)

const squeezed = (text: string, isIn: (c: string) => boolean): string =>
  [...text].filter((c, i) => i === 0 || c !== text[i - 1] || !isIn(c)).join('')

const classes: Readonly<Record<string, string>> = {
  lower: 'a-z',
  upper: 'A-Z',
  digit: '0-9',
  alpha: 'A-Za-z',
  alnum: '0-9A-Za-z',
  blank: '\t ',
  space: '\t\n\v\f\r ',
  xdigit: '0-9A-Fa-f',
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  v: '\v',
  f: '\f',
  a: '\x07',
  b: '\b',
}

/** The characters of a set, in order; undefined: it is written in a way that is not followed. */
function charactersOf(set: string): string | undefined {
  if (!isKnown(set) || !isPlain(set) || /\[[=.]|\[.\*/.test(set)) return undefined
  const named = set.replace(/\[:(\w+):\]/g, (whole, name: string) =>
    Object.hasOwn(classes, name) ? classes[name]! : whole,
  )
  if (/\[:\w+:\]/.test(named)) return undefined
  let out = ''
  for (let i = 0; i < named.length; i++) {
    const octal = /^\\([0-7]{1,3})/.exec(named.slice(i, i + 4))?.[1]
    if (octal !== undefined) {
      out += String.fromCharCode(Number.parseInt(octal, 8) & 0x7f)
      i += octal.length
    } else if (named[i] === '\\' && i + 1 < named.length) {
      const next = named[++i]!
      out += escapes[next] ?? next
    } else if (named[i + 1] === '-' && i + 2 < named.length) {
      const [first, last] = [named.charCodeAt(i), named.charCodeAt(i + 2)]
      if (last < first || named[i + 2] === '\\') return undefined
      for (let c = first; c <= last; c++) out += String.fromCharCode(c)
      i += 2
    } else out += named[i]!
  }
  return out
}

export default [model({ names: ['tr'], reliable: true, early: true, run: tr })]
