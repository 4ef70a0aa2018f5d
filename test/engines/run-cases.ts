/** Texts of RUNs that nobody wrote, the same for the same seed: statements on a small pool of names, so that they meet. */
import { random } from '../tools/random.ts'
import type { Grammar } from './run-grammar.ts'

/** What the first RUN of every case leaves. */
const beginning =
  "mkdir -p /a/b /srv/app/lib /tmp; echo hello > /a/f; printf 'a\\nb\\nl l\\n' > /a/x.txt; echo 'x=1' > /srv/app/z.conf; " +
  'head -c 500 /dev/zero > /a/data.bin; ln -s f /a/lnk; chmod 755 /a/x.txt'

/** How the statements of a RUN are put together. */
const joins: readonly ((statements: readonly string[]) => string)[] = [
  (all) => all.join('; '),
  (all) => all.join('; '),
  (all) => all.join(' && '),
  (all) => `set -e; ${all.join('; ')}`,
  (all) => `set -eux; ${all.join('; ')}`,
  (all) => `(${all.join('; ')}) || touch /failed`,
  (all) => `set -eu; ${all.join(' && ')} || true`,
  (all) => all.map((one) => `{ ${one}; } || true`).join('; '),
  (all) => all.map((one) => `{ ${one}; } || true`).join('; '),
]

/** The texts of the RUNs of a seed, as many as asked for; many of them fail. */
export function runTexts(seed: number, count: number, grammar: Grammar): readonly string[] {
  const pick = random(seed * 7919 + 13)
  const one = <T>(list: readonly T[]): T => list[pick(list.length)]!
  const files = ['/a/f', '/a/x.txt', '/srv/app/z.conf', '/a/data.bin', '/a/lnk']
  const folders = ['/a', '/a/b', '/srv/app', '/srv/app/lib']
  const noted = (list: string[], path: string): string => {
    if (!list.includes(path)) list.push(path)
    return path
  }
  const names: Readonly<Record<string, () => string>> = {
    file: () => (pick(8) === 0 ? expanded('{path}') : one(files)),
    folder: () => (pick(10) === 0 ? expanded('{dir}') : one(folders)),
    new: () => noted(files, expanded('{path}')),
    newdir: () => noted(folders, expanded('{dir}')),
  }
  const expanded = (text: string): string =>
    text.replace(/(?<!\$)\{([a-z]+)\}/g, (whole, symbol: string) => {
      const choices = grammar[symbol]
      return names[symbol]?.() ?? (choices === undefined ? whole : expanded(one(choices)))
    })
  const run = (): string => {
    const statements = Array.from({ length: 1 + pick(4) }, () => expanded('{statement}'))
    return one(joins)(statements) + one(['', '; true'])
  }
  return [beginning, ...Array.from({ length: count - 1 }, run)]
}

/** A RUN of such a text. One of several lines, which has here-documents, is written as JSON: any builder takes it. */
export const runLine = (text: string): string =>
  text.includes('\n') ? `RUN ${JSON.stringify(['/bin/sh', '-c', text])}\n` : `RUN ${text}\n`
