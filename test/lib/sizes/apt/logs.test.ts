import { expect } from 'chai'
import { asksOf, logGrowth, type Writing } from '../../../../lib/sizes/apt/logs.ts'

const nothing: Writing = { added: [], upgraded: [], removed: [], purged: false, quiet: true }
const tools = { name: 'redis-tools', version: '5:7.0.15-1~deb12u10' }

// As dpkg and apt wrote them on 2026-11-21.
const dpkgLog = `2026-11-21 18:37:11 install redis-tools:amd64 <none> 5:7.0.15-1~deb12u10
2026-11-21 18:37:11 status half-installed redis-tools:amd64 5:7.0.15-1~deb12u10
2026-11-21 18:37:11 status unpacked redis-tools:amd64 5:7.0.15-1~deb12u10
2026-11-21 18:37:12 configure redis-tools:amd64 5:7.0.15-1~deb12u10 <none>
2026-11-21 18:37:12 status unpacked redis-tools:amd64 5:7.0.15-1~deb12u10
2026-11-21 18:37:12 status half-configured redis-tools:amd64 5:7.0.15-1~deb12u10
2026-11-21 18:37:12 status installed redis-tools:amd64 5:7.0.15-1~deb12u10
`
const upgradeLog = `2026-11-21 18:36:53 upgrade perl-base:amd64 5.36.0-7+deb12u3 5.36.0-7+deb12u4
2026-11-21 18:36:53 status half-configured perl-base:amd64 5.36.0-7+deb12u3
2026-11-21 18:36:53 status unpacked perl-base:amd64 5.36.0-7+deb12u3
2026-11-21 18:36:53 status half-installed perl-base:amd64 5.36.0-7+deb12u3
2026-11-21 18:37:00 status unpacked perl-base:amd64 5.36.0-7+deb12u4
2026-11-21 18:37:00 configure perl-base:amd64 5.36.0-7+deb12u4 <none>
2026-11-21 18:37:00 status unpacked perl-base:amd64 5.36.0-7+deb12u4
2026-11-21 18:37:00 status half-configured perl-base:amd64 5.36.0-7+deb12u4
2026-11-21 18:37:00 status installed perl-base:amd64 5.36.0-7+deb12u4
`
const terminal = `Selecting previously unselected package redis-tools.
Preparing to unpack .../29-redis-tools_5%3a7.0.15-1~deb12u10_amd64.deb ...
Unpacking redis-tools (5:7.0.15-1~deb12u10) ...
Setting up redis-tools (5:7.0.15-1~deb12u10) ...
`
const history = 'libpq5:amd64 (15.20-0+deb12u1, automatic), '

describe('logs of a change of packages', () => {
  const start = logGrowth(nothing)
  const growth = (change: Partial<Writing>) => {
    const now = logGrowth({ ...nothing, ...change })
    return {
      dpkg: now.dpkg - start.dpkg,
      history: now.history - start.history,
      terminal: now.terminal - start.terminal,
    }
  }

  it('have the lines that dpkg writes of a new package, and of one that is renewed', () => {
    expect(growth({ added: [tools] }).dpkg).to.equal(dpkgLog.length)
    const upgraded = [{ name: 'perl-base', version: '5.36.0-7+deb12u4', old: '5.36.0-7+deb12u3' }]
    expect(growth({ upgraded }).dpkg).to.equal(upgradeLog.length)
  })

  it('have what goes to the terminal, and what debconf says where nobody can be asked', () => {
    const other = { name: 'netbase', version: '6.4' }
    const both = growth({ added: [other, tools] }).terminal
    const three = growth({ added: [other, other, tools] }).terminal
    expect(growth({ added: [other, tools, tools] }).terminal - both).to.equal(terminal.length)
    expect(three).to.be.above(both)
    const asking = { ...tools, asks: 1 }
    expect(growth({ added: [asking], quiet: false }).terminal - growth({ added: [asking] }).terminal).to.be.above(300)
  })

  it('tell of one start of dpkg for each package that is renewed, and of one for all that are new', () => {
    const renewed = { name: 'perl-base', version: '5.36.0-7+deb12u4', old: '5.36.0-7+deb12u3' }
    const reading = (writing: Parameters<typeof growth>[0], other: Parameters<typeof growth>[0]): number =>
      growth(writing).terminal - growth(other).terminal
    expect(reading({ added: [tools, tools, tools] }, { added: [tools, tools] })).to.be.below(594)
    expect(reading({ upgraded: [renewed, renewed, renewed] }, { upgraded: [renewed, renewed] })).to.be.above(594)
    expect(reading({ upgraded: [renewed], added: [tools, tools] }, { added: [tools, tools] })).to.be.above(594)
  })

  it('have a word of debconf for each list of settings of PHP', () => {
    expect(asksOf('php8.2-common', false)).to.equal(17)
    expect(['php8.2-zip', 'php8.4-xml', 'php-zip', 'phpunit'].map((name) => asksOf(name, false))).to.deep.equal([
      1, 6, 0, 0,
    ])
    expect(asksOf('locales', true)).to.equal(1)
  })

  it('have a word for each package in the history', () => {
    const added = [{ name: 'libpq5', version: '15.20-0+deb12u1', automatic: true }]
    expect(growth({ added }).history).to.equal(history.length)
  })

  it('grow by what is purged more than by what is removed', () => {
    const removed = [tools]
    expect(growth({ removed, purged: true }).dpkg).to.be.above(growth({ removed }).dpkg)
  })
})
