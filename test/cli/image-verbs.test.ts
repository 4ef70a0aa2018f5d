/** Verbs on images, and on predictions where both are taken. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { run } from '../../cli/program.ts'
import { dockerArchive, type Made } from '../tools/image.ts'
import { tar } from '../tools/tar.ts'
import { root } from '../tools/truth.ts'
import { folderWith } from './folder.ts'
import { recordedWorld } from './world.ts'

const base = tar([
  { name: 'etc/', type: '5' },
  { name: 'etc/passwd', data: 'root:x:0:0\n' },
  { name: 'l', type: '2', link: 'etc/passwd' },
])
const source = tar([
  { name: 'src/', type: '5' },
  { name: 'src/a', data: 'a'.repeat(1000) },
  { name: 'bin', data: 'b'.repeat(50) },
])
const end = tar([
  { name: '.wh.src' },
  { name: 'bin', data: 'b'.repeat(50), mode: 0o755 },
  { name: 'copy', data: 'b'.repeat(50) },
])
const created = '2026-11-01T12:00:00Z'
const ground = { created, created_by: 'ADD base /' }
const one: Made = {
  layers: [base, source, end],
  history: [
    ground,
    { created, created_by: 'COPY src /src' },
    { created, created_by: 'ENV A=1', empty_layer: true },
    { created, created_by: 'RUN tidy' },
  ],
  config: { Env: ['A=1'] },
  tags: ['t:1'],
}
const two: Made = {
  layers: [base, tar([{ name: 'bin', data: 'c'.repeat(50) }])],
  history: [ground, { created, created_by: 'COPY bin /bin' }],
  config: { Env: ['A=2'] },
}

const folder = folderWith({
  'one.tar': dockerArchive(one),
  'two.tar': dockerArchive(two),
  'base.tar': dockerArchive({ layers: [base], history: [ground] }),
  'lower.tar': dockerArchive({ layers: [base, source], history: [ground, { created, created_by: 'COPY src /src' }] }),
  'same/Dockerfile': 'FROM scratch\nCOPY f /f\n',
  'same/f': 'hello',
  'top/Dockerfile': 'FROM base\nRUN chown x /etc/passwd\n',
  'listed/Dockerfile': 'FROM ground\nCOPY f /f\n',
  'listed/f': 'hello',
  'brought/Dockerfile': 'FROM node:22-alpine\nRUN rm -rf /opt/yarn-v1.22.22\n',
  'rows.json': JSON.stringify({
    schema: 'stratigraph/base@1',
    name: 'ground',
    platform: 'linux/amd64',
    rows: [
      {
        createdBy: 'ADD base /',
        comment: '',
        author: '',
        emptyLayer: false,
        created,
        layer: 0,
        size: { bytes: 1000, low: 1000, high: 1000, basis: 'exact', source: 'measured' },
        unpredictable: [],
        origin: { from: 'image' },
      },
    ],
    config: {},
    files: {},
    complete: false,
  }),
  'staged/Dockerfile': [
    'FROM scratch AS build',
    'COPY big /big',
    'COPY f /big',
    'FROM build',
    'WORKDIR ..',
    'FROM scratch AS build',
    'HEALTHCHECK nonsense',
    'FROM scratch',
    'COPY f /f',
    '',
  ].join('\n'),
  'staged/big': 'b'.repeat(3000),
  'staged/f': 'hello',
  'budget/.stratigraph.yaml': 'budgets:\n  max-layers: 2\n',
  'budget/one.tar': dockerArchive(one),
})

async function stratigraph(...argv: readonly string[]) {
  // No engine answers there.
  const world = recordedWorld(folder, { env: { DOCKER_HOST: `unix://${folder}/none.sock` } })
  const code = await run(
    argv.flatMap((text) => text.split(' ')),
    world,
  )
  return { code, out: world.printed(), err: world.complained() }
}
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true })
const schemas = join(root, 'lib/report/schemas')
for (const file of readdirSync(schemas)) {
  if (file !== 'config.schema.json')
    ajv.addSchema(JSON.parse(readFileSync(join(schemas, file), 'utf8')), file.replace('.schema.json', ''))
}

/** The document, which fits its schema. */
const json = async (argv: string) => {
  const document = JSON.parse((await stratigraph(argv, '--format json')).out)
  const name = /^stratigraph\/(\w+)@1$/.exec(document.schema)?.[1] ?? ''
  expect(ajv.validate(name, document), ajv.errorsText(ajv.errors)).to.equal(true)
  return document
}

describe('waste of an image', () => {
  it('tells who wrote and who hid', async () => {
    const found = await json('waste one.tar')
    expect(found).to.nested.include({
      schema: 'stratigraph/waste@1',
      'subject.kind': 'docker-archive',
      'total.bytes': 1161,
      'visible.bytes': 111,
      'unreachable.bytes': 1050,
    })
    expect(found.pairs).to.have.lengthOf(1)
    expect(found.pairs[0]).to.deep.include({ creator: 1, killer: 3, files: 2, top: '/', more: 0 })
    expect(found.pairs[0]).to.nested.include({
      'bytes.bytes': 1050,
      'classes.deleted.bytes': 1000,
      'classes.metadata-only.bytes': 50,
      'paths[0].path': '/src/a',
    })
    expect(found.duplicates).to.deep.include({ bytes: found.duplicates[0].bytes, paths: ['/bin', '/copy'] })
    expect(found.duplicates[0].bytes.bytes).to.equal(50)
  })

  it('tells the base from what is yours, when it knows the base', async () => {
    expect((await json('waste one.tar')).pairs[0].owners).to.equal('yours/yours')
    const found = await json('waste one.tar --base ground=base.tar --base other=two.tar')
    expect(found.rows.map((r: { origin: { from: string } }) => r.origin.from)).to.deep.equal([
      'base',
      'image',
      'image',
      'image',
    ])
    expect((await json('waste one.tar --base ground=lower.tar')).pairs[0].owners).to.equal('base/yours')
  })
  it('says it in words', async () => {
    const { code, out } = await stratigraph('waste one.tar')
    expect(code).to.equal(0)
    expect(out).to.match(/^1.16kB in 3 layers, 111B visible, 1.05kB unreachable \(90.4%\)\n/)
    expect(out).to.include('written by row 1 COPY src /src').and.include('hidden by  row 3 RUN tidy')
  })

  it('shows stages that are not the target when asked, each with rows of its own', async () => {
    expect(await json('waste staged --builder buildah')).to.not.have.property('stages')
    const found = await json('waste staged --all-stages --max-wasted 1kB --builder buildah')
    expect(found).to.nested.include({ 'total.bytes': 5, 'unreachable.bytes': 0 })
    const [build, nameless, broken, ...more] = found.stages
    expect(more).to.deep.equal([])
    expect(build).to.nested.include({ line: 1, 'subject.target': 'build', 'unreachable.bytes': 3000 })
    expect(build.pairs[0].owners).to.equal('yours/yours')
    expect(build.rows[build.pairs[0].killer].createdBy).to.match(/COPY/)
    expect(nameless).to.nested.include({ line: 4, 'subject.target': '1', 'total.bytes': 3005 })
    expect(broken).to.nested.include({ line: 6, 'refused.line': 7 })
    const { code, out } = await stratigraph('waste staged --all-stages --max-wasted 1kB --builder buildah')
    expect(code).to.equal(0)
    expect(out).to.match(/^5B in 1 layer, 5B visible, 0B unreachable/)
    expect(out).to.match(/\n\nstage build, line 1, is not the target:\n3kB in \d layers, 5B visible, 3kB unreachable/)
    expect(out).to.match(/\n\nstage build, line 6, is not the target, and is refused: line 7: /)
    expect((await stratigraph('waste one.tar --all-stages')).code).to.equal(0)
  })

  it('counts the bytes of a base whose files nobody lists, and says when they are not known', async () => {
    const listed = await json('waste listed --base ground=rows.json')
    expect(listed.total).to.include({ bytes: 1005, low: 5, high: 1005, basis: 'heuristic' })
    expect(listed.visible).to.deep.equal(listed.total)
    expect((await stratigraph('waste listed --base ground=rows.json')).out).to.equal(
      '~1kB in 2 layers, ~1kB visible, 0B unreachable (~0.0%)\n  ~1kB of it in files that are not listed, taken for visible\n',
    )
    // Of what this image is known to bring, one file is not known by its size: the rows say what there is.
    const brought = await json('waste brought')
    const rows = brought.rows.reduce((all: number, row: { size: { bytes: number } }) => all + row.size.bytes, 0)
    expect(brought.total.bytes).to.equal(rows).and.be.above(100e6)
    expect(brought.visible.bytes).to.equal(rows - brought.unreachable.bytes)
    expect(brought.unreachable.bytes).to.be.above(5e6)
    const unknown = await json('waste listed')
    expect(unknown.total).to.include({ bytes: null, low: 5, high: null, basis: 'unknown' })
    expect((await stratigraph('waste listed')).out).to.equal(
      'at least 5B in 1 layer, 0B of it unreachable\n  some of it in files that are not listed, taken for visible\n',
    )
    const files = (await stratigraph('files listed --base ground=rows.json')).out
    expect(files).to.match(/\n~1kB more in files that are not listed\n$/)
  })

  const budgets: readonly (readonly [argv: string, code: number, err: RegExp])[] = [
    ['--max-wasted 1kB', 1, /max-wasted 1kB is exceeded: 1.05kB/],
    ['--max-wasted 1050', 0, /^$/],
    ['--max-wasted-percent 90', 1, /max-wasted-percent 90% is exceeded: 90.44%/],
    ['--max-layers 2', 1, /max-layers 2 is exceeded: 3/],
    ['--max-size 1161', 1, /max-size 1.16kB is exceeded/],
    ['--max-size 1171', 0, /^$/],
    ['--max-wasted many', 2, /--max-wasted many: not a size/],
  ]
  for (const [argv, code, err] of budgets) {
    it(argv, async () => {
      const found = await stratigraph('waste one.tar', argv)
      expect([found.code, err.test(found.err)], found.err).to.deep.equal([code, true])
    })
  }
  it('takes budgets of the configuration', async () =>
    expect((await stratigraph('waste budget/one.tar')).code).to.equal(1))
  it("tells dive's figures, and keeps its thresholds", async () => {
    const found = JSON.parse((await stratigraph('waste one.tar --metric dive --format json')).out)
    expect(found.image).to.deep.include({ sizeBytes: 1161, inefficientBytes: 100 })
    expect((await stratigraph('waste one.tar --metric dive')).out).to.match(/wastedBytes: 100 bytes/)
    writeFileSync(join(folder, '.dive-ci'), 'rules:\n  highestWastedBytes: 99\n  lowest-efficiency: disabled\n')
    const broken = await stratigraph('waste one.tar --metric dive')
    rmSync(join(folder, '.dive-ci'))
    mkdirSync(join(folder, '.dive-ci'))
    const unread = await stratigraph('waste one.tar --metric dive')
    rmSync(join(folder, '.dive-ci'), { recursive: true })
    expect([unread.code, unread.err]).to.deep.equal([2, 'stratigraph: .dive-ci: illegal operation on a folder\n'])
    expect([broken.code, broken.err]).to.deep.equal([1, '.dive-ci: error: highestWastedBytes 99: it is 100\n'])
  })
  it('of a prediction too', async () => {
    expect(await json('waste same')).to.nested.include({
      'total.bytes': 5,
      'unreachable.bytes': 0,
      'subject.kind': 'dockerfile',
    })
  })
})

describe('files of an image', () => {
  it('lists what is seen', async () => {
    const found = await json('files one.tar')
    expect(found.files.map((f: { path: string }) => f.path)).to.deep.equal([
      '/bin',
      '/copy',
      '/etc',
      '/etc/passwd',
      '/l',
    ])
    expect(found.files[0]).to.deep.include({ path: '/bin', type: 'file', mode: '0755', layer: 2, row: 3, label: null })
  })
  it('lists one layer, marks included', async () => {
    const found = await json('files one.tar --layer 2')
    expect(found).to.deep.include({ schema: 'stratigraph/layer@1', layer: 2, row: 3 })
    expect(found.entries.map((e: { path: string; type: string }) => `${e.type} ${e.path}`)).to.deep.equal([
      'whiteout /src',
      'file /bin',
      'file /copy',
    ])
  })
  it('follows a path', async () => {
    const found = await json('files one.tar /bin')
    expect(found).to.nested.include({ schema: 'stratigraph/path@1', path: '/bin', 'copyUp.bytes': 50 })
    expect(found.versions.map((v: { state: string; layer: number }) => [v.state, v.layer])).to.deep.equal([
      ['visible', 2],
      ['hidden', 1],
    ])
    expect((await stratigraph('files one.tar bin')).out).to.match(/visible +0755 +50B +2 +row 3 RUN tidy\n/)
    expect((await stratigraph('files one.tar /none')).out).to.equal('/none: in no layer\n')
  })
  it('adds up folders', async () => {
    const { out } = await stratigraph('files one.tar --depth 1 --sort size')
    expect(
      out
        .split('\n')
        .slice(1, 3)
        .map((line) => line.split(/ +/).slice(-3).join(' ')),
    ).to.deep.equal(['50B 2 /bin', '50B 2 /copy'])
    expect(out).to.match(/11B +0 +\/etc\/\n/)
  })
  it('counts folders from the one that is listed', async () => {
    const listed = async (argv: string) =>
      (await stratigraph(argv)).out
        .split('\n')
        .slice(1, -1)
        .map((line) => line.trim().split(/ +/).slice(-3).join(' '))
    expect(await listed('files one.tar --depth 0')).to.deep.equal(['111B 0 /'])
    expect(await listed('files one.tar /etc --all --depth 0')).to.deep.equal(['11B 0 /etc/'])
    expect(await listed('files one.tar /etc --all --depth 1')).to.deep.equal(['11B 0 /etc/', '11B 0 /etc/passwd'])
  })
  it('knows its formats, as all verbs do', async () => {
    for (const verb of ['files', 'waste', 'compare two.tar', 'base', 'squash -o x.tar']) {
      const { code, out, err } = await stratigraph(`${verb} one.tar --format xml`)
      expect([code, out, existsSync(join(folder, 'x.tar'))], verb).to.deep.equal([2, '', false])
      expect(err, verb).to.match(/^stratigraph: --format xml: not one of (?:table, )?json\n$/)
    }
  })
  it('refuses what is not there', async () => {
    expect(await stratigraph('files one.tar --layer 3')).to.deep.include({ code: 2, out: '' })
    expect(await stratigraph('files one.tar --depth x')).to.deep.include({ code: 2, out: '' })
    expect(await stratigraph('files one.tar /a /b')).to.deep.include({ code: 2, out: '' })
  })
})

describe('compare', () => {
  it('finds what differs', async () => {
    const found = await json('compare one.tar two.tar')
    expect(found.rows.map((r: { status: string }) => r.status)).to.deep.equal(['equal', 'changed', 'only-a', 'only-a'])
    expect(found.config).to.deep.equal([{ key: 'Env', a: ['A=1'], b: ['A=2'] }])
    expect(
      found.files.map((f: { path: string; status: string; what: string[] }) => [f.status, f.path, ...f.what]),
    ).to.deep.equal([
      ['changed', '/bin', 'content', 'mode'],
      ['removed', '/copy'],
    ])
    expect(found).to.nested.include({
      'layers.shared[0].a': 0,
      'layers.onlyA.length': 2,
      'layers.onlyB[0].b': 1,
      'pull.bytes': 50,
    })
  })
  it('what A has need not come, however often B has it', async () => {
    writeFileSync(join(folder, 'thrice.tar'), dockerArchive({ layers: [base, source, base, source, base] }))
    const found = await json('compare base.tar thrice.tar')
    expect(found).to.nested.include({ 'pull.bytes': 1050, 'layers.shared.length': 3, 'layers.onlyB.length': 2 })
  })
  it('links differ by where they lead, not by a mode that no system keeps', async () => {
    const link = (mode: number) => tar([{ name: 'l', type: '2', link: 'etc/passwd', mode }])
    writeFileSync(join(folder, 'link1.tar'), dockerArchive({ layers: [link(0o777)] }))
    writeFileSync(join(folder, 'link2.tar'), dockerArchive({ layers: [link(0o644)] }))
    expect((await json('compare link1.tar link2.tar')).files).to.deep.equal([])
  })
  it('says it in words', async () => {
    const { out } = await stratigraph('compare one.tar two.tar')
    expect(out.split('\n').map((line) => line.trimEnd())).to.deep.equal([
      'A: one.tar',
      'B: two.tar',
      '',
      '          A         B         DELTA     CREATED BY',
      '=         11B       11B                 ADD base /',
      '~         1.05kB    50B       -1kB      COPY bin /bin',
      '                                        was COPY src /src',
      '-         0B                            ENV A=1',
      '-         100B                          RUN tidy',
      '          1.16kB    61B       -1.1kB    all rows',
      '',
      'rows: 1 equal, 1 changed, 2 only in A',
      'configuration: 1 setting differs',
      '  - Env A=1',
      '  + Env A=2',
      'files: 0 added, 1 removed, 1 changed',
      '  ~ /bin  50B  content, mode',
      '  - /copy  50B',
      'layers: 1 shared, 2 only in A, 1 only in B',
      'a pull of B where A is there: 50B, uncompressed',
      '',
    ])
    const same = (await stratigraph('compare one.tar one.tar --human=false')).out
    expect(same).to.match(
      /\n +1161 +1161 +all rows\n\nrows: 4 equal\nconfiguration: the same\nfiles: the same\nlayers: 3 /,
    )
  })
  it('shows long rows from where they part', async () => {
    const long = (end: string): Buffer =>
      dockerArchive({ layers: [base], history: [{ created, created_by: `RUN ${'word '.repeat(30)}${end}` }] })
    writeFileSync(join(folder, 'long1.tar'), long('one'))
    writeFileSync(join(folder, 'long2.tar'), long('two'))
    const { out } = await stratigraph('compare long1.tar long2.tar')
    expect(out).to.match(/^~ .* …word word word word two\n +was …word word word word one *$/m)
  })
  it('says so by its exit code when asked', async () => {
    expect((await stratigraph('compare one.tar two.tar')).code).to.equal(0)
    expect((await stratigraph('compare one.tar two.tar --exit-code')).code).to.equal(1)
    expect((await stratigraph('compare one.tar one.tar --exit-code')).code).to.equal(0)
    expect((await stratigraph('compare one.tar two.tar base.tar --exit-code')).code).to.equal(2)
  })
  it('sets a prediction beside reality', async () => {
    const { out } = await stratigraph('compare same two.tar')
    expect(out).to.match(/^A: same\/Dockerfile, predicted\nB: two\.tar\n/)
    expect(out).to.match(
      /\nlayers: 0 shared, 1 only in A, 2 only in B; predicted ones have no digest to be known by\n$/,
    )
    const found = await json('compare same two.tar')
    expect(found.rows.at(-1)).to.nested.include({ status: 'only-b', a: null, b: 1 })
  })
  it('shares several', async () => {
    const found = await json('compare one.tar two.tar base.tar')
    expect(
      found.images.map((i: { shared: { bytes: number }; unique: { bytes: number } }) => [
        i.shared.bytes,
        i.unique.bytes,
      ]),
    ).to.deep.equal([
      [11, 1150],
      [11, 50],
      [11, 0],
    ])
    expect(found.together.bytes).to.equal(1211)
    expect((await stratigraph('compare one.tar two.tar base.tar')).out).to.include('all together: 1.21kB')
  })
  it('wants two', async () => expect((await stratigraph('compare one.tar')).code).to.equal(2))
})

describe('squash', () => {
  it('writes a flat image and says what it came to', async () => {
    const found = await json('squash one.tar -o flat.tar')
    expect(found).to.nested.include({
      schema: 'stratigraph/squash@1',
      'before.layers': 3,
      'after.layers': 1,
      'saved.bytes': 1050,
      'sharedLost.bytes': 111,
      output: 'flat.tar',
    })
    expect(await json('waste flat.tar')).to.nested.include({ 'total.bytes': 111, 'unreachable.bytes': 0 })
    const { files } = await json('compare one.tar flat.tar')
    expect(files).to.deep.equal([])
  })
  it('keeps a base', async () => {
    expect(await json('squash one.tar -o kept.tar --keep-base --base b=base.tar')).to.nested.include({
      'after.layers': 2,
    })
    expect(await json('compare base.tar kept.tar')).to.nested.include({ 'layers.shared.length': 1 })
    expect(await stratigraph('squash one.tar -o not.tar --keep-base --base b=two.tar')).to.deep.include({ code: 2 })
    expect(existsSync(join(folder, 'not.tar'))).to.equal(false)
  })
  it('from a row on, as a layout', async () => {
    expect(await json('squash one.tar -o oci:flat --from-row 1 --compress gzip')).to.nested.include({
      'after.layers': 2,
    })
    expect(await json('history flat')).to.deep.include({ layers: 2 })
  })
  it('refuses what it cannot do', async () => {
    for (const argv of [
      'squash one.tar',
      'squash same -o x.tar',
      'squash one.tar -o x.tar --from-row x',
      'squash one.tar -o x.tar --keep-base',
      'squash one.tar -o x.tar --keep-base --from-row 1',
      'squash one.tar -o x.tar --from-row 9',
      'squash one.tar -o x.tar --from-row 1 --image-config none',
      'squash one.tar -o x.tar --image-config some',
      'squash one.tar -o x.tar --compress xz',
      'squash one.tar -o x.tar --format xml',
      'squash one.tar two.tar -o x.tar',
      'squash none.tar -o x.tar',
      'squash one.tar -o none/x.tar',
      'squash one.tar -o same',
      'squash one.tar -o docker-daemon:x.tar',
      'squash one.tar -o docker-archive:x.tar:App',
      'squash one.tar -o oci:x.tar:a//b',
    ]) {
      const { code, out, err } = await stratigraph(argv)
      expect([code, out, err.split('\n').length], argv).to.deep.equal([2, '', 2])
      expect(
        readdirSync(folder).filter((name) => name === 'x.tar' || name.includes('.part')),
        argv,
      ).to.deep.equal([])
    }
  })
  it('gives it the name it is told, or leaves it the one it had', async () => {
    const names: readonly (readonly [place: string, path: string, found: string])[] = [
      ['n1.tar', 'n1.tar', '"RepoTags":["t:1"]'],
      ['docker-archive:n2.tar:app', 'n2.tar', '"RepoTags":["app:latest"]'],
      ['docker-archive:n3.tar:host.example:5000/a/b:2', 'n3.tar', '"RepoTags":["host.example:5000/a/b:2"]'],
      ['oci:n4:edge', 'n4/index.json', '"org.opencontainers.image.ref.name":"edge"'],
      ['oci-archive:n5.tar', 'n5.tar', '"org.opencontainers.image.ref.name":"t:1"'],
      // Without it Docker loads an image that has no name.
      ['oci-archive:n6.tar', 'n6.tar', '"io.containerd.image.name":"docker.io/library/t:1"'],
      ['oci:n7:host.example/a:2', 'n7/index.json', '"io.containerd.image.name":"host.example/a:2"'],
    ]
    for (const [place, path, found] of names) {
      expect((await stratigraph(`squash one.tar -o ${place}`)).code, place).to.equal(0)
      expect(readFileSync(join(folder, path), 'latin1'), place).to.include(found)
    }
    expect(await json('history oci:n4:edge')).to.deep.include({ layers: 1 })
    expect(readFileSync(join(folder, 'n4/index.json'), 'latin1')).to.not.include('containerd')
    // Both names are one when it is read again.
    expect((await stratigraph('squash n6.tar -o n8.tar')).code).to.equal(0)
    expect(readFileSync(join(folder, 'n8.tar'), 'latin1')).to.include('"RepoTags":["t:1"]')
  })
  it('drops the configuration when told, and says bytes when told', async () => {
    const { out } = await stratigraph('squash one.tar -o bare.tar --image-config none --human=false')
    expect(out).to.match(
      /^bare\.tar: 1161 in 3 layers -> 111 in 1 layer, 1050 saved\nsha256:[0-9a-f]{64}\n.* 111 anew\n$/,
    )
    expect((await json('history bare.tar')).config).to.deep.equal({})
  })
})

describe('base', () => {
  it('tells all that a Dockerfile on top has to know', async () => {
    expect((await stratigraph('base one.tar -o one.json')).code).to.equal(0)
    const found = await json('history one.json')
    expect(found).to.deep.include({ layers: 3 })
    const document = await json('base base.tar')
    expect(document).to.deep.include({ schema: 'stratigraph/base@1', complete: true })
    expect(document.accounts).to.deep.equal({ users: { root: [0, 0] }, groups: {} })
    expect(document.files['/etc/passwd']).to.deep.include({ bytes: 11, mode: '0644' })
  })
  it('writes the same in pieces as in one', async () => {
    for (const name of ['one', 'base']) {
      const { out } = await stratigraph(`base ${name}.tar`)
      expect(out).to.equal(`${JSON.stringify(JSON.parse(out), null, 1)}\n`)
    }
    const { files, complete, ...rest } = await json('base one.tar')
    expect([Object.keys(files), complete]).to.deep.equal([['/bin', '/copy', '/etc', '/etc/passwd', '/l'], true])
    const other = await json('base two.tar')
    expect(Object.keys(rest)).to.deep.equal(Object.keys(other).filter((key) => key !== 'files' && key !== 'complete'))
  })
  it('serves a prediction as well as the image does', async () => {
    await stratigraph('base base.tar -o base.json')
    const [image, document] = [
      await json('history top --base base=base.tar'),
      await json('history top --base base=base.json'),
    ]
    const bytes = (found: { rows: { size: { bytes: number } }[] }) => found.rows.map((row) => row.size.bytes)
    expect(bytes(document)).to.deep.equal(bytes(image))
  })
})

describe('an engine that does not answer', () => {
  it('is an error for an image of its own', async () => {
    for (const verb of ['history', 'waste']) {
      const { code, out, err } = await stratigraph(`${verb} docker-daemon:t:1`)
      expect([code, out]).to.deep.equal([2, ''])
      expect(err).to.match(/none\.sock: no such socket\n$/)
    }
  })
  it('is a remark for a base, and an error where guesses are', async () => {
    const { code, out, err } = await stratigraph('history top --resolve daemon')
    expect([code, out.includes('RUN /bin/sh -c chown')]).to.deep.equal([0, true])
    expect(err).to.match(/warning: --resolve daemon: .*no such socket/)
    expect((await stratigraph('history top --resolve daemon --strict')).code).to.equal(2)
  })
})

describe('--verify', () => {
  it('reads what the verb would pass over, and finds a flipped bit there', async () => {
    const broken = dockerArchive(one)
    broken[broken.indexOf('aaaaaaaaaa')]! ^= 1
    writeFileSync(join(folder, 'broken.tar'), broken)
    for (const argv of [
      ['files', 'broken.tar'],
      ['waste', 'broken.tar'],
      ['compare', 'broken.tar', 'two.tar'],
    ]) {
      expect((await stratigraph(...argv)).code, argv[0]).to.equal(0)
      const { code, err } = await stratigraph(...argv, '--verify')
      expect([code, err.trimEnd().split('\n').length], argv[0]).to.deep.equal([2, 1])
      expect(err).to.match(/broken\.tar: .*layer\.tar: its content does not match its digest/)
    }
  })
})
