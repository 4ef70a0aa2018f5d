/** Programs that change files where they are: patch, dos2unix and its kin, sqlite3, yq, sponge. Source: the manual page of each. */
import { utf8Bytes } from '../shell/known.ts'
import { inside } from '../shell/paths.ts'
import { about, exact, unknown } from '../size.ts'
import type { Call, Result } from './command.ts'
import { failed, model, unsure } from './command.ts'
import { followed } from './places.ts'
import { readFile } from './text.ts'

/** Most files that one patch names. */
const mostFiles = 1000

function patch(call: Call): Result {
  const { flags, files } = call
  const folder = call.path(flags.value('-d', '--directory') ?? '.')
  const [named, list] = call.args
  // It changes into the folder before it does anything else.
  const source = flags.value('-i', '--input') ?? list
  const text = (
    source === undefined
      ? call.command.stdin.output
      : readFile(call, source.startsWith('/') ? source : inside(folder, source))
  )?.text
  if (flags.has('--dry-run', '-o', '--output')) return unsure
  const targets = named === undefined ? targetsOf(text, Number(flags.value('-p', '--strip') ?? Number.NaN)) : [named]
  if (targets === undefined) {
    files.mystery('patch', folder)
    return unsure
  }
  for (const name of targets) {
    const path = files.real(name.startsWith('/') ? call.path(name) : inside(folder, name))
    const bytes = followed(files, path)?.size.bytes ?? undefined
    const most = text?.length ?? 0
    files.write(path, {
      size: bytes === undefined ? unknown('patched') : about(bytes, bytes - most, bytes + most, 'heuristic', 'patched'),
    })
  }
  return unsure
}

/** The files that a unified or context diff changes, without their first `strip` folders; undefined: nobody can say. */
function targetsOf(text: string | undefined, strip: number): readonly string[] | undefined {
  if (text === undefined) return undefined
  const names = [...text.matchAll(/^\+\+\+ ([^\t\n]+)/gm)].map(([, name]) => name!.trim())
  if (names.length === 0 || names.length > mostFiles) return undefined
  const cut = (name: string): string => {
    const parts = name.split(/\/+/)
    return Number.isNaN(strip) ? parts.at(-1)! : parts.slice(strip).join('/')
  }
  return [...new Set(names.filter((name) => name !== '/dev/null').map(cut))].filter((name) => name !== '')
}

function lineEnds(call: Call): Result {
  const { files, flags, name } = call
  if (flags.has('-n', '--newfile', '-i', '--info', '-O')) return unsure
  let outcome: Result
  for (const arg of call.args) {
    const path = files.real(call.path(arg))
    if (files.presence(path) === 'no') {
      outcome = failed
      continue
    }
    const old = files.text(path)
    const text = name.startsWith('dos') ? old?.replaceAll('\r\n', '\n') : old?.replace(/(?<!\r)\n/g, '\r\n')
    const entry = followed(files, path)
    if (text !== undefined) files.write(path, { size: exact(utf8Bytes(text), 'known text'), text })
    else if (entry !== undefined) files.write(path, { size: { ...entry.size, low: 0, basis: 'heuristic' } })
  }
  return outcome
}

const asks = /^\s*(?:select|explain|with|\.(?:dump|schema|tables|indexes|mode|headers|show|help|version))\b/i

function sqlite(call: Call): Result {
  const [database, ...statements] = call.args
  if (database === undefined || database === ':memory:' || call.flags.has('-readonly', '-version', '-help'))
    return unsure
  const text = statements.length > 0 ? statements.join(';') : call.command.stdin.output?.text
  const parts = text?.split(/[;\n]/).filter((part) => part.trim() !== '')
  if (parts?.every((part) => asks.test(part)) === true) return unsure
  call.files.write(call.files.real(call.path(database)), { size: unknown('a database of sqlite3') })
  return unsure
}

// Of each document the last state is written, to its own file where -i says so.
function yq(call: Call): Result {
  if (!call.flags.has('-i', '--inplace', '--in-place')) return unsure
  for (const arg of call.args) {
    const path = call.files.real(call.path(arg))
    const entry = call.files.presence(path) === 'yes' ? followed(call.files, path) : undefined
    if (entry?.type !== 'file' && !/\.(?:ya?ml|json|xml|toml|properties)$/.test(arg)) continue
    const bytes = entry?.size.bytes ?? undefined
    call.files.write(path, {
      size: bytes === undefined ? unknown('written by yq') : about(bytes, 0, bytes * 2, 'heuristic', 'written by yq'),
    })
  }
  return unsure
}

// Takes all of its input in before it opens the file.
function sponge(call: Call): Result {
  const [target] = call.args
  const { output } = call.command.stdin
  if (target === undefined) return unsure
  call.files.write(call.files.real(call.path(target)), {
    size: output?.size ?? unknown('output of a program'),
    ...(output?.text === undefined ? {} : { text: output.text }),
    append: call.flags.has('-a'),
  })
  return unsure
}

/** Programs that write a smaller or tidier form of files: to where these options say, else to standard output. */
const outputs: Readonly<Record<string, readonly string[]>> = {
  terser: ['-o', '--output'],
  uglifyjs: ['-o', '--output'],
  csso: ['-o', '--output'],
  cleancss: ['-o', '--output'],
  'html-minifier': ['-o', '--output'],
  'html-minifier-terser': ['-o', '--output'],
}

/** The same, that write each file where it is, unless told another place; `only`: with one of these. */
const overwriting: Readonly<Record<string, { readonly away: readonly string[]; readonly only?: readonly string[] }>> = {
  optipng: { away: ['-out', '-dir', '-simulate'] },
  jpegoptim: { away: ['-d', '--dest', '--stdout', '-n', '--noaction'] },
  oxipng: { away: ['--out', '--dir', '--stdout', '--pretend', '-P'] },
  svgo: { away: ['-o', '--output', '-s', '--string'] },
  gifsicle: { away: ['-o', '--output'], only: ['-b', '--batch'] },
}

function smaller(call: Call): Result {
  const { flags, files } = call
  const write = (path: string, source: string): void => {
    const bytes = followed(files, source)?.size.bytes ?? undefined
    const why = `written by ${call.name}`
    files.write(files.real(path), {
      size: bytes === undefined ? unknown(why) : about(bytes * 0.6, 0, bytes * 1.2, 'heuristic', why),
    })
  }
  const named = outputs[call.name]
  const target = named === undefined ? undefined : flags.value(...named)
  if (target !== undefined) write(call.path(target), call.path(call.args[0] ?? target))
  const { away, only } = overwriting[call.name] ?? { away: [], only: [] }
  if (named !== undefined || flags.has(...away) || (only !== undefined && !flags.has(...only))) return unsure
  for (const arg of call.args) {
    const path = call.path(arg)
    if (followed(files, path)?.type === 'file') write(path, path)
    else if (files.presence(files.real(path)) !== 'no') files.mystery(call.name, path)
  }
  return unsure
}

export default [
  model({
    names: [...Object.keys(outputs), ...Object.keys(overwriting)],
    values: [...Object.values(outputs).flat(), '-out', '-dir', '-d', '--dest', '--out', '--dir'],
    run: smaller,
  }),
  model({ names: ['yq'], values: ['-o', '--output-format', '-p', '--input-format', '-I', '--indent'], run: yq }),
  model({ names: ['sponge'], run: sponge }),
  model({ names: ['sqlite3'], values: ['-cmd', '-init', '-separator', '-nullvalue'], oneDash: true, run: sqlite }),
  model({
    names: ['patch'],
    values: [
      '-d',
      '-i',
      '-o',
      '-p',
      '-r',
      '-F',
      '-B',
      '-z',
      '-D',
      '--directory',
      '--input',
      '--output',
      '--strip',
      '--fuzz',
    ],
    run: patch,
  }),
  model({ names: ['dos2unix', 'unix2dos'], values: ['-c', '--convmode'], run: lineEnds }),
]
