/** `--builder` and `# syntax=` → Builder. The version table is section 12 of the history specification. */
import { UserError } from '../error.ts'
import type { Builder, Problem, SizeModel } from '../model.ts'

/** BuildKit minor, Docker engines that carry it. The frontend's minor is BuildKit's minus 6. */
const releases: readonly (readonly [buildkit: number, engines: readonly string[]])[] = [
  [8, ['20.10']],
  [9, []],
  [10, ['23.0']],
  [11, ['24.0']],
  [12, ['25.0']],
  [13, ['26.0', '26.1']],
  [14, ['27.0']],
  [15, ['27.1', '27.2']],
  [16, ['27.3']],
  [17, ['27.4']],
  [18, ['27.5']],
  [19, []],
  [20, ['28.0']],
  [21, ['28.1']],
  [22, ['28.2']],
  [23, ['28.3']],
  [24, ['28.4']],
  [25, ['28.5', '29.0']],
  [26, ['29.1']],
  [27, ['29.2']],
  [28, ['29.3']],
  [29, ['29.4']],
  [30, ['29.5']],
  [31, ['29.6']],
  [32, ['29.7']],
  [33, ['29.8']],
  // Released a day before Docker 29.9, and two days after it came the engine's next minor with 0.33.
  [34, ['29.9']],
]
const firstBuildkit = 8
const newestBuildkit = 34
const newestEngine = '29.9'
const newestBuildah = '1.43'
const oldestClassic = '1.12'

/** Podman minor → Buildah minor, by major. Podman vendors one Buildah per release. */
const podmans: Readonly<Record<string, number>> = {
  '4.3': 28,
  '4.4': 29,
  '4.5': 30,
  '4.6': 31,
  '4.7': 32,
  '4.8': 33,
  '4.9': 33,
  '5.0': 35,
  '5.1': 36,
  '5.2': 37,
  '5.3': 38,
  '5.4': 39,
  '5.5': 40,
  '5.6': 41,
  '5.7': 42,
  '5.8': 43,
}

/** -1, 0 or 1: compares dotted versions part by part as numbers. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((v) => v.split('.').map((part) => Number.parseInt(part, 10) || 0))
  for (let i = 0; i < Math.max(left!.length, right!.length); i++) {
    const difference = (left![i] ?? 0) - (right![i] ?? 0)
    if (difference !== 0) return Math.sign(difference)
  }
  return 0
}

/** The minor version of the Dockerfile frontend whose parser an engine's classic builder or BuildKit carries. */
export function parserLevel(engine: string): number {
  let level = 0
  for (const [buildkit, engines] of releases) {
    for (const version of engines)
      if (compareVersions(minor(engine), version) >= 0) level = Math.max(level, buildkit - 6)
  }
  return level
}

const minor = (version: string): string => version.split('.').slice(0, 2).join('.')

const buildkit = (release: number, labs = false): Builder => ({
  family: 'buildkit',
  version: `0.${release}`,
  frontend: `1.${release - 6}`,
  labs,
  client: null,
  podman: null,
})

const forms = 'buildkit[@0.25], frontend@1.19, docker@28.5, classic[@29.7[,client=28.5]], buildah[@1.28], podman@5.8'

/**
 * Reads the value of `--builder`. Throws UserError on a form or a version that is not known, naming what is.
 * Shapes: spec of the command line, "Of our own".
 */
export function chooseBuilder(text: string): Builder {
  const [, name = '', version, rest = ''] = /^([a-z]+)(?:@v?([0-9][0-9.]*))?(,.*)?$/i.exec(text.trim()) ?? []
  const wrong = (why: string) => new UserError(`--builder ${text}: ${why}`, { hint: `one of ${forms}` })
  if (rest !== '' && name !== 'classic') throw wrong('nothing may follow the version')
  switch (name) {
    case 'buildkit':
    case 'frontend': {
      if (version === undefined) return buildkit(newestBuildkit)
      const [major, second] = version.split('.').map(Number)
      const release = name === 'buildkit' ? second! : second! + 6
      if (second === undefined || major !== (name === 'buildkit' ? 0 : 1)) throw wrong('no such version')
      if (release < firstBuildkit || release > newestBuildkit) throw wrong(range(name))
      return buildkit(release)
    }
    case 'docker': {
      const engine = version ?? newestEngine
      for (const [release, engines] of releases) if (engines.includes(engineOf(engine))) return buildkit(release)
      throw wrong(`no Docker Engine of that version is known (20.10 to ${newestEngine})`)
    }
    case 'classic': {
      const client = /^,client=v?([0-9][0-9.]*)$/.exec(rest)?.[1]
      if (rest !== '' && client === undefined) throw wrong('after the version only ,client=VERSION may follow')
      const engine = version ?? newestEngine
      if (compareVersions(engine, oldestClassic) < 0 || compareVersions(minor(engine), newestEngine) > 0)
        throw wrong(`classic is known from Docker ${oldestClassic} to ${newestEngine}`)
      return { family: 'classic', version: engine, frontend: null, labs: false, client: client ?? engine, podman: null }
    }
    case 'buildah': {
      const release = version ?? newestBuildah
      if (compareVersions(release, '1.20') < 0 || compareVersions(minor(release), newestBuildah) > 0)
        throw wrong(`Buildah is known from 1.20 to ${newestBuildah}`)
      return { family: 'buildah', version: release, frontend: null, labs: false, client: null, podman: null }
    }
    case 'podman': {
      const podman = minor(version ?? '5.8')
      const release = podmans[podman]
      if (release === undefined) throw wrong(`podman is known from 4.3 to 5.8`)
      return { family: 'buildah', version: `1.${release}`, frontend: null, labs: false, client: null, podman }
    }
    default:
      throw wrong('no such builder')
  }
}

const engineOf = (version: string): string => (version.includes('.') ? minor(version) : `${version}.0`)

const range = (name: string): string =>
  name === 'buildkit'
    ? `known are buildkit@0.${firstBuildkit} to buildkit@0.${newestBuildkit}`
    : `known are frontend@1.${firstBuildkit - 6} to frontend@1.${newestBuildkit - 6}`

/**
 * What `# syntax=IMAGE` makes of a BuildKit builder: that frontend's version, with `-labs` its flags. Any registry host
 * may stand in front of docker/dockerfile; an image not known leaves the builder and gives a problem.
 */
export function withSyntax(builder: Builder, image: string, line: number): { builder: Builder; problem?: Problem } {
  if (builder.family !== 'buildkit') return { builder }
  const [, tag = 'latest'] = /(?:^|\/)docker\/dockerfile(?::([\w.-]+))?(?:@.*)?$/.exec(image.trim()) ?? [image, '?']
  const [, version, labs] = /^(latest|labs|1(?:\.\d+){0,2})(-labs)?$/.exec(tag) ?? []
  const unknown = (why: string): { builder: Builder; problem: Problem } => ({
    builder,
    problem: {
      severity: 'warning',
      message: `# syntax=${image}: ${why}; predicted with frontend ${builder.frontend}`,
      line,
      guess: true,
    },
  })
  if (version === undefined) return unknown('this frontend is not known')
  const named = Number(version.split('.')[1] ?? Number.NaN)
  const withLabs = labs !== undefined || version === 'labs'
  if (Number.isNaN(named)) return { builder: buildkit(newestBuildkit, withLabs) }
  if (named + 6 > newestBuildkit) return unknown(`newer than the newest known, 1.${newestBuildkit - 6}`)
  // Frontends 1.0 and 1.1 came with BuildKit 0.5 and 0.6; the oldest rules known are those of 1.2.
  return {
    builder: {
      ...buildkit(Math.max(named + 6, firstBuildkit), withLabs),
      frontend: `1.${Math.max(named, 2)}`,
      version: builder.version,
    },
  }
}

/** The SIZE column a builder's own engine shows. */
export const sizeModelOf = (builder: Builder): SizeModel => (builder.family === 'buildah' ? 'podman' : builder.family)
