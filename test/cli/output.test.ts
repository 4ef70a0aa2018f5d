import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { readOptions } from '../../cli/options.ts'
import { writeResult, writeWhole } from '../../cli/output.ts'
import { UserError } from '../../lib/error.ts'
import { folderWith } from './folder.ts'
import { recordedWorld } from './world.ts'

const mode = (file: string) => statSync(file).mode & 0o777

describe('writeResult', () => {
  it('prints, or writes the file of -o', () => {
    const world = recordedWorld(folderWith({}))
    writeResult('a', readOptions(['history', '.']), world)
    writeResult('b', readOptions(['history', '.', '-o', '-']), world)
    writeResult('c', readOptions(['history', '.', '-o', 'c.txt']), world)
    expect(world.printed()).to.equal('ab')
    expect(readFileSync(join(world.cwd, 'c.txt'), 'utf8')).to.equal('c')
  })

  for (const shape of ['type=docker,dest=x.tar', 'type=local', 'dest=out', ''])
    it(`refuses -o ${shape}`, () => {
      const options = readOptions(['history', '.', '-o', shape])
      expect(() => writeResult('a', options, recordedWorld('/'))).to.throw(UserError, '-o')
    })
})

describe('writeWhole', () => {
  it('replaces a file, keeps its permissions and leaves nothing beside it', () => {
    const world = recordedWorld(folderWith({ 'x.json': 'old' }))
    const file = join(world.cwd, 'x.json')
    chmodSync(file, 0o640)
    writeWhole('x.json', 'new', world)
    expect(readFileSync(file, 'utf8')).to.equal('new')
    expect(mode(file)).to.equal(0o640)
    expect(readdirSync(world.cwd)).to.deep.equal(['x.json'])
  })

  it('writes through a link, not over it', () => {
    const world = recordedWorld(folderWith({ 'real.json': 'old' }))
    symlinkSync('real.json', join(world.cwd, 'link.json'))
    writeWhole('link.json', 'new', world)
    expect(readFileSync(join(world.cwd, 'real.json'), 'utf8')).to.equal('new')
    expect(readdirSync(world.cwd).sort()).to.deep.equal(['link.json', 'real.json'])
  })

  it('gives a new file the permissions of the umask', () => {
    const world = recordedWorld(folderWith({}))
    const before = process.umask(0o027)
    try {
      writeWhole('x', 'x', world)
    } finally {
      process.umask(before)
    }
    expect(mode(join(world.cwd, 'x'))).to.equal(0o640)
  })

  it('writes to what is no file as it is', () => {
    writeWhole('/dev/null', 'x', recordedWorld('/'))
    expect(statSync('/dev/null').isCharacterDevice()).to.equal(true)
  })

  it('an interrupt takes the half-written file away', () => {
    let seen: readonly string[] = []
    let settled = false
    const folder = folderWith({})
    const world = recordedWorld(folder, {
      onInterrupt: (undo) => {
        seen = [undo.name]
        return () => {
          settled = true
        }
      },
    })
    writeWhole('x', 'x', world)
    expect(seen).to.have.length(1)
    expect(settled).to.equal(true)
  })

  const refused: readonly (readonly [name: string, message: RegExp])[] = [
    ['.', /a folder/],
    ['nowhere/x', /^nowhere\/x: cannot be written: no such file or folder$/],
    ['x.txt/y', /^x\.txt\/y: cannot be written: not a folder$/],
  ]
  for (const [name, message] of refused)
    it(`refuses ${name}`, () => {
      const world = recordedWorld(folderWith({ 'x.txt': '' }))
      expect(() => writeWhole(name, 'x', world)).to.throw(UserError, message)
      expect(readdirSync(world.cwd)).to.deep.equal(['x.txt'])
    })
})
