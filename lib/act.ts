/** What one step does to the files of its stage. */

import { type Guess, guessOf } from './bases/guess.ts'
import { ignoreFault } from './context/fault.ts'
import { contextFile, contextText } from './context/text.ts'
import { ownerOf as ownerNamed, wrongUser } from './copy/owner.ts'
import { Stop } from './copy/stop.ts'
import { applyCopy, type CopyRequest, type From, planCopy } from './copy.ts'
import { mountOptions } from './dockerfile/mount.ts'
import type { Copy } from './dockerfile/operands.ts'
import { findStage } from './dockerfile/stages.ts'
import type { Step } from './dockerfile/step.ts'
import { accountIn, withAccounts } from './effects/accounts.ts'
import type { Budget } from './effects/files.ts'
import { type Aside, forget, putBack } from './effects/kept-volumes.ts'
import { missingSource } from './effects/mounts.ts'
import { runStep } from './effects.ts'
import { baseTree, factsBelow } from './ground.ts'
import type { Given, Problem } from './model.ts'
import { cleanPath } from './path.ts'
import type { Plan, PlannedStage } from './plan.ts'
import { readReference } from './reference.ts'
import { keepsVolumes, volumePoints } from './unionfs/mounts.ts'
import { lookup, mkdir, type Owner, openTree, type Tree } from './unionfs/tree.ts'
import type { Watch } from './watch.ts'

/** Where a step acts. */
export interface Place {
  readonly plan: Plan
  readonly given: Given
  readonly stage: PlannedStage
  /** Files of a stage that is done. */
  readonly treeOf: (index: number) => Tree | undefined
  /** What command models keep from RUN to RUN of a stage. */
  readonly memory: Map<string, unknown>
  /** What all steps of one prediction may do together. */
  readonly budget: Budget
  /** Who wants to know what each command does. */
  readonly watch?: Watch
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
      return workdir(step, tree, place)
    case 'VOLUME':
      return volume(step, step.operands.words, tree, place)
    case 'RUN':
      return run(step, tree, place)
    case 'COPY':
    case 'ADD':
      return copy(step, step.operands, tree, place)
    default:
      // Classic makes a container for everything, and commits what it finds in it.
      return place.plan.traits.family === 'classic' ? enter(step, tree, place) : done
  }
}

/** Files that all COPY and ADD of one prediction may store one by one; a bound against stages that double each other. */
const mostCopied = 300_000

function copy(step: Step, operands: Copy, tree: Tree, place: Place): Acted {
  const { plan, given, stage, budget } = place
  const fault = operands.flags.from === null && given.context && ignoreFault(given.context, plan.traits.family)
  if (fault && operands.sources.length > 0) return refusal(step, fault.message)
  const wrong = wrongStage(operands.flags.from, place)
  if (wrong !== undefined) return refusal(step, wrong)
  const contexts = [...(given.context === undefined ? [] : [given.context]), ...Object.values(given.contexts)]
  const request: CopyRequest = {
    copy: operands,
    traits: plan.traits,
    from:
      step.triggered && !plan.traits.onbuildSources
        ? unbuilt(operands.flags.from, place)
        : sourcesOf(operands.flags.from, place),
    tree,
    workdir: step.before.workdir,
    facts: withAccounts(factsBelow(stage), place.memory),
    sizes: given.sizes,
    contexts,
    limit: Math.max(0, mostCopied - budget.copied),
  }
  const strict = planCopy(request)
  const stops = strict.problems.some(({ refuses }) => refuses)
  const goesOn = stops && given.patient === true && request.from.kind === 'context'
  // Sources of which nobody knows whether they are there.
  const copied = goesOn
    ? { ...planCopy({ ...request, from: { kind: 'context', context: undefined } }), problems: strict.problems }
    : strict
  budget.copied += copied.effort
  if (!stops || goesOn) {
    volumePoints(tree, plan.builder, step.before.volumes)
    applyCopy(tree, copied)
    forget(placeOf(operands.destination, step.before.workdir), asideOf(place))
    // Buildah makes the working directory last, so what COPY had to make of it has the owner of what was copied.
    if (plan.traits.family === 'buildah' && step.before.workdir !== '') mkdir(tree, cleanPath(step.before.workdir))
  }
  const { line } = step.instruction.span
  const hash = plan.traits.family === 'buildkit' ? undefined : copied.hash()
  return { problems: copied.problems.map((problem) => ({ ...problem, line })), hash }
}

/** Why no builder takes a stage that is not there yet; undefined: it is, or an image is meant. Source: recorded copy-from-number. */
function wrongStage(from: string | null, { plan, stage, given }: Place): string | undefined {
  const { family } = plan.traits
  if (from === null || Object.hasOwn(given.contexts, from)) return undefined
  if (/^[+-]?\d+$/.test(from) && !(Number(from) >= 0 && Number(from) < stage.index))
    return family === 'buildkit'
      ? `invalid stage index ${from}`
      : `invalid from flag value ${from}: index out of bounds`
  if (family !== 'buildah' && isNoName(from, { plan, stage, given }))
    return family === 'buildkit'
      ? `failed to parse stage name ${JSON.stringify(from)}: invalid reference format`
      : `invalid from flag value ${from}: invalid reference format`
  const itself = family === 'buildkit' && stage.name?.toLowerCase() === from.toLowerCase()
  return itself && findStage(plan.outline, from, stage.index) === undefined
    ? `circular dependency detected on stage: ${from}`
    : undefined
}

/** What `--from` names: a named context, an earlier stage, an image. */
function sourcesOf(from: string | null, { plan, given, stage, treeOf }: Place): From {
  if (from === null) return { kind: 'context', context: given.context }
  const named = Object.hasOwn(given.contexts, from) ? given.contexts[from] : undefined
  if (named !== undefined) return { kind: 'context', context: named, named: true }
  const draft = findStage(plan.outline, from, stage.index)
  if (draft !== undefined) {
    return { kind: 'tree', name: `stage ${from}`, tree: treeOf(draft.index) ?? baseTree(undefined, given) }
  }
  const base = given.base(from, stage.platform)
  const trees = base?.facts.trees
  return { kind: 'tree', name: from, tree: baseTree(base, given), ...(trees && { trees }) }
}

/**
 * The same for a trigger, of a builder that builds nothing for it: of a stage that is not built anyway it sees what that
 * stands on, and of images nothing. Source: BuildKit 0.8 dockerfile2llb, dispatchOnBuildTriggers (recorded: onbuild-from).
 */
function unbuilt(from: string | null, place: Place): From {
  const { plan, given, stage, treeOf } = place
  if (from === null || Object.hasOwn(given.contexts, from)) return sourcesOf(from, place)
  const draft = findStage(plan.outline, from, stage.index)
  if (draft !== undefined && treeOf(draft.index) !== undefined) return sourcesOf(from, place)
  const image = draft === undefined || findStage(plan.outline, draft.image, draft.index) ? undefined : draft.image
  if (image === undefined) return { kind: 'tree', name: from, tree: openTree([]) }
  return { kind: 'tree', name: `stage ${from}`, tree: baseTree(given.base(image, stage.platform), given) }
}

function workdir(step: Step, tree: Tree, place: Place): Acted {
  const { plan, given } = place
  if (step.path === undefined || step.path === '/') return done
  // By its text: `..` behind a link leads back to where the link is.
  const path = cleanPath(step.path)
  const blocked = firstFile(tree, path)
  const later = plan.traits.family === 'buildah' && given.layers
  // Buildah does not mind a file of that name itself until something is run in it.
  if (blocked !== undefined && !(later && blocked === path))
    return refusal(step, `mkdir ${path}: ${blocked} is not a directory`)
  // Buildah commits WORKDIR without files; the step after it makes the folder.
  if (later) return done
  try {
    mkdir(tree, path, ownerOf(step, tree, place))
    return done
  } catch (error) {
    if (error instanceof Stop) return refusal(step, error.message)
    throw error
  }
}

// Classic makes a container for every instruction, and none can have a volume where a file is.
function volume(step: Step, words: readonly string[], tree: Tree, place: Place): Acted {
  for (const word of words) forget(cleanPath(`/${word}`), asideOf(place))
  if (place.plan.traits.family !== 'classic') return done
  const blocked = words.map((word) => firstFile(tree, word)).find((path) => path !== undefined)
  return blocked === undefined ? done : refusal(step, `cannot mount volume over existing file: ${blocked}`)
}

// Those of images are put aside anew for every RUN. (recorded: volume-of-base)
function ownVolumes({ before }: Step, { steps }: PlannedStage): readonly string[] {
  const own = steps.flatMap(({ operands }) => (operands.keyword === 'VOLUME' ? operands.words : []))
  const declared = new Set(own.map((word) => cleanPath(`/${word}`)))
  return before.volumes.filter((path) => declared.has(path))
}

// As imagebuilder has it: what is absolute stays as written, and a slash at the end counts.
const placeOf = (to: string, workdir: string): string =>
  to.startsWith('/') ? to : `${cleanPath(`/${workdir}/${to}`)}${/(^|\/)\.?$/.test(to) ? '/' : ''}`

/** What the stage has put aside of its volumes. */
function asideOf({ memory, stage }: Place): Aside {
  const key = `volumes of stage ${stage.index}`
  if (!memory.has(key)) memory.set(key, new Map())
  return memory.get(key) as Aside
}

const refusal = ({ instruction }: Step, message: string): Acted => ({
  problems: [{ severity: 'error', message, line: instruction.span.line, refuses: true }],
  hash: undefined,
})

/** Source: Linux, PATH_MAX. */
const longestPath = 4096

/** The part of a path that is surely there and surely no folder. From its end up: what is there has only folders above it. */
function firstFile(tree: Tree, path: string): string | undefined {
  if (path.length > longestPath) return undefined
  const parts = path.split('/').filter((part) => part !== '')
  for (let count = parts.length; count > 0; count--) {
    const prefix = `/${parts.slice(0, count).join('/')}`
    const { there, entry } = lookup(tree, prefix, true)
    if (there === 'yes' && entry !== undefined)
      return ['file', 'hardlink', 'device'].includes(entry.type) ? prefix : undefined
  }
  return undefined
}

// Classic's folder is root's, the others' belongs to the user. Throws Stop where BuildKit finds no accounts to ask.
function ownerOf({ before }: Step, tree: Tree, { stage, plan: { traits }, memory }: Place): Owner {
  if (traits.family === 'classic') return {}
  const facts = withAccounts(factsBelow(stage), memory)
  if (traits.family === 'buildkit' && before.user !== '') return ownerNamed(before.user, traits, { tree, facts })
  // Buildah takes the number of a user without a name for the group too.
  if (traits.family === 'buildah' && /^\d+$/.test(before.user))
    return { uid: Number(before.user), gid: Number(before.user) }
  const { uid, gid } = accountIn(tree, before.user, facts)
  return { uid, gid }
}

/** A container makes its working directory anew where an earlier step removed it. (recorded: workdir-gone) */
function enter(step: Step, tree: Tree, place: Place): Acted {
  const path = cleanPath(`/${step.before.workdir}`)
  const isGone = place.plan.traits.family === 'buildah' || lookup(tree, path, true).there === 'no'
  if (step.before.workdir !== '' && isGone) mkdir(tree, path, ownerOf(step, tree, place))
  return done
}

/** The folders where a path turns back by `..`: runc goes there, and makes them. (recorded: workdir-turns) */
function turns(path: string): readonly string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  return parts.flatMap((part, i) => (part === '..' ? [cleanPath(`/${parts.slice(0, i).join('/')}`)] : []))
}

function run(step: Step, tree: Tree, place: Place): Acted {
  const { plan, given, stage, treeOf, memory, budget, watch } = place
  const sources = {
    context: given.context,
    contexts: given.contexts,
    outline: plan.outline,
    stage: stage.index,
    treeOf,
    imageOf: (ref: string) => baseTree(given.base(ref, stage.platform), given),
  }
  const nobody = wrongUser(step.before.user, plan.traits, { tree, facts: withAccounts(factsBelow(stage), memory) })
  if (nobody !== undefined) return refusal(step, nobody)
  const unstarted = plan.traits.family === 'classic' ? noProgram(step, tree) : undefined
  if (unstarted !== undefined) return refusal(step, unstarted)
  const mounts = step.operands.keyword === 'RUN' ? step.operands.mounts : []
  const wrong = wrongSource(mounts, place)
  if (wrong !== undefined) return refusal(step, wrong)
  const lost = missingSource(mounts, sources)
  if (lost !== undefined) return refusal(step, `failed to compute cache key: "${lost}": not found`)
  enter(step, tree, place)
  if (plan.traits.family === 'buildkit') for (const folder of turns(step.before.workdir)) mkdir(tree, folder)
  const guess = guessBelow(stage)
  const stranger = stage.bottom.kind === 'image' && stage.bottom.base === undefined
  if (guess?.bare === true && runsShell(step) && lookup(tree, '/bin/sh').there !== 'yes') {
    const name = stage.bottom.kind === 'image' ? stage.bottom.ref : ''
    const message = `this RUN fails: images named like ${name} have no /bin/sh`
    return { problems: [{ severity: 'warning', message, line: step.instruction.span.line }], hash: undefined }
  }
  const problems = runStep(step, tree, {
    given,
    builder: plan.builder,
    traits: plan.traits,
    platform: stage.platform,
    facts: guess?.os === undefined ? factsBelow(stage) : { os: guess.os, ...factsBelow(stage) },
    ...(guess?.ground && { ground: guess.ground }),
    open: stranger,
    usual: (stranger ? guess?.env : undefined) ?? {},
    sources,
    memory,
    budget,
    textOf: (entry) => contextText(entry, given),
    archive: (entry) => contextFile(entry, given)?.archive(),
    ...(watch && { watch }),
  })
  if (plan.traits.family === 'buildah' && !keepsVolumes(plan.builder))
    putBack(tree, ownVolumes(step, stage), asideOf(place))
  return { problems, hash: undefined }
}

/** Is it neither a context, nor a stage before, nor what an image can be called? */
const isNoName = (name: string, { plan, given, stage }: Pick<Place, 'plan' | 'given' | 'stage'>): boolean =>
  !Object.hasOwn(given.contexts, name) &&
  findStage(plan.outline, name, stage.index) === undefined &&
  readReference(name) === undefined

/** Why BuildKit takes none of the names that mounts are from; undefined: it does. */
function wrongSource(mounts: readonly string[], place: Place): string | undefined {
  if (place.plan.traits.family !== 'buildkit') return undefined
  const names = mounts.flatMap((mount) => mountOptions(mount).get('from') ?? [])
  const wrong = names.find((name) => !/["$]/.test(name) && isNoName(name, place))
  return wrong === undefined
    ? undefined
    : `failed to parse stage name ${JSON.stringify(wrong)}: invalid reference format`
}

/**
 * Why a container cannot start what RUN says, where that is known; undefined: it can. Source: runc, os/exec LookPath
 * (recorded: exec-no-program).
 */
function noProgram({ operands, before }: Step, tree: Tree): string | undefined {
  if (operands.keyword !== 'RUN') return undefined
  const { shell, words } = operands.command
  // The shell that every image has is not asked for.
  if (shell && !before.shellGiven && before.shell[0] !== '') return undefined
  const [program = ''] = shell ? before.shell : words
  const there = (path: string) =>
    lookup(tree, cleanPath(path.startsWith('/') ? path : `/${before.workdir}/${path}`), true)
  if (program.includes('/')) {
    const { there: presence, entry } = there(program)
    if (presence === 'no') return `exec: ${JSON.stringify(program)}: stat ${program}: no such file or directory`
    const isPlain = entry?.type === 'file' && entry.mode !== null && (entry.mode & 0o111) === 0
    return presence === 'yes' && (isPlain || entry?.type === 'dir')
      ? `exec: ${JSON.stringify(program)}: permission denied`
      : undefined
  }
  const folders = (before.env.get('PATH') ?? '').split(':')
  const isNowhere = program === '' || folders.every((folder) => there(`${folder}/${program}`).there === 'no')
  return isNowhere ? `exec: ${JSON.stringify(program)}: executable file not found in $PATH` : undefined
}

const runsShell = ({ operands, before }: Step, shell = '/bin/sh'): boolean =>
  operands.keyword === 'RUN' && operands.command.shell && before.shell[0] === shell

/** What the name of the image at the bottom says, where its distribution is not known; undefined: it is known. */
function guessBelow({ bottom }: PlannedStage): Guess | undefined {
  if (bottom.kind !== 'image') return undefined
  const { base } = bottom
  if (base === undefined) return guessOf(bottom.ref)
  if (base.facts.os !== undefined || base.facts.complete) return undefined
  // A Dockerfile that stands on an image nobody knows has that image's name in its first row.
  const [first] = base.rows
  if (first?.emptyLayer === null && first.origin.from === 'base') return guessOf(first.origin.image)
  // Of an image whose rows are known no more is guessed than apt needs.
  const { ground, plain } = guessOf(bottom.ref)
  return { ...(ground && { ground }), plain, env: {}, bare: false }
}
