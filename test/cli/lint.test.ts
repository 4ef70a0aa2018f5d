import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { lintOne } from '../../cli/lint/one.ts'
import { readOptions } from '../../cli/options.ts'
import { run } from '../../cli/program.ts'
import { keptLooks } from '../../lib/context.ts'
import { rules } from '../../rules/index.ts'
import { root } from '../tools/truth.ts'
import { folderWith } from './folder.ts'
import { recordedWorld } from './world.ts'

const wasteful = 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/tmp/blob bs=1M count=8\nRUN rm /tmp/blob\n'
const cured = 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/tmp/blob bs=1M count=8 \\\n    && rm /tmp/blob\n'
const good = 'FROM alpine:3.20\nRUN echo hello > /hello\n'
const hidden = 'rm /tmp/blob hides 8.39MB that line 2 wrote: the bytes stay in the image (deleted-in-later-layer)'
const stages = `FROM alpine:3.20 AS build\n${wasteful.split('\n').slice(1).join('\n')}FROM alpine:3.20 AS final\nRUN echo hello > /hello\n`
const unused = (line: number): string =>
  `ignores/Dockerfile:${line}:1: warning: there is nothing to ignore of deleted-in-later-layer (unused-ignore)\n`

// Other rules may have a word to say too; here it is about what becomes of a finding.
const config = 'rules: { all: off, deleted-in-later-layer: warning, syntax: error }\n'
const folder = folderWith({
  '.stratigraph.yaml': config,
  'bad/Dockerfile': wasteful,
  'good/Dockerfile': good,
  'many/.gitignore': 'ignored/\n*.generated.dockerfile\n!kept.generated.dockerfile\n',
  'many/.git/HEAD': '',
  'many/a/Dockerfile': wasteful,
  'many/a/Dockerfile.prod': good,
  'many/a/Dockerfile.dockerignore': 'x',
  'many/b c/web.dockerfile': wasteful,
  'many/ignored/Dockerfile': wasteful,
  'many/x.generated.dockerfile': wasteful,
  'many/kept.generated.dockerfile': wasteful,
  'many/node_modules/x/Dockerfile': wasteful,
  'many/Dockerfile/Containerfile': good,
  'stages/Dockerfile': stages,
  'ignores/Dockerfile': `FROM alpine:3.20 AS build
RUN dd if=/dev/zero of=/tmp/blob bs=1M count=8
# stratigraph ignore=deleted-in-later-layer it is not shipped
RUN rm /tmp/blob
FROM alpine:3.20 AS final
# stratigraph ignore=deleted-in-later-layer nothing is deleted
RUN echo hello > /hello
`,
  'unnamed-stages/Dockerfile': `${wasteful}FROM alpine:3.20\nCOPY --from=0 /etc/passwd /x\n`,
  'wrong/Dockerfile': 'FROM alpine:3.20\nRUM true\n',
  'template/Dockerfile': 'FROM alpine:3.20\n{% if x %}\nRUN true\n{% endif %}\n',
  'half-ignored/Dockerfile': 'FROM alpine:3.20\n# stratigraph ignore=syntax filled in later\n@PACKAGES@\nRUN2 true\n',
  'budget/.stratigraph.yaml': 'budgets: { max-wasted: 1MB }\nrules: { deleted-in-later-layer: off }\n',
  'budget/Dockerfile': wasteful,
  'overrides/.stratigraph.yaml':
    'overrides:\n  - files: ["*.prod"]\n    rules: { deleted-in-later-layer: error }\n  - targets: [quiet]\n    rules: { deleted-in-later-layer: off }\n',
  'overrides/Dockerfile.prod': wasteful,
  'overrides/Dockerfile.quiet': wasteful.replace('3.20', '3.20 AS quiet'),
  'bad-rule/.stratigraph.yaml': 'rules:\n  cache-lft: off\n',
  'bad-rule/Dockerfile': good,
  'compose/compose.yaml':
    'services:\n  web:\n    build:\n      context: app\n      dockerfile: web.dockerfile\n      target: build\n      args: { N: "${COUNT:-8}" }\n  db: { image: postgres }\n  inline:\n    build: { context: app, dockerfile_inline: "FROM alpine:3.20\\nRUM x\\n" }\n  far: { build: "https://example.org/x.git" }\n',
  'compose/app/web.dockerfile':
    'FROM alpine:3.20 AS build\nARG N=1\nRUN dd if=/dev/zero of=/tmp/blob bs=1M count=$N\nRUN rm /tmp/blob\nFROM alpine:3.20\n',
  'bake/docker-bake.hcl':
    'variable "COUNT" { default = 4 }\ngroup "default" { targets = ["web"] }\ntarget "_base" { args = { N = "${COUNT}" } }\n// a comment\ntarget "web" {\n  inherits = ["_base"]\n  dockerfile = "web.dockerfile"\n  target = "build"\n}\n',
  'bake/web.dockerfile':
    'FROM alpine:3.20 AS build\nARG N=1\nRUN dd if=/dev/zero of=/tmp/blob bs=1M count=$N\nRUN rm /tmp/blob\nFROM alpine:3.20\n',
  'bake/docker-bake.json': '{"target":{"web":{"dockerfile":"web.dockerfile","target":"build","args":{"N":"2"}}}}',
  'mono/.git/HEAD': '',
  'mono/lib/a.txt': 'a',
  'mono/services/api/Dockerfile': 'FROM alpine:3.20\nCOPY lib /lib\nCOPY ["services/api/my code", "/app/"]\n',
  'mono/services/api/my code/x': 'x',
  'mono/services/web/Dockerfile': 'FROM alpine:3.20\nCOPY nowhere /lib\n',
  'mono/compose.yaml': 'services: { web: { build: { context: ., dockerfile: services/web/Dockerfile } } }\n',
  'base/lint.json': '{}',
  'binary/Dockerfile': '\0\x01\x02\x03\n\x04\n\x05'.repeat(50),
})

async function lint(argv: readonly string[], more: Parameters<typeof recordedWorld>[1] = {}, cwd = folder) {
  const world = recordedWorld(cwd, more)
  const code = await run(['lint', ...argv], world)
  return { code, out: world.printed(), err: world.complained() }
}

describe('lint of many files', () => {
  const some = (count: number) =>
    folderWith(Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.dockerfile`, good])))

  it('says once that there are many', async () => {
    const said: string[] = []
    const longRun = () => void said.push('long')
    await lint(['.'], { longRun }, some(16))
    expect(said).to.deep.equal([])
    await lint(['.'], { longRun }, some(40))
    expect(said).to.deep.equal(['long'])
  })

  it('keeps no files of an image', async () => {
    const world = recordedWorld(folder)
    const options = readOptions(['lint', 'bad/Dockerfile'])
    const item = { file: join(folder, 'bad/Dockerfile') }
    const { images } = await lintOne(item, {
      options,
      world,
      looks: keptLooks(),
      rules,
      suggest: false,
      fixing: false,
      known: new Set(),
    })
    expect(images.map(({ layers }) => layers.length)).to.deep.equal([3])
    expect(images.flatMap(({ layers }) => layers.flatMap(({ entries }) => entries))).to.deep.equal([])
  })

  it('says in one line that a file is no text, also on standard input', async () => {
    const { code, out, err } = await lint(['binary'])
    expect([code, out, err]).to.deep.equal([
      2,
      '',
      'stratigraph: binary/Dockerfile: binary data, not a Dockerfile nor an image\n',
    ])
    const piped = await lint(['-'], { input: '\0'.repeat(100) })
    expect(piped.err).to.equal('stratigraph: -: binary data, not a Dockerfile\n')
  })
})

describe('lint', () => {
  const missing = (folder: string, path: string) => {
    const says = `failed to calculate checksum: "${path}": not found`
    const file = `mono/${folder}/Dockerfile:2`
    return { code: 2, out: `${file}:1: error: ${says} (builder-refuses)\n`, err: `${file}: ${says}\n` }
  }
  const one = (file: string, line = 3) => `${file}:${line}:5: warning: ${hidden}\n`
  const cases: readonly (readonly [
    argv: string,
    outcome: { code: number; out: string; err?: string },
    more?: object,
  ])[] = [
    ['bad', { code: 1, out: one('bad/Dockerfile') }],
    ['bad/Dockerfile', { code: 1, out: one('bad/Dockerfile') }],
    ['-f bad/Dockerfile bad', { code: 1, out: one('bad/Dockerfile') }],
    ['good', { code: 0, out: '' }],
    ['bad good', { code: 1, out: one('bad/Dockerfile') }],
    ['bad bad/Dockerfile', { code: 1, out: one('bad/Dockerfile') }],
    ['bad --fail-on error', { code: 0, out: one('bad/Dockerfile') }],
    ['bad --fail-on never', { code: 0, out: one('bad/Dockerfile') }],
    ['bad --rule deleted-in-later-layer=off', { code: 0, out: '' }],
    ['bad --rule deleted-in-later-layer=info', { code: 0, out: one('bad/Dockerfile').replace('warning', 'info') }],
    ['-', { code: 1, out: one('-') }, { input: wasteful }],
    ['- --stdin-filename bad/x.dockerfile', { code: 1, out: one('bad/x.dockerfile') }, { input: wasteful }],
    [
      'many',
      {
        code: 1,
        out: ['many/a/Dockerfile', 'many/b c/web.dockerfile', 'many/kept.generated.dockerfile']
          .map((f) => one(f))
          .join(''),
      },
    ],
    ['many/*/Dockerfile', { code: 1, out: one('many/a/Dockerfile') + one('many/ignored/Dockerfile') }],
    ['many/{a,b}/*file', { code: 1, out: one('many/a/Dockerfile') }],
    ['many/a --shard 1/2', { code: 1, out: one('many/a/Dockerfile') }],
    ['many/a --shard 2/2', { code: 0, out: '' }],
    ['stages', { code: 0, out: '' }],
    ['stages --target build', { code: 1, out: one('stages/Dockerfile') }],
    ['stages --target build --target final', { code: 1, out: one('stages/Dockerfile') }],
    ['stages', { code: 0, out: '' }],
    ['stages --verbose', { code: 0, out: '', err: `stages/Dockerfile:3:5: not shipped: ${hidden}\n` }],
    ['stages --verbose --rule deleted-in-later-layer=off', { code: 0, out: '' }],
    ['stages --verbose --target build', { code: 1, out: one('stages/Dockerfile') }],
    ['unnamed-stages --verbose', { code: 0, out: '', err: `unnamed-stages/Dockerfile:3:5: not shipped: ${hidden}\n` }],
    // Not of use for any of the targets that were asked for; about a stage that is not built, nobody asked.
    ['ignores --rule unused-ignore=warning --all-stages', { code: 1, out: unused(6) }],
    ['ignores --rule unused-ignore=warning --target build', { code: 0, out: '' }],
    ['ignores --rule unused-ignore=warning', { code: 1, out: unused(6) }],
    ['stages --all-stages', { code: 1, out: one('stages/Dockerfile') }],
    // What is copied lies above; what lies nowhere is missing beside the file, and told once.
    ['mono/services/api', { code: 0, out: '' }],
    [
      'mono/services/api --verbose',
      {
        code: 0,
        out: '',
        err: 'mono/services/api/Dockerfile: info: what it copies lies in mono, which is taken for its build context (--context DIR)\n',
      },
    ],
    ['mono/services/api --context mono/services --verbose', { code: 0, out: '' }],
    ['mono --rule builder-refuses=error', missing('services/web', '/nowhere')],
    ['mono mono/compose.yaml --rule builder-refuses=error', missing('services/web', '/nowhere')],
    ['nowhere good', { code: 2, out: '', err: 'stratigraph: nowhere: no such file or folder\n' }],
    [`good ${'n'.repeat(300)}`, { code: 2, out: '', err: `stratigraph: ${'n'.repeat(300)}: name too long\n` }],
    ['none*', { code: 2, out: '', err: 'stratigraph: none*: nothing matches\n' }],
    [
      'wrong',
      {
        code: 2,
        out: 'wrong/Dockerfile:2:1: error: unknown instruction: RUM (did you mean RUN?) (syntax)\n',
        err: 'wrong/Dockerfile:2: unknown instruction: RUM (did you mean RUN?)\n',
      },
    ],
    ['wrong --rule syntax=off', { code: 0, out: '' }],
    [
      'template',
      {
        code: 2,
        out: 'template/Dockerfile:2:1: error: unknown instruction: {%, and 1 more line that cannot be read (syntax)\n',
        err: 'template/Dockerfile:2: unknown instruction: {%\n',
      },
    ],
    [
      'half-ignored',
      {
        code: 2,
        out: 'half-ignored/Dockerfile:4:1: error: unknown instruction: RUN2 (did you mean RUN?) (syntax)\n',
        err: 'half-ignored/Dockerfile:4: unknown instruction: RUN2 (did you mean RUN?)\n',
      },
    ],
    ['budget', { code: 1, out: '', err: 'budget/Dockerfile: error: budget max-wasted 1MB is exceeded: 8.39MB\n' }],
    ['budget --max-wasted 9MB', { code: 0, out: '' }],
    ['overrides', { code: 1, out: one('overrides/Dockerfile.prod').replace('warning', 'error') }],
    [
      'bad-rule',
      { code: 2, out: '', err: 'bad-rule/.stratigraph.yaml:2:14: rules.cache-lft: cache-lft is not a rule\n' },
    ],
    [
      'compose/compose.yaml',
      {
        code: 2,
        out: `compose/app/web.dockerfile:4:5: warning: ${hidden.replace('line 2', 'line 3')}\ncompose/app (service inline):2:1: error: unknown instruction: RUM (did you mean RUN?) (syntax)\n`,
        err: 'compose/compose.yaml: service far: https://example.org/x.git is not here\ncompose/app (service inline):2: unknown instruction: RUM (did you mean RUN?)\n',
      },
    ],
    [
      'bake/docker-bake.hcl',
      {
        code: 1,
        out: `bake/web.dockerfile:4:5: warning: ${hidden.replace('line 2', 'line 3').replace('8.39', '4.19')}\n`,
      },
    ],
    [
      'bake/docker-bake.hcl',
      {
        code: 1,
        out: `bake/web.dockerfile:4:5: warning: ${hidden.replace('line 2', 'line 3').replace('8.39', '1.05')}\n`,
      },
      { env: { COUNT: '1' } },
    ],
    [
      'bake/docker-bake.json',
      {
        code: 1,
        out: `bake/web.dockerfile:4:5: warning: ${hidden.replace('line 2', 'line 3').replace('8.39', '2.1')}\n`,
      },
    ],
    [
      'bad --format sarif --format json',
      { code: 2, out: '', err: 'stratigraph: sarif and json both want standard output (--format sarif=FILE)\n' },
    ],
    [
      'bad --format sarif=out --format json=./out',
      { code: 2, out: '', err: 'stratigraph: --format: two formats want to be written to out\n' },
    ],
    ['bad --max-size many', { code: 2, out: '', err: 'stratigraph: --max-size many: not a size (500MB)\n' }],
    ['bad --max-layers 1.5', { code: 2, out: '', err: 'stratigraph: --max-layers 1.5: not a number (40)\n' }],
    [
      'bad --format prety',
      {
        code: 2,
        out: '',
        err: 'stratigraph: --format prety: not one of pretty, compact, json, jsonl, sarif, github, gitlab, checkstyle, junit, markdown (did you mean pretty?)\n',
      },
    ],
    [
      'bad --rule cache-lft=off',
      { code: 2, out: '', err: 'stratigraph: --rule cache-lft=off: no such rule (did you mean cache-left?)\n' },
    ],
    [
      'bad --shard 3/2',
      { code: 2, out: '', err: 'stratigraph: --shard 3/2: not of the form I/N with I from 1 to N\n' },
    ],
    [
      'bad --baseline base/lint.json',
      {
        code: 2,
        out: '',
        err: 'stratigraph: base/lint.json: no stratigraph/baseline@1 document (--baseline base/lint.json --update-baseline makes one)\n',
      },
    ],
  ]
  for (const [argv, { code, out, err = '' }, more] of cases)
    it(`lint ${argv}${more === undefined ? '' : ` ${JSON.stringify(more).slice(0, 40)}`}`, async () => {
      expect(await lint(argv.split(' '), more)).to.deep.equal({ code, out, err })
    })

  it('without a path: the working folder', async () => {
    const { code, out } = await lint([], {}, join(folder, 'bad'))
    expect({ code, out }).to.deep.equal({ code: 1, out: one('Dockerfile') })
  })

  it('github under GitHub Actions, pretty on a terminal', async () => {
    expect((await lint(['bad'], { env: { GITHUB_ACTIONS: 'true' } })).out).to.match(
      /^::warning file=bad\/Dockerfile,line=3,col=5,endColumn=17,/,
    )
    const printed: string[] = []
    const terminal = {
      write: (text: string | Uint8Array) => void printed.push(String(text)),
      isTerminal: () => true,
      columns: () => 80,
    }
    await lint(['bad', '--no-color'], { out: terminal })
    expect(printed.join('')).to.equal(`bad/Dockerfile
  3:5  warning  rm /tmp/blob hides 8.39MB that line 2 wrote: the bytes stay in the image  (deleted-in-later-layer)
   3 │ RUN rm /tmp/blob
     │     ^^^^^^^^^^^^
   2 │ RUN dd if=/dev/zero of=/tmp/blob bs=1M count=8
     │     ------------------------------------------ written here
     = remove it in the RUN that writes it: saves 8.39MB

  ~16.2MB, 3 layers, 8.39MB (~51.9%) wasted
`)
  })

  it('several formats at once, into files', async () => {
    const files = folderWith({ '.stratigraph.yaml': config, Dockerfile: wasteful })
    const formats = ['json=o.json', 'sarif=o.sarif', 'junit=o.xml', 'compact'].flatMap((one) => ['--format', one])
    const { code, out } = await lint(formats, {}, files)
    expect({ code, out }).to.deep.equal({ code: 1, out: one('Dockerfile') })
    const document = JSON.parse(readFileSync(join(files, 'o.json'), 'utf8')) as object
    const schema = JSON.parse(readFileSync(join(root, 'lib/report/schemas/lint.schema.json'), 'utf8')) as object
    const valid = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema)
    expect(valid(document), JSON.stringify(valid.errors)).to.equal(true)
    expect(JSON.parse(readFileSync(join(files, 'o.sarif'), 'utf8'))).to.have.property('version', '2.1.0')
    expect(readFileSync(join(files, 'o.xml'), 'utf8')).to.match(/failures="1"/)
  })

  it('a baseline hides what was there', async () => {
    const files = folderWith({ '.stratigraph.yaml': config, Dockerfile: wasteful })
    expect((await lint(['--baseline', 'b.json', '--update-baseline'], {}, files)).code).to.equal(0)
    expect(await lint(['--baseline', 'b.json'], {}, files)).to.deep.equal({ code: 0, out: '', err: '' })
    const more = folderWith({
      '.stratigraph.yaml': config,
      Dockerfile: `${wasteful}RUN dd if=/dev/zero of=/b bs=1M count=9\nRUN rm /b\n`,
      'b.json': readFileSync(join(files, 'b.json')),
    })
    const { code, out } = await lint(['--baseline', 'b.json'], {}, more)
    expect(code).to.equal(1)
    expect(out).to.match(/^Dockerfile:5:5: warning: rm \/b hides 9.44MB[^\n]*\n$/)
  })
})

describe('lint --fix', () => {
  it('writes the fixed file, and keeps its permissions', async () => {
    const files = folderWith({ '.stratigraph.yaml': config, Dockerfile: wasteful })
    chmodSync(join(files, 'Dockerfile'), 0o640)
    const { code, out, err } = await lint(['--fix'], {}, files)
    expect({ code, out, err }).to.deep.equal({
      code: 0,
      out: '',
      err: 'Dockerfile:3: fixed: remove it in the RUN that writes it (deleted-in-later-layer)\n',
    })
    expect(readFileSync(join(files, 'Dockerfile'), 'utf8')).to.equal(cured)
    expect(statSync(join(files, 'Dockerfile')).mode & 0o777).to.equal(0o640)
    expect(await lint(['--fix'], {}, files)).to.deep.equal({ code: 0, out: '', err: '' })
  })

  it('a link stays a link, and what it leads to is fixed', async () => {
    const files = folderWith({ '.stratigraph.yaml': config, 'real/app.dockerfile': wasteful })
    symlinkSync('real/app.dockerfile', join(files, 'Dockerfile'))
    await lint(['Dockerfile', '--fix'], {}, files)
    expect(lstatSync(join(files, 'Dockerfile')).isSymbolicLink()).to.equal(true)
    expect(readFileSync(join(files, 'real/app.dockerfile'), 'utf8')).to.equal(cured)
  })

  it('what is read-only or no text stays, and the others are fixed', async () => {
    const odd = Buffer.concat([Buffer.from('# \xff\n', 'latin1'), Buffer.from(wasteful)])
    const files = folderWith({
      '.stratigraph.yaml': config,
      'a/Dockerfile': wasteful,
      'b/Dockerfile': odd,
      'c/Dockerfile': wasteful,
    })
    chmodSync(join(files, 'a/Dockerfile'), 0o444)
    const { code, err } = await lint(['--fix'], {}, files)
    expect(code).to.equal(2)
    expect(err).to.include('a/Dockerfile: read-only, so it was not fixed')
    expect(err).to.include('b/Dockerfile: changed meanwhile, or not UTF-8, so it was not fixed')
    expect(err.match(/: fixed: /g)).to.have.length(1)
    expect(readFileSync(join(files, 'a/Dockerfile'), 'utf8')).to.equal(wasteful)
    expect(readFileSync(join(files, 'b/Dockerfile'))).to.deep.equal(odd)
    expect(readFileSync(join(files, 'c/Dockerfile'), 'utf8')).to.equal(cured)
  })

  it('what the baseline knows stays', async () => {
    const files = folderWith({ '.stratigraph.yaml': config, Dockerfile: wasteful })
    await lint(['--baseline', 'b.json', '--update-baseline'], {}, files)
    expect(await lint(['--fix', '--baseline', 'b.json'], {}, files)).to.deep.equal({ code: 0, out: '', err: '' })
    expect(readFileSync(join(files, 'Dockerfile'), 'utf8')).to.equal(wasteful)
  })

  it('what a comment ignores stays', async () => {
    const text = wasteful.replace('RUN rm', '# stratigraph ignore=deleted-in-later-layer on purpose\nRUN rm')
    const files = folderWith({ '.stratigraph.yaml': config, Dockerfile: text })
    await lint(['--fix'], {}, files)
    expect(readFileSync(join(files, 'Dockerfile'), 'utf8')).to.equal(text)
  })

  it('--fix-dry-run prints a diff and writes nothing', async () => {
    const files = folderWith({ '.stratigraph.yaml': config, Dockerfile: wasteful })
    const { code, out } = await lint(['--fix-dry-run', '--quiet'], {}, files)
    expect(code).to.equal(1)
    expect(out).to.equal(`--- a/Dockerfile
+++ b/Dockerfile
@@ -1,3 +1,3 @@
 FROM alpine:3.20
-RUN dd if=/dev/zero of=/tmp/blob bs=1M count=8
-RUN rm /tmp/blob
+RUN dd if=/dev/zero of=/tmp/blob bs=1M count=8 \\
+    && rm /tmp/blob
`)
    expect(readFileSync(join(files, 'Dockerfile'), 'utf8')).to.equal(wasteful)
  })

  it('--fix-dry-run shows what is for review behind a #, on top of the fixes', async () => {
    const text =
      'FROM alpine:3.20\nRUN apk add gcc make\nCOPY . /src\nRUN make -C /src install\nCMD ["/usr/local/bin/app"]\n'
    const files = folderWith({ Dockerfile: text, Makefile: 'all:\n' })
    const { out } = await lint(['--fix-dry-run', '--quiet'], {}, files)
    expect(out).to.equal(`--- a/Dockerfile
+++ b/Dockerfile
@@ -1,5 +1,5 @@
 FROM alpine:3.20
-RUN apk add gcc make
+RUN apk add --no-cache gcc make
 COPY . /src
 RUN make -C /src install
 CMD ["/usr/local/bin/app"]
# For review, not carried out by any option: Dockerfile:2: build in a stage of its own (build-tools-in-final-stage), saves at least 10.1kB
# --- a/Dockerfile
# +++ b/Dockerfile
# @@ -1,5 +1,8 @@
# -FROM alpine:3.20
# +FROM alpine:3.20 AS build
#  RUN apk add --no-cache gcc make
#  COPY . /src
#  RUN make -C /src install
# +
# +FROM alpine:3.20
# +COPY --from=build /usr/local /usr/local
#  CMD ["/usr/local/bin/app"]
`)
    await lint(['--fix', '--unsafe-fixes'], {}, files)
    expect(readFileSync(join(files, 'Dockerfile'), 'utf8')).to.not.include('AS build')
  })

  it('a text from standard input goes to standard output', async () => {
    expect((await lint(['-', '--fix', '--quiet'], { input: wasteful })).out).to.equal(cured)
  })

  it('--unsafe-fixes goes with --fix', async () => {
    expect((await lint(['bad', '--unsafe-fixes'])).code).to.equal(2)
  })
})

describe('rules and init', () => {
  const said = async (argv: readonly string[], cwd = folder) => {
    const world = recordedWorld(cwd)
    const code = await run(argv, world)
    return { code, out: world.printed(), err: world.complained() }
  }
  it('rules lists all, rules ID is the page', async () => {
    expect((await said(['rules'])).out).to.match(/^cache-left +warning +A download cache stays in the image$/m)
    const page = readFileSync(join(root, 'rules', 'syntax.md'), 'utf8')
    expect((await said(['rules', 'syntax'])).out).to.equal(page)
    expect((await said(['rules', 'DL1000'])).out).to.equal(page)
    expect(await said(['rules', 'sintax'])).to.deep.equal({
      code: 2,
      out: '',
      err: 'stratigraph: sintax: no such rule (did you mean syntax?)\n',
    })
  })

  it('init writes what is not there yet', async () => {
    const files = folderWith({})
    expect((await said(['init', 'config', 'pre-commit', 'github', 'gitlab'], files)).code).to.equal(0)
    expect(existsSync(join(files, '.github/workflows/stratigraph.yml'))).to.equal(true)
    expect((await said(['lint'], files)).code, 'the configuration is one').to.equal(0)
    expect((await said(['init'], files)).out).to.match(/^# \.stratigraph\.yaml is there already/)
    expect((await said(['init', 'x'], files)).code).to.equal(2)
  })
})
