/** `waste`: bytes that are in the layers but not in the file system. */
import { toBytes } from '../../lib/report/bytes.ts'
import { wasteJson, wasteReport, wasteText } from '../../lib/report/waste.ts'
import { stack } from '../../lib/unionfs/stack.ts'
import { brokenBudgets } from '../budgets.ts'
import { sayAll } from '../diagnostics.ts'
import { gather, onlySubject } from '../gather.ts'
import { last } from '../options.ts'
import { writeResult } from '../output.ts'
import type { Verb } from './index.ts'

export const verb: Verb = {
  examples: [
    ['stratigraph waste .', 'what the Dockerfile here will ship and nobody will see'],
    ['stratigraph waste image.tar', 'the same of an image that docker save wrote'],
    ['stratigraph waste image.tar --max-wasted 50MB', 'exit code 1 when it is more'],
    ['stratigraph waste image.tar --format json -o waste.json', 'all of it, for programs'],
  ],
  async run(options, world) {
    const found = await gather(onlySubject(options), options, world, { contents: true })
    const failed = sayAll(found, options, world)
    const report = wasteReport(found, found.stack ?? stack(found.image.layers))
    const json = last(options, 'format') === 'json'
    if (json || !failed) {
      const text = json ? wasteJson(report) : wasteText(report, options.on.human !== false)
      writeResult(toBytes(text), options, world)
    }
    if (failed) return 2
    return brokenBudgets(report, found, options, world) ? 1 : 0
  },
}
