import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { flags } from '../../cli/flags.ts'
import { run } from '../../cli/program.ts'
import { folderWith } from './folder.ts'
import { recordedWorld } from './world.ts'

const folder = folderWith({
  'app/Dockerfile': 'FROM scratch\nARG V=1\nENV V=$V\nLABEL of=app\nCOPY a.txt /\nCMD ["x"]\n',
  'app/a.txt': 'twelve bytes',
  'app/other.dockerfile': 'FROM scratch\nENV OTHER=1\n',
  'wrong/Dockerfile': 'FROM scratch\nENV A=1\nFRM x\n',
  'base/Dockerfile': 'FROM scratch\nENV BASE=1\nCMD ["b"]\n',
  'mid/Dockerfile': 'FROM company/base:1\nENV MID=1\n',
  'top/Dockerfile': 'FROM company/mid\nENV TOP=1\n',
  'round/Dockerfile': 'FROM company/round\nENV R=1\n',
  'configured/.stratigraph.yaml':
    'builder: classic\nbuild-args: { V: "3" }\nbases: { company/base: ../base }\ntarget: two\n',
  'configured/Dockerfile':
    'FROM company/base:latest AS one\nARG V\nENV W=$V\nFROM company/base AS two\nENV TWO=$V\nFROM scratch\n',
  'bad-config/.stratigraph.yaml': 'builder: dockr\n',
  'bad-config/Dockerfile': 'FROM scratch\n',
  'unknown/Dockerfile': 'FROM company/nobody-knows:1\nENV A=1\n',
  'named/Dockerfile': 'FROM scratch\nCOPY --from=more m.txt /\n',
  'more/m.txt': 'm',
  'wrapped/Dockerfile': 'FROM company/base\nENV WRAPPED=1\n',
  'a/Dockerfile': 'FROM company/b\n',
  'b/Dockerfile': 'FROM company/a\n',
  'bad-below/Dockerfile': 'FROM scratch\nFRM\n',
})

async function history(argv: string, more: Parameters<typeof recordedWorld>[1] = {}) {
  const world = recordedWorld(folder, more)
  const code = await run(['history', ...argv.split(' ').filter(Boolean)], world)
  return { code, out: world.printed(), err: world.complained() }
}

/** created_by of each row, newest first. */
const rowsOf = async (argv: string, more = {}) => {
  const { out, err, code } = await history(`${argv} --no-trunc --format {{.CreatedBy}}`, more)
  expect(err, argv).to.equal('')
  expect(code, argv).to.equal(0)
  return out.trimEnd().split('\n')
}

describe('history of a Dockerfile', () => {
  const app = ['CMD ["x"]', 'COPY a.txt / # buildkit', 'LABEL of=app', 'ENV V=1', 'ARG V=1']
  const cases: readonly (readonly [argv: string, rows: readonly string[], more?: object])[] = [
    ['app', app],
    ['app/Dockerfile', app],
    ['--file app/Dockerfile app', app],
    ['app -f app/other.dockerfile', ['ENV OTHER=1']],
    ['- --context app', ['ENV IN=1'], { input: 'FROM scratch\nENV IN=1\n' }],
    ['app --build-arg V=2', ['CMD ["x"]', 'COPY a.txt / # buildkit', 'LABEL of=app', 'ENV V=2', 'ARG V=2']],
    [
      'app --build-arg V',
      ['CMD ["x"]', 'COPY a.txt / # buildkit', 'LABEL of=app', 'ENV V=env', 'ARG V=env'],
      { env: { V: 'env' } },
    ],
    ['app --build-arg V', app],
    ['base --builder classic', ['/bin/sh -c #(nop)  CMD ["b"]', '/bin/sh -c #(nop)  ENV BASE=1']],
    ['top --base company/mid=mid --base company/base:1=base', ['ENV TOP=1', 'ENV MID=1', 'CMD ["b"]', 'ENV BASE=1']],
    [
      'top --base docker.io/company/mid:latest=mid --base company/base:1=base/Dockerfile',
      ['ENV TOP=1', 'ENV MID=1', 'CMD ["b"]', 'ENV BASE=1'],
    ],
    ['configured', ['/bin/sh -c #(nop)  ENV TWO=', '/bin/sh -c #(nop)  CMD ["b"]', '/bin/sh -c #(nop)  ENV BASE=1']],
    ['configured --builder buildkit --target one', ['ENV W=3', 'ARG V=3', 'CMD ["b"]', 'ENV BASE=1']],
    ['configured --no-config --base company/base=app/other.dockerfile --target two', ['ENV TWO=', 'ENV OTHER=1']],
    ['named --build-context more=more', ['COPY m.txt / # buildkit']],
    ['base --build-context company/base=docker-image://x', ['CMD ["b"]', 'ENV BASE=1']],
  ]
  for (const [argv, rows, more] of cases) it(argv, async () => expect(await rowsOf(argv, more)).to.deep.equal(rows))

  it('takes every flag of docker build', async () => {
    const ignored = flags.filter((row) => row.group === 'ignored')
    const argv = ignored.map((row) => `--${row.name}${'takes' in row ? ' x' : ''}`).join(' ')
    expect(await rowsOf(`app -t name -m 1g ${argv}`)).to.deep.equal(app)
  })

  it('prints the table docker prints', async () => {
    const { out } = await history('app')
    expect(out.split('\n')[0]).to.match(/^IMAGE +CREATED +CREATED BY +SIZE +COMMENT$/)
    expect(out).to.match(/^<predicted> +CMD \["x"\] +0B +buildkit\.dockerfile\.v0$/m)
  })

  it('a base may be built on the image it stands for', async () => {
    const { code, out, err } = await history('mid --base company/base:1=wrapped --format {{.CreatedBy}}')
    expect([code, out.split('\n').slice(0, 2)]).to.deep.equal([0, ['ENV MID=1', 'ENV WRAPPED=1']])
    expect(err).to.match(/^wrapped\/Dockerfile:1: warning: base image company\/base is not known/)
  })

  it('-q prints the IDs, --explain where rows come from', async () => {
    expect((await history('base -q')).out).to.equal('<predicted>\n<predicted>\n')
    expect((await history('base --explain')).out).to.match(/LINE +KIND +BASIS\n.* 3 +metadata/)
  })

  it('--explain says what is not known of a row', async () => {
    const basis = (line: string): Promise<{ out: string }> =>
      history('- --no-context --explain', { input: `FROM company/base\n${line}\n` })
    expect((await basis('RUN echo a >> /etc/list')).out).to.include('unknown (what was in /etc/list)')
    expect((await basis('RUN bespoke-tool')).out).to.include('unknown (what bespoke-tool stores)')
  })

  it('-o writes the table to a file', async () => {
    const { out, code } = await history('base -o table.txt')
    expect([out, code]).to.deep.equal(['', 0])
    expect(readFileSync(join(folder, 'table.txt'), 'utf8')).to.equal((await history('base')).out)
  })

  it('an unknown base is a row of its own and a diagnostic that names the ways out', async () => {
    const { code, out, err } = await history('unknown')
    expect(code).to.equal(0)
    expect(out).to.match(/ENV A=1/)
    expect(err).to.match(/^unknown\/Dockerfile:1: warning: .*company\/nobody-knows:1.*--base .*bases: .*--resolve.*\n$/)
    expect((await history('unknown --quiet')).err).to.equal('')
  })

  it('--strict makes it an error', async () => {
    const { code, out, err } = await history('unknown --strict --quiet')
    expect([code, out]).to.deep.equal([2, ''])
    expect(err).to.match(/^unknown\/Dockerfile:1: error: /)
  })

  it('a refused Dockerfile: exit 2, the place and the reason, nothing on standard output', async () => {
    const { code, out, err } = await history('wrong')
    expect([code, out]).to.deep.equal([2, ''])
    expect(err).to.match(/^wrong\/Dockerfile:3: .*FRM.*\n$/)
  })

  it('and with --format json the rows up to there', async () => {
    const { code, out } = await history('wrong --format json')
    expect(code).to.equal(2)
    expect(JSON.parse(out)).to.nested.include({ schema: 'stratigraph/history@1', 'refused.line': 3 })
  })

  it('--format json is one document', async () => {
    const document = JSON.parse((await history('app --format json')).out) as { rows: { createdBy: string }[] }
    expect(document).to.nested.include({
      schema: 'stratigraph/history@1',
      'subject.kind': 'dockerfile',
      'subject.path': 'app/Dockerfile',
      'subject.platform': 'linux/amd64',
      'builder.name': 'buildkit',
      'builder.sizeModel': 'buildkit',
      layers: 1,
      'rows[0].createdBy': 'ARG V=1',
      'rows[0].origin.line': 2,
    })
  })

  const wrong: readonly (readonly [argv: string, message: RegExp])[] = [
    ['', /^stratigraph: history wants a subject.*\(stratigraph history \.\)\n$/],
    ['app base', /^stratigraph: history takes one subject/],
    ['nowhere', /^stratigraph: nowhere: no such file or folder\n$/],
    ['n'.repeat(300), /^stratigraph: n+: name too long\n$/],
    ['bad-config', /^bad-config\/\.stratigraph\.yaml:1:10: builder: .*no such builder/],
    ['app --builder dockr', /^stratigraph: --builder dockr: no such builder/],
    ['app --platform a/b/c/d', /^stratigraph: platform a\/b\/c\/d/],
    ['app --platform linux/amd64,linux/arm64', /one platform at a time \(--platform linux\/amd64\)/],
    ['app --size-model dvie', /--size-model dvie: not one of/],
    ['app --context nowhere', /nowhere: .*no such file/],
    ['app --build-context x=nowhere', /nowhere: .*no such file/],
    ['app -o type=docker,dest=x.tar', /-o type=docker,dest=x\.tar: here -o names the file/],
    ['app --base company', /--base company: not of the form REF=SUBJECT/],
    ['app --build-arg =x', /--build-arg =x: no name/],
    ['unknown --base company/nobody-knows:1=nowhere', /nowhere: no such file or folder/],
    ['unknown --base company/nobody-knows:1=-', /cannot come from standard input/],
    ['unknown --base company/nobody-knows:1=bad-below', /^bad-below\/Dockerfile:2: .*base company\/nobody-knows:1/],
    ['round --base company/round=round', /built on itself/],
    ['a --base company/a=a --base company/b=b', /a\/Dockerfile is built on itself/],
  ]
  for (const [argv, message] of wrong)
    it(`refuses ${argv || 'nothing'}`, async () => {
      const { code, out, err } = await history(argv)
      expect(err).to.match(message)
      expect(err.trimEnd()).not.to.include('\n')
      expect([code, out]).to.deep.equal([2, ''])
    })
})
