/** What lies below and beside apt: dpkg, apt-mark, add-apt-repository. Source: dpkg(1), apt-mark(8), add-apt-repository(1). */
import { textOutput } from '../shell/command.ts'
import { isKnown, unknownText } from '../shell/known.ts'
import { nameOf } from '../shell/paths.ts'
import { about, exact, unknown } from '../size.ts'
import { filesLabel } from '../sizes/apt/labels.ts'
import { type AptState, aptHold, aptMark, aptRemove, dpkgInstall } from '../sizes/apt/state.ts'
import { candidateOf, fetchLists, keepState, markStrangers, perform, placesOf, stateOf } from './apt.ts'
import type { Call, Result } from './command.ts'
import { done, model, prints, unsure } from './command.ts'
import { machineOf } from './quiet.ts'

function dpkg(call: Call): Result {
  const words = call.command.argv.slice(1)
  const has = (...names: readonly string[]): boolean => words.some((word) => names.includes(word))
  if (has('--print-architecture')) {
    const machine = machineOf(call)
    return machine === undefined ? done : prints(textOutput(`${machine[1]}\n`))
  }
  if (has('--add-architecture')) {
    const [arch = ''] = call.args
    call.files.put('/var/lib/dpkg/arch', { type: 'file', size: exact(`amd64\n${arch}\n`.length, 'architectures') })
    return undefined
  }
  if (has('-i', '--install', '--unpack')) {
    const state = stateOf(call)
    const candidates = call.args.flatMap((word) => candidateOf(state, word) ?? [])
    if (state !== undefined && call.args.length > 0 && candidates.length === call.args.length) {
      perform(call, dpkgInstall(state, candidates, placesOf(call)))
      return unsure
    }
    for (const word of call.args) {
      const name = isKnown(word) ? nameOf(word).replace(/(_.*)?\.deb$/, '') : 'of a name not known'
      const size = unknown(`contents of ${isKnown(word) ? nameOf(word) : 'a package file'}`)
      call.files.put('/usr', { type: 'package', label: filesLabel(name), size })
    }
    call.files.put('/var/lib/dpkg', { type: 'package', label: 'dpkg records', size: unknown('records of dpkg') })
    return unsure
  }
  if (has('-r', '--remove', '-P', '--purge')) {
    const state = stateOf(call)
    if (state !== undefined)
      perform(
        call,
        aptRemove(
          state,
          { words: call.args, auto: false, keepRecommended: true, purge: has('-P', '--purge'), direct: true },
          placesOf(call),
        ),
      )
    for (const word of call.args) call.files.removeLabel(filesLabel(word))
    return unsure
  }
  if (has('-x', '--extract', '-X', '--vextract')) {
    const [file = '', folder = '.'] = call.args
    const size = unknown(`contents of ${nameOf(file)}`)
    call.files.mkdir(call.path(folder))
    call.files.put(call.path(folder), { type: 'package', label: `contents of ${nameOf(file)}`, size })
  }
  return unsure
}

function mark(call: Call): Result {
  const state = stateOf(call)
  const [verb = '', ...words] = call.args
  if (state === undefined) {
    markStrangers(call, verb, words)
    return unsure
  }
  if (verb === 'showmanual' || verb === 'showauto') {
    const names = [...state.system].flatMap(([name, { automatic }]) =>
      automatic === (verb === 'showauto') ? [name] : [],
    )
    // Of a base that was guessed there are more; what this file installed is known.
    const more = state.guessed ? [unknownText(verb)] : []
    return prints(textOutput([...names.sort(), ...more].map((name) => `${name}\n`).join('')))
  }
  if (verb === 'showhold')
    return prints(
      textOutput(
        [...(state.held ?? [])]
          .sort()
          .map((name) => `${name}\n`)
          .join(''),
      ),
    )
  if (verb === 'hold' || verb === 'unhold') return hold(call, state, words)
  if (verb !== 'auto' && verb !== 'manual' && verb !== 'minimize-manual') return undefined
  const names = words.flatMap((word) => {
    if (!isKnown(word)) return []
    return word === '.*' || word === '*' ? [...state.system.keys()] : [word.replace(/:.*$/, '')]
  })
  const marked = aptMark(state, names, verb === 'auto')
  // Nobody knows which packages: those that are there may stay.
  keepState(call, words.some((word) => !isKnown(word)) ? { ...marked, wantsMore: true } : marked)
  const bytes = [...marked.system].reduce((sum, [name, { automatic }]) => sum + (automatic ? name.length + 49 : 0), 0)
  call.files.put('/var/lib/apt/extended_states', {
    type: 'file',
    size: about(bytes, 0, bytes + 200, 'resolved', 'records of apt'),
  })
  return undefined
}

// dpkg keeps the wish in its records, which are written anew.
function hold(call: Call, state: AptState, words: readonly string[]): Result {
  const names = words.flatMap((word) => (isKnown(word) ? [word.replace(/:.*$/, '')] : []))
  keepState(call, aptHold(state, names, call.args[0] === 'hold'))
  const status = '/var/lib/dpkg/status'
  const bytes = placesOf(call).bytes(status) ?? state.suite.lengths[status] ?? 0
  for (const path of [status, `${status}-old`])
    call.files.put(path, { type: 'file', size: about(bytes, bytes - 200, bytes + 200, 'resolved', 'records of dpkg') })
  return undefined
}

function repository(call: Call): Result {
  const [source = 'archive'] = call.args
  const name = isKnown(source) ? source.replace(/^ppa:/, '').replace(/[^\w.-]+/g, '-') : 'archive'
  if (!/^(universe|multiverse|restricted|main|contrib|non-free\S*)$/.test(source))
    call.files.put(`/etc/apt/sources.list.d/${name}.list`, {
      type: 'file',
      size: about(150, 40, 3000, 'heuristic', 'an archive of packages'),
    })
  const state = stateOf(call)
  if (state !== undefined && !call.flags.has('-n', '--no-update')) fetchLists(call, state)
  return unsure
}

export default [
  model({ names: ['dpkg'], values: ['--root', '--instdir', '--admindir', '--log'], run: dpkg }),
  model({ names: ['apt-mark'], values: ['-f', '--file', '-c', '-o'], run: mark }),
  model({ names: ['add-apt-repository', 'apt-add-repository'], values: ['-k', '--keyserver'], run: repository }),
]
