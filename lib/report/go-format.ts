/** Values in templates, and how Go's fmt and encoding/json print them. */
import { quoted } from '../builders/go-text.ts'
import { toBytes, wellFormed } from './bytes.ts'
import { refuse } from './template.ts'

/** What a template computes with. Null: a key that is not there. */
export type Value = string | number | boolean | null | readonly Value[] | Fields

/** Something with named values: a row, or the headers. */
export interface Fields {
  /** Undefined: there is none of that name, which is an error. */
  readonly get: (name: string) => Value | undefined
  /** For messages. */
  readonly names: readonly string[]
  /** As `{{json .}}` shows it. */
  readonly json: () => string
}

/** The headers of a table: columns by field. What has no column is nothing, and no error. */
export const headersOf = (titles: Readonly<Record<string, string>>): Fields => ({
  get: (name) => (Object.hasOwn(titles, name) ? titles[name]! : null),
  names: Object.keys(titles),
  json: () => '',
})

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value)
export const isFields = (value: Value): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** As a value stands in the output. */
export function print(value: Value): string {
  if (value === null) return '<no value>'
  if (isList(value)) return `[${value.map(print).join(' ')}]`
  return isFields(value) ? value.json() : typeof value === 'number' ? number(value) : String(value)
}

/** As a value is called in Go, for messages. */
export const typeName = (value: Value): string =>
  value === null
    ? 'nil'
    : isList(value)
      ? 'a list'
      : isFields(value)
        ? 'a row'
        : { string: 'a text', number: 'a number', boolean: 'a boolean' }[typeof value as 'string']

/** JSON as docker's and podman's templates print it: `<`, `>` and `&` as they are, except inside a row, which does its own. */
export function json(value: Value): string {
  if (typeof value === 'string') return jsonText(value, false)
  if (isList(value)) return `[${value.map(json).join(',')}]`
  return isFields(value) ? value.json() : typeof value === 'number' ? number(value) : String(value)
}

/** A string as encoding/json writes it. `html`: `<`, `>` and `&` are escaped too, as they are by default. */
export const jsonText = (text: string, html: boolean): string =>
  JSON.stringify(text)
    // A byte of a cut character.
    .replace(/\\(?:\\|udc[89a-f][0-9a-f])/g, (found) => (found === '\\\\' ? found : '\\ufffd'))
    .replace(
      html ? /[<>&\u2028\u2029]/g : /[\u2028\u2029]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )

/** fmt.Sprint: a blank between two operands when neither is a text. */
export const sprint = (values: readonly Value[]): string =>
  values
    .map((value, index) =>
      index > 0 && typeof value !== 'string' && typeof values[index - 1] !== 'string'
        ? ` ${print(value)}`
        : print(value),
    )
    .join('')

/** fmt.Sprintln. */
export const sprintln = (values: readonly Value[]): string => `${values.map(print).join(' ')}\n`

const verb = /%([-+# 0]*)(\d+|\*)?(?:\.(\d+|\*)?)?(.)?/gsu

/** fmt.Sprintf, the verbs that make sense for texts, numbers and booleans. */
export function sprintf(format: string, values: readonly Value[]): string {
  let next = 0
  const text = format.replace(verb, (all, flags: string, width?: string, precision?: string, letter?: string) => {
    if (letter === '%') return '%'
    if (letter === undefined) return '%!(NOVERB)'
    const measure = (given: string | undefined): number | undefined => {
      if (given === undefined) return undefined
      const size = given === '*' ? Number(values[next++]) : Number(given)
      if (!(size <= widest)) throw refuse(`a width of ${given} in printf`)
      return size
    }
    const [columns, digits] = [
      measure(width),
      measure(precision) ?? (/\.$/.test(all.slice(0, -letter.length)) ? 0 : undefined),
    ]
    if (next >= values.length) return `%!${letter}(MISSING)`
    const value = values[next++]!
    const body = shape(letter, value, flags, digits) ?? `%!${letter}(${goType(value)}=${print(value)})`
    return pad(body, flags, columns ?? 0, typeof value === 'number')
  })
  const extra = values.slice(next).map((value) => `${goType(value)}=${print(value)}`)
  return extra.length === 0 ? text : `${text}%!(EXTRA ${extra.join(', ')})`
}

/** What anybody needs; more would only eat memory. */
export const widest = 10_000

/** Undefined: the verb does not go with the value. */
function shape(letter: string, value: Value, flags: string, digits: number | undefined): string | undefined {
  const sign = (text: string): string =>
    text.startsWith('-') ? text : flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text
  if (typeof value === 'string') {
    const cut = digits === undefined ? value : [...value].slice(0, digits).join('')
    if (letter === 's' || letter === 'v') return flags.includes('#') && letter === 'v' ? quoted(cut) : cut
    if (letter === 'q') return flags.includes('#') && !cut.includes('`') ? `\`${cut}\`` : quoted(cut)
    if (letter !== 'x' && letter !== 'X') return undefined
    const hex = Buffer.from(toBytes(value).subarray(0, digits)).toString('hex')
    return letter === 'X' ? hex.toUpperCase() : hex
  }
  if (letter === 'v') return typeof value === 'number' ? sign(print(value)) : print(value)
  if (letter === 's' && isList(value)) return print(value)
  if (typeof value === 'boolean') return letter === 't' ? String(value) : undefined
  if (typeof value !== 'number') return undefined
  if (Number.isInteger(value)) {
    const bases: Readonly<Record<string, number>> = { d: 10, x: 16, X: 16, o: 8, b: 2 }
    const base = bases[letter]
    if (base !== undefined) return sign(letter === 'X' ? value.toString(base).toUpperCase() : value.toString(base))
    if (letter === 'c') return value >= 0 && value <= 0x10ffff ? wellFormed(String.fromCodePoint(value)) : '\ufffd'
    return letter === 'U' ? `U+${value.toString(16).toUpperCase().padStart(4, '0')}` : undefined
  }
  if (letter === 'f' || letter === 'F') return sign(value.toFixed(Math.min(digits ?? 6, 100)))
  return letter === 'e'
    ? sign(value.toExponential(Math.min(digits ?? 6, 100)).replace(/e([+-])(\d)$/, 'e$10$2'))
    : undefined
}

function pad(text: string, flags: string, columns: number, numeric: boolean): string {
  const missing = columns - [...text].length
  if (missing <= 0) return text
  if (flags.includes('-')) return text + ' '.repeat(missing)
  if (!flags.includes('0')) return ' '.repeat(missing) + text
  const sign = numeric ? (/^[-+ ]/.exec(text)?.[0] ?? '') : ''
  return sign + '0'.repeat(missing) + text.slice(sign.length)
}

const goType = (value: Value): string =>
  value === null
    ? '<nil>'
    : isList(value)
      ? '[]string'
      : isFields(value)
        ? 'row'
        : typeof value === 'number'
          ? Number.isInteger(value)
            ? 'int'
            : 'float64'
          : typeof value === 'boolean'
            ? 'bool'
            : 'string'

/** `%v` of a number: scientific from 21 digits. */
const number = (value: number): string => String(value).replace(/e([+-])(\d)$/, 'e$10$2')
