/** Package managers of fewer distributions: pacman, Portage, XBPS, Homebrew, Nix, opkg. Source: their manual pages. */
import { inside } from '../shell/paths.ts'
import { about } from '../size.ts'
import type { Call } from './command.ts'
import { model, unsure } from './command.ts'
import { cache, cacheHome, content, emptied, folderOf, temporary } from './parcels.ts'
import { byVerb } from './verbs.ts'

/** `extra/curl`, `curl=8.9`, `>=dev-lang/python-3`: the name alone. */
const nameIn = (word: string): string => word.replace(/^[<>=~!]+/, '').replace(/^([^=<>]+)[=<>].*$/, '$1')

function pacman(call: Call) {
  const { flags, args } = call
  const root = call.path(flags.value('--root', '-r', '--sysroot') ?? '/')
  const kept = call.path(flags.value('--cachedir') ?? inside(root, 'var/cache/pacman/pkg'))
  const database = (): void => content(call, inside(root, 'var/lib/pacman/local'), 'pacman database')
  if (flags.has('-S', '--sync')) {
    if (flags.has('-c', '--clean')) {
      // Once: what is not installed; twice: all, and nothing if nobody is asked. Source: pacman, src/pacman/sync.c,
      // sync_cleancache: noyes(), which is no under --noconfirm.
      if (flags.all('-c', '--clean').length > 1 && !flags.has('--noconfirm')) emptied(call, kept)
      return unsure
    }
    if (flags.has('-y', '--refresh'))
      cache(call, inside(root, 'var/lib/pacman/sync'), 'pacman package lists', {
        cleanup: `rm -rf ${root === '/' ? '' : root}/var/lib/pacman/sync/*`,
      })
    if (flags.has('-s', '-i', '-l', '-g', '-p', '--search', '--info', '--list')) return unsure
    if (flags.has('-u', '--sysupgrade')) content(call, root, 'pacman: upgraded packages')
    for (const name of args) content(call, root, `pacman:${nameIn(name)}`)
    if (flags.has('-u', '--sysupgrade') || args.length > 0) {
      cache(call, kept, 'pacman packages', { cleanup: `rm -rf ${kept}/*` })
      if (!flags.has('-w', '--downloadonly')) database()
    }
  } else if (flags.has('-U', '--upgrade')) {
    for (const name of args) content(call, root, `pacman:${nameIn(name.replace(/^.*\//, ''))}`)
    database()
  } else if (flags.has('-R', '--remove')) {
    for (const name of args) call.files.removeLabel(`pacman:${nameIn(name)}`)
    database()
  }
  return unsure
}

function emerge(call: Call) {
  const { flags, args } = call
  if (flags.has('--sync')) content(call, '/var/db/repos/gentoo', 'portage tree')
  else if (flags.has('-C', '--unmerge', '-c', '--depclean'))
    for (const name of args) call.files.removeLabel(`portage:${nameIn(name)}`)
  else if (!flags.has('-p', '--pretend', '-s', '--search', '--info', '--version') && args.length > 0) {
    for (const name of args) content(call, '/', `portage:${nameIn(name)}`)
    cache(call, folderOf(call, 'DISTDIR') ?? '/var/cache/distfiles', 'portage sources')
    content(call, '/var/db/pkg', 'portage database')
  }
  return unsure
}

const brewPrefix = (call: Call): string =>
  folderOf(call, 'HOMEBREW_PREFIX') ?? (call.name === 'brew' ? '/home/linuxbrew/.linuxbrew' : '/usr/local')

const brewCache = (call: Call): string => folderOf(call, 'HOMEBREW_CACHE') ?? inside(cacheHome(call), 'Homebrew')

const brew = byVerb({
  'install|reinstall|upgrade'(call, args) {
    const names = args.length > 0 ? args : ['upgraded formulae']
    for (const name of names) content(call, brewPrefix(call), `brew:${name}`)
    cache(call, brewCache(call), 'brew cache', { cleanup: 'brew cleanup -s --prune=all' })
    return undefined
  },
  'uninstall|remove|rm'(call, args) {
    for (const name of args) call.files.removeLabel(`brew:${name}`)
    return undefined
  },
  'update|tap'(call, args) {
    content(call, brewPrefix(call), `brew: ${args[0] ?? 'formulae'}`)
    return undefined
  },
  cleanup(call) {
    if (call.flags.has('-s') || call.flags.value('--prune') === 'all') emptied(call, brewCache(call))
    return undefined
  },
  bundle(call) {
    content(call, brewPrefix(call), 'brew: Brewfile')
    cache(call, brewCache(call), 'brew cache', { cleanup: 'brew cleanup -s --prune=all' })
    return undefined
  },
})

// Source: Nix, src/libstore/nar-info-disk-cache.cc: an SQLite database of one row for each path that was asked for.
const narinfos = about(60_000, 0, 2_000_000, 'heuristic', 'database of what binary caches hold')

function nix(call: Call) {
  const { args, command } = call
  const asked = command.argv.slice(1).join(' ')
  if (call.name === 'nix-collect-garbage' || /store (gc|--gc)|--gc/.test(asked)) return unsure
  if (/^(--version|eval|search|show-config|flake show)/.test(asked)) return unsure
  content(call, '/nix/store', `nix: ${args.at(-1) ?? call.name}`)
  content(call, '/nix/var', 'nix database')
  // What a flake is fetched for stays there; the older programs note what the binary caches hold, in one database.
  temporary(call, inside(cacheHome(call), 'nix'), 'nix cache', call.name === 'nix' ? {} : { size: narinfos })
  return unsure
}

export default [
  model({
    names: ['pacman', 'pacman-static'],
    values: '--root -r --sysroot --cachedir -b --dbpath --config --ignore --overwrite --arch --gpgdir'.split(' '),
    run: pacman,
  }),
  model({
    names: ['pacman-key'],
    run(call) {
      if (call.flags.has('--init', '--populate', '-a', '--add', '-r', '--recv-keys', '--refresh-keys'))
        content(call, '/etc/pacman.d/gnupg', 'pacman keys')
      return unsure
    },
  }),
  model({ names: ['emerge'], values: ['-j', '--jobs', '-l', '--load-average', '--with-bdeps'], run: emerge }),
  model({
    names: ['emerge-webrsync', 'emaint', 'layman'],
    run(call) {
      content(call, '/var/db/repos/gentoo', 'portage tree')
      return unsure
    },
  }),
  model({
    names: ['xbps-install', 'xbps-remove'],
    values: ['-r', '-R', '-c', '--rootdir', '--repository', '--cachedir', '-C'],
    run(call) {
      const root = call.path(call.flags.value('-r', '--rootdir') ?? '/')
      for (const name of call.args)
        if (call.name === 'xbps-remove') call.files.removeLabel(`xbps:${name}`)
        else content(call, root, `xbps:${name}`)
      const kept = inside(root, 'var/cache/xbps')
      if (call.name === 'xbps-remove' && call.flags.has('-O', '--clean-cache')) emptied(call, kept)
      else if (call.name === 'xbps-install' && call.args.length + call.flags.all('-u').length > 0)
        cache(call, kept, 'xbps packages', { cleanup: 'xbps-remove -yO' })
      if (call.flags.has('-u', '--update')) content(call, root, 'xbps: upgraded packages')
      content(call, inside(root, 'var/db/xbps'), 'xbps database')
      return unsure
    },
  }),
  model({ names: ['brew'], values: ['--prune', '--cache', '-n'], run: brew }),
  model({
    names: ['nix-env', 'nix-build', 'nix-shell', 'nix-channel', 'nix-store', 'nix', 'nix-collect-garbage'],
    values: ['-f', '-A', '-I', '-p', '--option', '-o', '--out-link'],
    run: nix,
  }),
  model({
    names: ['opkg', 'ipkg'],
    values: ['-d', '-o', '-f', '--dest', '--offline-root'],
    run: byVerb({
      install(call, args) {
        for (const name of args) content(call, '/', `opkg:${name}`)
        return undefined
      },
      remove(call, args) {
        for (const name of args) call.files.removeLabel(`opkg:${name}`)
        return undefined
      },
      update(call) {
        cache(call, '/var/opkg-lists', 'opkg lists', { cleanup: 'rm -rf /var/opkg-lists/*' })
        return undefined
      },
    }),
  }),
]
