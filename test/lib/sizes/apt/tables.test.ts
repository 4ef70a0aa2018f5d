import { expect } from 'chai'
import { bookworm } from '../../../../lib/data/apt-bookworm.ts'
import { jammy } from '../../../../lib/data/apt-jammy.ts'
import { trixie } from '../../../../lib/data/apt-trixie.ts'
import { openTable } from '../../../../lib/sizes/apt/table.ts'

describe('tables of packages', () => {
  for (const [packed, most, least] of [
    [bookworm, 150_000, 8500],
    [trixie, 150_000, 8500],
    [jammy, 150_000, 192],
  ] as const) {
    const table = openTable(packed)

    it(`${packed.suite}: at most ${most} bytes, at least ${least} packages`, () => {
      expect(Buffer.from(packed.packed, 'base64').length).to.be.at.most(most)
      expect(table.names.length).to.be.at.least(least)
      expect(table.names).to.deep.equal([...table.names].sort())
    })

    it(`${packed.suite}: every package makes sense`, () => {
      const odd = table.names.filter((name) => {
        const one = table.get(name)
        if (one === undefined || !(one.weight.measured ? /^[0-9]/ : /^([0-9]|$)/).test(one.version)) return true
        const { full, slim, fullLinks, slimLinks, ...rest } = one.weight
        const numbers = [full, slim, fullLinks, slimLinks, ...Object.values(rest).filter((n) => typeof n === 'number')]
        return numbers.some((n) => !Number.isInteger(n) || n < 0) || slim > full || slimLinks > fullLinks
      })
      expect(odd).to.deep.equal([])
    })

    it(`${packed.suite}: nothing measured is longer than its .deb can hold`, () => {
      // Time zones in JSON and modules that only name others pack best: 71 and 50 times.
      const long = table.names.filter((name) => {
        const { measured, full, deb } = table.get(name)!.weight
        return measured && full > 80 * deb
      })
      expect(long).to.deep.equal([])
    })
  }

  it('tell what dpkg keeps of packages that go back to a recorded version as it was measured', () => {
    const table = openTable(bookworm)
    for (const [name, info, control] of [
      ['openjdk-17-jre', 4141, 1149],
      ['php8.2-curl', 3766, 685],
      ['php8.2-gd', 3712, 640],
      ['php8.2-xml', 5127, 927],
      ['php8.2-zip', 3740, 644],
    ] as const) {
      const { weight } = table.get(name)!
      expect(weight.info, name).to.be.closeTo(info, 32)
      expect(weight.control, name).to.be.closeTo(control, 16)
    }
  })

  it('know what everybody installs', () => {
    const names =
      'build-essential ca-certificates cmake curl default-jdk-headless ffmpeg git gnupg nodejs python3-pip wget'
    for (const table of [openTable(bookworm), openTable(trixie)])
      expect(names.split(' ').filter((name) => table.get(name) === undefined)).to.deep.equal([])
  })
})
