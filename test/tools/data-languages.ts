/**
 * Writes lib/data/npm-packages.ts and lib/data/pip-wheels.ts from the recordings beside the project.
 * `npm run data:languages`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, shared } from './truth.ts'

const folder = join(shared, 'truth-run')
const readJson = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T
const date = '2026-11-20'

const write = (file: string, comment: string, name: string, lines: readonly string[]): void =>
  writeFileSync(
    join(root, 'lib', 'data', file),
    `/**\n${comment
      .split('\n')
      .map((line) => ` * ${line}`.trimEnd())
      .join('\n')}\n */\nexport const ${name} = \`${lines.join('\n')}\`\n`,
  )

// ---- npm ------------------------------------------------------------------------------------------------

// What npm keeps of a package's metadata where a lock file does not say where it lies: recorded builds without
// `resolved`, bytes shared evenly among the packages of each, and two global installations.
const metadata = new Map<string, number>([
  ['typescript@5.6.3', 10_518_800],
  ['pnpm@9.14.2', 3_448_700],
])
const shares: readonly (readonly [lock: string, bytes: number])[] = [
  ['express', 2_570_284],
  ['reactvite', 53_401_117],
]
for (const [lock, bytes] of shares) {
  const { packages } = readJson<{
    packages: Record<string, { version: string; os?: string[]; cpu?: string[]; libc?: string[] }>
  }>(join('context', `${lock}.package-lock.json`))
  const ids = Object.entries(packages).flatMap(([path, { version, os, cpu, libc }]) => {
    const here = os?.includes('linux') !== false && cpu?.includes('x64') !== false && libc?.includes('glibc') !== false
    return path === '' || !here ? [] : [`${path.slice(path.lastIndexOf('node_modules/') + 13)}@${version}`]
  })
  const fresh = ids.filter((id) => !metadata.has(id))
  const known = ids.reduce((sum, id) => sum + (metadata.get(id) ?? 0), 0)
  for (const id of fresh) metadata.set(id, Math.round((bytes - known) / fresh.length))
}

const packages = Object.entries(readJson<Record<string, readonly number[]>>('npm-packages.json'))
write(
  'npm-packages.ts',
  `npm packages measured on ${date}: name@version, bytes of the tarball, of its regular files, how many files, and where
recorded builds tell it bytes of metadata in npm's cache. Renew: \`npm run data:languages\`.

Source: the tarballs themselves; recorded builds with npm 10.8.`,
  'npmPackages',
  packages.map(([id, numbers]) => [id, ...numbers, ...(metadata.has(id) ? [metadata.get(id)] : [])].join(' ')),
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

interface Build {
  readonly rows?: readonly { readonly instruction: string; readonly classic: number }[]
  readonly installed_wheels?: readonly (readonly string[])[]
}

/** Byte code per byte of source, in thousandths, as the builds that installed a wheel had it. */
const byteCode = new Map<string, number>()
for (const file of readdirSync(folder).filter((name) => /^pip-(?!wheels).*\.json$/.test(name))) {
  const { rows = [], installed_wheels: installed = [] } = readJson<Build>(file)
  const install = rows.find(({ instruction }) => /pip install --no-cache-dir (?!--no-compile)/.test(instruction))
  const list = installed[0] ?? []
  if (install === undefined || list.length === 0) continue
  const sum = (of: (wheel: Wheel) => number): number => list.reduce((total, name) => total + of(wheels[name]!), 0)
  const ratio = (install.classic - sum(({ unpacked }) => unpacked) - 160 * list.length) / sum(({ py }) => py)
  for (const name of list) byteCode.set(name, Math.round(ratio * 1000))
}

write(
  'pip-wheels.ts',
  `Wheels measured on ${date}, CPython 3.11 on linux/amd64: name, version, bytes of the wheel, unpacked, how many files,
bytes of Python source, how many such files, byte code per thousand bytes of source where a recorded build tells it, and
what it needs. Renew: \`npm run data:languages\`.

Source: the directories of the wheels themselves; recorded builds with pip 23.0.`,
  'pipWheels',
  Object.entries(wheels).map(([id, { size, unpacked, files, py, npy }]) => {
    const [, name = '', version = ''] = /^(.*)-(\d[^-]*)$/.exec(id) ?? []
    const plain = name.toLowerCase().replace(/[-_.]+/g, '-')
    return [plain, version, size, unpacked, files, py, npy, byteCode.get(id) ?? '-', needs[plain] ?? '']
      .join(' ')
      .trimEnd()
  }),
)
