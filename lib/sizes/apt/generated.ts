/**
 * Files that maintainer scripts and triggers write. Source: recorded builds of 2026-11-20 on minimal Debian and Ubuntu
 * bases, spec/run-size.md section 3; installations of 2026-11-21 and 22 on Debian 12 and 13. Bytes.
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
  /** It is not taken away with the package. */
  readonly stays?: true
  /** Only where manuals are kept: not on slim bases. */
  readonly full?: true
  /** Only where this package comes in the same change: who installs it first may have told it otherwise. */
  readonly along?: string
}

const file = (path: string, bytes: number): Generated => ({ path, bytes })
const several = (path: string, bytes: number, links = 0): Generated => ({ path, bytes, links, many: true })

// A first cluster, unless postgresql-common was there and told not to make one.
const cluster = (data: number, settings: number): readonly Generated[] => [
  { ...several('/var/lib/postgresql', data), stays: true, along: 'postgresql-common' },
  { ...several('/etc/postgresql', settings), along: 'postgresql-common' },
]

// What a kernel boots with, and what its modules need. WireGuard's tools recommend a kernel.
const kernel = /^linux-image-\d+\.\d+\.\d+.*-amd64$/
const booting = (disk: number, modules: number): readonly Generated[] => [
  { ...file('/boot/initrd.img', disk), along: 'initramfs-tools' },
  several('/usr/lib/modules', modules),
]

const byName: Readonly<Record<string, readonly Generated[]>> = {
  'readline-common': [file('/etc/inputrc', 1875)],
  'shared-mime-info': [several('/usr/share/mime', 2_680_507)],
  systemd: [file('/var/lib/systemd/catalog/database', 214_046)],
  // What is known of devices, as a tree that is searched.
  udev: [file('/usr/lib/udev/hwdb.bin', 13_075_670)],
  'adwaita-icon-theme': [several('/usr/share/icons', 124_080)],
  'ca-certificates-java': [file('/etc/ssl/certs/java/cacerts', 167_226)],
  locales: [file('/etc/locale.gen', 9464)],
  'libpam-cap': [several('/etc/pam.d', 6762)],
  'libpam-systemd': [several('/etc/pam.d', 6762)],
  'libgdk-pixbuf-2.0-0': [file('/usr/lib/x86_64-linux-gnu/gdk-pixbuf-2.0/2.10.0/loaders.cache', 2582)],
  python3: [file('/etc/python3/debian_config', 94)],
  libwrap0: [file('/etc/hosts.allow', 411), file('/etc/hosts.deny', 711)],
  'libnss-systemd': [file('/etc/nsswitch.conf', 526)],
  smartmontools: [several('/var/lib/smartmontools', 234_401)],
  // Settings, keys of three kinds, and what ucf remembers of the settings.
  'openssh-server': [several('/etc/ssh', 7434), several('/var/lib/ucf', 3316)],
  apache2: [file('/var/www/html/index.html', 10_701), several('/etc/apache2', 0, 1532)],
  graphviz: [file('/usr/lib/x86_64-linux-gnu/graphviz/config6a', 3286)],
  ghostscript: [several('/var/lib/ghostscript/fonts', 7077)],
  'fonts-urw-base35': [several('/usr/share/fonts/X11/Type1', 47_989)],
  'xfonts-base': [several('/usr/share/fonts/X11/misc', 43_319)],
  'dictionaries-common': [several('/var/cache/dictionaries-common', 9000)],
  'gsettings-desktop-schemas': [file('/usr/share/glib-2.0/schemas/gschemas.compiled', 39_268)],
  // Of the manuals of a base and a few packages, in 25 languages.
  'man-db': [{ ...several('/var/cache/man', 561_342), full: true }],
  // Catalogues, each with its former self.
  'xml-core': [several('/etc/xml', 8630), several('/var/lib/xml-core', 4215)],
  'docbook-xml': [several('/etc/xml', 20_464), several('/var/lib/xml-core', 10_100)],
  'docbook-xsl': [several('/etc/xml', 1495), several('/var/lib/xml-core', 614)],
  'sgml-data': [several('/etc/xml', 2582), several('/var/lib/xml-core', 1150)],
  'unattended-upgrades': [several('/etc/apt/apt.conf.d', 7487), several('/var/lib/ucf', 8100)],
  // ucf keeps a copy of each file it looks after, and what it remembers of it.
  autofs: [several('/etc', 24_000), several('/var/lib/ucf', 27_100)],
  'mercurial-common': [several('/etc/mercurial', 2823), several('/var/lib/ucf', 2931)],
  'samba-common': [several('/etc/samba', 8604), several('/var/lib/ucf', 8750)],
  samba: [several('/run/samba/upgrades', 8604)],
  postfix: [several('/etc/postfix', 42_672), { ...file('/etc/aliases.db', 12_288), stays: true }],
  'exim4-config': [several('/etc/exim4', 1105), several('/var/lib/exim4', 25_456), file('/etc/default/exim4', 1014)],
  chrony: [several('/etc/chrony', 1897), several('/var/lib/ucf', 2170)],
  'clamav-daemon': [several('/etc/clamav', 1994), several('/var/lib/ucf', 2060)],
  'dovecot-core': [several('/etc/dovecot', 61_000), several('/var/lib/ucf', 87_000)],
  'dovecot-imapd': [several('/etc/dovecot', 4520), several('/var/lib/ucf', 4520)],
  'dovecot-lmtpd': [several('/etc/dovecot', 1367), several('/var/lib/ucf', 1367)],
  'dovecot-sieve': [several('/etc/dovecot', 12_087), several('/var/lib/ucf', 12_087)],
  'monitoring-plugins-basic': [several('/etc/nagios-plugins', 14_860), several('/var/lib/ucf', 23_050)],
  privoxy: [file('/etc/privoxy/config', 86_256), several('/var/lib/ucf', 86_340)],
  'r-base-core': [several('/etc/R', 2181), several('/var/lib/ucf', 2250)],
  'zabbix-agent': [several('/etc/zabbix', 17_178), several('/var/lib/ucf', 17_460)],
  // Copies of what Debian has in packages of its own.
  rspamd: [several('/usr/share/rspamd/www', 551_448)],
  'ssl-cert': [several('/etc/ssl', 2766, 60)],
  slapd: [several('/etc/ldap/slapd.d', 40_000), { ...several('/var/lib/ldap', 45_056), stays: true }],
  lighttpd: [file('/var/www/html/index.lighttpd.html', 3388)],
  'nginx-common': [file('/var/www/html/index.nginx-debian.html', 615)],
  'emacs-nox': [several('/usr/share/emacs/site-lisp', 2171)],
  memcached: [file('/etc/memcached.conf', 1480)],
  // An empty database: its log alone is 96 MiB long.
  'mariadb-server': [{ ...several('/var/lib/mysql', 118_171_286), stays: true }, file('/etc/mysql/debian.cnf', 544)],
  // Formats that the triggers of tex-common make; LaTeX has far larger ones.
  'texlive-base': [several('/var/lib/texmf', 4_736_794)],
  'texlive-latex-base': [several('/var/lib/texmf', 37_044_596)],
  // LaTeX as it will be, in four formats, and AMSTeX.
  'texlive-latex-extra': [several('/var/lib/texmf', 36_974_203)],
  'texlive-science': [several('/var/lib/texmf', 189_269)],
  // OpTeX.
  'texlive-luatex': [several('/var/lib/texmf', 741_549)],
  // Taken out of an archive in which scanners for viruses do not find it.
  'nmap-common': [file('/usr/share/nmap/nselib/data/psexec/nmap_service.exe', 252_349)],
  // Names of all cameras and scanners that udev's tree of devices has besides.
  'libgphoto2-6t64': [{ ...several('/usr/lib/udev', 249_700), along: 'udev' }],
  libsane1: [{ ...several('/usr/lib/udev', 93_400), along: 'udev' }],
  'cups-daemon': [file('/etc/cups/cupsd.conf', 6796)],
  'freetds-common': [file('/etc/freetds/freetds.conf', 1154)],
  'swi-prolog-core': [file('/usr/lib/swi-prolog/library/INDEX.pl', 45_917)],
  bird2: [file('/etc/bird/bird.conf', 6157), several('/var/lib/ucf', 6240)],
  xrdp: [file('/etc/xrdp/rsakeys.ini', 2939)],
}

// Dictionaries as spell checkers read them, made from lists of words. Debian 12; the lists are the same in Debian 13.
const dictionaries: Readonly<Record<string, number>> = {
  'aspell-de': 2_092_016,
  'aspell-en': 4_305_168,
  'aspell-es': 1_279_280,
  'aspell-fr': 17_755_536,
  'aspell-it': 2_168_864,
  'aspell-nl': 8_681_952,
  'aspell-pl': 7_131_232,
  'aspell-pt-br': 7_146_352,
  'aspell-pt-pt': 864_320,
  'aspell-ru': 3_331_952,
  iamerican: 1_725_912,
  ibritish: 1_721_016,
  ingerman: 4_046_632,
}

const byPattern: readonly (readonly [RegExp, readonly Generated[]])[] = [
  [/^(php[\d.]+-(cli|fpm|cgi|phpdbg|embed)|libapache2-mod-php[\d.]+)$/, [several('/etc/php', 73_890)]],
  [/^postgresql-\d+$/, cluster(40_012_921, 37_200)],
  [kernel, booting(31_399_116, 5_701_085)],
  // A list of settings for each module, links to it, and ucf's records in eight generations.
  [/^php[\d.]+-common$/, [several('/etc/php', 1950, 1250), several('/var/lib/ucf', 23_000)]],
]

// Where Debian 13 differs.
const inTrixie: readonly (readonly [RegExp, readonly Generated[]])[] = [
  // Rewrites of what dpkg keeps of perl-base, and that stays without perl.
  [/^perl$/, [{ ...several('/var/lib/dpkg/info', 41_366), stays: true }]],
  [/^postgresql-\d+$/, cluster(40_238_907, 40_577)],
  [
    /^mariadb-server$/,
    [{ ...several('/var/lib/mysql', 149_328_971), stays: true }, file('/etc/mysql/debian.cnf', 544)],
  ],
  [/^texlive-base$/, [several('/var/lib/texmf', 4_909_794)]],
  [/^texlive-latex-base$/, [several('/var/lib/texmf', 16_062_698)]],
  [/^nmap-common$/, []],
  [/^texlive-latex-extra$/, [several('/var/lib/texmf', 15_945_444)]],
  [/^texlive-science$/, [several('/var/lib/texmf', 189_245)]],
  // How words are hyphenated, in each of five formats.
  [/^texlive-lang-german$/, [several('/var/lib/texmf', 2_341_126)]],
  [
    /^texlive-xetex$/,
    [
      several('/var/lib/texmf', 6_448_275),
      { ...several('/var/lib/texmf/web2c/xetex', 4_215_532), along: 'texlive-latex-extra' },
    ],
  ],
  [/^smartmontools$/, [several('/var/lib/smartmontools', 484_594)]],
  // Its rules, unpacked.
  [/^spamassassin$/, [several('/var/lib/spamassassin', 1_655_831)]],
  [kernel, booting(36_631_710, 5_701_140)],
  [/^shared-mime-info$/, [several('/usr/share/mime', 2_786_843)]],
  [/^adwaita-icon-theme$/, [several('/usr/share/icons', 38_172)]],
  [/^gsettings-desktop-schemas$/, [file('/usr/share/glib-2.0/schemas/gschemas.compiled', 40_316)]],
  [/^systemd$/, [file('/var/lib/systemd/catalog/database', 235_605)]],
  [/^udev$/, [file('/usr/lib/udev/hwdb.bin', 13_519_639)]],
  [/^(php[\d.]+-(cli|fpm|cgi|phpdbg|embed)|libapache2-mod-php[\d.]+)$/, [several('/etc/php', 69_367)]],
  [/^php[\d.]+-common$/, [several('/etc/php', 1675, 1748), several('/var/lib/ucf', 15_563)]],
]

// The bundle of all authorities, links to each, and the list of those in use.
const certificates: Readonly<Record<string, readonly [bundle: number, links: number, list: number]>> = {
  debian: [222_073, 14_258, 6381],
  ubuntu: [179_000, 13_308, 5272],
}

// The list of all files that TeX looks into, a line for each with the folders between. What is told of these has them.
const listed = (name: string): boolean => /^texlive-(?!(base|latex-base|binaries|luatex|lang-german)$)/.test(name)
const listLine = 21

/** What installing a package makes its scripts write, without byte code and debconf. */
export function generatedBy(candidate: Candidate, suite: Suite): readonly Generated[] {
  const { name, weight } = candidate
  const own = writtenBy(name, suite)
  if (!listed(name) || weight.files * listLine < 4096) return own
  const always = own.filter(({ along }) => along === undefined)
  const bytes = weight.files * listLine + always.reduce((sum, one) => sum + one.bytes, 0)
  return [several('/var/lib/texmf', bytes), ...own.filter((one) => !always.includes(one))]
}

function writtenBy(name: string, suite: Suite): readonly Generated[] {
  if (name === 'ca-certificates') {
    const [bundle, links, list] = certificates[suite.id] ?? certificates.debian!
    return [
      file('/etc/ssl/certs/ca-certificates.crt', bundle),
      several('/etc/ssl/certs', 0, links),
      file('/etc/ca-certificates.conf', list),
    ]
  }
  const words = Object.hasOwn(dictionaries, name) ? dictionaries[name]! : 0
  if (words > 0) return [several(name.startsWith('aspell') ? '/var/lib/aspell' : '/var/lib/ispell', words)]
  const own = suite.codename === 'trixie' ? inTrixie.find(([pattern]) => pattern.test(name))?.[1] : undefined
  if (own !== undefined) return own
  return Object.hasOwn(byName, name) ? byName[name]! : (byPattern.find(([pattern]) => pattern.test(name))?.[1] ?? [])
}

/** Single files that a package's scripts wrote and a purge takes away: paths. */
export const forgottenWith = (candidate: Candidate, suite: Suite): readonly string[] =>
  generatedBy(candidate, suite).flatMap(({ path, many, stays }) => (many === true || stays === true ? [] : [path]))

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
