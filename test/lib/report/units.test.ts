import { expect } from 'chai'
import { humanSize } from '../../../lib/human.ts'
import type { Size } from '../../../lib/model.ts'
import { humanDuration, podmanSize, showSize } from '../../../lib/report/units.ts'
import { about, exact, unknown } from '../../../lib/size.ts'

describe('units', () => {
  const sizes: readonly (readonly [bytes: number, printed: string])[] = [
    [0, '0B'],
    [999, '999B'],
    [1000, '1kB'],
    [1023, '1.02kB'],
    [1125, '1.12kB'], // exactly half way: to the even digit
    [1135, '1.14kB'],
    [123_456, '123kB'],
    [1_500_000, '1.5MB'],
    [9_950_000, '9.95MB'],
    [99_950_000, '100MB'],
    [999_499, '999kB'],
    [999_950, '1e+03kB'],
    [999_500_000, '1e+03MB'],
    [12_345_678_901, '12.3GB'],
    [Number.MAX_SAFE_INTEGER, '9.01PB'],
  ]
  for (const [bytes, printed] of sizes) it(`${bytes}`, () => expect(humanSize(bytes)).to.equal(printed))

  it('podman puts a blank in, up to version 4', () => {
    expect([podmanSize(2_000_000, '4.3'), podmanSize(0, '4.9.4'), podmanSize(2_000_000, '5.8')]).to.deep.equal([
      '2 MB',
      '0 B',
      '2MB',
    ])
  })

  const second = 1000
  const hour = 3600 * second
  const day = 24 * hour
  const ages: readonly (readonly [milliseconds: number, printed: string])[] = [
    [-5 * day, 'Less than a second'],
    [999, 'Less than a second'],
    [1999, '1 second'],
    [59_999, '59 seconds'],
    [119_999, 'About a minute'],
    [120_000, '2 minutes'],
    [hour - 1, '59 minutes'],
    [1.49 * hour, 'About an hour'],
    [1.5 * hour, '2 hours'],
    [47.49 * hour, '47 hours'],
    [47.5 * hour, '2 days'],
    [13.9 * day, '13 days'],
    [14 * day, '2 weeks'],
    [59.9 * day, '8 weeks'],
    [60 * day, '2 months'],
    [729 * day, '24 months'],
    [731 * day, '2 years'],
    [3000 * 365 * day, '292 years'],
  ]
  for (const [age, printed] of ages) it(printed, () => expect(humanDuration(age)).to.equal(printed))

  const cells: readonly (readonly [size: Size, plain: string, range: string])[] = [
    [exact(312, ''), '312B', '312B'],
    [about(12_050_000, 12_000_000, 12_100_000, 'resolved', ''), '~12.1MB', '12.0–12.1MB'],
    [about(1_500_000, 0, 2_000_000, 'heuristic', ''), '~1.5MB', '0–2.00MB'],
    [about(1_500_000, 1500, 2_000_000, 'heuristic', ''), '~1.5MB', '1.5kB–2MB'],
    [about(41_200_000, 41_190_000, 41_210_000, 'resolved', ''), '~41.2MB', '~41.2MB'],
    [about(500, 400, 600, 'heuristic', ''), '~500B', '400–600B'],
    [about(700, 400, 1600, 'heuristic', ''), '~700B', '0.40–1.60kB'],
    [{ ...about(5000, 5000, 5000, 'heuristic', ''), high: null }, '~5kB', '5kB–?'],
    [unknown(''), '?', '?'],
    [unknown('', 5000), '?', '5kB–?'],
    [about(7, 7, 7, 'resolved', ''), '~7B', '~7B'],
  ]
  for (const [size, plain, range] of cells) {
    it(`${plain} ${range}`, () => {
      const style = { human: true, podman: null }
      expect(showSize(size, { ...style, range: false })).to.equal(plain)
      expect(showSize(size, { ...style, range: true })).to.equal(range)
    })
  }

  it('plain byte counts', () => {
    const show = (size: Size, range: boolean): string => showSize(size, { human: false, range, podman: null })
    expect(show(exact(1_982_382, ''), false)).to.equal('1982382')
    expect(show(about(1500, 1400, 1600, 'resolved', ''), true)).to.equal('1400–1600')
    expect(showSize(exact(1_982_382, ''), { human: false, range: false, podman: '5.8' })).to.equal('1.98MB')
  })
})
