/** Which of the bytes that nobody sees were written again just as they were: told from texts that are known. */
import { expect } from 'chai'
import { chooseBuilder, memoryContext, predict } from '../../lib/index.ts'
import type { Base } from '../../lib/model.ts'
import { exact } from '../../lib/size.ts'
import { pairs } from '../../lib/unionfs/pairs.ts'
import { stack } from '../../lib/unionfs/stack.ts'

const context = memoryContext({
  'a.txt': 'aaaa\n',
  'b.txt': 'aaaa\n',
  'c.txt': 'cccc\n',
  's.sh': 'echo made > /made\n',
})
const base = (ref: string): Base => ({ ref, rows: [], config: {}, author: '', facts: { complete: true, files: {} } })
function classes(text: string): readonly string[] {
  const { image } = predict(`FROM nothing\n${text}`, { context, base })
  return pairs(image, stack(image.layers).waste).flatMap(({ creator, killer, classes }) =>
    Object.entries(classes).map(([how, { bytes }]) => `${creator}>${killer} ${how} ${bytes}`),
  )
}

const cases: readonly (readonly [text: string, wanted: readonly string[]])[] = [
  ['RUN echo one > /f\nRUN echo one > /f\n', ['0>1 identical 4']],
  ['RUN echo one > /f\nRUN echo two > /f\n', ['0>1 overwritten 4']],
  ['RUN echo one > /f\nRUN echo one > /f && chmod 600 /f\n', ['0>1 metadata-only 4']],
  ['RUN echo one > /d/f; mkdir /d; echo one > /d/f\nRUN rm -r /d; mkdir /d; echo one > /d/f\n', ['0>1 identical 4']],
  ['RUN echo one > /f\nRUN true 2>> /f\n', ['0>1 identical 4']],
  [
    'RUN printf "%s\\n" b a > /f\nRUN sort /f > /g; cat /g > /f\nRUN sort -o /f /f\n',
    ['0>1 overwritten 4', '1>2 identical 4'],
  ],
  ['COPY s.sh /\nRUN sh /s.sh\nRUN rm /made; . /s.sh\n', ['1>2 identical 5']],
  ['COPY a.txt /f\nRUN printf "aaaa\\n" > /f\n', ['0>1 identical 5']],
  ['COPY a.txt /f\nRUN cp /f /g; mv /g /f; ln /f /a\n', ['0>1 identical 5']],
  ['COPY a.txt /f\nCOPY c.txt /g\nRUN ln -f /f /g\n', ['0>2 identical 5', '1>2 overwritten 5']],
  ['COPY a.txt /f\nCOPY b.txt /f\n', ['0>1 identical 5']],
  ['COPY a.txt /f\nCOPY c.txt /f\n', ['0>1 overwritten 5']],
  ['COPY a.txt /f\nRUN echo b >> /f\nRUN printf "aaaa\\nb\\n" > /f\n', ['1>2 identical 7', '0>1 overwritten 5']],
]

describe('classes of predicted waste', () => {
  for (const [text, wanted] of cases) it(text, () => expect(classes(text)).to.have.members(wanted))

  it('what was taken out of an archive is none of the files of the context', () => {
    const file = {
      type: 'file',
      size: exact(3, 'test'),
      mode: 0o644,
      uid: 0,
      gid: 0,
      link: null,
      path: '/in/f',
    } as const
    const archives = memoryContext({ 'x.tar': { archive: [file], bytes: 2048 } })
    const text =
      'FROM nothing AS one\nADD x.tar /\nRUN grep a /in/f > /g\nFROM nothing\nCOPY --from=one /in /in\nADD x.tar /\n'
    for (const builder of ['classic', 'buildkit', 'buildah']) {
      const { image, refused } = predict(text, { context: archives, base, builder: chooseBuilder(builder) })
      expect(refused).to.equal(null)
      expect(stack(image.layers).waste.map(({ class: how }) => how)).to.deep.equal(['identical'])
    }
  })

  it('what is not listed file by file is called by what it is', () => {
    const text = 'FROM nothing\nRUN git clone https://example.org/a /a; echo b > /b\nRUN rm -rf /a /b\n'
    const { image } = predict(text, { context, base })
    const paths = pairs(image, stack(image.layers).waste).flatMap((pair) => pair.paths)
    expect(paths.map(({ path, label }) => [path, label])).to.deep.equal([
      ['/a/.git', 'git history'],
      ['/b', undefined],
      ['/a', 'git: https://example.org/a'],
    ])
  })

  it('no bytes are the bytes that were there', () => {
    const { image } = predict('FROM nothing\nRUN : > /f; : > /g\nRUN : > /f; echo g > /g\n', { context, base })
    expect(stack(image.layers).waste.map(({ entry, class: how }) => [entry.path, how])).to.deep.equal([
      ['/f', 'identical'],
      ['/g', 'overwritten'],
    ])
  })
})
