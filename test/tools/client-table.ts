/** Rows given to the real clients, docker's and podman's, how they were called, and what they printed: test/fixtures/client-table/. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from '../../lib/model.ts'
import { toBytes } from '../../lib/report/bytes.ts'
import { historyTable } from '../../lib/report/history.ts'
import { isEastAsian } from '../../lib/report/width.ts'
import { exact } from '../../lib/size.ts'
import { root } from './truth.ts'

/** A row as the engine's API gives it; times in seconds since 1970. */
export interface ApiRow {
  readonly Id: string
  readonly Created: number
  readonly CreatedBy: string
  readonly Size: number
  readonly Comment: string
  readonly Tags: null
}

/** One call of the client. `output` is null where it says no; `bytes`: base64 of an output that is no UTF-8. */
export interface ClientRun {
  readonly args: readonly string[]
  readonly locale?: string
  readonly zone?: string
  readonly output?: string | null
  readonly bytes?: string
}

export interface ClientTable {
  readonly client: string
  /** The client is podman. */
  readonly podman?: true
  /** Seconds since 1970, at the time of recording. */
  readonly now: number
  /** Newest first, as the API gives them. */
  readonly rows: readonly ApiRow[]
  readonly runs: readonly ClientRun[]
}

const folder = join(root, 'test/fixtures/client-table')

export const clientTablePath = (name: string): string => join(folder, `${name}.json`)

/** Every recorded table, by name. */
export const clientTables = (): readonly (readonly [name: string, table: ClientTable])[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => [file.slice(0, -5), JSON.parse(readFileSync(join(folder, file), 'utf8')) as ClientTable] as const)

/** What we print for the same rows and the same call; null: we say no. `now` in seconds. */
export function ourTable(
  rows: readonly ApiRow[],
  { args, locale = 'C', zone = 'UTC' }: ClientRun,
  now: number,
  podman: string | null = null,
): Uint8Array | null {
  const option = (name: string): string | undefined => args[args.indexOf(name) + 1]
  const minutes: Readonly<Record<string, number>> = { UTC: 0, 'Asia/Kolkata': 330, 'Pacific/Marquesas': -570 }
  try {
    const text = historyTable(rows.map(rowOf).toReversed(), {
      format: args.includes('--format') ? option('--format')! : '',
      trunc: !args.includes('--no-trunc'),
      human: !args.includes('--human=false'),
      quiet: args.includes('--quiet'),
      explain: false,
      range: false,
      podman,
      image: rows[0]?.Id ?? null,
      now: now * 1000,
      zone: () => minutes[zone]!,
      eastAsian: isEastAsian(locale),
      terminal: false,
    })
    return toBytes(text)
  } catch {
    return null
  }
}

/** What a run printed, as bytes. */
export const recorded = ({ output, bytes }: ClientRun): Uint8Array | null =>
  bytes !== undefined ? Buffer.from(bytes, 'base64') : output == null ? null : Buffer.from(output)

const rowOf = (row: ApiRow): Row => ({
  createdBy: row.CreatedBy,
  comment: row.Comment,
  author: '',
  emptyLayer: row.Size === 0,
  created: new Date(row.Created * 1000).toISOString(),
  layer: null,
  size: exact(row.Size, ''),
  unpredictable: [],
  origin: { from: 'image' },
})
