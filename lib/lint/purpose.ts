/** What an image is for, as far as its start shows, and what is in it for its own build only. */

import { keptFor } from '../kept.ts'
import type { Size } from '../model.ts'
import { sum, unknown } from '../size.ts'
import type { CommandFacts, Facts, Place, StageFacts } from './facts.ts'
import type { Doer, Left } from './losses.ts'

/** Bytes that nobody can count. */
export const unknownBytes: Size = unknown('depends on what is installed')

/** Tools of a build that stay in the image, by who installed them. */
export interface Tools {
  readonly by: Doer
  readonly names: readonly string[]
  readonly bytes: Size
  readonly sure: boolean
}

// Packages by their names in Debian, Alpine and Red Hat's families.
const compilers =
  /^(?:build-essential|build-base|alpine-sdk|gcc|g\+\+|gcc-c\+\+|clang|make|cmake|autoconf|automake|go|golang|golang-go|rust|rustc|cargo|ghc|maven|gradle|default-jdk|openjdk-?\d+-jdk(?:-headless)?|\.?[\w.]*build-?deps)(?:-?\d[\w.]*)?$|^@?"?development[ -]tools"?$/i
const headers = /(?:-dev|-devel|-headers)$|^linux-headers$/

/** Is a package of this name a compiler, a build system, or headers? */
export const isTool = (name: string): boolean => compilers.test(name) || headers.test(name)

const builds =
  /^(?:make|ninja|cmake|meson|configure|gcc|g\+\+|cc|c\+\+|clang|go|cargo|rustc|mvn|gradle|gradlew|mvnw|ghc|stack|cabal|pip\d*(?:\.\d+)?|pip3|npm|yarn|pnpm|gem|bundle|poetry|pipenv|uv|pecl|docker-php-ext-install|phpize|cpan|cpanm|luarocks|mix|rebar3|node-gyp|scons|bazel|dotnet|javac|python\d*(?:\.\d+)?)$/

/** The words the image starts with, of ENTRYPOINT and CMD; empty: nobody says. */
export const startOf = ({ image }: Facts): readonly string[] => [
  ...(image.image.config.Entrypoint ?? []),
  ...(image.image.config.Cmd ?? []),
]

const shells =
  /^(?:|ba|da|a|z|k|pw)sh$|^(?:jshell|powershell|tail|sleep|top|true|cat|code-server|jupyter.*|start-notebook\.(?:sh|py)|sshd|env)$/
const toolkits =
  /\b(?:go run|go test|cargo run|cargo watch|mvnw?|gradlew?|make|air|nodemon|dlv|npm run (?:dev|watch|start:dev)|npm test|yarn dev|pnpm dev|ng serve|vite|webpack(?:-dev-server)?|dotnet (?:run|watch)|lein|boot|clojure|clj|sbt|stack|cabal|ghci|irb|mix|iex|bazel|gcc|g\+\+|clang)\b/

const nameIn = (word: string): string => word.replace(/^.*\//, '')

// What prepares something and then becomes the words behind it.
const wrapper = /entry-?point|^(?:tini|dumb-init|catatonit|su-exec|gosu|docker-init|s6-setuidgid)(?:-static)?$/

/** The words of the start without those that only lead to it. */
function withoutWrappers(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => !wrapper.test(nameIn(word)) && !/^-/.test(word))
  return at > 0 && wrapper.test(nameIn(words[0]!)) ? words.slice(at) : words
}

/** The program the image starts; undefined: a shell, a tool kit, nothing: whoever runs it may want its tools. */
export const programOf: (facts: Facts) => string | undefined = keptFor(startedBy)

function startedBy(facts: Facts): string | undefined {
  const words = withoutWrappers(startOf(facts))
  const [first = '', second, third] = words
  const line = words.join(' ')
  if (toolkits.test(line) || /^(?:build|make|compile)(?:\.sh)?$/.test(nameIn(first))) return undefined
  if (!shells.test(nameIn(first))) return nameIn(first)
  if (second !== '-c' || third === undefined) {
    return second !== undefined && /^[/.\w]/.test(second) && shells.test(nameIn(first)) ? nameIn(second) : undefined
  }
  const program = nameIn(
    third
      .trim()
      .replace(/^exec\s+/, '')
      .split(/\s+/)[0] ?? '',
  )
  return shells.test(program) ? undefined : program
}

// Who reads a store of packages whenever it is told to do something, and would fill it again. Source: their manual pages.
const readers: readonly (readonly [store: RegExp, start: RegExp])[] = [
  [/^maven repository/, /\b(?:mvnw?|mvnd|clojure|clj) +\S|\b(?:lein|boot) +(?!repl\b)\S/],
  [/^gradle (?:project )?cache/, /\bgradlew? +\S/],
  [/^go (?:modules|build cache)/, /\bgo (?:run|test|build|generate|tool|vet)\b|(?:^|[ /])(?:air|dlv|reflex|gow)\b/],
  [/^cargo /, /\bcargo +\S/],
  [/^(?:sbt|ivy cache|coursier cache)/, /\bsbt +\S/],
  [/^nuget packages/, /\bdotnet (?:run|watch|test|build|publish|ef)\b/],
  [/^cabal (?:packages|store)/, /\bcabal +\S/],
  [/^stack packages/, /\bstack +\S/],
  [/^swift packages/, /\bswift +\S/],
]

/** Is this store of packages what the image starts with: `CMD mvn spring-boot:run` would fetch it again each time? */
export function neededAtStart(label: string, facts: Facts): boolean {
  const line = startOf(facts).join(' ')
  return readers.some(([store, start]) => store.test(label) && start.test(line))
}

// What fetches for those who build upon the image, and does nothing with it itself.
const fetchers = /^(?:rosdep update|lein deps)$/

/** Was this fetched for images that stand on this one? Nothing here makes use of it, and no program is started. */
export function isForOthers({ by }: Left, facts: Facts): boolean {
  const { command } = by
  if (command === undefined || !fetchers.test(command.argv.slice(0, 2).join(' '))) return false
  const all = commandsOf(facts)
  const uses = all.slice(all.indexOf(command) + 1).some(({ name }) => name === command.name)
  const starts = facts.stages.some(
    ({ ships, steps }) => ships && steps.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT'),
  )
  return !uses && !(starts && programOf(facts) !== undefined)
}

/** All commands of the stages that ship, in order. */
export const commandsOf = ({ stages }: Facts): readonly CommandFacts[] =>
  stages.flatMap(({ ships, steps }) => (ships ? steps.flatMap(({ commands }) => commands) : []))

/** Compilers and headers that are seen in the end, in an image that starts something else and was built with them. */
export function buildTools(facts: Facts): readonly Tools[] {
  const program = programOf(facts)
  if (program === undefined) return []
  const found = new Map<
    object,
    { readonly by: Doer; readonly names: Set<string>; readonly sizes: Size[]; sure: boolean; compiler: boolean }
  >()
  for (const file of facts.image.files) {
    const label =
      file.entry.type === 'package' ? /^(?:apt|apk|rpm|pacman):(.+)$/.exec(file.entry.label ?? '')?.[1] : undefined
    if (label === undefined || !(compilers.test(label) || headers.test(label))) continue
    const by = facts.image.writer(file)
    if (by === undefined) continue
    const key = by.command ?? by.step
    const group = found.get(key) ?? { by, names: new Set<string>(), sizes: [], sure: false, compiler: false }
    found.set(key, group)
    group.names.add(label)
    group.sizes.push(file.bytes)
    group.sure ||= file.entry.maybe !== true
    group.compiler ||= compilers.test(label)
  }
  const all = commandsOf(facts)
  return [...found.values()].flatMap(({ by, names, sizes, sure, compiler }) => {
    const after = by.command === undefined ? all : all.slice(all.indexOf(by.command) + 1)
    if (!compiler || !after.some(({ name, deed }) => builds.test(name) && deed.touches.length > 0)) return []
    return [{ by, names: [...names].sort(byAsking(by)), bytes: sum(sizes), sure }]
  })
}

/** What the command names comes first. */
const byAsking =
  ({ command }: Doer) =>
  (a: string, b: string): number =>
    Number(command?.argv.includes(b) ?? false) - Number(command?.argv.includes(a) ?? false) || (a < b ? -1 : 1)

// Images made for building. Source: their pages on Docker Hub.
const kits =
  /(?:^|\/)(?:golang|rust|maven|gradle|gcc|haskell|swift|dart|elixir|sbt|clojure|emscripten\/emsdk|rustlang\/rust|dotnet\/(?:core\/)?sdk)(?=[:@]|$)|[:-]jdk|(?:^|\/)[\w-]*-?(?:sdk|builder|devel)(?=[:@]|$)|:[\w.-]*-(?:sdk|devel)\b/
const slim = /-slim(?:-|$)|jlink|jre/

const compiling =
  /^(?:go (?:build|install)|cargo (?:build|install)|(?:\.\/)?mvnw? .*|(?:\.\/)?gradlew? .*|javac .*|g?cc .*|g\+\+ .*|make(?: .*)?|cmake --build.*|ninja.*|dotnet (?:publish|build).*|swift build.*|dart compile.*|stack (?:build|install).*|cabal (?:build|install).*|ghc .*|sbt .*|lein .*)/

/** A target that stands on a kit, whose start needs only what was built. */
export interface BuilderBase {
  readonly stage: StageFacts
  readonly ref: string
  readonly program: string
  readonly build: Place
}

/** Does the image that ships inherit what built it? */
export function builderBase(facts: Facts): BuilderBase | undefined {
  const program = programOf(facts)
  const bottom = facts.stages.find(({ ships, stage }) => ships && stage.ground.kind === 'image')
  if (program === undefined || bottom === undefined || bottom.stage.ground.kind !== 'image') return undefined
  const { ref } = bottom.stage.ground
  if (!kits.test(ref) || slim.test(ref) || program === 'go' || program === 'cargo') return undefined
  const build = commandsOf(facts).find(({ name, argv }) => compiling.test([name, ...argv.slice(1)].join(' ')))
  return build && { stage: bottom, ref, program, build }
}

// Folders that programs make again, or that only developers need. Source: their documentation.
const useless: ReadonlySet<string> = new Set(
  `node_modules bower_components .venv venv __pycache__ .pytest_cache .mypy_cache .ruff_cache .tox .nox .nyc_output htmlcov
   .gradle .idea .vscode .vs .terraform .cache .parcel-cache .turbo .DS_Store .eggs .ipynb_checkpoints .stack-work .dart_tool
   .bundle .sass-cache`.split(/\s+/),
)

/** A path up to the first folder of that kind; undefined: it is in none. */
function uselessPart(path: string): string | undefined {
  const parts = path.split('/')
  const isCache = (part: string, i: number): boolean => part === 'cache' && parts[i - 1] === '.next'
  const at = parts.findIndex((part, i) => useless.has(part) || isCache(part, i))
  return at < 0 ? undefined : parts.slice(0, at + 1).join('/')
}

const logs = /^(?:.*\/)?[^/]+\.(?:log|swp|pyc|dump|core|iso|bak)$/

/** Of a file that came from the context: the folder that the image does not need; undefined: it may need it. */
export function uselessFolder(
  { content = '' }: { readonly content?: string },
  { given: { context } }: Facts,
): string | undefined {
  const mark = context && `context:${context.name}#`
  if (mark === undefined || !content.startsWith(mark)) return undefined
  const path = content.slice(mark.length)
  const folder = uselessPart(path)
  if (folder !== undefined) return folder
  if (logs.test(path)) return path
  const target = /^(?:(.*)\/)?target(?=\/)/.exec(path)
  const beside = target?.[1] === undefined ? '' : `${target[1]}/`
  const project =
    target !== null &&
    ['Cargo.toml', 'pom.xml', 'build.sbt'].some((name) => context?.lookup(`${beside}${name}`) !== undefined)
  return project ? target[0] : undefined
}

/** What the image stands on, for messages. */
export function atBase({ stages }: Facts): string {
  const bottom = stages.find(({ ships, stage }) => ships && stage.ground.kind === 'image')
  return bottom?.stage.ground.kind === 'image' ? bottom.stage.ground.ref : 'the base'
}
