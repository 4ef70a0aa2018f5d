import { expect } from 'chai'
import { wantsColor } from '../../cli/color.ts'
import { readOptions } from '../../cli/options.ts'

describe('wantsColor', () => {
  const cases: readonly (readonly [argv: string, env: Record<string, string>, terminal: boolean, wants: boolean])[] = [
    ['', {}, true, true],
    ['', {}, false, false],
    ['', { TERM: 'dumb' }, true, false],
    ['', { NO_COLOR: '1' }, true, false],
    ['', { NO_COLOR: '' }, true, true],
    ['', { FORCE_COLOR: '1' }, false, true],
    ['', { FORCE_COLOR: '0' }, true, false],
    ['', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['--color', { NO_COLOR: '1' }, false, true],
    ['--no-color', { FORCE_COLOR: '1' }, true, false],
    ['--color=false', {}, true, false],
    ['--no-color --color', {}, true, false],
  ]
  it('none into a file, unless it is said', () => {
    const stream = { write: () => {}, isTerminal: () => true, columns: () => 80 }
    expect(wantsColor(readOptions([]), { env: {} }, stream, true)).to.equal(false)
    expect(wantsColor(readOptions(['--color']), { env: {} }, stream, true)).to.equal(true)
  })
  for (const [argv, env, terminal, wants] of cases)
    it(`${argv} ${JSON.stringify(env)} ${terminal ? 'terminal' : 'pipe'}: ${wants}`, () => {
      const stream = { write: () => {}, isTerminal: () => terminal, columns: () => 80 }
      expect(wantsColor(readOptions(argv.split(' ').filter(Boolean)), { env }, stream)).to.equal(wants)
    })
})
