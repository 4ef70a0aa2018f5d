/** Packing and unpacking, tar aside: unzip, zip, cpio, gzip and their kin, rsync. Source: manual pages of Info-ZIP, gzip. */
import type { Size } from '../model.ts'
import type { Output } from '../shell/command.ts'
import { display } from '../shell/known.ts'
import { inside, nameOf, parentOf } from '../shell/paths.ts'
import { about, unknown } from '../size.ts'
import { isApplet, isDebians } from './busybox.ts'
import type { Call, Result } from './command.ts'
import { failed, model, prints, unsure } from './command.ts'
import { copyTree } from './copies.ts'
import { pack, packingOf } from './packed.ts'
import { followed, isFolder } from './places.ts'
import { isMissing, readFile } from './text.ts'
import { grown, packedAt, packedSize, stream, unpack } from './unpack.ts'

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
  unpack(call, packed, { folder: call.files.real(folder), compressed: true })
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
    if (call.args.some((arg) => isMissing(call, arg))) return call.args.length === 1 ? failed : { status: 'failed' }
    const input = call.args.length === 0 ? call.command.stdin.output : readFile(call, call.args[0]!)
    if (!opens) return prints(input === undefined ? { size: shrunk(undefined) } : squeezed(call, input))
    const plain = packingOf(call, input?.content)?.plain
    return prints(plain ?? { size: grown(input?.size, true, call.args[0] ?? 'standard input') })
  }
  if (!opens && /^(xz|lzma)$/.test(call.name) && isDebians(call)) return failed
  let outcome: Result
  for (const path of call.args.flatMap((arg) => squeezable(call, arg))) {
    const entry = followed(files, path)
    if (files.presence(path) === 'no' || entry?.type === 'dir') {
      outcome = failed
      continue
    }
    const own = flags.value('-S', '--suffix')
    const to = opens
      ? own !== undefined && path.endsWith(own)
        ? path.slice(0, -own.length)
        : path.replace(/\.(gz|Z|bz2|xz|zst|lzma|lz)$/, '').replace(/\.(tgz|txz|tbz2?)$/, '.tar')
      : path + suffixes(call)
    const target = flags.value('-o') === undefined ? to : call.path(flags.value('-o')!)
    // GNU's leaves alone what bears its name already, and what runs as somebody else.
    const special = !opens && !isApplet(call) && /^(gzip|xz)$/.test(call.name) && ((entry?.mode ?? 0) & 0o7000) !== 0
    const named = !opens && !isApplet(call) && /^(gzip|pigz|bzip2|xz)$/.test(call.name) && path.endsWith(suffixes(call))
    if (
      target === path ||
      ((named || special) && !flags.has('-f', '--force')) ||
      (files.presence(target) === 'yes' && !flags.has('-f', '--force'))
    ) {
      outcome = failed
      continue
    }
    // BusyBox keeps the mode, and not the owner.
    const whose = isApplet(call) ? {} : { uid: entry?.uid ?? null, gid: entry?.gid ?? null }
    const owner = entry === undefined ? {} : { mode: entry.mode, ...whose }
    const input = readFile(call, path)
    const plain = packingOf(call, input?.content)?.plain
    const output: Output = opens
      ? (plain ?? { size: grown(entry?.size, true, nameOf(path)) })
      : input === undefined
        ? { size: shrunk(entry?.size) }
        : squeezed(call, input)
    files.put(target, { type: 'file', ...output, ...owner })
    const keeps = flags.has('-k', '--keep') || (call.name.includes('zst') && !flags.has('--rm'))
    if (!keeps) files.remove(path)
  }
  return outcome ?? unsure
}

// With -r all files below a folder.
function squeezable(call: Call, arg: string): readonly string[] {
  const path = call.path(arg)
  if (!call.flags.has('-r', '--recursive') || call.files.get(path)?.type !== 'dir') return [path]
  return call.files.below(path).entries.flatMap((entry) => (entry.type === 'file' ? [entry.path] : []))
}

// What it was is kept in mind, an archive's members too.
function squeezed(call: Call, plain: Output): Output {
  const members = packingOf(call, plain.content)?.members
  return { size: shrunk(plain.size), content: pack(call, { plain, ...(members && { members }) }) }
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
    : about(
        size.bytes * (0.35 + 0.65 * Math.exp(-size.bytes / 200)) + 20,
        0,
        size.bytes * 1.01 + 100,
        'heuristic',
        'compressed',
      )

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
  if (call.flags.has('-i', '--extract')) unpack(call, stream(call), { folder: call.files.real(folder), keep: true })
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
      copyTree(call, files.real(from), contents ? to : inside(to, nameOf(from)), { keep })
      if (call.flags.has('--delete', '--exclude', '--include', '--filter')) files.lessen(to)
    }
    if (call.flags.has('--remove-source-files')) withoutFiles(call, from)
  }
  return outcome
}

/** Takes away a file, or all files below a folder; the folders stay. */
function withoutFiles({ files }: Call, path: string): void {
  if (followed(files, path)?.type === 'file') files.remove(path)
  const { entries, complete } = files.below(path)
  for (const entry of entries) if (entry.type !== 'dir' && entry.type !== 'package') files.remove(entry.path)
  if (!complete || entries.some(({ type }) => type === 'package')) files.lessen(path)
}

export default [
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
