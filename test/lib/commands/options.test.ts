/** Words of a call taken apart. */
import { expect } from 'chai'
import { optionTable, parseOptions } from '../../../lib/commands/options.ts'

describe('options', () => {
  const table = optionTable({
    names: [],
    values: ['-o', '--output', '-m'],
    attached: ['-i', '--color'],
    run: () => undefined,
  })
  const cases: readonly (readonly [words: string, args: string, o: string | undefined])[] = [
    ['-o x y', 'y', 'x'],
    ['-ox y', 'y', 'x'],
    ['-vox y', 'y', 'x'],
    ['y --output=x', 'y', 'x'],
    ['--output x y', 'y', 'x'],
    ['--out x y', 'y', 'x'], // cut short
    ['-i y', 'y', undefined],
    ['-i.bak y', 'y', undefined],
    ['-- -o x', '-o x', undefined],
    ['- y', '- y', undefined],
  ]
  for (const [words, args, value] of cases)
    it(words, () => {
      const parsed = parseOptions(words.split(' '), table)
      expect(parsed.args.join(' ')).to.equal(args)
      expect(parsed.flags.value('-o', '--output')).to.equal(value)
    })

  it('gives optional values that are attached', () => {
    expect(parseOptions(['-i.bak', '-v'], table).flags.value('-i')).to.equal('.bak')
    expect(parseOptions(['-vi'], table).flags.has('-i')).to.equal(true)
  })
})
