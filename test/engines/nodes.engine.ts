/** The newer releases of Node that users have, on what differs from one to the next: its decompressors, V8's flags, memory. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { missed, run, unreached } from '../tools/programs.ts'
import { root } from '../tools/truth.ts'

const releases = ['22', '24', '26']
const suites = ['cli.test.js', 'cli/hostile-sizes.test.js', 'lib/image/*.test.js', 'lib/squash*.test.js']

describe('newer Node', function () {
  this.timeout(900_000)
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'nodes-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  for (const release of releases)
    it(`${release} passes what depends on it`, function () {
      const name = `node-${process.platform}-${process.arch}`
      const { status, err } = run(folder, [
        'npm',
        'install',
        '--no-audit',
        '--no-fund',
        '--prefix',
        release,
        `${name}@${release}`,
      ])
      if (status !== 0) {
        expect(err, 'npm').to.match(unreached)
        missed(`Node ${release}, npm does not reach its registry`)
        return this.skip()
      }
      const node = join(folder, release, 'node_modules', name, 'bin/node')
      const files = suites.map((suite) => join('dist/test', suite))
      const argv = [
        node,
        'node_modules/mocha/bin/mocha.js',
        '--no-config',
        '--timeout',
        '120000',
        '--reporter',
        'dot',
        ...files,
      ]
      const done = run(root, argv)
      expect(done.out).to.match(/ passing/)
      expect(done.status, done.out + done.err).to.equal(0)
    })
})
