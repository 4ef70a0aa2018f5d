/** What the words of a tar call ask for. Source: manual of GNU tar 1.34; BusyBox 1.35. */
import { inside } from '../shell/paths.ts'
import { isApplet } from './busybox.ts'
import type { Call } from './command.ts'

/** A tar call, its words taken apart. */
export interface Asked {
  /** Options of one letter, those of long ones too. */
  readonly letters: ReadonlySet<string>
  /** What is packed or unpacked, and the folder that `-C` names before each. */
  readonly operands: readonly Operand[]
  /** The archive; undefined: standard input or output. */
  readonly file: string | undefined
  /** The folder that the last `-C` names. */
  readonly folder: string | undefined
  /** Leading parts of names that go. */
  readonly strip: number
  readonly excluded: readonly string[]
  /** Operands are patterns. */
  readonly wild: boolean
  /** What it has packed goes. */
  readonly removes: boolean
  /** The umask takes bits of what is unpacked, whoever does it. */
  readonly masks: boolean
  /** Members get other names than they have in the archive, and maybe another place. */
  readonly renames: boolean
  /** No option that changes what is packed. */
  readonly plain: boolean
}

/** A path as it is written, as seen from a folder; none: where the call runs. */
export interface Operand {
  readonly path: string
  readonly folder: string | undefined
}

/** Reads the words of a call. */
export function askedOf(call: Call): Asked {
  const words = wordsOf(call)
  const letters = new Set<string>()
  const operands: Operand[] = []
  const excluded: string[] = []
  let [file, folder]: (string | undefined)[] = []
  let strip = 0
  let plain = true
  // For BusyBox the last one holds for all.
  const into = (path: string) => call.path(folder === undefined || isApplet(call) ? path : inside(folder, path))
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word.startsWith('--')) {
      const [name = '', own] = cut(word)
      const value = (): string => own ?? words[++i] ?? ''
      if (name === '--file') file = value()
      else if (name === '--directory') folder = call.path(value())
      else if (name === '--strip-components' || name === '--strip') strip = Number(value()) || 0
      else if (name === '--exclude') excluded.push(value())
      else if (longLetters[name] !== undefined) letters.add(longLetters[name])
      else {
        plain = false
        if (longValues.has(name)) value()
      }
    } else if (/^-./.test(word)) {
      for (let k = 1; k < word.length; k++) {
        const letter = word[k]!
        letters.add(letter)
        if (!lettersWithValue.includes(letter)) continue
        const value = word.slice(k + 1) || (words[++i] ?? '')
        if (letter === 'f') file = value
        else if (letter === 'C') folder = into(value)
        else plain = false
        break
      }
    } else operands.push({ path: word, folder })
  }
  return {
    letters,
    operands,
    file: file === '-' ? undefined : file,
    folder,
    strip,
    excluded,
    wild: words.includes('--wildcards'),
    removes: words.includes('--remove-files'),
    masks: words.includes('--no-same-permissions'),
    renames: words.some((word) => /^--(transform|xform|one-top-level)\b/.test(word)),
    plain,
  }
}

/** The words of a call; those of the old way as options: letters without a dash, their values behind them in order. */
function wordsOf({ command }: Call): readonly string[] {
  const [first = '', ...more] = command.argv.slice(1)
  if (first.startsWith('-') || first === '') return [first, ...more]
  const words: string[] = []
  for (const letter of first)
    words.push(`-${letter}`, ...('fCTXIb'.includes(letter) && more.length > 0 ? [more.shift()!] : []))
  return [...words, ...more]
}

function cut(word: string): readonly [name: string, value?: string] {
  const at = word.indexOf('=')
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)]
}

const lettersWithValue = 'fCTXIbHgLKNV'
const longLetters: Readonly<Record<string, string>> = {
  '--extract': 'x',
  '--get': 'x',
  '--create': 'c',
  '--append': 'r',
  '--update': 'u',
  '--list': 't',
  '--gzip': 'z',
  '--bzip2': 'j',
  '--xz': 'J',
  '--to-stdout': 'O',
  '--no-same-owner': 'o',
  '--keep-old-files': 'k',
  '--unzip': 'z',
  '--gunzip': 'z',
  '--preserve-permissions': 'p',
  '--same-permissions': 'p',
}
const longValues = new Set(
  '--owner --group --mode --mtime --transform --xform --files-from --exclude-from --use-compress-program --format --sort --blocking-factor --warning --checkpoint --record-size'.split(
    ' ',
  ),
)
