import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { resolveRemoval, unneeded } from '../../../../lib/sizes/apt/remove.ts'
import { resolve, resolveUpgrade } from '../../../../lib/sizes/apt/resolve.ts'
import { aptInstall, aptState } from '../../../../lib/sizes/apt/state.ts'
import { systemOf } from '../../../../lib/sizes/apt/system.ts'
import { archive, type Offer } from './archive.ts'

interface Case {
  readonly it: string
  readonly archive: Readonly<Record<string, Offer>>
  /** Name and version of what is there. */
  readonly here?: Readonly<Record<string, string>>
  readonly install: string
  readonly recommends?: boolean
  readonly bySource?: boolean
  readonly added?: string
  readonly upgraded?: string
  readonly removed?: string
  readonly missing?: string
}

const cases: readonly Case[] = [
  {
    it: 'brings what is needed',
    archive: { a: { depends: 'b' }, b: { depends: 'c' }, c: {} },
    install: 'a',
    added: 'a b c',
  },
  {
    it: 'takes a package whose version nobody told, and leaves it alone where it is there',
    archive: { a: { depends: 'b(=),c(>=2)' }, b: { version: '' }, c: { version: '' } },
    here: { c: '1' },
    install: 'a',
    added: 'a b',
    missing: '',
  },
  { it: 'leaves what is there', archive: { a: { depends: 'b' }, b: {} }, here: { b: '1' }, install: 'a', added: 'a' },
  { it: 'takes the first alternative', archive: { a: { depends: 'b|c' }, b: {}, c: {} }, install: 'a', added: 'a b' },
  {
    it: 'takes an alternative that came before',
    archive: { a: { depends: 'd,b|c' }, b: {}, c: {}, d: { depends: 'c' } },
    install: 'a',
    added: 'a c d',
  },
  {
    it: 'goes by the order of what is needed: the first alternative, whatever comes later',
    archive: { a: { depends: 'b|c,d' }, b: {}, c: {}, d: { depends: 'c' } },
    install: 'a',
    added: 'a b c d',
  },
  {
    it: 'takes what one package recommends before the next is looked at',
    archive: { a: { depends: 'b,c|d' }, b: { recommends: 'd' }, c: {}, d: {} },
    install: 'a',
    recommends: true,
    added: 'a b d',
  },
  {
    it: 'takes an alternative that is asked for later',
    archive: { a: { depends: 'b|c' }, b: {}, c: {} },
    install: 'a c',
    added: 'a c',
  },
  {
    it: 'takes an alternative that is there',
    archive: { a: { depends: 'b|c' }, b: {}, c: {} },
    here: { c: '1' },
    install: 'a',
    added: 'a',
  },
  {
    it: 'takes who provides a name',
    archive: { a: { depends: 'mail' }, postfix: { provides: 'mail' } },
    install: 'a',
    added: 'a postfix',
  },
  {
    it: 'wants a version of a provided name',
    archive: { a: { depends: 'api(>=2)' }, old: { provides: 'api(=1)' }, young: { provides: 'api(=3)' } },
    install: 'a',
    added: 'a young',
  },
  { it: 'installs who alone provides a name', archive: { b: { provides: 'a' } }, install: 'a', added: 'b' },
  { it: 'says what it does not know', archive: { a: { depends: 'b' } }, install: 'a x', added: 'a', missing: 'b x' },
  {
    it: 'brings what is recommended',
    archive: { a: { recommends: 'b' }, b: {} },
    install: 'a',
    recommends: true,
    added: 'a b',
  },
  { it: 'or not', archive: { a: { recommends: 'b' }, b: {} }, install: 'a', added: 'a' },
  {
    it: 'brings nothing for what is only renewed',
    archive: { a: { version: '2', recommends: 'b' }, b: {} },
    here: { a: '1' },
    install: 'a',
    recommends: true,
    upgraded: 'a',
  },
  {
    it: 'renews what is too old',
    archive: { a: { depends: 'b(>=2)' }, b: { version: '2' } },
    here: { b: '1' },
    install: 'a',
    added: 'a',
    upgraded: 'b',
  },
  {
    it: 'renews what needs exactly the old version',
    archive: { a: { depends: 'b(>=2)' }, b: { version: '2' }, c: { version: '2', depends: 'b(=)' } },
    here: { b: '1', c: '1' },
    install: 'a',
    added: 'a',
    upgraded: 'b c',
  },
  {
    it: 'renews packages of one source together',
    archive: { a: { version: '2', source: 's' }, b: { version: '2', source: 's' } },
    here: { b: '1' },
    install: 'a',
    bySource: true,
    added: 'a',
    upgraded: 'b',
  },
  {
    it: 'but not with an older apt',
    archive: { a: { version: '2', source: 's' }, b: { version: '2', source: 's' } },
    here: { b: '1' },
    install: 'a',
    added: 'a',
  },
  {
    it: 'takes away what is in the way',
    archive: { a: { conflicts: 'b' }, b: {} },
    here: { b: '1' },
    install: 'a',
    added: 'a',
    removed: 'b',
  },
  {
    it: 'does not choose what conflicts with what is asked for',
    archive: { a: {}, b: { depends: 'c|d' }, c: { conflicts: 'a' }, d: {} },
    install: 'a b',
    added: 'a b d',
  },
  { it: 'ends in a circle', archive: { a: { depends: 'b' }, b: { depends: 'a' } }, install: 'a', added: 'a b' },
]

const names = (list: Iterable<string>): string => [...list].sort().join(' ')

describe('what apt installs', () => {
  for (const one of cases)
    it(one.it, () => {
      const table = archive(one.archive)
      // What is there needs what its candidate needs, at the version it has.
      const packages = Object.fromEntries(
        Object.entries(one.here ?? {}).map(([name, version]) => {
          const equals = (one.archive[name]?.depends ?? '').replace(/\(=\)/g, `(= ${version})`)
          return [
            name,
            {
              version,
              equals,
              ...(one.archive[name]?.source === undefined ? {} : { source: one.archive[name].source }),
            },
          ]
        }),
      )
      const { recommends = false, bySource = false } = one
      const change = resolve(
        { install: one.install.split(' '), recommends, bySource },
        systemOf(packages, table),
        table,
      )
      expect(names(change.added.map(({ name }) => name)), 'added').to.equal(one.added ?? '')
      expect(names(change.upgraded.map(({ name }) => name)), 'upgraded').to.equal(one.upgraded ?? '')
      expect(names(change.removed), 'removed').to.equal(one.removed ?? '')
      expect(names(change.missing), 'missing').to.equal(one.missing ?? '')
    })

  it('upgrades what has a newer candidate, and waits with what needs more', () => {
    const table = archive({ a: { version: '2' }, b: { version: '2', depends: 'c' }, c: {}, d: {} })
    const system = systemOf({ a: { version: '1' }, b: { version: '1' }, d: { version: '1' } }, table)
    const plain = resolveUpgrade(system, table, true, false)
    expect(names([...plain.upgraded, ...plain.added].map(({ name }) => name))).to.equal('a')
    const full = resolveUpgrade(system, table, true, true)
    expect(names([...full.upgraded, ...full.added].map(({ name }) => name))).to.equal('a b c')
    const held = resolveUpgrade(system, table, true, true, new Set(['a']))
    expect(names([...held.upgraded, ...held.added].map(({ name }) => name))).to.equal('b c')
  })

  it('removes what needs the removed, and what nobody needs any more', () => {
    const table = archive({ a: { depends: 'b' }, b: { depends: 'c' }, c: {}, d: {} })
    const added = resolve({ install: ['a', 'd'], recommends: false, bySource: true }, new Map(), table)
    const system = new Map(
      added.added.map((one) => [one.name, { ...one, automatic: added.automatic.has(one.name), base: false }]),
    )
    expect(names(resolveRemoval(['b'], system, false).removed)).to.equal('a b')
    expect(names(resolveRemoval(['a'], system, false).removed)).to.equal('a')
    expect(names(resolveRemoval(['a'], system, true).removed)).to.equal('a b c')
    expect(unneeded(system, new Set(), true)).to.deep.equal([])
  })
})

interface Recorded {
  readonly id: string
  readonly suite: string
  readonly words: readonly string[]
  readonly recommends: boolean
  readonly added: readonly string[]
  readonly upgraded: readonly string[]
}

describe('recorded installations bring the same packages', () => {
  const file = join(import.meta.dirname, '../../../../../test/fixtures/apt/installs.jsonl')
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  for (const line of lines) {
    const { id, suite, words, recommends, added, upgraded } = JSON.parse(line) as Recorded
    it(`${id}: ${suite}, ${words.join(' ')}`, () => {
      const state = aptState({ os: { id: suite === 'jammy' ? 'ubuntu' : 'debian', codename: suite }, complete: false })
      const { change } = aptInstall(
        state!,
        { words, recommends },
        { bytes: () => undefined, keeps: false, otherArchives: false },
      )
      expect(names(change.added.map(({ name }) => name))).to.equal(names(added))
      expect(names(change.upgraded.map(({ name }) => name))).to.equal(names(upgraded))
      expect(change.missing).to.deep.equal([])
    })
  }
})
