import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect } from 'chai'
import { UserError } from '../../../lib/error.ts'
import { rpmPackages } from '../../../lib/image/rpm-database.ts'
import type { RpmPackage } from '../../../lib/image/rpm-header.ts'
import { root } from '../../tools/truth.ts'

/** Made by `make` in that folder, with what rpm itself says of them. */
const folder = join(root, 'test/fixtures/rpm')
const database = (name: string): Buffer => gunzipSync(readFileSync(join(folder, `${name}.gz`)))
const said = (name: string): readonly string[] => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n')
const none = Buffer.alloc(0)

const shown = (packages: readonly RpmPackage[]): readonly string[] =>
  packages
    .map((p) => [p.name, p.epoch, p.version, p.release, p.arch, p.bytes, p.source].join('\t'))
    .sort((a, b) => (a < b ? -1 : 1))

const forms = ['Packages', 'Packages-big-endian', 'Packages.db', 'rpmdb.sqlite']

describe('rpm databases', () => {
  for (const name of forms)
    it(`${name}: the packages that rpm lists`, () => {
      expect(shown(rpmPackages(database(name), none, name))).to.deep.equal(said('packages.txt'))
    })

  it('SQLite: what was committed to the log counts, the rest does not', () => {
    const packages = rpmPackages(database('rpmdb.sqlite'), database('logged.sqlite-wal'), 'x')
    expect(shown(packages)).to.deep.equal(said('logged.txt'))
  })

  it('refuses what is none', () => {
    for (const data of [none, Buffer.from('hello'), Buffer.alloc(5000)])
      expect(() => rpmPackages(data, none, 'x')).to.throw(UserError, 'not a database of rpm')
  })

  for (const name of forms) {
    it(`${name}: a broken one is refused, or read as far as it makes sense, and never reads on and on`, () => {
      const whole = database(name)
      const log = database('logged.sqlite-wal')
      let seed = 7
      const random = (below: number): number => {
        seed = (seed * 48271) % 2147483647
        return seed % below
      }
      let refused = 0
      for (let round = 0; round < 300; round++) {
        const first = seed
        const broken = Buffer.from(random(4) === 0 ? whole.subarray(0, random(whole.length)) : whole)
        const brokenLog = Buffer.from(log)
        // Half of the damage where structure is dense: at the beginning of a page.
        for (let i = 0; i < 1 + random(8) && broken.length > 0; i++) {
          const page = Math.floor(random(broken.length) / 4096) * 4096
          broken[Math.min(broken.length - 1, random(2) === 0 ? page + random(64) : random(broken.length))] = random(256)
          brokenLog[random(log.length)] = random(256)
        }
        try {
          const packages = rpmPackages(broken, name.endsWith('sqlite') ? brokenLog : none, 'x')
          expect(packages.length).to.be.below(1000)
        } catch (error) {
          if (!(error instanceof UserError)) throw new Error(`seed ${first}: ${(error as Error).stack}`)
          refused++
        }
      }
      expect(refused).to.be.above(30)
    })
  }
})
