/** The file of `--remember`: sizes of an actual image, kept for predictions of the same Dockerfile. */
import { UserError } from '../lib/error.ts'
import { remembered } from '../lib/remember.ts'
import { builtImage } from './built.ts'
import type { Gathered } from './gather.ts'
import { writeWhole } from './output.ts'
import { openSubject } from './subject.ts'
import type { World } from './world.ts'

/**
 * Of an actual image the sizes are written to the file. A prediction takes those of the file, which may be any document or
 * image with a history. Throws UserError where the file cannot be written or read.
 */
export async function withMemory(found: Gathered, file: string, world: World): Promise<Gathered> {
  if (found.builder === null) {
    const { baseDocument } = await import('../lib/report/base.ts')
    const layers = found.image.layers.map((layer) => ({ ...layer, entries: [], complete: false }))
    const document = baseDocument({ ...found.image, layers }, { name: found.subject.path })
    writeWhole(file, `${JSON.stringify(document, null, 2)}\n`, world)
    return found
  }
  const subject = await openSubject({ text: file, folder: world.cwd, family: found.builder.family }, world)
  if (subject.kind === 'dockerfile')
    throw new UserError(`${file}: a Dockerfile, which has no measured sizes`, {
      hint: `stratigraph history image.tar --remember ${file} writes them`,
    })
  const { platform } = found.image
  const measured = await builtImage(
    subject,
    { platform, sizeModel: found.sizeModel },
    { allModels: true },
    { world, cache: true },
  )
  return { ...found, image: remembered(found.image, measured.image.rows, found.sizeModel, `measured in ${file}`) }
}
