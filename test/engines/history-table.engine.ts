/**
 * The history table against the clients themselves, which are given rows by a pretended engine. `UPDATE=1` writes down
 * what they say, for the suite that needs none. `DOCKER` and `PODMAN` name other clients than those on the PATH.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { expect } from 'chai'
import {
  type ApiRow,
  type ClientRun,
  type ClientTable,
  clientTablePath,
  clientTables,
  ourTable,
  recorded,
} from '../tools/client-table.ts'
import { agedRows, cases, podmanCases } from './client-cases.ts'
import { type FakeEngine, startFakeEngine } from './fake-engine.ts'

const client = process.env.DOCKER ?? 'docker'
const asked = spawnSync(client, ['--version'], { encoding: 'utf8' })
const version = /version (\d+\.\d+\.\d+)/.exec(asked.stdout ?? '')?.[1]
/** Older clients count columns otherwise. */
const modern = version !== undefined && Number.parseInt(version, 10) >= 23

const text = (bytes: Uint8Array | null): string =>
  bytes === null ? '(says no)' : Buffer.from(bytes).toString('latin1')

describe(`docker history, ${version === undefined ? 'no client at hand' : `client ${version}`}`, function () {
  this.timeout(120_000)
  let engine: FakeEngine

  before(async function () {
    if (!modern) {
      process.stdout.write(
        `not run: ${client} is ${version ?? 'not at hand'}, the table is that of client 23 and later\n`,
      )
      return this.skip()
    }
    engine = await startFakeEngine()
  })
  after(() => engine?.stop())

  for (const [name, { rows, runs }] of Object.entries(cases)) {
    it(name, async () => {
      const now = Math.floor(Date.now() / 1000)
      const outputs = await Promise.all(runs.map((run) => engine.history(client, rows, run)))
      if (process.env.UPDATE !== undefined)
        record(name, { client: version!, now, rows, runs: runs.map((run, index) => kept(run, outputs[index]!)) })
      for (const [index, run] of runs.entries()) {
        expect(text(ourTable(rows, run, now)), JSON.stringify(run)).to.equal(text(outputs[index]!))
      }
    })
  }

  it('ages', async () => {
    const now = Math.floor(Date.now() / 1000)
    const rows = agedRows(now)
    const run = { args: ['--format', '{{.CreatedSince}}'] }
    const output = await engine.history(client, rows, run)
    const after = Date.now() / 1000
    // The client looks at the clock at some time in between.
    const possible = [now, (now + after) / 2, after].map((time) => text(ourTable(rows, run, time)).split('\n'))
    for (const [index, line] of text(output).split('\n').entries()) {
      expect(possible.map((lines) => lines[index])).to.include(line)
    }
    if (process.env.UPDATE !== undefined)
      record('ages', {
        client: version!,
        now,
        rows: rows.slice(4),
        runs: [kept(run, Buffer.from(text(output).split('\n').slice(4).join('\n')))],
      })
  })

  it('the recorded tables are what this client prints', async () => {
    for (const [name, table] of clientTables()) {
      if (name === 'ages' || table.podman) continue
      for (const run of table.runs) {
        expect(text(await engine.history(client, table.rows, run)), `${name} ${JSON.stringify(run.args)}`).to.equal(
          text(recorded(run)),
        )
      }
    }
  })

  it('every code point is as wide, in a column and where a text is cut', async () => {
    const all: number[] = []
    // Where Unicode has nothing yet, one in 256 will do.
    for (let code = 0; code < 0x110000; code += code >= 0x40000 && code >> 16 !== 14 ? 256 : 1) {
      if (code < 0xd800 || code > 0xdfff) all.push(code)
    }
    const run = { args: ['--format', 'table {{.Comment}}\t|\n-{{.CreatedBy}}'] }
    for (let from = 0; from < all.length; from += 100_000) {
      // A control character on both sides: no cluster reaches beyond the one that is measured.
      const rows = all.slice(from, from + 100_000).map((code): ApiRow => {
        const one = String.fromCodePoint(code)
        return {
          Id: '',
          Created: 0,
          CreatedBy: one.repeat(23) + 'a'.repeat(22),
          Size: 0,
          Comment: `${one}\x01aaaaaaaaaa`,
          Tags: null,
        }
      })
      const [theirs, ours] = [text(await engine.history(client, rows, run)), text(ourTable(rows, run, 0))]
      if (theirs === ours) continue
      const lines = [theirs, ours].map((table) => table.split('\n'))
      const wrong = lines[0]!.filter((line, index) => line !== lines[1]![index])
      expect(wrong.slice(0, 20).map((line) => Buffer.from(line, 'latin1').toString())).to.deep.equal([])
    }
  })
})

const podman = process.env.PODMAN ?? 'podman'
const podmanVersion = /version (\d+\.\d+\.\d+)/.exec(
  spawnSync(podman, ['--version'], { encoding: 'utf8' }).stdout ?? '',
)?.[1]

describe(`podman history, ${podmanVersion === undefined ? 'no client at hand' : `client ${podmanVersion}`}`, function () {
  this.timeout(120_000)

  for (const [name, { rows, runs }] of Object.entries(podmanCases)) {
    it(name, async function () {
      if (podmanVersion === undefined) {
        process.stdout.write(`not run: ${podman} is not at hand\n`)
        return this.skip()
      }
      const engine = await startFakeEngine()
      const now = Math.floor(Date.now() / 1000)
      const outputs: (Buffer | null)[] = []
      for (const run of runs) outputs.push(await engine.history(podman, rows, run, true))
      await engine.stop()
      const table = { client: podmanVersion, podman: true, now, rows } as const
      if (process.env.UPDATE !== undefined)
        record(name, { ...table, runs: runs.map((run, index) => kept(run, outputs[index]!)) })
      for (const [index, run] of runs.entries()) {
        expect(text(ourTable(rows, run, now, podmanVersion)), JSON.stringify(run)).to.equal(text(outputs[index]!))
      }
    })
  }
})

const record = (name: string, table: ClientTable): void =>
  writeFileSync(clientTablePath(name), `${JSON.stringify(table, null, 1)}\n`)

function kept({ args, locale, zone }: ClientRun, output: Buffer | null): ClientRun {
  const call = { args, ...(locale === undefined ? {} : { locale }), ...(zone === undefined ? {} : { zone }) }
  if (output === null) return { ...call, output }
  return Buffer.from(output.toString()).equals(output)
    ? { ...call, output: output.toString() }
    : { ...call, bytes: output.toString('base64') }
}
