/** The program as others get it: from a tarball in an empty project, and as a hook of the real `pre-commit`. Needs npm's registry. */

import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Done, has, missed, must, put, run, unreached } from '../tools/programs.ts'
import { root } from '../tools/truth.ts'

const clean = 'FROM alpine:3.20\nCMD ["true"]\n'
const wasteful = 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/big bs=1M count=5\nRUN rm /big\n'

describe('installed from its tarball', function () {
  this.timeout(900_000)
  let folder = ''
  before(function () {
    folder = mkdtempSync(join(tmpdir(), 'installed-'))
    put(join(folder, 'package.json'), '{ "name": "empty", "version": "1.0.0", "type": "module", "private": true }\n')
    const name = must(root, ['npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder]).trim()
    const { status, err } = run(folder, ['npm', 'install', '--no-audit', '--no-fund', `./${name}`])
    if (status !== 0 && unreached.test(err)) {
      missed('the installed package, npm does not reach its registry')
      return this.skip()
    }
    expect(err).to.not.match(/npm error/)
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('runs its verbs', () => {
    put(join(folder, 'Dockerfile'), wasteful)
    const lint = run(folder, ['npx', '--no', 'stratigraph', 'lint'])
    expect(lint.status).to.equal(1)
    expect(lint.out).to.include('Dockerfile:3:5: warning')
    expect(must(folder, ['npx', '--no', 'stratigraph', 'history', '.'])).to.match(/RUN \/bin\/sh -c rm \/big/)
    expect(must(folder, ['npx', '--no', 'stratigraph', 'rules', 'deleted-in-later-layer'])).to.include(
      '# deleted-in-later-layer',
    )
    expect(must(folder, ['npx', '--no', 'stratigraph', 'lint', '--fix'])).to.not.include('warning')
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).to.include('&& rm /big')
  })

  it('is a library with types that hold under strict settings, and need no types of Node', () => {
    const source = `import * as all from 'stratigraph'
import { chooseBuilder, type Image, memoryContext, type Prediction, predict } from 'stratigraph'
const given = { builder: chooseBuilder('buildkit'), context: memoryContext({ motd: 'hello\\n' }) }
const made: Prediction = predict('FROM scratch\\nCOPY motd /\\n', given)
const bytes: number | null = made.image.rows[0]!.size.bytes
export const said = [bytes, all.stack(made.image.layers).total.bytes]
export const image = async (at: Parameters<typeof all.openImage>[0]): Promise<Image | undefined> =>
  (await all.inspect(await all.openImage(at, all.parsePlatform('linux/amd64')), { sizeModel: 'tar', contents: 'none', verify: true })).image
export const disk: typeof all.openContext = all.openContext
`
    put(join(folder, 'use.ts'), source)
    put(join(folder, 'run.js'), "import { said } from './use.js'\nglobalThis.console.log(said.join())\n")
    const tsc = [process.execPath, join(root, 'node_modules/typescript/bin/tsc')]
    const strict =
      '--strict --noUncheckedIndexedAccess --exactOptionalPropertyTypes --skipLibCheck false --target es2022'
    // No types but those that come along: the folder has no others, and none are looked for.
    for (const way of ['--module nodenext', '--module esnext --moduleResolution bundler --noEmit']) {
      const { status, out } = run(folder, [...tsc, ...`${strict} ${way}`.split(' '), '--types', '', 'use.ts'])
      expect(out, way).to.equal('')
      expect(status, way).to.equal(0)
    }
    expect(must(folder, [process.execPath, 'run.js'])).to.equal('6,6\n')
  })

  it('brings the schemas of its documents and the pages of its rules', () => {
    const inside = join(folder, 'node_modules/stratigraph')
    expect(JSON.parse(readFileSync(join(inside, 'lib/report/schemas/lint.schema.json'), 'utf8'))).to.have.property(
      '$id',
    )
    expect(readFileSync(join(inside, 'rules/cache-left.md'), 'utf8')).to.include('cache-left')
  })
})

describe('hooks of pre-commit', function () {
  this.timeout(900_000)
  let folder = ''
  let project = ''
  // Whoever owns the clone: git shall read it.
  const env: Record<string, string> = {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
  }
  const hook = (id: string, ...files: readonly string[]): Done =>
    run(project, ['pre-commit', 'run', '--color', 'never', '--verbose', id, '--files', ...files], env)

  before(function () {
    if (!has('pre-commit') || !has('git')) {
      missed('hooks, there is no pre-commit or no git')
      return this.skip()
    }
    if (run(root, ['git', 'rev-parse', 'HEAD'], env).status !== 0) {
      missed('hooks, this is no working copy of a repository')
      return this.skip()
    }
    folder = mkdtempSync(join(tmpdir(), 'hooks-'))
    env.PRE_COMMIT_HOME = join(folder, 'cache')
    const clone = join(folder, 'clone')
    must(folder, ['git', 'clone', '--quiet', '--no-hardlinks', root, clone], env)
    const revision = must(clone, ['git', 'rev-parse', 'HEAD'], env).trim()
    project = join(folder, 'project')
    const hooks = ['lint', 'fix'].map((id) => `      - id: stratigraph-${id}\n        language_version: system\n`)
    put(
      join(project, '.pre-commit-config.yaml'),
      `repos:\n  - repo: ${clone}\n    rev: ${revision}\n    hooks:\n${hooks.join('')}`,
    )
    put(join(project, 'Dockerfile'), clean)
    put(join(project, 'bad/Dockerfile'), wasteful)
    put(join(project, 'with space/app.dockerfile'), wasteful)
    put(join(project, 'README.md'), '# no Dockerfile\n')
    must(project, ['git', 'init', '--quiet', '.'], env)
    must(project, ['git', 'add', '-A'], env)
    const { status, out, err } = run(project, ['pre-commit', 'install-hooks'], env)
    if (status !== 0 && unreached.test(out + err)) {
      missed('hooks, npm does not reach its registry')
      return this.skip()
    }
    expect(status, out + err).to.equal(0)
  })
  after(() => {
    if (folder !== '') rmSync(folder, { recursive: true, force: true })
  })

  it('pass where nothing is wasted', () => {
    const { status, out } = hook('stratigraph-lint', 'Dockerfile')
    expect(out).to.match(/stratigraph lint\.+Passed/)
    expect(status).to.equal(0)
  })

  it('are not run for other files', () => {
    const { status, out } = hook('stratigraph-lint', 'README.md')
    expect(out).to.match(/no files to check/)
    expect(status).to.equal(0)
  })

  it('fail with the place of what is wasted, names with blanks too', () => {
    const { status, out } = hook('stratigraph-lint', 'Dockerfile', 'bad/Dockerfile', 'with space/app.dockerfile')
    expect(status).to.equal(1)
    expect(out).to.match(/stratigraph lint\.+Failed/)
    expect(out).to.include('bad/Dockerfile:3:5: warning')
    expect(out).to.include('with space/app.dockerfile:3:5: warning')
  })

  it('fix, say so, and pass the next time', () => {
    const mode = statSync(join(project, 'with space/app.dockerfile')).mode
    const first = hook('stratigraph-fix', 'with space/app.dockerfile')
    expect(first.status).to.equal(1)
    expect(first.out).to.include('files were modified by this hook')
    const fixed = readFileSync(join(project, 'with space/app.dockerfile'), 'utf8')
    expect(fixed).to.equal('FROM alpine:3.20\nRUN dd if=/dev/zero of=/big bs=1M count=5 \\\n    && rm /big\n')
    expect(statSync(join(project, 'with space/app.dockerfile')).mode).to.equal(mode)
    const second = hook('stratigraph-fix', 'with space/app.dockerfile')
    expect(second.status).to.equal(0)
    expect(second.out).to.match(/stratigraph fix\.+Passed/)
  })

  it('take many files in one process', () => {
    const names = Array.from({ length: 250 }, (_, i) => `many/part ${i}/Dockerfile`)
    for (const name of names) put(join(project, name), clean)
    put(join(project, names[7]!), wasteful)
    must(project, ['git', 'add', '-A'], env)
    const { status, out } = hook('stratigraph-lint', ...names)
    expect(status).to.equal(1)
    expect(out).to.include('many/part 7/Dockerfile:3:5')
    // One summary: one process.
    expect(out.match(/many\/part \d+\/Dockerfile:3:5/g)).to.have.length(1)
  })

  it('hold a commit up', () => {
    must(project, ['pre-commit', 'install'], env)
    const name = ['-c', 'user.name=A', '-c', 'user.email=a@example.com']
    const { status, err, out } = run(project, ['git', ...name, 'commit', '-m', 'x'], env)
    expect(status, out + err).to.not.equal(0)
    expect(out + err).to.match(/stratigraph lint\.+Failed/)
  })
})
