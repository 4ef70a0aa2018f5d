import { expect } from 'chai'
import { flags } from '../../cli/flags.ts'
import { checkOptions, completion, help, type Options, readOptions, readOptionsByYargs } from '../../cli/options.ts'
import { type VerbLine, verbs } from '../../cli/verbs/index.ts'
import { UserError } from '../../lib/error.ts'

const verb: VerbLine = {
  name: 'history',
  takes: 'SUBJECT',
  says: 'the history table',
  groups: ['history', 'dockerfile', 'prediction'],
  format: { says: 'table or json' },
  load: async () => ({ verb: { examples: [['stratigraph history .', 'the Dockerfile here']], run: async () => 0 } }),
}

/** [argv, args, on, values] */
type Case = readonly [argv: string, args: string[], on: Options['on'], values: Options['values']]

const cases: readonly Case[] = [
  ['.', ['.'], {}, {}],
  ['-', ['-'], {}, {}],
  ['-f - .', ['.'], {}, { file: ['-'] }],
  ['-fDockerfile.prod .', ['.'], {}, { file: ['Dockerfile.prod'] }],
  ['-f=Dockerfile.prod .', ['.'], {}, { file: ['Dockerfile.prod'] }],
  ['--file=a=b .', ['.'], {}, { file: ['a=b'] }],
  ['--build-arg A=1 . --build-arg=B= --build-arg C', ['.'], {}, { 'build-arg': ['A=1', 'B=', 'C'] }],
  ['--build-arg A=-1 --label --x .', ['.'], {}, { 'build-arg': ['A=-1'], label: ['--x'] }],
  ['--target a --target b .', ['.'], {}, { target: ['a', 'b'] }],
  ['--human . --no-trunc', ['.'], { human: true, 'no-trunc': true }, {}],
  ['--human=false .', ['.'], { human: false }, {}],
  ['-H=0 .', ['.'], { human: false }, {}],
  ['--human=T false', ['false'], { human: true }, {}],
  ['-qH .', ['.'], { quiet: true, human: true }, {}],
  ['-qfx .', ['.'], { quiet: true }, { file: ['x'] }],
  ['--no-trunc=false --no-trunc .', ['.'], { 'no-trunc': true }, {}],
  ['--layers=false .', ['.'], { layers: false }, {}],
  ['--no-context --no-config --no-color .', ['.'], { 'no-context': true, 'no-config': true, 'no-color': true }, {}],
  [
    '-t me/app:1 --pull --no-cache --progress plain .',
    ['.'],
    { pull: true, 'no-cache': true },
    { tag: ['me/app:1'], progress: ['plain'] },
  ],
  ['--pull=always .', ['.'], { pull: true }, {}],
  ['. -- --odd', ['.', '--odd'], {}, {}],
  ['. 007 1e3', ['.', '007', '1e3'], {}, {}],
  ['--format {{.ID}} .', ['.'], {}, { format: ['{{.ID}}'] }],
]

describe('options', () => {
  for (const [text, args, on, values] of cases) {
    const argv = ['history', ...text.split(' ')]
    const expected = { verb: 'history', args, on, values }
    it(text, async () => {
      expect(readOptions(argv)).to.deep.equal(expected)
      expect(await readOptionsByYargs(argv), 'by yargs').to.deep.equal(expected)
    })
  }

  it('both roads agree on every option of the table', async () => {
    for (const row of flags) {
      const argv = [
        'history',
        `--${row.name}`,
        ...('takes' in row ? ['choices' in row ? row.choices[0] : 'x'] : []),
        '.',
      ]
      expect(await readOptionsByYargs(argv), row.name).to.deep.equal(readOptions(argv))
    }
  })

  const wrong: readonly (readonly [argv: string, message: RegExp, hint?: RegExp])[] = [
    ['--bulid-arg A=1 .', /unknown option --bulid-arg/, /--build-arg/],
    ['--frobnicate .', /unknown option --frobnicate/],
    ['--__proto__=1', /unknown option --_+proto_+/],
    ['-Z .', /unknown option -Z/],
    ['-qZ .', /unknown option -Z in -qZ/],
    ['. --target', /--target wants a value/],
    ['. -f', /--file wants a value/],
    ['--human=perhaps .', /--human=perhaps/],
  ]
  for (const [text, message, hint] of wrong)
    it(`refuses ${text}`, () => {
      const error = thrown(() => readOptions(['history', ...text.split(' ')]))
      expect(error.message).to.match(message)
      if (hint) expect(error.hint).to.match(hint)
    })

  it('refuses a value that is not one of the choices', () => {
    const check = (argv: string) => () => checkOptions(readOptions(argv.split(' ')), verb)
    const error = thrown(check('history . --size-model buildkid'))
    expect(error.message).to.match(/--size-model buildkid: not one of classic, buildkit/)
    expect(error.hint).to.equal('did you mean buildkit?')
    expect(check('history . --size-model tar -t x')).not.to.throw()
  })

  it('refuses an option of another verb', () => {
    const other = { ...verb, name: 'rules', groups: [] }
    expect(thrown(() => checkOptions(readOptions(['rules', '--explain']), other)).message).to.equal(
      'rules has no option --explain',
    )
    const json = () => readOptions(['rules', '--format', 'json'])
    expect(() => checkOptions(json(), other)).not.to.throw()
    const { format: _, ...formless } = other
    expect(thrown(() => checkOptions(json(), formless)).message).to.equal('rules has no option --format')
  })

  it('writes help for all verbs and for one, flags without effect left out', async () => {
    expect(await help([], [verb], 80)).to.match(/VERB[\s\S]*history {2}/)
    const text = await help(['history'], [verb], 80)
    expect(text).to.match(/stratigraph history SUBJECT/)
    expect(text).to.match(/--build-arg[\s\S]*--builder[\s\S]*--format[\s\S]*Examples:/)
    expect(text).not.to.match(/--shm-size|\[(?:string|boolean)\]/)
  })

  it('says in the help of a verb what its own --format may be, and lists completion last', async () => {
    expect(await help(['lint'], verbs, 100)).to.match(/--format +F: pretty/)
    expect(await help(['waste'], verbs, 100)).to.match(/--format +F: table or json\n/)
    expect(await help(['init'], verbs, 100)).not.to.match(/--format/)
    expect(await help([], verbs, 100)).to.match(/Commands:\n +stratigraph history [\s\S]* completion .*\n\nCommon/)
  })

  for (const real of verbs)
    it(`examples in the help of ${real.name} are command lines it takes`, async () => {
      const { examples } = (await real.load()).verb
      expect(examples).not.to.deep.equal([])
      for (const [command] of examples) {
        const [program, name, ...words] = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(
          (match) => match[1] ?? match[2]!,
        )
        const taken = verbs.find((one) => one.name === name)
        expect([program, taken?.name], command).to.deep.equal(['stratigraph', name])
        expect(() => checkOptions(readOptions([name!, ...words]), taken!), command).not.to.throw()
      }
    })

  it('every option of the table belongs to a verb, or to all', () => {
    const groups = new Set(['common', 'ignored', ...verbs.flatMap((one) => one.groups)])
    expect(flags.filter((row) => !groups.has(row.group))).to.deep.equal([])
  })

  it('completes verbs and options', async () => {
    expect(await completion(['completion'], [verb])).to.match(/--get-yargs-completions/)
    expect(await completion(['--get-yargs-completions', 'stratigraph', 'history', '--size-mo'], [verb])).to.match(
      /--size-model/,
    )
    expect(await completion(['--get-yargs-completions', 'stratigraph', ''], [verb])).to.match(/history/)
  })
})

function thrown(run: () => unknown): UserError {
  try {
    run()
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
