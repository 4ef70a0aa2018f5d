/** The vocabulary: every type that crosses a folder. Plain read-only data, no behaviour. */

/** How a byte count is known; from sure to not at all. */
export type Basis = 'exact' | 'resolved' | 'heuristic' | 'unknown'

/** Bytes, as sure as we are: low ≤ bytes ≤ high, all equal when exact; `bytes` and `high` null when unknown. */
export interface Size {
  readonly bytes: number | null
  readonly low: number
  readonly high: number | null
  readonly basis: Basis
  /** Where the number comes from, in words: "build context", "bookworm table 2026-11-20". */
  readonly source: string
}

/** Whose SIZE column: the five ways of counting a layer. Source: spec/history.md section 9. */
export type SizeModel = 'classic' | 'buildkit' | 'containerd' | 'podman' | 'tar'

// ---- places in a text -----------------------------------------------------------------------------

/** A range of the source. Offsets count UTF-16 units from 0, `end` exclusive; lines count from 1, `endLine` inclusive. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly line: number
  readonly endLine: number
}

/** Something to tell about an input. `refuses`: the chosen builder would not build this. */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
  readonly file?: string
  readonly line?: number
  readonly refuses?: true
  /** The prediction rests on a guess here: an unknown base or frontend, a nearest match. `--strict` takes no guess. */
  readonly guess?: true
}

// ---- what is written: instructions ----------------------------------------------------------------

/** The body of one `<<NAME`. */
export interface Heredoc {
  /** Terminator, quotes removed. */
  readonly name: string
  /** As it stands in the line, quotes and descriptor included: `3<<-"EOF"`. */
  readonly word: string
  readonly fd: number
  /** `<<-`: leading tabs go. */
  readonly chomp: boolean
  /** False when any part of the name was quoted. */
  readonly expand: boolean
  /** The body as written, final newline included, tabs kept. */
  readonly body: string
  /** Source offset of the body's first character. */
  readonly start: number
}

/** One flag in front of the operands: `--chown=1:2` is {name:'chown', value:'1:2'}; no `=`: value null. */
export interface Flag {
  readonly name: string
  readonly value: string | null
  /** As written, quotes already removed, `--` included. */
  readonly text: string
}

/** One instruction as a builder cuts it out of the file. */
export interface Instruction {
  /** Upper case. May be a word no builder knows. */
  readonly keyword: string
  readonly flags: readonly Flag[]
  /** The joined line after keyword and flags, trimmed. What most builders work on. */
  readonly text: string
  /** The whole joined line, keyword and flags included, not trimmed at the end. What Buildah records. */
  readonly line: string
  /** The physical lines that `line` was joined from: where each begins in `line`, and in the source. */
  readonly pieces: readonly (readonly [at: number, source: number])[]
  /** Index in `line` where `text` begins. */
  readonly textStart: number
  /** Members, when the operands are a JSON array of strings; undefined for shell form. */
  readonly json: readonly string[] | undefined
  readonly heredocs: readonly Heredoc[]
  readonly span: Span
  /** Instruction given to ONBUILD. */
  readonly trigger?: Instruction
}

/** A comment line, for ignore pragmas and check directives. */
export interface Comment {
  /** Text after `#`, not trimmed. */
  readonly text: string
  readonly span: Span
}

// ---- configuration of an image --------------------------------------------------------------------

/** HEALTHCHECK as an image config holds it; durations in nanoseconds. */
export interface Healthcheck {
  readonly Test?: readonly string[]
  readonly Interval?: number
  readonly Timeout?: number
  readonly StartPeriod?: number
  readonly StartInterval?: number
  readonly Retries?: number
}

/** The `config` object of an image config: only what is set, keys and units as there. */
export interface ImageConfig {
  readonly Env?: readonly string[]
  readonly Cmd?: readonly string[]
  readonly Entrypoint?: readonly string[]
  readonly User?: string
  readonly WorkingDir?: string
  readonly ExposedPorts?: Readonly<Record<string, object>>
  readonly Volumes?: Readonly<Record<string, object>>
  readonly Labels?: Readonly<Record<string, string>>
  readonly Healthcheck?: Healthcheck
  readonly Shell?: readonly string[]
  readonly StopSignal?: string
  readonly OnBuild?: readonly string[]
  readonly ArgsEscaped?: boolean
}

/** `linux/amd64`, `linux/arm/v7`. */
export interface Platform {
  readonly os: string
  readonly arch: string
  readonly variant: string
}

// ---- rows, layers, images -------------------------------------------------------------------------

/** Where a row comes from. `id`: of the image that an engine keeps of this step. */
export type Origin =
  | {
      readonly from: 'dockerfile'
      readonly path: string
      readonly line: number
      readonly endLine: number
      readonly instruction: string
      readonly stage: string
    }
  | { readonly from: 'base'; readonly image: string }
  | { readonly from: 'image'; readonly id?: string }

/** A cell that nobody can predict; its text is `<unpredictable>`. */
export type Cell = 'createdBy' | 'comment'

/** One line of `docker history`. Lists of rows run oldest first. */
export interface Row {
  readonly createdBy: string
  readonly comment: string
  readonly author: string
  /** Null: depends on what a RUN does, and that cannot be known. */
  readonly emptyLayer: boolean | null
  /** RFC 3339, or null. */
  readonly created: string | null
  /** Index into the layers; null if emptyLayer is true or null. */
  readonly layer: number | null
  readonly size: Size
  /** Rows of a base: its sizes by model, as far as known. */
  readonly sizes?: Readonly<Partial<Record<SizeModel, number>>>
  readonly unpredictable: readonly Cell[]
  readonly origin: Origin
}

export type EntryType = 'file' | 'dir' | 'symlink' | 'hardlink' | 'device' | 'package' | 'whiteout' | 'opaque'

/** What a parcel is for: content stays useful, a cache or a temporary file is of no use in an image. */
export type Kind = 'content' | 'cache' | 'temporary'

/** One thing in a layer: a tar entry, or a parcel: of type `package`, many files of one origin where single ones are not known. */
export interface Entry {
  /** Absolute, `/` between parts, no trailing slash; the root is `/`. A package: the deepest folder that holds it. */
  readonly path: string
  readonly type: EntryType
  /** Payload of a regular file or a package; 0 for every other type. */
  readonly size: Size
  /** Permission bits with setuid, setgid and sticky; null: not known. */
  readonly mode: number | null
  readonly uid: number | null
  readonly gid: number | null
  /** Symlink: its target as written. Hardlink: absolute path of the name that carries the bytes. Else null. */
  readonly link: string | null
  /** Identity of the bytes: two entries with equal text have equal content. Absent: not known. */
  readonly content?: string
  /** Extended attributes, folded into one comparable text; absent: none, or not known. */
  readonly xattrs?: string
  /** Packages: what it is, `apt:curl`, `apk index`. On a whiteout: only the package of that label in that folder goes. */
  readonly label?: string
  readonly kind?: Kind
  /** Shell words that would remove it. */
  readonly cleanup?: string
  /** Bytes of symlink targets inside a package, counted by size model `classic` only. */
  readonly linkBytes?: number
  /** Packages: folders below `path` that hold nothing of it, because that part is a package of its own. */
  readonly apart?: readonly string[]
  /** Packages: how many files are in it, where that is known; and what they are called, one name of each kind, for patterns. */
  readonly files?: number
  readonly names?: readonly string[]
  /** The bytes are those of the version below, known or not: a predicted change of mode or owner, or the same text again. */
  readonly sameContent?: true
  /** It may not be there (behind `||`, or a branch is open); in an archive: what climbs out of the root, `entry name "../x"`. */
  readonly maybe?: true
  readonly climbs?: string
}

/** One stored layer: index of its row, entries net of what was made and removed inside it, size in the model asked for. */
export interface Layer {
  readonly row: number
  readonly entries: readonly Entry[]
  /** False: there is more in it than `entries` says. */
  readonly complete: boolean
  readonly size: Size
  /** `sha256:…` of the uncompressed tar, for a real layer. */
  readonly diffId?: string
  /** Of a layer that was read: all entries, made one by one; those that a clean path depends on, by number, in order. */
  readonly table?: { readonly all: Iterable<Entry>; readonly near: (path: string) => ReadonlyMap<number, Entry> }
}

/** An image, predicted or read: all there is to print, to query and to judge. */
export interface Image {
  readonly rows: readonly Row[]
  readonly layers: readonly Layer[]
  readonly config: ImageConfig
  readonly author: string
  readonly platform: Platform
  /** Facts about packages and accounts under it, for what is built on top. */
  readonly facts: BaseFacts
}

// ---- bases ----------------------------------------------------------------------------------------

/** A file of a base, all but its kind as far as known. */
export interface BaseFile {
  readonly bytes?: number
  readonly mode?: string
  readonly uid?: number
  readonly gid?: number
  readonly layer?: number
  readonly sha256?: string
  readonly link?: string
  readonly hardlink?: string
  readonly dir?: true
}

/** An installed package; dependency texts as in a package index. */
export interface InstalledPackage {
  readonly version?: string
  readonly source?: string
  readonly provides?: string
  readonly equals?: string
}

/** What can be known of an image besides rows and config. Shape of stratigraph/base@1. */
export interface BaseFacts {
  readonly os?: {
    readonly id: string
    readonly versionId?: string
    readonly codename?: string
    readonly slim?: boolean
  }
  readonly packages?: Readonly<Record<string, InstalledPackage>>
  readonly aptLists?: { readonly bytes: number; readonly date?: string }
  readonly accounts?: {
    readonly users: Readonly<Record<string, readonly [uid: number, gid: number]>>
    readonly groups: Readonly<Record<string, number>>
  }
  readonly files?: Readonly<Record<string, BaseFile>>
  readonly trees?: Readonly<Record<string, { readonly bytes: number; readonly linkBytes?: number }>>
  /** True: `files` lists every file. */
  readonly complete: boolean
}

/** What `FROM REF` stands for. */
export interface Base {
  readonly ref: string
  /** Registry, path and tag written out, where they differ from what `ref` normally means: `localhost/app:1`. */
  readonly fullName?: string
  readonly rows: readonly Row[]
  /** Layers with entries, when the base was itself predicted or read. */
  readonly layers?: readonly Layer[]
  readonly config: ImageConfig
  readonly author: string
  readonly facts: BaseFacts
  /** When it was made, or seen, as far as known: a moving tag is what it was on that day. RFC 3339 or a day. */
  readonly date?: string
  /** Not the image asked for but one like it: what a diagnostic says. */
  readonly nearest?: string
}

// ---- what the outside contributes -----------------------------------------------------------------

/** One thing in a build context. */
export interface ContextFile {
  /** Relative to the root, `/` between parts; the root itself is ''. */
  readonly path: string
  readonly type: 'file' | 'dir' | 'symlink'
  readonly bytes: number
  readonly mode: number
  readonly link: string | null
  /** A file with several names: those with equal text share it. */
  readonly inode?: string
  /** A folder that the ignore file takes out, there only because of an exception below it. */
  readonly implied?: true
  /** The client changes the file on its way to the builder: `bytes` is right, its content cannot be known. */
  readonly altered?: true
}

/** A folder that COPY and ADD read from: the build context or a named one, ignore rules applied. Paths as in ContextFile. */
export interface Context {
  /** For messages. */
  readonly name: string
  /** The thing at a path, a final symlink not followed; undefined: not there or ignored. */
  lookup(path: string): ContextFile | undefined
  /** What lies in a directory, sorted by name bytewise. Empty for anything else. */
  children(path: string): readonly ContextFile[]
  /** The bytes of a regular file. Throws UserError where the disk does. */
  read(path: string): Uint8Array
  /** Feeds the bytes of a regular file piece by piece; for hashes of large files. */
  feed(path: string, sink: (piece: Uint8Array) => void): void
  /** Entries of a local archive as ADD would extract it, or undefined when it is none. */
  archive(path: string): readonly Entry[] | undefined
  /** What Buildah's hash of ADD says of a local archive: sha256 in hex of its members as a tar. Undefined: not known. */
  archiveHash?(path: string): string | undefined
  /** Text of the ignore file that applies, '' when there is none. */
  readonly ignore: string
  /** Where that file is, or would be. Absent: nobody knows. */
  readonly ignorePath?: string | undefined
  /** The same folder with another ignore file. */
  withIgnore?(text: string): Context
}

export type Family = 'buildkit' | 'classic' | 'buildah'

/** Whose history to predict. Versions as written in cli.md; `frontend` only for BuildKit. */
export interface Builder {
  readonly family: Family
  /** BuildKit, Docker engine or Buildah version: '0.32', '20.10', '1.43'. */
  readonly version: string
  /** Dockerfile frontend, '1.26'. */
  readonly frontend: string | null
  readonly labs: boolean
  /** Classic: the client that sends the context. Podman: the table is printed as this version does. */
  readonly client: string | null
  readonly podman: string | null
}

/** All that a prediction takes besides the text. Plain data and pure look-ups, gathered before. */
export interface Given {
  readonly builder: Builder
  readonly sizeModel: SizeModel
  readonly platform: Platform
  readonly buildPlatform: Platform
  readonly target: string | null
  readonly buildArgs: Readonly<Record<string, string>>
  /** `--label`, in order. */
  readonly labels: readonly (readonly [key: string, value: string])[]
  readonly squash: boolean
  /** Buildah's --format and --layers. */
  readonly imageFormat: 'oci' | 'docker'
  readonly layers: boolean
  /** The build context; undefined with --no-context and standard input. */
  readonly context: Context | undefined
  /** `--build-context NAME=DIR`. */
  readonly contexts: Readonly<Record<string, Context>>
  /** What an image name stands for; undefined: unknown. Pure. */
  readonly base: (ref: string, platform: Platform) => Base | undefined
  /** Sizes of downloads, by URL, from the configuration. */
  readonly sizes: Readonly<Record<string, number>>
  /** Name of the Dockerfile, for origins and messages. */
  readonly path: string
  /** What a COPY does not find may be made before the build: it is told, and what comes after is predicted all the same. */
  readonly patient?: true
}

// ---- verdicts -------------------------------------------------------------------------------------

/** How bytes came to be out of sight. Source: spec/waste.md section 4. */
export type WasteClass = 'deleted' | 'replaced' | 'metadata-only' | 'identical' | 'overwritten' | 'dead-in-layer'

/** One thing shipped in a layer and not visible in the end. */
export interface Waste {
  readonly entry: Entry
  /** Index of the layer that holds it, and of the one that hides it. */
  readonly layer: number
  readonly killer: number
  readonly class: WasteClass
}

/** What `predict` gives. Where the builder refuses, `image` holds the rows up to there. */
export interface Prediction {
  /** Whose history it is, `# syntax=` followed. */
  readonly builder: Builder
  readonly image: Image
  /** Name of the target stage as written, or its number. */
  readonly target: string
  readonly refused: { readonly message: string; readonly line: number } | null
  readonly diagnostics: readonly Problem[]
}
