import { expect } from 'chai'
import { baseName, cleanPath, joinPath, parentPath } from '../../lib/path.ts'

describe('cleanPath', () => {
  const cases: readonly (readonly [path: string, clean: string])[] = [
    ['', '.'],
    ['.', '.'],
    ['./', '.'],
    ['/', '/'],
    ['//', '/'],
    ['a', 'a'],
    ['a/', 'a'],
    ['./a//b/./c', 'a/b/c'],
    ['/a/b/../../..', '/'],
    ['/../x', '/x'],
    ['../../a', '../../a'],
    ['a/../..', '..'],
    ['a/../../b', '../b'],
    ['a/..', '.'],
    ['...', '...'],
    ['/a/.b/..c/...', '/a/.b/..c/...'],
    ['/a/b/.', '/a/b'],
    ['/a/..', '/'],
    ['!./a', '!./a'], // a `!` makes the dot part of a name
  ]
  for (const [path, clean] of cases) it(JSON.stringify(path), () => expect(cleanPath(path)).to.equal(clean))
})

describe('joinPath, parentPath, baseName', () => {
  it('joins', () => {
    expect(joinPath('/a', 'b/../c')).to.equal('/a/c')
    expect(joinPath('/a', '/b/')).to.equal('/b')
    expect(joinPath('', 'b')).to.equal('b')
    expect(joinPath('/', '..')).to.equal('/')
  })
  it('splits', () => {
    expect(parentPath('/a/b')).to.equal('/a')
    expect(parentPath('/a')).to.equal('/')
    expect(parentPath('a')).to.equal('')
    expect(parentPath('a/b')).to.equal('a')
    expect(baseName('/a/b')).to.equal('b')
    expect(baseName('a')).to.equal('a')
  })
})
