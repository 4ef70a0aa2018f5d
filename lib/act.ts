/** What one step does to the files of its stage. */
import type { Step } from './dockerfile/step.ts'
import type { Given, Problem } from './model.ts'
import type { Plan, PlannedStage } from './plan.ts'
import { unknown } from './size.ts'
import { mountPoints } from './unionfs/mounts.ts'
import { mkdir, put, type Tree } from './unionfs/tree.ts'

/** Where a step acts. */
export interface Place {
  readonly plan: Plan
  readonly given: Given
  readonly stage: PlannedStage
  /** Files of a stage that is done. */
  readonly treeOf: (index: number) => Tree | undefined
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

function run(step: Step, tree: Tree, { plan }: Place): Acted {
  mountPoints(tree, plan.builder, { volumes: step.before.volumes })
  unknownParcel(tree, step, 'what this RUN writes is not modelled', true)
  return done
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
