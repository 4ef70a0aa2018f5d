import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { parseBytes } from '../../cli/bytes.ts'
import { type Config, configFor, noConfig } from '../../cli/config.ts'
import { budgetKeys, configKeys, readConfig } from '../../cli/config-file.ts'
import { readOptions } from '../../cli/options.ts'
import { UserError } from '../../lib/error.ts'
import { root } from '../tools/truth.ts'
import { folderWith } from './folder.ts'
import { recordedWorld } from './world.ts'

describe('readConfig', () => {
  const cases: readonly (readonly [text: string, value: object])[] = [
    ['', {}],
    ['# nothing yet\n', {}],
    ['builder: classic@29.7\nplatform: linux/arm64\n', { builder: 'classic@29.7', platform: 'linux/arm64' }],
    [
      'build-args: { VERSION: 1.10, DEBUG: yes, EMPTY: }\n',
      { 'build-args': { VERSION: '1.10', DEBUG: 'yes', EMPTY: '' } },
    ],
    [
      'sizes:\n  "https://example.org/a.tgz": 34MB\n  https://example.org/b: 12\n',
      { sizes: { 'https://example.org/a.tgz': 34e6, 'https://example.org/b': 12 } },
    ],
    ['bases:\n  alpine:3.20: ./base.json\n', { bases: { 'alpine:3.20': './base.json' } }],
    [
      'budgets: { max-size: 1.5GB, max-wasted-percent: 5%, max-layers: 20 }',
      { budgets: { 'max-size': 1.5e9, 'max-wasted-percent': 5, 'max-layers': 20 } },
    ],
    [
      'rules: { syntax: off, DL3009: { severity: error, most: 3 } }',
      { rules: { syntax: 'off', DL3009: { severity: 'error', most: '3' } } },
    ],
    [
      'fail-on: error\nignore: ["vendor/**"]\nsize-model: tar\ntarget: 2',
      { 'fail-on': 'error', ignore: ['vendor/**'], 'size-model': 'tar', target: '2' },
    ],
  ]
  for (const [text, value] of cases)
    it(JSON.stringify(text), () => expect(readConfig(text, 'c.yaml')).to.deep.equal(value))

  const wrong: readonly (readonly [text: string, message: string | RegExp, hint?: string])[] = [
    ['buildr: x\n', 'c.yaml:1:1: unknown key buildr', 'did you mean builder?'],
    ['# a\nbudgets:\n  max-szie: 1\n', 'c.yaml:3:3: unknown key budgets.max-szie', 'did you mean max-size?'],
    ['builder: dockr\n', /^c\.yaml:1:10: builder: .*dockr.*no such builder/],
    ['platform: a/b/c/d\n', /^c\.yaml:1:11: platform: platform a\/b\/c\/d: not of the form/],
    [
      '\nsizes:\n  https://example.org/x: big\n',
      'c.yaml:3:26: sizes.https://example.org/x: big is not a size like 34MB',
    ],
    ['size-model: dvie\n', /^c\.yaml:1:13: size-model: not one of classic/],
    ['rules: { a: { severity: bad } }', /^c\.yaml:1:\d+: rules\.a/],
    ['bases: [a, b]', /^c\.yaml:1:8: bases: not a map/],
    ['ignore: vendor', 'c.yaml:1:9: ignore: not a list of paths'],
    ['- a\n- b\n', 'c.yaml:1:1: a list, not a map of settings'],
    ['a: b: c\n', /^c\.yaml:1:\d+: not YAML/],
    ['target: a\ntarget: b\n', /^c\.yaml:2:1: not YAML: .*unique/],
    [
      'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]',
      /not YAML/,
    ],
    ['['.repeat(100_000), /^c\.yaml:1:1: not YAML/],
  ]
  for (const [text, message, hint] of wrong)
    it(`refuses ${JSON.stringify(text.slice(0, 60))}`, () => {
      let error: unknown
      try {
        readConfig(text, 'c.yaml')
      } catch (caught) {
        error = caught
      }
      expect(error).to.be.instanceOf(UserError)
      if (typeof message === 'string') expect((error as UserError).message).to.equal(message)
      else expect((error as UserError).message).to.match(message)
      if (hint) expect((error as UserError).hint).to.equal(hint)
    })
})

describe('lib/report/schemas/config.schema.json', () => {
  const schema = JSON.parse(readFileSync(join(root, 'lib/report/schemas/config.schema.json'), 'utf8')) as {
    properties: Record<string, { enum?: string[]; properties?: object }>
    $defs: { bytes: { anyOf: [object, { pattern: string }] } }
  }

  it('knows the same keys', () => {
    expect(Object.keys(schema.properties)).to.have.members(configKeys)
    expect(Object.keys(schema.properties.budgets!.properties!)).to.have.members(budgetKeys)
  })

  it('takes the same words and the same sizes', () => {
    for (const [key, { enum: words }] of Object.entries(schema.properties))
      for (const word of words ?? []) expect(() => readConfig(`${key}: ${word}`, key)).not.to.throw()
    const pattern = new RegExp(schema.$defs.bytes.anyOf[1].pattern)
    for (const text of ['0', '34MB', '1.5 GiB', '7b', '2k']) {
      expect(text).to.match(pattern)
      expect(parseBytes(text)).to.be.a('number')
    }
  })
})

describe('configFor', () => {
  const folder = folderWith({
    '.stratigraph.yaml': 'builder: classic\nbases: { a: far, b: far }\nignore: [x]\n',
    'app/.stratigraph.yaml': 'target: prod\nbases: { b: near }\nignore: [y]\n',
    'app/deep/Dockerfile': 'FROM a',
    'two/.stratigraph.yaml': '',
    'two/.stratigraph.yml': '',
    'other.yaml': 'target: other\n',
    'bad.yaml': 'x: 1\n',
  })
  const world = recordedWorld(folder)
  const read = (where: string, argv = ''): Promise<Config> =>
    configFor(join(folder, where), readOptions(['history', ...argv.split(' ').filter(Boolean)]), world)

  it('merges what is found upward, the nearer file winning', async () => {
    const { builder, target, bases, ignore } = await read('app/deep')
    expect({ builder, target }).to.deep.equal({ builder: 'classic', target: 'prod' })
    expect(bases).to.deep.equal({
      a: { text: 'far', folder },
      b: { text: 'near', folder: join(folder, 'app') },
    })
    expect(ignore.map(({ text }) => text)).to.deep.equal(['x', 'y'])
  })
  it('--no-config: none', async () => expect(await read('app', '--no-config')).to.equal(noConfig))
  it('--config: that one', async () =>
    expect(await read('app', '--config other.yaml')).to.deep.equal({ ...noConfig, target: 'other' }))

  mkdirSync(join(folder, 'circle'))
  symlinkSync('.stratigraph.yaml', join(folder, 'circle', '.stratigraph.yaml'))

  const wrong: readonly (readonly [where: string, argv: string, message: RegExp])[] = [
    ['two', '', /keep one of the two/],
    ['.', '--config none.yaml', /^none\.yaml: no such file or folder$/],
    ['.', '--config app', /^app: /],
    ['circle', '', /^\/.*circle\/\.stratigraph\.yaml: too many symbolic links encountered$/],
    ['.', '--config bad.yaml', /^bad\.yaml:1:1: unknown key x$/],
  ]
  for (const [where, argv, message] of wrong)
    it(`${where} ${argv}: ${message.source}`, async () => {
      const error = await read(where, argv).then(
        () => undefined,
        (caught: unknown) => caught,
      )
      expect(error).to.be.instanceOf(UserError)
      expect((error as UserError).message).to.match(message)
    })
})
