/** Suggestions, carried out and built: the files in the end are the same but for the residue, and the saving is as predicted. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect } from 'chai'
import type { Suggestion } from '../../lib/finding.ts'
import { rules } from '../../rules/index.ts'
import { openEngines } from '../tools/engine.ts'
import { type Contents, type Store, stores } from '../tools/engine-files.ts'
import { root } from '../tools/truth.ts'
import { type FixCase, fixCases } from './fix-cases.ts'
import { served } from './served.ts'

const engines = openEngines()
const found = stores()
/** Where test/engines/run lets a Debian be made; `.tar` behind it once it is there, `.failed` when that cannot be. */
const debian = process.env.STRATIGRAPH_DEBIAN

/** As much of `lint --format json` as is looked at. */
interface Told {
  readonly findings: readonly { readonly rule: string; readonly suggestions: readonly Suggestion[] }[]
}

describe('suggestions, built', function () {
  this.timeout(900_000)
  let folder = ''
  let server: ChildProcess | undefined
  let address = ''
  const images: [Store, string][] = []
  let missed = 0

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fixes-'))
    for (const [path, bytes] of Object.entries(served)) put(join(folder, 'served', path), bytes)
    server = spawn(process.execPath, [join(import.meta.dirname, '../tools/file-server.js'), join(folder, 'served')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    address = await new Promise((done) => server!.stdout!.once('data', (text) => done(String(text).trim())))
  })
  after(() => {
    server?.kill()
    for (const [store, image] of images) store.remove([image])
    if (folder !== '') rmSync(folder, { recursive: true, force: true })
    if (missed > 0) process.stdout.write(`not run: ${missed} suggestions on Debian, no Debian could be made\n`)
  })

  /** Bases that cases stand on, as documents for `--base`, made when first asked for; undefined: not at hand. */
  const documents = new Map<string, string | undefined>()
  const documentOf = async (base: string, store: Store): Promise<string | undefined> => {
    const key = `${store.kind === 'buildah' ? 'buildah' : 'docker'}-${base}`
    if (!documents.has(key)) documents.set(key, await makeBase(base, store, join(folder, key)))
    return documents.get(key)
  }

  /** A build context; gives what the program says of it. */
  const staged = (one: FixCase, name: string): string => {
    const at = join(folder, name)
    for (const [path, body] of Object.entries(one.context ?? {}))
      put(join(at, path), typeof body === 'number' ? Buffer.alloc(body, 'x') : body)
    put(join(at, 'Dockerfile'), one.dockerfile.replaceAll('{server}', address))
    const sizes = Object.entries(served).map(([path, bytes]) => `  "${address}/${path}": ${bytes.length}B\n`)
    put(join(folder, '.stratigraph.yaml'), `sizes:\n${sizes.join('')}`)
    return at
  }

  for (const [number, one] of fixCases.entries())
    for (const kind of one.on) {
      const store = found.find((each) => each.kind === kind)
      const engine = engines.find((each) => each.kind === kind)
      if (store === undefined || engine === undefined) continue
      it(`${one.rule}, ${one.name}: ${engine.builder}`, async function () {
        const base = /^FROM (\w+):local/.exec(one.dockerfile)?.[1] ?? ''
        const document = await documentOf(base, store)
        if (document === undefined) {
          missed++
          this.skip()
        }
        const name = `${kind}-${number}`
        const before = staged(one, `${name}-before`)
        const after = join(folder, `${name}-after`)
        cpSync(before, after, { recursive: true })
        const given = ['lint', 'Dockerfile', '--builder', engine.builder, '--base', `${base}:local=${document}`]
        const alone = rules.map(({ id, severity }) => `--rule=${id}=${id === one.rule ? severity : 'off'}`)
        const told = JSON.parse(ours(before, [...given, ...alone, '--format', 'json'])) as Told
        const suggestion = told.findings
          .flatMap(({ suggestions }) => suggestions)
          .find(({ title }) => title.includes(one.take ?? ''))
        expect(suggestion, JSON.stringify(told.findings)).to.not.equal(undefined)
        const { saves, safe, edits, title } = suggestion!
        if (one.take === undefined) {
          ours(after, [
            ...given,
            ...alone,
            '--fix',
            ...(safe ? [] : ['--unsafe-fixes']),
            '--fail-on',
            'never',
            '--quiet',
          ])
          expect(
            readFileSync(join(after, 'Dockerfile'), 'utf8') === readFileSync(join(before, 'Dockerfile'), 'utf8'),
            'changed',
          ).to.equal(edits.every(({ file }) => file !== 'Dockerfile'))
        } else carryOut(edits, after)
        const [a, b] = [before, after].map((at) => {
          const image = `localhost/stratigraph-fix-${at.split('/').at(-1)}`
          store.build(at, image)
          images.push([store, image])
          return store.contents(image)
        }) as [Contents, Contents]
        const measured = a.bytes - b.bytes
        if (process.env.STRATIGRAPH_FIGURES)
          process.stdout.write(
            `${one.rule} ${kind}: ${title}: measured ${measured} of ${saves.low}..${saves.bytes}..${saves.high}\n`,
          )
        expect(differences(a, b, one)).to.deep.equal([])
        expect(b.config).to.deep.equal(a.config)
        expect(measured, `saves ${saves.low} to ${saves.high}`).to.be.within(
          saves.low,
          saves.high ?? Number.POSITIVE_INFINITY,
        )
      })
    }
})

/** Carries edits of a report out by hand. */
function carryOut(edits: Suggestion['edits'], folder: string): void {
  for (const { file, start, end, text } of edits.toSorted((x, y) => y.start - x.start)) {
    const at = join(folder, file)
    const old = existsSync(at) ? readFileSync(at, 'utf8') : ''
    writeFileSync(at, old.slice(0, start) + text + old.slice(end))
  }
}

/** What differs in the end, the residue and what holds times aside. */
function differences(
  before: Contents,
  after: Contents,
  { gone = [], volatile = [], context = {} }: FixCase,
): readonly string[] {
  const begins = (path: string, heads: readonly string[]): boolean => heads.some((head) => path.startsWith(head))
  // The Dockerfile and the ignore file are what was changed; copies of them change too.
  const changed = (path: string): boolean => /(^|\/)(Dockerfile|\.dockerignore)$/.test(path) && context !== undefined
  const all = new Set([...before.files.keys(), ...after.files.keys()])
  const missing = gone.filter((head) => ![...all].some((path) => path.startsWith(head) && !after.files.has(path)))
  return [
    ...missing.map((head) => `${head} is still there`),
    ...[...all].flatMap((path) => {
      const [a, b] = [before.files.get(path), after.files.get(path)]
      if (a === b || changed(path)) return []
      if (b === undefined && begins(path, gone)) return []
      const held = [a, b].map((text) => text?.replace(/ \d+ \w+$/, ''))
      if (held[0] === held[1] && begins(path, volatile)) return []
      return [`${path}: ${a} before, ${b} after`]
    }),
  ]
}

async function makeBase(base: string, store: Store, at: string): Promise<string | undefined> {
  if (base === 'debian') {
    if (debian === undefined) return undefined
    while (!existsSync(`${debian}.tar`)) {
      if (existsSync(`${debian}.failed`)) return undefined
      await setTimeout(500)
    }
    store.import(`${debian}.tar`, 'debian:local')
  }
  store.save(`${base}:local`, `${at}.tar`)
  ours('/', ['base', `${at}.tar`, '-o', `${at}.json`])
  rmSync(`${at}.tar`)
  return `${at}.json`
}

function put(path: string, body: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, body)
}

/** Runs the built program; findings make it exit with 1. */
function ours(folder: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/stratigraph.cjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  })
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')}: exit ${status}\n${stderr}`)
  return stdout
}
