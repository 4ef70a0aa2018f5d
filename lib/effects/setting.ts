/** What a RUN's script stands in: which shell, which variables, who. */
import { scriptOf } from '../dockerfile/heredoc.ts'
import type { Step } from '../dockerfile/step.ts'
import type { BaseFacts, Given, Heredoc, Platform } from '../model.ts'
import type { Dialect } from '../shell/command.ts'
import { nameOf } from '../shell/paths.ts'
import type { Setting } from '../shell/walk.ts'
import type { Traits } from '../traits.ts'
import { lookup, type Tree } from '../unionfs/tree.ts'

// What /bin/sh is, by the distribution's name in os-release.
const bashes = new Set(
  'fedora centos rhel rocky almalinux ol amzn arch opensuse-leap opensuse-tumbleweed sles mageia photon azurelinux mariner'.split(
    ' ',
  ),
)
const dashes = new Set('debian ubuntu raspbian kali linuxmint'.split(' '))
const ashes = new Set('alpine busybox openwrt wolfi chainguard'.split(' '))

/** What /bin/sh is, from the file itself or the distribution. */
export function shellOf(tree: Tree, facts: BaseFacts): Dialect {
  const { path, entry } = lookup(tree, '/bin/sh', true)
  const name = entry === undefined ? '' : nameOf(path)
  if (name === 'bash' || name === 'dash') return name
  if (name.startsWith('busybox')) return 'ash'
  const id = facts.os?.id ?? ''
  return bashes.has(id) ? 'bash' : dashes.has(id) ? 'dash' : ashes.has(id) ? 'ash' : 'sh'
}

/** What a RUN hands to the kernel. */
export type Launch =
  | { readonly kind: 'argv'; readonly argv: readonly string[] }
  /** A text for a shell; `offset`: where `text` begins in the source, when it stands there as it is. */
  | {
      readonly kind: 'script'
      readonly text: string
      readonly dialect: Dialect
      readonly options: readonly string[]
      /** What the shell is called. */
      readonly name: string
      readonly piped?: true
    }
  /** A program whose scripts nobody here reads: PowerShell, cmd, a shebang's interpreter. */
  | { readonly kind: 'opaque'; readonly program: string }
  | { readonly kind: 'nothing' }

const dialects: Readonly<Record<string, Dialect>> = {
  bash: 'bash',
  dash: 'dash',
  ash: 'ash',
  ksh: 'bash',
  zsh: 'bash',
  busybox: 'ash',
}

/** What the step runs. Here-documents are the script, or its shell's, as the builder has it. */
export function launchOf(
  { instruction, operands, before }: Step,
  traits: Traits,
  platform: Platform,
  sh: Dialect,
  imageFormat: Given['imageFormat'],
): Launch {
  if (operands.keyword !== 'RUN') return { kind: 'nothing' }
  const { command } = operands
  if (platform.os === 'windows') return { kind: 'opaque', program: nameOf(before.shell[0] ?? 'cmd').toLowerCase() }
  if (!command.shell) return command.words.length === 0 ? { kind: 'nothing' } : { kind: 'argv', argv: command.words }
  const text = command.words[0]
  if (text === undefined) return { kind: 'nothing' }
  // Buildah runs /bin/sh where the image's format has no place for another one. (recorded: shell)
  const shell = traits.family === 'buildah' && imageFormat === 'oci' ? ['/bin/sh', '-c'] : before.shell
  const only = traits.heredocs === 'used' ? onlyHeredoc(text, instruction.heredocs) : undefined
  const whole = only && scriptOf(only, traits)
  const interpreter = whole?.isProgram ? /^#![ \t]*(\S+)(?:[ \t]+(\S+))?/.exec(whole.text.trimStart()) : null
  const words =
    interpreter === null ? shell : [nameOf(interpreter[1]!) === 'env' ? (interpreter[2] ?? '') : interpreter[1]!, '-c']
  const program = nameOf((words[0] ?? '').replaceAll('\\', '/')).toLowerCase()
  if (program !== 'sh' && !Object.hasOwn(dialects, program)) return { kind: 'opaque', program }
  // BuildKit hands the body over as a file of its word's name. (recorded: heredoc-more)
  const piped = interpreter !== null
  const options = words
    .slice(1)
    .flatMap((word) =>
      /^[-+]/.test(word)
        ? word.startsWith('-')
          ? [...word.slice(1)].filter((c) => c !== 'c' && c !== 'o')
          : []
        : [word],
    )
  const script = whole?.text ?? (traits.heredocs === 'used' ? withBodies(text, instruction.heredocs) : text)
  return {
    kind: 'script',
    text: script,
    dialect: program === 'sh' ? sh : dialects[program]!,
    options,
    name: piped
      ? `/dev/pipes/${instruction.heredocs[0]?.name ?? ''}`
      : ((program === 'busybox' ? words[1] : words[0]) ?? sh),
    ...(piped ? { piped: true } : {}),
  }
}

// `RUN <<EOF` alone: the body is the script.
function onlyHeredoc(text: string, heredocs: readonly Heredoc[]): Heredoc | undefined {
  const [only] = heredocs
  return heredocs.length === 1 && text.trim() === only?.word ? only : undefined
}

const withBodies = (text: string, heredocs: readonly Heredoc[]): string =>
  heredocs.length === 0 ? text : [text, ...heredocs.map(({ body, name }) => body + name)].join('\n')

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** What is known of the base's variables. */
interface Variables {
  /** They are not known. */
  readonly open: boolean
  /** Those that a base of its name usually has. */
  readonly usual: Readonly<Record<string, string>>
  /** Those that the builder adds whatever the file says. */
  readonly proxies: readonly (readonly [name: string, value: string])[]
}

/** Variables, folder and user a RUN starts with. */
export function settingOf(
  { before }: Step,
  sh: Dialect,
  home: string,
  cwd: string,
  { open, usual, proxies }: Variables,
): Setting {
  const env = new Map<string, string>([...Object.entries(usual), ...before.state.entries(), ...proxies])
  if (!env.has('HOME')) env.set('HOME', home)
  if (!env.has('PATH')) env.set('PATH', path)
  return { env, open, cwd, user: before.user, sh }
}
