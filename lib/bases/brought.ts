/**
 * Files and folders that well-known images bring and people like to remove: they are in the image's layers, whatever is done
 * to them above. Pages and settings of a few kB are left out: nobody removes them for their bytes. Source: the Dockerfiles of
 * these images. Sizes where somebody has counted: PHP's source archives as php.net lists them (7.4 to 8.5), yarn 1.22 as
 * recorded on node:22-alpine. Others are not known.
 */
import { kept } from '../kept.ts'
import type { Entry, Size } from '../model.ts'
import { about, unknown } from '../size.ts'
import { guessOf, usualName } from './guess.ts'

/** What an image of this name brings, as entries of one of its layers; none: nothing is known of it. */
export const broughtBy: (ref: string) => readonly Entry[] = kept(100, (ref) => {
  const name = usualName(ref)
  const own = lines.filter(([names]) => names.split(' ').includes(name))
  const below = systemOf(ref)
  return [
    ...own.map(([, path, ...bytes]) => entryOf(path, bytes, name)),
    ...systems.filter(([names]) => names.split(' ').includes(below)).map(([, path, ...b]) => entryOf(path, b, below)),
  ]
})

/** `debian`, `slim` where dpkg leaves documentation out, `ubuntu`; '' any other, or one without a shell to remove things with. */
function systemOf(ref: string): string {
  const { os, ground, bare } = guessOf(ref)
  const { id, slim } = ground?.os ?? os ?? {}
  if (bare || (id !== 'debian' && id !== 'ubuntu')) return ''
  return id === 'debian' && slim !== undefined ? (slim ? 'slim' : 'debian') : id === 'ubuntu' && slim === true ? id : ''
}

/**
 * What Debian's and Ubuntu's own images have and people like to remove. Sizes: what the packages of priority required have
 * there in Debian 12, counted with dpkg -L on 2026-11-22; a slim image keeps copyright files only, as Ubuntu's does.
 */
const systems: readonly Line[] = [
  ['debian', '/usr/share/doc/', 2_000_000, 4_500_000, 9_000_000],
  ['debian', '/usr/share/man/', 1_500_000, 3_000_000, 7_000_000],
  ['debian', '/usr/share/info/', 100_000, 500_000, 1_500_000],
  ['debian', '/usr/share/locale/', 10_000_000, 20_000_000, 35_000_000],
  ['slim ubuntu', '/usr/share/doc/', 400_000, 900_000, 3_000_000],
  ['debian slim', '/usr/share/zoneinfo/', 1_000_000, 1_300_000, 3_500_000],
  ['debian slim ubuntu', '/usr/bin/perl', 3_000_000, 3_800_000, 4_500_000],
]

type Line = readonly [names: string, path: string, least?: number, likely?: number, most?: number]

const php = 'php wordpress drupal joomla nextcloud matomo phpmyadmin mediawiki backdrop owncloud yourls'

/** A path that ends with a slash is a folder and all below it. */
const lines: readonly Line[] = [
  ['node', '/opt/yarn-v1.22.22/', 0, 5_300_000, 5_700_000],
  ['node', '/usr/local/lib/node_modules/npm/'],
  ['node', '/usr/local/include/node/'],
  [php, '/usr/src/php.tar.xz', 9_500_000, 12_500_000, 15_000_000],
  ['wordpress', '/usr/src/wordpress/'],
  ['tomcat', '/usr/local/tomcat/webapps.dist/'],
  ['maven', '/usr/share/maven/'],
  ['gradle', '/opt/gradle/'],
  ['golang', '/usr/local/go/'],
  ['rust', '/usr/local/rustup/'],
  ['eclipse-temurin', '/opt/java/openjdk/lib/src.zip'],
  ['eclipse-temurin', '/opt/java/openjdk/jmods/'],
  ['jenkins/jenkins', '/usr/share/jenkins/jenkins.war'],
]

function entryOf(path: string, bytes: readonly (number | undefined)[], name: string): Entry {
  const folder = path.endsWith('/')
  return {
    path: folder ? path.slice(0, -1) : path,
    type: folder ? 'package' : 'file',
    size: sizeOf(bytes, name),
    mode: null,
    uid: null,
    gid: null,
    link: null,
    ...(folder && { label: `files of ${path.slice(0, -1)}` }),
  }
}

function sizeOf([least, likely, most]: readonly (number | undefined)[], name: string): Size {
  return least === undefined || likely === undefined || most === undefined
    ? unknown(`what ${name} brings`)
    : about(likely, least, most, 'heuristic', `what ${name} brings, as its versions have it`)
}
