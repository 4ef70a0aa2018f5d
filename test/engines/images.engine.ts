/** Images that engines and tools save, serve and take back, read by the built program. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { commandIn, dockerCommand } from '../tools/engine.ts'
import { root } from '../tools/truth.ts'
import { groundName, groundTar, imageLines, writeContext } from './ground.ts'

/** Tools of Debian's packages docker-registry and apache2-utils. */
const tools = { registry: 'docker-registry', passwords: 'htpasswd' } as const
const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined
const kinds = ['classic', 'buildkit'] as const
const docker = dockerCommand()
const podman = commandIn('STRATIGRAPH_PODMAN')

function run(command: readonly string[], env: Readonly<Record<string, string>> = {}, input?: Uint8Array): Buffer {
  const [program = '', ...args] = command
  const options = { env: { ...process.env, ...env }, maxBuffer: 256 << 20, timeout: 240_000, ...(input && { input }) }
  const done = spawnSync(program, args, options)
  if (done.status !== 0)
    throw new Error(`${command.join(' ')}: exit ${done.status}\n${done.stderr?.toString().slice(-2000)}`)
  return done.stdout
}
const text = (command: readonly string[], env?: Readonly<Record<string, string>>): string =>
  run(command, env).toString()
const ours = (argv: string, env?: Readonly<Record<string, string>>): string =>
  text([process.execPath, join(root, 'dist/stratigraph.cjs'), ...argv.split(' ')], env)

const table = ['--no-trunc', '--human=false', '--format', '{{.Size}}\t{{.CreatedBy}}\t{{.Comment}}']
const quoted = '--no-trunc --human=false --format {{.Size}}\t{{.CreatedBy}}\t{{.Comment}}'

describe('images of engines', function () {
  this.timeout(300_000)
  let folder = ''
  const servers: ChildProcess[] = []

  before(function () {
    const busybox = process.env.STRATIGRAPH_BUSYBOX
    if (docker === undefined || busybox === undefined) {
      process.stdout.write('not run: images of engines, there is no Docker\n')
      return this.skip()
    }
    folder = mkdtempSync(join(tmpdir(), 'images-'))
    run([...docker, 'import', '-', groundName], {}, groundTar(busybox))
    writeContext(join(folder, 'context'))
    for (const kind of kinds) {
      const image = `stratigraph-${kind}:1`
      const env = { DOCKER_BUILDKIT: kind === 'classic' ? '0' : '1' }
      run([...docker, 'build', '--network=host', '-q', '-t', image, join(folder, 'context')], env)
      run([...docker, 'save', '-o', join(folder, `${kind}.tar`), image])
    }
  })
  after(() => {
    for (const server of servers) server.kill()
    if (folder !== '') rmSync(folder, { recursive: true, force: true })
  })

  const at = (name: string): string => join(folder, name)
  /** Files of a container of an image, as tar lists them. */
  const filesOf = (image: string): readonly string[] => {
    const id = text([...docker!, 'create', '--network=none', image, 'x']).trim()
    const list = spawnSync('sh', ['-c', `${docker!.join(' ')} export ${id} | tar -tv --numeric-owner`], {
      maxBuffer: 64 << 20,
    })
    run([...docker!, 'rm', id])
    return imageLines(list.stdout.toString())
  }
  const waste = (subject: string, env?: Readonly<Record<string, string>>): number =>
    (JSON.parse(ours(`waste ${subject} --format json`, env)) as { unreachable: { bytes: number } }).unreachable.bytes
  // The large file twice, and /d/e/b; what was /d/a is still there as /d/l.
  const expected = 600_006

  for (const kind of kinds) {
    describe(kind, () => {
      const image = `stratigraph-${kind}:1`
      const archive = () => at(`${kind}.tar`)
      it('history is what the engine prints', () => {
        const model = kind === 'classic' ? 'classic' : 'buildkit'
        const rows = text([...docker!, 'history', ...table, image])
        // What was imported counts as classic, whatever was built on it.
        const both = (one: string) => one.trimEnd().split('\n').slice(0, -1)
        expect(both(ours(`history ${archive()} --size-model ${model} ${quoted}`))).to.deep.equal(both(rows))
        expect(ours(`history docker-daemon:${image} ${quoted}`)).to.equal(rows)
      })

      it('waste is what was hidden', () => {
        const found = waste(archive())
        expect(found).to.equal(expected)
        expect(waste(`docker-daemon:${image}`)).to.equal(found)
      })

      for (const form of ['docker-archive', 'compressed docker-archive', 'from a row on']) {
        it(`squash, ${form}: the engine takes it back with the same files, and runs it`, () => {
          const before = filesOf(image)
          const flags =
            form === 'from a row on' ? '--from-row 3' : form.startsWith('compressed') ? '--compress gzip' : ''
          ours(`squash ${archive()} -o ${at('flat.tar')} ${flags}`.trim())
          run([...docker!, 'load', '-q', '-i', at('flat.tar')])
          expect(filesOf(image)).to.deep.equal(before)
          expect(text([...docker!, 'run', '--rm', '--network=none', image])).to.equal('/app:\nn\n\n/d:\nc\nl\n')
          // A layer that this engine built itself keeps the size it was given then.
          if (kind === 'classic' || form !== 'from a row on')
            expect(ours(`history ${at('flat.tar')} ${quoted}`)).to.equal(text([...docker!, 'history', ...table, image]))
          run([...docker!, 'load', '-q', '-i', archive()])
        })
      }

      it('export and import flatten, and the history says so', () => {
        const id = text([...docker!, 'create', '--network=none', image, 'x']).trim()
        const flat = run([...docker!, 'export', id])
        run([...docker!, 'rm', id])
        run([...docker!, 'import', '-', 'stratigraph-imported'], {}, flat)
        run([...docker!, 'save', '-o', at('imported.tar'), 'stratigraph-imported'])
        expect(ours(`history ${at('imported.tar')} ${quoted}`)).to.equal(
          text([...docker!, 'history', ...table, 'stratigraph-imported']),
        )
        expect(waste(at('imported.tar'))).to.equal(0)
      })
    })
  }

  it('skopeo: every form tells the same', function () {
    if (!has('skopeo')) return this.skip()
    const from = `docker-archive:${at('classic.tar')}`
    const copy = (to: string, ...more: string[]) =>
      run(['skopeo', '--insecure-policy', 'copy', '-q', ...more, from, to])
    copy(`oci:${at('layout')}:t`)
    copy(`oci:${at('zstd')}:t`, '--dest-compress-format', 'zstd')
    copy(`oci-archive:${at('oci.tar')}:t`)
    copy(`docker-archive:${at('skopeo.tar')}:t:1`)
    for (const one of ['layout', 'zstd', 'oci.tar', 'skopeo.tar']) expect(waste(at(one)), one).to.equal(expected)
    // And it takes ours.
    for (const [form, place] of [
      ['oci', 'flat-layout'],
      ['oci-archive', 'flat-oci.tar'],
    ] as const) {
      ours(`squash ${at('classic.tar')} -o ${form}:${at(place)} --compress gzip`)
      run([
        'skopeo',
        '--insecure-policy',
        'copy',
        '-q',
        `${form}:${at(place)}`,
        `docker-archive:${at(`${place}-back.tar`)}:t:2`,
      ])
      expect(waste(at(`${place}-back.tar`))).to.equal(0)
      run([...docker!, 'load', '-q', '-i', at(`${place}-back.tar`)])
      expect(filesOf('t:2')).to.deep.equal(filesOf('stratigraph-classic:1'))
      expect(text([...docker!, 'run', '--rm', '--network=none', 't:2'])).to.equal('/app:\nn\n\n/d:\nc\nl\n')
    }
    // Layers that stay are copied as they are, in zstd too. Docker's own form has no zstd, so podman takes it.
    ours(`squash oci:${at('zstd')} -o oci-archive:${at('kept.tar')}:example.org/t:3 --from-row 4`)
    if (podman === undefined) return
    run([...podman, 'load', '-q', '-i', at('kept.tar')])
    expect(text([...podman, 'image', 'inspect', '--format', '{{len .RootFS.Layers}}', 'example.org/t:3'])).to.equal(
      '4\n',
    )
  })

  it('podman: what it saves, and what it serves', async function () {
    if (podman === undefined) return this.skip()
    run([...podman, 'load', '-q', '-i', at('classic.tar')])
    const name = 'localhost/stratigraph-classic:1'
    for (const format of ['docker-archive', 'oci-archive', 'oci-dir']) {
      run([...podman, 'save', '-q', '--format', format, '-o', at(`podman-${format}`), name])
      expect(waste(at(`podman-${format}`)), format).to.equal(expected)
    }
    // And it takes ours, in both forms.
    for (const form of ['docker-archive', 'oci-archive'] as const) {
      ours(
        `squash ${at(`podman-${form}`)} -o ${form}:${at(`for-podman-${form}`)}:example.org/flat:${form} --compress gzip`,
      )
      run([...podman, 'load', '-q', '-i', at(`for-podman-${form}`)])
      const flat = `example.org/flat:${form}`
      expect(
        text([...podman, 'image', 'inspect', '--format', '{{len .RootFS.Layers}} {{.Config.Cmd}}', flat]),
      ).to.equal('1 [ls -R /d /app]\n')
    }
    const socket = at('podman.sock')
    const [program = '', ...args] = podman
    servers.push(spawn(program, [...args, 'system', 'service', '--time', '0', `unix://${socket}`], { stdio: 'ignore' }))
    for (let tries = 0; tries < 100 && spawnSync('test', ['-S', socket]).status !== 0; tries++)
      await new Promise((r) => setTimeout(r, 100))
    const env = { DOCKER_HOST: `unix://${socket}` }
    expect(waste(`docker-daemon:${name}`, env)).to.equal(expected)
    const rows = ours(`history docker-daemon:${name} --no-trunc --format {{.CreatedBy}}`, env)
    expect(rows).to.equal(ours(`history ${at('classic.tar')} --no-trunc --format {{.CreatedBy}}`))
  })

  for (const secret of [false, true]) {
    it(`a registry${secret ? ' with a password' : ''}`, async function () {
      if (!has(tools.registry) || !has('skopeo') || (secret && spawnSync(tools.passwords, ['-h']).error !== undefined))
        return this.skip()
      const port = await freePort()
      const data = at(secret ? 'closed' : 'open')
      const auth = secret ? `auth: {htpasswd: {realm: x, path: ${data}.passwords}}\n` : ''
      if (secret) writeFileSync(`${data}.passwords`, text([tools.passwords, '-Bbn', 'user', 'word']))
      writeFileSync(
        `${data}.yml`,
        `version: 0.1\nstorage: {filesystem: {rootdirectory: ${data}}}\nhttp: {addr: "127.0.0.1:${port}"}\n${auth}`,
      )
      servers.push(spawn(tools.registry, ['serve', `${data}.yml`], { stdio: 'ignore' }))
      const name = `127.0.0.1:${port}/some/image:1`
      const push = [
        'skopeo',
        '--insecure-policy',
        'copy',
        '-q',
        '--dest-tls-verify=false',
        ...(secret ? ['--dest-creds', 'user:word'] : []),
      ]
      for (let tries = 0; ; tries++) {
        try {
          run([...push, `docker-archive:${at('classic.tar')}`, `docker://${name}`])
          break
        } catch (error) {
          if (tries === 20) throw error
          await new Promise((r) => setTimeout(r, 200))
        }
      }
      const config = mkdtempSync(join(folder, 'config-'))
      if (secret) {
        const entry = { [`127.0.0.1:${port}`]: { auth: Buffer.from('user:word').toString('base64') } }
        writeFileSync(join(config, 'config.json'), JSON.stringify({ auths: entry }))
        expect(() =>
          ours(`history docker://${name} --no-registry-cache`, { DOCKER_CONFIG: join(config, 'none') }),
        ).to.throw('not allowed')
      }
      const env = { DOCKER_CONFIG: config, XDG_CACHE_HOME: join(config, 'cache') }
      const texts = (subject: string) => ours(`history ${subject} --no-trunc --format {{.CreatedBy}}`, env)
      expect(texts(`docker://${name}`)).to.equal(texts(at('classic.tar')))
      expect(waste(`docker://${name}`, env)).to.equal(expected)
      const lengths = (subject: string) =>
        ours(`history ${subject} --size-model podman --human=false --format {{.Size}}`, env)
      expect(lengths(`docker://${name}`).replaceAll('~', '')).to.equal(lengths(at('classic.tar')))
    })
  }
})

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
