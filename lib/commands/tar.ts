/** tar: what it packs is kept in mind, what it unpacks is unpacked from there. Source: manual of GNU tar 1.34; BusyBox 1.35. */
import { textOutput } from '../shell/command.ts'
import { isKnown, utf8Bytes } from '../shell/known.ts'
import { inside, parentOf } from '../shell/paths.ts'
import { matches } from '../shell/pattern.ts'
import { about, exact } from '../size.ts'
import { isApplet, isDebians } from './busybox.ts'
import type { Call, Result } from './command.ts'
import { done, failed, model, prints, unsure } from './command.ts'
import { type Member, pack } from './packed.ts'
import { holds } from './places.ts'
import { lengthOf, locate, membersOf } from './tar-members.ts'
import { type Asked, askedOf } from './tar-words.ts'
import { type Packed, packedAt, packedSize, stream, unpack } from './unpack.ts'

function tar(call: Call): Result {
  const asked = askedOf(call)
  const { letters, excluded } = asked
  if (isDebians(call) && (excluded.length > 0 || [...letters].some((letter) => !'acfhjkmoptvxzCJOZ'.includes(letter))))
    return failed
  if (letters.has('x') || letters.has('t')) return unpacked(call, asked)
  if (letters.has('c') || letters.has('r') || letters.has('u')) return packedUp(call, asked)
  return undefined
}

function unpacked(call: Call, asked: Asked): Result {
  const { letters, file, folder = call.command.cwd } = asked
  if (file !== undefined && call.files.presence(call.path(file)) === 'no') return failed
  if (letters.has('x') && !letters.has('O') && !holds(call.files, folder)) return failed
  const packed = file === undefined ? stream(call) : packedAt(call, file)
  // Nothing at all is no archive.
  if (packed.size?.bytes === 0 && packed.size.basis === 'exact') return failed
  if (letters.has('t')) return listed(packed, letters.has('v') ? undefined : (path) => isAsked(asked, path))
  return letters.has('O') ? unsure : extracted(call, asked, packed, call.files.real(folder))
}

function extracted(call: Call, asked: Asked, packed: Packed, to: string): Result {
  const { letters, strip, renames } = asked
  const isRoot = call.uid(call.command.user) === 0
  const keep = !letters.has('o') && isRoot
  // Who is not root gets all bits with -p only, and never from BusyBox.
  const masks = asked.masks || (!isRoot && (isApplet(call) || !letters.has('p')))
  // With -k what is there stays: to GNU's tar that is a failure, to BusyBox it is not.
  let isSpared = false
  const stands = (path: string): boolean => {
    if (!letters.has('k')) return false
    const at = inside(to, withoutFirst(path, strip))
    const isThere = call.files.presence(at) === 'yes'
    isSpared ||= isThere && call.files.get(at)?.type !== 'dir'
    return isThere
  }
  const wanted = (path: string) =>
    isAsked(asked, path) && !stands(path) && !asked.excluded.some((pattern) => excludes(pattern, path))
  const entries = letters.has('m') ? packed.entries?.map(untimed) : packed.entries
  const known = { ...packed, entries: renames || letters.has('P') ? undefined : entries }
  const compressed = squeezed(asked) !== undefined || !/\.tar$/.test(packed.name)
  const isWhole = unpack(call, known, { folder: to, strip, keep, masks, wanted, compressed })
  if (packed.entries === undefined || renames) return unsure
  const isFailed = isMissing(asked, packed.entries) || !isWhole || (isSpared && !isApplet(call))
  const output = letters.has('v') ? listed(packed, wanted)?.output : undefined
  return { status: isFailed ? 'failed' : 'ok', ...(output && { output }) }
}

const untimed = ({ time: _, stamp, ...member }: Member): Member =>
  stamp === undefined ? member : { ...member, stamp: { data: stamp.data } }

function packedUp(call: Call, asked: Asked): Result {
  const { letters, file, folder = call.command.cwd, plain, excluded } = asked
  const target = file === undefined ? undefined : call.files.real(call.path(file))
  // BusyBox starts another program to compress, which has to be there.
  const helper = compressors[squeezed(asked) ?? '']
  if (target !== undefined && (!holds(call.files, parentOf(target)) || call.files.get(target)?.type === 'dir'))
    return failed
  const isHelpless = helper !== undefined && isApplet(call) && isAbsent(call, helper)
  if (isHelpless || call.files.presence(folder) === 'no') {
    // The archive is begun before anybody looks; a program that compresses nothing may write a few bytes all the same.
    if (target !== undefined && (isApplet(call) || squeezed(asked) === undefined))
      call.files.write(target, { size: exact(0, 'tar'), text: '' })
    else if (target !== undefined) call.files.write(target, { size: about(20, 0, 100, 'heuristic', 'tar') })
    return failed
  }
  const sources = isApplet(call) ? asked.operands.map(({ path }) => ({ path, folder })) : asked.operands
  const places = sources.map((source) => locate(call, source))
  const isSimple = plain && letters.has('c') && (excluded.length === 0 || !isApplet(call)) && !letters.has('h')
  const isLeftOut = (path: string) => excluded.some((pattern) => excludes(pattern, path))
  const members = isSimple ? membersOf(call, sources, target, isLeftOut) : undefined
  const compresses = helper !== undefined || /\.(t?gz|t?xz|bz2|zst)$/.test(file ?? '')
  const known = members === undefined || compresses ? undefined : lengthOf(call, members)
  const size = known ?? packedSize(call, places, compresses)
  const content =
    members === undefined || (known === undefined && !compresses) ? {} : { content: pack(call, { members }) }
  const status = places.some((place) => call.files.presence(place) === 'no') ? 'failed' : 'ok'
  if (asked.removes) for (const place of places) call.files.remove(place)
  if (target === undefined) return { ...prints({ size, ...content }), status }
  call.files.put(target, { type: 'file', size, ...content })
  return { status, ...(letters.has('v') && members !== undefined && { output: namesOf(members) }) }
}

const compressors: Readonly<Record<string, string>> = { z: 'gzip', j: 'bzip2', J: 'xz' }
const squeezed = ({ letters }: Asked): string | undefined =>
  Object.keys(compressors).find((letter) => letters.has(letter))

const bare = (path: string): string => path.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '')

/** A path without so many leading parts. */
const withoutFirst = (path: string, parts: number): string =>
  path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .slice(parts)
    .join('/')

const isBelow = (path: string, operand: string): boolean => `${bare(path)}/`.startsWith(`${bare(operand)}/`)

const isAsked = ({ operands, wild }: Asked, path: string): boolean =>
  operands.length === 0 ||
  operands.some((operand) => isBelow(path, operand.path) || (wild && matches(bare(operand.path), bare(path))))

/** Is something asked for that is not in the archive? */
const isMissing = ({ operands, wild }: Asked, members: readonly Member[]): boolean =>
  !wild && operands.some((operand) => !members.some(({ path }) => isBelow(path, operand.path)))

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

export default [model({ names: ['tar', 'gtar', 'bsdtar'], reliable: true, run: tar })]
