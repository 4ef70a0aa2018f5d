import { expect } from 'chai'
import { pipWheels } from '../../../lib/data/pip-wheels.ts'
import { sum } from '../../../lib/size.ts'
import { knownWheels, readWheel, wheelLine, wheelLines } from '../../../lib/sizes/pip/table.ts'
import { weightOf } from '../../../lib/sizes/pip/weight.ts'
import { type PipRequest, pipInstall } from '../../../lib/sizes/pip.ts'

const request = (requirements: readonly string[], more: Partial<PipRequest> = {}): PipRequest => ({
  requirements,
  compile: true,
  cached: false,
  dependencies: true,
  site: '/usr/local/lib/python3.11/site-packages',
  cache: '/root/.cache/pip',
  target: { python: '3.11', machine: 'x86_64', glibc: true },
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
      const size = bytesOf({ ...one, target: { ...one.target, day: '2026-11-20' } })
      expect(size.bytes! / bytes).to.be.within(0.98, 1.02)
      expect(bytes).to.be.within(size.low, size.high!)
    })

  it('brings what a pinned version needs, not what newer ones came to need', () => {
    const older = pipInstall(request(['scrapy==2.12.0'])).installed
    expect(older).to.include.members(['twisted', 'parsel'])
    expect(older).not.to.include('aiohttp')
    expect(pipInstall(request(['scrapy'])).installed).to.include('aiohttp')
  })

  it('stores versions that are pinned, for newer Pythons too, as installs did, to a hundredth', () => {
    // Own files of installs on 2026-11-23, byte code left out.
    const installed: readonly (readonly [name: string, pinned: string, python: string, bytes: number])[] = [
      ['pillow', '11.0.0', '3.13', 12_625_308],
      ['duckdb', '1.1.3', '3.12', 62_758_446],
      ['matplotlib', '3.10.0', '3.12', 21_881_069],
    ]
    for (const [name, pinned, python, bytes] of installed) {
      const target = { ...request([]).target, python }
      const own = weightOf({ name, pinned, versions: '' }, target)!.own.bytes
      expect(own / bytes, name).to.be.within(0.99, 1.01)
    }
  })

  it('brings what is needed, and not what is there', () => {
    expect(pipInstall(request(['Flask'])).installed).to.include.members(['flask', 'jinja2', 'markupsafe'])
    expect(pipInstall(request(['Flask'], { installed: new Set(['jinja2']) })).installed).not.to.include('jinja2')
    expect(pipInstall(request(['Flask'], { dependencies: false })).installed).to.deep.equal(['flask'])
  })

  it('brings what an extra needs, and says where nobody knows that', () => {
    expect(pipInstall(request(['uvicorn[standard]'])).installed).to.include.members(['uvicorn', 'uvloop', 'websockets'])
    expect(pipInstall(request(['uvicorn'])).installed).not.to.include('uvloop')
    const guessed = bytesOf(request(['uvicorn[no-such-extra]']))
    expect(guessed.basis).to.equal('heuristic')
    expect(guessed.high! / guessed.low).to.be.greaterThan(10)
    expect(bytesOf(request(['no-such-thing[extra]'])).bytes).to.equal(null)
  })

  const versionOf = (name: string, target: Partial<PipRequest['target']>): string | undefined =>
    weightOf({ name, pinned: undefined, versions: '' }, { ...request([]).target, ...target })?.wheel.version

  it('takes no version that the Python is too old for', () => {
    const [older, newer] = [versionOf('numpy', { python: '3.11' }), versionOf('numpy', { python: '3.12' })]
    expect(Number.parseFloat(older!)).to.be.lessThan(Number.parseFloat(newer!))
    const names = new Set(
      wheelLines().flatMap((line) => (readWheel(line).version === '-' ? [] : [readWheel(line).name])),
    )
    const tooNew = [...names].filter((name) => {
      const known = knownWheels(name)
      const { least = 0 } = known.find(({ version }) => version === versionOf(name, { python: '3.10' })) ?? {}
      return least > 10 && known.some((one) => (one.least ?? 0) <= 10)
    })
    expect(tooNew).to.deep.equal([])
  })

  it('takes what was the newest on the day of the base, where that is known', () => {
    expect(versionOf('pandas', { day: '2026-11-20' })).to.equal('3.0.6')
    expect(versionOf('pandas', { day: '2026-12-24' })).to.equal(versionOf('pandas', {}))
    expect(versionOf('pandas', {})).not.to.equal('3.0.6')
  })

  it('is less sure of another version, and says what it does not know', () => {
    expect(bytesOf(request(['flask==1.0'], { dependencies: false })).basis).to.equal('heuristic')
    expect(bytesOf(request(['no-such-thing'])).bytes).to.equal(null)
  })

  it('guesses a few of many, and says nothing of one alone', () => {
    const known = bytesOf(request(['django', 'requests']))
    const both = bytesOf(request(['django', 'requests', 'numpy', 'no-such-thing']))
    expect(both.low).to.be.greaterThan(known.low)
    // With what it needs besides, which nobody knows.
    const numpy = bytesOf(request(['numpy']))
    expect(both.bytes! - known.bytes! - numpy.bytes!).to.be.within(2_000_000, 20_000_000)
    expect(both.high! - known.high!).to.be.greaterThan(20_000_000)
    const two = bytesOf(request(['django', 'requests', 'numpy', 'no-such-thing', 'nor-this']))
    expect(two.bytes! - both.bytes!).to.be.greaterThan(both.bytes! - known.bytes! - numpy.bytes!)
    expect(bytesOf(request(['no-such-thing', 'nor-this'])).bytes).to.equal(null)
  })

  it('is surer of many strangers than of the sum of each', () => {
    const strangers = Array.from({ length: 12 }, (_, i) => `no-such-thing${i}`)
    const size = bytesOf(request(strangers))
    expect(size.bytes! / 1e6).to.be.within(100, 500)
    expect(size.high! / size.low).to.be.lessThan(60)
  })

  it('takes a list for a whole one where all is asked for that the known ones need', () => {
    const whole = 'flask jinja2 markupsafe werkzeug click blinker itsdangerous requests urllib3 idna certifi'.split(' ')
    const of = (more: readonly string[]) => bytesOf(request([...whole, 'charset-normalizer', ...more])).bytes!
    const stranger = of(['no-such-thing']) - of([])
    expect(stranger).to.be.within(200_000, 1_500_000)
    const brings = bytesOf(request([...whole, 'no-such-thing'])).bytes! - bytesOf(request(whole)).bytes!
    expect(brings).to.be.greaterThan(stranger * 5)
  })

  it('takes what a stranger is named after for what it may need', () => {
    const { stored } = pipInstall(request(['numpy', 'scipy', 'django-no-such-thing']))
    const django = stored.find(({ label }) => label === 'pip:django')
    expect(django?.size.low).to.equal(0)
    expect(django?.size.high).to.be.greaterThan(10_000_000)
    expect(pipInstall(request(['numpy', 'django-no-such-thing'], { alone: true })).installed).not.to.include('django')
  })

  it('says nothing of what is far bigger than all others', () => {
    const strangers = Array.from({ length: 12 }, (_, i) => `no-such-thing${i}`)
    expect(bytesOf(request([...strangers, 'torch'])).bytes).to.equal(null)
    expect(bytesOf(request([...strangers, 'torchlight'])).bytes).not.to.equal(null)
  })

  it('takes a wheel that a lock file describes for what it is', () => {
    const bytes = knownWheels('flask').find(({ version }) => version === '3.1.3')!.bytes
    const of = (name: string, bytes: number) =>
      bytesOf(
        request([name], { alone: true, dependencies: false, wheels: new Map([['flask', { bytes, native: false }]]) }),
      )
    expect(of('flask==3.1.3', bytes)).to.deep.equal(bytesOf(request(['flask==3.1.3'], { dependencies: false })))
    expect(of('flask==2.0.0', bytes * 2).bytes! / of('flask==3.1.3', bytes).bytes!).to.be.within(1.95, 2.05)
    const stranger = bytesOf(
      request(['no-such-thing'], { alone: true, wheels: new Map([['no-such-thing', { bytes: 9e5, native: false }]]) }),
    )
    expect(stranger.bytes! / 1e6).to.be.within(4, 8)
    expect(stranger.high! / stranger.low).to.be.within(3, 8)
  })

  const limited: readonly (readonly [what: string, more: Partial<PipRequest>, basis: string])[] = [
    ['pinned to what was measured', { requirements: ['flask==3.1.3'] }, 'resolved'],
    ['the newest', { requirements: ['flask'] }, 'heuristic'],
    ['pinned by a constraint', { requirements: ['flask'], constraints: ['Flask==3.1.3'] }, 'resolved'],
    ['not the newest', { requirements: ['flask<3.1'] }, 'heuristic'],
    [
      'for another Python',
      { requirements: ['flask==3.1.3'], target: { python: '3.12', machine: 'x86_64', glibc: true } },
      'heuristic',
    ],
  ]
  for (const [what, more, basis] of limited)
    it(`is ${basis} of ${what}`, () => {
      const size = bytesOf(request([], { dependencies: false, ...more }))
      expect(size.basis).to.equal(basis)
      expect(size.bytes).to.be.within(size.low, size.high!)
    })

  it('is shorter byte code before Python 3.11, and surer of what has no machine code', () => {
    const of = (name: string, python: string, machine = 'x86_64') => {
      const { stored } = pipInstall(
        request([`${name}`], { dependencies: false, target: { python, machine, glibc: true } }),
      )
      return stored.map(({ size }) => size)
    }
    const [own, code] = of('jinja2', '3.10')
    const [sameOwn, longer] = of('jinja2', '3.11')
    expect(own).to.deep.equal(sameOwn)
    expect(code!.bytes! / longer!.bytes!).to.be.within(0.5, 0.8)
    const width = ({ low, high }: { low: number; high: number | null }) => high! - low
    expect(width(of('markupsafe', '3.11', 'aarch64')[0]!)).to.be.greaterThan(width(of('markupsafe', '3.11')[0]!) * 3)
  })

  it('leaves out what a condition forbids', () => {
    const { installed } = pipInstall(request(['six; python_version<"3"', "jinja2 ; sys_platform == 'linux'"]))
    expect(installed).to.deep.equal(['jinja2', 'markupsafe'])
  })
})

describe('measured wheels', () => {
  it('make sense, in at most 100,000 bytes', () => {
    expect(Buffer.from(pipWheels.packed, 'base64').length).to.be.at.most(100_000)
    const odd = wheelLines().filter((line) => {
      const { name, version, bytes, unpacked, files, python, modules, byteCode } = readWheel(line)
      const numbers = [bytes, unpacked, files, python, modules, byteCode]
      const isExtra = version === '-' && name.endsWith(']') && unpacked === 0
      return numbers.some((one) => !(one >= 0)) || (!isExtra && (unpacked < python || files < modules || bytes === 0))
    })
    expect(odd).to.deep.equal([])
  })

  it('are what everybody installs', () => {
    const usual = 'flask django fastapi uvicorn gunicorn requests numpy pandas scipy celery boto3 pytest black scrapy'
    expect(usual.split(' ').filter((name) => knownWheels(name).length === 0)).to.deep.equal([])
  })

  it('read as they are written', () => {
    for (const line of wheelLines().slice(0, 50)) expect(wheelLine(readWheel(line))).to.equal(line)
  })
})
