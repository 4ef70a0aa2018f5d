/** The one door to unbash: shell text → our own tree (ast.ts). Never throws; what is broken becomes a problem. */

import type * as U from 'unbash'
import { parse as parseBash } from 'unbash'
import { kept } from '../kept.ts'
import type { Problem } from '../model.ts'
import type { Arm, Assignment, List, Node, Part, Redirect, Script, Sum, Test, VariableOp, Word } from './ast.ts'
import { clean } from './known.ts'

/** Longest text taken as a script; a longer one is no RUN that anybody wrote. */
const longest = 1_000_000

/**
 * Takes a script apart. Ranges count UTF-16 units of `text`; those inside escaped backquotes cover the whole substitution.
 * Where the text is malformed, what could be read is given together with problems.
 */
export function parseScript(text: string): Script {
  if (text.length > longest)
    return { body: [], problems: [{ severity: 'warning', message: 'script too long to be read' }] }
  return text.length > usual ? parsed(text) : parsedOnce(text)
}

/** Texts up to this length are kept: rules and every cure that is tried out ask for the same ones again. */
const usual = 4000
const parsed = (text: string): Script => scriptOf(parseBash(clean(text)), undefined)
const parsedOnce = kept(200, parsed)

type At = { readonly start: number; readonly end: number }

/** Ranges of a tree, or, inside escaped backquotes, one range for all. */
const rangeOf = (node: { readonly pos: number; readonly end: number }, fixed: At | undefined): At =>
  fixed ?? { start: node.pos, end: node.end }

function scriptOf(script: U.ParsedScript, fixed: At | undefined): Script {
  const problems = (script.errors ?? []).map(
    (e): Problem => ({ severity: 'warning', message: `shell syntax: ${e.message}` }),
  )
  return { body: listOf(script.commands, fixed), problems }
}

const listOf = (statements: readonly U.Statement[], fixed: At | undefined): List =>
  statements.map((s) => ({ node: nodeOf(s.command, fixed), background: s.background === true }))

const bodyOf = (list: U.CompoundList, fixed: At | undefined): List => listOf(list.commands, fixed)

type Tree = U.Statement['command'] | U.CompoundList

function nodeOf(node: Tree, fixed: At | undefined): Node {
  const range = rangeOf(node, fixed)
  switch (node.type) {
    case 'Command':
      return simpleOf(node, fixed)
    case 'Pipeline': {
      const negated = node.prefixes.filter((p) => p.type === 'Negation').length % 2 === 1
      const [first, ...others] = node.commands.map((c) => nodeOf(c, fixed))
      const parts = first === undefined ? others : [timedOf(first, node.prefixes.at(-1), fixed), ...others]
      return parts.length === 1 && !negated ? parts[0]! : { kind: 'pipeline', parts, negated, range }
    }
    case 'AndOr': {
      const items = node.commands.map((c) => nodeOf(c, fixed))
      return items.length === 1 ? items[0]! : { kind: 'logic', items, ops: node.operators, range }
    }
    case 'If': {
      const arms = [
        { test: node.clause, body: node.then },
        ...node.elif.map((e) => ({ test: e.clause, body: e.then })),
      ].map((a): { test: List | undefined; body: List } => ({
        test: bodyOf(a.test, fixed),
        body: bodyOf(a.body, fixed),
      }))
      if (node.else !== undefined) arms.push({ test: undefined, body: bodyOf(node.else, fixed) })
      return { kind: 'if', arms, range }
    }
    case 'For':
    case 'Select':
      return {
        kind: 'for',
        name: node.name.value,
        words: node.wordlist?.map((w) => wordOf(w, fixed)),
        body: bodyOf(node.body, fixed),
        range,
      }
    case 'While':
      return {
        kind: 'while',
        until: node.kind === 'until',
        test: bodyOf(node.clause, fixed),
        body: bodyOf(node.body, fixed),
        range,
      }
    case 'ArithmeticFor': {
      const sum = (s: U.ArithmeticExpression | undefined) => (s === undefined ? undefined : sumOf(s, fixed))
      return {
        kind: 'count',
        first: sum(node.initialize),
        test: sum(node.test),
        next: sum(node.update),
        body: bodyOf(node.body, fixed),
        range,
      }
    }
    case 'Case':
      return { kind: 'case', word: wordOf(node.word, fixed), arms: node.items.map((item) => armOf(item, fixed)), range }
    case 'Function':
      return { kind: 'function', name: node.name.value, body: nodeOf(node.body, fixed), range }
    case 'Subshell':
      return { kind: 'subshell', body: bodyOf(node.body, fixed), range }
    case 'BraceGroup':
      return { kind: 'group', body: bodyOf(node.body, fixed), range }
    case 'CompoundList':
      return { kind: 'group', body: bodyOf(node, fixed), range }
    case 'Redirected':
      return {
        kind: 'redirected',
        node: nodeOf(node.command, fixed),
        redirects: node.redirects.map((r) => redirectOf(r, fixed)),
        range,
      }
    case 'Coproc':
      return { kind: 'subshell', body: [{ node: nodeOf(node.body, fixed), background: true }], range }
    case 'TestCommand':
      return { kind: 'test', test: testOf(node.expression, fixed), range }
    case 'ArithmeticCommand':
      return { kind: 'sum', sum: node.expression === undefined ? undefined : sumOf(node.expression, fixed), range }
  }
}

function simpleOf(node: U.Command, fixed: At | undefined): Node {
  const assignments: Assignment[] = []
  for (const part of node.prefix) if (part.type === 'Assignment') assignments.push(assignmentOf(part, fixed))
  const words: Word[] = node.name === undefined ? [] : [wordOf(node.name, fixed)]
  for (const arg of node.args) words.push(arg.type === 'Word' ? wordOf(arg, fixed) : assignedWord(arg, fixed))
  return {
    kind: 'simple',
    assignments,
    words,
    redirects: node.redirects.map((r) => redirectOf(r, fixed)),
    range: rangeOf(node, fixed),
  }
}

/** A command behind `time`. */
function timedOf(node: Node, prefix: U.PipelinePrefix | undefined, fixed: At | undefined): Node {
  if (prefix?.type !== 'Time' || node.kind !== 'simple' || node.assignments.length > 0) return node
  const word = (text: string, at: At): Word => ({
    parts: [{ kind: 'text', text, quoted: false }],
    text,
    range: fixed ?? { start: at.start, end: at.end },
  })
  const { pos, keywordEnd, posix } = prefix
  const option = posix === undefined ? [] : [word('-p', { start: posix.pos, end: posix.end })]
  return { ...node, timed: [word('time', { start: pos, end: keywordEnd }), ...option] }
}

// `export A=b`: to us an ordinary word that begins with `A=`, kept from splitting by whoever reads it.
function assignedWord(node: U.Assignment, fixed: At | undefined): Word {
  const range = rangeOf(node, fixed)
  const head: Part = { kind: 'text', text: `${node.name}${node.append ? '+' : ''}=`, quoted: false }
  if (node.value.type === 'ArrayValue')
    return { parts: [{ kind: 'text', text: node.text, quoted: true }], text: node.text, range }
  const value = wordOf(node.value, fixed)
  return { parts: [head, { kind: 'quotes', parts: value.parts }], text: node.text, range }
}

const assignmentOf = (node: U.Assignment, fixed: At | undefined): Assignment => ({
  name: node.name,
  ...(node.index === undefined ? {} : { index: wordOf(node.index, fixed) }),
  append: node.append === true,
  value:
    node.value.type === 'ArrayValue' ? node.value.elements.map((w) => wordOf(w, fixed)) : wordOf(node.value, fixed),
})

function armOf(item: U.CaseItem, fixed: At | undefined): Arm {
  return {
    patterns: item.pattern.map((w) => wordOf(w, fixed)),
    body: bodyOf(item.body, fixed),
    end: item.terminator ?? ';;',
  }
}

function redirectOf(node: U.Redirection, fixed: At | undefined): Redirect {
  const range = rangeOf(node, fixed)
  const fd =
    node.descriptor?.type === 'FileDescriptor' ? node.descriptor.value : node.descriptor === undefined ? undefined : 10
  if (node.type === 'HereDoc') {
    const tabs = node.operator === '<<-'
    const quoted = node.delimiter?.quoted === true
    const parts = quoted ? [literal(node.body.text, tabs, true)] : bodyParts(node.body, tabs, fixed)
    return { op: '<<', fd, word: { parts, text: node.body.text, range: rangeOf(node.body, fixed) }, range }
  }
  const word = node.target === undefined ? { parts: [], text: '', range } : wordOf(node.target, fixed)
  return { op: node.operator, fd, word, range }
}

const literal = (text: string, tabs: boolean, atLineStart: boolean): Part => ({
  kind: 'text',
  text: tabs ? (atLineStart ? text.replace(/^\t+/gm, '') : text.replace(/\n\t+/g, '\n')) : text,
  quoted: true,
})

function bodyParts(body: U.HereDocBody, tabs: boolean, fixed: At | undefined): readonly Part[] {
  // Without expansions there are no parts, and the escapes are ours to take off. (POSIX XCU 2.7.4)
  if (body.parts === undefined)
    return [literal(body.text.replace(/\\\n/g, '').replace(/\\([\\$`])/g, '$1'), tabs, true)]
  return body.parts.map((part, i) =>
    part.type === 'Literal' ? literal(part.value, tabs, i === 0) : partOf(part, fixed),
  )
}

function wordOf(word: U.Word, fixed: At | undefined): Word {
  const range = rangeOf(word, fixed)
  if (word.parts !== undefined) return { parts: word.parts.map((p) => partOf(p, fixed)), text: word.text, range }
  return { parts: word.value === '' ? [] : [plain(word.value, word.text)], text: word.text, range }
}

// Escapes make a literal differ from its source; then nothing in it may be special again (`\~`, `\*`).
const plain = (value: string, text: string): Part => ({ kind: 'text', text: value, quoted: value !== text })

function partOf(part: U.WordPart, fixed: At | undefined): Part {
  switch (part.type) {
    case 'Literal':
      return plain(part.value, part.text)
    case 'Glob':
      return { kind: 'glob', text: part.text }
    case 'ExtendedGlob':
      return { kind: 'glob', text: part.text }
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return { kind: 'text', text: part.value, quoted: true }
    case 'DoubleQuoted':
    case 'LocaleString':
      return {
        kind: 'quotes',
        parts: part.parts.map((p) =>
          p.type === 'Literal' ? { kind: 'text', text: p.value, quoted: true } : partOf(p, fixed),
        ),
      }
    case 'SimpleExpansion':
      return { kind: 'variable', name: part.text.slice(1) }
    case 'ParameterExpansion':
      return {
        kind: 'variable',
        name: part.parameter,
        ...(part.prefix === undefined ? {} : { prefix: part.prefix }),
        ...(part.index === undefined ? {} : { index: wordOf(part.index, fixed) }),
        ...(part.operation === undefined ? {} : { op: operationOf(part.operation, fixed) }),
      }
    case 'CommandExpansion':
      return { kind: 'command', script: innerOf(part.script, rangeOf(part, fixed), fixed) }
    case 'ProcessSubstitution':
      return { kind: 'process', op: part.operator, script: innerOf(part.script, rangeOf(part, fixed), fixed) }
    case 'ArithmeticExpansion':
      return { kind: 'sum', sum: part.expression === undefined ? undefined : sumOf(part.expression, fixed) }
    case 'BraceExpansion':
      return { kind: 'braces', text: part.text, options: braceOptions(part.text) }
  }
}

// A script with a source of its own was decoded from escaped backquotes: its positions mean nothing outside.
function innerOf(script: U.ParsedScript | undefined, whole: At, fixed: At | undefined): Script {
  if (script === undefined) return { body: [], problems: [] }
  return scriptOf(script, script.source === undefined ? fixed : whole)
}

function operationOf(op: U.ParameterOperation, fixed: At | undefined): VariableOp {
  switch (op.type) {
    case 'Default':
      return { kind: 'default', op: op.operator, word: wordOf(op.operand, fixed) }
    case 'Remove':
      return { kind: 'remove', op: op.operator, word: wordOf(op.operand, fixed) }
    case 'Replace':
      return { kind: 'replace', op: op.operator, pattern: wordOf(op.pattern, fixed), by: wordOf(op.replacement, fixed) }
    case 'Slice':
      return {
        kind: 'slice',
        from: wordOf(op.offset, fixed),
        count: op.length === undefined ? undefined : wordOf(op.length, fixed),
      }
    case 'CaseModification':
      return { kind: 'case', op: op.operator }
    default:
      return { kind: 'other', text: op.operator }
  }
}

function sumOf(sum: U.ArithmeticExpression, fixed: At | undefined): Sum {
  switch (sum.type) {
    case 'ArithmeticBinary':
      return { kind: 'binary', op: sum.operator, left: sumOf(sum.left, fixed), right: sumOf(sum.right, fixed) }
    case 'ArithmeticUnary':
      return { kind: 'unary', op: sum.operator, on: sumOf(sum.operand, fixed), prefix: sum.prefix }
    case 'ArithmeticTernary':
      return {
        kind: 'choice',
        test: sumOf(sum.test, fixed),
        yes: sumOf(sum.consequent, fixed),
        no: sumOf(sum.alternate, fixed),
      }
    case 'ArithmeticGroup':
      return sumOf(sum.expression, fixed)
    case 'ArithmeticCommandExpansion': {
      const range = rangeOf(sum, fixed)
      return {
        kind: 'word',
        word: { parts: [{ kind: 'command', script: innerOf(sum.script, range, fixed) }], text: sum.text, range },
      }
    }
    case 'ArithmeticWord': {
      const parts = sum.parts?.map((p) => partOf(p, fixed)) ?? [plain(sum.value, sum.value)]
      return { kind: 'word', word: { parts, text: sum.value, range: rangeOf(sum, fixed) } }
    }
  }
}

function testOf(test: U.TestExpression, fixed: At | undefined): Test {
  switch (test.type) {
    case 'TestUnary':
      return { kind: 'one', op: test.operator, word: wordOf(test.operand, fixed) }
    case 'TestBinary':
      return { kind: 'two', op: test.operator, left: wordOf(test.left, fixed), right: wordOf(test.right, fixed) }
    case 'TestLogical':
      return { kind: test.operator === '&&' ? 'all' : 'any', of: test.operands.map((t) => testOf(t, fixed)) }
    case 'TestNot': {
      const inner = testOf(test.operand, fixed)
      return test.negations.length % 2 === 1 ? { kind: 'not', of: inner } : inner
    }
    case 'TestGroup':
      return testOf(test.expression, fixed)
  }
}

/** The words of `{a,b,c}` or `{1..9}`; undefined: none. Ranges inside count in the braces' own text. */
function braceOptions(text: string): readonly Word[] | 'many' | undefined {
  const sequence = /^\{(-?\d{1,9}|[A-Za-z])\.\.(-?\d{1,9}|[A-Za-z])(?:\.\.(-?\d{1,9}))?\}$/.exec(text)
  if (sequence !== null) return rowOf(sequence[1]!, sequence[2]!, Number(sequence[3] ?? 1))
  if (text.length > 100_000) return 'many'
  const options = splitBraces(text.slice(1, -1)).map(wordOfText)
  return options.length < 2 ? undefined : options
}

function rowOf(first: string, last: string, stride: number): readonly Word[] | 'many' | undefined {
  const letters = /[A-Za-z]/.test(first)
  if (letters !== /[A-Za-z]/.test(last)) return undefined
  const [from, to] = letters ? [first.charCodeAt(0), last.charCodeAt(0)] : [Number(first), Number(last)]
  const step = Math.max(1, Math.abs(stride)) * (from <= to ? 1 : -1)
  if (Math.abs((to - from) / step) > 10_000) return 'many'
  const padded = !letters && [first, last].some((s) => /^-?0\d/.test(s)) ? Math.max(first.length, last.length) : 0
  const words: Word[] = []
  for (let n = from; step > 0 ? n <= to : n >= to; n += step) {
    const text = letters
      ? String.fromCharCode(n)
      : n < 0
        ? `-${String(-n).padStart(padded - 1, '0')}`
        : String(n).padStart(padded, '0')
    words.push({ parts: [{ kind: 'text', text, quoted: true }], text, range: { start: 0, end: 0 } })
  }
  return words
}

function splitBraces(text: string): readonly string[] {
  const options: string[] = []
  let depth = 0
  let quote = ''
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '\\' && quote !== "'") i++
    else if (quote !== '') quote = c === quote ? '' : quote
    else if (c === "'" || c === '"' || c === '`') quote = c
    else if (c === '{' || c === '(') depth++
    else if (c === '}' || c === ')') depth--
    else if (c === ',' && depth === 0) {
      options.push(text.slice(start, i))
      start = i + 1
    }
  }
  return [...options, text.slice(start)]
}

function wordOfText(text: string): Word {
  const none = { parts: [], text, range: { start: 0, end: 0 } }
  if (text === '') return none
  const command = parseBash(`: ${text}`).commands[0]?.command
  const word = command?.type === 'Command' ? command.suffix.find((s) => s.type === 'Word') : undefined
  return word === undefined ? none : wordOf(word, none.range)
}
