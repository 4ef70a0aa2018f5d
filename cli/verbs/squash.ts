/** `squash`: an image flattened, and written where `-o` says. */
import { resolve } from 'node:path'
import { UserError } from '../../lib/error.ts'
import type { StoredImage } from '../../lib/image/stored.ts'
import type { OutputForm } from '../../lib/image/write.ts'
import { readReference } from '../../lib/reference.ts'
import { squashJson, squashText } from '../../lib/report/squash.ts'
import { squash } from '../../lib/squash.ts'
import { groundOf } from '../boundary.ts'
import { openStored, outsideOf } from '../built.ts'
import { configFor } from '../config.ts'
import { onlySubject } from '../gather.ts'
import { last, type Options } from '../options.ts'
import { type Settings, settingsOf } from '../settings.ts'
import { openSubject } from '../subject.ts'
import type { World } from '../world.ts'
import type { Verb } from './index.ts'

export const verb: Verb = {
  examples: [
    ['stratigraph squash image.tar -o flat.tar', 'one layer, ready for docker load'],
    ['stratigraph squash image.tar -o flat.tar --from-row 5', 'the rows below stay as they are'],
    [
      'stratigraph squash image.tar -o flat.tar --keep-base --base debian:12=debian.tar',
      'the layers of that image stay',
    ],
    ['stratigraph squash image.tar -o oci:flat --compress gzip', 'as an OCI layout, compressed'],
    ['stratigraph squash image.tar -o docker-archive:flat.tar:app:flat', 'under another name'],
  ],
  async run(options, world) {
    const text = onlySubject(options)
    const config = await configFor(world.cwd, options, world)
    const settings = settingsOf(options, config, world)
    const subject = await openSubject({ text, folder: world.cwd, family: settings.builder.family }, world)
    if (subject.kind !== 'image') throw new UserError(`${text}: no image; squash takes one that is built`)
    const { form, path, reference } = outputOf(options)
    const stored = await openStored(subject, settings.platform, outsideOf(options, world))
    try {
      const result = await squash(stored, {
        output: resolve(world.cwd, path),
        form,
        tags: reference === undefined ? undefined : [reference],
        fromRow: await firstRow(stored, options, settings, world),
        config: last(options, 'image-config') === 'none' ? 'none' : 'keep',
        compress: last(options, 'compress') as 'gzip' | 'zstd' | undefined,
        created: epoch(world),
        onInterrupt: world.onInterrupt,
      })
      for (const problem of stored.problems) {
        if (options.on.quiet !== true) world.err.write(`${subject.path}: ${problem.severity}: ${problem.message}\n`)
      }
      const shown = { ...result, output: path }
      world.out.write(
        last(options, 'format') === 'json' ? squashJson(shown) : squashText(shown, options.on.human !== false),
      )
      return 0
    } finally {
      stored.close()
    }
  },
}

/** `-o FILE`, or one of the transports, a place, and perhaps a name for the image there. */
function outputOf(options: Options): {
  readonly form: OutputForm
  readonly path: string
  readonly reference: string | undefined
} {
  const text = last(options, 'output')
  if (text === undefined || text === '' || text === '-') {
    throw new UserError('squash wants a place for the new image', { hint: '-o flat.tar' })
  }
  const other = /^(?:docker-daemon|containers-storage|dir|ostree|sif|tarball|archive|https?|docker):/.exec(text)?.[0]
  if (other !== undefined)
    throw new UserError(`-o ${text}: squash writes files, and does not write to ${other}`, {
      hint: 'docker-archive:FILE, oci-archive:FILE or oci:FOLDER',
    })
  const [, form, path, name] = /^(docker-archive|oci-archive|oci):([^:]+)(?::(.+))?$/s.exec(text) ?? []
  if (form === undefined || path === undefined) return { form: 'docker-archive', path: text, reference: undefined }
  return { form: form as OutputForm, path, reference: referenceIn(form as OutputForm, name, text) }
}

/** The name as it is written there: in full for Docker, as it stands in a layout. */
function referenceIn(form: OutputForm, name: string | undefined, text: string): string | undefined {
  if (name === undefined) return undefined
  // Source: OCI image-spec, annotations.md, grammar of org.opencontainers.image.ref.name.
  if (form !== 'docker-archive' && /^[A-Za-z0-9]+(?:(?:[-._:@+]|--)[A-Za-z0-9]+|\/[A-Za-z0-9]+)*$/.test(name))
    return name
  const read = form === 'docker-archive' ? readReference(name) : undefined
  if (read === undefined || read.digest !== undefined)
    throw new UserError(`-o ${text}: ${name} is no name for an image`)
  return /:[^/]+$/.test(name) ? name : `${name}:${read.tag}`
}

async function firstRow(stored: StoredImage, options: Options, settings: Settings, world: World): Promise<number> {
  const text = last(options, 'from-row')
  if (options.on['keep-base']) {
    if (text !== undefined) throw new UserError('--keep-base or --from-row, not both')
    return baseEnd(stored, options, settings, world)
  }
  if (text === undefined) return 0
  if (!/^[0-9]{1,6}$/.test(text)) throw new UserError(`--from-row ${text}: not a number of a row`)
  return Number(text)
}

/** The row after those of the longest `--base` that the image stands on. */
async function baseEnd(stored: StoredImage, options: Options, settings: Settings, world: World): Promise<number> {
  if (settings.bases.length === 0) {
    throw new UserError('--keep-base wants to know the base', { hint: '--base REF=SUBJECT, or --from-row N' })
  }
  const ground = await groundOf(stored, settings, world, outsideOf(options, world))
  if (ground === undefined) throw new UserError(`${stored.name}: does not stand on any image given by --base`)
  return ground.rows
}

/** SOURCE_DATE_EPOCH, as for other tools that write archives. Source: reproducible-builds.org, source-date-epoch. */
function epoch(world: World): string | null {
  const text = world.env.SOURCE_DATE_EPOCH
  return text !== undefined && /^[0-9]{1,11}$/.test(text) ? new Date(Number(text) * 1000).toISOString() : null
}
