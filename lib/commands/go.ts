/** Go: the module cache, the build cache, and what a build writes. Source: `go help environment`, `go help build`, `go help cache`. */
import { textOutput } from '../shell/command.ts'
import { display } from '../shell/known.ts'
import { inside, nameOf } from '../shell/paths.ts'
import type { Call, Result } from './command.ts'
import { model, prints, unsure } from './command.ts'
import { cache, cacheHome, content, emptied, folderOf, madeFile, temporary } from './parcels.ts'
import { isFolder } from './places.ts'
import type { Act } from './verbs.ts'
import { byVerb, nothing } from './verbs.ts'

const goPath = (call: Call): string => {
  const first = (call.env('GOPATH') ?? '').split(':')[0]!
  return first === '' ? inside(call.home, 'go') : call.path(first)
}

const moduleCache = (call: Call): string => named(call, 'GOMODCACHE') ?? inside(goPath(call), 'pkg/mod')
const buildCache = (call: Call): string => named(call, 'GOCACHE') ?? inside(cacheHome(call), 'go-build')

/** What `go env -w` said. */
const written = (call: Call): ReadonlyMap<string, string> =>
  (call.state.get('go env') as ReadonlyMap<string, string> | undefined) ?? new Map()

/** A folder from the environment, else as it was written. */
function named(call: Call, name: string): string | undefined {
  const told = written(call).get(name)
  return folderOf(call, name) ?? (told ? call.path(told) : undefined)
}

const isVendored = (call: Call): boolean =>
  call.flags.value('-mod') === 'vendor' ||
  /-mod[= ]vendor/.test(call.env('GOFLAGS') ?? '') ||
  call.files.presence(inside(folder(call), 'vendor/modules.txt')) === 'yes'

const folder = (call: Call): string => call.path(call.flags.value('-C') ?? '.')

const modules = (call: Call): void => {
  if (!isVendored(call) && call.env('GO111MODULE') !== 'off')
    cache(call, moduleCache(call), 'go modules', { cleanup: 'go clean -modcache' })
}

const compiled = (call: Call): void => {
  if (call.env('GOCACHE') !== 'off') cache(call, buildCache(call), 'go build cache', { cleanup: 'go clean -cache' })
}

/** The name a program gets from its package: last part of the path, a version set aside. */
const programName = (word: string): string => {
  const path = word
    .replace(/@.*$/, '')
    .replace(/\/\.\.\.$/, '')
    .replace(/\/+$/, '')
  const last = nameOf(path)
  return /^v\d+$/.test(last) ? nameOf(path.slice(0, path.lastIndexOf('/'))) : last
}

// Without `-o` it is named after the package: its folder, or the module where that is known.
function defaultName(call: Call, [word = '.']: readonly string[]): string | undefined {
  if (word.endsWith('.go')) return nameOf(word).replace(/\.go$/, '')
  const at = call.path(inside(folder(call), word).replace(/\/\.$/, ''))
  const module = /^\s*module\s+(\S+)/m.exec(call.files.text(inside(at, 'go.mod')) ?? '')?.[1]
  if (module !== undefined) return programName(module)
  return word === '.' || word.includes('...') ? undefined : programName(at)
}

const build: Act = (call, args) => {
  modules(call)
  compiled(call)
  const output = call.flags.value('-o')
  if (output === '/dev/null') return undefined
  if (output === undefined) {
    const name = args.length > 1 && !args.every((one) => one.endsWith('.go')) ? undefined : defaultName(call, args)
    if (args.length > 1 && !args.every((one) => one.endsWith('.go'))) return undefined
    if (name === undefined) call.files.mystery('go build', folder(call))
    else madeFile(call, inside(folder(call), name), `program built by Go: ${name}`, 0o755)
    return undefined
  }
  const path = call.path(output.startsWith('/') ? output : inside(folder(call), output))
  if (output.endsWith('/') || isFolder(call.files, path) === true) content(call, path, 'programs built by Go')
  else madeFile(call, path, `program built by Go: ${nameOf(display(path))}`, 0o755)
  return undefined
}

const bin = (call: Call): string => {
  const named = folderOf(call, 'GOBIN')
  const { arch } = call.platform
  const foreign = call.env('GOARCH')
  const below = foreign !== undefined && foreign !== arch ? `/${call.env('GOOS') ?? 'linux'}_${foreign}` : ''
  return named ?? inside(goPath(call), `bin${below}`)
}

const install: Act = (call, args) => {
  modules(call)
  compiled(call)
  const names = args.filter((word) => !word.endsWith('...'))
  for (const word of names) {
    const name = word === '.' ? defaultName(call, []) : programName(word)
    if (name === undefined) content(call, bin(call), 'programs built by Go')
    else madeFile(call, inside(bin(call), name), `program built by Go: ${name}`, 0o755)
  }
  if (names.length < args.length || args.length === 0) content(call, bin(call), 'programs built by Go')
  return undefined
}

// Before modules it fetched sources into GOPATH and installed what they make.
const get: Act = (call, args) => {
  if (call.env('GO111MODULE') === 'off') {
    for (const word of args) content(call, inside(goPath(call), 'src'), `go: ${word}`)
    return call.flags.has('-d') ? undefined : install(call, args)
  }
  modules(call)
  if (call.flags.has('-d')) return undefined
  call.files.perhaps(() => content(call, bin(call), 'programs built by Go'))
  compiled(call)
  return undefined
}

const go = byVerb({
  build,
  install,
  get,
  'mod download|mod tidy|mod graph|mod why|mod verify|list': (call) => {
    modules(call)
    if (call.args[1] === 'tidy')
      for (const name of ['go.mod', 'go.sum']) madeFile(call, inside(folder(call), name), 'list of modules')
    return undefined
  },
  'mod vendor|work vendor'(call) {
    modules(call)
    content(call, inside(folder(call), 'vendor'), 'go: vendored modules')
    return undefined
  },
  'mod init|mod edit|work init|work use|work sync'(call) {
    madeFile(call, inside(folder(call), call.args[0] === 'work' ? 'go.work' : 'go.mod'), 'list of modules')
    return undefined
  },
  'test|vet|run|tool'(call, args) {
    if (call.args[0] === 'tool' && !/\//.test(args[0] ?? '')) return undefined
    modules(call)
    compiled(call)
    const output = call.flags.value('-o')
    if (output !== undefined) madeFile(call, call.path(output), 'test program built by Go', 0o755)
    if (call.args[0] === 'run') call.files.mystery(`go run ${args[0] ?? ''}`.trim(), folder(call))
    return undefined
  },
  generate(call) {
    modules(call)
    compiled(call)
    call.files.mystery('go generate', folder(call))
    return undefined
  },
  env(call, args) {
    if (call.flags.has('-w')) {
      const pairs = args.flatMap((word) => {
        const [, name, value] = /^(\w+)=(.*)$/s.exec(word) ?? []
        return name === undefined || value === undefined ? [] : ([[name, value]] as const)
      })
      call.state.set('go env', new Map([...written(call), ...pairs].slice(-100)))
    }
    if (call.flags.has('-w', '-u')) madeFile(call, inside(call.home, '.config/go/env'), 'configuration of Go')
    const values: Readonly<Record<string, () => string>> = {
      GOMODCACHE: () => moduleCache(call),
      GOCACHE: () => buildCache(call),
      GOPATH: () => goPath(call),
    }
    const told = args.map((name) => (Object.hasOwn(values, name) ? values[name]!() : undefined))
    return told.length === 0 || call.flags.has('-w', '-u', '-json') || told.includes(undefined)
      ? undefined
      : prints(textOutput(`${told.join('\n')}\n`))
  },
  clean(call) {
    if (call.flags.has('-modcache')) emptied(call, moduleCache(call))
    if (call.flags.has('-cache')) emptied(call, buildCache(call))
    return undefined
  },
  'version|fmt|doc|help|fix|bug|telemetry|mod|work': nothing,
})

const values = [
  '-o',
  '-C',
  '-mod',
  '-ldflags',
  '-gcflags',
  '-asmflags',
  '-gccgoflags',
  '-tags',
  '-p',
  '-installsuffix',
  '-pkgdir',
  '-buildmode',
  '-compiler',
  '-modfile',
  '-overlay',
  '-pgo',
  '-toolexec',
  '-run',
  '-timeout',
  '-count',
  '-coverprofile',
  '-bench',
  '-exec',
  '-coverpkg',
  '-covermode',
  '-f',
]

export default [
  model({ names: ['go', 'xx-go', 'go1.*', 'garble'], values, oneDash: true, reliable: ['clean'], run: go }),
  model({
    names: 'gox goreleaser mage task ko tinygo statik packr packr2 swag wire protoc buf templ sqlc'.split(' '),
    oneDash: true,
    run(call): Result {
      if (call.flags.has('--version', '-version')) return unsure
      call.files.mystery(call.name, call.path('.'))
      return unsure
    },
  }),
  model({
    names: ['dep', 'glide', 'govendor', 'godep'],
    run(call): Result {
      if (/^(ensure|install|up|sync|get|restore|update)$/.test(call.args[0] ?? '')) {
        content(call, call.path('vendor'), 'go: vendored modules')
        if (call.name !== 'dep') temporary(call, inside(call.home, `.${call.name}`), `${call.name} cache`)
        else cache(call, inside(goPath(call), 'pkg/dep'), 'dep cache')
      }
      return unsure
    },
  }),
]
