/**
 * Archives that were unpacked, or installed, and installers that have run, still there: their bytes ship twice, packed and
 * unpacked.
 */
import { absolute } from '../shell/paths.ts'
import type { Visible } from '../unionfs/seen.ts'
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

/** A file that a command was given, and for what. */
interface Use {
  readonly command: CommandFacts
  readonly runs: boolean
}

/** Where a download came from; undefined: it is none. */
const addressOf = ({ command, step }: Doer): string | undefined => {
  const words = command?.argv ?? (step.keyword === 'ADD' ? step.instruction.text.split(/\s+/) : [])
  const isFetched = command === undefined || /^(?:curl|wget|aria2c|axel)$/.test(command.name)
  return isFetched ? words.find((word) => /^(?:https?|ftp):\/\//.test(word))?.replace(/[?#].*/, '') : undefined
}

// Of packages that nobody listed only wheels in a folder are known to be archives; of other names what was fetched.
function isArchive({ entry: { type, path, label = '' } }: Visible, { runs }: Use, by: Doer): boolean {
  if (type === 'package') return label.startsWith('wheel:')
  return type === 'file' && ((runs ? installers : names).test(path) || isMeant(addressOf(by), runs))
}

const isMeant = (address: string | undefined, runs: boolean): boolean =>
  address !== undefined && (!runs || installers.test(address))

/** The file that a command runs; undefined: a program. */
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
  return file === undefined ? undefined : absolute(file, deed.command.cwd)
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
  const commands = layers.flatMap(({ steps }) => steps.flatMap((step) => step.commands))
  const uses = new Map(commands.flatMap(usesOf))
  if (uses.size === 0) return []
  return files.flatMap((file) => {
    const use = uses.get(file.entry.path)
    const by = use && writer(file)
    if (use === undefined || by === undefined || !isArchive(file, use, by) || isShort(file, by)) return []
    return [{ file, by, unpacked: use.command }]
  })
}

/** Files that its words name and folders of them, if it unpacks; the file that it runs. */
function usesOf(command: CommandFacts): readonly (readonly [path: string, use: Use])[] {
  const installer = installerOf(command)
  if (installer !== undefined) return [[installer, { command, runs: true }]]
  if (!unpacks(command)) return []
  const any = takesAny(command)
  const files = command.argv
    .slice(1, mostWords)
    .map((word) => (word.startsWith('-') ? word.replace(/^-[a-zA-Z-]*=?/, '') : word))
    .filter((word) => word !== '' && (any || names.test(word)))
  return [...wheelsIn(command), ...files].map((path) => [
    absolute(path, command.deed.command.cwd),
    { command, runs: false },
  ])
}

// Other programs are given lists, keys and configurations as well.
const takesAny = ({ name, argv }: CommandFacts): boolean =>
  /^(?:tar|bsdtar|gtar|unzip|7z[ar]?|unrar|rpm2cpio)$/.test(name) ||
  (/^(?:dpkg|rpm)$/.test(name) && /^-(?:[iUF]|-install|-upgrade|-unpack)/.test(argv[1] ?? ''))

/** Most words of one command that are looked at. */
const mostWords = 1000

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
