/** `base`: all that a Dockerfile built on an image has to know of it, for `--base`. */
import { baseJson } from '../../lib/report/base.ts'
import { sayAll } from '../diagnostics.ts'
import { gather, onlySubject } from '../gather.ts'
import { writeResult } from '../output.ts'
import type { Verb } from './index.ts'

export const verb: Verb = {
  examples: [
    ['stratigraph base image.tar -o base.json', 'rows, configuration, files, packages and accounts of an image'],
    ['stratigraph history . --base app-base=base.json', 'predicted on top of it, without the image'],
  ],
  async run(options, world) {
    const found = await gather(onlySubject(options), options, world, { allModels: true, facts: true })
    if (sayAll(found, options, world)) return 2
    const pieces = baseJson(found.image, { name: found.subject.path, ...(found.stack && { stack: found.stack }) })
    writeResult(pieces, options, world)
    return 0
  },
}
