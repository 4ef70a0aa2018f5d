/** `squash`: the document stratigraph/squash@1, and the text. */
import type { Size } from '../model.ts'
import type { Squashed, SquashSide } from '../squash.ts'
import { sizeDocument } from './document.ts'
import { showSize } from './units.ts'

const sideDocument = ({ layers, size }: SquashSide): object => ({ layers, size: sizeDocument(size) })

/** The document, indented, with a newline at its end. */
export function squashJson({ before, after, saved, sharedLost, output, digest }: Squashed): string {
  const document = {
    schema: 'stratigraph/squash@1',
    before: sideDocument(before),
    after: sideDocument(after),
    saved: sizeDocument(saved),
    sharedLost: sizeDocument(sharedLost),
    output,
    digest,
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** What it came to, in three lines. */
export function squashText({ before, after, saved, sharedLost, output, digest }: Squashed, human: boolean): string {
  const size = (bytes: Size): string => showSize(bytes, { human, range: false, podman: null })
  const side = (one: SquashSide): string => `${size(one.size)} in ${one.layers} layer${one.layers === 1 ? '' : 's'}`
  return `${output}: ${side(before)} -> ${side(after)}, ${size(saved)} saved
${digest}
a host that has the old layers fetches ${size(sharedLost)} anew
`
}
