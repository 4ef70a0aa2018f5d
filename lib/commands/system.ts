/** Small keepers of a distribution's files: ldconfig, update-alternatives, strip, ca certificates, locales, zones. */

import { display, isKnown, utf8Bytes } from '../shell/known.ts'
import { inside, nameOf, parentOf } from '../shell/paths.ts'
import { about, exact, unknown } from '../size.ts'
import type { Call, Result } from './command.ts'
import { failed, model, unsure } from './command.ts'
import { followed } from './places.ts'

/** Rewrites a file whose new length nobody knows, near its old one. */
function rewrite(call: Call, path: string, why: string, made: number): void {
  const old = followed(call.files, path)?.size.bytes
  const size =
    old === undefined || old === null
      ? about(made, 0, made * 20, 'heuristic', why)
      : about(old, old * 0.8, old * 2 + made, 'heuristic', why)
  call.files.write(path, { size })
}

// Libraries installed since are in the new cache; how many, nobody knows. Source: run-size specification, section 3.
function ldconfig(call: Call): Result {
  if (call.flags.has('-p', '-v', '-V', '--print-cache', '-N')) return undefined
  rewrite(call, '/etc/ld.so.cache', 'ld.so.cache', 4500)
  // musl has none of it.
  if (call.files.presence('/var/cache/ldconfig') !== 'no')
    call.files.put('/var/cache/ldconfig/aux-cache', {
      type: 'file',
      mode: 0o600,
      size: about(5700, 0, 60_000, 'heuristic', 'aux-cache of ldconfig'),
    })
  return undefined
}

function alternatives(call: Call): Result {
  const { argv } = call.command
  const at = argv.findIndex((word) => /^--(?:install|set|auto|remove|config|all)/.test(word))
  // It is asked only.
  if (at < 0) return undefined
  const [action, ...words] = argv.slice(at)
  const isInstall = action === '--install'
  if (words.length < (isInstall ? 4 : action === '--set' ? 2 : 0)) return failed
  const [name = '', target = ''] = isInstall ? words.slice(1) : words
  const links = [words, ...followersOf(words)]
  if (isInstall && (call.files.presence(target) === 'no' || links.some(({ length }) => length < 3))) return failed
  const record = `/var/lib/dpkg/alternatives/${name}`
  const isNew = isInstall && argv.every(isKnown) && call.files.presence(record) === 'no'
  if (isInstall) {
    for (const [link = '', one = '', to = ''] of links) {
      call.files.put(call.path(link), { type: 'symlink', link: `/etc/alternatives/${one}` })
      call.files.put(`/etc/alternatives/${one}`, { type: 'symlink', link: to })
    }
    const size = isNew
      ? exact(utf8Bytes(recordText(words)), 'record of update-alternatives')
      : about(100, 20, 2000, 'heuristic', 'record of update-alternatives')
    call.files.put(record, { type: 'file', size })
  } else if (action === '--set') {
    call.files.put(`/etc/alternatives/${name}`, { type: 'symlink', link: target })
    rewrite(call, record, 'record of update-alternatives', 100)
  }
  logAlternatives(call, isNew, [
    `run with ${argv.slice(1).join(' ')}`,
    `link group ${name} updated to point to ${target}`,
    `status of link group ${isInstall ? words[0] : `/usr/bin/${name}`} set to manual`,
  ])
  return undefined
}

/** Links that go along: link, name and target of each. */
const followersOf = (words: readonly string[]): readonly (readonly string[])[] =>
  words.flatMap((word, i) => (word === '--slave' ? [words.slice(i + 1, i + 4)] : []))

/** What dpkg keeps of a group with one choice. Source: update-alternatives of dpkg 1.21. */
function recordText(words: readonly string[]): string {
  const [link = '', , target = '', priority = ''] = words
  const followers = followersOf(words).toSorted(([, a = ''], [, b = '']) => (a < b ? -1 : 1))
  const heads = followers.flatMap(([own = '', name = '']) => [name, own])
  return ['auto', link, ...heads, '', target, priority, ...followers.map(([, , to = '']) => to), '', ''].join('\n')
}

/** A line when it runs; one more where the link moves, as that of a new group does; and one where that was asked for. */
function logAlternatives(call: Call, moves: boolean, [ran = '', moved = '', asked = '']: readonly string[]): void {
  const line = (text: string): number => utf8Bytes(`update-alternatives YYYY-MM-DD hh:mm:ss: ${text}\n`)
  const [least, usual] = [line(ran), line(ran) + line(moved)]
  const why = 'log of update-alternatives'
  const size = moves ? exact(usual, why) : about(usual, least, usual + line(asked), 'heuristic', why)
  call.files.write('/var/log/alternatives.log', { size, append: true })
}

function strip(call: Call): Result {
  const target = call.flags.value('-o')
  let outcome: Result
  const files = call.name.endsWith('objcopy') ? call.args.slice(0, 1) : call.args
  for (const arg of files) {
    const path = call.files.real(call.path(arg))
    const to =
      target !== undefined
        ? call.path(target)
        : call.name.endsWith('objcopy') && call.args[1] !== undefined
          ? call.path(call.args[1])
          : path
    const there = call.files.presence(path)
    if (there === 'no') {
      outcome = failed
      continue
    }
    const bytes = followed(call.files, path)?.size.bytes
    const size =
      bytes === undefined || bytes === null
        ? unknown(`stripped ${display(path)}`)
        : about(bytes * 0.7, bytes * 0.02, bytes, 'heuristic', 'stripped')
    const entry = call.files.get(path)
    if (entry === undefined && there === 'unknown') call.files.perhaps(() => call.files.put(to, { type: 'file', size }))
    else
      call.files.put(to, {
        type: 'file',
        size,
        ...(entry === undefined ? {} : { mode: entry.mode, uid: entry.uid, gid: entry.gid }),
      })
  }
  return outcome
}

function certificates(call: Call): Result {
  // The bundle alone where its length is known. Source: run-size specification, section 7.
  const bundle = '/etc/ssl/certs/ca-certificates.crt'
  const old = followed(call.files, bundle)?.size.bytes
  call.files.write(bundle, {
    size:
      old === undefined || old === null
        ? about(222_073, 150_000, 400_000, 'heuristic', 'bundle of certificates')
        : about(old, old, old + 20_000, 'heuristic', 'bundle of certificates'),
  })
  return unsure
}

/** Locales that are compiled: those named, those that /etc/locale.gen has, as far as it can be read. */
function localesAsked(call: Call): readonly string[] {
  const named = call.args.filter((word) => !word.startsWith('-'))
  if (call.name === 'localedef' || named.length > 0) return named
  return (call.files.text('/etc/locale.gen') ?? '')
    .split('\n')
    .flatMap((line) => (/^\s*(#|$)/.test(line) ? [] : (line.trim().split(/\s+/)[0] ?? [])))
}

// Rules for sorting are most of it, and nearly all locales share theirs. Source: archives made on 2026-11-21 on Debian 12
// (3,048,928 for en_US; twelve languages within 250 bytes; 3,407,104 with a second) and Debian 13. Bytes.
const firstLocale = { bookworm: 3_048_928, trixie: 3_063_024 }
const nextLocale = 180_000
const oddLocale = /^(C|POSIX|zh|ja|ko|th|km|my|lo)\b/

function locales(call: Call): Result {
  const names = localesAsked(call)
  const first = call.facts.os?.codename === 'trixie' ? firstLocale.trixie : firstLocale.bookworm
  const usual = names.length > 0 && names.every((name) => /[_.]/.test(name) && !oddLocale.test(name))
  const single = about(first, first - 2000, first + 2000, 'resolved', 'an archive of one locale')
  const many = Math.max(1, names.length)
  const bytes = first + nextLocale * (many - 1)
  const size =
    usual && many === 1 ? single : about(bytes, 300_000, first + 1_100_000 * many, 'heuristic', 'an archive of locales')
  call.files.put('/usr/lib/locale', { type: 'package', label: 'locale archive', size })
  return unsure
}

/**
 * Answers to packages' questions. debconf writes its databases anew and leaves the former ones beside them; who is configured
 * again writes little else. Source: debconf-set-selections(1), dpkg-reconfigure(8).
 */
function questions(call: Call): Result {
  for (const [path, usual, grows] of [
    ['/var/cache/debconf/config.dat', 4400, 600],
    ['/var/cache/debconf/templates.dat', 760_000, 2000],
  ] as const) {
    const old = followed(call.files, path)?.size.bytes ?? usual
    const from = 'databases of debconf'
    call.files.write(path, { size: about(old + grows / 4, old, old + grows, 'resolved', from) })
    call.files.put(`${path}-old`, {
      type: 'file',
      size: about(old, old, old + grows, 'resolved', from),
      kind: 'temporary',
    })
  }
  if (call.name === 'debconf-set-selections') return unsure
  for (const name of call.args) {
    if (name === 'locales') void locales({ ...call, name: 'locale-gen', args: [] })
    else if (!small.test(name)) call.files.mystery(`${call.name} ${isKnown(name) ? name : ''}`.trimEnd(), '/var')
  }
  if (call.args.includes('tzdata')) {
    call.files.put('/etc/timezone', { type: 'file', size: about(14, 4, 40, 'resolved', 'a time zone') })
    call.files.put('/etc/localtime', { type: 'symlink', link: '/usr/share/zoneinfo/Etc/UTC' })
  }
  return unsure
}

// What these write is no more than a few lines.
const small =
  /^(tzdata|dash|debconf|keyboard-configuration|console-setup|unattended-upgrades|apt-listchanges|man-db|libc6)$/

/** `update-locale LANG=C.UTF-8`: a file with a head of one line. Source: update-locale(8). */
function localeSettings(call: Call): Result {
  const lines = call.args.filter((word) => word.includes('='))
  const bytes = 44 + lines.reduce((sum, line) => sum + line.length + 1, 0)
  call.files.put('/etc/default/locale', {
    type: 'file',
    size: about(bytes, bytes - 44, bytes + 44, 'resolved', 'settings'),
  })
  return unsure
}

// The caches that packages made are made again, as long as before. Of other fonts nobody knows how many there are.
function fontCache(call: Call): Result {
  const made = call.files.packagesIn('/var/cache/fontconfig')
  if (made.length === 0) call.files.mystery('fc-cache', '/var')
  for (const { path, ...file } of made) call.files.put(path, file)
  return unsure
}

export default [
  model({ names: ['fc-cache'], values: ['-y', '--sysroot'], run: fontCache }),
  model({ names: ['update-locale'], run: localeSettings }),
  model({ names: ['ldconfig'], values: ['-f', '-C', '-r'], reliable: true, run: ldconfig }),
  model({ names: ['update-alternatives', 'alternatives'], oneDash: true, reliable: true, run: alternatives }),
  model({
    names: ['strip', 'objcopy', 'eu-strip', 'llvm-strip', 'upx'],
    values: ['-o', '-K', '-N', '-R', '-j', '-I', '-O', '-B', '-F'],
    run: strip,
  }),
  model({ names: ['update-ca-certificates', 'update-ca-trust'], reliable: true, run: certificates }),
  model({
    names: ['locale-gen', 'localedef'],
    values: ['-i', '-f', '-c', '-A', '--inputfile', '--charmap', '--alias-file'],
    run: locales,
  }),
  // Services, devices and the running kernel: nothing of it lies in the image.
  model({
    names: [
      'service',
      'systemctl',
      'rc-service',
      'invoke-rc.d',
      'sv',
      'initctl',
      'update-rc.d',
      'rc-update',
      'hwclock',
      'losetup',
      'swapon',
      'swapoff',
      'modprobe',
      'iptables',
      'udevadm',
      'policy-rc.d',
    ],
    run: () => unsure,
  }),
  model({
    names: [
      'dpkg-divert',
      'dpkg-statoverride',
      'mandb',
      'depmod',
      'update-mime-database',
      'gtk-update-icon-cache',
      'glib-compile-schemas',
      'update-initramfs',
      'install-info',
      'texhash',
      'mktexlsr',
    ],
    run(call) {
      call.files.mystery(call.name, '/var')
      return unsure
    },
  }),
  model({ names: ['dpkg-reconfigure', 'debconf-set-selections'], values: ['-f', '-p', '-c'], run: questions }),
  model({
    names: ['ssh-keygen'],
    values: ['-t', '-b', '-f', '-N', '-C', '-P', '-m', '-R'],
    run(call) {
      const path = call.flags.value('-f')
      if (call.flags.has('-A'))
        call.files.put('/etc/ssh', { type: 'package', label: 'ssh host keys', size: unknown('keys') })
      else if (path !== undefined && call.flags.has('-N', '-t') && !call.flags.has('-R', '-y', '-l')) {
        for (const [ending, mode] of [
          ['', 0o600],
          ['.pub', 0o644],
        ] as const)
          call.files.put(call.path(path + ending), { type: 'file', mode, size: unknown('key') })
      }
      return unsure
    },
  }),
  model({
    names: [
      'ssh-keyscan',
      'ssh',
      'scp',
      'sftp',
      'docker',
      'kubectl',
      'xdg-open',
      'dbus-launch',
      'Xvfb',
      'gpg-agent',
      'gpgconf',
    ],
    run: (call) => {
      if (call.name === 'scp' && call.args.length > 1)
        call.files.put(parentOf(call.path(call.args.at(-1)!)), {
          type: 'package',
          label: `scp: ${nameOf(call.args[0]!)}`,
          size: unknown('copied by scp'),
        })
      return unsure
    },
  }),
  model({
    names: ['gpg', 'gpg2', 'apt-key'],
    values: [
      '--keyserver',
      '--recv-keys',
      '--recv-key',
      '--homedir',
      '-o',
      '--output',
      '--no-default-keyring',
      '--keyring',
      '--keyserver-options',
      '-u',
      '--trust-model',
      '-r',
      '--passphrase',
      '--pinentry-mode',
      '--secret-keyring',
    ],
    run: keys,
  }),
]

function keys(call: Call): Result {
  const { flags, files } = call
  const output = flags.value('-o', '--output')
  const keyring = flags.value('--keyring')
  const words = call.command.argv
  if (output !== undefined && output !== '-') files.write(call.path(output), { size: unknown('written by gpg') })
  else if (
    words.some((word) => /^--(dearmor|export|decrypt|armor|list-keys|fingerprint|version)$/.test(word) || word === '-d')
  )
    return unsure
  if (output === undefined && words.includes('--dearmor') && call.args[0] !== undefined)
    files.write(call.path(`${call.args[0]}.gpg`), { size: unknown('written by gpg') })
  if (
    words.some((word) =>
      /^--(verify|recv-keys?|import|receive-keys|refresh-keys|batch|full-generate-key|gen-key|generate-key|keyserver)$/.test(
        word,
      ),
    ) ||
    call.name === 'apt-key'
  ) {
    const home = flags.value('--homedir') ?? call.env('GNUPGHOME') ?? inside(call.home, '.gnupg')
    if (call.name === 'apt-key') files.put('/etc/apt/trusted.gpg', { type: 'file', size: unknown('keys of apt') })
    else if (keyring !== undefined) files.put(call.path(keyring), { type: 'file', size: unknown('keys') })
    else if (!words.includes('--verify') || words.includes('--recv-keys')) {
      files.mkdir(call.path(home), { mode: 0o700 })
      files.put(call.path(home), { type: 'package', label: 'gpg keys', size: unknown('keys and trust database') })
    }
  }
  return unsure
}
