/** Words of a program taken apart by its table of options, as getopt_long does. Source: getopt(3), POSIX XBD 12.2. */
import type { Flags, Model } from './command.ts'

interface Parsed {
  readonly flags: Flags
  readonly args: readonly string[]
}

/** A model's options, made ready for many calls. */
export interface OptionTable {
  readonly takes: ReadonlySet<string>
  readonly attached: ReadonlySet<string>
  readonly early: boolean
  readonly oneDash: boolean
  readonly wholeNames: boolean
}

/** The table of a model. */
export const optionTable = ({ values, attached, early, oneDash, wholeNames }: Model): OptionTable => ({
  takes: new Set(values),
  attached: new Set(attached),
  early: early === true,
  oneDash: oneDash === true,
  wholeNames: wholeNames === true,
})

/** Flags and operands of `words` (the program itself not among them). Unknown options take no value. */
export function parseOptions(words: readonly string[], table: OptionTable): Parsed {
  const { takes, attached, early, oneDash, wholeNames } = table
  const given: [name: string, value: string | undefined][] = []
  const args: string[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '--') {
      args.push(...words.slice(i + 1))
      break
    }
    if (word.length < 2 || word[0] !== '-') {
      args.push(...(early ? words.slice(i) : [word]))
      if (early) break
      continue
    }
    if (word.startsWith('--') || oneDash) {
      const equals = word.indexOf('=')
      const name = equals < 0 ? word : word.slice(0, equals)
      const full = wholeNames ? name : fullName(name, takes)
      if (equals >= 0) given.push([full, word.slice(equals + 1)])
      else if (takes.has(full)) given.push([full, words[++i] ?? ''])
      else given.push([full, undefined])
      continue
    }
    for (let k = 1; k < word.length; k++) {
      const name = `-${word[k]!}`
      const rest = word.slice(k + 1)
      if (takes.has(name)) {
        given.push([name, rest !== '' ? rest : (words[++i] ?? '')])
        break
      }
      if (attached.has(name)) {
        given.push([name, rest === '' ? undefined : rest])
        break
      }
      given.push([name, undefined])
    }
  }
  return { flags: flagsOf(given), args }
}

// A long option may be cut short as long as one name begins so; only the ones that take a value matter here.
function fullName(name: string, takes: ReadonlySet<string>): string {
  if (takes.has(name) || name.length < 5 || !name.startsWith('--')) return name
  const fits = [...takes].filter((t) => t.startsWith(name))
  return fits.length === 1 ? fits[0]! : name
}

const flagsOf = (given: readonly (readonly [name: string, value: string | undefined])[]): Flags => ({
  has: (...names) => given.some(([name]) => names.includes(name)),
  value: (...names) => given.findLast(([name]) => names.includes(name))?.[1],
  all: (...names) => given.filter(([name]) => names.includes(name)).map(([, value]) => value ?? ''),
})
