/** apt-get clean and its kin: the entries they store on Debian 12 and 13, as real runs have them. */
import { expect } from 'chai'
import { predict } from '../../../lib/analyze.ts'
import { chooseBuilder } from '../../../lib/builders/choose.ts'
import type { Base, BaseFile } from '../../../lib/model.ts'
import { plainGiven } from '../../tools/predict.ts'

const dir: BaseFile = { dir: true, mode: '0755', uid: 0, gid: 0 }
const folders =
  '/bin /etc /var /var/cache /var/cache/apt /var/cache/apt/archives /var/lib /var/lib/apt /var/lib/apt/lists'
const files: Readonly<Record<string, BaseFile>> = {
  ...Object.fromEntries(folders.split(' ').map((path) => [path, dir])),
  '/bin/sh': { bytes: 10, mode: '0755', uid: 0, gid: 0 },
}
const accounts = { users: { root: [0, 0], _apt: [42, 65534] }, groups: { root: 0 } } as const
const base: Base = {
  ref: 'base',
  rows: [],
  config: {},
  author: '',
  facts: { complete: true, files, accounts, os: { id: 'debian', codename: 'bookworm' } },
}

const stored = (...runs: readonly string[]): readonly string[] => {
  const text = ['FROM base', ...runs.map((run) => `RUN ${run}`)].join('\n')
  const { image } = predict(text, plainGiven(chooseBuilder('buildkit'), { base: () => base }))
  return (image.layers.at(-1)?.entries ?? [])
    .map(({ path, type, mode, uid }) => `${path} ${type} ${mode?.toString(8) ?? '-'} ${uid ?? '-'}`)
    .filter((line) => /archives\/|lists\//.test(line))
}

const all = [
  '/var/cache/apt/archives/lock file 640 0',
  '/var/cache/apt/archives/partial dir 700 42',
  '/var/lib/apt/lists/auxfiles dir 755 42',
  '/var/lib/apt/lists/lock file 640 0',
  '/var/lib/apt/lists/partial dir 700 42',
]

describe('apt-get clean', () => {
  it('leaves locks and folders', () => expect(stored('apt-get clean')).to.deep.equal(all))
  it('stores them again', () => expect(stored('apt-get clean', 'apt-get clean')).to.deep.equal(all))
  it('takes what else is there', () =>
    expect(stored('touch /var/cache/apt/archives/a.deb; apt-get clean')).to.deep.equal(all))
  it('makes no folder that was removed', () =>
    expect(stored('rm -rf /var/cache/apt /var/lib/apt/lists; apt-get clean')).to.deep.equal([]))
  it('autoclean leaves a lock', () => expect(stored('apt-get autoclean')).to.deep.equal(all.slice(0, 1)))
})
