/** Where Python programs put things: prefixes, virtual environments, caches. Source: sysconfig, PEP 405, pip's documentation. */
import { inside, nameOf, parentOf, within } from '../shell/paths.ts'
import type { Target } from '../sizes/pip/weight.ts'
import { stateOf } from './apt.ts'
import type { Call } from './command.ts'
import { folderOf } from './parcels.ts'

const standard = new Set(['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'])
const environment = /(^|\/)\.?(venv|virtualenv|env|py-?env|conda|mini(conda|forge)\d?|mambaforge|anaconda\d?)$/

const key = 'python environments'

/** Virtual environments made in this stage. */
export const environments = (call: Call): readonly string[] =>
  (call.state.get(key) as readonly string[] | undefined) ?? []

/** Notes a virtual environment, so that `pip` found through PATH installs into it. */
export function noteEnvironment(call: Call, folder: string): void {
  call.state.set(key, [...environments(call), folder])
}

/**
 * The prefix a Python program works on: of the folder it is called from, of an activated environment, of the first
 * folder in PATH that holds one, else the system's.
 */
export function prefixOf(call: Call): string {
  const program = call.command.argv[0]!
  if (program.includes('/') && nameOf(parentOf(program)) === 'bin') {
    const folder = parentOf(call.path(parentOf(program)))
    if (folder !== '/') return folder
  }
  const active = folderOf(call, 'VIRTUAL_ENV')
  if (active !== undefined) return active
  for (const word of (call.env('PATH') ?? '').split(':')) {
    if (!word.startsWith('/') || standard.has(word)) continue
    const folder = parentOf(call.path(word))
    if (nameOf(word) !== 'bin' || folder === '/') continue
    const here = environments(call).includes(folder) || environment.test(folder)
    if (here || call.files.presence(inside(call.path(word), 'pip')) === 'yes') return folder
  }
  const own = call.files.presence('/usr/local/bin/python3')
  const alpine = call.facts.os?.id === 'alpine'
  return alpine && own !== 'yes' ? '/usr' : '/usr/local'
}

/** True in a virtual or conda environment: nobody has to be root to write there. */
export const isEnvironment = (call: Call, prefix: string): boolean =>
  environments(call).includes(prefix) || environment.test(prefix) || within(prefix, call.home) || within(prefix, '/opt')

/** Is it root who runs this, as far as anybody can tell? */
export const isRoot = (call: Call): boolean => {
  const { user } = call.command
  return user === '' || user === 'root' || user === '0' || call.uid(user.split(':')[0]!) === 0
}

/** Normal name of a distribution: `Flask_Login` is `flask-login`. Source: PEP 503. */
export const normalName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')

/** What a requirement asks for: `Flask[async]>=2 ; python_version>"3"` is `flask`; a path or address is its last part. */
export function requirementName(word: string): string {
  const plain = word.trim().replace(/\s*;.*$/, '')
  const direct = /^([\w.-]+)(?:\[[^\]]*\])?\s*@\s/.exec(plain)
  if (direct !== null) return normalName(direct[1]!)
  if (/[/]|^\.|\.whl$|\.(tar\.gz|zip)$/.test(plain)) {
    const egg = /[#&]egg=([\w.-]+)/.exec(plain)
    if (egg !== null) return normalName(egg[1]!)
    const file = nameOf(plain.replace(/[#?].*$/, '').replace(/\/+$/, '')).replace(/\.git(@.*)?$/, '')
    const wheel = /^([\w.]+)-\d.*\.whl$/.exec(file)
    return wheel === null ? file || plain : normalName(wheel[1]!)
  }
  return normalName(/^[^[<>=!~ ]+/.exec(plain)?.[0] ?? plain)
}

// The interpreters of distributions. Source: their package lists.
const pythons: Readonly<Record<string, string>> = {
  ...{ bullseye: '3.9', bookworm: '3.11', trixie: '3.13' },
  ...{ focal: '3.8', jammy: '3.10', noble: '3.12' },
}

const machines: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64', '386': 'i686', arm: 'armv7l' }

/** The Python that things are installed for: of the official images, else the distribution's. */
export function targetOf(call: Call): Target {
  const { arch } = call.platform
  const alpine = call.facts.os?.id === 'alpine' || call.command.dialect === 'ash'
  const packaged = ['3.9', '3.10', '3.11', '3.12', '3.13'].find((one) => stateOf(call)?.system.has(`python${one}`))
  return {
    python: /^3\.\d+/.exec(call.env('PYTHON_VERSION') ?? '')?.[0] ?? packaged ?? pythons[call.facts.os?.codename ?? ''],
    machine: machines[arch] ?? arch,
    glibc: !alpine,
    ...(call.facts.aptLists?.date !== undefined && { day: call.facts.aptLists.date }),
  }
}

/** Folders of what is installed for the Python of a prefix. */
export interface Places {
  /** Of distributions. */
  readonly site: string
  /** Of their programs. */
  readonly bin: string
}

/**
 * Where an install puts things below a prefix; undefined: it is not known for which Python. Source: sysconfig's schemes
 * posix_prefix, and posix_local, which is Debian's.
 */
export function placesOf(call: Call, prefix: string): Places | undefined {
  const { python } = targetOf(call)
  // Conda brings a Python of its own.
  if (python === undefined || /conda|mamba/.test(prefix)) return undefined
  const packaged = call.env('PYTHON_VERSION') === undefined && ['/usr', '/usr/local'].includes(prefix)
  const isDebian = call.facts.os?.id === 'debian' || call.facts.os?.id === 'ubuntu'
  const folder = packaged && isDebian ? 'dist-packages' : 'site-packages'
  return { site: inside(prefix, `lib/python${python}/${folder}`), bin: inside(prefix, 'bin') }
}

/** Folder of the project that uv, Poetry or PDM is asked for. */
export const project = (call: Call): string =>
  call.path(call.flags.value('--directory', '--project', '-C', '-P', '-p') ?? '.')
