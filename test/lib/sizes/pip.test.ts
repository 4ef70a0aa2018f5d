import { expect } from 'chai'
import { sum } from '../../../lib/size.ts'
import { type PipRequest, pipInstall, readRequirement, readRequirements } from '../../../lib/sizes/pip.ts'

const request = (requirements: readonly string[], more: Partial<PipRequest> = {}): PipRequest => ({
  requirements,
  compile: true,
  cached: false,
  dependencies: true,
  site: '/usr/local/lib/python3.11/site-packages',
  cache: '/root/.cache/pip',
  ...more,
})

const bytesOf = (one: PipRequest) => sum(pipInstall(one).stored.map(({ size }) => size))

describe('pip', () => {
  // Rows of recorded builds, classic bytes.
  const recorded: readonly (readonly [what: string, request: PipRequest, bytes: number])[] = [
    ['flask', request(['flask==3.1.3']), 4_981_799],
    ['flask with cache', request(['flask==3.1.3'], { cached: true }), 5_627_460],
    ['flask without byte code', request(['flask==3.1.3'], { compile: false }), 2_202_985],
    ['a web application', request(['django', 'gunicorn', 'requests', 'sqlalchemy', 'cryptography']), 82_443_084],
    ['a scientific one', request(['numpy', 'pandas', 'scipy']), 286_503_035],
  ]
  for (const [what, one, bytes] of recorded)
    it(`stores ${what} as recorded, to two hundredths`, () => {
      const size = bytesOf(one)
      expect(size.bytes! / bytes).to.be.within(0.98, 1.02)
      expect(bytes).to.be.within(size.low, size.high!)
    })

  it('brings what is needed, and not what is there', () => {
    expect(pipInstall(request(['Flask'])).installed).to.include.members(['flask', 'jinja2', 'markupsafe'])
    expect(pipInstall(request(['Flask'], { installed: new Set(['jinja2']) })).installed).not.to.include('jinja2')
    expect(pipInstall(request(['Flask'], { dependencies: false })).installed).to.deep.equal(['flask'])
  })

  it('brings what an extra needs, and says where nobody knows that', () => {
    expect(pipInstall(request(['uvicorn[standard]'])).installed).to.include.members(['uvicorn', 'uvloop', 'websockets'])
    expect(pipInstall(request(['uvicorn'])).installed).not.to.include('uvloop')
    expect(bytesOf(request(['uvicorn[no-such-extra]'])).bytes).to.equal(null)
  })

  it('is less sure of another version, and says what it does not know', () => {
    expect(bytesOf(request(['flask==1.0'], { dependencies: false })).basis).to.equal('heuristic')
    expect(bytesOf(request(['no-such-thing'])).bytes).to.equal(null)
  })

  const requirements: readonly (readonly [text: string, name: string | undefined, pinned: string | undefined])[] = [
    ['flask', 'flask', undefined],
    ['Flask==3.1.3', 'flask', '3.1.3'],
    ['typing_extensions === 4.0', 'typing-extensions', '4.0'],
    ['requests[socks,security] >= 2, < 3', 'requests', undefined],
    ['uvicorn==0.*', 'uvicorn', undefined],
    ['a==1 ; python_version < "4"', 'a', '1'],
    ['git+https://host.example/x', 'git', undefined],
    ['', undefined, undefined],
    ['./here', undefined, undefined],
  ]
  for (const [text, name, pinned] of requirements)
    it(`reads ${JSON.stringify(text)}`, () => {
      const read = readRequirement(text)
      expect(read?.name).to.equal(name)
      expect(read?.pinned).to.equal(pinned)
    })

  it('reads extras', () => {
    expect(readRequirement('requests[Socks, use_chardet] >= 2')?.extras).to.deep.equal(['socks', 'use-chardet'])
    expect(readRequirement('requests')?.extras).to.deep.equal([])
  })

  it('reads a file of requirements', () => {
    expect(
      readRequirements('# all\nflask==3.1.3  # web\n-r more.txt\n--no-binary :all:\n\na \\\n --hash=sha256:00\n'),
    ).to.deep.equal(['flask==3.1.3', 'a'])
  })
})
