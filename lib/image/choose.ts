/** One image out of several: by name, by number, by platform. */
import { UserError } from '../error.ts'
import type { Platform } from '../model.ts'
import { sameReference } from '../reference.ts'
import { asObject, asText, type JsonObject } from './json.ts'

/** What was asked for. */
export interface Wanted {
  /** A name, or `@N` with N counting from 0; undefined: the only one. */
  readonly reference: string | undefined
  readonly platform: Platform
}

/**
 * Picks by name or number. Throws UserError with the names there are when nothing fits, or when nothing was said and
 * there are several.
 */
export function pick<T>(name: string, images: readonly T[], tags: (image: T) => readonly string[], wanted: Wanted): T {
  const { reference } = wanted
  if (images.length === 0) throw new UserError(`${name}: no image in it`)
  const list = (): string => {
    const shown = images.slice(0, 8).map((image, i) => tags(image)[0] ?? `@${i}`)
    return shown.join(', ') + (images.length > 8 ? ` and ${images.length - 8} more` : '')
  }
  if (reference === undefined) {
    if (images.length > 1) {
      const example = tags(images[0]!)[0] ?? '@0'
      throw new UserError(`${name}: holds ${images.length} images: ${list()}`, {
        hint: `say which: ${name}:${example}`,
      })
    }
    return images[0]!
  }
  const number = /^@([0-9]{1,6})$/.exec(reference)?.[1]
  const found =
    number !== undefined
      ? images[Number(number)]
      : (images.find((image) => tags(image).includes(reference)) ??
        images.find((image) => tags(image).some((tag) => sameReference(tag, reference))))
  if (found === undefined) throw new UserError(`${name}: no image ${reference} in it`, { hint: `there is ${list()}` })
  return found
}

const usual = (os: string, arch: string, variant: string): Platform => {
  const machine = arch.toLowerCase()
  if (machine === 'x86_64' || machine === 'x86-64') return { os, arch: 'amd64', variant }
  if (machine === 'aarch64' || machine === 'arm64') {
    return { os, arch: 'arm64', variant: variant === 'v8' || variant === '8' ? '' : variant }
  }
  if (machine === 'arm') return { os, arch: 'arm', variant: variant === '' ? 'v7' : variant.replace(/^(?=[0-9])/, 'v') }
  return { os, arch: machine, variant: machine === 'amd64' && variant === 'v1' ? '' : variant }
}

/** The platform of a descriptor or a config, in the usual names; undefined where it says none. */
export function platformOf(raw: JsonObject | undefined): Platform | undefined {
  const os = asText(raw?.os)
  const arch = asText(raw?.architecture)
  if (os === undefined || arch === undefined || os === '' || arch === '') return undefined
  return usual(os.toLowerCase(), arch, asText(raw?.variant) ?? '')
}

/** BuildKit keeps provenance and SBOMs beside images, as manifests of their own. Source: BuildKit docs, attestation-storage. */
export const isAttestation = (descriptor: JsonObject): boolean =>
  asText(asObject(descriptor.annotations)?.['vnd.docker.reference.type']) === 'attestation-manifest' ||
  (asText(asObject(descriptor.platform)?.os) === 'unknown' &&
    asText(asObject(descriptor.platform)?.architecture) === 'unknown')

/**
 * The best of several for a platform: the exact one, else a lower variant of the same architecture (highest first), else
 * one that says no platform; undefined: none fits.
 *
 * Source: github.com/containerd/platforms, platformVector.
 */
export function choosePlatform<T>(
  images: readonly T[],
  platform: (image: T) => Platform | undefined,
  wanted: Platform,
): T | undefined {
  const rank = (found: Platform | undefined): number => {
    if (found === undefined) return 1
    if (found.os !== wanted.os || found.arch !== wanted.arch) {
      return wanted.arch === 'amd64' && found.arch === '386' && found.os === wanted.os ? 0.5 : 0
    }
    if (found.variant === wanted.variant) return 100
    const level = Number(found.variant.replace('v', '') || (found.arch === 'amd64' ? 1 : 8))
    const most = Number(wanted.variant.replace('v', '') || (wanted.arch === 'amd64' ? 1 : 8))
    return level <= most ? 2 + level : 0
  }
  let best: T | undefined
  let height = 0
  for (const image of images) {
    const here = rank(platform(image))
    if (here > height) {
      best = image
      height = here
    }
  }
  return best
}
