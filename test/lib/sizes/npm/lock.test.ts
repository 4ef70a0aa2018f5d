import { expect } from 'chai'
import { type Chosen, directOf, installedOf, isFetched, readLock } from '../../../../lib/sizes/npm/lock.ts'

const here: Chosen = { omitDev: false, platform: { os: 'linux', cpu: 'x64', libc: 'glibc' } }
const lockOf = (packages: object) => readLock(JSON.stringify({ lockfileVersion: 3, packages }))!
const names = (packages: object, chosen: Partial<Chosen> = {}): string =>
  installedOf(lockOf(packages), { ...here, ...chosen })
    .map(([path]) => path.replace(/(^|\/)node_modules\//g, '$1'))
    .join(' ')

const wasm = { cpu: ['wasm32'], optional: true }
const one = { version: '1.0.0' }

describe('what npm installs of a lock file', () => {
  const cases: readonly (readonly [what: string, packages: object, there: string, chosen?: Partial<Chosen>])[] = [
    [
      'what only a package for other processors needs does not come',
      {
        '': { dependencies: { a: '1' } },
        'node_modules/a': { ...one, optionalDependencies: { w: '1' } },
        'node_modules/w': { ...one, ...wasm, dependencies: { x: '1' } },
        'node_modules/x': { ...one, optional: true, dependencies: { y: '1' } },
        'node_modules/y': { ...one, optional: true },
      },
      'a',
    ],
    [
      'but comes where another needs it too',
      {
        '': { dependencies: { a: '1', y: '1' } },
        'node_modules/a': { ...one, optionalDependencies: { w: '1' } },
        'node_modules/w': { ...one, ...wasm, dependencies: { x: '1' } },
        'node_modules/x': { ...one, optional: true, dependencies: { y: '1' } },
        'node_modules/y': one,
      },
      'a y',
    ],
    [
      'what two packages for other processors need stays: npm looks at each alone',
      {
        '': { dependencies: { a: '1' } },
        'node_modules/a': { ...one, optionalDependencies: { w: '1', v: '1' } },
        'node_modules/w': { ...one, ...wasm, dependencies: { x: '1' } },
        'node_modules/v': { ...one, ...wasm, dependencies: { x: '1' } },
        'node_modules/x': { ...one, optional: true },
      },
      'a x',
    ],
    [
      'what strictly needs it goes as well',
      {
        '': { optionalDependencies: { a: '1' } },
        'node_modules/a': { ...one, optional: true, dependencies: { w: '1' } },
        'node_modules/w': { ...one, ...wasm },
      },
      '',
    ],
    [
      'development and optional at once stays without development',
      { '': {}, 'node_modules/a': { ...one, devOptional: true }, 'node_modules/b': { ...one, dev: true } },
      'a',
      { omitDev: true },
    ],
    [
      'development and optional at once goes without both',
      { '': {}, 'node_modules/a': { ...one, devOptional: true }, 'node_modules/b': { ...one, optional: true } },
      '',
      { omitDev: true, omitOptional: true },
    ],
  ]
  for (const [what, packages, there, chosen] of cases) it(what, () => expect(names(packages, chosen)).to.equal(there))

  it('a copy below another package is the one that counts', () => {
    const packages = {
      '': { dependencies: { a: '1' } },
      'node_modules/a': { ...one, optionalDependencies: { w: '1' } },
      'node_modules/w': { ...one, ...wasm, dependencies: { x: '2' } },
      'node_modules/w/node_modules/x': { version: '2.0.0', optional: true },
      'node_modules/x': { ...one },
    }
    expect(names(packages)).to.equal('a x')
  })

  it('links, folders of the project and what lies in other tarballs are not fetched', () => {
    const packages = {
      '': { dependencies: { a: '1', p: '*' }, workspaces: ['packages/*'] },
      'node_modules/a': { ...one, dependencies: { b: '1' } },
      'node_modules/a/node_modules/b': { ...one, inBundle: true },
      'node_modules/p': { resolved: 'packages/p', link: true },
      'packages/p': { version: '0.0.1', dependencies: { c: '1' } },
      'packages/p/node_modules/c': one,
    }
    const lock = lockOf(packages)
    const fetched = installedOf(lock, here).filter(isFetched)
    expect(fetched.map(([path]) => path)).to.deep.equal(['node_modules/a', 'packages/p/node_modules/c'])
    expect([...directOf(lock)].sort()).to.deep.equal(['node_modules/a', 'node_modules/p', 'packages/p/node_modules/c'])
  })

  it('does not look at everything again for each of very many', () => {
    const chain = Array.from({ length: 3000 }, (_, i): [string, object] => [
      `node_modules/c${i}`,
      { ...one, optional: true, dependencies: { [`c${i + 1}`]: '1' } },
    ])
    const wanted = Array.from({ length: 3000 }, (_, i): [string, object] => [
      `node_modules/w${i}`,
      { ...one, ...wasm, dependencies: { c0: '1' } },
    ])
    const lock = lockOf(Object.fromEntries([...wanted, ...chain]))
    expect(installedOf(lock, here).every(([path]) => path.startsWith('node_modules/c'))).to.equal(true)
  })

  it('takes rings and odd lists as they are', () => {
    const ring = {
      '': { dependencies: 7, optionalDependencies: null },
      'node_modules/a': { ...one, ...wasm, dependencies: { b: '1' }, peerDependencies: [] },
      'node_modules/b': { ...one, optional: true, dependencies: { a: '1' }, peerDependenciesMeta: { a: null } },
    }
    expect(names(ring)).to.equal('')
  })
})
