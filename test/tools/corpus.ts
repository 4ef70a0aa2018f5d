/**
 * Real Dockerfiles, with and without the history of the image built from them, and the recorded sizes of RUN layers.
 * They are read where they lie, in ../shared; without that folder every list is empty and `notAtHand` says so.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { configOfRows } from '../../lib/bases/config-of-rows.ts'
import type { Base, Row } from '../../lib/model.ts'
import { unknown } from '../../lib/size.ts'
import { shared } from './truth.ts'

const folders = { official: 'corpus/official', dockerfiles: 'corpus/dockerfiles', run: 'truth-run' } as const

/** A sentence for the card, when a part of the recordings is missing. */
export const notAtHand = (part: keyof typeof folders): string | undefined =>
  existsSync(join(shared, folders[part])) ? undefined : `../shared/${folders[part]} is not at hand`

/** A row of a real image, on top of its base. Null: not known. */
export interface ActualRow {
  readonly kind: string
  readonly createdBy: string | null
  readonly createdByCertain: boolean
  /** The row as repo-info shows it. */
  readonly rendered?: string
  readonly comment?: string
  readonly author?: string | null
  readonly empty: boolean | null
  /** Bytes of the layer's tar, and of the same compressed, where recorded. */
  readonly tarSize?: number
  readonly compressedSize?: number
}

/** A Dockerfile and the image built from it. */
export interface Pair {
  readonly id: string
  readonly image: string
  readonly platform: string
  readonly builder: 'classic' | 'buildkit' | 'buildah'
  readonly dockerVersion?: string
  readonly dockerfile: string
  readonly target?: string | null
  readonly fromImage: string
  readonly baseRowCount: number
  readonly baseRows: readonly string[] | null
  readonly actualRows: readonly ActualRow[]
}

/** All pairs, from the three files. */
export const officialPairs = (): readonly Pair[] =>
  ['classic-official', 'scanned-apps', 'scanned-official'].flatMap((name) => {
    const file = join(shared, folders.official, `${name}.jsonl`)
    if (!existsSync(file)) return []
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Pair)
  })

/** The 400 Dockerfiles, by name. */
export function corpusDockerfiles(): readonly { readonly name: string; readonly text: string }[] {
  const folder = join(shared, folders.dockerfiles, 'files')
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).sort()
  return names.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
}

/**
 * Whose history the image of a pair may have, in the words of the command line. Where the version is not recorded, one
 * of each way of writing rows.
 */
export function buildersOfPair({ builder, dockerVersion }: Pair): readonly string[] {
  const version = /^\d+\.\d+(\.\d+)?/.exec(dockerVersion ?? '')?.[0]
  if (version !== undefined) return [`${builder}@${version},client=${version}`]
  if (builder === 'buildkit')
    return ['buildkit', 'docker@28.5', 'docker@27.5', 'docker@25.0', 'docker@24.0', 'docker@23.0']
  return builder === 'classic'
    ? ['classic', 'classic@28.5', 'classic@25.0', 'classic@24.0', 'classic@20.10']
    : ['buildah', 'buildah@1.28']
}

/** Environment keys that a build argument may have and no Dockerfile has to declare are not guessed. */
const declared = (dockerfile: string): readonly string[] => [
  ...new Set([...dockerfile.matchAll(/^\s*ARG\s+([A-Za-z_]\w*)/gim)].map((match) => match[1]!)),
]

/**
 * Build arguments as far as the rows show them: in front of a RUN (`|2 A=x B=y z /bin/sh -c`, repo-info's `# ARGS:`)
 * and, for BuildKit, in ARG rows.
 */
export function buildArgsOf(pair: Pair): Readonly<Record<string, string>> {
  const names = declared(pair.dockerfile)
  const args: Record<string, string> = {}
  for (const { createdBy, rendered } of pair.actualRows) {
    const prefix =
      /^(?:RUN )?\|\d+ (.*?) \/bin\/(?:sh|bash) /s.exec(createdBy ?? '') ?? /^# ARGS: (.*)\n/.exec(rendered ?? '')
    if (prefix !== null) {
      const starts = [...` ${prefix[1]}`.matchAll(/ ([A-Za-z_]\w*)=/g)].filter((match) => names.includes(match[1]!))
      for (const [i, start] of starts.entries()) {
        const from = start.index + start[0].length
        args[start[1]!] = ` ${prefix[1]}`.slice(from, starts[i + 1]?.index)
      }
    }
    const arg = /^ARG ([A-Za-z_]\w*)=(.*)$/s.exec(createdBy ?? '')
    if (arg !== null && pair.builder === 'buildkit') args[arg[1]!] = arg[2]!
  }
  return args
}

/** `/bin/sh -c #(nop)  ` and so on, which repo-info leaves out. Source: README.md of the recordings. */
const asClassic = (row: string): string =>
  row.startsWith('/bin/sh -c') || row.endsWith('# buildkit')
    ? row
    : row.startsWith('RUN ')
      ? `/bin/sh -c ${row.slice('RUN '.length)}`
      : `/bin/sh -c #(nop) ${/^(ADD|COPY) /.test(row) ? '' : ' '}${row}`

/**
 * The base of a pair from its recorded rows. Where those are kept apart, one row without text stands for them, and the
 * PATH is what the image's own ENV rows say that `$PATH` was.
 */
export function baseOfPair(pair: Pair): Base {
  const texts = pair.baseRows ?? ['']
  const rows = texts.map((text): Row => {
    const createdBy = text === '' || pair.builder !== 'classic' ? text : asClassic(text)
    return {
      createdBy,
      comment: createdBy.endsWith('# buildkit') ? 'buildkit.dockerfile.v0' : '',
      author: '',
      emptyLayer: createdBy.includes('#(nop)') && !/#\(nop\) +(ADD|COPY)/.test(createdBy),
      created: null,
      layer: null,
      size: unknown('not recorded'),
      unpredictable: [],
      origin: { from: 'base', image: pair.fromImage },
    }
  })
  const { config, author } = configOfRows(rows)
  const path = pair.baseRows === null ? inferredPath(pair) : undefined
  const env = (config.Env ?? []).filter((one) => path === undefined || !one.startsWith('PATH='))
  return {
    ref: pair.fromImage,
    rows,
    config: { ...config, Env: path === undefined ? env : [`PATH=${path}`, ...env] },
    author,
    facts: { complete: false },
  }
}

/** `ENV PATH /x:$PATH` and the row `ENV PATH=/x:/usr/bin` give `/usr/bin`. */
function inferredPath({ dockerfile, actualRows }: Pair): string {
  const written = /^\s*ENV\s+PATH[ =]"?([^\n"]*?)\$\{?PATH\}?([^\s"]*)/m.exec(dockerfile)
  const shown = actualRows.flatMap(({ createdBy }) => /ENV PATH=(.*?)(?: \w+=|$)/.exec(createdBy ?? '')?.[1] ?? [])[0]
  const usual = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
  if (written === null || shown === undefined) return usual
  // What stands around `$PATH` may hold variables: count its parts instead of comparing them.
  const parts = (text: string | undefined) => (text ?? '').split(':').length - 1
  const all = shown.split(':')
  return all.slice(parts(written[1]), all.length - parts(written[2])).join(':') || usual
}
