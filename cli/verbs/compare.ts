/** `compare`: two images side by side, predicted or actual; or the shares of several. */
import { compare, isSame, openQuestions, shares, together } from '../../lib/compare.ts'
import { UserError } from '../../lib/error.ts'
import { toBytes } from '../../lib/report/bytes.ts'
import { compareJson, compareText, sharesJson, sharesText } from '../../lib/report/compare.ts'
import type { Seen } from '../../lib/unionfs/seen.ts'
import { stack } from '../../lib/unionfs/stack.ts'
import { sayAll } from '../diagnostics.ts'
import { type Gathered, gather } from '../gather.ts'
import { last } from '../options.ts'
import { writeResult } from '../output.ts'
import type { Verb } from './index.ts'

export const verb: Verb = {
  examples: [
    ['stratigraph compare old.tar new.tar', 'what changed from one build to the next'],
    ['stratigraph compare . image.tar', 'a prediction against reality'],
    ['stratigraph compare a.tar b.tar --exit-code', 'exit code 1 when something differs'],
    ['stratigraph compare a.tar b.tar c.tar', 'bytes shared and unique, as docker system df -v shows them'],
  ],
  async run(options, world) {
    const { args } = options
    if (args.length < 2) throw new UserError('compare takes two subjects or more', { hint: 'stratigraph compare A B' })
    if (args.length > 2 && options.on['exit-code'])
      throw new UserError(`--exit-code compares two subjects, not ${args.length}`)
    const sides: Gathered[] = []
    try {
      const two = args.length === 2
      const depth = { files: two, keepOpen: two, asPredicted: true }
      for (const text of args) sides.push(await gather(text, options, world, depth))
      const failed = sides.map((side) => sayAll(side, options, world)).includes(true)
      const json = last(options, 'format') === 'json'
      const human = options.on.human !== false
      if (failed && !json) return 2
      const [a, b] = sides
      if (sides.length > 2 || a === undefined || b === undefined) {
        const images = sides.map(({ image }) => image)
        const all = together(images)
        const text = json ? sharesJson(sides, shares(images), all) : sharesText(sides, shares(images), all, human)
        writeResult(toBytes(text), options, world)
        return failed ? 2 : 0
      }
      const stacks = { a: a.stack ?? stack(a.image.layers), b: b.stack ?? stack(b.image.layers) }
      await learn(a, b, stacks)
      const found = compare(a.image, b.image, stacks)
      writeResult(toBytes(json ? compareJson(a, b, found) : compareText(a, b, found, human)), options, world)
      if (failed) return 2
      return options.on['exit-code'] && !isSame(found) ? 1 : 0
    } finally {
      for (const { opened } of sides) opened?.stored.close()
    }
  },
}

/** Files of one length in both are equal or not by their content, which is read now. */
async function learn(a: Gathered, b: Gathered, stacks: Readonly<Record<'a' | 'b', Seen>>): Promise<void> {
  if (a.opened === undefined || b.opened === undefined) return
  const { learnContents } = await import('../../lib/image/contents.ts')
  const open = openQuestions({ image: a.image, stack: stacks.a }, { image: b.image, stack: stacks.b })
  await learnContents(a.opened.stored, a.opened.contents, open.a)
  await learnContents(b.opened.stored, b.opened.contents, open.b)
}
