/** Predictions for recorded cases and real Dockerfiles: the parts of `Given` put together as the recordings were made. */

import { analyze, predictionOf } from '../../lib/analyze.ts'
import { chooseBuilder, sizeModelOf } from '../../lib/builders/choose.ts'
import { traitsOf } from '../../lib/builders/traits.ts'
import { openContext } from '../../lib/context.ts'
import { complete } from '../../lib/given.ts'
import { withChecks } from '../../lib/lint/checks.ts'
import type { Base, Builder, Family, Given, Prediction, SizeModel } from '../../lib/model.ts'
import type { Buildable } from './engine.ts'
import { type Staged, stageTruth } from './truth.ts'
import { truthBase, truthRunBase } from './truth-bases.ts'

/** A `Given` in which nothing is given but the builder; no base is known. */
export const plainGiven = (builder: Builder, more: Partial<Given> = {}): Given =>
  complete({ builder, base: () => undefined, ...more })

/** What a FROM of the recorded builds stands for. Buildah had the images under `localhost/`. */
function recordedBase(ref: string, family: Family): Base | undefined {
  const name = ref.replace(/^(docker\.io\/library|localhost)\//, '')
  return truthBase(family === 'buildah' ? `localhost/${name}` : name) ?? truthRunBase(name)
}

/** Prediction for a case, staged for it alone. Builder in the words of the command line. */
export async function predictCase(one: Buildable, builder: string, sizeModel: SizeModel | null): Promise<Prediction> {
  const staged = stageTruth(one)
  try {
    return await predictStaged(one, staged, builder, sizeModel)
  } finally {
    staged.remove()
  }
}

/** Prediction for a case, read from disk where it lies, as a build would. */
export async function predictStaged(
  one: Buildable,
  staged: Pick<Staged, 'context' | 'dockerfile'>,
  builderText: string,
  sizeModel: SizeModel | null,
): Promise<Prediction> {
  const builder = chooseBuilder(builderText)
  const { build_args = {}, target = null, labels = {}, flags = {} } = one.args
  const context = openContext(staged.context, {
    family: builder.family,
    exceptionsByText: traitsOf(builder).exceptionsByText,
    dockerfile: staged.dockerfile,
    normalize: true,
  })
  const given = plainGiven(builder, {
    sizeModel: sizeModel ?? sizeModelOf(builder),
    target,
    buildArgs: build_args,
    labels: Object.entries(labels),
    imageFormat: (flags[builder.family] ?? []).includes('docker') ? 'docker' : 'oci',
    context,
    base: (ref) => recordedBase(ref, builder.family),
  })
  let analysis = analyze(one.dockerfile, given)
  while (await context.prepare()) analysis = analyze(one.dockerfile, given)
  return predictionOf(withChecks(analysis))
}
