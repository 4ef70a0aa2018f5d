/** What is installed, and who lives there: what the small databases of distributions say. */
import type { BaseFacts, InstalledPackage } from '../model.ts'
import type { RpmPackage } from './rpm-header.ts'

/** `/etc/os-release`; undefined: names no system. Source: os-release(5). */
export function osRelease(text: string): NonNullable<BaseFacts['os']> | undefined {
  const found = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, key, value] = /^([A-Z_]+)=(.*?)\s*$/.exec(line) ?? []
    if (key !== undefined && value !== undefined) found.set(key, value.replace(/^(["'])(.*)\1$/, '$2'))
  }
  const id = found.get('ID')
  const versionId = found.get('VERSION_ID')
  const codename = found.get('VERSION_CODENAME')
  if (id === undefined) return undefined
  return { id, ...(versionId === undefined ? {} : { versionId }), ...(codename ? { codename } : {}) }
}

const some = (key: keyof InstalledPackage, value: string | undefined): InstalledPackage =>
  value === undefined || value === '' ? {} : { [key]: value }

/** Dependencies on one very version, as they are written. */
const pinned = (depends: string): string =>
  depends
    .split(/\s*,\s*/)
    .filter((one) => /\(= /.test(one))
    .join(', ')

const wantedFields = new Set(['Package', 'Status', 'Version', 'Source', 'Provides', 'Pre-Depends', 'Depends'])

/** `/var/lib/dpkg/status`, or a file of `status.d`: those that are installed. Source: dpkg(1), deb-control(5). */
export function dpkgStatus(text: string): Readonly<Record<string, InstalledPackage>> {
  const packages: [string, InstalledPackage][] = []
  for (const paragraph of text.split(/\n\s*\n/)) {
    const fields = new Map<string, string>()
    for (const [, name, value] of paragraph.matchAll(/^([A-Za-z-]+):[ \t]*(.*(?:\n[ \t].*)*)$/gm)) {
      if (name !== undefined && wantedFields.has(name)) fields.set(name, (value ?? '').replace(/\s*\n\s*/g, ' '))
    }
    const name = fields.get('Package')
    if (name === undefined || !/^$| installed$/.test(fields.get('Status') ?? '')) continue
    const depends = [fields.get('Pre-Depends'), fields.get('Depends')].filter(Boolean).join(', ')
    packages.push([
      name,
      {
        ...some('version', fields.get('Version')),
        ...some('source', fields.get('Source')),
        ...some('provides', fields.get('Provides')),
        ...some('equals', pinned(depends)),
      },
    ])
  }
  return Object.fromEntries(packages)
}

/** `/lib/apk/db/installed`. Source: apk-package(5), the "APKINDEX" format. */
export function apkInstalled(text: string): Readonly<Record<string, InstalledPackage>> {
  const packages: [string, InstalledPackage][] = []
  for (const paragraph of text.split(/\n\n+/)) {
    const field = (letter: string): string | undefined => new RegExp(`^${letter}:(.*)$`, 'm').exec(paragraph)?.[1]
    const name = field('P')
    if (name === undefined) continue
    const origin = field('o')
    packages.push([
      name,
      {
        ...some('version', field('V')),
        ...some('source', origin === name ? '' : origin),
        ...some('provides', field('p')),
      },
    ])
  }
  return Object.fromEntries(packages)
}

/**
 * Packages of rpm by name, versions as `EPOCH:VERSION-RELEASE`; of one that is there twice, for two architectures, the
 * last. Keys that rpm keeps as packages are left out.
 */
export const rpmInstalled = (packages: readonly RpmPackage[]): Readonly<Record<string, InstalledPackage>> =>
  Object.fromEntries(
    packages
      .filter(({ name }) => name !== 'gpg-pubkey')
      .map(({ name, epoch, version, release, source }) => [
        name,
        { version: `${epoch === 0 ? '' : `${epoch}:`}${version}-${release}`, ...some('source', source) },
      ]),
  )

/** `/etc/passwd` and `/etc/group`, the first line of a name wins. Source: passwd(5), group(5). */
export function accounts(passwd: string, group: string): NonNullable<BaseFacts['accounts']> {
  const users = new Map<string, readonly [number, number]>()
  const groups = new Map<string, number>()
  const id = (text: string | undefined): number =>
    text !== undefined && /^[0-9]{1,10}$/.test(text) ? Number(text) : -1
  for (const line of passwd.split('\n')) {
    const [name = '', , uid, gid] = line.split(':')
    if (name !== '' && id(uid) >= 0 && id(gid) >= 0 && !users.has(name)) users.set(name, [id(uid), id(gid)])
  }
  for (const line of group.split('\n')) {
    const [name = '', , gid] = line.split(':')
    if (name !== '' && id(gid) >= 0 && !groups.has(name)) groups.set(name, id(gid))
  }
  return { users: Object.fromEntries(users), groups: Object.fromEntries(groups) }
}
