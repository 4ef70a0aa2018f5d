/** Measured wheels: how a line of the table reads, what is known by name, and what extras need. */
import { brotliDecompressSync } from 'node:zlib'
import { pipWheels } from '../../data/pip-wheels.ts'

/** One wheel. */
export interface Wheel {
  /** As PEP 503 compares names. */
  readonly name: string
  readonly version: string
  /** Bytes of the wheel, of its files, and how many they are. */
  readonly bytes: number
  readonly unpacked: number
  readonly files: number
  /** Bytes of Python source, how many such files, and bytes of byte code made of them, their lines in RECORD included. */
  readonly python: number
  readonly modules: number
  readonly byteCode: number
  /** It holds machine code: for one platform, and mostly for one version of Python. */
  readonly native: boolean
  /** The second number of the Python that its machine code is for, where that is not the usual one, 3.11. */
  readonly minor?: number
  /** The second number of the oldest Python that takes it, where that is told. */
  readonly least?: number
  /** It was the newest on the day that the table is of; others came later, or are older. */
  readonly ofDay?: true
  /** What it needs: `name` or `name[extra]`. */
  readonly needs: readonly string[]
}

/** Usual byte code for a byte of source, where it was not measured. Source: run-size specification, section 5. */
const usualByteCode = 1.3

/**
 * A line of the table: numbers, byte code per thousand bytes of source, `n` for machine code (`n12`: for 3.12) or `p`, with
 * `>12` where Python 3.12 is the oldest that takes it and `.` at the end where it was the newest on the table's day; needs.
 */
export const wheelLine = (one: Wheel): string =>
  [
    one.name,
    one.version,
    one.bytes,
    one.unpacked,
    one.files,
    one.python,
    one.modules,
    one.python === 0 ? '-' : Math.round((one.byteCode / one.python) * 1000),
    kindOf(one),
    ...one.needs,
  ].join(' ')

/** What of a line tells which Python it is for, and of which day it is. */
export const kindOf = ({ native, minor, least, ofDay }: Pick<Wheel, 'native' | 'minor' | 'least' | 'ofDay'>): string =>
  `${native ? `n${minor ?? ''}` : 'p'}${least === undefined ? '' : `>${least}`}${ofDay === true ? '.' : ''}`

/** Reads a line of the table. */
export function readWheel(line: string): Wheel {
  const [name = '', version = '', bytes, unpacked, files, python, modules, code, kind, ...needs] = line.split(' ')
  const [, letter, minor, least, day] = /^([np])(\d+)?(?:>(\d+))?(\.)?$/.exec(kind ?? '') ?? []
  const ratio = code === '-' ? usualByteCode : Number(code) / 1000
  return {
    ...{ name, version, bytes: Number(bytes), unpacked: Number(unpacked), files: Number(files) },
    ...{ python: Number(python), modules: Number(modules), byteCode: Number(python) * ratio },
    native: letter !== 'p',
    ...(minor !== undefined && { minor: Number(minor) }),
    ...(least !== undefined && { least: Number(least) }),
    ...(day !== undefined && { ofDay: true }),
    needs,
  }
}

/** Text of a packed table. */
export const textOf = ({ packed }: { readonly packed: string }): string =>
  brotliDecompressSync(Buffer.from(packed, 'base64')).toString()

/** The day that the table is of. */
export const tableDay: string = pipWheels.date

let table: ReadonlyMap<string, readonly string[]> | undefined

const opened = (): ReadonlyMap<string, readonly string[]> => {
  if (table !== undefined) return table
  const lines = new Map<string, string[]>()
  for (const line of textOf(pipWheels).split('\n')) {
    const name = line.slice(0, line.indexOf(' '))
    const before = lines.get(name)
    if (before === undefined) lines.set(name, [line])
    else before.push(line)
  }
  table = lines
  return lines
}

/** Every line of the table. */
export const wheelLines = (): readonly string[] => [...opened().values()].flat()

/** The versions of a distribution that were measured, the newest last. None: it is not in the table. */
export const knownWheels = (name: string): readonly Wheel[] => (opened().get(name) ?? []).map(readWheel)

/** What an extra needs besides; undefined: nobody knows. */
export const extraNeeds = (name: string, extra: string): readonly string[] | undefined => {
  const line = opened().get(`${name}[${extra}]`)?.[0]
  return line === undefined ? undefined : readWheel(line).needs
}
