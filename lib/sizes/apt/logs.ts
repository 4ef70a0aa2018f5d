/**
 * The logs of dpkg and apt: every line that a change writes, so far as its packages tell.
 *
 * Source: dpkg 1.21 and 1.22, src/main/log.c, unpack.c, configure.c and remove.c; apt 2.6, apt-pkg/deb/dpkgpm.cc; logs of
 * installations of 2026-11-21.
 */

/** A package by what logs say of it. */
export interface Logged {
  readonly name: string
  readonly version: string
  /** Where it is renewed: the version before. */
  readonly old?: string
  readonly automatic?: boolean
  /** How often it asks: each time debconf looks for a terminal. */
  readonly asks?: number
}

/** What is logged. */
export interface Writing {
  readonly added: readonly Logged[]
  readonly upgraded: readonly Logged[]
  readonly removed: readonly Logged[]
  readonly purged: boolean
  /** Nobody is asked: DEBIAN_FRONTEND is `noninteractive`. */
  readonly quiet: boolean
}

/** Bytes that each log grows by. */
export interface LogGrowth {
  readonly dpkg: number
  readonly terminal: number
  readonly history: number
}

/** `2026-11-21 18:37:05 `. */
const stamp = 20

/** Most packages are of one architecture, `:amd64`; `:all` is rarer, and two shorter. */
const arch = 6

/** A library may be there in several architectures, and is then called by its full name on the terminal too. */
const qualified = (name: string): number =>
  /^lib/.test(name) && !/-(perl|java|doc|bin|common|data)$/.test(name) ? arch : 0

const sum = <T>(list: readonly T[], of: (one: T) => number): number => list.reduce((bytes, one) => bytes + of(one), 0)

/** A line of dpkg.log: words, the package in full, and its version. */
const line = (words: string, { name }: Logged, version: string): number =>
  stamp + words.length + 1 + name.length + arch + 1 + version.length + 1

const states = (words: readonly string[], one: Logged, version: string): number =>
  sum(words, (word) => line(`status ${word}`, one, version))

const none = ' <none>'.length

const configured = (one: Logged): number =>
  line('configure', one, one.version) + none + states(['unpacked', 'half-configured', 'installed'], one, one.version)

const added = (one: Logged): number =>
  line('install', one, one.version) + none + states(['half-installed', 'unpacked'], one, one.version) + configured(one)

function upgraded(one: Logged): number {
  const old = one.old ?? one.version
  return (
    line('upgrade', one, old) +
    1 +
    one.version.length +
    states(['half-configured', 'unpacked', 'half-installed'], one, old) +
    states(['unpacked'], one, one.version) +
    configured(one)
  )
}

function removed(one: Logged, purged: boolean): number {
  const gone = line('remove', one, one.version) + none
  const away = states(['installed', 'half-configured', 'half-installed', 'config-files'], one, one.version)
  const forgotten = line('purge', one, one.version) + none + states(['config-files', 'not-installed'], one, '<none>')
  return gone + away + (purged ? forgotten : 0)
}

/** Starts of dpkg, and what it does to the cache of the linker: the package it belongs to is triggered. */
const starts = 175
const triggered = 300

/** `(Reading database ... 5%` and so on to the end. */
const reading = 594

/** Another start of dpkg. What is renewed is mostly essential, and apt has it configured before it goes on. */
const again = 70

/** What debconf says of each terminal it does not find. */
const noTerminal = 740

/** First and last line, and the blank ones between. */
const frame = 68

// Modules of PHP that a package brings; each has a list of settings, about which ucf would ask.
const modules: Readonly<Record<string, number>> = { common: 17, xml: 6, mysql: 3, pgsql: 2, sqlite3: 2, dev: 0 }

/** How often the scripts of a package ask. `templates`: it has questions of its own. */
export function asksOf(name: string, templates: boolean): number {
  const module = /^php\d[\d.]*-(.+)$/.exec(name)?.[1]
  return (templates ? 1 : 0) + (module === undefined ? 0 : (modules[module] ?? 1))
}

/** How much the logs grow by a change. Within a few hundredths; what scripts say is not counted. */
export function logGrowth(writing: Writing): LogGrowth {
  const { added: fresh, upgraded: newer, removed: gone, purged, quiet } = writing
  const arriving = [...fresh, ...newer]
  const indexed = arriving.length > 99 ? 4 : arriving.length > 1 ? 3 : 0
  // One for each that is renewed, one for all that are new.
  const runs = Math.max(0, newer.length + Math.sign(fresh.length) - 1)
  const asking = quiet ? 0 : sum(arriving, ({ asks }) => asks ?? 0)
  return {
    dpkg:
      starts +
      triggered +
      runs * again +
      sum(fresh, added) +
      sum(newer, upgraded) +
      sum(gone, (one) => removed(one, purged)),
    terminal:
      frame +
      (arriving.length > 0 ? reading * (1 + runs) : 0) +
      (gone.length > 0 ? reading : 0) +
      60 +
      asking * noTerminal +
      sum(fresh, ({ name }) => 'Selecting previously unselected package .\n'.length + name.length + qualified(name)) +
      sum(arriving, ({ name, version, old }) => {
        const full = name.length + qualified(name)
        const epoch = version.includes(':') ? 2 : 0
        return (
          'Preparing to unpack .../__amd64.deb ...\n'.length +
          indexed +
          name.length +
          version.length +
          epoch +
          ('Unpacking  () ...\n'.length + full + version.length) +
          (old === undefined ? 0 : ' over ()'.length + old.length) +
          ('Setting up  () ...\n'.length + full + version.length)
        )
      }) +
      sum(gone, ({ name, version }) => {
        const once = ' () ...\n'.length + name.length + qualified(name) + version.length
        return 'Removing'.length + once + (purged ? 'Purging configuration files for'.length + once : 0)
      }),
    history:
      150 +
      sum(fresh, (one) => listed(one) + (one.automatic === true ? ', automatic'.length : 0)) +
      sum(newer, (one) => listed(one) + 2 + (one.old ?? one.version).length) +
      sum(gone, listed),
  }
}

const listed = ({ name, version }: Logged): number => name.length + arch + ' (), '.length + version.length
