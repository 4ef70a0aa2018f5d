/** What one step does to the files of its stage. */
import type { Step } from './dockerfile/step.ts'
import { mountTargets } from './effects/mounts.ts'
import { runStep } from './effects.ts'
import { factsBelow } from './ground.ts'
import type { Entry, Given, Problem } from './model.ts'
import type { Plan, PlannedStage } from './plan.ts'
import { unknown } from './size.ts'
import { mountPoints, volumePoints } from './unionfs/mounts.ts'
import { mkdir, put, type Tree } from './unionfs/tree.ts'

/** Where a step acts. */
export interface Place {
  readonly plan: Plan
  readonly given: Given
  readonly stage: PlannedStage
  /** Files of a stage that is done. */
  readonly treeOf: (index: number) => Tree | undefined
  /** What command models keep from RUN to RUN of a stage. */
  readonly memory: Map<string, unknown>
}

export interface Acted {
  readonly problems: readonly Problem[]
  /** COPY and ADD of classic and Buildah: the hash their row shows, where it can be computed. */
  readonly hash: string | undefined
}

const done: Acted = { problems: [], hash: undefined }

/** Changes `tree` as the step does. Problems that refuse mean that the builder stops here. */
export function act(step: Step, tree: Tree, place: Place): Acted {
  switch (step.operands.keyword) {
    case 'WORKDIR':
      return workdir(step, tree)
    case 'RUN':
      return run(step, tree, place)
    case 'COPY':
    case 'ADD':
      volumePoints(tree, place.plan.builder, step.before.volumes)
      unknownParcel(tree, step, 'what this copies is not modelled', false)
      return done
    default:
      return done
  }
}

function workdir({ path }: Step, tree: Tree): Acted {
  if (path !== undefined && path !== '/') mkdir(tree, path)
  return done
}

function run(step: Step, tree: Tree, { plan, given, stage, treeOf, memory }: Place): Acted {
  const sources = {
    context: given.context,
    contexts: given.contexts,
    outline: plan.outline,
    stage: stage.index,
    treeOf,
  }
  mountPoints(tree, plan.builder, { targets: mountTargets(step), volumes: step.before.volumes })
  const problems = runStep(step, tree, {
    given,
    builder: plan.builder,
    traits: plan.traits,
    platform: stage.platform,
    facts: factsBelow(stage),
    open: !isGrounded(stage),
    sources,
    memory,
    textOf: (entry) => contextText(entry, given),
    archive: (entry) => contextFile(entry, given)?.archive(),
  })
  return { problems, hash: undefined }
}

/** Is the image at the bottom known, its variables included? */
function isGrounded({ ground }: PlannedStage): boolean {
  if (ground.kind === 'stage') return isGrounded(ground.stage)
  return ground.kind === 'scratch' || ground.base !== undefined
}

/** Longest file of the context that is read as text. */
const longestText = 256 * 1024

/** A file that came from a context as it is. */
function contextFile({ content = '' }: Entry, { context, contexts }: Given) {
  for (const from of [...(context === undefined ? [] : [context]), ...Object.values(contexts)]) {
    const mark = `context:${from.name}#`
    const path = content.slice(mark.length)
    if (!content.startsWith(mark) || from.lookup(path)?.type !== 'file') continue
    return { read: () => from.read(path), archive: () => from.archive(path) }
  }
  return undefined
}

function contextText(entry: Entry, given: Given): string | undefined {
  if (entry.size.bytes === null || entry.size.bytes > longestText) return undefined
  const file = contextFile(entry, given)
  return file === undefined ? undefined : textFrom(file.read())
}

/** Bytes as text; undefined: they are none. */
function textFrom(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Bytes of a number that nobody knows, somewhere. */
function unknownParcel(tree: Tree, { instruction, stage }: Step, why: string, maybe: boolean): void {
  const none = { mode: null, uid: null, gid: null, link: null }
  put(
    tree,
    {
      path: '/',
      type: 'package',
      size: unknown(why),
      ...none,
      label: `unknown: stage ${stage}, line ${instruction.span.line}`,
    },
    { maybe },
  )
}
