/** Platforms as people write them: `linux/amd64`, `arm64`, `linux/arm/v7`. */
import { UserError } from './error.ts'
import type { Platform } from './model.ts'

/** What is assumed where nobody says. Not the machine's own: the same input gives the same table everywhere. */
export const defaultPlatform: Platform = { os: 'linux', arch: 'amd64', variant: '' }

/**
 * Reads `OS`, `ARCH`, `OS/ARCH` or `OS/ARCH/VARIANT` and gives the usual names: `x86_64` is `amd64`, `aarch64` and
 * `arm64/v8` are `arm64`, `arm` is `arm/v7`. Throws UserError for anything else.
 *
 * Source: github.com/containerd/platforms, Parse and normalizeArch.
 */
export function parsePlatform(text: string): Platform {
  if (text.includes(','))
    throw new UserError(`platform ${text}: one platform at a time`, { hint: `--platform ${text.split(',')[0]}` })
  // An OS version in parentheses, `windows(10.0.17763)/amd64`, does not change a row.
  const parts = text
    .toLowerCase()
    .replace(/\([^()]*\)/, '')
    .split('/')
  if (parts.length > 3 || !parts.every((part) => /^[a-z0-9_.-]+$/.test(part)))
    throw new UserError(`platform ${text}: not of the form OS/ARCH or OS/ARCH/VARIANT`, { hint: 'linux/amd64' })
  const [first = '', second, third = ''] = parts
  if (second !== undefined) return { os: osName(first), ...architecture(second, third) }
  if (first === 'local') return defaultPlatform
  if (systems.has(osName(first))) return { ...defaultPlatform, os: osName(first) }
  const one = architecture(first, '')
  if (architectures.has(one.arch)) return { os: defaultPlatform.os, ...one }
  throw new UserError(`platform ${text}: neither an operating system nor an architecture we know`, {
    hint: 'linux/amd64',
  })
}

/** `linux/amd64`, `linux/arm/v7`. */
export const platformText = (platform: Platform): string =>
  [platform.os, platform.arch, ...(platform.variant ? [platform.variant] : [])].join('/')

const systems = new Set(
  'aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows'.split(' '),
)

const architectures = new Set(
  '386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm'.split(' '),
)

const osName = (text: string): string => (text === 'macos' ? 'darwin' : text)

function architecture(arch: string, variant: string): { arch: string; variant: string } {
  switch (arch) {
    case 'i386':
      return { arch: '386', variant: '' }
    case 'x86_64':
    case 'x86-64':
    case 'amd64':
      return { arch: 'amd64', variant: variant === 'v1' ? '' : variant }
    case 'aarch64':
    case 'arm64':
      return { arch: 'arm64', variant: variant === 'v8' || variant === '8' || variant === 'v8.0' ? '' : variant }
    case 'armhf':
      return { arch: 'arm', variant: 'v7' }
    case 'armel':
      return { arch: 'arm', variant: 'v6' }
    case 'arm':
      return { arch: 'arm', variant: variant === '' ? 'v7' : /^\d$/.test(variant) ? `v${variant}` : variant }
  }
  return { arch, variant }
}
