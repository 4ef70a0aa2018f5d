/**
 * RUNs at random, run in a chroot of Debian and in one of BusyBox, against the prediction. What is claimed and wrong there may only
 * become less. `RUNS_FROM=5000 RUNS_TO=5060` takes other seeds and tells what is wrong, for who looks for more.
 */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect } from 'chai'
import { predict } from '../../lib/analyze.ts'
import { baseOf, readDocument } from '../../lib/bases/documents.ts'
import { chooseBuilder } from '../../lib/builders/choose.ts'
import type { Base } from '../../lib/model.ts'
import { fillBusybox } from '../tools/engine.ts'
import { held } from '../tools/held.ts'
import { dockerArchive } from '../tools/image.ts'
import { chain } from '../tools/overlay.ts'
import { plainGiven } from '../tools/predict.ts'
import { missed, must } from '../tools/programs.ts'
import { root as project } from '../tools/truth.ts'
import { truthBase } from '../tools/truth-bases.ts'
import { runLine, runTexts } from './run-cases.ts'
import { debianGrammar, type Grammar, plainGrammar } from './run-grammar.ts'

/** RUNs of a seed. */
const length = 14
const from = Number(process.env.RUNS_FROM ?? 1)
const to = Number(process.env.RUNS_TO ?? from + 8)
const asked = process.env.RUNS_FROM !== undefined

interface Ground {
  readonly name: 'debian' | 'busybox'
  readonly grammar: Grammar
  /** Of the RUNs of the seeds that are always run: most that may be wrong, fewest with an exact size. */
  readonly floor: { readonly wrong: number; readonly exact: number }
  /** Fills the folder with a root and gives what is known of it; undefined: there is none here. */
  readonly prepare: (folder: string) => Promise<Base | undefined>
}

const grounds: readonly Ground[] = [
  { name: 'debian', grammar: debianGrammar, floor: { wrong: 1, exact: 81 }, prepare: debian },
  { name: 'busybox', grammar: plainGrammar, floor: { wrong: 1, exact: 75 }, prepare: busybox },
]

for (const ground of grounds)
  describe(`RUNs at random, ${ground.name}`, function () {
    this.timeout(900_000)
    let folder = ''
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'runs-'))
    })
    after(() => rmSync(folder, { recursive: true, force: true }))

    it('leave what is said to be known', async function () {
      const why = (reason: string) => missed(`RUNs at random on ${ground.name}: ${reason}`)
      if (process.getuid?.() !== 0) {
        why('it needs root')
        return this.skip()
      }
      const base = await ground.prepare(join(folder, 'root'))
      if (base === undefined) {
        why('there is no root to run them in')
        return this.skip()
      }
      const met = { exact: 0, within: 0, unknown: 0, wrong: 0 }
      const wrong: string[] = []
      for (let seed = from; seed < to; seed++) {
        const ran = chain(join(folder, 'root'), runTexts(seed, length, ground.grammar), why)
        if (ran === undefined) return this.skip()
        const good = ran.filter(({ status }) => status === 0)
        const text = `FROM ${base.ref}\n${good.map((one) => runLine(one.text)).join('')}`
        const { image, diagnostics } = predict(
          text,
          plainGiven(chooseBuilder('classic@20.10.24,client=20.10.24'), { base: () => base }),
        )
        for (const { message, line } of diagnostics)
          if (message.startsWith('this RUN fails')) wrong.push(`seed ${seed}, line ${line}: ${message}`)
        for (const [n, one] of good.entries()) {
          const found = held(image, image.rows[base.rows.length + n]!, one.stored)
          met[found.wrong.length > 0 ? 'wrong' : found.size]++
          if (found.wrong.length === 0) continue
          wrong.push(`seed ${seed}: ${one.text}\n      ${found.wrong.slice(0, 6).join('\n      ')}\n      ${one.out}`)
          // What follows stands on what was wrong.
          break
        }
      }
      if (asked) process.stdout.write(`${wrong.join('\n')}\n${ground.name}: ${JSON.stringify(met)}\n`)
      else {
        expect(wrong.length, wrong.join('\n')).to.be.at.most(ground.floor.wrong)
        expect(met.exact, 'exact sizes').to.be.at.least(ground.floor.exact)
      }
    })
  })

/** The Debian that test/engines/run has made: its tar unpacked, read by the built program as an image of one layer. */
async function debian(folder: string): Promise<Base | undefined> {
  const made = process.env.STRATIGRAPH_DEBIAN
  if (made === undefined) return undefined
  while (!existsSync(`${made}.tar`)) {
    if (existsSync(`${made}.failed`)) return undefined
    await setTimeout(500)
  }
  mkdirSync(folder)
  must(folder, ['tar', '-x', '-p', '--numeric-owner', '-f', `${made}.tar`])
  const archive = `${folder}.image.tar`
  writeFileSync(archive, dockerArchive({ layers: [readFileSync(`${made}.tar`)] }))
  must(project, [process.execPath, 'dist/stratigraph.cjs', 'base', archive, '-o', `${folder}.json`])
  rmSync(archive)
  const document: unknown = JSON.parse(readFileSync(`${folder}.json`, 'utf8'))
  return baseOf('debian:local', readDocument(document, 'debian:local'))
}

/** The BusyBox of the recorded builds, with this machine's own program. */
async function busybox(folder: string): Promise<Base | undefined> {
  if (process.env.STRATIGRAPH_BUSYBOX === undefined) return undefined
  mkdirSync(folder)
  fillBusybox(folder)
  for (const name of ['dev', 'proc']) mkdirSync(join(folder, name), { recursive: true })
  return truthBase('busybox:local')
}
