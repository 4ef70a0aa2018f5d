/** What the files say by which scripts tell distributions apart. Source: os-release(5), and the official image of each. */
import type { BaseFacts } from '../model.ts'

/** NAME and ID_LIKE, by ID. */
const names: Readonly<Record<string, readonly [name: string, like?: string]>> = {
  debian: ['Debian GNU/Linux'],
  ubuntu: ['Ubuntu', 'debian'],
  alpine: ['Alpine Linux'],
  fedora: ['Fedora Linux'],
  centos: ['CentOS', 'rhel fedora'],
  rhel: ['Red Hat Enterprise Linux', 'fedora'],
  rocky: ['Rocky Linux', 'rhel centos fedora'],
  almalinux: ['AlmaLinux', 'rhel centos fedora'],
  ol: ['Oracle Linux Server', 'fedora'],
  amzn: ['Amazon Linux', 'fedora'],
  arch: ['Arch Linux'],
  'opensuse-leap': ['openSUSE Leap', 'suse opensuse'],
  'opensuse-tumbleweed': ['openSUSE Tumbleweed', 'opensuse suse'],
}

const redHat = ['fedora', 'centos', 'rhel', 'rocky', 'almalinux', 'ol']

/** Files that only some distributions have. */
const marks: Readonly<Record<string, readonly string[]>> = {
  '/etc/alpine-release': ['alpine'],
  '/etc/debian_version': ['debian', 'ubuntu'],
  '/etc/redhat-release': redHat,
  '/etc/system-release': [...redHat, 'amzn'],
  '/etc/fedora-release': ['fedora'],
  '/etc/arch-release': ['arch'],
  '/etc/os-release': Object.keys(names),
}

/** Is a file there by which distributions are told apart? undefined: it is none, or nobody can say. */
export function marksRelease(path: string, { os }: BaseFacts): boolean | undefined {
  const ids = Object.hasOwn(marks, path) ? marks[path] : undefined
  return ids === undefined || os === undefined || !Object.hasOwn(names, os.id) ? undefined : ids.includes(os.id)
}

/** The lines of os-release that must be there: enough for `. /etc/os-release`; undefined: another file, or not known. */
export function releaseText(path: string, { os }: BaseFacts): string | undefined {
  if ((path !== '/etc/os-release' && path !== '/usr/lib/os-release') || os === undefined) return undefined
  const [name, like] = Object.hasOwn(names, os.id) ? names[os.id]! : []
  const { codename } = os
  const lines = [
    ...(name === undefined ? [] : [`NAME="${name}"`]),
    `ID=${os.id}`,
    ...(like === undefined ? [] : [`ID_LIKE="${like}"`]),
    ...(os.versionId === undefined ? [] : [`VERSION_ID="${os.versionId}"`]),
    ...(codename === undefined ? [] : [`VERSION_CODENAME=${codename}`]),
    ...(codename !== undefined && os.id === 'ubuntu' ? [`UBUNTU_CODENAME=${codename}`] : []),
  ]
  return `${lines.join('\n')}\n`
}

/** Is it what a distribution calls itself, or its family? */
export const isDistribution = (word: string): boolean =>
  /^(?:debian|ubuntu|alpine|fedora|centos|rhel|red ?hat|rocky|alma(?:linux)?|amzn|amazon|arch|suse|opensuse)(?: linux)?$/i.test(
    word.trim(),
  )
