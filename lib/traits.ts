/**
 * Where builders and their versions differ, by name. `lib/builders/traits.ts` is the only place that knows which
 * version has which; everything else asks these. Sections are those of the history specification.
 */
import type { Family } from './model.ts'

export interface Traits {
  readonly family: Family

  // ---- reading (2) ----
  /** `\\` at the end of a line continues it, leaving one `\`. */
  readonly doubledEscapeContinues: boolean
  /** `none`: body lines are instructions. `swallowed`: read, never used. `used`: as intended. */
  readonly heredocs: 'none' | 'swallowed' | 'used'
  /** Blanks between `<<` and the word are allowed. */
  readonly heredocBlanks: boolean
  readonly directives: readonly string[]
  /** Text after a JSON array makes the whole shell form. */
  readonly jsonTrailingMeansShell: boolean
  /** Longest physical line in bytes. */
  readonly longestLine: number
  /** Errors about a word that is not known name one that may have been meant: of the language, and of the file's targets. */
  readonly suggests: 'nothing' | 'words' | 'targets'
  /** ARG takes several names. */
  readonly severalArgs: boolean
  /** Flags each instruction knows; a bare name takes a value, `name?` is a switch, `name*` may repeat. */
  readonly flags: Readonly<Record<string, readonly string[]>>

  // ---- variables (3) ----
  /** In `quoted patterns` an escape character between single quotes stands for itself. */
  readonly modifiers:
    | 'colon'
    | 'posix'
    | 'patterns'
    | 'quoted patterns'
    | 'buildah-1.28'
    | 'buildah-1.31'
    | 'buildah-1.37'
  /** Names that exist as global ARGs. */
  readonly platformArgs: readonly string[]
  /** A stage's own default for a platform ARG is ignored. */
  readonly platformArgsWin: boolean
  /** Above the first FROM a platform name has a value only where an ARG declares it. */
  readonly platformArgsDeclared: boolean
  /** The target may be given as the number of its stage. */
  readonly targetByNumber: boolean
  /** What stands above the first FROM, and is no ARG, is passed over. */
  readonly headIgnored: boolean
  /** What a pattern in COPY finds is looked up as a pattern once more. */
  readonly matchesAreGlobs: boolean
  /** EXPOSE takes nothing behind the protocol. */
  readonly protocolsChecked: boolean
  readonly allProxy: boolean
  /** ENV beats ARG whatever the order; otherwise the last wins. */
  readonly envBeatsArg: boolean
  /** What a stage built FROM an earlier one keeps of its ARGs. */
  readonly childArgs: 'none' | 'values' | 'values and prefix'
  /** `ARG NAME` after `ARG NAME=value` takes the value away. */
  readonly redeclaredUnset: boolean
  /** `--chmod` is expanded. */
  readonly chmodExpands: boolean
  /** Variables inside `--mount` values are expanded. */
  readonly mountExpands: boolean
  /** A tmpfs mount may be given a size. */
  readonly mountSize: boolean
  /** A secret can be handed to RUN as a variable. */
  readonly envSecrets: boolean
  /** A variable in COPY --from is refused. */
  readonly fromVariableRefused: boolean
  /** A default is only evaluated when no value is given from outside; names are not expanded. */
  readonly argLazy: boolean

  // ---- rows (5, 6, 7) ----
  readonly argRow: 'effective' | 'default' | 'names'
  /** A name declared twice stands once in the RUN prefix. */
  readonly argOnce: boolean
  readonly copyFlagsShown: boolean
  /** Switches of COPY and ADD that are read, and refused where they are on. */
  readonly refusedSwitches: readonly ('link' | 'parents')[]
  /** COPY --chmod that is not octal: ignored, refused, or read as symbolic. */
  readonly chmod: 'lenient' | 'octal' | 'symbolic'
  /** COPY --chmod in octal holds for new folders on the way as well. */
  readonly chmodParents: boolean
  /** COPY --chmod in octal gives setuid, setgid and sticky too. */
  readonly chmodSpecial: boolean
  /** ADD --chown holds for what comes out of an archive. */
  readonly chownExtracted: boolean
  /** A folder that something is copied into has been touched, even where nothing is in the source. */
  readonly copyTouches: boolean
  /** `/x/.` as a destination is a folder. */
  readonly dotIsFolder: boolean
  /** Nothing behind the colon of COPY --chown is as if there were no colon; otherwise root's group. */
  readonly groupOmitted: boolean
  /** COPY --link takes names in --chown. */
  readonly linkByName: boolean
  /** COPY --chown with a name is refused where there is no /etc/passwd. */
  readonly accountsRequired: boolean
  /** BuildKit opens an ignored folder for exceptions that begin with its path only. */
  readonly exceptionsByText: boolean
  /** A malformed ignore file is refused before anything is built, whether or not something is copied. */
  readonly ignoreReadFirst: boolean
  /** ADD unpacks what zstd compressed. */
  readonly zstdArchives: boolean
  /** ADD takes no archive with a name that climbs out of the root; otherwise such a name stays in it. */
  readonly climbingRefused: boolean
  /** ADD knows git addresses. */
  readonly gitSources: boolean
  /** Classic: modes in the hash of COPY bear the file type; for files of the context the client decides. */
  readonly contextModesTyped: boolean
  readonly stageModesTyped: boolean
  /** The hash of COPY holds names of owners. */
  readonly hashOwners: boolean
  /** Buildah: names of folders in the hash of COPY end in a slash. */
  readonly hashSlashes: boolean
  /** `words`: as written; `old words`: each port with its protocol, sorted, once. */
  readonly expose: 'map' | 'pointer' | 'list' | 'words' | 'old words'
  readonly healthcheck: 'three' | 'four' | 'fields' | 'pointer fields'
  readonly retriesZero: boolean
  /** Shortest interval of a health check in nanoseconds; 0: any that is positive. */
  readonly shortestInterval: number
  /** An interval of zero counts as not given. */
  readonly intervalZero: boolean
  readonly workdirCleaned: boolean
  /** WORKDIR with nothing in its variables leaves the path as it was written; otherwise cleaned. */
  readonly workdirStays: boolean
  /** WORKDIR with nothing but slashes is the root. */
  readonly slashesAreRoot: boolean
  /** `#!` is looked for after the tabs of `<<-` are gone. */
  readonly shebangAfterChomp: boolean
  readonly onbuildOfStages: 'no' | 'children' | 'all'
  /** What a trigger copies from is built for it. */
  readonly onbuildSources: boolean
  /** A malformed pattern among the sources of COPY and ADD is refused wherever they lie. */
  readonly patternsChecked: boolean
  readonly windowsPath: boolean
  /** Classic up to 24: no blank between --chown and the hash. */
  readonly chownGlued: boolean
  /** Classic: spellings of Docker before 1.13 and 17.x. */
  readonly oldWorkdir: boolean
  readonly oldUser: boolean
  /** Buildah: blanks after the destination; `FROM` in every comment; labels in one row. */
  readonly copyTail: string
  readonly linkShown: boolean
  readonly commentEverywhere: boolean
  readonly commentFrom: boolean
  readonly labelsInOneRow: boolean
  /** EXPOSE adds no number that is exposed already, whatever the protocol. */
  readonly exposeOnce: boolean
  /** A mount's target may be given from the working directory. */
  readonly mountsRelative: boolean
  /** `rw` and its like take no value. */
  readonly mountSwitchesBare: boolean
  readonly bindChecksums: boolean
  readonly heredocBodiesInRow: 'no' | 'without args' | 'always'
  readonly argNamesOnly: boolean
  readonly emptyScratchLayer: boolean
  /** FROM scratch begins with WorkingDir `/`. */
  readonly scratchWorkdir: boolean
  /** SOURCE_DATE_EPOCH leaves the label io.buildah.version out. */
  readonly epochHidesLabel: boolean
}
