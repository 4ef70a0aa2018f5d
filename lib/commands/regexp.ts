/** Patterns as sed, grep and awk write them. Source: POSIX XBD 9; GNU sed 4.9, BusyBox 1.35. */

/** A POSIX pattern as ours; undefined: it holds what we do not take over, or what could be slow. */
export function regexpOf(pattern: string, extended: boolean, ignoreCase: boolean): RegExp | undefined {
  if (pattern === '' || pattern.length > 500) return undefined
  let out = ''
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!
    if (c === '\\') {
      const next = pattern[++i] ?? ''
      if (/[(){}|+?]/.test(next)) out += extended ? `\\${next}` : next
      else if (/[.*[\]^$/\\&"'#@:,!=<>%~-]/.test(next) && !/[<>]/.test(next))
        out += /[.*[\]^$/\\]/.test(next) ? `\\${next}` : next
      else if (/[sSwtr]/.test(next)) out += `\\${next}`
      else return undefined
    } else if (c === '[') {
      const set = /^\[(\^?)(\]?(?:\[:\w+:\]|[^\]])*)\]/.exec(pattern.slice(i))
      if (set === null) return undefined
      const inner = set[2]!.replace(
        /\[:(\w+):\]/g,
        (whole, name: string) =>
          ({
            space: '\\s',
            digit: '0-9',
            alpha: 'A-Za-z',
            alnum: 'A-Za-z0-9',
            blank: ' \\t',
            upper: 'A-Z',
            lower: 'a-z',
          })[name] ?? whole,
      )
      out += `[${set[1]}${inner
        .replace(/\\(?![st])/g, '\\\\')
        .replace(/\]/g, '\\]')
        .replace(/\[/g, '\\[')}]`
      i += set[0].length - 1
    } else if (/[(){}|+?]/.test(c)) out += extended ? c : `\\${c}`
    else if (c === '*' && (out === '' || out === '^')) out += '\\*'
    else if (c === '^' && i > 0 && !/[(|]$/.test(out)) out += '\\^'
    else if (c === '$' && i < pattern.length - 1 && !/^[)|]/.test(pattern.slice(i + 1))) out += '\\$'
    else out += c === '/' ? '\\/' : c
  }
  // POSIX takes the longest of several ways, we the first: where one begins another they differ.
  if (extended && out.includes('|')) {
    const ways = out.split(/(?<!\\)[()|]/).filter((way) => way !== '')
    if (ways.some((way, i) => ways.some((other, k) => k !== i && other.startsWith(way)))) return undefined
  }
  // A group repeated that repeats inside can take for ever.
  if (/[+*}][^()]*\)[+*{]/.test(out)) return undefined
  try {
    return new RegExp(out, ignoreCase ? 'i' : '')
  } catch {
    return undefined
  }
}
