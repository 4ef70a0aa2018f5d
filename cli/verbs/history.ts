/** `history`: the history table, predicted or actual, as `docker image history` prints it. */
import { toBytes } from '../../lib/report/bytes.ts'
import { historyTable } from '../../lib/report/history.ts'
import { historyJson } from '../../lib/report/history-json.ts'
import { isEastAsian } from '../../lib/report/width.ts'
import { wantsColor } from '../color.ts'
import { sayAll } from '../diagnostics.ts'
import { gather, onlySubject } from '../gather.ts'
import { withMemory } from '../memory.ts'
import { last } from '../options.ts'
import { outputFile, writeResult } from '../output.ts'
import type { Verb } from './index.ts'

export const verb: Verb = {
  examples: [
    ['stratigraph history .', 'what docker history will show for the Dockerfile here'],
    ['stratigraph history . --builder classic@29.7 --no-trunc', 'as the classic builder of Docker 29.7 writes it'],
    ['stratigraph history . --base app-base=../base', 'with FROM app-base predicted from another Dockerfile'],
    ['stratigraph history . -t app --build-arg V=2 --target prod', 'flags of docker build keep their meaning'],
    ["stratigraph history . --format '{{.Size}}\\t{{.CreatedBy}}'", 'in a format of your own'],
    ['stratigraph history image.tar', 'the history of an image that docker save wrote'],
    ['stratigraph history image.tar --remember sizes.json', 'the same, its sizes kept in a file'],
    ['stratigraph history . --remember sizes.json', 'predicted, with these sizes where it cannot know'],
  ],
  async run(options, world) {
    const subject = onlySubject(options)
    const toFile = outputFile(options) !== undefined
    const memory = last(options, 'remember')
    const gathered = await gather(subject, options, world, { rows: memory === undefined })
    const found = memory === undefined ? gathered : await withMemory(gathered, memory, world)
    const failed = sayAll(found, options, world)
    const format = last(options, 'format') ?? ''
    if (format === 'json') writeResult(historyJson(found), options, world)
    else if (!failed) {
      const text = historyTable(found.image.rows, {
        format,
        trunc: !options.on['no-trunc'],
        human: options.on.human !== false,
        quiet: options.on.quiet === true,
        explain: options.on.explain === true,
        range: last(options, 'sizes') === 'range',
        podman: found.builder?.podman ?? null,
        image: found.id,
        now: world.now().getTime(),
        zone: world.zone,
        eastAsian: isEastAsian(world.env.LC_ALL || world.env.LC_CTYPE || world.env.LANG || ''),
        terminal: !toFile && world.out.isTerminal(),
        color: wantsColor(options, world, world.out, toFile),
      })
      writeResult(toBytes(text), options, world)
    }
    return failed ? 2 : 0
  },
}
