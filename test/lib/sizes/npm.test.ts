import { expect } from 'chai'
import type { Entry } from '../../../lib/model.ts'
import { type NpmRequest, npmGlobal, npmInstall } from '../../../lib/sizes/npm.ts'
import type { Stored } from '../../../lib/sizes/stored.ts'
import { measure } from '../../../lib/unionfs/measure.ts'
import { runBuilds, runContext } from '../../tools/truth-run.ts'

const linux = { os: 'linux', cpu: 'x64', libc: 'glibc' } as const
const request = (lock: object | string, more: Partial<NpmRequest> = {}): NpmRequest => ({
  lock: typeof lock === 'string' ? lock : JSON.stringify(lock),
  verb: 'ci',
  omitDev: false,
  platform: linux,
  folder: '/app',
  cache: '/root/.npm',
  ...more,
})

const resolved = 'https://packages.example.i/x.tgz'
const lockOf = (packages: object): object => ({
  name: 'a',
  lockfileVersion: 3,
  requires: true,
  packages: { '': {}, ...packages },
})

const at = (stored: readonly Stored[] | undefined, label: string): Stored | undefined =>
  stored?.find((one) => one.label === label)

describe('npm', () => {
  const ms = { version: '2.1.3', resolved }

  it('unpacks what the lock file names', () => {
    const packages = at(npmInstall(request(lockOf({ 'node_modules/ms': ms }))), 'npm packages')
    expect(packages?.path).to.equal('/app/node_modules')
    expect(packages?.size.basis).to.equal('resolved')
    expect(packages?.size.bytes).to.be.greaterThan(1000)
  })

  const left: readonly (readonly [what: string, entry: object, more: Partial<NpmRequest>])[] = [
    ['packages of other systems', { ...ms, os: ['darwin'] }, {}],
    ['packages not for this system', { ...ms, os: ['!linux'] }, {}],
    ['packages of other processors', { ...ms, cpu: ['arm64'] }, {}],
    ['packages of other C libraries', { ...ms, libc: ['musl'] }, {}],
    ['development dependencies', { ...ms, dev: true }, { omitDev: true }],
  ]
  for (const [what, entry, more] of left)
    it(`leaves out ${what}`, () => {
      const stored = npmInstall(request(lockOf({ 'node_modules/ms': entry }), more))
      expect(at(stored, 'npm packages')?.size.bytes).to.equal(0)
      expect(at(stored, 'npm cache')?.size.bytes).to.equal(0)
    })

  it('counts a package in two places twice, its tarball once', () => {
    const once = npmInstall(request(lockOf({ 'node_modules/ms': ms })))
    const twice = npmInstall(request(lockOf({ 'node_modules/ms': ms, 'node_modules/b/node_modules/ms': ms })))
    expect(at(twice, 'npm packages')?.size.bytes).to.equal((at(once, 'npm packages')?.size.bytes ?? 0) * 2)
    expect(at(twice, 'npm cache')?.size.bytes).to.equal(at(once, 'npm cache')?.size.bytes)
  })

  it('says what it does not know', () => {
    const stored = npmInstall(request(lockOf({ 'node_modules/no-such': { version: '1.0.0', resolved } })))
    expect(at(stored, 'npm packages')?.size).to.include({ bytes: null, basis: 'unknown' })
  })

  it('keeps packages for development apart', () => {
    const lock = lockOf({ 'node_modules/ms': ms, 'node_modules/react': { version: '1.0.0', resolved, dev: true } })
    const labels = (more: Partial<NpmRequest>) => npmInstall(request(lock, more))?.map(({ label }) => label)
    expect(labels({})).to.include('npm development packages')
    expect(labels({ omitDev: true })).not.to.include('npm development packages')
    const alone = at(npmInstall(request(lockOf({ 'node_modules/ms': ms }))), 'npm packages')
    expect(at(npmInstall(request(lock)), 'npm packages')?.size).to.deep.equal(alone?.size)
  })

  it('does not count what lies in another tarball, nor folders of the project', () => {
    const entries = { 'node_modules/ms': ms, 'node_modules/ms/node_modules/react': { ...ms, inBundle: true } }
    const workspace = { 'packages/a': { version: '1.0.0' }, 'node_modules/a': { resolved: 'packages/a', link: true } }
    const bytes = (packages: object) => at(npmInstall(request(lockOf(packages))), 'npm packages')?.size.bytes
    expect(bytes({ ...entries, ...workspace })).to.equal(bytes({ 'node_modules/ms': ms }))
  })

  it('fetches metadata once for each name where the lock file does not say where tarballs lie', () => {
    const cache = (packages: object) => at(npmInstall(request(lockOf(packages))), 'npm cache')?.size.bytes ?? 0
    const bare = { version: '2.1.3' }
    const extra = cache({ 'node_modules/ms': bare }) - cache({ 'node_modules/ms': ms })
    expect(extra).to.be.within(20_000, 50_000)
    const again = { 'node_modules/ms': bare, 'node_modules/a/node_modules/ms': { version: '2.1.2' } }
    const other = { 'node_modules/ms': ms, 'node_modules/a/node_modules/ms': { version: '2.1.2', resolved } }
    expect(cache(again) - cache(other)).to.equal(extra)
  })

  it('writes the lock file again only with install', () => {
    const paths = (verb: NpmRequest['verb']) => npmInstall(request(lockOf({}), { verb }))?.map(({ path }) => path)
    expect(paths('ci')).not.to.include('/app/package-lock.json')
    expect(paths('install')).to.include('/app/package-lock.json')
  })

  for (const text of ['', '{', 'null', '[]', '{"lockfileVersion":2,"dependencies":{}}', '{"packages":null}'])
    it(`is no lock file: ${JSON.stringify(text)}`, () => expect(npmInstall(request(text))).to.equal(undefined))

  describe('with a lock file of version 1', () => {
    const text = JSON.stringify({
      name: 'a',
      lockfileVersion: 1,
      dependencies: {
        react: { version: '18.2.0', resolved, dependencies: { ms: { version: '2.1.3', resolved, dev: true } } },
        ms: {
          version: '2.1.3',
          resolved,
          requires: { react: '1' },
          dependencies: { x: { version: '1', bundled: true } },
        },
        odd: 1,
      },
    })
    const stored = (more: Partial<NpmRequest> = {}) => npmInstall(request(text, more))
    const bytes = (label: string, more?: Partial<NpmRequest>) => at(stored(more), label)?.size.bytes ?? 0

    it('installs packages in packages, those for development apart', () => {
      const flat = { 'node_modules/react': { version: '18.2.0', resolved }, 'node_modules/ms': ms }
      const same = at(npmInstall(request(lockOf(flat))), 'npm packages')?.size.bytes ?? 0
      expect(bytes('npm packages')).to.equal(same)
      expect(bytes('npm development packages')).to.be.greaterThan(0)
      expect(bytes('npm development packages', { omitDev: true })).to.equal(0)
    })

    it('asks for the metadata of each, but not before npm 7, which keeps no lock file of its own and no log', () => {
      expect(bytes('npm cache') - bytes('npm cache', { old: true })).to.be.greaterThan(100_000)
      const paths = stored({ old: true })?.map(({ path }) => path)
      expect(paths).not.to.include('/app/node_modules/.package-lock.json')
      expect(at(stored({ old: true }), 'npm logs')).to.equal(undefined)
    })

    it('asks again to prune, and writes both lock files', () => {
      const pruned = stored({ verb: 'prune', omitDev: true })
      expect(at(pruned, 'npm cache')?.size.bytes).to.be.within(1000, 5000)
      expect(pruned?.map(({ path }) => path)).to.include('/app/package-lock.json')
    })
  })

  it('takes odd entries as they are', () => {
    const odd = { a: null, b: 1, 'node_modules/ms': { version: 3, os: 7, bin: 'x', resolved: 1 } }
    expect(npmInstall(request(lockOf(odd)))).to.be.an('array')
  })

  it('installs globally what is measured', () => {
    expect(npmGlobal(['typescript@5.6.3'], '/usr/local', '/root/.npm')?.[0]?.size.bytes).to.equal(22_437_312)
    const other = npmGlobal(['typescript@5.6.99'], '/usr/local', '/root/.npm')?.[0]?.size
    expect(other?.bytes).to.be.closeTo(22_437_312, 3e6)
    expect(other?.high).to.be.greaterThan(23_000_000)
    for (const id of ['no-such@1.0.0', 'typescript@1.5.3', 'express@5.1.0'])
      expect(npmGlobal([id], '/usr/local', '/root/.npm'), id).to.equal(undefined)
  })
})

const entryOf = ({ path, ...one }: Stored): Entry => ({ path, mode: null, uid: null, gid: null, link: null, ...one })

describe('recorded npm rows', () => {
  const builds = runBuilds().filter(({ context }) => context?.lock !== undefined)
  if (builds.length === 0) it('are not at hand')
  for (const build of builds)
    for (const { instruction, classic } of build.rows) {
      if (!/^RUN npm (ci|install)/.test(instruction) || / -g/.test(instruction)) continue
      it(`${build.id}: ${instruction}`, () => {
        const stored = npmInstall(
          request(Buffer.from(runContext(build).read('package-lock.json')).toString(), {
            verb: instruction.includes(' ci') ? 'ci' : 'install',
            omitDev: /--omit=dev|--production/.test(instruction),
          }),
        )
        const gone = /rm -rf ~\/\.npm/.test(instruction)
          ? /^npm (cache|logs)$/
          : /cache clean/.test(instruction)
            ? /^npm cache$/
            : /^none$/
        const size = measure((stored ?? []).filter(({ label }) => !gone.test(label ?? '')).map(entryOf), 'classic')
        expect(size.bytes! / classic).to.be.within(0.995, 1.005)
        expect(classic).to.be.within(size.low, size.high!)
      })
    }
})
