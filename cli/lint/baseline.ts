/** A baseline: findings that were there already, kept in a file, so that only new ones count. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { UserError } from '../../lib/error.ts'
import type { Finding } from '../../lib/finding.ts'
import { reason, writeWhole } from '../output.ts'
import type { World } from '../world.ts'

const schema = 'stratigraph/baseline@1'

interface Kept {
  readonly fingerprint: string
  readonly rule: string
  readonly file: string
}

/** Fingerprints in a baseline; none where the file is not there and `missing` allows it. Throws UserError for what is no baseline. */
export function readBaseline(file: string, world: World, missing: boolean): ReadonlySet<string> {
  const path = resolve(world.cwd, file)
  if (missing && !existsSync(path)) return new Set()
  try {
    const document = JSON.parse(readFileSync(path, 'utf8')) as {
      readonly schema?: unknown
      readonly findings?: unknown
    }
    if (document?.schema !== schema || !Array.isArray(document.findings))
      throw new UserError(`${file}: no ${schema} document`, { hint: `--baseline ${file} --update-baseline makes one` })
    return new Set(document.findings.flatMap((one: Partial<Kept> | null) => one?.fingerprint ?? []))
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`${file}: ${reason(error)}`, { cause: error })
  }
}

/** Writes all findings of a run as the baseline. */
export function writeBaseline(file: string, findings: readonly Finding[], world: World): void {
  const kept = findings
    .map((finding): Kept => ({ fingerprint: finding.fingerprint(), rule: finding.rule, file: finding.file }))
    .sort((a, b) => (a.file + a.rule + a.fingerprint < b.file + b.rule + b.fingerprint ? -1 : 1))
  writeWhole(file, `${JSON.stringify({ schema, findings: kept }, null, 2)}\n`, world)
}
