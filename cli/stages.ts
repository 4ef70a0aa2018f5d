/** Stages of a Dockerfile that are not the target, each predicted as if the file ended with it. */
import { upTo } from '../lib/dockerfile/stages.ts'
import type { Prediction } from '../lib/model.ts'
import type { Options } from './options.ts'
import { type Predicted, predictSubject } from './predict.ts'
import type { Settings } from './settings.ts'
import type { DockerfileSubject } from './subject.ts'
import type { World } from './world.ts'

/** One of them. `name` is the number where it has none; `line` is its FROM. */
export interface OtherStage {
  readonly name: string
  readonly line: number
  readonly prediction: Prediction
}

/**
 * In the order of the file. Cutting the text off names a stage that has no name, or whose name is used again, and keeps
 * what a later stage does wrong out of it.
 */
export async function otherStages(
  subject: DockerfileSubject,
  { analysis }: Predicted,
  settings: Settings,
  options: Options,
  world: World,
): Promise<readonly OtherStage[]> {
  const { outline, target } = analysis.plan
  const found: OtherStage[] = []
  for (const [index, { name, from }] of outline.drafts.entries()) {
    if (index === target?.index) continue
    const text = upTo(subject.text, outline, index)
    const { prediction } = await predictSubject({ ...subject, text }, { ...settings, target: null }, options, world)
    found.push({ name: name || String(index), line: from.span.line, prediction })
  }
  return found
}
