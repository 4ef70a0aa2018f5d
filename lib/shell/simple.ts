/** Simple commands: words expanded, variables set, redirections resolved. Source: POSIX XCU 2.7, 2.9.1. */
import type { Assignment, Node, Redirect } from './ast.ts'
import type { Opening, Range, Sink } from './command.ts'
import { textOutput } from './command.ts'
import { complain } from './complain.ts'
import { expandText, expandWords } from './expand.ts'
import { invoke } from './invoke.ts'
import { isKnown, unknownText } from './known.ts'
import { physical } from './paths.ts'
import type { Channel, Circumstance, Completion, Shell, Source, State } from './state.ts'
import { assign, ending, ok, valueFor } from './state.ts'

export function runSimple(shell: Shell, state: State, node: Node & { kind: 'simple' }, how: Circumstance): Completion {
  const timed = state.dialect === 'bash' ? [] : (node.timed ?? [])
  const fields = expandWords(shell, state, [...timed, ...node.words])
  const argv = fields.map((f) => f.text)
  const words = fields.map((f) => state.at(f.range))
  const span = state.at(node.range)
  if (state.stopped !== undefined) return ended(shell, state, span)
  if (argv.length === 0) {
    state.last = 'ok'
    state.code = undefined
    for (const it of node.assignments) assignOne(shell, state, it)
    if (state.stopped !== undefined) return ended(shell, state, span)
    const assigned: Completion = ending({
      status: state.last,
      ...(state.code === undefined ? {} : { code: state.code }),
    })
    const old = new Map(state.channels)
    const opens = redirect(shell, state, node.redirects)
    const completion = opens.length > 0 ? invoke(shell, state, { argv: ['true'], words: [span], span, opens }, how) : ok
    state.channels = old
    return completion.status === 'ok' ? assigned : completion
  }
  const vars = new Map<string, string>()
  for (const { name, value, append } of node.assignments) {
    const text =
      'parts' in value ? expandText(shell, state, value) : value.map((w) => expandText(shell, state, w)).join(' ')
    vars.set(name, append ? (valueFor(state, name) ?? '') + text : text)
  }
  if (state.stopped !== undefined) return ended(shell, state, span)
  const old = new Map(state.channels)
  const opens = redirect(shell, state, node.redirects)
  // `exec >file` without a program redirects the shell itself.
  if (argv[0] === 'exec' && argv.length === 1)
    return opens.length > 0 ? invoke(shell, state, { argv: [':'], words: [span], span, opens }, how) : ok
  const completion = invoke(shell, state, { argv, words, span, opens, ...(vars.size > 0 ? { vars } : {}) }, how)
  if (state.channels !== old) state.channels = old
  return completion
}

/** The end of a process in which an expansion failed: it says why on standard error. */
export function ended(shell: Shell, state: State, span: Range): Completion {
  complain(shell, state, span, state.dialect === 'ash' ? `${state.name}: ${state.stopped}\n` : unknownText('complaint'))
  delete state.stopped
  return { status: 'failed', flow: 'exit' }
}

function assignOne(shell: Shell, state: State, { name, value, append, index }: Assignment): void {
  const old = state.vars.get(name)
  if (!('parts' in value)) {
    const items = expandWords(shell, state, value)
    const known = items.every((f) => !f.loose)
    const all = [...(append ? (old?.items ?? []) : []), ...items.map((f) => f.text)]
    state.vars.set(
      name,
      known ? { value: undefined, exported: false, items: all } : { value: unknownText(name), exported: false },
    )
    return
  }
  const text = expandText(shell, state, value)
  if (index === undefined) {
    assign(state, name, append ? (valueFor(state, name) ?? '') + text : text)
    return
  }
  const at = expandText(shell, state, index)
  const items = [...(old?.items ?? [])]
  if (!/^\d{1,3}$/.test(at)) {
    state.vars.set(name, { value: unknownText(name), exported: false })
    return
  }
  while (items.length < Number(at)) items.push('')
  items[Number(at)] = append ? (items[Number(at)] ?? '') + text : text
  state.vars.set(name, { value: undefined, exported: old?.exported === true, items })
}

/** Points the process's descriptors where the redirections say; gives the files that get opened. The caller puts them back. */
export function redirect(shell: Shell, state: State, redirects: readonly Redirect[]): readonly Opening[] {
  const opens: Opening[] = []
  for (const { op, fd, word, range } of redirects) {
    const span = state.at(range)
    const text = expandText(shell, state, word)
    const out = (n: number, how: Opening['how']): void => {
      const channel = device(state, text) ?? file(shell, state, text)
      if (channel.kind === 'out' && channel.sink.to === 'file' && !/^\/(?:dev|proc)\//.test(channel.sink.path))
        opens.push({ path: channel.sink.path, how, span })
      state.channels.set(n, channel)
    }
    const input = (source: Source) => state.channels.set(fd ?? 0, { kind: 'in', source })
    const fromFile = (how: Opening['how']): void => {
      const path = physical(shell.host, text, state.cwd)
      opens.push({ path, how, span })
      input(fileSource(shell, path))
    }
    const same = (n: number, as: number) => state.channels.set(n, state.channels.get(as) ?? nowhere)
    switch (op) {
      case '>':
      case '>|':
        out(fd ?? 1, 'truncate')
        break
      case '>>':
        out(fd ?? 1, 'append')
        break
      case '<>':
        if (fd === undefined || fd === 0) fromFile('update')
        else out(fd, 'update')
        break
      case '<':
        fromFile('read')
        break
      case '<<':
        input(textSource(text))
        break
      case '<<<':
        input(textSource(`${text}\n`))
        break
      case '&>':
      case '&>>':
        out(1, op === '&>' ? 'truncate' : 'append')
        same(2, 1)
        break
      case '>&':
      case '<&':
        if (text === '-') state.channels.set(fd ?? (op === '>&' ? 1 : 0), nowhere)
        else if (/^\d+-?$/.test(text)) same(fd ?? (op === '>&' ? 1 : 0), Number.parseInt(text, 10))
        else if (isKnown(text) && op === '>&') {
          out(fd ?? 1, 'truncate')
          if (fd === undefined) same(2, 1)
        } else state.channels.set(fd ?? 1, { kind: 'out', sink: { to: 'stream' } })
    }
  }
  return opens
}

const nowhere: Channel = { kind: 'out', sink: { to: 'nowhere' } }

const file = (shell: Shell, state: State, text: string): Channel => ({
  kind: 'out',
  sink: { to: 'file', path: physical(shell.host, text, state.cwd) } satisfies Sink,
})

function device(state: State, text: string): Channel | undefined {
  if (text === '/dev/null') return nowhere
  const fd =
    text === '/dev/stdout' ? 1 : text === '/dev/stderr' ? 2 : /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(text)?.[1]
  if (fd !== undefined) return state.channels.get(Number(fd)) ?? nowhere
  return /^\/(dev|proc)\/(tty|stdout|stderr|tcp|udp|1\/fd|self)/.test(text)
    ? { kind: 'out', sink: { to: 'stream' } }
    : undefined
}

const textSource = (text: string): Source => ({ output: textOutput(text), from: [], rest: text })

function fileSource(shell: Shell, path: string): Source {
  const text = path === '/dev/null' ? '' : shell.host.text(path)
  return { output: text === undefined ? undefined : textOutput(text), from: [], path, rest: text }
}
