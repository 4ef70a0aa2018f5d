/** Distributions as names and tags of images tell them. Source: ID and VERSION_ID in the os-release of each. */
import type { BaseFacts } from '../model.ts'
import { releases } from './name.ts'

export type System = NonNullable<BaseFacts['os']>

/** Distributions by what their own image is called. */
const own: readonly (readonly [name: RegExp, id: string])[] = [
  [/^(bitnami\/mini)?deb(ian)?$/, 'debian'],
  [/^ubuntu$/, 'ubuntu'],
  [/^alpine(\/|$)/, 'alpine'],
  [/^fedora(\/|$)/, 'fedora'],
  [/^rockylinux(\/|$)/, 'rocky'],
  [/^almalinux(\/|$)/, 'almalinux'],
  [/^(quay\.io\/)?centos(\/|$)/, 'centos'],
  [/^amazonlinux$/, 'amzn'],
  [/^oraclelinux$/, 'ol'],
  [/^archlinux(\/|$)/, 'arch'],
  [/^opensuse\/leap/, 'opensuse-leap'],
  [/^opensuse\/tumbleweed/, 'opensuse-tumbleweed'],
  [/(^|\/)ubi\d*(-minimal|-init|-micro)?$/, 'rhel'],
]

/** The distribution whose own image has this name; undefined: another image. */
export const distributionNamed = (familiar: string): string | undefined =>
  own.find(([name]) => name.test(familiar))?.[1]

/** Words that stand for a distribution, the version right behind. */
const words: readonly (readonly [word: RegExp, id: string])[] = [
  [/^alpine(\d+\.\d+)?/, 'alpine'],
  [/^debian(\d\d?)?$/, 'debian'],
  [/^ubuntu([12]\d\.?(?:04|10))?$/, 'ubuntu'],
  [/^(?:(?:ubi|rhel|el)(\d+)|ubi)$/, 'rhel'],
  [/^(?:amazonlinux|amzn|al)(20\d\d|2)$/, 'amzn'],
  [/^(?:oraclelinux|ol)(\d+)?$/, 'ol'],
  [/^centos(?:stream)?(\d+)?$/, 'centos'],
  [/^fedora(\d+)?$/, 'fedora'],
  [/^rocky(?:linux)?(\d+)?$/, 'rocky'],
  [/^alma(?:linux)?(\d+)?$/, 'almalinux'],
  [/^(?:azurelinux|mariner)(\d+\.\d+)?$/, 'azurelinux'],
  [/^leap(\d+\.\d+)?$/, 'opensuse-leap'],
  [/^archlinux$/, 'arch'],
]

/** How they begin: most words begin otherwise, and trying them all takes long. */
const beginnings = /^(?:a[lmrz]|[cdfl]e|el|mari|o[lr]|r[ho]|ub)/

/** `debian-12`, as some write it, is `debian12`. */
const parted =
  /(^|-)(alpine|debian|ubuntu|ubi|rhel|amazonlinux|oraclelinux|centos|fedora|rockylinux|almalinux|mariner|leap)-(?=\d)/g

/** The distribution that a tag, or a part of a name, tells of; undefined: it tells of none. */
export function systemIn(text: string): System | undefined {
  for (const word of (/-\d/.test(text) ? text.replace(parted, '$1$2') : text).split(/[-_]/)) {
    if (Object.hasOwn(releases, word)) return ofRelease(word)
    if (!beginnings.test(word)) continue
    for (const [pattern, id] of words) {
      const found = pattern.exec(word)
      if (found === null) continue
      const version = found[1]?.replace(/^(\d\d)(\d\d)$/, id === 'ubuntu' ? '$1.$2' : '$&')
      return ofVersion(id, version)
    }
  }
  return undefined
}

function ofRelease(codename: string): System {
  const [id, versionId] = releases[codename]!
  return { id, codename, ...(versionId !== '' && { versionId }) }
}

/** A release of Debian or Ubuntu has a codename too; `12.5` is a state of Debian 12. */
export function ofVersion(id: string, versionId: string | undefined): System {
  if (versionId === undefined) return { id }
  const known = Object.entries(releases).find(
    ([, [other, version]]) =>
      other === id && (version === versionId || (id === 'debian' && version === versionId.split('.')[0])),
  )
  return known === undefined ? { id, versionId } : ofRelease(known[0])
}
