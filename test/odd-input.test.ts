/** Odd input: recorded Dockerfiles, broken at random. Nothing throws, and what comes back is sound. */

import { expect } from 'chai'
import { predict } from '../lib/analyze.ts'
import { chooseBuilder } from '../lib/builders/choose.ts'
import type { Prediction, Size } from '../lib/model.ts'
import { plainGiven } from './tools/predict.ts'
import { type Pick, random } from './tools/random.ts'
import { truthCases } from './tools/truth.ts'
import { truthBase } from './tools/truth-bases.ts'

const odd = [
  ...[
    '\\\n',
    '"',
    "'",
    '`',
    '$',
    '${',
    '${A:-',
    '}',
    '<<EOF',
    '<<-"E"',
    '\n',
    '\r',
    '\t',
    '\0',
    '\ufeff',
    '\ud800',
    '💥',
    '#',
  ],
  ...[
    '[',
    ']',
    '["',
    ',',
    '--',
    '--from=',
    '--mount=',
    '=',
    '\nFROM scratch\n',
    '\nONBUILD ',
    '\nRUN ',
    '\nCOPY ',
    '\nARG ',
  ],
  ...[
    ' AS ',
    '/../..',
    '*',
    '\u2028',
    'x'.repeat(3000),
    '\\',
    '# escape=`\n',
    '|',
    '&&',
    ';',
    '$(',
    '((',
    '{',
    ' -c ',
    '\nSHELL ',
  ],
]

function breakIt(text: string, pick: Pick): string {
  let broken = text
  for (let n = pick(3) + 1; n > 0; n--) {
    const at = pick(broken.length + 1)
    const kind = pick(4)
    if (kind === 0) broken = broken.slice(0, at) + broken.slice(at + pick(12))
    else if (kind === 1) broken = broken.slice(0, at) + broken.slice(pick(broken.length + 1))
    else broken = broken.slice(0, at) + odd[pick(odd.length)] + broken.slice(at)
  }
  return broken
}

function sound({ image, refused, diagnostics }: Prediction, text: string): void {
  const lines = text.split('\n').length
  const check = (size: Size) => {
    expect(size.low).to.be.at.least(0)
    if (size.bytes !== null) expect(size.bytes).to.be.at.least(size.low)
    if (size.high !== null) expect(size.high).to.be.at.least(size.bytes ?? size.low)
    if (size.basis === 'exact') expect([size.low, size.high]).to.deep.equal([size.bytes, size.bytes])
  }
  for (const [i, row] of image.rows.entries()) {
    check(row.size)
    if (row.emptyLayer !== false) expect(row.layer, `row ${i}`).to.equal(null)
    else expect(image.layers[row.layer ?? -1]?.row, `row ${i}`).to.equal(i)
    if (row.origin.from === 'dockerfile') expect(row.origin.line).to.be.within(1, row.origin.endLine)
    if (row.origin.from === 'dockerfile') expect(row.origin.endLine).to.be.at.most(lines)
  }
  expect(image.layers.length).to.equal(image.rows.filter(({ emptyLayer }) => emptyLayer === false).length)
  for (const layer of image.layers) check(layer.size)
  for (const { line } of [...diagnostics, ...(refused === null ? [] : [refused])])
    if (line !== undefined) expect(line).to.be.within(1, lines)
}

describe('odd input', function () {
  this.timeout(600_000)
  const cases = truthCases()
  const builders = ['buildkit', 'docker@20.10', 'classic', 'classic@1.12', 'buildah', 'buildah@1.28', 'frontend@1.26']
  const bases = new Map(['busybox:local', 'rich:local', 'onbuild:local'].map((ref) => [ref, truthBase(ref)]))

  for (const builder of builders) {
    it(builder, () => {
      const given = plainGiven(chooseBuilder(builder), { base: (ref) => bases.get(ref) })
      for (const [i, one] of cases.entries()) {
        for (let round = 0; round < 2; round++) {
          const seed = i * 100 + round * 10 + builders.indexOf(builder)
          const text = breakIt(one.dockerfile, random(seed))
          try {
            sound(predict(text, given), text)
          } catch (error) {
            throw new Error(`${one.name}, seed ${seed}: ${JSON.stringify(text)}`, { cause: error })
          }
        }
      }
    })
  }
})
