/** A unified diff of two texts, as `diff -u` and git print it. */

/** Lines of context around a change. */
const around = 3
/** Longer edit scripts are not looked for: the rest is told as replaced. */
const mostEdits = 4000

type Mark = ' ' | '-' | '+'
type Line = readonly [mark: Mark, text: string]

/** The diff; '' where the texts are the same. Line ends other than a newline are part of the lines. */
export function unified(file: string, before: string, after: string): string {
  if (before === after) return ''
  const lines = script(split(before), split(after))
  const hunks: string[] = []
  let [a, b] = [1, 1]
  for (let at = 0; at < lines.length; ) {
    if (lines[at]![0] === ' ') {
      at++
      a++
      b++
      continue
    }
    const start = Math.max(0, at - around)
    let end = at
    for (let quiet = 0, i = at; i < lines.length && quiet <= 2 * around; i++) {
      quiet = lines[i]![0] === ' ' ? quiet + 1 : 0
      if (quiet === 0) end = i + 1
    }
    const stop = Math.min(lines.length, end + around)
    const hunk = lines.slice(start, stop)
    const count = (mark: Mark): number => hunk.filter(([one]) => one === ' ' || one === mark).length
    hunks.push(`@@ -${range(a - (at - start), count('-'))} +${range(b - (at - start), count('+'))} @@\n`)
    for (const [mark, text] of hunk)
      hunks.push(`${mark}${text}${text.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`)
    for (const [mark] of lines.slice(at, stop)) {
      if (mark !== '+') a++
      if (mark !== '-') b++
    }
    at = stop
  }
  return `--- a/${file}\n+++ b/${file}\n${hunks.join('')}`
}

const range = (start: number, count: number): string =>
  count === 1 ? String(start) : `${count === 0 ? start - 1 : start},${count}`

const split = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

/** The shortest way from one list of lines to the other. Source: E. Myers, An O(ND) Difference Algorithm, 1986. */
function script(a: readonly string[], b: readonly string[]): readonly Line[] {
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  const kept = (from: number, to: number): Line[] => a.slice(from, to).map((text): Line => [' ', text])
  return [
    ...kept(0, head),
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...kept(a.length - tail, a.length),
  ]
}

function middle(a: readonly string[], b: readonly string[]): readonly Line[] {
  const trace: Map<number, number>[] = []
  let reach = new Map([[1, 0]])
  const most = Math.min(a.length + b.length, mostEdits)
  for (let d = 0; d <= most; d++) {
    trace.push(reach)
    reach = new Map(reach)
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1))
      let x = down ? (reach.get(k + 1) ?? 0) : (reach.get(k - 1) ?? 0) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      reach.set(k, x)
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, trace)
    }
  }
  return [...a.map((text): Line => ['-', text]), ...b.map((text): Line => ['+', text])]
}

function walkBack(a: readonly string[], b: readonly string[], trace: readonly Map<number, number>[]): readonly Line[] {
  const lines: Line[] = []
  let [x, y] = [a.length, b.length]
  for (let d = trace.length - 1; d >= 0; d--) {
    const reach = trace[d]!
    const k = x - y
    const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1))
    const from = down ? k + 1 : k - 1
    const startX = d === 0 ? 0 : (reach.get(from) ?? 0)
    const startY = d === 0 ? 0 : startX - from
    while (x > startX && y > startY) {
      lines.push([' ', a[--x]!])
      y--
    }
    if (d === 0) break
    if (down) lines.push(['+', b[--y]!])
    else lines.push(['-', a[--x]!])
  }
  return lines.reverse()
}
