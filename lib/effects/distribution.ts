/** Package managers and the distributions they belong to. Source: the official images of each. */
import type { BaseFacts } from '../model.ts'

const debian = ['apt', 'apt-get', 'apt-cache', 'apt-mark', 'dpkg']
const suse = ['zypper', 'rpm']

/** What is surely there, by the ID of os-release. Minimal images of Red Hat's family differ in more than `rpm`. */
const own: Readonly<Record<string, readonly string[]>> = {
  debian,
  ubuntu: debian,
  alpine: ['apk'],
  fedora: ['dnf', 'rpm'],
  centos: ['rpm'],
  rhel: ['rpm'],
  rocky: ['rpm'],
  almalinux: ['rpm'],
  ol: ['rpm'],
  amzn: ['rpm'],
  arch: ['pacman'],
  'opensuse-leap': suse,
  'opensuse-tumbleweed': suse,
}

/** Families: what none of the others has. */
const families: readonly (readonly string[])[] = [
  debian,
  ['apk'],
  ['dnf', 'yum', 'microdnf', 'tdnf', 'rpm', 'zypper'],
  ['pacman'],
]

/** Does the distribution bring this package manager? undefined: it is none, or nobody can say. */
export function brings({ os }: BaseFacts, program: string): boolean | undefined {
  const there = os !== undefined && Object.hasOwn(own, os.id) ? own[os.id]! : undefined
  if (there === undefined) return undefined
  if (there.includes(program)) return true
  const family = families.find((one) => one.includes(program))
  return family === undefined || family.includes(there[0]!) ? undefined : false
}
