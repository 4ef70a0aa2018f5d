/**
 * Files that maintainer scripts and triggers write. Source: recorded builds of 2026-11-20 on minimal Debian and Ubuntu
 * bases, spec/run-size.md section 3; installations of 2026-11-21 on Debian 12 and 13. Bytes.
 */
import type { Suite } from './suites.ts'
import type { Candidate } from './table.ts'

/** Something a package's scripts write when it is installed. */
export interface Generated {
  readonly path: string
  readonly bytes: number
  readonly links?: number
  /** A folder or several files, not one file. */
  readonly many?: true
}

const file = (path: string, bytes: number): Generated => ({ path, bytes })
const several = (path: string, bytes: number, links = 0): Generated => ({ path, bytes, links, many: true })

const alternatives = '/var/lib/dpkg/alternatives'

const byName: Readonly<Record<string, readonly Generated[]>> = {
  'readline-common': [file('/etc/inputrc', 1875)],
  'shared-mime-info': [several('/usr/share/mime', 2_680_507)],
  systemd: [file('/var/lib/systemd/catalog/database', 214_046)],
  'adwaita-icon-theme': [several('/usr/share/icons', 124_080)],
  locales: [file('/etc/locale.gen', 9464)],
  'libpam-cap': [several('/etc/pam.d', 6762)],
  'libpam-systemd': [several('/etc/pam.d', 6762)],
  'libgdk-pixbuf-2.0-0': [file('/usr/lib/x86_64-linux-gnu/gdk-pixbuf-2.0/2.10.0/loaders.cache', 2582)],
  python3: [file('/etc/python3/debian_config', 94)],
  libwrap0: [file('/etc/hosts.allow', 411), file('/etc/hosts.deny', 711)],
  'libnss-systemd': [file('/etc/nsswitch.conf', 526)],
  // Settings, keys of three kinds, and what ucf remembers of the settings.
  'openssh-server': [several('/etc/ssh', 7434), several('/var/lib/ucf', 3316)],
  apache2: [file('/var/www/html/index.html', 10_701), several('/etc/apache2', 0, 1532)],
  graphviz: [file('/usr/lib/x86_64-linux-gnu/graphviz/config6a', 3286)],
  ghostscript: [several('/var/lib/ghostscript/fonts', 7077)],
  'fonts-urw-base35': [several('/usr/share/fonts/X11/Type1', 47_989)],
  memcached: [file('/etc/memcached.conf', 1480)],
  vim: [several(alternatives, 3690, 350)],
  gcc: [several(alternatives, 289, 118)],
  'build-essential': [several(alternatives, 2400, 700)],
  imagemagick: [several(alternatives, 3482, 1405)],
}

const byPattern: readonly (readonly [RegExp, readonly Generated[]])[] = [
  [/^(php[\d.]+-(cli|fpm|cgi|phpdbg|embed)|libapache2-mod-php[\d.]+)$/, [several('/etc/php', 73_890)]],
  // A list of settings for each module, links to it, and ucf's records in eight generations.
  [/^php[\d.]+-common$/, [several('/etc/php', 1950, 1250), several('/var/lib/ucf', 23_000)]],
  [/^postgresql-client-\d+$/, [several(alternatives, 22_639, 10_576), several('/etc', 7404)]],
]

// The bundle of all authorities, links to each, and the list of those in use.
const certificates: Readonly<Record<string, readonly [bundle: number, links: number, list: number]>> = {
  debian: [222_073, 14_258, 6381],
  ubuntu: [179_000, 13_308, 5272],
}

// Rewrites of what dpkg keeps of perl-base.
const perlInfo = several('/var/lib/dpkg/info', 41_366)

/** What installing a package makes its scripts write, without byte code and debconf. */
export function generatedBy(candidate: Candidate, suite: Suite): readonly Generated[] {
  const { name } = candidate
  if (name === 'ca-certificates') {
    const [bundle, links, list] = certificates[suite.id] ?? certificates.debian!
    return [
      file('/etc/ssl/certs/ca-certificates.crt', bundle),
      several('/etc/ssl/certs', 0, links),
      file('/etc/ca-certificates.conf', list),
    ]
  }
  if (name === 'perl' && suite.codename === 'trixie') return [perlInfo]
  return Object.hasOwn(byName, name) ? byName[name]! : (byPattern.find(([pattern]) => pattern.test(name))?.[1] ?? [])
}

/** Does its installation make a system account? Debian policy 9.2: those that do depend on adduser. */
export const makesAccount = ({ depends }: Candidate): boolean =>
  depends.some((group) => group.some(({ name }) => name === 'adduser'))

// Byte code of these differs from what others have: sources that are mostly tables, or mostly code.
const oddByteCode: Readonly<Record<string, number>> = { supervisor: 1.69 }

/** Byte code that the interpreter's helpers make of a package's Python source; 0 where none is made. */
export function byteCodeOf({ name, weight, depends }: Candidate, suite: Suite): number {
  if (weight.byteCode !== undefined) return weight.byteCode
  if (weight.python === 0) return 0
  const library = /^(libpython3\.\d+-(minimal|stdlib)|python3-minimal)$/.test(name)
  const compiled =
    library || depends.some((group) => group.some((one) => /^python3(\.\d+)?(:any|-minimal)?$/.test(one.name)))
  if (!compiled || /^libpython.*-dev$/.test(name)) return 0
  return Math.round(weight.python * (library ? suite.byteCode[0] : (oddByteCode[name] ?? suite.byteCode[1])))
}

/** Growth of the debconf databases by a package's templates; 0 for packages that only ask again. */
export function debconfGrowth({ name, weight }: Candidate): number | undefined {
  if (/^libpam-(cap|systemd|runtime)$/.test(name)) return 61
  if (weight.templates === 0) return undefined
  const values = name === 'ca-certificates' ? 12_900 : name === 'locales' ? 4787 : 0
  return Math.round(weight.templates * 1.0647) + values
}
