/** update-alternatives: the record of a new group and what is logged, as long as dpkg 1.22 made them. */
import { expect } from 'chai'
import { predict } from '../../../lib/analyze.ts'
import { chooseBuilder } from '../../../lib/builders/choose.ts'
import type { Base, BaseFile } from '../../../lib/model.ts'
import { plainGiven } from '../../tools/predict.ts'

const file = (bytes: number): BaseFile => ({ bytes, mode: '0644', uid: 0, gid: 0 })
const facts: Base['facts'] = {
  os: { id: 'debian', codename: 'trixie' },
  complete: true,
  files: {
    '/bin/sh': file(1),
    '/usr/bin/update-alternatives': file(1),
    '/usr/bin/env': file(1),
    '/usr/share': { dir: true },
    '/etc/passwd': file(1),
    '/etc/group': file(1),
    '/etc/alternatives': { dir: true },
    '/var/lib/dpkg/alternatives': { dir: true },
    '/var/lib/dpkg/alternatives/old': file(80),
    '/var/log/alternatives.log': file(2816),
  },
}

const sizeOf = (run: string) => {
  const base: Base = { ref: 'base', rows: [], config: {}, author: '', facts }
  const text = `FROM base\nENV PATH=/usr/bin:/bin\nRUN update-alternatives ${run}`
  const { low, bytes, high, basis } = predict(
    text,
    plainGiven(chooseBuilder('classic'), { base: () => base }),
  ).image.rows.at(-1)!.size
  return { low, bytes, high, basis }
}

describe('update-alternatives', () => {
  it('a new group is known to the byte', () => {
    // Links are as long as what they tell.
    const links = 21 + 20 + 20 + 12 + 11 + 10
    const followers = '--slave /usr/share/zy zy /etc/passwd --slave /usr/share/zx zx /etc/group'
    expect(sizeOf(`--install /usr/bin/zzz zzz /usr/bin/env 10 ${followers}`)).to.include({
      bytes: 3071 + 93 + links,
      basis: 'exact',
    })
    expect(sizeOf('--install /usr/bin/qqq qqq /usr/bin/env 1')).to.include({
      bytes: 2816 + 181 + 35 + 33,
      basis: 'exact',
    })
  })

  it('of another one the log is longer by a line at least, and by three at most', () => {
    const { low, high, basis } = sizeOf('--set old /usr/bin/env')
    const line = 'update-alternatives 2026-11-22 19:24:04: '.length + 1
    const ran = line + 'run with --set old /usr/bin/env'.length
    const moved = line + 'link group old updated to point to /usr/bin/env'.length
    expect(basis).to.equal('heuristic')
    expect(low).to.be.within(2816 + ran, 2816 + ran + 80)
    expect(high).to.be.above(2816 + ran + moved)
  })

  it('who only asks writes nothing', () => {
    for (const question of ['--get-selections', '--list old', '--display old', '--query old'])
      expect(sizeOf(question), question).to.include({ bytes: 0 })
  })

  it('a link that goes along wants its name and target', () => {
    expect(sizeOf('--install /usr/bin/qqq qqq /usr/bin/env 1 --slave /x y || true')).to.include({ bytes: 0 })
  })

  it('what is surely not there cannot be chosen', () => {
    expect(sizeOf('--install /usr/bin/qqq qqq /usr/bin/nobody 1 || true')).to.include({ bytes: 0 })
  })
})
