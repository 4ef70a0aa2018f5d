/** `waste`: bytes that are in the layers but not in the file system. */
import { toBytes } from '../../lib/report/bytes.ts'
import { diveJson, diveText } from '../../lib/report/dive.ts'
import { type StageWaste, wasteJson, wasteReport, wasteText } from '../../lib/report/waste.ts'
import { diveFigures } from '../../lib/unionfs/dive.ts'
import { stack } from '../../lib/unionfs/stack.ts'
import { brokenBudgets } from '../budgets.ts'
import { sayAll } from '../diagnostics.ts'
import { brokenThresholds } from '../dive-ci.ts'
import { type Gathered, gather, onlySubject } from '../gather.ts'
import { last } from '../options.ts'
import { writeResult } from '../output.ts'
import type { Verb } from './index.ts'

export const verb: Verb = {
  examples: [
    ['stratigraph waste .', 'what the Dockerfile here will ship and nobody will see'],
    ['stratigraph waste image.tar', 'the same of an image that docker save wrote'],
    ['stratigraph waste . --all-stages', 'and of each stage that is not the one that ships'],
    ['stratigraph waste image.tar --max-wasted 50MB', 'exit code 1 when it is more'],
    ['stratigraph waste image.tar --metric dive', "dive's figures, and the thresholds of .dive-ci"],
    ['stratigraph waste image.tar --format json -o waste.json', 'all of it, for programs'],
  ],
  async run(options, world) {
    const found = await gather(onlySubject(options), options, world, {
      contents: true,
      allStages: options.on['all-stages'] === true,
    })
    const failed = sayAll(found, options, world)
    const json = last(options, 'format') === 'json'
    const form = json ? 'json' : 'text'
    const report = {
      ...wasteReport(found, found.stack ?? stack(found.image.layers), form),
      ...otherReports(found, form),
    }
    if (last(options, 'metric') === 'dive') {
      if (failed && !json) return 2
      const figures = diveFigures(found.image.layers)
      const text = json ? diveJson(found.image, figures) : diveText(figures, report.unreachable)
      writeResult(toBytes(text), options, world)
      return failed ? 2 : (await brokenThresholds(figures, world)) ? 1 : 0
    }
    if (json || !failed) {
      const text = json ? wasteJson(report) : wasteText(report, options.on.human !== false)
      writeResult(toBytes(text), options, world)
    }
    if (failed) return 2
    return brokenBudgets(report, found, options, world) ? 1 : 0
  },
}

/** What `--all-stages` adds: a stage that cannot be built has its reason among its own remarks. */
function otherReports(
  { stages, subject }: Gathered,
  form: 'json' | 'text',
): { readonly stages?: readonly StageWaste[] } {
  if (stages === undefined) return {}
  return {
    stages: stages.map(({ name, line, prediction: { image, diagnostics, refused } }) => ({
      ...wasteReport({ subject: { ...subject, target: name }, image, diagnostics }, stack(image.layers), form),
      line,
      refused,
    })),
  }
}
