/** tar: what it packs is kept in mind, what it unpacks is unpacked from there. Source: manual of GNU tar 1.34; BusyBox 1.35. */
import type { Size } from '../model.ts'
import { textOutput } from '../shell/command.ts'
import { isKnown, utf8Bytes } from '../shell/known.ts'
import { inside } from '../shell/paths.ts'
import { matches } from '../shell/pattern.ts'
import { exact } from '../size.ts'
import { isApplet, isDebians } from './busybox.ts'
import type { Call, Result } from './command.ts'
import { done, failed, model, prints, unsure } from './command.ts'
import { type Member, pack } from './packed.ts'
import { bearer, holds } from './places.ts'
import { type Packed, packedAt, packedSize, stream, unpack } from './unpack.ts'

function tar(call: Call): Result {
  const [first = '', ...more] = call.command.argv.slice(1)
  // The old way: letters without a dash, their values behind them in order.
  const words = first.startsWith('-') || first === '' ? [first, ...more] : bundled(first, more)
  const letters = new Set<string>()
  const operands: string[] = []
  const folders: (string | undefined)[] = []
  let plain = true
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
    else if (longValues.has(name)) {
      plain = false
      next()
    } else if (name.startsWith('--')) plain = false
    else if (/^-./.test(word)) {
      for (let k = 1; k < word.length; k++) {
        const letter = word[k]!
        letters.add(letter)
        if (!'fCTXIbHgLKNV'.includes(letter)) continue
        if (letter !== 'f' && letter !== 'C') plain = false
        const rest = word.slice(k + 1) || (words[++i] ?? '')
        if (letter === 'f') file = rest
        // For BusyBox the last one holds for all.
        if (letter === 'C') folder = call.path(folder === undefined || isApplet(call) ? rest : inside(folder, rest))
        break
      }
    } else {
      operands.push(word)
      folders.push(folder)
    }
  }
  if (isDebians(call) && (excluded.length > 0 || [...letters].some((letter) => !'acfhjkmoptvxzCJOZ'.includes(letter))))
    return failed
  const to = folder ?? call.command.cwd
  const piped = file === undefined || file === '-'
  const wild = words.includes('--wildcards')
  const squeezed = ['z', 'j', 'J'].find((letter) => letters.has(letter))
  const fits = (path: string) =>
    operands.length === 0 ||
    operands.some((o) => `${bare(path)}/`.startsWith(`${bare(o)}/`) || (wild && matches(bare(o), bare(path))))
  if (letters.has('x') || letters.has('t')) {
    if (!piped && call.files.presence(call.path(file!)) === 'no') return failed
    if (letters.has('x') && !letters.has('O') && !holds(call.files, to)) return failed
    const packed = piped ? stream(call) : packedAt(call, file!)
    // Nothing at all is no archive.
    if (packed.size?.bytes === 0 && packed.size.basis === 'exact') return failed
    // Other names than in the archive, and maybe another place.
    const renamed = words.some((word) => /^--(transform|xform|one-top-level)\b/.test(word))
    if (letters.has('t')) return listed(packed, letters.has('v') ? undefined : fits)
    if (letters.has('O')) return unsure
    const keep = !letters.has('o') && call.uid(call.command.user) === 0
    // With -k what is there stays: to GNU's tar that is a failure, to BusyBox it is not.
    const spares = letters.has('k')
    let spared = false
    const stands = (path: string): boolean => {
      const parts = path
        .split('/')
        .filter((part) => part !== '' && part !== '.')
        .slice(strip)
      const at = inside(call.files.real(to), parts.join('/'))
      const there = spares && call.files.presence(at) === 'yes'
      spared ||= there && call.files.get(at)?.type !== 'dir'
      return there
    }
    const wanted = (path: string) => fits(path) && !stands(path) && !excluded.some((pattern) => excludes(pattern, path))
    const compressed = squeezed !== undefined || !/\.tar$/.test(packed.name)
    const all = unpack(
      call,
      renamed || letters.has('P') ? { ...packed, entries: undefined } : packed,
      call.files.real(to),
      strip,
      keep,
      wanted,
      compressed,
    )
    if (packed.entries === undefined || renamed) return unsure
    const lost =
      !wild && operands.some((o) => !packed.entries!.some(({ path }) => `${bare(path)}/`.startsWith(`${bare(o)}/`)))
    const output = letters.has('v') ? listed(packed, wanted)?.output : undefined
    return {
      status: lost || !all || (spared && !isApplet(call)) ? 'failed' : 'ok',
      ...(output === undefined ? {} : { output }),
    }
  }
  if (letters.has('c') || letters.has('r') || letters.has('u')) {
    const target = piped ? undefined : call.files.real(call.path(file!))
    if (call.files.presence(to) === 'no') {
      if (target !== undefined && isApplet(call)) call.files.write(target, { size: exact(0, 'tar'), text: '' })
      return failed
    }
    // BusyBox starts another program for it, which has to be there.
    const helper = squeezed === undefined ? undefined : { z: 'gzip', j: 'bzip2', J: 'xz' }[squeezed]
    if (helper !== undefined && isApplet(call) && isAbsent(call, helper)) {
      if (target !== undefined) call.files.write(target, { size: exact(0, 'tar'), text: '' })
      return failed
    }
    const sources = operands.map((operand, i) => ({
      operand,
      folder: isApplet(call) ? to : (folders[i] ?? call.command.cwd),
    }))
    const missing = sources.some(({ operand, folder: at }) => call.files.presence(locate(call, operand, at)) === 'no')
    const simple = plain && letters.has('c') && excluded.length === 0 && !letters.has('h')
    const members = simple ? membersOf(call, sources, target) : undefined
    const packs = helper !== undefined || /\.(t?gz|t?xz|bz2|zst)$/.test(file ?? '')
    const known = members === undefined || packs ? undefined : lengthOf(call, members)
    const inputs = sources.map(({ operand, folder: at }) => locate(call, operand, at))
    const size = known ?? packedSize(call, inputs, packs)
    const content = members === undefined || (known === undefined && !packs) ? {} : { content: pack(call, { members }) }
    const shown = letters.has('v') && !piped && members !== undefined ? { output: namesOf(members) } : {}
    const status = missing ? 'failed' : 'ok'
    if (target === undefined) return { ...prints({ size, ...content }), status }
    call.files.put(target, { type: 'file', size, ...content })
    return { status, ...shown }
  }
  return undefined
}

const bare = (path: string): string => path.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '')

// Where an operand lies: behind -C it is as seen from there.
const locate = (call: Call, operand: string, folder: string): string =>
  call.path(operand.startsWith('/') ? operand : `${folder}/${operand}`)

const isAbsent = (call: Call, program: string): boolean =>
  (call.env('PATH') ?? '')
    .split(':')
    .every((folder) => isKnown(folder) && call.files.presence(inside(folder, program)) === 'no')

// A pattern fits a part of the path, from one name to the end of another.
function excludes(pattern: string, path: string): boolean {
  const names = bare(path).split('/')
  const wanted = bare(pattern)
  return names.some((_, from) =>
    names.some((_, to) => to >= from && matches(wanted, names.slice(from, to + 1).join('/'))),
  )
}

// In which order the file system gives the names of a folder nobody knows, so of more than one only the length is.
function namesOf(members: readonly Member[]) {
  const text = members.map(({ path, type }) => `${path}${type === 'dir' && !path.endsWith('/') ? '/' : ''}\n`).join('')
  return members.length < 2 ? textOutput(text) : { size: exact(utf8Bytes(text), 'names in an archive') }
}

function listed({ entries }: Packed, fits: ((path: string) => boolean) | undefined): Result {
  if (entries === undefined) return unsure
  return fits === undefined ? done : prints(namesOf(entries.filter(({ path }) => fits(path))))
}

/** What an archive of these operands holds; undefined: not all of it is known. */
function membersOf(
  call: Call,
  sources: readonly { readonly operand: string; readonly folder: string }[],
  archive: string | undefined,
): readonly Member[] | undefined {
  const members: Member[] = []
  for (const { operand, folder } of sources) {
    if (!isKnown(operand)) return undefined
    const at = locate(call, operand, folder)
    if (call.files.presence(at) === 'no') continue
    const top = call.files.get(at)
    if (top === undefined || top.maybe === true) return undefined
    const name = operand.replace(/^\/+/, '').replace(/\/+$/, '') || '.'
    const { entries, complete } = top.type === 'dir' ? call.files.below(at) : { entries: [], complete: true }
    if (!complete || entries.length > mostMembers) return undefined
    for (const entry of [top, ...entries]) {
      if (entry.path === archive) continue
      if (entry.type === 'package' || entry.maybe === true) return undefined
      const named = (path: string) => (path === at ? name : `${name}/${path.slice(at === '/' ? 1 : at.length + 1)}`)
      const { path, link, ...rest } =
        entry.type === 'hardlink' && entry.link === null ? bearer(call.files, entry) : entry
      const text = entry.type === 'file' ? call.files.text(path) : undefined
      // BusyBox leaves links the time at which they are made.
      const stamp = entry.type === 'file' || !isApplet(call) ? call.files.stamp(path) : undefined
      members.push({
        ...rest,
        path: named(path),
        link: entry.type === 'hardlink' && link !== null ? named(link) : link,
        ...(text === undefined ? {} : { text }),
        ...(stamp === undefined ? {} : { stamp }),
      })
    }
  }
  return members
}

const mostMembers = 20_000

/** Length of an archive: a header and full blocks for each, two empty blocks, and GNU tar fills up what it writes. */
function lengthOf(call: Call, members: readonly Member[]): Size | undefined {
  let bytes = 1024
  const ash = isApplet(call)
  const longest = ash ? 99 : 100
  const blocks = (length: number) => Math.ceil(length / 512) * 512
  for (const { path, type, link, size } of members) {
    if (type === 'file' && (size?.bytes == null || size.basis !== 'exact')) return undefined
    bytes += 512 + (type === 'file' ? blocks(size?.bytes ?? 0) : 0)
    const name = utf8Bytes(path) + (type === 'dir' ? 1 : 0)
    if (name > longest) bytes += 512 + blocks(name + 1)
    if (link != null && utf8Bytes(link) > longest) bytes += 512 + blocks(utf8Bytes(link) + 1)
  }
  return exact(ash ? bytes : Math.ceil(bytes / 10240) * 10240, 'tar')
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
  '--keep-old-files': 'k',
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

export default [model({ names: ['tar', 'gtar', 'bsdtar'], reliable: true, run: tar })]
