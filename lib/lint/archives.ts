/**
 * Archives that were unpacked, or installed, and installers that have run, still there: their bytes ship twice, packed and
 * unpacked.
 */
import { absolute } from '../shell/paths.ts'
import type { Visible } from '../unionfs/stack.ts'
import type { CommandFacts, LayerFacts } from './facts.ts'
import type { Doer } from './losses.ts'

/** An archive that is seen in the end, who stored it, and who unpacked it. */
export interface Archive {
  readonly file: Visible
  readonly by: Doer
  readonly unpacked: CommandFacts
}

const names = /\.(?:tar|tgz|tbz2?|txz|zip|gz|bz2|xz|zst|7z|deb|rpm|apk|whl|run|jar|war|rar)(?:\.[\w-]+)?$/i
const programs =
  /^(?:tar|bsdtar|gtar|unzip|7z[ar]?|unrar|gunzip|bunzip2|unxz|unzstd|jar|python[\d.]*|dpkg|dpkg-deb|rpm|rpm2cpio|apt|apt-get|yum|dnf|microdnf|apk|pip[\d.]*|alien|gdebi)$/

// Archives with a script or a program in front that unpacks them; of scripts, by what such a name tells.
const installers =
  /\.(?:run|bin|bsx)$|(?:^|\/)(?:(?:mini|ana)conda|miniforge|mambaforge|cmake)[^/]*\.sh$|[-_.](?:linux|x86_64|amd64|x64|aarch64|arm64)[^/]*\.sh$|install[^/]*\.jar$/i

// Of packages that nobody listed only wheels in a folder are known to be archives.
const isArchive = ({ entry: { type, path, label = '' } }: Visible): boolean =>
  type === 'file' ? names.test(path) || installers.test(path) : type === 'package' && label.startsWith('wheel:')

/** The installer that a command runs; undefined: it runs none. */
function installerOf({ name, argv, deed }: CommandFacts): string | undefined {
  const [program = '', ...words] = argv
  const jar = words[words.indexOf('-jar') + 1]
  const file = /^(?:ba|da|a|z|k)?sh$/.test(name)
    ? words.find((word) => !/^[-+]/.test(word))
    : name === 'java' && words.includes('-jar')
      ? jar
      : program.includes('/')
        ? program
        : undefined
  return file !== undefined && installers.test(file) ? absolute(file, deed.command.cwd) : undefined
}

/** A script of the context may have such a name too, and be short. */
const isShort = ({ entry: { path, size } }: Visible, { step }: Doer): boolean =>
  path.endsWith('.sh') && step.keyword === 'COPY' && size.low < 1_000_000

/** The folder of wheels that a word of pip names: `/wheels/*`, `/wheels/*.whl`, `--find-links=/wheels`. */
function wheelsIn({ name, argv }: CommandFacts): readonly string[] {
  if (!/^pip[\d.]*$/.test(name) || !argv.includes('install')) return []
  return argv.flatMap((word, i) => {
    const pattern = /^(\/?[^*]+)\/[^/]*\*[^/]*$/.exec(word)?.[1]
    const given =
      /^--find-links=(.+)$/.exec(word)?.[1] ?? (/^(?:-f|--find-links)$/.test(argv[i - 1] ?? '') ? word : undefined)
    return [pattern ?? given ?? []].flat()
  })
}

/** Archives among what is seen that a command of the same image was given. */
export function unpackedIn(
  files: readonly Visible[],
  layers: readonly LayerFacts[],
  writer: (file: Visible) => Doer | undefined,
): readonly Archive[] {
  const candidates = files.filter(isArchive)
  if (candidates.length === 0) return []
  const commands = layers.flatMap(({ steps }) => steps.flatMap((step) => step.commands))
  const users = new Map(commands.flatMap((command) => archivesOf(command).map((path) => [path, command] as const)))
  return candidates.flatMap((file) => {
    const unpacked = users.get(file.entry.path)
    const by = unpacked && writer(file)
    return by === undefined || unpacked === undefined || isShort(file, by) ? [] : [{ file, by, unpacked }]
  })
}

/** Archives that its words name, and folders of them; the installer that it runs. */
function archivesOf(command: CommandFacts): readonly string[] {
  const installer = installerOf(command)
  if (installer !== undefined) return [installer]
  if (!unpacks(command)) return []
  const files = command.argv
    .slice(1)
    .map((word) => (word.startsWith('-') ? word.replace(/^-[a-zA-Z-]*=?/, '') : word))
    .filter((word) => names.test(word))
  return [...wheelsIn(command), ...files].map((path) => absolute(path, command.deed.command.cwd))
}

/** Does it unpack or install, rather than list or make one? */
function unpacks({ name, argv }: CommandFacts): boolean {
  if (!programs.test(name)) return false
  if (name.startsWith('python')) return /^-m (?:zip|tar)file (?:-e|--extract) /.test(argv.slice(1).join(' '))
  return !/^(?:(?:bsd|g)?tar|jar)$/.test(name) || takesOut(argv)
}

const takesOut = (argv: readonly string[]): boolean =>
  argv
    .slice(1, 4)
    .some((word) => /^-?[a-zA-Z]*x[a-zA-Z]*(?:f.*)?$/.test(word) || word === '--extract' || word === '--get')
