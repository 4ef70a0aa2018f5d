/** Archives that were unpacked, or installed, and are still there: their bytes ship twice, packed and unpacked. */
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

// Of packages that nobody listed only wheels in a folder are known to be archives.
const isArchive = ({ entry: { type, path, label = '' } }: Visible): boolean =>
  type === 'file' ? names.test(path) : type === 'package' && label.startsWith('wheel:')

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
  const commands = layers.flatMap(({ steps }) => steps.flatMap((step) => step.commands)).filter(unpacks)
  const users = new Map(commands.flatMap((command) => archivesOf(command).map((path) => [path, command] as const)))
  return candidates.flatMap((file) => {
    const unpacked = users.get(file.entry.path)
    const by = unpacked && writer(file)
    return by === undefined || unpacked === undefined ? [] : [{ file, by, unpacked }]
  })
}

/** Archives that its words name, and folders of them. */
function archivesOf(command: CommandFacts): readonly string[] {
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
