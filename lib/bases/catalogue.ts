/** What a FROM stands for when nobody says: the embedded catalogue. */
import { kept } from '../kept.ts'
import type { Base, Platform } from '../model.ts'
import { platformText } from '../platform.ts'
import { configOfRows } from './config-of-rows.ts'
import { type BaseName, baseName, releases, type TagWords } from './name.ts'
import { type CatalogueImage, factsOf, imagesOf, kindsOf, rowsOf, wordsOf } from './records.ts'

/**
 * The base that the catalogue has for an image name, or undefined.
 *
 * Exact: the same repository, tag and platform (and digest, when one is given). Else the nearest of the same
 * repository: same kind (slim, jre, alpine, …), same release of the distribution where the tag names one (for Alpine
 * another 3.N will do), same major version; then `nearest` says what it is, for a diagnostic. A moving tag is what it was
 * on `date`. `scratch` is no base.
 */
export const catalogue = (ref: string, platform: Platform): Base | undefined =>
  baseFor(`${platformText(platform)} ${ref}`)

/** By platform and name. Few bases carry most Dockerfiles, and whoever tries changes asks for the same one each time. */
const baseFor = kept(200, (key): Base | undefined => {
  const blank = key.indexOf(' ')
  const [asked, ref] = [key.slice(0, blank), key.slice(blank + 1)]
  const name = baseName(ref)
  if (name === undefined || name.familiar === 'scratch') return undefined
  const all = imagesOf(name.familiar)
  const same = newest(all.filter((image) => image.platform === asked && image.tags.some((tag) => named(name, tag))))
  if (same !== undefined) return baseOf(ref, same, name.tag, undefined)
  if (name.tag === '') return undefined
  const wanted = wordsOf(name.familiar, name.tag)
  const candidates = all
    .filter((image) => image.platform.split('/')[0] === asked.split('/')[0])
    .flatMap((image) => kindsOf(image).map((kind) => ({ image, kind })))
    .filter(({ kind }) => alike(wanted, kind))
    .map(({ image, kind }) => ({ image, kind, distance: distances(wanted, kind, image, asked) }))
    .sort((a, b) => compare(a.distance, b.distance) || b.image.date.localeCompare(a.image.date))
  const near = candidates[0]
  return near === undefined ? undefined : baseOf(ref, near.image, near.kind.tag, asked)
})

/** Whether a tag of the catalogue, maybe with a digest, is the one asked for. */
function named({ tag, digest }: BaseName, full: string): boolean {
  const [has = '', hash = ''] = full.split('@')
  return (tag === '' || tag === has) && (digest === '' || digest === hash)
}

const newest = (images: readonly CatalogueImage[]): CatalogueImage | undefined =>
  images.reduce<CatalogueImage | undefined>(
    (best, image) => (best === undefined || image.date > best.date ? image : best),
    undefined,
  )

/** Whether one may stand for the other: never another kind, another release or another major version. */
function alike(wanted: TagWords, has: TagWords): boolean {
  if (wanted.flavour.join() !== has.flavour.join()) return false
  const alpine = (release: string) => release.startsWith('alpine')
  if (alpine(wanted.release) !== alpine(has.release)) return false
  if (wanted.release !== '' && !alpine(wanted.release) && wanted.release !== has.release) return false
  const major = wanted.version[0]
  return major === undefined || major === has.version[0]
}

/** How far off, most important first; smaller is nearer. All lists for one tag asked for are equally long. */
function distances(wanted: TagWords, has: TagWords, image: CatalogueImage, asked: string): readonly number[] {
  const platform = image.platform === asked ? 0 : 1
  const release = ['', 'alpine', has.release].includes(wanted.release) ? 0 : minorDistance(wanted.release, has.release)
  const agreed = wanted.version.findIndex((number, i) => number !== has.version[i])
  // The newest of what agrees with all that was asked for (`3.12` is any 3.12.N, `latest` is anything), or the closest.
  const version = (i: number) => has.version[i] ?? 0
  const length = wanted.version.length
  const numbers =
    agreed === -1
      ? [-length, -version(length), -version(length + 1), -version(length + 2)]
      : [-agreed, Math.abs((wanted.version[agreed] ?? 0) - version(agreed)), 0, 0]
  // Between patch releases it is worth more to know the sizes than to be one closer.
  const sizes = agreed >= 2 && !image.packed.includes('=') ? 1 : 0
  const age = -Object.keys(releases).indexOf(has.release)
  return [platform, release, numbers[0] ?? 0, sizes, ...numbers.slice(1), age]
}

/** Between two Alpine releases: their minor versions; `alpine` alone is anybody's guess. */
function minorDistance(a: string, b: string): number {
  const minor = (release: string) => Number(/\.(\d+)/.exec(release)?.[1] ?? Number.NaN)
  const distance = Math.abs(minor(a) - minor(b))
  return Number.isNaN(distance) ? 3 : distance
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [i, number] of a.entries()) if (number !== b[i]) return number - (b[i] ?? 0)
  return 0
}

/** `asked`: the platform that was asked for, where the image is only the nearest. */
function baseOf(ref: string, image: CatalogueImage, tag: string, asked: string | undefined): Base {
  const name = `${image.repository}:${tag === '' ? (image.tags[0] ?? '').replace(/@.*/, '') : tag}`
  const rows = rowsOf(name, image.packed)
  const { config, author } = configOfRows(rows)
  const base = { ref, rows, config, author, facts: factsOf(image.os, rows), date: image.date }
  if (asked === undefined) return base
  const foreign = image.platform !== asked
  const missing = `${ref.replace(/(@sha256:.{12}).*/, '$1…')}${foreign ? ` for ${asked}` : ''}`
  const there = `${name}${foreign ? ` for ${image.platform}` : ''} of ${image.date.slice(0, 10)}`
  return { ...base, nearest: `${missing} is not in the catalogue; ${there} stands in` }
}
