/**
 * Files and folders that well-known images bring and people like to remove: they are in the image's layers, whatever is done
 * to them above. Pages and settings of a few kB are left out: nobody removes them for their bytes. Source: the Dockerfiles of
 * these images. Sizes where somebody has counted: PHP's source archives as php.net lists them (7.4 to 8.5), yarn 1.22 as
 * recorded on node:22-alpine. Others are not known.
 */
import { kept } from '../kept.ts'
import type { Entry, Size } from '../model.ts'
import { about, unknown } from '../size.ts'
import { usualName } from './guess.ts'

/** What an image of this name brings, as entries of one of its layers; none: nothing is known of it. */
export const broughtBy: (ref: string) => readonly Entry[] = kept(100, (ref) => {
  const name = usualName(ref)
  return lines
    .filter(([names]) => names.split(' ').includes(name))
    .map(([, path, ...bytes]) => entryOf(path, bytes, name))
})

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
