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
  /** What it needs: `name` or `name[extra]`. */
  readonly needs: readonly string[]
}

/** Usual byte code for a byte of source, where it was not measured. Source: run-size specification, section 5. */
const usualByteCode = 1.3

/** A line of the table: numbers, byte code per thousand bytes of source, `n` for machine code (`n12`: for 3.12) or `p`, needs. */
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
    one.native ? `n${one.minor ?? ''}` : 'p',
    ...one.needs,
  ].join(' ')

/** Reads a line of the table. */
export function readWheel(line: string): Wheel {
  const [name = '', version = '', bytes, unpacked, files, python, modules, code, kind, ...needs] = line.split(' ')
  const ratio = code === '-' ? usualByteCode : Number(code) / 1000
  return {
    ...{ name, version, bytes: Number(bytes), unpacked: Number(unpacked), files: Number(files) },
    ...{ python: Number(python), modules: Number(modules), byteCode: Number(python) * ratio },
    native: kind !== 'p',
    ...(kind !== undefined && kind.length > 1 && { minor: Number(kind.slice(1)) }),
    needs,
  }
}

/** Text of a packed table. */
export const textOf = ({ packed }: { readonly packed: string }): string =>
  brotliDecompressSync(Buffer.from(packed, 'base64')).toString()

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
