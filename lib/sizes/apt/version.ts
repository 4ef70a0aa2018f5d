/** Versions of Debian packages. Source: deb-version(7); dpkg lib/dpkg/version.c. */

/** How a relation limits a version; `<` and `>` are old spellings of `<=` and `>=`. */
export type Operator = '<<' | '<=' | '=' | '>=' | '>>'

/** Negative, zero or positive, as `dpkg --compare-versions` orders them. Never fails: odd text is compared as it stands. */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0
  const [epochA, upstreamA, revisionA] = parts(a)
  const [epochB, upstreamB, revisionB] = parts(b)
  return epochA - epochB || compareText(upstreamA, upstreamB) || compareText(revisionA, revisionB)
}

/** Does a version keep within a limit? Yes where either is empty: tables leave out versions that no limit of theirs asks for. */
export function keeps(version: string, operator: Operator, limit: string): boolean {
  if (version === '' || limit === '') return true
  const order = compareVersions(version, limit)
  switch (operator) {
    case '<<':
      return order < 0
    case '<=':
      return order <= 0
    case '=':
      return order === 0
    case '>=':
      return order >= 0
    case '>>':
      return order > 0
  }
}

function parts(version: string): readonly [epoch: number, upstream: string, revision: string] {
  const colon = version.indexOf(':')
  const epoch = colon < 0 ? 0 : Number(version.slice(0, colon)) || 0
  const rest = version.slice(colon + 1)
  const dash = rest.lastIndexOf('-')
  return dash < 0 ? [epoch, rest, ''] : [epoch, rest.slice(0, dash), rest.slice(dash + 1)]
}

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57

/** `~` before the end, the end before letters, letters before everything else. */
function rank(unit: number): number {
  if (unit === 126) return -1
  if (Number.isNaN(unit) || isDigit(unit)) return 0
  const letter = (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122)
  return letter ? unit : unit + 256
}

// Runs of other characters and runs of digits take turns; digits compare as numbers of any length.
function compareText(a: string, b: string): number {
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a.charCodeAt(i))) || (j < b.length && !isDigit(b.charCodeAt(j)))) {
      const order = rank(a.charCodeAt(i)) - rank(b.charCodeAt(j))
      if (order !== 0) return order
      i++
      j++
    }
    while (a[i] === '0') i++
    while (b[j] === '0') j++
    let first = 0
    while (isDigit(a.charCodeAt(i)) && isDigit(b.charCodeAt(j))) {
      first ||= a.charCodeAt(i) - b.charCodeAt(j)
      i++
      j++
    }
    if (isDigit(a.charCodeAt(i))) return 1
    if (isDigit(b.charCodeAt(j))) return -1
    if (first !== 0) return first
  }
  return 0
}
