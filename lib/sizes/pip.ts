/**
 * What pip stores: wheels unpacked, byte code made from them, and its cache.
 *
 * Source: spec/run-size.md section 5, recorded builds with pip 23.0 and CPython 3.11.
 */
import { pipWheels } from '../data/pip-wheels.ts'
import type { Size } from '../model.ts'
import { about, unknown } from '../size.ts'
import { around, type Stored } from './stored.ts'

/** What pip is asked for, and where it puts things. */
export interface PipRequest {
  /** Requirements as written: `flask==3.1.3`, `requests[socks]>=2; python_version < "4"`. */
  readonly requirements: readonly string[]
  /** Distributions there already, normalized names. */
  readonly installed?: Pick<ReadonlySet<string>, 'has'>
  /** Byte code is made; not with `--no-compile`. */
  readonly compile: boolean
  /** Wheels stay in the cache. */
  readonly cached: boolean
  readonly dependencies: boolean
  /** Folder of installed packages and of the cache, absolute. */
  readonly site: string
  readonly cache: string
}

/** What pip stored, and what it now has. */
export interface PipOutcome {
  readonly stored: readonly Stored[]
  /** Normalized names. */
  readonly installed: readonly string[]
}

/** What `pip install` stores. Distributions that no table has are of unknown size, by name. */
export function pipInstall(request: PipRequest): PipOutcome {
  const { compile, cached, site, cache } = request
  const wheels = closure(request)
  const names = wheels.map(({ name }) => name)
  const fetched = wheels.flatMap(({ wheel, sure }) => (wheel === undefined ? [] : [{ wheel, sure }]))
  const stored = wheels.flatMap(({ name, wheel, sure }): Stored[] => {
    if (wheel === undefined) {
      const size = unknown(`wheel of ${name} is in no table`)
      return [{ path: site, type: 'package', label: `pip:${name}`, size, kind: 'content' }]
    }
    // Names of the installer and of what was asked for, and a longer list of files.
    const own = wheel.unpacked + 160
    const code = wheel.python * (wheel.byteCode ?? 1.3)
    return [
      part(site, `pip:${name}`, estimate(own, sure, 0.01), wheel.files + 2, 'content'),
      ...(compile && code > 0
        ? [
            part(
              site,
              `byte code: pip:${name}`,
              estimate(code, sure, wheel.byteCode === undefined ? 0.12 : 0.02),
              wheel.modules,
              'content',
            ),
          ]
        : []),
    ]
  })
  if (!cached || fetched.length === 0) return { stored, installed: names }
  const bytes = fetched.reduce((sum, { wheel }) => sum + wheel.bytes * 1.004 + 450, 0)
  const size = estimate(
    bytes,
    fetched.every(({ sure }) => sure),
    0.01,
  )
  return {
    stored: [...stored, { ...part(cache, 'pip cache', size, 2 * fetched.length, 'cache'), cleanup: 'pip cache purge' }],
    installed: names,
  }
}

const part = (path: string, label: string, size: Size, files: number, kind: Stored['kind']): Stored => ({
  path,
  type: 'package',
  label,
  size,
  linkBytes: 0,
  files,
  kind,
})

const estimate = (bytes: number, sure: boolean, share: number): Size =>
  sure
    ? around(bytes, share, 200, 'resolved', 'measured wheels')
    : about(bytes, bytes * 0.5, bytes * 1.5, 'heuristic', 'a wheel of another version')

/** What a requirement asks for. */
export interface Requirement {
  /** As PEP 503 compares names. */
  readonly name: string
  /** The version it is pinned to. */
  readonly pinned: string | undefined
  readonly extras: readonly string[]
}

/** Reads a requirement; undefined: it is none. */
export function readRequirement(text: string): Requirement | undefined {
  const [, name, extras = '', rest = ''] =
    /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*([^;#]*)/.exec(text) ?? []
  if (name === undefined) return undefined
  return {
    name: normal(name),
    pinned: /^===?\s*([^\s,*]+)$/.exec(rest.trim())?.[1],
    extras: extras.split(',').flatMap((one) => (one.trim() === '' ? [] : [normal(one.trim())])),
  }
}

/** Requirements of a file, comments and options left out; `-r` and `-c` lines are the caller's to follow. */
export const readRequirements = (text: string): readonly string[] =>
  text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('-'))
    .map((line) => line.replace(/\s+--\S.*$/, ''))

const normal = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')

interface Chosen {
  readonly name: string
  readonly wheel: Wheel | undefined
  /** The very version that was measured. */
  readonly sure: boolean
}

function closure({ requirements, installed, dependencies }: PipRequest): readonly Chosen[] {
  const chosen = new Map<string, Chosen>()
  const todo = requirements.flatMap((text) => readRequirement(text) ?? []).reverse()
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { name, pinned, extras } = next
    if (dependencies)
      for (const extra of extras) {
        const full = `${name}[${extra}]`
        const needs = measured().get(full)?.needs
        if (needs === undefined && measured().has(name)) chosen.set(full, { name: full, wheel: undefined, sure: false })
        todo.push(...(needs ?? []).flatMap((one) => readRequirement(one) ?? []).reverse())
      }
    if (chosen.has(name) || installed?.has(name) === true) continue
    const wheel = measured().get(name)
    chosen.set(name, { name, wheel, sure: wheel !== undefined && (pinned === undefined || pinned === wheel.version) })
    if (dependencies) todo.push(...(wheel?.needs ?? []).flatMap((other) => readRequirement(other) ?? []).reverse())
  }
  return [...chosen.values()]
}

interface Wheel {
  readonly version: string
  readonly bytes: number
  readonly unpacked: number
  readonly files: number
  readonly python: number
  readonly modules: number
  readonly byteCode: number | undefined
  readonly needs: readonly string[]
}

let table: ReadonlyMap<string, Wheel> | undefined

function measured(): ReadonlyMap<string, Wheel> {
  table ??= new Map(
    pipWheels.split('\n').map((line) => {
      const [name = '', version = '', bytes, unpacked, files, python, modules, code, ...needs] = line.split(' ')
      const byteCode = code === '-' ? undefined : Number(code) / 1000
      const numbers = {
        bytes: Number(bytes),
        unpacked: Number(unpacked),
        files: Number(files),
        python: Number(python),
        modules: Number(modules),
      }
      return [name, { version, ...numbers, byteCode, needs }]
    }),
  )
  return table
}
