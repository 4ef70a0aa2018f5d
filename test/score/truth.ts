/** The recorded builds: every engine's rows, config, refusals, sizes and files against the prediction. */

import { compare, engineOf, type Point, subjects } from '../tools/compare.ts'
import { predictStaged } from '../tools/predict.ts'
import { type Card, tally } from '../tools/score.ts'
import { stageTruth, truthCases, truthSource } from '../tools/truth.ts'

/** One card an engine. */
export default async function score(): Promise<readonly Card[]> {
  const books = new Map<string, Book>()
  // Most cases have no context at all; one empty folder does for them.
  const empty = stageTruth({ name: 'empty', dockerfile: '', context: [], args: {} })
  try {
    for (const one of truthCases()) {
      const own = one.context.length > 0 || one.args.dockerfile_in_context === true ? stageTruth(one) : undefined
      try {
        for (const [record, result] of Object.entries(one.engines)) {
          const book = books.get(record) ?? newBook()
          books.set(record, book)
          const { builder, sizeModel } = engineOf(record)
          const prediction = await predictStaged(one, own ?? empty, builder, sizeModel)
          for (const point of compare(result, prediction, one)) enter(book, point, one.name)
        }
      } finally {
        own?.remove()
      }
    }
  } finally {
    empty.remove()
  }
  return [...books]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([record, book]) => ({ title: `truth, ${record}`, rows: book.points.rows(), note: noteOf(book) }))
}

/** Points of one engine; `aside` counts those that do not count, by reason. */
interface Book {
  readonly points: ReturnType<typeof tally>
  readonly aside: Map<string, number>
}

function newBook(): Book {
  const points = tally()
  for (const subject of subjects) points.open(subject)
  return { points, aside: new Map() }
}

function enter({ points, aside }: Book, { subject, right, note, aside: why }: Point, name: string): void {
  if (why === undefined) {
    points.add(subject, right, note)
    return
  }
  const what = subject === 'accept or refuse' ? `${why} (${name})` : `${subject} ${why}`
  aside.set(what, (aside.get(what) ?? 0) + 1)
}

function noteOf({ aside }: Book): string {
  const left = [...aside].map(([what, count]) => (count === 1 ? what : `${what} ×${count}`))
  return [truthSource(), ...(left.length > 0 ? [`aside: ${left.join('; ')}`] : [])].join('; ')
}
