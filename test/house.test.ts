/** Floors and doors: what may import what, read from the import lines. ARCHITECTURE.md has the table in words. */

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect } from 'chai'
import { root } from './tools/truth.ts'

const listed = (folder: string, ending: string): readonly string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
        .map((entry) => posix.join(entry.parentPath.slice(root.length + 1).replaceAll('\\', '/'), entry.name))
        .sort()
    : []

const text = (file: string): string => readFileSync(join(root, file), 'utf8')

/** Names after `from`, in `import '…'` and in `import('…')`. */
const imports = (source: string): readonly string[] =>
  [
    ...source.matchAll(/^(?:import|export)\b[^'"`;]*?\bfrom '([^']+)'/gm),
    ...source.matchAll(/^import '([^']+)'/gm),
    ...source.matchAll(/\bimport\('([^']+)'\)/g),
  ].map((match) => match[1]!)

const sources = ['lib', 'cli', 'rules'].flatMap((folder) => listed(folder, '.ts'))
const files = sources.map((file) => ({ file, text: text(file), imports: imports(text(file)) }))

/** Floor of a room, most special first. */
const floors: readonly (readonly [room: RegExp, floor: number])[] = [
  [
    /^lib\/(model|finding|size|human|error|kept|path|glob|path-regexp|platform|reference|schema|sorted|spelling|traits|version)\.ts$/,
    0,
  ],
  [/^lib\/data\//, 0],
  [/^lib\/(dockerfile|shell|image|context)\//, 1],
  [/^lib\/(context|dockerignore|yaml|hcl)\.ts$/, 1],
  [/^lib\/(builders|commands|sizes|bases)\//, 2],
  [/^lib\/bases\.ts$/, 2],
  [/^lib\/(given|plan|settle|ground|act|watch|effects|unionfs|copy)(\/|\.ts$)/, 3],
  [/^lib\/(analyze|inspect|lint|rule|waste)(\/|\.ts$)/, 4],
  [/^rules\//, 4],
  [/^lib\/(report|fix|compare|squash|remember)(\/|\.ts$)/, 5],
  [/^lib\/index\.ts$/, 6],
  [/^cli\//, 7],
]

const floorOf = (file: string): number | undefined => floors.find(([room]) => room.test(file))?.[1]

/** Where an outside package comes in; one that is not named here has exactly one file, wherever that is. */
const doors: Readonly<Record<string, string>> = {
  'dockerfile-ast': 'lib/dockerfile/tree.ts',
  unbash: 'lib/shell/parse.ts',
  kleur: 'lib/report/paint.ts',
  yaml: 'lib/yaml.ts',
  valibot: 'lib/schema.ts',
  yargs: 'cli/options.ts',
  'yargs-parser': 'cli/options.ts',
}

const packageOf = (name: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(name)![0]

const touchesDisk = ['node:fs', 'node:fs/promises']
const touchesWorld = ['node:net', 'node:http', 'node:https', 'node:http2', 'node:dns', 'node:tls', 'node:child_process']

describe('the house', () => {
  it('every file has a floor', () => {
    expect(
      sources.filter((file) => floorOf(file) === undefined),
      'give it one in the table of this test',
    ).to.deep.equal([])
  })

  it('imports go down, never up', () => {
    const up = files.flatMap(({ file, imports }) =>
      imports
        .filter((name) => name.startsWith('.'))
        .map((name) => posix.join(posix.dirname(file), name))
        .filter((target) => (floorOf(target) ?? 0) > (floorOf(file) ?? 0))
        .map((target) => `${file} imports ${target}`),
    )
    expect(up).to.deep.equal([])
  })

  it('imports name a file that exists', () => {
    const lost = files.flatMap(({ file, imports }) =>
      imports.filter((name) => name.startsWith('.') && !existsSync(join(root, posix.dirname(file), name))),
    )
    expect(lost).to.deep.equal([])
  })

  it('each outside package has one door', () => {
    const users = new Map<string, string[]>()
    for (const { file, imports } of files) {
      for (const name of new Set(
        imports.filter((one) => !one.startsWith('.') && !one.startsWith('node:')).map(packageOf),
      ))
        users.set(name, [...(users.get(name) ?? []), file])
    }
    const wrong = [...users].filter(([name, users]) => users.length > 1 || users[0] !== (doors[name] ?? users[0]))
    expect(wrong.map(([name, users]) => `${name}: ${users.join(', ')}`)).to.deep.equal([])
  })

  it('the disk is reached from lib/image/, lib/context and cli/ only, the world from lib/image/', () => {
    const mayDisk = (file: string) => /^(lib\/image\/|lib\/context(\/|\.ts$)|cli\/)/.test(file)
    const mayWorld = (file: string) => /^lib\/image\//.test(file)
    const wrong = files.filter(
      ({ file, imports }) =>
        (!mayDisk(file) && imports.some((name) => touchesDisk.includes(name))) ||
        (!mayWorld(file) && imports.some((name) => touchesWorld.includes(name))),
    )
    expect(wrong.map(({ file }) => file)).to.deep.equal([])
  })

  it('clock, environment and locale are asked in cli/ only', () => {
    const asks =
      /\bprocess\.|\bDate\.now\(|\bnew Date\(\)|\bIntl\.|\.toLocale\w+\(|\bperformance\.now\(|\bMath\.random\(/
    // lib/image/ talks to daemons and registries, whose time-outs and addresses come from outside.
    const lib = files.filter(({ file }) => /^(lib|rules)\//.test(file) && !file.startsWith('lib/image/'))
    const wrong = lib.flatMap(({ file, text }) =>
      text
        .split('\n')
        .map((line) => line.replace(/^\s*(\/\/|\/?\*).*$/, ''))
        .flatMap((line, i) => (asks.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
    )
    expect(wrong).to.deep.equal([])
  })

  it('no file is longer than 400 lines, tables aside', () => {
    const long = files.filter(({ file, text }) => !file.startsWith('lib/data/') && text.split('\n').length > 401)
    expect(long.map(({ file, text }) => `${file}: ${text.split('\n').length - 1}`)).to.deep.equal([])
  })

  it('nothing is silenced, nothing put off', () => {
    const silent = /@ts-(ignore|expect-error|nocheck)|biome-ignore|\bTODO\b|\bFIXME\b/
    expect(files.filter(({ text }) => silent.test(text)).map(({ file }) => file)).to.deep.equal([])
  })

  const indexed = ['rules', 'lib/commands', 'cli/verbs'] as const
  for (const folder of indexed) {
    it(`everything in ${folder}/ is reached from its index`, () => {
      const index = posix.join(folder, 'index.ts')
      if (listed(folder, '.ts').length === 0) return
      const start = existsSync(join(root, index)) ? index : 'cli/main.ts'
      const reached = new Set<string>()
      const walk = (file: string): void => {
        if (reached.has(file)) return
        reached.add(file)
        for (const name of files.find((one) => one.file === file)?.imports ?? [])
          if (name.startsWith('.')) walk(posix.join(posix.dirname(file), name))
      }
      walk(start)
      expect(listed(folder, '.ts').filter((file) => !reached.has(file))).to.deep.equal([])
    })
  }

  it('each rule is explained', () => {
    const rules = listed('rules', '.ts').filter((file) => posix.dirname(file) === 'rules' && file !== 'rules/index.ts')
    expect(rules.filter((file) => !existsSync(join(root, file.replace(/\.ts$/, '.md'))))).to.deep.equal([])
  })

  it('nothing installed or built is in the repository', function () {
    // Outside a working copy, in an unpacked archive, there is nothing to ask.
    const git = spawnSync('git', ['ls-files', 'node_modules', 'dist'], { cwd: root, encoding: 'utf8' })
    if (git.status !== 0) return this.skip()
    expect(git.stdout).to.equal('')
  })

  it('no test is run alone', () => {
    const alone = /\b(describe|it|context)\.only\(/
    expect(listed('test', '.ts').filter((file) => alone.test(text(file)))).to.deep.equal([])
  })
})
