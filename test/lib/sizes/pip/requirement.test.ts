import { expect } from 'chai'
import { allows, holds, readRequirement } from '../../../../lib/sizes/pip/requirement.ts'

describe('requirements of pip', () => {
  const texts: readonly (readonly [text: string, name: string | undefined, pinned: string | undefined])[] = [
    ['flask', 'flask', undefined],
    ['Flask==3.1.3', 'flask', '3.1.3'],
    ['flask (==3.1.3)', 'flask', '3.1.3'],
    ['typing_extensions === 4.0', 'typing-extensions', '4.0'],
    ['requests[socks,security] >= 2, < 3', 'requests', undefined],
    ['uvicorn==0.*', 'uvicorn', undefined],
    ['a==1 ; python_version < "4"', 'a', '1'],
    ['git+https://host.example/x', 'git', undefined],
    ['', undefined, undefined],
    ['./here', undefined, undefined],
  ]
  for (const [text, name, pinned] of texts)
    it(`reads ${JSON.stringify(text)}`, () => {
      const read = readRequirement(text)
      expect(read?.name).to.equal(name)
      expect(read?.pinned).to.equal(pinned)
    })

  it('reads extras and conditions', () => {
    const read = readRequirement('requests[Socks, use_chardet] >= 2 ; python_version < "4" # why')
    expect(read).to.include({ versions: '>= 2', marker: 'python_version < "4"' })
    expect(read?.extras).to.deep.equal(['socks', 'use-chardet'])
    expect(readRequirement('requests')?.extras).to.deep.equal([])
  })

  const limits: readonly (readonly [limits: string, version: string, allowed: boolean])[] = [
    ['', '1.0', true],
    ['>=2,<3', '2.9', true],
    ['>=2,<3', '3.0', false],
    ['>2', '2.0', false],
    ['<=2.1', '2.1.0', true],
    ['==2.1.*', '2.1.7', true],
    ['==2.1.*', '2.10', false],
    ['!=2.1.*', '2.1.7', false],
    ['!=1.5', '1.5', false],
    ['~=2.2', '2.9', true],
    ['~=2.2', '3.0', false],
    ['~=2.2.1', '2.3', false],
    ['<2', '2.0rc1', true],
    ['==1', '1.0.0', true],
    ['odd', '1', true],
  ]
  for (const [limit, version, allowed] of limits)
    it(`${version} is ${allowed ? '' : 'not '}within ${limit || 'no limits'}`, () =>
      expect(allows(limit, version)).to.equal(allowed))

  const here = { python: '3.11', machine: 'x86_64' } as const
  const markers: readonly (readonly [marker: string, held: boolean])[] = [
    ['', true],
    ['python_version < "3.9"', false],
    ["python_version >= '3.10'", true],
    ["sys_platform == 'win32'", false],
    ["'linux' in sys_platform", true],
    ["platform_machine not in 'x86_64 aarch64'", false],
    ["sys_platform == 'win32' or python_version > '3'", true],
    ["(sys_platform == 'win32' or os_name == 'posix') and python_version < '3.11'", false],
    ["extra == 'dev'", false],
    ["no_such_thing == 'x'", true],
    ['((((', true],
    [`${'('.repeat(5000)}python_version < "3"`, true],
  ]
  for (const [marker, held] of markers)
    it(`${held ? 'holds' : 'does not hold'}: ${marker.slice(0, 80)}`, () => expect(holds(marker, here)).to.equal(held))

  it('takes what it cannot know for true', () =>
    expect(holds('python_version < "3"', { ...here, python: undefined })).to.equal(true))
})
