/**
 * RPM and the managers on top of it: yum, dnf, microdnf, tdnf, zypper. Each transaction writes the package database again.
 * Source: yum(8), dnf(8), dnf5(8), zypper(8), rpm(8).
 */
import { inside, nameOf } from '../shell/paths.ts'
import type { Call, Result } from './command.ts'
import { model, unsure } from './command.ts'
import { cache, content, emptied, madeFile, rewritten } from './parcels.ts'
import type { Act } from './verbs.ts'
import { byVerb } from './verbs.ts'

const rootOptions: Readonly<Record<string, readonly string[]>> = {
  rpm: ['--root', '-r'],
  zypper: ['--root', '-R', '--installroot'],
}

const rootOf = (call: Call): string =>
  call.path(call.flags.value(...(rootOptions[call.name] ?? ['--installroot'])) ?? '/')

/** Name of a package from a spec, a file name or an address: `curl-7.61.1-12.el8.x86_64.rpm` is `curl`. */
const nameIn = (word: string): string => {
  if (!/\.rpm$|:\/\//.test(word)) return word.replace(/([^=<>]+)(=|<=?|>=?).*$/, '$1').trim()
  const file = nameOf(word).replace(/\.rpm$/, '')
  return /^(.+?)-\d[^-]*-[^-]+$/.exec(file)?.[1] ?? file
}

// Berkeley DB, then SQLite; Fedora 36 and openSUSE moved it. Source: rpm's macros, %_dbpath.
function database(call: Call): void {
  const root = rootOf(call)
  const places = ['usr/lib/sysimage/rpm', 'var/lib/rpm'].flatMap((folder) =>
    ['rpmdb.sqlite', 'Packages', 'Packages.db'].map((name) => inside(root, `${folder}/${name}`)),
  )
  const known = places.find((path) => call.files.presence(path) === 'yes')
  rewritten(call, known ?? inside(root, 'var/lib/rpm/rpmdb.sqlite'), 'rpm database')
}

function install(call: Call, names: readonly string[]): void {
  for (const name of names) content(call, rootOf(call), `rpm:${nameIn(name)}`)
  database(call)
}

function erase(call: Call, names: readonly string[]): void {
  for (const name of names) call.files.removeLabel(`rpm:${nameIn(name)}`)
  database(call)
}

// ---- yum and dnf --------------------------------------------------------------------------------------

// Newer Fedora's dnf is dnf5; microdnf says dnf's folder in newer versions and yum's in older ones.
function cacheOf(call: Call): string {
  const set = call.flags.all('--setopt').flatMap((word) => /^cachedir=(.+)$/.exec(word)?.[1] ?? [])
  if (set.length > 0) return inside(rootOf(call), call.path(set.at(-1)!).slice(1))
  const { id, versionId } = call.facts.os ?? {}
  const five = call.name === 'dnf5' || (id === 'fedora' && Number(versionId) >= 41)
  // From release 8 on yum is dnf under its old name, except on the first two Amazon Linux.
  const isDnf =
    id === 'fedora' || (Number.parseInt(versionId ?? '', 10) >= 8 && id !== 'amzn') || Number(versionId) >= 2023
  const yum = !isDnf && (call.name.startsWith('yum') || call.name === 'repoquery' || call.name === 'microdnf')
  const folder = call.name === 'tdnf' ? 'tdnf' : yum ? 'yum' : five ? 'libdnf5' : 'dnf'
  return inside(rootOf(call), `var/cache/${folder}`)
}

const programOf = (call: Call): string => (call.name.startsWith('yum') ? 'yum' : call.name)

function metadata(call: Call): void {
  const folder = cacheOf(call)
  const label = `${programOf(call)} cache`
  if (call.files.packagesIn(folder).some((one) => one.label === label && one.maybe !== true)) return
  cache(call, folder, label, { cleanup: `${programOf(call)} clean all` })
}

const installing: Act = (call, args) => {
  metadata(call)
  if (call.flags.has('--downloadonly')) {
    content(call, call.path(call.flags.value('--downloaddir', '--destdir') ?? cacheOf(call)), 'rpm: downloads')
    return undefined
  }
  install(call, args)
  return undefined
}

const erasing: Act = (call, args) => {
  erase(call, args)
  return undefined
}

const upgrading: Act = (call, args) => {
  if (args.length > 0) return installing(call, args)
  metadata(call)
  content(call, rootOf(call), 'rpm: upgraded packages')
  database(call)
  return undefined
}

const reading: Act = (call) => {
  metadata(call)
  return undefined
}

const groups: Act = (call, args) =>
  installing(
    call,
    args.map((name) => `@${name}`),
  )

const cleaning: Act = (call, args) => {
  if (args.includes('all') || args.includes('metadata') || call.name === 'tdnf')
    for (const name of ['yum', 'dnf', 'libdnf5', 'tdnf']) {
      const folder = inside(rootOf(call), `var/cache/${name}`)
      if (folder === cacheOf(call) || call.files.packagesIn(folder).length > 0) emptied(call, folder)
    }
  return undefined
}

const repository: Act = (call, args) => {
  const adding = call.flags.value('--add-repo', '--from-repofile') ?? (args[0] === 'addrepo' ? args[1] : undefined)
  if (adding !== undefined) {
    const name = nameOf(adding).replace(/\.repo$/, '')
    madeFile(call, inside(rootOf(call), `etc/yum.repos.d/${name}.repo`), 'repository file')
  } else if (!call.flags.has('--dump'))
    content(call, inside(rootOf(call), 'etc/yum.repos.d'), 'changed repository files')
  return undefined
}

const dnf = byVerb({
  'install|reinstall|localinstall|groupinstall-package|swap|builddep|install-n': installing,
  'groupinstall|group install|groups install': groups,
  'remove|erase|autoremove|autoerase': erasing,
  'update|upgrade|distro-sync|upgrade-minimal|update-minimal|distrosync|dist-upgrade|system-upgrade|localupdate':
    upgrading,
  'makecache|check-update|check-upgrade|list|info|search|provides|whatprovides|repoquery|repolist|updateinfo|deplist':
    reading,
  clean: cleaning,
  'config-manager': repository,
  download(call, args) {
    metadata(call)
    const folder = call.path(call.flags.value('--destdir', '--downloaddir') ?? '.')
    for (const name of args) content(call, folder, `rpm:${nameIn(name)}.rpm`)
    return undefined
  },
  'module|group|groups|mark|history|copr|versionlock'(call, args) {
    metadata(call)
    if (args[0] === 'install') install(call, args.slice(1))
    else if (/^(enable|disable|reset|undo|add|lock)$/.test(args[0] ?? ''))
      content(call, inside(rootOf(call), 'etc/dnf'), `settings of ${call.name}`)
    return undefined
  },
})

const dnfValues =
  '-c --config -d --debuglevel -e --errorlevel --installroot --releasever --setopt --disablerepo --enablerepo --repo --repoid -x --exclude --excludepkgs --downloaddir --destdir --add-repo --from-repofile --save-as --forcearch --comment --advisory --disableplugin --enableplugin --noplugins-from -R'.split(
    ' ',
  )

// ---- zypper -------------------------------------------------------------------------------------------

function solved(call: Call): void {
  const folder = inside(rootOf(call), 'var/cache/zypp')
  if (call.flags.has('--no-refresh') && call.args[0] !== 'refresh') return
  if (call.files.packagesIn(folder).some((one) => one.label === 'zypper cache' && one.maybe !== true)) return
  cache(call, folder, 'zypper cache', { cleanup: 'zypper clean --all' })
}

const zypper = byVerb({
  'install|in|source-install|si|install-new-recommends|inr'(call, args) {
    solved(call)
    install(
      call,
      args.map((name) => (/^(pattern|patterns)$/.test(call.flags.value('-t', '--type') ?? '') ? `@${name}` : name)),
    )
    return undefined
  },
  'remove|rm': erasing,
  'update|up|patch|dist-upgrade|dup'(call, args) {
    solved(call)
    if (args.length > 0) install(call, args)
    else {
      content(call, rootOf(call), 'rpm: upgraded packages')
      database(call)
    }
    return undefined
  },
  'refresh|ref|refresh-services|refs|search|se|info|if|list-updates|lu|packages|pa|patterns|pt'(call) {
    solved(call)
    return undefined
  },
  'addrepo|ar'(call, args) {
    const [address = '', alias] = args
    const name = alias ?? nameOf(address).replace(/\.repo$/, '')
    madeFile(call, inside(rootOf(call), `etc/zypp/repos.d/${name}.repo`), 'repository file')
    return undefined
  },
  'clean|cc'(call) {
    // Without options only packages go, and those are not kept. Metadata are there twice, as fetched and as solved.
    if (call.flags.has('-a', '--all') || (call.flags.has('-m', '--metadata') && call.flags.has('-M', '--raw-metadata')))
      emptied(call, inside(rootOf(call), 'var/cache/zypp'))
    return undefined
  },
  'removerepo|rr|modifyrepo|mr|renamerepo|nr|addlock|al'(call) {
    content(call, inside(rootOf(call), 'etc/zypp'), 'settings of zypper')
    return undefined
  },
})

export default [
  model({
    names: ['yum', 'dnf', 'dnf-3', 'dnf5', 'microdnf', 'tdnf', 'yum4'],
    values: dnfValues,
    reliable: ['clean'],
    run: dnf,
  }),
  model({ names: ['yum-config-manager'], values: dnfValues, run: (call) => repository(call, call.args) ?? unsure }),
  model({
    names: ['yum-builddep', 'debuginfo-install'],
    values: dnfValues,
    run: (call) =>
      installing(
        call,
        call.args.map((name) => `${call.name} ${name}`),
      ) ?? unsure,
  }),
  model({
    names: ['yumdownloader', 'repoquery', 'needs-restarting', 'package-cleanup', 'yum-complete-transaction'],
    values: dnfValues,
    run(call) {
      metadata(call)
      if (call.name === 'yumdownloader')
        content(call, call.path(call.flags.value('--destdir') ?? '.'), `rpm: ${call.args.map(nameIn).join(' ')}`)
      return unsure
    },
  }),
  model({
    names: ['zypper'],
    values: '-t --type -r --repo -R --root --installroot -C -p --plus-repo -f --from'.split(' '),
    reliable: ['clean', 'cc'],
    run: zypper,
  }),
  model({
    names: ['rpm'],
    values: '--root -r --dbpath --define -D --prefix --relocate --eval -E --qf --queryformat'.split(' '),
    run(call) {
      const { flags, args } = call
      if (flags.has('-q', '--query', '-V', '--verify', '--eval', '-E', '--version', '-K', '--checksig', '--querytags'))
        return unsure
      if (flags.has('--import', '--rebuilddb', '--initdb')) database(call)
      else if (flags.has('-e', '--erase')) erase(call, args)
      else if (flags.has('-i', '-U', '-F', '--install', '--upgrade', '--reinstall')) install(call, args)
      return unsure
    },
  }),
  model({ names: ['rpmkeys'], run: keys }),
  model({
    names: ['rpmbuild'],
    run(call) {
      content(call, inside(call.home, 'rpmbuild'), 'rpmbuild')
      return unsure
    },
  }),
]

function keys(call: Call): Result {
  if (call.flags.has('--import')) database(call)
  return unsure
}
