/** The commands in examples/*.txt and what they print. `UPDATE=1` writes anew what is below each command. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { run } from '../cli/program.ts'
import { recordedWorld } from './cli/world.ts'
import { root } from './tools/truth.ts'

const folder = join(root, 'examples')

/** Runs `$ stratigraph …` as a shell would, for words without quotes other than plain pairs. */
async function print(command: string): Promise<string> {
  const argv = [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, one, two, bare]) => one ?? two ?? bare ?? '')
  const world = recordedWorld(root)
  await run(argv.slice(1), world)
  return world.printed()
}

describe('examples', () => {
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.txt'))) {
    it(name, async () => {
      const text = readFileSync(join(folder, name), 'utf8')
      const commands = text.split('\n').filter((line) => line.startsWith('$ '))
      const parts: string[] = []
      for (const command of commands) parts.push(`${command}\n${await print(command.slice(2))}`)
      const fresh = parts.join('\n')
      if (process.env.UPDATE === '1') writeFileSync(join(folder, name), fresh)
      else expect(fresh, 'UPDATE=1 npm test writes it anew').to.equal(text)
    })
  }
})
