/** How many FROM lines of real Dockerfiles the embedded catalogue answers, and how well configs are read back from rows. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalogue } from '../../lib/bases/catalogue.ts'
import { configOfRows } from '../../lib/bases/config-of-rows.ts'
import { baseName } from '../../lib/bases/name.ts'

const shared = join(import.meta.dirname, '..', '..', '..', '..', 'shared')
const platform = { os: 'linux', arch: 'amd64', variant: '' }

interface ScoreRow {
  readonly name: string
  readonly right: number
  readonly of: number
  readonly note?: string
}

/** Rows of the scorecard; none where the recordings are not at hand. */
export default async function score(): Promise<{ title: string; rows: ScoreRow[] }> {
  const rows: ScoreRow[] = []
  for (const [name, froms] of corpora()) {
    const images = froms.filter((ref) => baseName(ref) !== undefined && ref !== 'scratch')
    const found = images.map((ref) => catalogue(ref, platform))
    const exact = found.filter((base) => base !== undefined && base.nearest === undefined).length
    const near = found.filter((base) => base?.nearest !== undefined).length
    rows.push({ name: `${name}: FROM answered exactly`, right: exact, of: images.length })
    rows.push({
      name: `${name}: FROM answered exactly or nearly`,
      right: exact + near,
      of: images.length,
      note: `${froms.length - images.length} FROM lines name scratch or a variable`,
    })
  }
  const [right, of] = configs()
  if (of > 0) rows.push({ name: 'configs read back from rows', right, of })
  return { title: 'bases', rows }
}

function corpora(): readonly (readonly [name: string, froms: readonly string[]])[] {
  const dockerfiles = join(shared, 'corpus', 'dockerfiles', 'files')
  const official = join(shared, 'corpus', 'official')
  const result: (readonly [string, readonly string[]])[] = []
  if (existsSync(dockerfiles)) {
    const texts = readdirSync(dockerfiles).map((file) => readFileSync(join(dockerfiles, file), 'utf8'))
    result.push(['400 Dockerfiles', texts.flatMap(fromImages)])
  }
  for (const file of ['scanned-apps', 'scanned-official', 'classic-official']) {
    const path = join(official, `${file}.jsonl`)
    if (!existsSync(path)) continue
    const lines = readFileSync(path, 'utf8').split('\n')
    const froms = lines
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { fromImage: string }).fromImage)
    result.push([file, froms])
  }
  return result
}

/** Images that the FROM lines of a Dockerfile name, stages left out. Rough: lines that are continued are not joined. */
function fromImages(text: string): readonly string[] {
  const stages = new Set<string>()
  const images: string[] = []
  for (const [, image = '', stage] of text.matchAll(/^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/gim)) {
    if (!stages.has(image.toLowerCase())) images.push(image)
    if (stage !== undefined) stages.add(stage.toLowerCase())
  }
  return images
}

interface Recording {
  readonly history?: readonly { readonly created_by: string; readonly comment: string }[]
  readonly config?: Readonly<Record<string, unknown>>
}

/** Recorded builds whose whole config follows from their rows; what an import or Buildah adds on its own is left out. */
function configs(): readonly [right: number, of: number] {
  const truth = join(shared, 'truth')
  if (!existsSync(truth)) return [0, 0]
  let right = 0
  let of = 0
  for (const entry of readdirSync(truth, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    for (const file of readdirSync(join(truth, entry.name))) {
      if (!/^(?:classic|buildkit|buildah)\S*\.json$/.test(file)) continue
      const { history, config } = JSON.parse(readFileSync(join(truth, entry.name, file), 'utf8')) as Recording
      if (history === undefined || config === undefined) continue
      const read = configOfRows(history.map(({ created_by, comment }) => ({ createdBy: created_by, comment }))).config
      of++
      if (plain(read, read) === plain(config, read)) right++
    }
  }
  return [right, of]
}

function plain(config: object, read: object): string {
  const { Labels, Cmd, ...rest } = config as { Labels?: Readonly<Record<string, string>>; Cmd?: readonly string[] }
  const labels = Object.entries(Labels ?? {}).filter(([key]) => key !== 'io.buildah.version')
  const imported = !('Cmd' in read) && JSON.stringify(Cmd) === '["/bin/sh"]'
  return JSON.stringify([sorted(rest), sorted(Object.fromEntries(labels)), imported ? [] : (Cmd ?? [])])
}

const sorted = (value: object): unknown =>
  Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [
      key,
      typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? sorted(inner) : inner,
    ])
