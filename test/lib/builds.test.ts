/** Recorded builds beside those of test/truth: what the prediction says it knows is so. */

import { expect } from 'chai'
import type { Image } from '../../lib/model.ts'
import { zero } from '../../lib/size.ts'
import { pairs } from '../../lib/unionfs/pairs.ts'
import { stack } from '../../lib/unionfs/stack.ts'
import { recordedEntry } from '../score/waste.ts'
import { compare, contradictions, engineOf } from '../tools/compare.ts'
import { predictCase } from '../tools/predict.ts'
import { moreBuilds, type TruthResult } from '../tools/truth.ts'

describe('more recorded builds', () => {
  for (const one of moreBuilds())
    it(one.name, async () => {
      for (const [record, result] of Object.entries(one.engines)) {
        const { builder, sizeModel } = engineOf(record)
        const prediction = await predictCase(one, builder, sizeModel)
        expect(contradictions(compare(result, prediction, one)), `${record}\n${one.dockerfile}`).to.deep.equal([])
        if (hasContents(result))
          expect(hidden(prediction.image), `${record}, hidden\n${one.dockerfile}`).to.deep.equal(
            hidden(recorded(result, prediction.image)),
          )
      }
    })
})

/** Does the recording tell what is in the files? Then it tells which of them were written again as they were. */
const hasContents = ({ layers = [] }: TruthResult): boolean =>
  layers.some((entries) => entries?.some(({ sha256 }) => sha256 !== undefined))

/** A line for each file of a pair of rows. */
const hidden = (image: Pick<Image, 'rows' | 'layers'>): readonly string[] =>
  pairs(image, stack(image.layers).waste).flatMap(({ creator, killer, paths }) =>
    paths.map(({ path, bytes, class: how }) => `${creator}>${killer} ${path} ${how} ${bytes.bytes} ${bytes.basis}`),
  )

/** The recorded layers in the place of the predicted ones; those of the base as they are. */
const recorded = (result: TruthResult, { rows, layers }: Image): Pick<Image, 'rows' | 'layers'> => ({
  rows,
  layers: (result.layers ?? []).map((entries, i) => ({
    row: layers[i]?.row ?? -1,
    complete: true,
    size: zero,
    entries: entries === null ? (layers[i]?.entries ?? []) : entries.map(recordedEntry),
  })),
})
