/**
 * Writes lib/data/npm-packages.ts and lib/data/pip-wheels.ts from the recordings beside the project.
 *
 *   npm run data:languages [-- --npm-cache FOLDER ... --wheels FOLDER --python COMMAND]
 *
 * --npm-cache is a cache of npm, as `npm install --cache FOLDER` of the projects that matter leaves it; may be repeated.
 * --wheels is a folder of wheels, as `pip download` leaves them, and --python the interpreter they are for. Of those that
 * are recorded they tell how long byte code is; the others are added. What the table that is there has besides stays.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npmPackages } from '../../lib/data/npm-packages.ts'
import { pipWheels } from '../../lib/data/pip-wheels.ts'
import { textOf } from '../../lib/sizes/npm/table.ts'
import { packed } from './data-apt-pack.ts'
import { isAlone, measureCache, npmLines, type TablePackage } from './data-npm.ts'
import { measureWheels, wheelLines } from './data-wheels.ts'
import { root, shared } from './truth.ts'

const folder = join(shared, 'truth-run')
const readJson = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T
const date = '2026-11-20'
const options = process.argv.slice(2)

const write = (file: string, comment: string, name: string, lines: readonly string[]): void =>
  writeFileSync(
    join(root, 'lib', 'data', file),
    `/**\n${comment
      .split('\n')
      .map((line) => ` * ${line}`.trimEnd())
      .join('\n')}\n */\nexport const ${name} = \`${lines.join('\n')}\`\n`,
  )

// ---- npm ------------------------------------------------------------------------------------------------

// What npm keeps of a package's metadata where nothing says where its tarball lies: two recorded global installations.
const metadataByName = new Map([
  ['typescript', 10_517_900],
  ['pnpm', 3_447_800],
])

// Those of the global installations need no others.
const globals = /^(?:typescript@5\.6\.3|pnpm@9\.14\.2|yarn@1\.22\.22)$/
const recorded = Object.entries(readJson<Record<string, readonly number[]>>('npm-packages.json')).map(
  ([id, [packed = 0, unpacked = 0, files = 0]]): TablePackage => {
    const at = id.lastIndexOf('@')
    return { name: id.slice(0, at), version: id.slice(at + 1), packed, unpacked, files, alone: globals.test(id) }
  },
)
const caches = options.flatMap((word, i) =>
  word === '--npm-cache' ? [measureCache(join(options[i + 1] ?? '', '_cacache'))] : [],
)
const fetched = caches.flatMap(({ packages }) => packages.map((one) => ({ ...one, alone: isAlone(one.manifest) })))
const told = new Map([...caches.flatMap((one) => [...one.metadata]), ...metadataByName])
const table = npmLines(
  [...recorded, ...fetched],
  told,
  textOf(npmPackages)
    .split('\n')
    .filter((line) => line !== ''),
)
const inTable = packed(Buffer.from(table.join('\n')))
writeFileSync(
  join(root, 'lib', 'data', 'npm-packages.ts'),
  `/**
 * ${table.length} npm packages in ${table.reduce((sum, line) => sum + line.split(' ').length - 2, 0)} versions, measured on ${date} and the day after: name, bytes of its metadata, and of each
 * version bytes of the tarball, of its regular files, and how many files. Renew: \`npm run data:languages\`. Reading:
 * lib/sizes/npm/table.ts.
 *
 * Source: the tarballs themselves, those of recorded builds with npm 10.8 first; recorded builds for metadata.
 */
export const npmPackages = {
  date: '${date}',
  packed:
    '${inTable.toString('base64')}',
}
`,
)

// ---- pip ------------------------------------------------------------------------------------------------

interface Wheel {
  readonly size: number
  readonly unpacked: number
  readonly files: number
  readonly py: number
  readonly npy: number
}

/** What wheels need, from their metadata, extras and other platforms left out. */
const needs: Readonly<Record<string, string>> = {
  anyio: 'idna typing-extensions',
  cffi: 'pycparser',
  cryptography: 'cffi typing-extensions',
  django: 'asgiref sqlparse',
  fastapi: 'annotated-doc opentelemetry-api pydantic starlette typing-extensions typing-inspection',
  flask: 'blinker click itsdangerous jinja2 markupsafe werkzeug',
  jinja2: 'markupsafe',
  'opentelemetry-api': 'typing-extensions',
  pandas: 'numpy python-dateutil',
  pydantic: 'annotated-types pydantic-core typing-extensions typing-inspection',
  'pydantic-core': 'typing-extensions',
  'python-dateutil': 'six',
  requests: 'certifi charset-normalizer idna urllib3',
  scipy: 'numpy',
  sqlalchemy: 'typing-extensions',
  starlette: 'anyio typing-extensions',
  'typing-inspection': 'typing-extensions',
  uvicorn: 'click h11',
  werkzeug: 'markupsafe',
}

const wheels = readJson<Record<string, Wheel>>('pip-wheels.json')

const option = (name: string): string | undefined =>
  options.includes(name) ? options[options.indexOf(name) + 1] : undefined
const wheelFolder = option('--wheels')
const found = wheelFolder === undefined ? [] : measureWheels(wheelFolder, (option('--python') ?? 'python3').split(' '))

const before = new Map(pipWheels.split('\n').map((line) => [line.split(' ')[0] ?? '', line]))
const plainName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')
const recordedLines = Object.entries(wheels).map(([id, { size, unpacked, files, py, npy }]) => {
  const [, written = '', version = ''] = /^(.*)-(\d[^-]*)$/.exec(id) ?? []
  const name = plainName(written)
  const same = found.find((one) => one.name === name && one.version === version)
  const code =
    same === undefined ? (before.get(name)?.split(' ')[7] ?? '-') : Math.round((same.byteCode / same.python) * 1000)
  return [name, version, size, unpacked, files, py, npy, Number.isNaN(code) ? '-' : code, needs[name] ?? '']
    .join(' ')
    .trimEnd()
})
const recordedNames = new Set(recordedLines.map((line) => line.split(' ')[0] ?? ''))
const names = new Set([...recordedNames, ...found.map(({ name }) => name), ...before.keys()])
const added = wheelLines(found, names).filter((line) => !recordedNames.has(line.split(' ')[0] ?? ''))
const fresh = new Set([...recordedLines, ...added].map((line) => line.split(' ')[0] ?? ''))
const kept = [...before].flatMap(([name, line]) => (fresh.has(name) ? [] : [line]))

write(
  'pip-wheels.ts',
  `Wheels measured on ${date} and the day after, CPython 3.11 on linux/amd64: name, version, bytes of the wheel, unpacked,
how many files, bytes of Python source, how many such files, byte code per thousand bytes of source, and what it needs;
with [EXTRA] what an extra needs besides. Renew: \`npm run data:languages\`.

Source: the wheels themselves, those of recorded builds with pip 23.0 first.`,
  'pipWheels',
  [...recordedLines, ...added, ...kept].sort((a, b) => ((a.split(' ')[0] ?? '') < (b.split(' ')[0] ?? '') ? -1 : 1)),
)
