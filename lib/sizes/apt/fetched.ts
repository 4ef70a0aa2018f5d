/** What apt keeps of what it fetches: lists of packages, the packages themselves, and caches of both. */
import { unknown } from '../../size.ts'
import { around, type Stored } from '../stored.ts'
import { listsSize, type Sureness, sourceOf } from './margin.ts'
import type { Suite } from './suites.ts'
import type { Candidate } from './table.ts'

interface Ground extends Sureness {
  readonly suite: Suite
  /** Nothing of apt's own cleans up behind it. */
  readonly keeps: boolean
}

/** The package files of a change, where nothing takes them away. */
export function fetched(arriving: readonly Candidate[], ground: Ground): readonly Stored[] {
  if (!ground.keeps || arriving.length === 0) return []
  const bytes = arriving.reduce((sum, { weight }) => sum + weight.deb, 0)
  return [
    {
      path: '/var/cache/apt/archives',
      type: 'package',
      label: `packages fetched: ${arriving[0]?.name} and ${arriving.length - 1} more`,
      size: around(bytes, 0.008, 0, 'resolved', sourceOf(ground)),
      linkBytes: 0,
      files: arriving.length,
      names: ['curl_8.9.1-1_amd64.deb'],
      kind: 'cache',
      cleanup: 'apt-get clean',
    },
  ]
}

/** What `apt-get update` stores. `other`: archives besides the distribution's own. */
export function storedByUpdate(ground: Ground, lists: number | undefined, other: boolean): readonly Stored[] {
  const list: Stored = {
    path: '/var/lib/apt/lists',
    type: 'package',
    label: 'apt lists',
    size: lists === undefined ? unknown('package lists of this release') : listsSize(lists, ground),
    linkBytes: 0,
    files: 6,
    names: [
      `deb.debian.org_debian_dists_${ground.table.suite}_InRelease`,
      `deb.debian.org_debian_dists_${ground.table.suite}_main_binary-amd64_Packages.lz4`,
    ],
    kind: 'cache',
    cleanup: 'rm -rf /var/lib/apt/lists/*',
  }
  return [list, ...(other ? [otherLists()] : []), ...caches(ground)]
}

/**
 * What `apt-get update` stores again of lists that an earlier RUN fetched, changed or not: the signed ones that name the
 * others, which get owner and mode anew at least. Source: apt 2.6; seven rows of three builds on overlay2 that update in every RUN.
 */
export const releaseFiles = (ground: Ground): readonly Stored[] =>
  ground.suite.releases === 0
    ? []
    : [
        {
          path: '/var/lib/apt/lists',
          type: 'package',
          label: 'apt release files',
          size: listsSize(ground.suite.releases, ground),
          linkBytes: 0,
          files: 3,
          names: [`deb.debian.org_debian_dists_${ground.table.suite}_InRelease`],
          kind: 'content',
        },
      ]

/** The lists of archives that are not the distribution's own: nobody knows how long they are. `after`: parcels there before. */
export const otherLists = (after = 1): Stored => ({
  path: '/var/lib/apt/lists',
  type: 'package',
  label: `apt lists of ${after < 2 ? 'other' : 'more'} archives${after < 3 ? '' : ` (${after})`}`,
  size: unknown('package lists of other archives'),
  linkBytes: 0,
  files: 2,
  kind: 'cache',
  cleanup: 'rm -rf /var/lib/apt/lists/*',
})

/** The caches apt makes of its lists. */
export function caches({ suite, keeps }: Ground): readonly Stored[] {
  if (!keeps) return []
  return ['pkgcache.bin', 'srcpkgcache.bin'].map((name) => ({
    path: `/var/cache/apt/${name}`,
    type: 'file' as const,
    size: around(suite.caches / 2, 0.15, 0, 'heuristic', 'caches of apt'),
    kind: 'cache' as const,
    cleanup: 'apt-get clean',
  }))
}
