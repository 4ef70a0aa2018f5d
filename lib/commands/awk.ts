/**
 * awk: programs of the few words that scripts pick fields and lines with. Anything else is not followed.
 * Source: POSIX XCU awk, as mawk 1.3.4 of Debian 12 and BusyBox 1.35 have it.
 */
import { silent, textOutput } from '../shell/command.ts'
import { isKnown } from '../shell/known.ts'
import { inputOf } from './bytes.ts'
import type { Call, Result } from './command.ts'
import { done, failed, model, prints } from './command.ts'
import { linesOf, textOf } from './lines.ts'
import { regexpOf, unlessSlow } from './regexp.ts'
import { isMissing } from './text.ts'

/** One line and where it stands. */
interface Line {
  readonly text: string
  readonly fields: readonly string[]
  readonly number: number
}

/** A pattern and what is done where it fits. */
interface Rule {
  /** `end`: behind the last line. */
  readonly fits: ((line: Line) => boolean) | 'end'
  /** Texts that are printed with blanks between them; null: the whole line. Then nothing more is read, where `exits`. */
  readonly items: readonly ((line: Line) => string)[] | null
  readonly exits: boolean
}

function awk(call: Call): Result {
  const [program = '', ...files] = call.args
  if (files.some((file) => /^[A-Za-z_]\w*=/.test(file))) return done
  if (files.some((file) => isMissing(call, file))) return failed
  const text = textOf(inputOf(call, files))
  const split = splitter(call.flags.value('-F'))
  const rules = isKnown(program) ? rulesOf(program) : undefined
  if (text === undefined || rules === undefined || split === undefined || call.flags.has('-v', '-f', '-e')) return done
  const out: string[] = []
  let last: Line = { text: '', fields: [], number: 0 }
  let isOver = false
  for (const [i, one] of linesOf(text).entries()) {
    last = { text: one, fields: split(one), number: i + 1 }
    for (const { fits, items, exits } of rules) {
      if (fits === 'end' || !fits(last)) continue
      if (items === null) out.push(last.text)
      else if (items.length > 0) out.push(items.map((item) => item(last)).join(' '))
      isOver ||= exits
      if (isOver) break
    }
    if (isOver) break
  }
  for (const { fits, items } of rules)
    if (fits === 'end') out.push(items === null ? last.text : items.map((item) => item(last)).join(' '))
  return prints(out.length === 0 ? silent : textOutput(`${out.join('\n')}\n`))
}

/** Cuts a line into fields; undefined: by a pattern that is not followed. */
function splitter(mark: string | undefined): ((line: string) => readonly string[]) | undefined {
  if (mark === undefined || mark === ' ')
    return (line) => (line.trim() === '' ? [] : line.replace(/^[ \t]+|[ \t]+$/g, '').split(/[ \t]+/))
  if (!isKnown(mark) || mark === 't' || mark === '') return undefined
  const plain = mark === '\\t' ? '\t' : mark
  if (plain.length === 1 && plain !== '\\') return (line) => (line === '' ? [] : line.split(plain))
  const pattern = regexpOf(mark, true, false)
  // What fits nothing at all cuts differently; of more than one repeated set nobody counts the steps here.
  return pattern === undefined || pattern.test('') || /[()?{|]|[*+]./.test(mark)
    ? undefined
    : (line) => (line === '' ? [] : line.split(pattern))
}

/** The rules of a program; undefined: there is more in it. */
function rulesOf(program: string): readonly Rule[] | undefined {
  const rules: Rule[] = []
  let rest = program.trim()
  if (rest === '' || rest.length > 1000) return undefined
  if (/^!\w+\[\$0\]\+\+$/.test(rest)) return [onlyNew()]
  while (rest !== '') {
    const pattern =
      /^(?:(!?\/(?:\\.|[^/\\])+\/)|(END\b)|([^{/]+?(?:~\s*\/(?:\\.|[^/\\])+\/)?))?\s*(?:\{([^{}]*)\}\s*;?\s*|$)/.exec(
        rest,
      )
    if (pattern === null || pattern[0] === '') return undefined
    const [whole, regexp, end, test, action] = pattern
    const fits = end !== undefined ? 'end' : regexp !== undefined ? matching(regexp) : tested(test?.trim() ?? '')
    const done = action === undefined ? { items: null, exits: false } : actionOf(action)
    if (fits === undefined || done === undefined || (end !== undefined && (action === undefined || done.exits)))
      return undefined
    if (fits === 'end' && done.items !== null && done.items.length === 0) return undefined
    rules.push({ fits, ...done })
    rest = rest.slice(whole.length)
  }
  return rules
}

// `!seen[$0]++`: each line once.
function onlyNew(): Rule {
  const seen = new Set<string>()
  const fits = ({ text }: Line): boolean => seen.size < seen.add(text).size
  return { fits, items: null, exits: false }
}

function matching(
  written: string,
  of: (line: Line) => string = ({ text }) => text,
): ((line: Line) => boolean) | undefined {
  const not = written.startsWith('!')
  const pattern = regexpOf(written.slice(not ? 2 : 1, -1), true, false)
  return pattern && ((line) => pattern.test(of(line)) !== not)
}

/** `NR==1`, `NR>1`, `$1=="x"`, `$2 ~ /x/`, `NF`; undefined: something else. */
function tested(test: string): ((line: Line) => boolean) | undefined {
  if (test === '') return () => true
  if (test === 'NF') return ({ fields }) => fields.length > 0
  const [, left = '', op = '', right = ''] = /^(NR|NF|\$\w+)\s*(==|!=|>=|<=|>|<|!?~)\s*(.+)$/.exec(test) ?? []
  const value = itemOf(left)
  if (value === undefined) return undefined
  if (op.endsWith('~')) {
    const pattern = /^\/(?:\\.|[^/\\])+\/$/.test(right) ? matching(right, value) : undefined
    return pattern && ((line) => pattern(line) !== op.startsWith('!'))
  }
  if (/^"[^"\\]*"$/.test(right) && /^[!=]=$/.test(op)) {
    const wanted = right.slice(1, -1)
    return (line) => (value(line) === wanted) === (op === '==')
  }
  // Fields that are no plain numbers compare as texts with some numbers and not with others.
  if (!/^\d{1,9}$/.test(right) || left.startsWith('$')) return undefined
  const wanted = Number(right)
  return (line) => compared(Number(value(line)), op, wanted)
}

const compared = (a: number, op: string, b: number): boolean =>
  op === '=='
    ? a === b
    : op === '!='
      ? a !== b
      : op === '>'
        ? a > b
        : op === '<'
          ? a < b
          : op === '>='
            ? a >= b
            : a <= b

/** `print`, `print $1, $NF`, `print "x" $2; exit`; undefined: something else. */
function actionOf(action: string): Pick<Rule, 'items' | 'exits'> | undefined {
  const pieces = action.match(/;|(?:"(?:\\[nt"\\]|[^"\\])*"|[^";])+|"/g) ?? []
  const statements = pieces.map((piece) => piece.trim()).filter((piece) => piece !== ';' && piece !== '')
  const exits = statements.at(-1) === 'exit'
  const [first, ...more] = exits ? statements.slice(0, -1) : statements
  if (first === undefined) return exits ? { items: [], exits } : undefined
  if (more.length > 0 || !/^print\b/.test(first)) return undefined
  const words = first.slice('print'.length).trim()
  if (words === '') return { items: null, exits }
  const items = (words.match(/(?:"(?:\\.|[^"\\])*"|[^",])+/g) ?? []).map((part) => joinedItem(part.trim()))
  const commas = words.replace(/"(?:\\.|[^"\\])*"/g, '').split(',').length
  if (items.length !== commas || items.some((item) => item === undefined)) return undefined
  return { items: items as ((line: Line) => string)[], exits }
}

/** Atoms one after the other: their texts joined. */
function joinedItem(text: string): ((line: Line) => string) | undefined {
  const atoms = text.match(/"(?:\\.|[^"\\])*"|\$\(NF\s*-\s*\d+\)|\$\w+|\bN[RF]\b|\S/g) ?? []
  const items = atoms.map(itemOf)
  if (items.length === 0 || items.some((item) => item === undefined)) return undefined
  return (line) => items.map((item) => item!(line)).join('')
}

function itemOf(atom: string): ((line: Line) => string) | undefined {
  if (atom === 'NR') return ({ number }) => String(number)
  if (atom === 'NF') return ({ fields }) => String(fields.length)
  if (atom === '$0') return ({ text }) => text
  if (atom === '$NF') return ({ fields, text }) => fields.at(-1) ?? text
  const before = /^\$\(NF\s*-\s*(\d)\)$/.exec(atom)?.[1]
  if (before !== undefined)
    return ({ fields, text }) => (fields.length === Number(before) ? text : (fields.at(-1 - Number(before)) ?? ''))
  const field = /^\$(\d{1,4})$/.exec(atom)?.[1]
  if (field !== undefined) return ({ fields }) => fields[Number(field) - 1] ?? ''
  if (/^"(?:\\[nt"\\]|[^"\\])*"$/.test(atom)) {
    const text = atom.slice(1, -1).replace(/\\(.)/g, (_, c: string) => ({ n: '\n', t: '\t' })[c] ?? c)
    return () => text
  }
  return undefined
}

export default [
  model({
    names: ['awk', 'gawk', 'mawk', 'nawk'],
    values: ['-F', '-v', '-f'],
    reliable: true,
    early: true,
    run: (call) => unlessSlow(() => awk(call)) ?? done,
  }),
]
