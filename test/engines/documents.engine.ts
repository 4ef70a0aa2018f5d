/** What we write for other programs, read by those programs' own checkers. Needs npm's registry and PyPI. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { has, missed, must, put, run, unreached } from '../tools/programs.ts'
import { root } from '../tools/truth.ts'

const stratigraph = [process.execPath, join(root, 'dist/stratigraph.cjs')]

/** One finding of many kinds: with bytes and without, on several lines, with fixes, with what a builder refuses. */
const dockerfiles = {
  Dockerfile: `FROM debian:bookworm-slim AS Base
MAINTAINER somebody
ENV KEY=v TOKEN=ghp_0123456789abcdefghijklmnopqrstuvwxyz
RUN apt-get update \\
    && apt-get install -y curl
RUN rm -rf /var/lib/apt/lists/*
RUN dd if=/dev/zero of=/a%b bs=1M count=3
RUN chmod 600 '/a%b'
`,
  'with space/ünïcode.dockerfile':
    'FROM alpine:3.20\r\nRUN echo "😀" > /a; dd if=/dev/zero of=/b bs=1M count=2\r\nRUN rm /b\r\n',
  'broken.dockerfile': 'FROM alpine:3.20\nCOPY\n',
  'empty.dockerfile': '',
}

/** One rule of the validator asks the network whether addresses answer. */
const offline = `<?xml version="1.0" encoding="utf-8"?>
<Properties>
  <Properties Key="SARIF2006.UrisShouldBeReachable.Options"><Property Key="RuleEnabled" Value="Disabled" /></Properties>
</Properties>
`

describe('documents for other programs', function () {
  this.timeout(900_000)
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'documents-'))
    for (const [name, text] of Object.entries(dockerfiles)) put(join(folder, name), text)
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  describe('SARIF', () => {
    let validator = ''
    before(function () {
      if (process.platform !== 'linux' || process.arch !== 'x64') {
        missed('the validator of SARIF, it is a program for Linux on x64')
        return this.skip()
      }
      const tool = join(folder, 'validator')
      put(join(tool, 'package.json'), '{ "private": true }\n')
      const install = ['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts']
      const { status, out, err } = run(tool, [...install, '@microsoft/sarif-multitool-linux@5.7.0'])
      if (status !== 0 && unreached.test(err)) {
        missed('the validator of SARIF, npm does not reach its registry')
        return this.skip()
      }
      expect(status, out + err).to.equal(0)
      validator = join(tool, 'node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool')
      must(tool, ['chmod', 'u+x', validator])
    })

    it('is valid by its schema and by the rules of code scanning', () => {
      const { err } = run(folder, [...stratigraph, 'lint', '--format', 'sarif=lint.sarif'])
      expect(err).to.include('broken.dockerfile:2')
      const results = JSON.parse(readFileSync(join(folder, 'lint.sarif'), 'utf8')).runs[0].results
      expect(results).to.have.length.above(8)
      const kinds = ['--config', 'offline.xml', '--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning']
      put(join(folder, 'offline.xml'), offline)
      const env = {
        DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1',
        DOTNET_BUNDLE_EXTRACT_BASE_DIR: join(folder, 'extracted'),
      }
      const { status, out } = run(folder, [validator, 'validate', 'lint.sarif', ...kinds], env)
      expect(status, out).to.equal(0)
      // There is no site to point to, and the rule above is off.
      const known = /informationUri|RuleExplicitlyDisabled/
      const told = out.split('\n').filter((line) => /: (error|warning) /.test(line) && !known.test(line))
      expect(told).to.deep.equal([])
      expect(out).to.include('Analysis completed successfully')
    })
  })

  describe('what the README has to copy', () => {
    const snippets = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^```yaml\n(.*?)^```$/gms)].map(
      ([, text = '']) => text,
    )
    const snippet = (start: string): string => {
      const found = snippets.filter((text) => text.startsWith(start))
      expect(found).to.have.length(1)
      return found[0]!
    }

    it('is a configuration of pre-commit, and our hooks are a manifest', function () {
      if (!has('pre-commit')) {
        missed('the configuration of pre-commit, there is no pre-commit')
        return this.skip()
      }
      put(join(folder, 'hooks.yaml'), snippet('repos:'))
      expect(must(folder, ['pre-commit', 'validate-config', 'hooks.yaml'])).to.equal('')
      expect(must(folder, ['pre-commit', 'validate-manifest', join(root, '.pre-commit-hooks.yaml')])).to.equal('')
    })

    it('is a workflow for GitHub and a job for GitLab', function () {
      const site = join(folder, 'site')
      const pip = ['python3', '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', site]
      const { status, err } = run(folder, [...pip, 'check-jsonschema==0.39.0'])
      if (status !== 0) {
        missed(`the schemas of CI services, pip does not get them: ${err.trim().split('\n').at(-1)}`)
        return this.skip()
      }
      const check = (schema: string, file: string): string =>
        must(folder, ['python3', '-m', 'check_jsonschema', '--builtin-schema', schema, file], { PYTHONPATH: site })
      put(join(folder, 'workflow.yaml'), snippet('on: pull_request'))
      put(join(folder, 'job.yaml'), snippet('dockerfiles:'))
      expect(check('vendor.github-workflows', 'workflow.yaml')).to.include('ok')
      expect(check('vendor.gitlab-ci', 'job.yaml')).to.include('ok')
    })
  })
})
