/** Programs that write nothing but what they print. Those with output that is easily known say it. */
import type { Outcome, Output } from '../shell/command.ts'
import { silent, textOutput } from '../shell/command.ts'
import { isKnown } from '../shell/known.ts'
import { inputOf } from './bytes.ts'
import type { Call, Result } from './command.ts'
import { done, model, prints, unsure } from './command.ts'
import { isDistribution, releaseText } from './release.ts'

/** Nothing is written and what they print is not known. */
const printers =
  'll dir vdir stat du df file readelf nm ldd objdump strings size od hexdump xxd hd cmp diff sdiff comm paste join fold fmt pr nl column expand unexpand tac rev shuf seq factor expr bc dc ' +
  'jq yq xmllint xmlstarlet awk gawk mawk nawk egrep fgrep zgrep rg ag less more most man whatis apropos ps top pgrep pidof kill pkill killall free uptime vmstat lsof fuser netstat ss ip ifconfig route ping dig host nslookup ' +
  'nc ncat telnet traceroute date cal hostname hostid tty stty tput clear reset env printenv locale getconf getent groups users who w last finger id logname nproc lscpu lsblk lsmod lspci lsusb blkid mount umount findmnt mountpoint ' +
  'sysctl dmesg ulimit sha1sum sha224sum sha256sum sha384sum sha512sum md5sum b2sum cksum sum shasum base32 iconv uuidgen cut tsort look ' +
  'realpath readlink pathchk inotifywait logger wall mesg sync lsb_release dpkg-architecture dpkg-query apt-cache apt-config rpmquery pkg-config pkgconf scanelf ' +
  'time usleep wait yes tree pstree watch cloc gpgv lsattr getfacl getfattr getcap nvidia-smi capsh xset'

/** They answer; no news is that they succeed. */
const askers = 'grep egrep fgrep zgrep id getent cmp diff expr pgrep pidof ping pkg-config pkgconf dpkg-query'

const answer = (call: Call): Result => (askers.split(' ').includes(call.name) ? unsure : done)

// Machine names that `uname -m` and its kin print. Source: uname(2), Debian's and Alpine's architecture names.
const machines: Readonly<Record<string, readonly [machine: string, debian: string, alpine: string]>> = {
  amd64: ['x86_64', 'amd64', 'x86_64'],
  arm64: ['aarch64', 'arm64', 'aarch64'],
  '386': ['i686', 'i386', 'x86'],
  ppc64le: ['ppc64le', 'ppc64el', 'ppc64le'],
  s390x: ['s390x', 's390x', 's390x'],
  riscv64: ['riscv64', 'riscv64', 'riscv64'],
  loong64: ['loongarch64', 'loong64', 'loongarch64'],
  mips64le: ['mips64', 'mips64el', 'mips64'],
}

/** Names of the machine the image is for; undefined: not known. */
export function machineOf(call: Call): readonly [machine: string, debian: string, alpine: string] | undefined {
  const { arch, variant } = call.platform
  if (arch === 'arm') return variant === 'v6' ? ['armv6l', 'armel', 'armhf'] : ['armv7l', 'armhf', 'armv7']
  return Object.hasOwn(machines, arch) ? machines[arch] : undefined
}

const line = (text: string): Outcome => prints(textOutput(`${text}\n`))

function uname(call: Call): Result {
  const machine = machineOf(call)
  const letters = call.command.argv.slice(1).join('').replaceAll('-', '')
  if (letters === '' || letters === 's' || letters === 'kernelname') return line('Linux')
  if (letters === 'o' || letters === 'operatingsystem')
    return call.command.dialect === 'ash' ? line('Linux') : line('GNU/Linux')
  return machine !== undefined && (letters === 'm' || letters === 'machine' || letters === 'i' || letters === 'p')
    ? line(machine[0])
    : done
}

function id(call: Call): Result {
  const uid = call.uid(call.args[0] ?? call.command.user)
  if (call.flags.has('-u') && !call.flags.has('-n') && call.args.length === 0 && uid !== null) return line(String(uid))
  return call.args.length > 0 ? unsure : done
}

// `ls -d` prints what it is given; of a pattern that fits nothing known that is the pattern.
function list(call: Call): Result {
  const { flags, args } = call
  if (!flags.has('-d', '--directory') || args.length === 0 || flags.has('-l', '-F', '-s', '-i', '-Q', '-m')) return done
  if (args.some((arg) => call.files.presence(call.path(arg)) === 'no')) return unsure
  return prints(textOutput(`${[...args].sort().join('\n')}\n`))
}

// What `grep NAME /etc/os-release` answers, where the distribution is known.
function asksRelease(call: Call): Result {
  const [pattern = '', path] = call.args
  const plain = /^"?(ID=)?"?([\w -]+)"?$/.exec(pattern.replace(/^\^|\$$/g, ''))?.[2]
  if (path === undefined || plain === undefined || call.args.length !== 2 || call.flags.has('-v', '-c', '-L'))
    return unsure
  const text = releaseText(call.path(path), call.facts)
  if (text === undefined) return unsure
  const fits = call.flags.has('-i') ? text.toLowerCase().includes(plain.toLowerCase()) : text.includes(plain)
  const output = call.flags.has('-q') ? { output: silent } : {}
  if (fits && plain === pattern) return { status: 'ok', ...output }
  return !text.toLowerCase().includes(plain.toLowerCase()) && isDistribution(plain)
    ? { status: 'failed', output: silent }
    : unsure
}

/** Programs that pass text through, when it is known. */
function filter(call: Call): Result {
  const { flags, args } = call
  const text = textOf(
    inputOf(
      call,
      call.name === 'tr' || call.name === 'grep' ? args.slice(call.name === 'grep' ? 1 : args.length) : args,
    ),
  )
  if (text === undefined) return call.name === 'grep' ? asksRelease(call) : done
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  const back = (some: readonly string[]): Outcome =>
    prints(some.length === 0 ? silent : textOutput(`${some.join('\n')}\n`))
  switch (call.name) {
    case 'sort': {
      if (
        flags.has(
          '-k',
          '-n',
          '-V',
          '-r',
          '-t',
          '-h',
          '-f',
          '-R',
          '-o',
          '--key',
          '--numeric-sort',
          '--version-sort',
          '--reverse',
        )
      )
        return done
      const sorted = [...lines].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      return back(flags.has('-u', '--unique') ? [...new Set(sorted)] : sorted)
    }
    case 'uniq':
      return flags.has('-c', '-d', '-u', '-i', '-f', '-s', '-w')
        ? done
        : back(lines.filter((l, i) => l !== lines[i - 1]))
    case 'wc':
      return flags.has('-l') && args.length === 0 && !flags.has('-c', '-w', '-m') ? line(String(lines.length)) : done
    case 'tr': {
      const [from = '', to] = args.map(letters)
      if (flags.has('-c', '-C', '-s', '-t')) return done
      if (flags.has('-d')) return prints(textOutput([...text].filter((c) => !from.includes(c)).join('')))
      if (to === undefined || to === '') return done
      return prints(
        textOutput(
          [...text].map((c) => (from.includes(c) ? (to[Math.min(from.indexOf(c), to.length - 1)] ?? c) : c)).join(''),
        ),
      )
    }
    case 'cut': {
      const field = Number(flags.value('-f', '--fields'))
      const mark = flags.value('-d', '--delimiter') ?? '\t'
      if (!Number.isInteger(field) || field < 1 || flags.has('-c', '-b')) return done
      return back(lines.map((l) => (l.includes(mark) ? (l.split(mark)[field - 1] ?? '') : l)))
    }
    case 'grep': {
      const [pattern] = args
      if (pattern === undefined || !isKnown(pattern) || !/^\^?[\w =:/@,-]*\$?$/.test(pattern)) return unsure
      if (flags.has('-o', '-c', '-l', '-L', '-n', '-A', '-B', '-C', '-f', '-e', '-P', '-r', '-R', '-m', '-w', '-x'))
        return unsure
      const [fold, regexp] = [flags.has('-i'), new RegExp(pattern, flags.has('-i') ? 'i' : '')]
      const found = lines.filter(
        (l) =>
          (flags.has('-F')
            ? fold
              ? l.toLowerCase().includes(pattern.toLowerCase())
              : l.includes(pattern)
            : regexp.test(l)) !== flags.has('-v'),
      )
      return {
        status: found.length > 0 ? 'ok' : 'failed',
        output: flags.has('-q') || found.length === 0 ? silent : textOutput(`${found.join('\n')}\n`),
      }
    }
    default:
      return done
  }
}

const textOf = (output: Output | undefined): string | undefined =>
  output?.text !== undefined && isKnown(output.text) && output.text.length < 1_000_000 ? output.text : undefined

// `a-z`, `\n` and classes of tr.
const letters = (set: string): string =>
  set
    .replace(/\[:lower:\]/g, 'a-z')
    .replace(/\[:upper:\]/g, 'A-Z')
    .replace(/\[:digit:\]/g, '0-9')
    .replace(/\[:space:\]/g, ' \t\n\v\f\r')
    .replace(/\\([ntr\\])/g, (_, c: string) => ({ n: '\n', t: '\t', r: '\r' })[c] ?? '\\')
    .replace(/([a-z])-([a-z])|([A-Z])-([A-Z])|([0-9])-([0-9])/g, (whole) => {
      const [a, b] = [whole.charCodeAt(0), whole.charCodeAt(2)]
      return Array.from({ length: Math.max(0, b - a + 1) }, (_, i) => String.fromCharCode(a + i)).join('')
    })

function base64(call: Call): Result {
  const text = textOf(inputOf(call, call.args))
  if (text === undefined || text.length > 100_000) return done
  const bytes = new TextEncoder().encode(text)
  if (!call.flags.has('-d', '-D', '--decode')) {
    const width = Number(call.flags.value('-w', '--wrap') ?? 76)
    const encoded = btoa(String.fromCharCode(...bytes.slice(0, 50_000)))
    if (bytes.length > 50_000 || !Number.isInteger(width)) return done
    return prints(textOutput(width === 0 ? encoded : encoded.replace(new RegExp(`.{1,${width}}`, 'g'), '$&\n')))
  }
  try {
    const decoded = Uint8Array.from(atob(text.replace(/\s+/g, '')), (c) => c.charCodeAt(0))
    return prints(textOutput(new TextDecoder('utf-8', { fatal: true }).decode(decoded)))
  } catch {
    return done
  }
}

function readlink(call: Call): Result {
  const [arg] = call.args
  if (arg === undefined || !isKnown(arg)) return done
  const path = call.path(arg)
  if (call.name === 'readlink' && !call.flags.has('-f', '-e', '-m')) {
    const entry = call.files.get(path)
    return entry?.type === 'symlink' && entry.link !== null ? line(entry.link) : done
  }
  return call.files.presence(call.files.real(path)) === 'yes' ? line(call.files.real(path)) : done
}

function seq(call: Call): Result {
  const numbers = call.args.map(Number)
  const [from = 1, step = 1, to = from] =
    numbers.length === 1 ? [1, 1, numbers[0]!] : numbers.length === 2 ? [numbers[0]!, 1, numbers[1]!] : numbers
  if (
    !numbers.every(Number.isInteger) ||
    step === 0 ||
    Math.abs((to - from) / step) > 10_000 ||
    call.flags.has('-s', '-w', '-f')
  )
    return done
  const count = Math.max(0, Math.floor((to - from) / step) + 1)
  return prints(textOutput(Array.from({ length: count }, (_, i) => `${from + i * step}\n`).join('')))
}

const filters = 'sort uniq wc tr cut grep'.split(' ')
const known = new Set([
  ...filters,
  'uname',
  'arch',
  'id',
  'whoami',
  'base64',
  'readlink',
  'realpath',
  'seq',
  'true',
  'false',
  'lsb_release',
])

export default [
  model({ names: printers.split(' ').filter((name) => !known.has(name)), reliable: true, run: answer }),
  model({
    names: filters,
    values: [
      '-k',
      '-t',
      '-d',
      '-f',
      '-e',
      '-m',
      '-A',
      '-B',
      '-C',
      '-S',
      '-T',
      '--delimiter',
      '--fields',
      '--key',
      '--regexp',
      '--file',
      '--field-separator',
    ],
    attached: ['--color'],
    reliable: true,
    run: sorted,
  }),
  model({
    names: ['ls'],
    values: ['-I', '-w', '-T', '--ignore', '--hide', '--block-size'],
    attached: ['--color', '--sort', '--time', '--format'],
    reliable: true,
    run: list,
  }),
  model({ names: ['uname'], reliable: true, run: uname }),
  model({
    names: ['arch'],
    reliable: true,
    run: (call) => (machineOf(call) === undefined ? done : line(machineOf(call)![0])),
  }),
  model({ names: ['id'], reliable: true, run: id }),
  model({
    names: ['whoami'],
    reliable: true,
    run: (call) =>
      /^[a-z_]/.test(call.command.user)
        ? line(call.command.user)
        : call.command.user === '' || call.command.user === '0'
          ? line('root')
          : done,
  }),
  model({ names: ['base64'], values: ['-w', '--wrap'], reliable: true, run: base64 }),
  model({ names: ['readlink', 'realpath'], reliable: true, run: readlink }),
  model({ names: ['seq'], values: ['-s', '-f', '--separator', '--format'], reliable: true, run: seq }),
  model({
    names: ['lsb_release'],
    reliable: true,
    run: (call) => {
      const { os } = call.facts
      const letters = call.command.argv.slice(1).join('')
      if (os === undefined || !letters.includes('s')) return done
      if (letters.includes('c') && os.codename !== undefined) return line(os.codename)
      if (letters.includes('r') && os.versionId !== undefined) return line(os.versionId)
      return letters.includes('i')
        ? line(os.id === 'debian' || os.id === 'ubuntu' ? os.id[0]!.toUpperCase() + os.id.slice(1) : os.id)
        : done
    },
  }),
]

// `sort -o FILE` writes one all the same.
function sorted(call: Call): Result {
  const outcome = filter(call)
  const target =
    call.name === 'sort' ? /(?:^| )(?:-o|--output=?) ?(\S+)/.exec(call.command.argv.slice(1).join(' '))?.[1] : undefined
  if (target === undefined) return outcome
  const output = inputOf(
    call,
    call.args.filter((arg) => arg !== target),
  )
  call.files.write(call.path(target), {
    size: output?.size ?? { bytes: null, low: 0, high: null, basis: 'unknown', source: 'output of sort' },
  })
  return prints(silent)
}
