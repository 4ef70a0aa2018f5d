/** Lints texts in tests, with what a rule's example gives. */

import { predict } from '../../lib/analyze.ts'
import { catalogue } from '../../lib/bases/catalogue.ts'
import { chooseBuilder } from '../../lib/builders/choose.ts'
import { memoryContext } from '../../lib/context.ts'
import { complete } from '../../lib/given.ts'
import type { Budget } from '../../lib/lint/facts.ts'
import { type LintSettings, lint, usualTrials, type Verdict } from '../../lib/lint.ts'
import type { Base, Context, Given, Platform } from '../../lib/model.ts'
import type { Example } from '../../lib/rule.ts'
import { rules } from '../../rules/index.ts'

export type Setting = Pick<Example, 'context' | 'bases' | 'builder' | 'target'> & {
  readonly budget?: Budget
  /** `--build-arg`. */
  readonly args?: Readonly<Record<string, string>>
}

/** What an example gives, and nothing from the machine. */
export function givenBy({ context, bases, builder: name = 'buildkit', target, args = {} }: Setting): Given {
  return complete({
    builder: chooseBuilder(name),
    target: target ?? null,
    buildArgs: args,
    context: context && contextBy(context),
    base: (ref, platform) => baseBy(ref, platform, bases ?? {}),
  })
}

const contextBy = (files: Readonly<Record<string, string | number>>): Context =>
  memoryContext(
    Object.fromEntries(
      Object.entries(files).map(([path, file]) => [path, typeof file === 'number' ? { bytes: file } : file]),
    ),
  )

function baseBy(ref: string, platform: Platform, texts: Readonly<Record<string, string>>): Base | undefined {
  const text = Object.hasOwn(texts, ref) ? texts[ref] : undefined
  if (text === undefined) return catalogue(ref, platform)
  const { [ref]: _, ...rest } = texts
  const { image } = predict(text, { ...givenBy({ context: {}, bases: rest }), path: `${ref}.Dockerfile` })
  return { ref, ...image }
}

/** Lints with all rules, each as it is by default. */
export const lintText = (text: string, setting: Setting = {}, settings: Partial<LintSettings> = {}): Verdict =>
  lint(text, givenBy(setting), {
    rules,
    severities: {},
    trials: usualTrials,
    ...(setting.budget !== undefined && { budget: setting.budget }),
    ...settings,
  })
