/** Programs that write nothing but what they print. Those with output that is easily known say it. */
import type { Outcome, Output } from '../shell/command.ts'
import { textOutput } from '../shell/command.ts'
import { isKnown, utf8Bytes } from '../shell/known.ts'
import { exact } from '../size.ts'
import { isApplet } from './busybox.ts'
import { inputOf } from './bytes.ts'
import type { Call, Result } from './command.ts'
import { done, failed, model, prints, unsure } from './command.ts'

/** Nothing is written and what they print is not known. */
const printers =
  'll dir vdir du df file readelf nm ldd objdump strings size od hexdump xxd hd cmp diff sdiff comm paste join fold fmt pr column expand unexpand shuf seq factor bc dc ' +
  'jq xmllint xmlstarlet zgrep rg ag less more most man whatis apropos ps top pgrep pidof kill pkill killall free uptime vmstat lsof fuser netstat ss ip ifconfig route ping dig host nslookup ' +
  'nc ncat telnet traceroute cal hostname hostid tty stty tput clear reset env printenv locale getconf getent groups users who w last finger id logname nproc lscpu lsblk lsmod lspci lsusb blkid mount umount findmnt mountpoint ' +
  'sysctl dmesg ulimit cksum sum shasum base32 iconv uuidgen tsort look ' +
  'realpath readlink pathchk inotifywait logger wall mesg sync lsb_release dpkg-architecture dpkg-query apt-cache apt-config rpmquery pkg-config pkgconf scanelf ' +
  'time usleep wait yes tree pstree watch cloc gpgv lsattr getfacl getfattr getcap nvidia-smi capsh xset'

/** They answer; no news is that they succeed. */
const askers = 'zgrep id getent cmp diff expr pgrep pidof ping pkg-config pkgconf dpkg-query'

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
  if (call.flags.has('-n') && call.files.presence('/etc/passwd') === 'no') {
    // Without a name it says so, and prints the number. Source: coreutils 9.1, src/id.c, print_user; seen with BusyBox 1.35.
    const isOwn = call.flags.has('-u') && call.args.length === 0 && uid !== null
    return isOwn ? { status: 'failed', output: textOutput(`${uid}\n`) } : failed
  }
  if (call.flags.has('-u') && !call.flags.has('-n') && call.args.length === 0 && uid !== null) return line(String(uid))
  return call.args.length > 0 ? unsure : done
}

const textOf = (output: Output | undefined): string | undefined =>
  output?.text !== undefined && isKnown(output.text) && output.text.length < 1_000_000 ? output.text : undefined

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
    if (call.files.presence(path) === 'no' || (entry !== undefined && !['symlink', 'package'].includes(entry.type)))
      return failed
    return entry?.type === 'symlink' && entry.link !== null ? line(entry.link) : done
  }
  if (call.flags.has('-e') && call.files.presence(call.files.real(path)) === 'no') return failed
  return call.files.presence(call.files.real(path)) === 'yes' ? line(call.files.real(path)) : done
}

function seq(call: Call): Result {
  const { flags } = call
  // What begins with a minus and a digit is a number.
  const operands: string[] = []
  for (let words = call.command.argv.slice(1); words.length > 0; words = words.slice(1)) {
    if (/^-(s|f|-separator|-format)$/.test(words[0]!)) words = words.slice(1)
    else if (isApplet(call) && operands.length === 0 && /^-[\d.]/.test(words[0]!)) return failed
    else if (/^-?[\d.]/.test(words[0]!)) operands.push(words[0]!)
    else if (!words[0]!.startsWith('-')) return done
  }
  const numbers = operands.map(Number)
  const [from = 1, step = 1, to = from] =
    numbers.length === 1 ? [1, 1, numbers[0]!] : numbers.length === 2 ? [numbers[0]!, 1, numbers[1]!] : numbers
  const mark = flags.value('-s', '--separator') ?? '\n'
  if (!operands.every((word) => /^-?\d{1,15}$/.test(word)) || step === 0 || Math.abs((to - from) / step) > 10_000)
    return done
  if (flags.has('-f', '--format') || !isKnown(mark) || /[\\%]/.test(mark)) return done
  const count = Math.max(0, Math.floor((to - from) / step) + 1)
  const shown = Array.from({ length: count }, (_, i) => String(from + i * step))
  if (flags.has('-w', '--equal-width')) {
    if (shown.some((text) => text.startsWith('-'))) return done
    const width = Math.max(...operands.map((word) => word.length))
    return prints(
      textOutput(
        lines(
          shown.map((text) => text.padStart(width, '0')),
          mark,
        ),
      ),
    )
  }
  return prints(textOutput(lines(shown, mark)))
}

const lines = (shown: readonly string[], mark: string): string => (shown.length === 0 ? '' : `${shown.join(mark)}\n`)

const known = new Set([
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

// What has as many characters at any time. Source: strftime(3).
const lengths: Readonly<Record<string, number>> = {
  Y: 4,
  C: 2,
  y: 2,
  m: 2,
  d: 2,
  e: 2,
  H: 2,
  I: 2,
  M: 2,
  S: 2,
  j: 3,
  s: 10,
  F: 10,
  T: 8,
  D: 8,
  R: 5,
  z: 5,
  a: 3,
  b: 3,
  h: 3,
  u: 1,
  w: 1,
  p: 2,
  '%': 1,
  n: 1,
  t: 1,
}

/** The date is not known, and yet how long it is, unless a locale or a zone has to say. */
function date(call: Call): Result {
  const { flags, args } = call
  if (flags.has('-d', '-r', '-f', '-s', '--date', '--reference', '--file', '--set')) return done
  const [format] = args
  if (format === undefined) {
    if (call.command.argv.slice(1).some((word) => word !== '-u')) return done
    return ['', 'C', 'POSIX', 'C.UTF-8'].includes(call.env('LC_ALL') ?? call.env('LANG') ?? '') &&
      call.env('TZ') === undefined
      ? prints({ size: exact('Sat Nov 21 00:00:00 UTC 2026\n'.length, 'date') })
      : done
  }
  if (!format.startsWith('+') || !isKnown(format)) return done
  let bytes = 1
  for (const [found, letter] of format.slice(1).matchAll(/%(.)|[^%]/gsu)) {
    const length = letter === undefined ? utf8Bytes(found) : lengths[letter]
    if (length === undefined) return done
    bytes += length
  }
  return prints({ size: exact(bytes, 'date') })
}

/** One sum of two numbers; a result of 0 is a failure. */
function expr(call: Call): Result {
  const [a = '', op = '', b = '', ...more] = call.command.argv.slice(1)
  const [x, y] = [a, b].map((word) => (/^-?\d{1,9}$/.test(word) ? Number(word) : undefined))
  if (more.length > 0 || x === undefined || y === undefined) return unsure
  const value =
    op === '+'
      ? x + y
      : op === '-'
        ? x - y
        : op === '*'
          ? x * y
          : op === '/' && y !== 0
            ? Math.trunc(x / y)
            : op === '%' && y !== 0
              ? x % y
              : undefined
  if (value === undefined) return unsure
  return { status: value === 0 ? 'failed' : 'ok', output: textOutput(`${value}\n`) }
}

export default [
  model({
    names: ['date'],
    values: ['-d', '-r', '-f', '-s', '--date', '--reference', '--file', '--set'],
    reliable: true,
    run: date,
  }),
  model({ names: ['expr'], oneDash: true, reliable: true, run: expr }),
  model({ names: printers.split(' ').filter((name) => !known.has(name)), reliable: true, run: answer }),
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
      call.files.presence('/etc/passwd') === 'no'
        ? failed
        : /^[a-z_]/.test(call.command.user)
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
