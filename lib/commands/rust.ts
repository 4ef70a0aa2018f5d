/** Cargo and rustup. Source: The Cargo Book (home, build cache), the rustup book. */
import { inside, nameOf, parentOf } from '../shell/paths.ts'
import type { Call, Result } from './command.ts'
import { model, unsure } from './command.ts'
import { compiled } from './compiler-cache.ts'
import { cache, content, emptied, folderOf, made, madeFile, temporary } from './parcels.ts'
import type { Act } from './verbs.ts'
import { byVerb, nothing } from './verbs.ts'

const cargoHome = (call: Call): string => folderOf(call, 'CARGO_HOME') ?? inside(call.home, '.cargo')
const rustupHome = (call: Call): string => folderOf(call, 'RUSTUP_HOME') ?? inside(call.home, '.rustup')

const project = (call: Call): string => {
  const manifest = call.flags.value('--manifest-path')
  return manifest === undefined ? call.path(call.flags.value('-C') ?? '.') : parentOf(call.path(manifest))
}

const target = (call: Call): string => {
  const named = call.flags.value('--target-dir')
  return named === undefined
    ? (folderOf(call, 'CARGO_TARGET_DIR') ?? inside(project(call), 'target'))
    : call.path(named)
}

const registry = (call: Call): void => {
  if (call.flags.has('--offline')) return
  cache(call, inside(cargoHome(call), 'registry'), 'cargo registry')
  const manifest =
    call.files.text(inside(project(call), 'Cargo.lock')) ?? call.files.text(inside(project(call), 'Cargo.toml'))
  // Only dependencies from repositories need it.
  const fetches = (): void => cache(call, inside(cargoHome(call), 'git'), 'cargo repositories')
  if (manifest === undefined) call.files.perhaps(fetches)
  else if (/git\+|\bgit\s*=/.test(manifest)) fetches()
}

// What a build needs for the next one: objects of every crate, and what build scripts made. Source: The Cargo Book, Build
// cache and Profiles.
function intermediates(call: Call, folder: string, usual: string): void {
  const profile = call.flags.has('--release', '-r') ? 'release' : (call.flags.value('--profile') ?? usual)
  const below = /^(?:dev|test)$/.test(profile) ? 'debug' : profile === 'bench' ? 'release' : profile
  const triple = call.flags.value('--target') ?? call.env('CARGO_BUILD_TARGET')
  const at = triple ? inside(folder, nameOf(triple).replace(/\.json$/, '')) : folder
  cache(call, inside(at, `${below}/deps`), 'cargo intermediate files')
}

const compile: Act = (call) => {
  registry(call)
  content(call, target(call), `cargo ${call.args[0]}`)
  if (!/^(?:build-release|component|tauri|contract|pgrx)$/.test(call.args[0]!))
    intermediates(call, target(call), call.args[0] === 'bench' ? 'bench' : 'dev')
  compiled(call)
  const copied = call.flags.value('--artifact-dir', '--out-dir')
  if (copied !== undefined) made(call, call.path(copied), 'cargo build')
  if (!call.flags.has('--locked', '--frozen') && call.files.presence(inside(project(call), 'Cargo.lock')) === 'no')
    madeFile(call, inside(project(call), 'Cargo.lock'), 'lock file of cargo')
  return undefined
}

const install: Act = (call, args) => {
  registry(call)
  const root = call.flags.value('--root')
  const folder = inside(
    root === undefined ? (folderOf(call, 'CARGO_INSTALL_ROOT') ?? cargoHome(call)) : call.path(root),
    'bin',
  )
  const own = call.flags.value('--path')
  const names = args.length > 0 ? args : [own === undefined ? (call.flags.value('--git') ?? 'program') : call.path(own)]
  for (const word of names) {
    const name = nameOf(word.replace(/@.*$/, '').replace(/\.git$/, ''))
    madeFile(call, inside(folder, name), `program built by cargo: ${name}`, 0o755)
  }
  // Other crates are built in a temporary folder that goes, unless told where.
  const told = call.flags.value('--target-dir') ?? call.env('CARGO_TARGET_DIR')
  if (call.args[0] === 'install' && own !== undefined) {
    const folder = told ? call.path(told) : inside(call.path(own), 'target')
    content(call, folder, 'cargo install')
    intermediates(call, folder, call.flags.has('--debug') ? 'dev' : 'release')
  } else if (call.args[0] === 'install' && told) temporary(call, call.path(told), 'cargo install: build folder')
  return undefined
}

const cargo = byVerb({
  'build|b|rustc|test|t|run|r|check|c|clippy|doc|d|bench|nextest|build-release|zigbuild|auditable|leptos|xbuild|component|tauri|contract|pgrx':
    compile,
  'chef cook|chef prepare'(call) {
    if (call.args[1] === 'cook') return compile(call, [])
    madeFile(call, call.path(call.flags.value('--recipe-path') ?? 'recipe.json'), 'recipe of cargo-chef')
    return undefined
  },
  'install|binstall': install,
  'fetch|update|generate-lockfile|metadata|tree|search'(call) {
    registry(call)
    if (call.args[0] === 'generate-lockfile' || call.args[0] === 'update')
      madeFile(call, inside(project(call), 'Cargo.lock'), 'lock file of cargo')
    return undefined
  },
  vendor(call, args) {
    registry(call)
    content(call, call.path(args[0] ?? 'vendor'), 'cargo: vendored crates')
    return undefined
  },
  'new|init'(call, args) {
    const folder = call.path(args[0] ?? '.')
    for (const name of ['Cargo.toml', `src/${call.flags.has('--lib') ? 'lib' : 'main'}.rs`])
      if (call.files.presence(inside(folder, name)) !== 'yes') madeFile(call, inside(folder, name), 'new crate')
    return undefined
  },
  clean(call) {
    if (call.flags.has('-p', '--package', '--release', '--doc')) call.files.lessen(target(call))
    else emptied(call, target(call))
    return undefined
  },
  uninstall(call, args) {
    for (const name of args) call.files.remove(inside(cargoHome(call), `bin/${name}`))
    return undefined
  },
  cache(call) {
    if (call.flags.has('-a', '--autoclean', '-r', '--remove-dir'))
      for (const part of ['registry', 'git']) call.files.lessen(inside(cargoHome(call), part))
    return undefined
  },
  'fmt|version|help|login|publish|package|audit|deny|locate-project|pkgid|verify-project|fix|add|remove|rm': nothing,
})

const toolchain: Act = (call, args) => {
  const names = args.length > 0 ? args : ['toolchain']
  for (const name of names) content(call, rustupHome(call), `rustup:${name}`)
  return undefined
}

const rustup = byVerb({
  'toolchain install|toolchain add|install|default|update|target add|component add|override set': toolchain,
  'toolchain uninstall|toolchain remove|uninstall|target remove|component remove'(call, args) {
    for (const name of args) call.files.removeLabel(`rustup:${name}`)
    return undefined
  },
  'self uninstall'(call) {
    emptied(call, rustupHome(call))
    emptied(call, cargoHome(call))
    return undefined
  },
  run(call, args) {
    call.also(args.slice(1))
    return undefined
  },
  'show|set|which|doc|man|completions|self|check|override|toolchain|target|component': nothing,
})

/** What the installer of rustup leaves. */
export function installRustup(call: Call, words: readonly string[]): void {
  const given = (...names: readonly string[]): string | undefined => {
    for (const [i, word] of words.entries()) {
      if (names.includes(word)) return words[i + 1]
      const name = names.find((one) => word.startsWith(`${one}=`))
      if (name !== undefined) return word.slice(name.length + 1)
    }
    return undefined
  }
  content(call, inside(cargoHome(call), 'bin'), 'rustup')
  const name = given('--default-toolchain') ?? 'stable'
  if (name !== 'none') content(call, rustupHome(call), `rustup:${name}`)
  if (!words.includes('--no-modify-path')) content(call, call.home, 'rustup: start-up files of the shell')
}

export default [
  model({
    names: ['cargo', 'xx-cargo', 'cross', 'wasm-pack', 'trunk'],
    values:
      '--manifest-path --target --target-dir --features -F -p --package --bin --example -j --jobs --profile --root --path --git --branch --tag --rev --version --vers --registry --recipe-path --out-dir --artifact-dir -C --config --message-format --color --exclude --index'.split(
        ' ',
      ),
    run: (call): Result => {
      // `cargo +nightly build`, and `cargo.toml`'s own version flag.
      const args = call.args[0]?.startsWith('+') ? call.args.slice(1) : call.args
      if (args.length === 0) return unsure
      return cargo({
        ...call,
        args: call.name === 'cargo' || call.name === 'cross' || call.name === 'xx-cargo' ? args : ['build', ...args],
      })
    },
  }),
  model({
    names: ['rustup'],
    values: ['--toolchain', '--profile', '-c', '--component', '-t', '--target', '--path'],
    run: rustup,
  }),
  model({
    names: ['rustup-init', 'rustup-init.sh', 'rustup.sh'],
    run(call): Result {
      installRustup(call, call.command.argv.slice(1))
      return unsure
    },
  }),
]
