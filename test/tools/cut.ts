/** A second, plain way to find where the instructions of an ordinary Dockerfile begin, to check the first one with. */

/**
 * Line numbers, from 1, on which an instruction starts. Knows continuations, comments, blank lines, the escape
 * directive and here-documents of RUN, COPY and ADD; not made for odd files.
 */
export function instructionLines(text: string): readonly number[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
  const mark = /^#\s*escape\s*=\s*`\s*$/im.test(directives(lines)) ? '`' : '\\'
  const starts: number[] = []
  for (let i = 0; i < lines.length; ) {
    if (isNothing(lines[i]!)) {
      i++
      continue
    }
    starts.push(i + 1)
    const parts: string[] = []
    for (let open = true; open && i < lines.length; i++) {
      const line = lines[i]!
      if (parts.length > 0 && isNothing(line)) continue
      // `\\` at the end is an escaped backslash and continues nothing.
      const tail = new RegExp(`(^|[^\\${mark}])(\\${mark})[ \\t]*$`).exec(line)
      open = tail !== null
      parts.push(tail === null ? line : line.slice(0, tail.index + tail[1]!.length))
    }
    for (const { name, chomp } of documents(parts.join(''))) {
      while (i < lines.length && (chomp ? lines[i]!.replace(/^\t+/, '') : lines[i]) !== name) i++
      i++
    }
  }
  return starts
}

const isNothing = (line: string): boolean => /^\s*(#.*)?$/.test(line)

/** The comment lines at the very top, where directives stand. */
function directives(lines: readonly string[]): string {
  const end = lines.findIndex((line) => !/^#\s*\w+\s*=/.test(line))
  return lines.slice(0, end < 0 ? lines.length : end).join('\n')
}

/** Here-documents that a line opens; `<<` inside quotes, or as a shift, opens none. */
function documents(line: string): readonly { readonly name: string; readonly chomp: boolean }[] {
  if (!/^\s*(ONBUILD\s+)?(RUN|COPY|ADD)\s/i.test(line)) return []
  const unquoted = line
    .replace(/\\./g, '  ')
    .replace(/<<(-?)(["'])(\w+)\2/g, '<<$1$3')
    .replace(/'[^']*'|"[^"]*"/g, '""')
  return [...unquoted.matchAll(/(?:^|\s)\d*<<(-?)([A-Za-z_]\w*)/g)].map((match) => ({
    name: match[2]!,
    chomp: match[1] === '-',
  }))
}
