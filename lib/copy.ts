/**
 * What one COPY or ADD does to the files of its stage, by the rules of the builder.
 *
 * `planCopy` is pure and works out a list of changes, `applyCopy` carries them out. What cannot be known (a download, a
 * file of an image that nobody knows) becomes a package of unknown size in the folder that will hold it.
 */
import { copyBuildah } from './copy/buildah.ts'
import { copyBuildkit } from './copy/buildkit.ts'
import { copyClassic } from './copy/classic.ts'
import { contextOrigin, nowhere, type Origin, treeOrigin, unknownEntry } from './copy/origin.ts'
import { begin, type Copied, type CopyRequest } from './copy/request.ts'
import { Stop, TooMany } from './copy/stop.ts'
import { joinPath } from './path.ts'
import { mkdir, put, type Tree } from './unionfs/tree.ts'

export type { Copied, CopyRequest, From } from './copy/request.ts'

/**
 * Works out a COPY or ADD. Where the builder refuses, one problem says why, in the builder's own words as far as they
 * do not depend on the machine, and there are no items. Throws UserError where the disk does.
 */
export function planCopy(request: CopyRequest): Copied {
  const { copy, traits } = request
  try {
    const blind = copy.flags.link && linksLayers(request)
    const work = begin(request, openOrigin(request), blind)
    const hash = carry[traits.family](work)
    const { items } = work.target
    return { items, apart: blind, problems: [], effort: items.length, hash: hash ?? (() => undefined) }
  } catch (error) {
    if (error instanceof TooMany) return tooMany(request)
    if (!(error instanceof Stop)) throw error
    return {
      items: [],
      problems: [{ severity: 'error', message: error.message, refuses: true }],
      effort: 0,
      hash: () => undefined,
    }
  }
}

/**
 * Does `--link` make a layer of its own that the stage's files have no say in? Docker's graph drivers cannot merge
 * layers, and BuildKit does not with `--chmod`: they copy as ever, and through links.
 *
 * Source: BuildKit dockerfile2llb, dispatchCopy; moby's worker without MergeOp (recorded: link-onto-links).
 */
const linksLayers = ({ copy, traits, tree }: CopyRequest): boolean =>
  traits.family === 'buildah' || (traits.family === 'buildkit' && !copy.flags.chmod && tree.storage !== 'overlay2')

/** Stages that copy each other twice over double what they hold: somewhere that ends. */
function tooMany({ copy, workdir, limit }: CopyRequest): Copied {
  const path = joinPath('/', joinPath(workdir === '' ? '/' : workdir, copy.destination === '' ? '.' : copy.destination))
  const message = `${copy.keyword} stores more than ${limit} files: they are not looked at one by one`
  return {
    items: [
      { kind: 'mkdir', path, owner: {} },
      { kind: 'put', entry: unknownEntry(path, `${copy.keyword} ${copy.sources.join(' ')}`), parents: {} },
    ],
    problems: [{ severity: 'warning', message }],
    effort: limit ?? 0,
    hash: () => undefined,
  }
}

/** Changes the stage's files as planned. */
export function applyCopy(tree: Tree, { items, apart = false }: Pick<Copied, 'items' | 'apart'>): void {
  for (const item of items) {
    if (item.kind === 'mkdir') mkdir(tree, item.path, item.owner)
    else {
      const { entry, parents, time, text } = item
      const more = apart ? ({ anyway: true } as const) : {}
      put(tree, entry, { parents, ...more, ...(time !== undefined && { time }), ...(text !== undefined && { text }) })
    }
  }
}

const carry = { buildkit: copyBuildkit, classic: copyClassic, buildah: copyBuildah } as const

function openOrigin({ from, contexts }: CopyRequest): Origin {
  if (from.kind === 'tree') return treeOrigin(from.tree, from.name, contexts ?? [])
  return from.context === undefined ? nowhere : contextOrigin(from.context)
}
