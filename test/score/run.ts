/** Recorded RUN builds: bytes of every row against the prediction, by what wrote them, and the packages of apt. */

import { predict } from '../../lib/analyze.ts'
import { chooseBuilder } from '../../lib/builders/choose.ts'
import type { Layer, Row } from '../../lib/model.ts'
import { plainGiven } from '../tools/predict.ts'
import type { Card } from '../tools/score.ts'
import { tally } from '../tools/score.ts'
import { truthRunBase } from '../tools/truth-bases.ts'
import { type RunBuild, runBuildArgs, runBuilds, runContext } from '../tools/truth-run.ts'

const engines = [
  ['classic', 'classic@20.10.24,client=20.10.24'],
  ['buildkit', 'docker@20.10'],
] as const

/** A card for each engine. */
export default async function score(): Promise<readonly Card[]> {
  const builds = runBuilds()
  if (builds.length === 0)
    return [{ title: 'truth-run', rows: [], note: '63 RUN builds not at hand: ../shared/truth-run is not at hand' }]
  return engines.map(([engine, builder]) => card(engine, builder, builds))
}

function card(engine: 'classic' | 'buildkit', builder: string, builds: readonly RunBuild[]): Card {
  const points = tally()
  const errors = new Map<string, number[]>()
  for (const build of builds) {
    const given = plainGiven(chooseBuilder(builder), {
      buildArgs: runBuildArgs(build),
      context: runContext(build),
      base: (ref) => truthRunBase(ref.replace(/^docker\.io\/library\//, '')),
    })
    const { image } = predict(build.dockerfile, given)
    const own = image.rows.filter(({ origin }) => origin.from === 'dockerfile')
    const installs = (build.new_packages ?? []).map((list, i) => [...list, ...(build.upgraded_packages?.[i] ?? [])])
    let install = 0
    const rows = build.rows.length === own.length ? build.rows : []
    points.add('number of rows', rows.length > 0, `${build.id}: ${build.rows.length}, predicted ${own.length}`)
    for (const [i, recorded] of rows.entries()) {
      const row = own[i]!
      const bytes = recorded[engine]
      if (bytes === undefined) continue
      const kind = kindOf(recorded.instruction)
      const { size } = row
      const error = size.bytes === null ? Number.POSITIVE_INFINITY : Math.abs(size.bytes - bytes) / Math.max(bytes, 1)
      errors.set(kind, [...(errors.get(kind) ?? []), error])
      const percent = Number.isFinite(error) ? `${(error * 100).toFixed(3)} %` : 'unknown'
      const note = `${build.id}: ${bytes}, predicted ${size.bytes} (${size.low}..${size.high} ${size.basis}) ${percent} ${recorded.instruction.slice(0, 80)}`
      points.add(`${kind}: exact`, size.bytes === bytes, note)
      if (limit[kind] > 0) points.add(`${kind}: within ${limit[kind] * 100} %`, error <= limit[kind], note)
      const inside = size.low <= bytes && size.high !== null && bytes <= size.high
      points.add(`${kind}: inside low..high`, inside, note)
      if (/apt(-get)? .*install/.test(recorded.instruction) && installs[install] !== undefined) {
        const want = [...new Set(installs[install++])].sort()
        const got = packagesOf(row, image.layers)
        // What the same RUN purges again is in no layer; test/lib/sizes/apt asks the resolver itself.
        if (!/\bpurge\b/.test(recorded.instruction))
          points.add('apt: set of packages', want.join() === got.join(), `${build.id}: ${difference(want, got)}`)
      }
    }
  }
  const note = [...errors].map(
    ([kind, list]) => `${kind}: median ${at(list, 0.5)}, p90 ${at(list, 0.9)} of ${list.length}`,
  )
  return { title: `truth-run, ${engine}`, rows: points.rows(), note: note.join('; ') }
}

type Kind = 'apt' | 'npm' | 'pip' | 'files'

/** How far off a row may be. */
const limit: Readonly<Record<Kind, number>> = { apt: 0.01, npm: 0.005, pip: 0.02, files: 0 }

function kindOf(instruction: string): Kind {
  if (!instruction.startsWith('RUN')) return 'files'
  if (/\bapt(-get)?\b/.test(instruction)) return 'apt'
  return /\bp?npm\b/.test(instruction) ? 'npm' : /\bpip3?\b/.test(instruction) ? 'pip' : 'files'
}

const packagesOf = (row: Row, layers: readonly Layer[]): readonly string[] => {
  const entries = row.layer === null ? [] : (layers[row.layer]?.entries ?? [])
  const names = entries.flatMap(({ label }) => /^apt:(\S+)$/.exec(label ?? '')?.[1] ?? [])
  return [...new Set(names)].sort()
}

function difference(want: readonly string[], got: readonly string[]): string {
  const lost = want.filter((name) => !got.includes(name))
  const extra = got.filter((name) => !want.includes(name))
  return `${want.length} packages; missing ${lost.slice(0, 12).join(' ') || '-'}; too many ${extra.slice(0, 12).join(' ') || '-'}`
}

function at(list: readonly number[], share: number): string {
  const error = [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0
  return Number.isFinite(error) ? `${(error * 100).toFixed(3)} %` : 'unknown'
}
