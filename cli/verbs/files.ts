/** `files`: what the layers amount to, one layer, or the life of one path. */
import { UserError } from '../../lib/error.ts'
import { cleanPath } from '../../lib/path.ts'
import { toBytes } from '../../lib/report/bytes.ts'
import { filesJson, filesText, layerJson, pathJson, pathText } from '../../lib/report/files.ts'
import { zero } from '../../lib/size.ts'
import { listFiles, listLayer, pathLife } from '../../lib/unionfs/path-life.ts'
import { stack } from '../../lib/unionfs/stack.ts'
import { unlisted } from '../../lib/unionfs/unlisted.ts'
import { sayAll } from '../diagnostics.ts'
import { type Gathered, gather, onlySubject } from '../gather.ts'
import { last, type Options } from '../options.ts'
import { writeResult } from '../output.ts'
import type { Verb } from './index.ts'

export const verb: Verb = {
  examples: [
    ['stratigraph files image.tar --depth 2 --sort size', 'where the bytes are'],
    ['stratigraph files image.tar /etc/passwd', 'every layer that holds it, and which one serves it'],
    ['stratigraph files image.tar --layer 3', 'what one layer stores, whiteouts included'],
    ['stratigraph files . --format json', 'what the Dockerfile here will hold'],
  ],
  async run(options, world) {
    const [, path, extra] = options.args
    if (extra !== undefined) throw new UserError(`files takes a subject and one path, not also ${extra}`)
    const all = last(options, 'layer') === undefined && (path === undefined || options.on.all === true)
    const subject = onlySubject({ ...options, args: options.args.slice(0, 1) })
    const found = await gather(subject, options, world, { files: all })
    const failed = sayAll(found, options, world)
    const json = last(options, 'format') === 'json'
    if (json || !failed) writeResult(shown(found, path, options, json), options, world)
    return failed ? 2 : 0
  },
}

function shown(
  found: Gathered,
  path: string | undefined,
  options: Options,
  json: boolean,
): Uint8Array | Iterable<string> {
  const human = options.on.human !== false
  const { image } = found
  const layer = last(options, 'layer')
  const view = {
    depth: number(options, 'depth'),
    sort: last(options, 'sort') === 'size' ? ('size' as const) : ('path' as const),
    human,
  }
  if (layer !== undefined) {
    if (path !== undefined) throw new UserError('files takes a path or --layer, not both')
    const index = number(options, 'layer') ?? 0
    const of = image.layers[index]
    if (of === undefined) {
      throw new UserError(`--layer ${layer}: the image has ${image.layers.length} layers, the first is 0`)
    }
    const entries = listLayer(image, index)
    return json ? layerJson(index, of.row, entries) : filesText(entries, view, unlisted({ layers: [of], rows: [] }))
  }
  if (path !== undefined && !options.on.all) {
    const life = pathLife(image.layers, cleanPath(`/${path}`))
    return toBytes(json ? pathJson(found, life) : pathText(found, life, human))
  }
  const below = cleanPath(`/${path ?? ''}`)
  // Counted from the folder that is listed.
  const depth = view.depth === undefined ? undefined : view.depth + depthOf(below)
  const files = listFiles(image, found.stack ?? stack(image.layers), below)
  return json ? filesJson(found, files) : filesText(files, { ...view, depth }, below === '/' ? unlisted(image) : zero)
}

const depthOf = (path: string): number => (path === '/' ? 0 : path.split('/').length - 1)

function number(options: Options, name: 'depth' | 'layer'): number | undefined {
  const text = last(options, name)
  if (text === undefined) return undefined
  if (!/^[0-9]{1,9}$/.test(text)) throw new UserError(`--${name} ${text}: not a number`)
  return Number(text)
}
