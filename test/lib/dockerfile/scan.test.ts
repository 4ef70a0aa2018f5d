import { expect } from 'chai'
import { chooseBuilder } from '../../../lib/builders/choose.ts'
import { traitsOf } from '../../../lib/builders/traits.ts'
import { scan, sourceOffset } from '../../../lib/dockerfile/scan.ts'

const read = (text: string, builder = 'buildkit') => scan(text, traitsOf(chooseBuilder(builder)))
const lines = (text: string, builder?: string) => read(text, builder).instructions.map(({ line }) => line)

describe('scan', () => {
  describe('joins lines', () => {
    const cases: readonly (readonly [source: string, ...joined: string[]])[] = [
      ['RUN a\nRUN b', 'RUN a', 'RUN b'],
      ['RUN a \\\n  b', 'RUN a   b'],
      ['RUN a \\  \t\n b', 'RUN a  b'],
      ['RUN a \\\n# note\n b', 'RUN a  b'],
      ['RUN a \\\n   # note\n b', 'RUN a  b'],
      ['RUN a \\\n\n \t\n b', 'RUN a  b'],
      ['RUN a \\', 'RUN a '],
      ['RUN a\\\nb', 'RUN ab'],
      ['RUN a # no comment', 'RUN a # no comment'],
      ['\uFEFFRUN a', 'RUN a'],
      ['RUN a\r\nRUN b \\\r\n c\r\n', 'RUN a', 'RUN b  c'],
      ['  \t RUN a', 'RUN a'],
      ['\u00a0# c\nRUN a', 'RUN a'],
      ['RUN a\rb', 'RUN a\rb'],
      ['RUN a \\\\\nRUN b', 'RUN a \\\\', 'RUN b'],
      ['\\\nRUN a', 'RUN a'],
      ['# escape=`\nRUN a `\n b\\\nRUN c', 'RUN a  b\\', 'RUN c'],
      ['# foo=bar\n# escape=`\nRUN a `\nRUN c', 'RUN a `', 'RUN c'],
      ['\n# escape=`\nRUN a `\nRUN c', 'RUN a `', 'RUN c'],
      ['# Escape = `\nRUN a `\n c', 'RUN a  c'],
    ]
    for (const [source, ...joined] of cases)
      it(JSON.stringify(source), () => expect(lines(source)).to.deep.equal(joined))
  })

  it('continues a line that ends in two escapes for Buildah and old engines only', () => {
    const source = 'RUN a \\\\\nRUN b'
    for (const builder of ['buildah@1.28', 'buildah@1.43', 'classic@17.06'])
      expect(lines(source, builder), builder).to.deep.equal(['RUN a \\RUN b'])
    for (const builder of ['buildkit@0.8', 'classic@20.10', 'classic@29.7'])
      expect(lines(source, builder), builder).to.deep.equal(['RUN a \\\\', 'RUN b'])
  })

  it('finds the way back to the source of every character', () => {
    const source = '\uFEFF# c\r\n  RUN one \\\r\n  # note\r\n\r\n\ttwo \\ \r\n three\r\nCMD x'
    for (const instruction of read(source).instructions)
      for (let i = 0; i < instruction.line.length; i++)
        expect(source[sourceOffset(instruction, i)]).to.equal(instruction.line[i])
  })

  it('gives spans of whole instructions', () => {
    const source = 'FROM a\n\nRUN b \\\n  c\nCMD d\n'
    const spans = read(source).instructions.map(({ span }) => [
      span.line,
      span.endLine,
      source.slice(span.start, span.end),
    ])
    expect(spans).to.deep.equal([
      [1, 1, 'FROM a'],
      [3, 4, 'RUN b \\\n  c'],
      [5, 5, 'CMD d'],
    ])
  })

  describe('cuts keyword, flags and operands', () => {
    const cases: readonly (readonly [line: string, keyword: string, flags: readonly string[], text: string])[] = [
      ['run\t\v\fa  b ', 'RUN', [], 'a  b'],
      ['COPY --from=x --chown="a b" --chmod=0\\ 7 c d', 'COPY', ['--from=x', '--chown=a b', '--chmod=0 7'], 'c d'],
      ['RUN --mount=type=cache -- --a b', 'RUN', ['--mount=type=cache'], '--a b'],
      ['RUN -- a', 'RUN', [], 'a'],
      ['RUN --x', 'RUN', ['--x'], ''],
      ['RUN', 'RUN', [], ''],
    ]
    for (const [line, keyword, flags, text] of cases)
      it(JSON.stringify(line), () => {
        const [one] = read(line).instructions
        expect([one?.keyword, one?.flags.map((flag) => flag.text), one?.text]).to.deep.equal([keyword, flags, text])
      })
  })

  describe('reads JSON form', () => {
    const cases: readonly (readonly [text: string, json: readonly string[] | undefined])[] = [
      ['["a","b c"]', ['a', 'b c']],
      ['  [ "a" , "\\u0041\\t" ]', ['a', 'A\t']],
      ["['a']", undefined],
      ['["a",]', undefined],
      ['["c:\\windows\\x"]', undefined],
      ['["a"] b', undefined],
      ['[]', []],
      ['a', undefined],
    ]
    for (const [text, json] of cases)
      it(text, () => expect(read(`RUN ${text}`).instructions[0]?.json).to.deep.equal(json))

    it('ignores text after the array before frontend 1.9', () => {
      expect(read('RUN ["a"] b', 'frontend@1.8').instructions[0]?.json).to.deep.equal(['a'])
      expect(read('RUN ["a"] b', 'classic@27.0').instructions[0]?.json).to.deep.equal(['a'])
      expect(read('RUN ["a"] b', 'classic@27.1').instructions[0]?.json).to.equal(undefined)
    })

    it('refuses members that are no strings', () => {
      expect(read('RUN ["a",1]').problems.map(({ refuses }) => refuses)).to.deep.equal([true])
    })
  })

  describe('reads here-documents', () => {
    const cases: readonly (readonly [source: string, bodies: readonly (readonly [string, string, boolean])[]])[] = [
      ['RUN <<EOF\na\n# b\nEOF\nRUN c', [['EOF', 'a\n# b\n', true]]],
      ['RUN <<"EOF"\na\\\nEOF', [['EOF', 'a\\\n', false]]],
      ["RUN <<E'O'F\na\nEOF", [['EOF', 'a\n', false]]],
      ['RUN <<-EOF\n\ta\n\t\tEOF\n', [['EOF', '\ta\n', true]]],
      [
        'RUN cat 3<<A <<B\n1\nA\n2\nB',
        [
          ['A', '1\n', true],
          ['B', '2\n', true],
        ],
      ],
      ['RUN cat << EOF\nx\nEOF', [['EOF', 'x\n', true]]],
      ["RUN echo 'x <<EOF y'\nRUN z", []],
      ['RUN ["<<EOF"]\nRUN z', []],
      ['ONBUILD RUN <<E\nx\nE', [['E', 'x\n', true]]],
      ['ENV A=<<EOF', []],
      ['RUN <<EOF\r\na\r\nEOF\r\n', [['EOF', 'a\r\n', true]]],
    ]
    for (const [source, bodies] of cases)
      it(JSON.stringify(source), () => {
        const found = read(source).instructions[0]?.heredocs.map(({ name, body, expand }) => [name, body, expand])
        expect(found).to.deep.equal(bodies)
      })

    it('takes body lines for instructions where they are not known', () => {
      expect(lines('RUN <<EOF\na\nEOF', 'buildkit@0.9')).to.deep.equal(['RUN <<EOF', 'a', 'EOF'])
      expect(lines('RUN <<EOF\na\nEOF', 'buildah@1.28')).to.deep.equal(['RUN <<EOF', 'a', 'EOF'])
    })

    it('wants no blank before the name in front of frontend 1.16', () => {
      expect(read('RUN cat << EOF\nRUN x', 'frontend@1.15').instructions).to.have.length(2)
    })

    it('refuses one without an end', () => {
      expect(read('RUN <<EOF\na').problems[0]?.message).to.equal('unterminated heredoc')
    })
  })

  describe('refuses', () => {
    for (const [source, message] of [
      ['', 'file with no instructions'],
      ['# only\n# comments', 'file with no instructions'],
      ['# escape=x\nFROM a', "invalid ESCAPE 'x'. Must be ` or \\"],
      ['# escape=`\n# escape=`\nFROM a', 'only one escape parser directive can be used'],
      [`RUN ${'x'.repeat(70000)}`, 'line greater than the longest allowed, 65535 bytes'],
    ] as const)
      it(JSON.stringify(source.slice(0, 40)), () => expect(read(source).problems[0]?.message).to.equal(message))
  })

  it('keeps comments for pragmas, those inside an instruction too', () => {
    expect(read('# one\nRUN a \\\n # two\n b\n#three').comments.map(({ text }) => text)).to.deep.equal([
      ' one',
      ' two',
      'three',
    ])
  })

  it('reads anything without throwing', () => {
    for (const source of ['\0', '\ud800', '\\', '<<', 'RUN <<', '\r\r\n', '"', 'FROM', '--', ' --\n', '[', 'RUN ['])
      expect(() => read(source), JSON.stringify(source)).not.to.throw()
  })
})
