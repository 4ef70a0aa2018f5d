/**
 * Writes lib/data/npm-packages.ts and lib/data/pip-wheels.ts from the recordings beside the project.
 *
 *   npm run data:languages [-- --npm-cache FOLDER ... --node-modules FOLDER ... --wheels FOLDER ... --python COMMAND]
 *
 * --npm-cache is a cache of npm, as `npm install --cache FOLDER` of the projects that matter leaves it; may be repeated.
 * --node-modules is such a folder, as an install left it, for packages the table does not have; may be repeated.
 * --wheels is a folder of wheels, as `pip download` leaves them, or a folder `site-packages` as an install left it, and
 * --python the interpreter they are for; may be repeated. Of those that are recorded they tell how long byte code is; the
 * others are added, those that are installed where the table does not have them. What the table that is there has besides stays.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npmPackages } from '../../lib/data/npm-packages.ts'
import { knownPackage, textOf } from '../../lib/sizes/npm/table.ts'
import { kindOf, readWheel, wheelLines } from '../../lib/sizes/pip/table.ts'
import { packed } from './data-apt-pack.ts'
import { isAlone, type MeasuredPackage, measureCache, measureFolder, npmLines, type TablePackage } from './data-npm.ts'
import { measureWheels, mergedLines, tableLines, toldAnew } from './data-wheels.ts'
import { root, shared } from './truth.ts'

const folder = join(shared, 'truth-run')
const readJson = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T
const date = '2026-11-20'
const options = process.argv.slice(2)

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
// Tarballs that were measured as they are come first.
const isKnown = ({ name, version }: { readonly name: string; readonly version: string }): boolean =>
  knownPackage(name)?.versions.some((one) => one.version === version) === true
const folders: MeasuredPackage[] = []
const met = new Set<string>()
const isMet = ({ name, version }: { readonly name: string; readonly version: string }): boolean =>
  met.has(`${name}@${version}`) || isKnown({ name, version })
for (const [i, word] of options.entries())
  if (word === '--node-modules')
    for (const one of measureFolder(options[i + 1] ?? '', isMet)) {
      met.add(`${one.name}@${one.version}`)
      folders.push(one)
    }
const fetched = [...caches.flatMap(({ packages }) => packages), ...folders].map((one) => ({
  ...one,
  alone: isAlone(one.manifest),
}))
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

const valuesOf = (name: string): readonly string[] =>
  options.flatMap((word, i) => (word === name ? [options[i + 1] ?? ''] : []))
const python = (valuesOf('--python')[0] ?? 'python3').split(' ')
const before = wheelLines()
// Those that are for the usual Python: of the others it may still come.
const known = before.filter((line) => /^\S+ [^-]/.test(line) && readWheel(line).minor === undefined)
const found = valuesOf('--wheels')
  .flatMap((wheels) =>
    measureWheels(
      wheels,
      python,
      known.map((line) => line.split(' ', 2).join(' ')),
    ),
  )
  .sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }) || (a.minor ?? 0) - (b.minor ?? 0))

const plainName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')
const recordedLines = Object.entries(wheels).map(([id, { size, unpacked, files, py, npy }]) => {
  const [, written = '', version = ''] = /^(.*)-(\d[^-]*)$/.exec(id) ?? []
  const name = plainName(written)
  const same = found.find((one) => one.name === name && one.version === version && one.known !== true)
  const line = before.find((one) => one.startsWith(`${name} ${version} `)) ?? ''
  const [, , , , , , , code = '-'] = line.split(' ')
  const measured = same === undefined ? code : Math.round((same.byteCode / same.python) * 1000)
  const { least } = found.find((one) => one.name === name && one.version === version) ?? readWheel(line)
  const kind = kindOf({
    native: (same ?? readWheel(line)).native,
    ...(least !== undefined && { least }),
    ofDay: true,
  })
  return [name, version, size, unpacked, files, py, npy, measured, kind, needs[name] ?? ''].join(' ').trimEnd()
})
const names = new Set([...recordedLines, ...before].map((line) => line.split(' ', 1)[0] ?? ''))
const added = tableLines(found, new Set([...names, ...found.map(({ name }) => name)]))
const all = mergedLines(recordedLines, mergedLines(added, toldAnew(before, found)))
const inWheels = all.filter((line) => line.split(' ', 2)[1] !== '-')
writeFileSync(
  join(root, 'lib', 'data', 'pip-wheels.ts'),
  `/**
 * ${new Set(inWheels.map((line) => line.split(' ', 1)[0])).size} wheels in ${inWheels.length} versions, measured on ${date} and the days after, CPython 3.11 on linux/amd64: name, version,
 * bytes of the wheel, unpacked, how many files, bytes of Python source, how many such files, byte code per thousand bytes
 * of source, whether it holds machine code, and what it needs; with [EXTRA] what an extra needs besides. Renew: \`npm run
 * data:languages\`. Reading: lib/sizes/pip/table.ts.
 *
 * Source: the wheels themselves, those of recorded builds with pip 23.0 first.
 */
export const pipWheels = {
  date: '${date}',
  packed:
    '${packed(Buffer.from(all.join('\n'))).toString('base64')}',
}
`,
)
