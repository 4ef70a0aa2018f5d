/** YAML text → values, with the way back to lines and columns. The one door to yaml; load it only when there is a file. */
import { Composer, type CST, isMap, isNode, isScalar, LineCounter, type ParsedNode, Parser } from 'yaml'

/** Line and column, both from 1; columns count UTF-16 units. */
export interface Place {
  readonly line: number
  readonly column: number
}

export interface Yaml {
  /** Null where the text is empty, or is no YAML. */
  readonly value: unknown
  /** What is wrong with it as YAML; empty when all is well. */
  readonly problems: readonly (Place & { readonly message: string })[]
  /** Where the key or the value at a path stands; the nearest thing above where there is none. */
  readonly place: (path: readonly (string | number)[], what: 'key' | 'value') => Place
}

/**
 * Reads one document. With `scalars: 'text'` every scalar is the string that is written there, so that `1.10` stays
 * `1.10`; `typed` reads numbers, booleans and null as YAML 1.2 does. Never throws; aliases are bounded.
 */
export function parseYaml(text: string, scalars: 'text' | 'typed'): Yaml {
  const lines = new LineCounter()
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const failed = (message: string): Yaml => ({
    value: null,
    problems: [{ line: 1, column: 1, message }],
    place: () => ({ line: 1, column: 1 }),
  })
  try {
    const composer = new Composer<ParsedNode>({
      schema: scalars === 'text' ? 'failsafe' : 'core',
      merge: true,
      prettyErrors: false,
      logLevel: 'silent',
    })
    const tokens = shallow(new Parser(lines.addNewLine).parse(text))
    const [document, second] = composer.compose(tokens, true, text.length)
    if (!document) return failed('nothing in it')
    if (second) return failed('more than one document')
    const problems = document.errors.map((error) => ({ ...at(error.pos[0]), message: firstLine(error.message) }))
    const root = document.contents as ParsedNode | null
    return {
      value: problems.length > 0 ? null : document.toJS({ maxAliasCount: 100 }),
      problems,
      place: (path, what) => at(offsetOf(root, path, what)),
    }
  } catch (error) {
    // Nesting without end, or aliases that unfold without end.
    return failed(firstLine(String((error as Error).message)))
  }
}

/** People nest a handful of levels; a few thousand take the composer beyond the stack. */
const deepest = 100

/** The same tokens. Throws at one that is nested too deeply: the parser before it needs no stack, the composer after it does. */
function* shallow(tokens: Iterable<CST.Token>): Generator<CST.Token> {
  for (const token of tokens) {
    let level: readonly unknown[] = [token]
    for (let depth = 0; level.length > 0; depth++) {
      if (depth > deepest) throw new RangeError('nested too deeply')
      level = level.flatMap(inside)
    }
    yield token
  }
}

/** What lies directly in a token. */
const inside = (token: unknown): readonly unknown[] => {
  const { value, items } = token as { value?: unknown; items?: readonly { key?: unknown; value?: unknown }[] }
  return [value, ...(items ?? []).flatMap((item) => [item.key, item.value])].filter(
    (one) => typeof one === 'object' && one,
  )
}

const firstLine = (text: string): string => text.split('\n')[0]!

function offsetOf(root: ParsedNode | null, path: readonly (string | number)[], what: 'key' | 'value'): number {
  let node: unknown = root
  let offset = root?.range[0] ?? 0
  for (const [depth, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      if (!pair) return offset
      const value = isNode(pair.value) ? pair.value : undefined
      const wanted = depth === path.length - 1 && what === 'key' ? pair.key : (value ?? pair.key)
      offset = isNode(wanted) ? (wanted.range?.[0] ?? offset) : offset
      node = value
    } else {
      const items = (node as { readonly items?: readonly unknown[] } | undefined)?.items
      node = items?.[Number(step)]
      if (!isNode(node)) return offset
      offset = node.range?.[0] ?? offset
    }
  }
  return offset
}
