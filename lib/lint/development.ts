/** What a project needs for development only, and the installations that bring it into the image. */
import type { CommandFacts, Facts } from './facts.ts'
import { type Whole, wholes } from './projects.ts'
import { commandsOf, startOf } from './purpose.ts'
import { operandsIn } from './words.ts'

/** An installation that brings what a project needs for development. */
export interface Development {
  readonly command: CommandFacts
  readonly sure: boolean
}

interface Kind extends Whole {
  /** Options and operands with which it is another thing. */
  readonly other?: RegExp
  /** Does it leave them out? `words` are joined by blanks, with one at each end. */
  readonly without: (words: string, env: ReadonlyMap<string, string>) => boolean
  /** Commands that take them away again. */
  readonly prunes: RegExp
  /** Does a project with this manifest list some? Undefined: nobody can tell. */
  readonly lists: (text: string) => boolean | undefined
}

const on = (value: string | undefined): boolean => /^(?:1|true|yes)$/i.test(value ?? '')

const json =
  (key: string) =>
  (text: string): boolean | undefined => {
    try {
      const value: unknown = JSON.parse(text)
      if (typeof value !== 'object' || value === null) return undefined
      const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1]
      return typeof found === 'object' && found !== null && Object.keys(found).length > 0
    } catch {
      return undefined
    }
  }

const node = {
  lists: json('devDependencies'),
  prunes:
    /^(?:(?:npm|pnpm)(?: .*)? prune\b.*|pnpm (?:.* )?deploy\b.*|rm .*node_modules\/?(?: .*)?|yarn workspaces focus\b.*)$/,
}

const isProduction = (env: ReadonlyMap<string, string>): boolean =>
  env.get('NODE_ENV') === 'production' || on(env.get('NPM_CONFIG_PRODUCTION') ?? env.get('npm_config_production'))

// Source: the documentation of each program's install command.
const kinds: Readonly<Record<string, Kind>> = {
  npm: {
    ...wholes.npm,
    ...node,
    other: / (?:-g|--global) /,
    without: (words, env) =>
      (isProduction(env) ||
        /dev/.test(env.get('NPM_CONFIG_OMIT') ?? env.get('npm_config_omit') ?? '') ||
        / --(?:omit[= ]dev|production(?:=true)?|only[= ]prod(?:uction)?|prod) /.test(words)) &&
      !/ --(?:include[= ]dev|production=false|also[= ]dev) /.test(words),
  },
  yarn: {
    ...wholes.yarn,
    ...node,
    without: (words, env) =>
      (isProduction(env) || on(env.get('YARN_PRODUCTION')) || / --(?:prod|production)(?:[= ]true)? /.test(words)) &&
      !/ --production[= ]false /.test(words),
    // From version 2 on there is no such option.
    lists: (text) => (/"packageManager"\s*:\s*"yarn@[^1]/.test(text) ? undefined : json('devDependencies')(text)),
  },
  pnpm: {
    ...wholes.pnpm,
    ...node,
    other: / (?:-g|--global) /,
    without: (words, env) => isProduction(env) || / (?:-P|--prod|--production) /.test(words),
  },
  composer: {
    ...wholes.composer,
    without: (words, env) => words.includes(' --no-dev ') || on(env.get('COMPOSER_NO_DEV')),
    prunes: /^$/,
    lists: json('require-dev'),
  },
  bundle: {
    ...wholes.bundle,
    without: (words, env) =>
      / --(?:without|with)[= ]/.test(words) || env.has('BUNDLE_WITHOUT') || env.has('BUNDLE_ONLY'),
    // What it is told before counts too.
    prunes: /^bundle(?:r)? (?:clean|config)\b.*$/,
    lists: (text) =>
      /^[ \t]*group[ (][^\n#]{0,200}:(?:development|test)\b(?![^\n]{0,200}optional)|,\s*groups?(?::|\s*=>)\s*\[?:(?:development|test)\b/m.test(
        text,
      ),
  },
  poetry: {
    ...wholes.poetry,
    without: (words) => / --(?:only|without|no-dev|only-root)[= ]/.test(words),
    prunes: /^$/,
    lists: (text) => pythonGroup.test(text) && !/^[ \t]*optional[ \t]*=[ \t]*true/m.test(text),
  },
  uv: {
    ...wholes.uv,
    without: (words, env) =>
      / --(?:no-dev|no-default-groups|no-group|only-group)[= ]/.test(words) ||
      on(env.get('UV_NO_DEV')) ||
      env.has('UV_NO_GROUP'),
    prunes: /^$/,
    lists: (text) =>
      text.includes('default-groups')
        ? undefined
        : /^(?:dev|dev-dependencies)[ \t]*=[ \t]*\[\s*["'{]/m.test(text) &&
          /^\[(?:dependency-groups|tool\.uv)\]/m.test(text),
  },
}

const pythonGroup =
  /^\[tool\.poetry\.(?:dev-dependencies|group\.(?:dev|develop|development|test|tests|lint|docs)\.dependencies)\][ \t]*\n\s*["\w]/m

const lists =
  /^(?:.*\/)?(?:requirements[-_.]?(?:dev|devel|development|tests?|lint)|(?:dev|tests?)[-_.]?requirements|requirements\/(?:dev|development|tests?|lint))\.txt$/

const meant = /^(?:dev|devel|develop|development|tests?|testing|ci|lint|debug|watch)(?:[-_.].*)?$/
const developing =
  /\b(?:npm (?:run )?(?:dev|test|watch|start:dev)|(?:yarn|pnpm)(?: run)? (?:dev|test|watch|start:dev)|pytest|tox|nox|nodemon|rspec|rake test|phpunit|jest|vitest|flake8|mypy)\b/

const wordsOf = ({ argv }: CommandFacts): string => ` ${argv.slice(1).join(' ')} `

/** The kind of a whole project's installation. */
function kindOf(command: CommandFacts): Kind | undefined {
  const { name, argv } = command
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
  const plain = operandsIn(argv.slice(1), valued)
  if (kind === undefined || !kind.verbs.test(plain[0] ?? '')) return undefined
  if (name === 'composer' || name === 'bundle') return kind
  return plain.length > 1 || kind.other?.test(wordsOf(command)) ? undefined : kind
}

const valued =
  /^(?:--(?:omit|only|include|also|production|without|with|extra|group|no-group|loglevel|registry|network-timeout|cache-folder|cache|prefix|cwd|jobs|retry|python)|-C|-j)$/

/** Installations of whole projects with their development dependencies, whose files are seen in the end. */
export function devDependencies(facts: Facts): readonly Development[] {
  const name = facts.target?.name ?? ''
  if (meant.test(name) || developing.test(startOf(facts).join(' '))) return []
  const all = commandsOf(facts)
  return all.flatMap((command, i) => {
    if (isDevelopers(command)) return isSeen(command, facts) ? [{ command, sure: false }] : []
    const kind = kindOf(command)
    if (kind === undefined || kind.without(wordsOf(command), command.deed.command.env)) return []
    const later = all.slice(i + 1)
    const near = command.name === 'bundle' ? all : later
    if (near.some((one) => kind.prunes.test(`${one.name}${wordsOf(one)}`.trim()))) return []
    // Several of one kind: the last one decides what is there.
    if (later.some((one) => kindOf(one) === kind)) return []
    if (!isSeen(command, facts)) return []
    const listed = listedIn(facts, command, kind)
    if (listed === false || (listed === undefined && !told.test(command.name))) return []
    return [{ command, sure: listed === true && command.sure }]
  })
}

// Where the manifest is not at hand, most projects of these have some.
const told = /^(?:npm|composer)$/

/** `pip install -r requirements-dev.txt`: the name says it. */
const isDevelopers = ({ name, argv }: CommandFacts): boolean =>
  /^pip\d*(?:\.\d+)?$/.test(name) &&
  argv[1] === 'install' &&
  argv.some(
    (word, i) =>
      lists.test(word.replace(/^(?:--requirement=|-r)/, '')) &&
      /^(?:-r|--requirement)/.test(word.startsWith('-') ? word : argv[i - 1]!),
  )

/** Is anything of what it stored seen in the end? */
const isSeen = (command: CommandFacts, { image }: Facts): boolean =>
  image.files.some((file) => file.bytes.high !== 0 && image.writer(file)?.command === command)

function listedIn(facts: Facts, { deed }: CommandFacts, { manifest, lists }: Kind): boolean | undefined {
  const { context } = facts.given
  const path = `${deed.command.cwd === '/' ? '' : deed.command.cwd}/${manifest}`
  const entry = facts.image.files.find((one) => one.entry.path === path)?.entry
  const source = entry?.content?.replace(/^context:[^#]*#/, '')
  const file = source === undefined ? undefined : context?.lookup(source)
  // Larger than any that people write.
  if (context === undefined || source === undefined || file?.type !== 'file' || file.bytes > 200_000) return undefined
  return lists(new TextDecoder().decode(context.read(source)))
}
