import { expect } from 'chai'
import { complaint, run } from '../../cli/program.ts'
import type { VerbLine } from '../../cli/verbs/index.ts'
import { UserError } from '../../lib/error.ts'
import { version } from '../../lib/version.ts'
import { folderWith } from './folder.ts'
import { recordedWorld } from './world.ts'

const verb = (name: string, doing: () => number): VerbLine => ({
  name,
  takes: 'X',
  says: 'a verb',
  groups: [],
  load: async () => ({ verb: { examples: [], run: async () => doing() } }),
})

const verbs = [
  verb('fine', () => 1),
  verb('wrong', () => {
    throw new UserError('x.tar: not there', { hint: 'look again' })
  }),
  verb('broken', () => {
    throw new TypeError('of undefined')
  }),
]

describe('run', () => {
  const folder = folderWith({ 'app/Dockerfile': 'FROM scratch\n' })
  const cases: readonly (readonly [argv: string, code: number, out: RegExp, err: RegExp])[] = [
    ['fine', 1, /^$/, /^$/],
    ['wrong', 2, /^$/, /^stratigraph: x\.tar: not there \(look again\)\n$/],
    ['broken', 70, /^$/, /defect of stratigraph .*: of undefined\n.*report.*\n--verbose.*\n$/],
    ['broken --verbose', 70, /^$/, /TypeError: of undefined\n\s+at /],
    ['', 2, /^$/, /^stratigraph: no verb given \(stratigraph --help lists the verbs\)\n$/],
    ['fien', 2, /^$/, /^stratigraph: fien is no verb \(did you mean fine\?\)\n$/],
    ['app', 2, /^$/, /^stratigraph: app is no verb \(stratigraph history app\)\n$/],
    ['elsewhere', 2, /^$/, /^stratigraph: elsewhere is no verb \(stratigraph --help lists the verbs\)\n$/],
    ['fine --explian', 2, /^$/, /^stratigraph: unknown option --explian \(did you mean --explain\?\)\n$/],
    ['fine --explain', 2, /^$/, /^stratigraph: fine has no option --explain \(stratigraph fine --help lists them\)\n$/],
    ['--version', 0, new RegExp(`^${version}\n$`), /^$/],
    ['--help', 0, /VERB[\s\S]*fine/, /^$/],
    ['help fine', 0, /fine X/, /^$/],
    ['fine --nonsense -h', 0, /fine X/, /^$/],
    ['completion', 0, /complet/, /^$/],
  ]
  for (const [argv, code, out, err] of cases)
    it(`stratigraph ${argv}`, async () => {
      const world = recordedWorld(folder)
      expect(await run(argv.split(' ').filter(Boolean), world, verbs)).to.equal(code)
      expect(world.printed()).to.match(out)
      expect(world.complained()).to.match(err)
    })

  it('a place in a file stands first on its line, and a message is one line', () => {
    expect(complaint(new UserError('Dockerfile:4: no such\nthing'))).to.equal('Dockerfile:4: no such thing')
    expect(complaint(new UserError('a b.yaml:3:1: unknown key'))).to.equal('a b.yaml:3:1: unknown key')
    expect(complaint(new UserError('x: not there'))).to.equal('stratigraph: x: not there')
  })
})
