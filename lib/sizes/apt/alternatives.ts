/**
 * What packages register as alternatives: dpkg's records of the links, the links themselves, and what is logged of it.
 * Source: installations of 2026-11-21 on minimal Debian 12 and 13, each package in its own lines of the logs. Bytes.
 */

/** What registering alternatives writes. */
export interface Alternatives {
  /** Records below /var/lib/dpkg/alternatives. */
  readonly records: number
  /** Targets of the links, in /etc/alternatives and where programs look. */
  readonly links: number
  /** Lines of alternatives.log, and of what goes to the terminal. */
  readonly log: number
  readonly terminal: number
}

type Numbers = readonly [records: number, links: number, log: number, terminal: number]

const byName: Readonly<Record<string, Numbers>> = {
  aptitude: [1024, 50, 1272, 2009],
  automake: [269, 94, 1200, 467],
  'bsd-mailx': [347, 121, 543, 610],
  'build-essential': [2400, 700, 0, 0],
  'g++': [36, 33, 182, 83],
  gcc: [289, 118, 700, 160],
  'imagemagick-6.q16': [3266, 1126, 7188, 6480],
  'imagemagick-7.q16': [3908, 1350, 8572, 7716],
  // No alternatives, but a line for each certificate.
  'ca-certificates-java': [0, 0, 0, 8300],
  'emacs-nox': [784, 300, 1798, 1100],
  iptables: [979, 692, 2307, 570],
  less: [154, 13, 278, 0],
  libblas3: [93, 90, 322, 166],
  liblapack3: [99, 96, 336, 174],
  'lua5.1': [341, 94, 980, 560],
  'mysql-common': [83, 46, 823, 206],
  nano: [214, 64, 700, 504],
  'netcat-openbsd': [221, 74, 670, 420],
  nodejs: [107, 62, 1231, 700],
  sysstat: [118, 41, 280, 322],
  traceroute: [772, 300, 1662, 850],
  'texlive-binaries': [183, 91, 516, 380],
  vim: [3690, 350, 3996, 6544],
  'vim-tiny': [2945, 194, 3996, 6544],
  'xdg-utils': [116, 39, 277, 260],
  'xz-utils': [1135, 382, 1434, 1776],
}

const byPattern: readonly (readonly [RegExp, Numbers])[] = [
  [/^openjdk-\d+-jre-headless$/, [884, 782, 1864, 625]],
  [/^php[\d.]+-cli$/, [362, 122, 854, 861]],
  [/^postgresql-\d+$/, [1636, 1318, 1963, 1245]],
  [/^postgresql-client-\d+$/, [22_639, 17_980, 2199, 137]],
]

/** What a package registers; undefined: nothing, as far as anybody looked. */
export function alternativesOf(name: string): Alternatives | undefined {
  const found = Object.hasOwn(byName, name) ? byName[name] : byPattern.find(([pattern]) => pattern.test(name))?.[1]
  if (found === undefined) return undefined
  const [records, links, log, terminal] = found
  return { records, links, log, terminal }
}
