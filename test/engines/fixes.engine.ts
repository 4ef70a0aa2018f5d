/** Suggestions, carried out and built: the files in the end are the same but for the residue, and the saving is as predicted. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect } from 'chai'
import { compareVersions } from '../../lib/builders/choose.ts'
import type { Suggestion } from '../../lib/finding.ts'
import { rules } from '../../rules/index.ts'
import { builderName } from '../tools/compare.ts'
import { type Daemon, startDaemon } from '../tools/daemon.ts'
import { openEngines } from '../tools/engine.ts'
import { type Contents, dockerStore, type Store, stores } from '../tools/engine-files.ts'
import { root } from '../tools/truth.ts'
import { type FixCase, fixCases } from './fix-cases.ts'
import { served } from './served.ts'

const engines = openEngines()
const found = stores()
/** Where test/engines/run lets a Debian be made; `.tar` behind it once it is there, `.failed` when that cannot be. */
const debian = process.env.STRATIGRAPH_DEBIAN

/** Where the newest Docker was unpacked; undefined: none could be had. */
const newest = process.env.STRATIGRAPH_NEWER?.trim().split('\n').at(-1)?.split(' ')[1]

/** Something to build with. */
interface Place {
  readonly store: Store
  /** For `--builder`. */
  readonly builder: string
  readonly version?: string
}

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
  /** Why how many were not run. */
  const missed = new Map<string, number>()
  let daemon: Daemon | undefined

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
    daemon?.stop()
    if (folder !== '') rmSync(folder, { recursive: true, force: true })
    for (const [why, count] of missed) process.stdout.write(`not run: ${count} suggestions, ${why}\n`)
  })

  /** Everything that builds: what runs already, and a newer Docker that is started when first asked for. */
  const places = new Map<string, Place | undefined>()
  const placeOf = (kind: FixCase['on'][number]): Place | undefined => {
    if (!places.has(kind)) places.set(kind, kind === 'newer' ? startNewer() : running(kind))
    return places.get(kind)
  }
  const running = (kind: string): Place | undefined => {
    const store = found.find((each) => each.kind === kind)
    const engine = engines.find((each) => each.kind === kind)
    return store && engine && { store, builder: engine.builder }
  }
  const startNewer = (): Place | undefined => {
    if (newest === undefined) return undefined
    daemon = startDaemon({ folder: join(folder, 'daemon'), root: newest, store: 'overlay2' })
    if (daemon === undefined) return undefined
    const { docker, env, version } = daemon
    const command = ['env', ...Object.entries(env).map((pair) => pair.join('=')), ...docker]
    return { store: dockerStore(command, 'buildkit'), builder: builderName('buildkit', version, ''), version }
  }

  /** Bases that cases stand on, as documents for `--base`, made when first asked for; undefined: not at hand. */
  const documents = new Map<string, string | undefined>()
  const documentOf = async (base: string, kind: FixCase['on'][number], store: Store): Promise<string | undefined> => {
    const key = `${kind === 'buildah' || kind === 'newer' ? kind : 'docker'}-${base}`
    if (!documents.has(key)) {
      if (kind === 'newer' && base === 'busybox') moved(`${base}:local`, running('buildkit')!.store, store)
      documents.set(key, await makeBase(base, store, join(folder, key)))
    }
    return documents.get(key)
  }
  const moved = (image: string, from: Store, to: Store): void => {
    const file = join(folder, 'moved.tar')
    from.save(image, file)
    to.load(file)
    rmSync(file)
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
      if (running(kind === 'newer' ? 'buildkit' : kind) === undefined) continue
      it(`${one.rule}, ${one.name}: ${kind === 'newer' ? 'newest docker' : running(kind)!.builder}`, async function () {
        const miss = (why: string): never => {
          missed.set(why, (missed.get(why) ?? 0) + 1)
          return this.skip()
        }
        const { store, builder, version } = placeOf(kind) ?? miss('there is no newer Docker')
        if (one.since !== undefined && version !== undefined && compareVersions(version, one.since) < 0)
          miss(`Docker ${version} is the newest here`)
        const base = /^FROM (\w+):local/.exec(one.dockerfile)?.[1] ?? ''
        const document = (await documentOf(base, kind, store)) ?? miss('no Debian could be made')
        const name = `${kind}-${number}`
        const before = staged(one, `${name}-before`)
        const after = join(folder, `${name}-after`)
        cpSync(before, after, { recursive: true })
        const given = ['lint', 'Dockerfile', '--builder', builder, '--base', `${base}:local=${document}`]
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
        expect(differences(a, b, one, title)).to.deep.equal([])
        for (const head of one.kept ?? [])
          expect(
            [...b.files.keys()].find((path) => path.startsWith(head)),
            head,
          ).to.not.equal(undefined)
        expect(b.config).to.deep.equal(a.config)
        if (one.prints !== undefined)
          expect(images.slice(-2).map(([, image]) => store.output?.(image))).to.deep.equal([one.prints, one.prints])
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
  { gone = [], volatile = [], owned = [], context = {} }: FixCase,
  title: string,
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
      // What the suggestion says that it leaves.
      if (a === undefined && b?.startsWith('dir ') && title.includes(`leaves an empty /${path})`)) return []
      if (owned.includes(path) && a?.startsWith('dir ') && b?.startsWith('dir ')) return []
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
