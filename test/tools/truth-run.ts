/**
 * Recorded RUN builds: Dockerfiles on Debian, Ubuntu, Node and Python stand-ins with the exact bytes of every row. Read
 * where they lie, in ../shared/truth-run; empty without it. Their bases are in truth-bases.ts.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MemoryFile, memoryContext } from '../../lib/context.ts'
import type { Context } from '../../lib/model.ts'
import { shared } from './truth.ts'

const folder = join(shared, 'truth-run')

/** Bytes of one row, by engine; the second was not always built. */
export interface RunRow {
  readonly instruction: string
  readonly classic: number
  readonly buildkit?: number
}

/** One recorded build. */
export interface RunBuild {
  readonly id: string
  readonly base: string
  readonly dockerfile: string
  readonly rows: readonly RunRow[]
  /** Names that apt printed, one list for each row that installs. */
  readonly new_packages?: readonly (readonly string[])[]
  readonly upgraded_packages?: readonly (readonly string[])[]
  readonly context?: {
    readonly files: Readonly<Record<string, number | { readonly link: string }>>
    readonly lock?: string
    readonly lock_has_resolved?: boolean
  }
}

/** Every recorded build, by name. */
export function runBuilds(): readonly RunBuild[] {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).filter((name) => /^(?!bases|npm-packages|packages-|pip-wheels).*\.json$/.test(name))
  return files.sort().map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
}

/** Ubuntu's builds were told not to ask anything. */
export const runBuildArgs = ({ base }: RunBuild): Readonly<Record<string, string>> =>
  base.startsWith('ubuntu:') ? { DEBIAN_FRONTEND: 'noninteractive' } : {}

// Not recorded; of the wheels that are recorded these need all the others, and their names are as long as the file was.
const requirements = 'django\ngunicorn\nrequests\nsqlalchemy\ncryptography\n'

/** The build's context: lock files and manifests as they were, of everything else the lengths. */
export function runContext({ context }: RunBuild): Context {
  const files: Record<string, MemoryFile> = {}
  for (const [path, bytes] of Object.entries(context?.files ?? {})) {
    if (typeof bytes !== 'number') files[path] = { link: bytes.link }
    else if (path === 'requirements.txt' && bytes === requirements.length) files[path] = requirements
    else files[path] = recordedContent(path, context?.lock, context?.lock_has_resolved === true) ?? Buffer.alloc(bytes)
  }
  return memoryContext(files)
}

function recordedContent(path: string, lock: string | undefined, resolved: boolean): string | undefined {
  if (lock === undefined) return undefined
  if (path === 'package-lock.json') {
    const text = readFileSync(join(folder, lock), 'utf8')
    return resolved ? withResolved(text) : text
  }
  const manifest = join(folder, lock.replace('package-lock.json', 'package.json'))
  return path === 'package.json' ? readFileSync(manifest, 'utf8') : undefined
}

/** Puts the addresses back that the recording left out: a prefix of the same length stands for the original one. */
function withResolved(text: string): string {
  const lock = JSON.parse(text) as { packages?: Record<string, Record<string, unknown>> }
  const prefix = 'https://packages.example.i/'
  const packages = Object.entries(lock.packages ?? {}).map(([key, entry]): [string, object] => {
    if (key === '' || entry.version === undefined || entry.link === true) return [key, entry]
    const name = typeof entry.name === 'string' ? entry.name : key.slice(key.lastIndexOf('node_modules/') + 13)
    const last = name.slice(name.lastIndexOf('/') + 1)
    const pairs = Object.entries(entry).flatMap(([field, value]): [string, unknown][] =>
      field === 'version'
        ? [
            [field, value],
            ['resolved', `${prefix}${name}/-/${last}-${entry.version}.tgz`],
          ]
        : [[field, value]],
    )
    return [key, Object.fromEntries(pairs)]
  })
  return `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`
}
