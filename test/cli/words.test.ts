import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { parseBytes } from '../../cli/bytes.ts'
import { nearest } from '../../cli/nearest.ts'
import { version } from '../../lib/version.ts'
import { root } from '../tools/truth.ts'

describe('parseBytes', () => {
  const cases: readonly (readonly [text: string, bytes: number | undefined])[] = [
    ['0', 0],
    ['34MB', 34e6],
    ['1.5 GB', 1.5e9],
    ['10k', 10_000],
    ['10KiB', 10_240],
    ['2GiB', 2 ** 31],
    ['7b', 7],
    ['iB', undefined],
    ['', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['12 apples', undefined],
    ['99999999PB', undefined],
  ]
  for (const [text, bytes] of cases) it(JSON.stringify(text), () => expect(parseBytes(text)).to.equal(bytes))
})

describe('nearest', () => {
  const names = ['--builder', '--build-arg', '--base', '--file']
  const cases: readonly (readonly [text: string, name: string | undefined])[] = [
    ['--bulid-arg', '--build-arg'],
    ['--buildarg', '--build-arg'],
    ['--flie', '--file'],
    ['--BASE', '--base'],
    ['--frobnicate', undefined],
    ['--x', undefined],
    ['x'.repeat(100_000), undefined],
  ]
  for (const [text, name] of cases) it(text.slice(0, 20), () => expect(nearest(text, names)).to.equal(name))
})

describe('version', () => {
  it('is that of package.json', () =>
    expect(version).to.equal((JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string }).version))
})
