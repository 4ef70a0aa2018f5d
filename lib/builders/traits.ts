/** Builder → Traits: the one place that knows in which version what changed. Source: history specification, section 12. */
import { kept } from '../kept.ts'
import type { Builder } from '../model.ts'
import type { Traits } from '../traits.ts'
import { compareVersions, parserLevel } from './choose.ts'

const platformNames = ['PLATFORM', 'OS', 'ARCH', 'VARIANT']
const eightPlatformArgs = ['BUILD', 'TARGET'].flatMap((side) => platformNames.map((name) => side + name))

/** What holds for all until a version says otherwise: the oldest rules. */
const oldest: Omit<Traits, 'family' | 'flags'> = {
  doubledEscapeContinues: false,
  heredocs: 'none',
  heredocBlanks: false,
  directives: ['escape', 'syntax'],
  jsonTrailingMeansShell: false,
  longestLine: 65535,
  suggests: 'nothing',
  severalArgs: true,
  modifiers: 'colon',
  platformArgs: [],
  platformArgsWin: false,
  platformArgsDeclared: false,
  targetByNumber: false,
  headIgnored: false,
  matchesAreGlobs: false,
  protocolsChecked: true,
  allProxy: false,
  envBeatsArg: true,
  childArgs: 'none',
  redeclaredUnset: false,
  chmodExpands: false,
  mountExpands: false,
  mountSize: false,
  envSecrets: false,
  fromVariableRefused: false,
  argLazy: false,
  argRow: 'default',
  argOnce: false,
  copyFlagsShown: false,
  refusedSwitches: [],
  chmod: 'lenient',
  chmodParents: false,
  chmodSpecial: true,
  chownExtracted: false,
  copyTouches: false,
  dotIsFolder: true,
  groupOmitted: false,
  linkByName: true,
  accountsRequired: true,
  exceptionsByText: false,
  ignoreReadFirst: false,
  zstdArchives: true,
  climbingRefused: false,
  gitSources: false,
  contextModesTyped: false,
  stageModesTyped: false,
  hashOwners: false,
  hashSlashes: false,
  expose: 'words',
  healthcheck: 'three',
  retriesZero: false,
  shortestInterval: 1_000_000,
  intervalZero: false,
  workdirCleaned: false,
  workdirStays: false,
  slashesAreRoot: false,
  shebangAfterChomp: false,
  onbuildOfStages: 'no',
  onbuildSources: true,
  patternsChecked: false,
  windowsPath: true,
  chownGlued: false,
  oldWorkdir: false,
  oldUser: false,
  copyTail: ' ',
  linkShown: false,
  commentEverywhere: false,
  commentFrom: false,
  labelsInOneRow: false,
  exposeOnce: false,
  mountsRelative: true,
  mountSwitchesBare: false,
  bindChecksums: false,
  heredocBodiesInRow: 'no',
  argNamesOnly: true,
  emptyScratchLayer: false,
  scratchWorkdir: false,
  epochHidesLabel: false,
}

/** All that is special about a builder. */
export function traitsOf({ family, frontend, labs, version, client }: Builder): Traits {
  switch (family) {
    case 'buildkit':
      return buildkits(`${frontend!.split('.')[1]} ${labs}`)
    case 'classic':
      return classics(`${version} ${client ?? version}`)
    case 'buildah':
      return buildahs(version)
  }
}

const buildkits = kept(20, (key) => {
  const [frontend, labs] = key.split(' ')
  return buildkit(Number(frontend), labs === 'true')
})

const classics = kept(20, (key) => {
  const [version = '', client = ''] = key.split(' ')
  return classic(version, client)
})

const buildahs = kept(20, (version) => buildah(version))

const modifiersOf = (frontend: number): Traits['modifiers'] =>
  frontend >= 28 ? 'quoted patterns' : frontend >= 7 ? 'patterns' : frontend >= 6 ? 'posix' : 'colon'

const buildkit = (frontend: number, labs: boolean): Traits => ({
  ...oldest,
  family: 'buildkit',
  heredocs: frontend >= 4 || (labs && frontend >= 3) ? 'used' : 'none',
  heredocBlanks: frontend >= 16,
  directives: frontend >= 8 ? ['escape', 'syntax', 'check'] : ['escape', 'syntax'],
  jsonTrailingMeansShell: frontend >= 9,
  // Read from the releases 0.8, 0.9; targets by moby/buildkit pull request 5851, in 0.21.
  suggests: frontend >= 15 ? 'targets' : frontend >= 3 ? 'words' : 'nothing',
  modifiers: modifiersOf(frontend),
  platformArgs: [
    ...eightPlatformArgs,
    ...(frontend >= 11 ? ['TARGETSTAGE'] : []),
    ...(frontend >= 13 ? ['BUILDOSVERSION', 'TARGETOSVERSION'] : []),
  ],
  allProxy: frontend >= 3,
  envBeatsArg: false,
  childArgs: frontend >= 9 ? 'values and prefix' : 'values',
  chmodExpands: frontend >= 10,
  mountExpands: frontend >= 3,
  // Between Docker 20.10, which refuses it, and 28.5.
  mountSize: frontend >= 3,
  // Source: release notes of the Dockerfile frontend 1.10.
  envSecrets: frontend >= 10,
  fromVariableRefused: frontend >= 18,
  argLazy: frontend >= 8,
  argRow: frontend >= 8 ? 'effective' : 'default',
  argOnce: frontend >= 12,
  copyFlagsShown: frontend >= 7,
  // Read from the releases of BuildKit and of the fsutil in them: 0.16, 0.20; 0.21; 0.9; 0.12.
  chmod: frontend >= 14 ? 'symbolic' : frontend >= 10 ? 'octal' : 'lenient',
  chmodParents: frontend >= 15,
  // Recorded with BuildKit 0.8 and 0.13: chmod-forms, empty-context, copy-file-trailing.
  chmodSpecial: frontend >= 3,
  copyTouches: frontend >= 3,
  dotIsFolder: frontend >= 3,
  // Source: moby/buildkit pull request 5987, in 0.23.
  chownExtracted: frontend >= 17,
  // Read in BuildKit 0.34: client/llb, WithUser; dockerfile2llb, chownByName.
  groupOmitted: frontend >= 28,
  linkByName: frontend < 28,
  accountsRequired: frontend < 3,
  // Recorded with 0.8 (ignore-exceptions); the walk of fsutil that knows patterns came with 0.10.
  exceptionsByText: frontend < 4,
  // For the check of what is copied and ignored, which came with 1.8. Recorded with 0.25: ignore-malformed.
  ignoreReadFirst: frontend >= 8,
  // Recorded with 0.8 and 0.25 (add-zstd); read from the archive package in 0.10.
  zstdArchives: frontend >= 4,
  // Source: moby/go-archive 0.3, in Docker 29.8. (recorded: add-climbing)
  climbingRefused: frontend >= 27,
  gitSources: frontend >= 6 || (labs && frontend >= 5),
  expose: frontend >= 19 ? 'list' : frontend === 18 ? 'pointer' : 'map',
  // Recorded with 0.25; the cut that takes the rest came with go-connections 0.6.
  protocolsChecked: frontend >= 18,
  healthcheck: frontend >= 24 ? 'fields' : frontend >= 6 ? 'four' : 'three',
  retriesZero: frontend >= 5,
  intervalZero: frontend >= 5,
  scratchWorkdir: true,
  // Source: BuildKit util/system, NormalizePath, in 0.12. (recorded: workdir-turns)
  workdirStays: frontend >= 6,
  shebangAfterChomp: frontend >= 21,
  // Recorded with 1.2 (onbuild2); the others by the release notes.
  onbuildOfStages: frontend === 11 ? 'no' : frontend === 12 ? 'all' : 'children',
  // Recorded with 1.2 (onbuild-from) and 1.19; the version by the release notes.
  onbuildSources: frontend >= 11,
  // Recorded with 0.8 and 0.25 (copy-bad-pattern); the filter of fsutil that compiles them came with 0.10.
  patternsChecked: frontend >= 4,
  windowsPath: frontend < 16,
  flags: {
    FROM: ['platform'],
    RUN: [
      'mount*',
      ...(frontend >= 3 ? ['network'] : []),
      ...(frontend >= 20 || (labs && frontend >= 3) ? ['security'] : []),
      ...(frontend >= 27 || (labs && frontend >= 14) ? ['device*'] : []),
    ],
    COPY: [
      'from',
      'chown',
      ...copyFlags(frontend, labs),
      ...((frontend >= 7 && labs) || frontend >= 20 ? ['parents?'] : []),
    ],
    ADD: ['chown', ...copyFlags(frontend, labs), ...addFlags(frontend, labs)],
    HEALTHCHECK: ['interval', 'timeout', 'start-period', 'retries', ...(frontend >= 6 ? ['start-interval'] : [])],
  },
})

const copyFlags = (frontend: number, labs: boolean): readonly string[] => [
  'chmod',
  ...(frontend >= 4 || (labs && frontend >= 3) ? ['link?'] : []),
  ...(frontend >= 19 || (labs && frontend >= 7) ? ['exclude*'] : []),
]

const addFlags = (frontend: number, labs: boolean): readonly string[] => [
  ...(frontend >= 6 || (labs && frontend >= 5) ? ['checksum', 'keep-git-dir?'] : []),
  ...(frontend >= 17 ? ['unpack?'] : []),
]

function classic(version: string, client: string): Traits {
  const since = (v: string): boolean => compareVersions(version, v) >= 0
  const frontend = parserLevel(version)
  return {
    ...oldest,
    family: 'classic',
    exceptionsByText: true,
    ignoreReadFirst: true,
    zstdArchives: since('23'),
    climbingRefused: since('29.8'),
    doubledEscapeContinues: !since('20.10'),
    heredocs: since('23') ? 'swallowed' : 'none',
    heredocBlanks: frontend >= 16,
    directives: frontend >= 8 ? ['escape', 'syntax', 'check'] : ['escape', 'syntax'],
    jsonTrailingMeansShell: since('27.1'),
    suggests: frontend >= 3 ? 'words' : 'nothing',
    severalArgs: since('20.10'),
    modifiers: modifiersOf(frontend),
    allProxy: since('23'),
    expose: since('17.10') ? 'words' : 'old words',
    // Recorded with 28.5 and 29.8: expose-forms10.
    protocolsChecked: since('29'),
    healthcheck: since('29.5') ? 'pointer fields' : since('25') ? 'four' : 'three',
    retriesZero: since('24'),
    intervalZero: since('24'),
    redeclaredUnset: true,
    workdirCleaned: since('27'),
    // Recorded: onbuild2.
    onbuildOfStages: 'children',
    chownGlued: !since('25'),
    contextModesTyped: compareVersions(client, '24') < 0,
    stageModesTyped: !since('24'),
    hashOwners: !since('23'),
    oldWorkdir: !since('1.13'),
    oldUser: !since('17.10'),
    flags: {
      FROM: ['platform'],
      RUN: frontend >= 4 ? ['mount*', 'network', 'security'] : frontend >= 2 ? ['mount*'] : [],
      // --chmod is known from the parser on and refused by the builder; the newer switches are taken and ignored.
      COPY: ['from', 'chown', ...copyFlags(frontend, false), ...(frontend >= 20 ? ['parents?'] : [])],
      ADD: ['chown', ...copyFlags(frontend, false), ...addFlags(frontend, false)],
      HEALTHCHECK: ['interval', 'timeout', 'start-period', 'retries', ...(since('25') ? ['start-interval'] : [])],
    },
  }
}

const buildahCopyFlags = (since: (version: string) => boolean): readonly string[] => [
  ...(since('1.38') ? ['exclude*', 'parents?', 'link?'] : []),
]

function buildah(version: string): Traits {
  const since = (v: string): boolean => compareVersions(version, v) >= 0
  return {
    ...oldest,
    family: 'buildah',
    doubledEscapeContinues: true,
    heredocs: since('1.33') ? 'used' : 'none',
    // Recorded with 1.43: heredoc-blanks.
    heredocBlanks: since('1.43'),
    longestLine: since('1.43') ? 2 * 1024 * 1024 : 65535,
    modifiers: since('1.37') ? 'buildah-1.37' : since('1.31') ? 'buildah-1.31' : 'buildah-1.28',
    platformArgs: eightPlatformArgs,
    // Read from imagebuilder 1.2.14, in 1.37, and 1.2.6, in 1.35; recorded with 1.39.
    platformArgsWin: since('1.37'),
    argRow: 'names',
    healthcheck: 'three',
    shebangAfterChomp: true,
    shortestInterval: 0,
    // Read from imagebuilder 1.2.19, in 1.42, and 1.2.16, in 1.40; recorded with 1.39.
    childArgs: since('1.42') ? 'values and prefix' : 'none',
    scratchWorkdir: since('1.38'),
    epochHidesLabel: since('1.41'),
    copyTail: since('1.41') ? '      ' : ' ',
    linkShown: since('1.41'),
    gitSources: since('1.34'),
    hashOwners: !since('1.42'),
    hashSlashes: since('1.42'),
    commentFrom: since('1.20'),
    commentEverywhere: since('1.20') && !since('1.38'),
    labelsInOneRow: since('1.29'),
    exposeOnce: !since('1.42'),
    mountsRelative: since('1.38'),
    mountSwitchesBare: since('1.38'),
    bindChecksums: since('1.39'),
    // Recorded with 1.39 and 1.43: heredoc-of-args. Between them no release was looked at.
    heredocBodiesInRow: since('1.43') ? 'always' : since('1.35') ? 'without args' : 'no',
    argNamesOnly: since('1.24'),
    emptyScratchLayer: since('1.29'),
    mountExpands: true,
    chmodExpands: true,
    // Read from the releases 1.38, 1.40 and 1.42.
    refusedSwitches: since('1.41') || !since('1.38') ? [] : since('1.40') ? ['link'] : ['link', 'parents'],
    // Between 1.28 and 1.39 no release was looked at.
    chmod: since('1.38') ? 'octal' : 'lenient',
    platformArgsDeclared: !since('1.42'),
    targetByNumber: since('1.38'),
    headIgnored: !since('1.42'),
    matchesAreGlobs: !since('1.38'),
    slashesAreRoot: since('1.38'),
    flags: {
      FROM: ['platform'],
      RUN: ['mount*', ...(since('1.29') ? ['network'] : [])],
      COPY: ['from', 'chown', 'chmod', ...buildahCopyFlags(since)],
      ADD: ['chown', 'chmod', ...(since('1.33') ? ['checksum'] : []), ...buildahCopyFlags(since)],
      HEALTHCHECK: [
        ...['interval', 'timeout', 'start-period', 'retries'],
        ...(since('1.33') ? ['start-interval'] : []),
      ],
    },
  }
}
