/** Programs that scripts ask for before they install them, and whether an image of Debian's kind lacks them. */
import type { Files } from '../commands/files.ts'
import type { BaseFacts } from '../model.ts'
import type { AptState } from '../sizes/apt/state.ts'

/** Packages by the program that they bring and no other does. Source: Contents of Debian 12. */
const packages: ReadonlyMap<string, string> = new Map(
  (
    'add-apt-repository:software-properties-common bzip2 curl file g++ gcc git gnupg:gnupg gosu gpg gpg-agent jq less lsb_release:lsb-release ' +
    'make nano node:nodejs npm patch pip3:python3-pip ps:procps python3:python3-minimal rsync ssh:openssh-client sudo tini unzip vim wget xz:xz-utils zip'
  )
    .split(' ')
    .map((word) => word.split(':'))
    .map(([program = '', name = program]) => [program, name]),
)

// Where programs are looked for, and the folders that hold those.
const places = ['/', '/usr', '/usr/local', '/usr/local/bin', '/usr/bin', '/usr/sbin', '/opt']

// What apt and dpkg store besides.
const ofApt = /^(?:apt|dpkg|documentation|byte code|written by|left by)\b/

/**
 * Is the program surely not there? Where the base's packages are listed, none brings it, none that brings it was
 * installed since, and nothing came by another way that might hold it.
 */
export function lacksProgram(
  { packages: listed }: BaseFacts,
  memory: ReadonlyMap<string, unknown>,
  files: Pick<Files, 'packagesIn'>,
  program: string,
): boolean {
  const name = packages.get(program)
  if (name === undefined || listed === undefined || Object.hasOwn(listed, name)) return false
  const state = memory.get('apt') as AptState | undefined
  if (state?.system.has(name) === true || memory.has('apt strangers')) return false
  return places.every((folder) => files.packagesIn(folder).every(({ label = '' }) => ofApt.test(label)))
}
