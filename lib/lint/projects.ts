/** Installers of what a project lists: which files they read, and whether those would do without the rest of the sources. */
import type { Context } from '../model.ts'
import { absolute, within } from '../shell/paths.ts'
import type { CommandFacts, Facts, StepFacts } from './facts.ts'
import { copyOf, operandsIn } from './words.ts'

/** An installation that reads a few files of the context only. */
export interface Installation {
  /** What it is called for people: `npm ci`. */
  readonly name: string
  /** The file that lists the packages, as an absolute path in the image. */
  readonly manifest: string
  /** What it reads of the context, as paths there; undefined: no context to look into. */
  readonly files: readonly string[] | undefined
}

/** How a program installs all that a project lists. */
export interface Whole {
  /** Verbs that do; '' is the program alone. */
  readonly verbs: RegExp
  /** The file that lists it. */
  readonly manifest: string
}

/** Programs of which the rules know more, by name. Source: the documentation of each. */
export const wholes = {
  npm: { verbs: /^(?:ci|clean-install|i|install)$/, manifest: 'package.json' },
  yarn: { verbs: /^(?:|install)$/, manifest: 'package.json' },
  pnpm: { verbs: /^(?:i|install)$/, manifest: 'package.json' },
  bundle: { verbs: /^(?:|install)$/, manifest: 'Gemfile' },
  composer: { verbs: /^install$/, manifest: 'composer.json' },
  poetry: { verbs: /^install$/, manifest: 'pyproject.toml' },
  uv: { verbs: /^sync$/, manifest: 'pyproject.toml' },
} as const satisfies Readonly<Record<string, Whole>>

interface Installer extends Whole {
  /** Options that lead elsewhere, or make it do more than install. */
  readonly odd: RegExp
  /** Content of the manifest that needs more than the manifest. */
  readonly needsMore: RegExp
  /** Files beside it that say the same. */
  readonly beside?: readonly string[]
  /** Files beside it that are read where they are there. */
  readonly locks?: readonly string[]
  /** With this option no more is needed than `needsMore` says here. */
  readonly alone?: { readonly option: string; readonly needsMore: RegExp }
  /** False: nothing is told where the manifest cannot be read. */
  readonly blind?: false
}

const elsewhere = /^(?:--prefix|-C|--cwd|--dir|--global|-g|--workspaces?|-w|--filter|-r|--recursive)(?:=|$)/

// Scripts run at the end of an installation, and packages that lie in the project. Source: docs.npmjs.com (scripts, package.json).
const node: Omit<Installer, keyof Whole> = {
  odd: elsewhere,
  needsMore:
    /"(?:(?:pre|post)?install|(?:pre|post)?prepare|prepublish|workspaces|postshrinkwrap)"\s*:|"(?:file|link|workspace|portal|patch):|"\.{1,2}\//,
  beside: ['pnpm-workspace.yaml', 'lerna.json', '.pnpmfile.cjs', 'patches', 'binding.gyp'],
}

// Source: the documentation of each program.
const installers: Readonly<Record<string, Installer>> = {
  npm: { ...wholes.npm, ...node, locks: ['package-lock.json', 'npm-shrinkwrap.json', '.npmrc'] },
  yarn: { ...wholes.yarn, ...node, locks: ['yarn.lock', '.yarnrc', '.yarnrc.yml', '.npmrc'] },
  pnpm: { ...wholes.pnpm, ...node, locks: ['pnpm-lock.yaml', '.npmrc'] },
  go: {
    verbs: /^mod download$/,
    manifest: 'go.mod',
    locks: ['go.sum'],
    odd: /^-(?:C|modfile)(?:=|$)/,
    needsMore: /=>\s*\.{0,2}\//,
    beside: ['go.work', 'vendor'],
  },
  bundle: {
    ...wholes.bundle,
    locks: ['Gemfile.lock'],
    odd: /^--(?:gemfile|local)(?:=|$)/,
    needsMore: /\b(?:path|gemspec|eval_gemfile|require_relative|load|File|Dir)\b/,
    beside: ['.ruby-version', 'vendor/cache'],
  },
  composer: {
    ...wholes.composer,
    locks: ['composer.lock'],
    odd: /^(?:-d|--working-dir(?:=.*)?|-o|--optimize-autoloader|-a|--classmap-authoritative|--apcu-autoloader)$/,
    needsMore: /"(?:scripts|classmap|files|path|artifact)"/,
    blind: false,
  },
  poetry: {
    ...wholes.poetry,
    locks: ['poetry.lock'],
    odd: /^(?:-C|--directory|--project|-P)(?:=|$)/,
    // The project itself is installed too, unless it is none.
    needsMore: /\bpath\s*=|^(?![\s\S]*package-mode\s*=\s*false)/,
    alone: { option: '--no-root', needsMore: /\bpath\s*=/ },
    blind: false,
  },
  uv: {
    ...wholes.uv,
    locks: ['uv.lock', '.python-version'],
    odd: /^--(?:directory|project|all-packages|package)(?:=|$)/,
    needsMore: /\bpath\s*=|\bworkspace\b|\[build-system\]|\[tool\.uv\][^[]*\bpackage\s*=\s*true/,
    alone: { option: '--no-install-project', needsMore: /\bpath\s*=|\bworkspace\b/ },
    blind: false,
  },
}

/** What the command installs from; undefined: it is no such installation, or one that may need the sources. */
function installationOf(
  command: CommandFacts,
): { readonly name: string; readonly files: readonly string[]; readonly by: Installer } | undefined {
  const { name, argv, known } = command
  const words = argv.slice(1)
  if (!known) return undefined
  if (/^pip\d*(?:\.\d+)?$/.test(name)) return requirements(words)
  const by = Object.hasOwn(installers, name) ? installers[name] : undefined
  const plain = operandsIn(words, valued).join(' ')
  if (by === undefined || !by.verbs.test(plain) || words.some((word) => by.odd.test(word))) return undefined
  const { alone } = by
  const needsMore = alone !== undefined && words.includes(alone.option) ? alone.needsMore : by.needsMore
  return { name: [name, plain].join(' ').trim(), files: [by.manifest], by: { ...by, needsMore } }
}

const valued =
  /^(?:--(?:jobs|retry|without|with|only|path|network-timeout|loglevel|registry|omit|group|no-group|extra)|-j)$/

const pip: Installer = {
  verbs: /^install$/,
  manifest: 'requirements.txt',
  odd: /^$/,
  needsMore: /^(?:[ \t]*(?:-e|--editable|\.|\/)|[^#\n]*(?:@[ \t]*\.|file:))/m,
}

/** `pip install -r FILE`, and nothing but files. */
function requirements(words: readonly string[]): ReturnType<typeof installationOf> {
  if (words[0] !== 'install') return undefined
  const files: string[] = []
  for (let i = 1; i < words.length; i++) {
    const word = words[i]!
    const file = /^(?:--requirement=|-r)(.+)$/.exec(word)?.[1]
    if (word === '-r' || word === '--requirement') files.push(words[++i] ?? '')
    else if (file !== undefined) files.push(file)
    else if (
      !/^(?:-U|-q|-v|--(?:no-cache-dir|upgrade|quiet|verbose|no-deps|user|break-system-packages|disable-pip-version-check|no-input|prefer-binary))$/.test(
        word,
      )
    )
      return undefined
  }
  const usual = files.length > 0 && files.every((file) => /^(?!.*:)[\w./-]+\.txt$/.test(file))
  return usual ? { name: `pip install -r ${files[0]}`, files, by: pip } : undefined
}

/**
 * An installation of what a copy of the whole context brought, that would do with the files that list the packages.
 * Undefined where it would not, where those were there before, or where nobody can tell.
 */
export function installedFromCopy(command: CommandFacts, copy: StepFacts, facts: Facts): Installation | undefined {
  const found = installationOf(command)
  const root = copyOf(copy)?.path
  if (found === undefined || root === undefined) return undefined
  const { context } = facts.given
  const { cwd } = command.deed.command
  const paths = found.files.map((file) => absolute(file, cwd))
  if (paths.some((path) => !within(path, root) || wasThere(path, copy))) return undefined
  const own = paths.map((path) => path.slice(root === '/' ? 1 : root.length + 1))
  // Without a context only the plain case is believed: a project in its root.
  if (context === undefined) {
    const plain = found.by.blind !== false && own.every((path) => !path.includes('/'))
    return plain ? { name: found.name, manifest: paths[0]!, files: undefined } : undefined
  }
  if (!own.every((path) => suffices(path, found.by, context))) return undefined
  const beside = own.flatMap((path) => (found.by.locks ?? []).map((name) => path.replace(/[^/]*$/, name)))
  const files = [...own, ...beside.filter((path) => context.lookup(path)?.type === 'file')]
  return { name: found.name, manifest: paths[0]!, files }
}

/** Is the manifest in the context, and does it lead to nothing else there? */
function suffices(path: string, { needsMore, beside = [] }: Installer, context: Context): boolean {
  const file = context.lookup(path)
  // Larger than any that people write.
  if (file?.type !== 'file' || file.altered || file.bytes > 200_000) return false
  const folder = path.replace(/[^/]*$/, '')
  if (beside.some((name) => context.lookup(`${folder}${name}`) !== undefined)) return false
  return !needsMore.test(new TextDecoder().decode(context.read(path)))
}

/** Did an instruction before bring a file of this name, in this stage or one that it stands on? */
function wasThere(path: string, copy: StepFacts): boolean {
  const name = path.replace(/^.*\//, '')
  const { steps } = copy.stage
  if (copy.stage.stage.ground.kind === 'stage') return true
  return steps.slice(0, steps.indexOf(copy)).some(({ step: { operands } }) => {
    if (operands.keyword === 'RUN') return operands.mounts.some((mount) => /\bbind\b/.test(mount))
    if (operands.keyword !== 'COPY' && operands.keyword !== 'ADD') return false
    return operands.flags.from !== null || operands.sources.some((source) => mayName(source, name))
  })
}

const mayName = (source: string, name: string): boolean => {
  const last = source.replace(/\/+$/, '').replace(/^.*\//, '')
  return last === name || /[*?[$]/.test(last)
}
