/** What README.md shows is what happens. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { run } from '../cli/program.ts'
import { recordedWorld } from './cli/world.ts'
import { root } from './tools/truth.ts'

const readme = readFileSync(join(root, 'README.md'), 'utf8')
const blocks = [...readme.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, text]) => ({ language, text: text! }))

describe('README.md', () => {
  for (const { text } of blocks.filter((block) => block.text.startsWith('$ stratigraph'))) {
    const [command = '', ...shown] = text.trimEnd().split('\n')
    it(`shows what ${command.slice(2)} prints`, async () => {
      const world = recordedWorld(root)
      await run(command.split(' ').slice(2), world)
      const printed = world.printed().split('\n')
      for (const line of shown.filter((one) => one !== '…' && !one.startsWith('IMAGE')))
        expect(printed).to.include(line)
    })
  }

  it('has a library example that does what it says', async () => {
    const { text } = blocks.find(({ language }) => language === 'js')!
    const [code, last] = text.trimEnd().split(/\n(?=.*\/\/ )/)
    const [expression, value] = last!.split(' // ')
    const front = JSON.stringify(new URL('../lib/index.js', import.meta.url).href)
    const source = `${code!.replace("'stratigraph'", front)}\nexport default ${expression}\n`
    const made = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as { default: unknown }
    expect(String(made.default)).to.equal(value)
  })

  it('names verbs and options that exist', async () => {
    const lines = blocks.flatMap(({ text }) => [...text.matchAll(/^stratigraph (\w+)((?: [^#\n]*)?)/gm)])
    for (const [, verb, rest] of lines) {
      const world = recordedWorld(root)
      await run([verb!, '--help'], world)
      const help = world.printed()
      for (const [option] of rest!.matchAll(/--[\w-]+/g)) expect(help, `${verb} ${option}`).to.include(option)
    }
  })
})
