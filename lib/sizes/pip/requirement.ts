/** What pip is asked for: names, versions, extras, and conditions. Source: PEP 508, PEP 440, PEP 503. */

/** What a requirement asks for. */
export interface Requirement {
  /** As PEP 503 compares names. */
  readonly name: string
  /** The version it is pinned to. */
  readonly pinned: string | undefined
  /** Versions it allows, as written: `>=2,<3`. */
  readonly versions: string
  readonly extras: readonly string[]
  /** The condition after `;`. */
  readonly marker: string
}

/** Reads a requirement; undefined: it is none. */
export function readRequirement(text: string): Requirement | undefined {
  const [, name, extras = '', rest = '', marker = ''] =
    /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*([^;#]*)(?:;\s*([^#]*))?/.exec(text) ?? []
  if (name === undefined) return undefined
  const versions = rest.trim().replace(/^\((.*)\)$/, '$1')
  return {
    name: normalName(name),
    pinned: /^===?\s*([^\s,*]+)$/.exec(versions)?.[1],
    versions,
    extras: extras.split(',').flatMap((one) => (one.trim() === '' ? [] : [normalName(one.trim())])),
    marker: marker.trim(),
  }
}

/** A name as PEP 503 compares names. */
export const normalName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')

// ---- versions -------------------------------------------------------------------------------------------

/** Does a version keep within limits like `>=2,!=2.3,<3`? A limit that cannot be read is none. */
export const allows = (limits: string, version: string): boolean =>
  limits.split(',').every((limit) => {
    const [, operator = '', bound = ''] = /^\s*(===?|!=|<=|>=|~=|<|>)\s*([^\s]+)\s*$/.exec(limit) ?? []
    if (bound.endsWith('.*')) {
      const begins = compareReleases(numbers(bound).length, version, bound) === 0
      return operator === '!=' ? !begins : operator === '==' ? begins : true
    }
    const order = compareReleases(undefined, version, bound)
    switch (operator) {
      case '==':
      case '===':
        return order === 0
      case '!=':
        return order !== 0
      case '<':
        return order < 0
      case '<=':
        return order <= 0
      case '>':
        return order > 0
      case '>=':
        return order >= 0
      case '~=':
        return order >= 0 && compareReleases(numbers(bound).length - 1, version, bound) === 0
      default:
        return true
    }
  })

const numbers = (version: string): readonly number[] =>
  (/^v?(?:\d+!)?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? '0').split('.').map(Number)

// Releases first; of the same release what comes before it is older. `places`: so many numbers only.
function compareReleases(places: number | undefined, a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)]
  const most = places ?? Math.max(left.length, right.length)
  for (let i = 0; i < most; i++) {
    const order = (left[i] ?? 0) - (right[i] ?? 0)
    if (order !== 0) return order
  }
  return places === undefined ? Number(isEarly(b)) - Number(isEarly(a)) : 0
}

const isEarly = (version: string): boolean => /\d(?:a|b|rc|\.?dev)\d*/.test(version)

// ---- conditions -----------------------------------------------------------------------------------------

/** What conditions ask for. */
export interface Interpreter {
  /** `3.11`; undefined: nobody knows. */
  readonly python: string | undefined
  /** As `uname -m` prints it. */
  readonly machine: string
}

/** Does a condition hold on Linux? `true` too where nobody can tell. */
export function holds(marker: string, { python, machine }: Interpreter): boolean {
  const values: Readonly<Record<string, string | undefined>> = {
    python_version: python,
    python_full_version: python,
    sys_platform: 'linux',
    platform_system: 'Linux',
    os_name: 'posix',
    platform_machine: machine,
    implementation_name: 'cpython',
    platform_python_implementation: 'CPython',
    extra: '',
  }
  const words = marker.match(/"[^"]*"|'[^']*'|[()]|<=|>=|===?|!=|~=|<|>|[\w.]+/g)?.slice(0, mostWords) ?? []
  let at = 0
  const value = (): string | undefined => {
    const word = words[at++] ?? ''
    return /^["']/.test(word) ? word.slice(1, -1) : values[word]
  }
  const one = (depth: number): boolean => {
    if (words[at] === '(' && depth < deepest) {
      at++
      const inside = any(depth + 1)
      at++
      return inside
    }
    const version = /version/.test(words[at] ?? '')
    const left = value()
    let operator = words[at++] ?? ''
    if (operator === 'not') operator += ` ${words[at++] ?? ''}`
    const right = value()
    if (left === undefined || right === undefined) return true
    if (operator === 'in') return right.includes(left)
    if (operator === 'not in') return !right.includes(left)
    if (version) return allows(`${operator}${right}`, left)
    return operator === '==' ? left === right : operator === '!=' ? left !== right : true
  }
  const all = (depth: number): boolean => {
    let result = one(depth)
    while (words[at] === 'and') {
      at++
      result = one(depth) && result
    }
    return result
  }
  const any = (depth: number): boolean => {
    let result = all(depth)
    while (words[at] === 'or') {
      at++
      result = all(depth) || result
    }
    return result
  }
  return words.length === 0 || any(0)
}

/** Most words of a condition that are read, and most brackets in each other. */
const [mostWords, deepest] = [200, 20]
