/** The recorded builds: every engine's rows, config, refusals, sizes and files against the prediction. */

import { asideOf, compare, engineOf, subjects } from '../tools/compare.ts'
import { predictCase } from '../tools/predict.ts'
import { type Card, tally } from '../tools/score.ts'
import { truthCases, truthSource } from '../tools/truth.ts'

/** One card an engine. */
export default async function score(): Promise<readonly Card[]> {
  const cases = truthCases()
  const records = [...new Set(cases.flatMap((one) => Object.keys(one.engines)))].sort()
  const cards: Card[] = []
  for (const record of records) {
    const { builder, sizeModel } = engineOf(record)
    const points = tally()
    const aside = new Map<string, number>()
    for (const subject of subjects) points.open(subject)
    for (const one of cases) {
      const result = one.engines[record]
      if (result === undefined) continue
      const prediction = await predictCase(one, builder, sizeModel)
      for (const point of compare(result, prediction, one)) {
        if (point.aside === undefined) points.add(point.subject, point.right, point.note)
        else {
          const what = `${point.subject}: ${point.aside}${asideOf(result) === undefined ? '' : ` (${one.name})`}`
          aside.set(what, (aside.get(what) ?? 0) + 1)
        }
      }
    }
    const left = [...aside].map(([what, count]) => (count === 1 ? what : `${what} ×${count}`))
    const note = [truthSource(), ...(left.length > 0 ? [`aside: ${left.join('; ')}`] : [])].join('; ')
    cards.push({ title: `truth, ${record}`, rows: points.rows(), note })
  }
  return cards
}
