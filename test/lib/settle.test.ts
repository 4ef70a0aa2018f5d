import { expect } from 'chai'
import { chooseBuilder, memoryContext, predict } from '../../lib/index.ts'
import type { Base, Given } from '../../lib/model.ts'

const context = memoryContext({ 'a.txt': 'aaaa\n', 'd/one': '1\n' })
const nobodyKnows = (): undefined => undefined
const bare = (ref: string): Base => ({ ref, rows: [], config: {}, author: '', facts: { complete: false } })

function rows(text: string, builder: string, more: Partial<Given> = {}) {
  const { image } = predict(text, { builder: chooseBuilder(builder), context, base: nobodyKnows, ...more })
  return image.rows.map(({ createdBy, emptyLayer, size, layer }) => ({
    createdBy,
    emptyLayer,
    bytes: size.bytes,
    layer,
  }))
}

const three = 'FROM scratch\nCOPY a.txt /a\nENV A=1\nCOPY d /d\n'

describe('settle', () => {
  it('stores one layer on the last row without layers', () => {
    const found = rows(three, 'buildah@1.43', { layers: false })
    expect(found.map(({ emptyLayer }) => emptyLayer)).to.deep.equal([true, true, false])
    expect(found.at(-1)).to.include({ layer: 0, bytes: 1024 + 1024 + 512 + 1024 })
  })

  it("keeps only the last row with Buildah's --squash", () => {
    const found = rows(three, 'buildah@1.43', { squash: true })
    expect(found).to.have.length(1)
    expect(found[0]).to.include({ emptyLayer: false, layer: 0 })
  })

  it('adds a row of its own when the daemon squashes', () => {
    const { image } = predict(three, { builder: chooseBuilder('classic'), context, squash: true })
    expect(image.rows.map(({ emptyLayer }) => emptyLayer)).to.deep.equal([true, true, true, false])
    expect(image.rows.at(-1)).to.include({ createdBy: '', comment: '<unpredictable>' })
    expect(image.rows.at(-1)?.size.bytes).to.equal(7)
    expect(image.layers).to.have.length(1)
  })

  it('writes labels of the command line where the builder does', () => {
    const labels: Given['labels'] = [
      ['b', '2'],
      ['a', '1'],
    ]
    const last = (builder: string) =>
      rows('FROM scratch\nENV A=1\n', builder, { labels })
        .slice(1)
        .map(({ createdBy }) => createdBy)
    expect(last('buildkit')).to.deep.equal([])
    expect(last('classic')).to.deep.equal(['/bin/sh -c #(nop)  LABEL a=1', '/bin/sh -c #(nop)  LABEL b=2'])
    expect(last('buildah@1.43')).to.deep.equal(['/bin/sh -c #(nop) LABEL "b"="2" "a"="1"'])
    expect(last('buildah@1.28')).to.deep.equal(['/bin/sh -c #(nop) LABEL "b"="2"', '/bin/sh -c #(nop) LABEL "a"="1"'])
  })

  it('does not let one stage see the accounts that another one makes on the same ground', () => {
    const text = (name: string) => `FROM a AS ${name}\nRUN adduser -D ${name}\nRUN touch /f && chown ${name} /f\n`
    const { image } = predict(`FROM busybox AS a\nRUN adduser -D one\n${text('two')}${text('three')}`, {
      base: (ref) => ({ ...bare(ref), facts: { complete: true, files: { '/etc/passwd': { bytes: 0 } } } }),
    })
    expect(image.layers.at(-1)?.entries.find(({ path }) => path === '/f')).to.include({ uid: 1001 })
  })

  it('does not let one stage see what pip takes away in another on the same ground', () => {
    const text = 'FROM python AS a\nRUN pip install flask\nFROM a AS b\nRUN pip uninstall -y flask\nFROM a\n'
    const { image } = predict(`${text}COPY --from=b /etc/hostname /\nRUN pip install flask && echo done > /f\n`, {
      base: bare,
    })
    expect(image.layers.at(-1)?.entries.map(({ path, label }) => label ?? path)).to.deep.equal(['/f'])
  })

  it('holds the place of a base that nobody knows', () => {
    const { image, diagnostics } = predict('FROM nobody/knows:1\nENV A=1\n', { base: nobodyKnows })
    expect(image.rows[0]).to.include({ emptyLayer: null, layer: null })
    expect(image.rows[0]?.origin).to.deep.equal({ from: 'base', image: 'nobody/knows:1' })
    expect(diagnostics[0]?.message).to.match(/--base nobody\/knows:1=.*bases:.*--resolve/)
  })

  it('says that it cannot know whether a folder was there', () => {
    const text =
      'FROM bare\nRUN mkdir /opt && cd /opt && unzip x.zip && mv x-1 x && rm -rf /opt/x/bin/*\nWORKDIR /opt/x\nWORKDIR /opt/x\n'
    const flags = rows(text, 'classic@17.03', { base: bare }).map(({ emptyLayer }) => emptyLayer)
    expect(flags).to.deep.equal([false, null, true])
  })

  it("knows that a distribution's image holds nothing in folders of one's own", () => {
    const debian = (ref: string, told = ''): Base => ({
      ...bare(ref),
      rows: [{ ...predict('FROM scratch\nENV A=1\n').image.rows[0]!, createdBy: told }],
      facts: { os: { id: 'debian' }, complete: false },
    })
    const text = 'FROM x\nWORKDIR /app\nCOPY d /app/d\nRUN chmod -R 755 /app\n'
    const last = (base: (ref: string) => Base) =>
      predict(text, { builder: chooseBuilder('classic'), context, base })
        .image.rows.slice(1)
        .map(({ emptyLayer, size }) => [emptyLayer, size.high])
    expect(last(debian)).to.deep.equal([
      [false, 0],
      [false, 2],
      [false, 2],
    ])
    expect(last((ref) => debian(ref, 'RUN mkdir /app'))).to.deep.equal([
      [null, 0],
      [false, 2],
      [false, null],
    ])
    expect(last((ref) => ({ ...debian(ref), facts: { complete: false } }))[0]).to.deep.equal([null, 0])
  })

  it('leaves what an unknown program may have written where it ran in doubt', () => {
    const text = 'FROM scratch\nADD bin /bin\nWORKDIR /app\nRUN ["/bin/sh", "-c", "tool"]\nRUN chown -R 1:1 /app\n'
    const tools = memoryContext({ 'bin/sh': '\0', 'bin/tool': '\0', 'bin/chown': '\0' })
    const { image } = predict(text, { context: tools })
    expect(image.rows.at(-1)?.size).to.include({ bytes: null, high: null })
  })

  it('stores WORKDIR once in classic, always in BuildKit, never in Buildah', () => {
    const flags = (builder: string) =>
      rows('FROM scratch\nWORKDIR /a\nWORKDIR /a\nWORKDIR /\n', builder).map(({ emptyLayer }) => emptyLayer)
    expect(flags('classic')).to.deep.equal([false, true, true])
    expect(flags('buildkit')).to.deep.equal([false, false, true])
    expect(flags('buildah')).to.deep.equal([true, true, true])
  })

  it('takes the files of another stage with their rows left behind', () => {
    const text = 'FROM scratch AS one\nCOPY a.txt /x/a\nFROM scratch\nCOPY --from=one /x /y\n'
    const { image } = predict(text, { context })
    expect(image.rows.map(({ createdBy }) => createdBy)).to.deep.equal(['COPY /x /y # buildkit'])
    expect(image.layers[0]?.entries.map(({ path }) => path)).to.deep.equal(['/y', '/y/a'])
  })

  it('builds only what the target needs, except in classic', () => {
    const text = 'FROM scratch AS unused\nCOPY nope /\nFROM scratch\nENV A=1\n'
    const refused = (builder: string) => predict(text, { builder: chooseBuilder(builder), context }).refused?.line
    expect(refused('buildkit')).to.equal(undefined)
    expect(refused('classic')).to.equal(2)
  })
})
