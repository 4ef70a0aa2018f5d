/** Packing and unpacking: tar, unzip, zip, cpio, gzip and their kin, rsync. Source: manual pages of GNU tar, Info-ZIP, gzip. */
import type { Entry, Size } from '../model.ts'
import { display } from '../shell/known.ts'
import { inside, nameOf, parentOf } from '../shell/paths.ts'
import { about, sum, unknown } from '../size.ts'
import type { Call, Result } from './command.ts'
import { failed, model, prints, unsure } from './command.ts'
import { copyTree } from './cp.ts'
import { followed, holds, isFolder } from './places.ts'
import { readFile } from './text.ts'

/** An archive of which only the length is known, or nothing. */
interface Packed {
  readonly size: Size | undefined
  readonly name: string
  readonly entries: readonly Entry[] | undefined
}

// How many times an archive grows. Source: run-size specification, section 9.
function grown(packed: Size | undefined, compressed: boolean, name: string): Size {
  const why = `extracted from ${display(name)}`
  if (packed === undefined || packed.bytes === null) return unknown(why)
  // A small one may be nothing but headers and the blocks it is filled up with.
  const least = packed.bytes < 1_000_000 ? 0 : packed.bytes * 0.3
  if (!compressed) return about(packed.bytes * 0.99, least, packed.bytes, 'heuristic', why)
  return about(packed.bytes * 3.3, packed.bytes, packed.bytes * 8, 'heuristic', why)
}

function packedAt(call: Call, arg: string): Packed {
  const path = call.path(arg)
  const entry = followed(call.files, path)
  return { size: entry?.size, name: nameOf(path), entries: entry === undefined ? undefined : call.archive(entry) }
}

/** Puts an archive's files under a folder. `strip`: leading parts that go; `keep`: owners stay. */
function unpack(
  call: Call,
  packed: Packed,
  folder: string,
  strip: number,
  keep: boolean,
  wanted: (path: string) => boolean,
  compressed: boolean,
): void {
  if (packed.entries === undefined) {
    call.files.put(folder, {
      type: 'package',
      label: `extracted: ${packed.name}`,
      size: grown(packed.size, compressed, packed.name),
    })
    return
  }
  const at = (path: string): string | undefined => {
    const parts = path
      .split('/')
      .filter((part) => part !== '')
      .slice(strip)
    return parts.length === 0 ? undefined : inside(folder, parts.join('/'))
  }
  for (const { path, maybe: _, type, ...rest } of packed.entries) {
    const to = at(path)
    if (to === undefined || !wanted(path.replace(/^\//, ''))) continue
    const first = type === 'hardlink' && rest.link !== null ? at(rest.link) : undefined
    if (first !== undefined) call.files.link(first, to)
    else if (type === 'dir' && call.files.presence(to) === 'yes') call.files.restore(to, { mode: rest.mode })
    else
      call.files.put(to, { ...rest, type, ...(keep ? {} : { uid: call.uid(call.command.user), gid: call.gid('0') }) })
  }
}

function tar(call: Call): Result {
  const [first = '', ...more] = call.command.argv.slice(1)
  // The old way: letters without a dash, their values behind them in order.
  const words = first.startsWith('-') || first === '' ? [first, ...more] : bundled(first, more)
  const letters = new Set<string>()
  const operands: string[] = []
  const excluded: string[] = []
  let file: string | undefined
  let folder: string | undefined
  let strip = 0
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    const [name, value] =
      word.startsWith('--') && word.includes('=')
        ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]
        : [word, undefined]
    const next = (): string => value ?? words[++i] ?? ''
    if (name === '--file') file = next()
    else if (name === '--directory') folder = call.path(next())
    else if (name === '--strip-components' || name === '--strip') strip = Number(next()) || 0
    else if (name === '--exclude') excluded.push(next())
    else if (longLetters[name] !== undefined) letters.add(longLetters[name])
    else if (longValues.has(name)) next()
    else if (name.startsWith('--')) continue
    else if (/^-./.test(word)) {
      for (let k = 1; k < word.length; k++) {
        const letter = word[k]!
        letters.add(letter)
        if (!'fCTXIbHgLKNV'.includes(letter)) continue
        const rest = word.slice(k + 1) || (words[++i] ?? '')
        if (letter === 'f') file = rest
        if (letter === 'C') folder = call.path(folder === undefined ? rest : inside(folder, rest))
        break
      }
    } else operands.push(word)
  }
  const to = folder ?? call.command.cwd
  if (letters.has('x')) {
    if (letters.has('O')) return unsure
    if (file !== undefined && file !== '-' && call.files.presence(call.path(file)) === 'no') return failed
    if (!holds(call.files, to)) return failed
    const packed = file === undefined || file === '-' ? stream(call) : packedAt(call, file)
    const fits = (path: string) =>
      operands.length === 0 ||
      operands.some((o) => `${path}/`.startsWith(`${o.replace(/^\.\//, '').replace(/\/$/, '')}/`))
    const keep = !letters.has('o') && call.uid(call.command.user) === 0
    unpack(
      call,
      packed,
      call.files.real(to),
      strip,
      keep,
      fits,
      letters.has('z') || letters.has('j') || letters.has('J') || !/\.tar$/.test(packed.name),
    )
    return packed.entries === undefined ? unsure : undefined
  }
  if (letters.has('c') || letters.has('r') || letters.has('u')) {
    if (call.files.presence(to) === 'no') return failed
    const inputs = operands.map((operand) => inside(to, operand))
    const size = packedSize(
      call,
      inputs,
      letters.has('z') || letters.has('j') || letters.has('J') || /\.(t?gz|t?xz|bz2|zst)$/.test(file ?? ''),
    )
    if (file === undefined || file === '-') return prints({ size })
    call.files.put(call.files.real(call.path(file)), { type: 'file', size })
  }
  return undefined
}

const longLetters: Readonly<Record<string, string>> = {
  '--extract': 'x',
  '--get': 'x',
  '--create': 'c',
  '--append': 'r',
  '--update': 'u',
  '--list': 't',
  '--gzip': 'z',
  '--bzip2': 'j',
  '--xz': 'J',
  '--to-stdout': 'O',
  '--no-same-owner': 'o',
  '--unzip': 'z',
  '--gunzip': 'z',
}
const longValues = new Set(
  '--owner --group --mode --mtime --transform --xform --files-from --exclude-from --use-compress-program --format --sort --blocking-factor --warning --checkpoint --record-size'.split(
    ' ',
  ),
)

function bundled(letters: string, rest: readonly string[]): readonly string[] {
  const left = [...rest]
  const words: string[] = []
  for (const letter of letters)
    words.push(`-${letter}`, ...('fCTXIb'.includes(letter) && left.length > 0 ? [left.shift()!] : []))
  return [...words, ...left]
}

function stream(call: Call): Packed {
  const { stdin } = call.command
  const url = stdin.from.flatMap((command) => command.argv).find((word) => /^https?:\/\//.test(word))
  return {
    size: stdin.output?.size,
    name: url === undefined ? (stdin.from[0]?.argv[0] ?? 'standard input') : nameOf(url.replace(/[?#].*$/, '')),
    entries: undefined,
  }
}

function packedSize(call: Call, inputs: readonly string[], compressed: boolean): Size {
  const sizes: Size[] = []
  for (const input of inputs) {
    const { entries, complete } = call.files.below(input)
    const top = followed(call.files, input)
    if (top === undefined || !complete) return unknown('packed from files that are not known')
    sizes.push(top.size, ...entries.map((entry) => entry.size))
  }
  const { bytes } = sum(sizes)
  if (bytes === null) return unknown('packed from files of unknown size')
  const headers = sizes.length * 1024 + 10240
  return compressed
    ? about(bytes * 0.35, 0, bytes + headers, 'heuristic', 'packed')
    : about(bytes + headers / 2, bytes, bytes + headers, 'heuristic', 'packed')
}

function unzip(call: Call): Result {
  const jar = call.name === 'jar'
  if (jar && !/x/.test(call.command.argv[1] ?? '')) return unsure
  const archive = jar ? (call.args.at(-1) ?? '') : call.args[0]
  if (archive === undefined || call.flags.has('-l', '-t', '-v', '-Z')) return undefined
  if (call.flags.has('-p', '-c')) return unsure
  const folder = call.path(call.flags.value('-d') ?? '.')
  const piped = archive === '-'
  if (
    !piped &&
    call.files.presence(call.path(archive)) === 'no' &&
    call.files.presence(call.path(`${archive}.zip`)) === 'no'
  )
    return failed
  call.files.mkdir(folder)
  const packed = piped ? stream(call) : packedAt(call, archive)
  unpack(call, packed, call.files.real(folder), 0, false, () => true, true)
  return unsure
}

// file → file.gz and back: one goes, the other comes.
function squeeze(call: Call): Result {
  const { files, flags } = call
  const opens =
    flags.has('-d', '--decompress', '--uncompress') ||
    /^(gunzip|bunzip2|unxz|unzstd|unlzma|uncompress|zcat|bzcat|xzcat)$/.test(call.name)
  const stdout = flags.has('-c', '--stdout', '--to-stdout') || /cat$/.test(call.name) || call.args.length === 0
  if (stdout || flags.has('-t', '-l')) {
    const input = call.args.length === 0 ? call.command.stdin.output : readFile(call, call.args[0]!)
    return prints({ size: opens ? grown(input?.size, true, call.args[0] ?? 'standard input') : shrunk(input?.size) })
  }
  let outcome: Result
  for (const arg of call.args) {
    const path = call.path(arg)
    const entry = followed(files, path)
    if (files.presence(path) === 'no') {
      outcome = failed
      continue
    }
    const to = opens
      ? path.replace(/\.(gz|Z|bz2|xz|zst|lzma|lz)$/, '').replace(/\.(tgz|txz|tbz2?)$/, '.tar')
      : path + suffixes(call)
    const target = flags.value('-o') === undefined ? to : call.path(flags.value('-o')!)
    if (target === path) continue
    const owner = entry === undefined ? {} : { mode: entry.mode, uid: entry.uid, gid: entry.gid }
    files.put(target, {
      type: 'file',
      size: opens ? grown(entry?.size, true, nameOf(path)) : shrunk(entry?.size),
      ...owner,
    })
    const keeps = flags.has('-k', '--keep') || (call.name.includes('zst') && !flags.has('--rm'))
    if (!keeps) files.remove(path)
  }
  return outcome ?? unsure
}

const suffixes = (call: Call): string =>
  call.flags.value('-S', '--suffix') ??
  (call.name.includes('bz')
    ? '.bz2'
    : call.name.includes('xz')
      ? '.xz'
      : call.name.includes('zst')
        ? '.zst'
        : call.name.includes('lz')
          ? '.lz'
          : '.gz')

const shrunk = (size: Size | undefined): Size =>
  size === undefined || size.bytes === null
    ? unknown('compressed')
    : about(size.bytes * 0.35, 0, size.bytes * 1.01 + 100, 'heuristic', 'compressed')

function zip(call: Call): Result {
  const [archive, ...inputs] = call.args
  if (archive === undefined) return failed
  const path = call.path(/\.[A-Za-z0-9]+$/.test(archive) ? archive : `${archive}.zip`)
  const size = packedSize(
    call,
    inputs.map((input) => call.path(input)),
    true,
  )
  call.files.put(path, { type: 'file', size })
  if (call.flags.has('-m', '-mr')) for (const input of inputs) call.files.remove(call.path(input))
  return undefined
}

function cpio(call: Call): Result {
  const folder = call.path(call.flags.value('-D', '--directory') ?? '.')
  if (call.flags.has('-i', '--extract')) unpack(call, stream(call), call.files.real(folder), 0, true, () => true, false)
  else if (call.flags.has('-p', '--pass-through')) call.files.mystery('copied by cpio', call.path(call.args[0] ?? '.'))
  return unsure
}

function rsync(call: Call): Result {
  const { files } = call
  const target = call.args.at(-1)
  if (target === undefined || /^[\w.@-]+:|^rsync:/.test(target)) return unsure
  let outcome: Result
  for (const source of call.args.slice(0, -1)) {
    const to = call.path(target)
    if (/^[\w.@-]+:|^rsync:/.test(source)) {
      files.put(to, {
        type: 'package',
        label: `rsync: ${source}`,
        size: unknown(`fetched by rsync from ${display(source)}`),
      })
      outcome = unsure
      continue
    }
    const from = call.path(source)
    const entry = followed(files, from)
    const contents = source.endsWith('/')
    const keep = call.flags.has('-a', '--archive')
    if (files.presence(from) === 'no') outcome = failed
    else if (entry?.type === 'file')
      files.put(isFolder(files, to) === true || target.endsWith('/') ? inside(to, nameOf(from)) : to, {
        type: 'file',
        size: entry.size,
        mode: entry.mode,
      })
    else {
      files.mkdir(contents ? to : parentOf(inside(to, nameOf(from))))
      copyTree(call, files.real(from), contents ? to : inside(to, nameOf(from)), keep)
      if (call.flags.has('--delete', '--exclude', '--include', '--filter')) files.lessen(to)
    }
    if (call.flags.has('--remove-source-files')) files.lessen(from)
  }
  return outcome
}

export default [
  model({ names: ['tar', 'gtar', 'bsdtar'], reliable: true, run: tar }),
  model({ names: ['unzip', 'jar'], values: ['-d', '-x', '-P'], run: unzip }),
  model({ names: ['zip'], values: ['-x', '-i', '-b', '-t', '-P'], run: zip }),
  model({
    names: ['cpio'],
    values: ['-D', '-F', '-I', '-O', '-E', '-H', '-R', '--directory', '--file', '--format', '--owner'],
    run: cpio,
  }),
  model({
    names: [
      'gzip',
      'gunzip',
      'pigz',
      'bzip2',
      'bunzip2',
      'pbzip2',
      'xz',
      'unxz',
      'lzma',
      'unlzma',
      'zstd',
      'unzstd',
      'compress',
      'uncompress',
      'zcat',
      'bzcat',
      'xzcat',
      'zstdcat',
      'lz4',
      'brotli',
    ],
    values: ['-S', '-T', '-p', '-o', '--suffix', '--threads'],
    run: squeeze,
  }),
  model({
    names: ['rsync'],
    values: [
      '-e',
      '-f',
      '-B',
      '-T',
      '--rsh',
      '--exclude',
      '--include',
      '--filter',
      '--chmod',
      '--chown',
      '--bwlimit',
      '--timeout',
      '--port',
    ],
    run: rsync,
  }),
]
