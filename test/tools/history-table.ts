/**
 * An image whose history rows are hard to print, loaded into a daemon, and what the real client prints of it. The
 * recordings are test/fixtures/docker-history/<client version>.json.
 */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One recorded image with the calls made on it. */
export interface RecordedTables {
  /** Version of the client that printed. */
  readonly client: string
  /** When it printed, RFC 3339: CREATED is relative to it. */
  readonly now: string
  /** Rows, oldest first; bytes as the daemon counts them. */
  readonly images: Readonly<Record<string, readonly TableRow[]>>
  readonly calls: readonly { readonly image: string; readonly args: readonly string[]; readonly stdout: string }[]
}

/** One row of such an image. */
export interface TableRow {
  readonly createdBy: string
  readonly comment: string
  /** RFC 3339; null: the config does not say. */
  readonly created: string | null
  readonly bytes: number
}

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** Age in seconds (each in the middle of what the client rounds to), text, comment, bytes (0: no layer). */
const hard: readonly (readonly [age: number | null, createdBy: string, comment: string, bytes: number])[] = [
  [3 * 365 * day, '', 'Imported from -', 12_345_678],
  [400 * day, '/bin/sh -c #(nop)  CMD ["bash"]', '', 0],
  [100 * day, 'RUN /bin/sh -c set -e\necho one > /one\n  echo "two"\n # buildkit', 'buildkit.dockerfile.v0', 1],
  [
    40 * day,
    'RUN /bin/sh -c echo 漢字かな交じり文の長い行でございますから途中で切れるはずです # buildkit',
    'buildkit.dockerfile.v0',
    999,
  ],
  [20 * day, 'RUN /bin/sh -c echo 👍🏽 👨‍👩‍👧 🏳️‍🌈 🇩🇪 and some more text to be cut # buildkit', '漢字の注', 1000],
  [10 * day, `LABEL e=${'e\u0301'.repeat(30)} n=ñandú`, 'e\u0301', 0],
  [3.5 * day, 'RUN /bin/sh -c echo\ta\t\tb\tc # buildkit', '', 1001],
  [30 * hour, 'x'.repeat(44), '44', 0],
  [5.5 * hour, 'x'.repeat(45), '45', 0],
  [90 * minute, 'x'.repeat(46), '46', 0],
  [40.5 * minute, 'ENV HTML=<a href="?x=1&y=2">\\n\u2028</a>', '<&>', 0],
  [90, 'RUN /bin/sh -c printf "\u0001\u001b[31m\r\u007f" # buildkit', 'buildkit.dockerfile.v0', 1_500_000],
  [null, 'COPY . /app # buildkit', 'buildkit.dockerfile.v0', 45_650],
]

const plain: typeof hard = [
  [20 * day, '/bin/sh -c #(nop) ADD file:0123 in / ', '', 7_654_321],
  [20 * day, '/bin/sh -c #(nop)  CMD ["/bin/sh"]', '', 0],
]

const images: Readonly<Record<string, typeof hard>> = { hard, plain, short: [[5.5 * hour, 'CMD ["x"]', '', 3]] }

const calls: readonly (readonly string[])[] = [
  [],
  ['--no-trunc'],
  ['--human=false'],
  ['--no-trunc', '--human=false'],
  ['-q'],
  ['--format', 'table {{.ID}}\t{{.Size}}'],
  ['--format', 'table {{.CreatedBy}}\t{{.Comment}}'],
  ['--format', 'table {{.CreatedSince}}\t{{.CreatedBy}}'],
  ['--format', '{{.CreatedBy}}|{{.Comment}}|{{.Size}}|{{.CreatedSince}}'],
  ['--format', '{{.CreatedAt}}'],
  ['--format', '{{json .}}'],
  ['--no-trunc', '--format', '{{json .}}'],
  ['--format', '{{json .CreatedBy}} {{upper .Comment}} {{len .CreatedBy}} {{printf "%q" .Comment}}'],
  ['--format', '{{range split .CreatedBy " "}}[{{.}}]{{end}}'],
  ['--format', '{{if eq .Size "0B"}}empty{{else}}{{.Size}}{{end}}'],
]

/** Stands for the id of every image in what was recorded. */
export const tableId = `sha256:${'f'.repeat(64)}`

/** Loads the images and asks the client; ids are replaced by `tableId`. */
export function recordTables(docker: readonly string[]): RecordedTables {
  const folder = mkdtempSync(join(tmpdir(), 'stratigraph-tables-'))
  const run = (args: readonly string[]) => {
    const [program = '', ...rest] = [...docker, ...args]
    const done = spawnSync(program, rest, { env: { ...process.env, TZ: 'UTC' }, maxBuffer: 64 << 20 })
    if (done.status !== 0) throw new Error(`${args.join(' ')}: ${done.stderr}`)
    return done.stdout.toString()
  }
  try {
    const now = Date.now()
    const rows: Record<string, readonly TableRow[]> = {}
    for (const [name, list] of Object.entries(images)) {
      rows[name] = list.map(([age, createdBy, comment, bytes]) => ({
        createdBy,
        comment,
        created: age === null ? null : new Date(now - age * 1000).toISOString(),
        bytes,
      }))
      run(['load', '-q', '-i', makeArchive(join(folder, name), `stratigraph-table:${name}`, rows[name]!)])
    }
    const printed = Object.keys(images).flatMap((image) => {
      const reference = `stratigraph-table:${image}`
      const id = run(['image', 'inspect', '--format', '{{.Id}}', reference]).trim()
      const hide = (text: string) => text.replaceAll(id, tableId).replaceAll(id.slice(7, 19), tableId.slice(7, 19))
      return calls.map((args) => ({ image, args, stdout: hide(run(['history', ...args, reference])) }))
    })
    const client = run(['version', '--format', '{{.Client.Version}}']).trim()
    for (const image of Object.keys(images)) run(['rmi', '-f', `stratigraph-table:${image}`])
    return { client, now: new Date(now).toISOString(), images: rows, calls: printed }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A `docker save` archive with exactly these rows; a row with bytes has a layer with one file of that length. */
function makeArchive(folder: string, reference: string, rows: readonly TableRow[]): string {
  mkdirSync(folder, { recursive: true })
  const layers = rows.flatMap(({ bytes }, i) => {
    if (bytes === 0) return []
    const content = join(folder, `file-${i}`)
    writeFileSync(content, '')
    truncateSync(content, bytes)
    const tar = spawnSync('tar', ['-c', '--owner=0', '--group=0', '-C', folder, `file-${i}`], { maxBuffer: 64 << 20 })
    writeFileSync(join(folder, `layer-${i}.tar`), tar.stdout)
    const digest = createHash('sha256').update(tar.stdout).digest('hex')
    return [{ name: `layer-${i}.tar`, digest: `sha256:${digest}` }]
  })
  const config = {
    architecture: 'amd64',
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
    history: rows.map(({ createdBy, comment, created, bytes }) => ({
      ...(created !== null && { created }),
      created_by: createdBy,
      comment,
      ...(bytes === 0 && { empty_layer: true }),
    })),
  }
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
  const manifest = [{ Config: 'config.json', RepoTags: [reference], Layers: layers.map(({ name }) => name) }]
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
  const archive = `${folder}.tar`
  spawnSync('tar', [
    '-c',
    '-f',
    archive,
    '-C',
    folder,
    'manifest.json',
    'config.json',
    ...layers.map(({ name }) => name),
  ])
  return archive
}
