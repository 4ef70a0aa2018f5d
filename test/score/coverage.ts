/**
 * How many of the commands in real Dockerfiles a model knows: every RUN of the 400 and of the pairs, followed as the shell
 * would on files that nobody has seen, so that no branch is left out because of a guess about the base.
 */

import { chooseBuilder } from '../../lib/builders/choose.ts'
import { modelOf } from '../../lib/commands/index.ts'
import type { Step } from '../../lib/dockerfile/step.ts'
import { launchOf, settingOf } from '../../lib/effects/setting.ts'
import { makePlan } from '../../lib/plan.ts'
import { display } from '../../lib/shell/known.ts'
import { parseScript } from '../../lib/shell/parse.ts'
import { nameOf } from '../../lib/shell/paths.ts'
import type { Host } from '../../lib/shell/state.ts'
import { walk, walkArgv } from '../../lib/shell/walk.ts'
import type { Traits } from '../../lib/traits.ts'
import { corpusDockerfiles, notAtHand, officialPairs } from '../tools/corpus.ts'
import { plainGiven } from '../tools/predict.ts'
import type { Card } from '../tools/score.ts'

/** One card: of RUNs, how many are modelled wholly, and wholly or in part; of commands, how many have a model. */
export default async function score(): Promise<Card> {
  const title = 'command models'
  const missing = notAtHand('dockerfiles') ?? notAtHand('official')
  if (missing !== undefined) return { title, rows: [], note: `RUNs of real Dockerfiles not at hand: ${missing}` }
  const pairs = officialPairs().filter(({ platform }) => !platform.startsWith('windows'))
  const texts = new Set([...corpusDockerfiles().map(({ text }) => text), ...pairs.map(({ dockerfile }) => dockerfile)])
  const counts = { runs: 0, wholly: 0, partly: 0, commands: 0, known: 0 }
  const strangers = new Map<string, number>()
  const given = plainGiven(chooseBuilder('buildkit'))
  for (const text of texts) {
    const plan = makePlan(text, given)
    for (const step of plan.stages.flatMap(({ steps }) => steps)) {
      if (step.operands.keyword !== 'RUN') continue
      const names = programsOf(step, plan.traits)
      const unknown = names.filter((name) => modelOf(name) === undefined)
      for (const name of unknown) strangers.set(display(name), (strangers.get(display(name)) ?? 0) + 1)
      counts.runs++
      if (unknown.length === 0) counts.wholly++
      else if (unknown.length < names.length) counts.partly++
      counts.commands += names.length
      counts.known += names.length - unknown.length
    }
  }
  const commonest = [...strangers].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 10)
  return {
    title,
    rows: [
      { name: 'RUN instructions wholly modelled', right: counts.wholly, of: counts.runs },
      { name: 'RUN instructions modelled, wholly or in part', right: counts.wholly + counts.partly, of: counts.runs },
      { name: 'commands with a model', right: counts.known, of: counts.commands },
    ],
    note: `commonest without: ${commonest.map(([name, count]) => `${name} ×${count}`).join(', ')}`,
  }
}

/** Names of the programs a RUN calls, as often as it does. */
function programsOf(step: Step, traits: Traits): readonly string[] {
  const names: string[] = []
  const launch = launchOf(step, traits, { os: 'linux', arch: 'amd64', variant: '' }, 'sh', 'docker')
  if (launch.kind === 'nothing') return names
  if (launch.kind === 'opaque') return [launch.program]
  const setting = settingOf(step, 'sh', '/root', '/', { open: true, usual: {}, proxies: [] })
  const host: Host = {
    presence: () => 'unknown',
    real: (path) => path,
    kind: () => undefined,
    ownKind: () => undefined,
    bytes: () => undefined,
    mode: () => undefined,
    list: () => ({ names: [], complete: false }),
    text: () => undefined,
    script: () => undefined,
    run({ argv }) {
      const name = nameOf(argv[0] ?? '')
      if (name !== ':') names.push(name)
      return { status: 'unknown' }
    },
  }
  if (launch.kind === 'argv') walkArgv(launch.argv, setting, host)
  else {
    const { text, dialect, options } = launch
    walk(parseScript(text), text, { ...setting, dialect, options }, host)
  }
  return names
}
