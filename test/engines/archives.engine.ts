/**
 * Archives of every Docker at hand, of both image stores, beside what that Docker itself says: its history, its files,
 * what it runs. STRATIGRAPH_NEWER names folders with newer ones, `trixie FOLDER` on each line.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as zlib from 'node:zlib'
import { expect } from 'chai'
import { type Daemon, type DaemonOptions, startDaemon } from '../tools/daemon.ts'
import { dockerCommand } from '../tools/engine.ts'
import { root } from '../tools/truth.ts'
import { groundName, groundTar, imageLines, writeContext } from './ground.ts'

function run(command: readonly string[], env: Readonly<Record<string, string>> = {}, input?: Uint8Array): string {
  const [program = '', ...args] = command
  const options = { env: { ...process.env, ...env }, maxBuffer: 256 << 20, ...(input && { input }) }
  const done = spawnSync(program, args, options)
  if (done.status !== 0)
    throw new Error(`${command.join(' ')}: exit ${done.status}\n${done.stderr?.toString().slice(-2000)}`)
  return done.stdout.toString()
}

const ours = (argv: readonly string[], env?: Readonly<Record<string, string>>): string =>
  run([process.execPath, join(root, 'dist/stratigraph.cjs'), ...argv], env)

const writesZstd = 'createZstdCompress' in zlib

const columns = ['--no-trunc', '--human=false', '--format', '{{.CreatedAt}}\t{{.Size}}\t{{.CreatedBy}}\t{{.Comment}}']

interface Place {
  readonly name: string
  readonly root: string | undefined
  readonly store: DaemonOptions['store']
}

const newer = (process.env.STRATIGRAPH_NEWER ?? '').split('\n').flatMap((line) => {
  const [suite, folder] = line.split(' ')
  return suite === undefined || folder === undefined ? [] : [{ suite, folder }]
})

const places: readonly Place[] = [
  { name: 'this system, overlay2', root: undefined, store: 'overlay2' },
  { name: 'this system, vfs', root: undefined, store: 'vfs' },
  ...newer.flatMap(({ suite, folder }) =>
    (['overlay2', 'containerd'] as const).map((store) => ({ name: `${suite}, ${store}`, root: folder, store })),
  ),
]

for (const { name, root: programs, store } of places) {
  describe(`archives of Docker of ${name}`, function () {
    this.timeout(600_000)
    let folder = ''
    let daemon: Daemon | undefined
    const at = (file: string): string => join(folder, file)
    const docker = (...argv: readonly string[]): string => run([...daemon!.docker, ...argv], daemon!.env)

    before(function () {
      const busybox = process.env.STRATIGRAPH_BUSYBOX
      if (dockerCommand() === undefined || busybox === undefined) return this.skip()
      folder = mkdtempSync(join(tmpdir(), 'archives-'))
      daemon = startDaemon({ folder: at('daemon'), root: programs, store })
      if (daemon === undefined) {
        const log = readFileSync(at('daemon/log'), 'utf8').trimEnd().split('\n').at(-1)
        process.stdout.write(`not run: Docker of ${name} does not start: ${log}\n`)
        return this.skip()
      }
      run([...daemon.docker, 'import', '-', groundName], daemon.env, groundTar(busybox))
      docker('save', '-o', at('ground.tar'), groundName)
      writeContext(at('context'))
    })
    after(() => {
      daemon?.stop()
      if (folder !== '') rmSync(folder, { recursive: true, force: true })
    })

    /** Bytes of the regular files of a tar by the system's tar: a further name of a file counts nothing. */
    const fileBytes = (lines: readonly string[]): number =>
      lines.reduce((sum, line) => sum + (line.startsWith('-') ? Number(line.split(/ +/)[2]) : 0), 0)

    /** Names, modes, owners, lengths and times in a container of an image, without what Docker adds to a container. */
    const filesOf = (image: string): readonly string[] => {
      const id = docker('create', '--network=none', image, 'x').trim()
      docker('export', '-o', at('container.tar'), id)
      docker('rm', id)
      return imageLines(run(['tar', '-tvf', at('container.tar'), '--numeric-owner']))
    }

    /** What an archive holds and nobody sees, without a line of ours. */
    function independentWaste(archive: string, image: string): number {
      const open = mkdtempSync(at('open-'))
      run(['tar', '-xf', archive, '-C', open])
      const [{ Layers }] = JSON.parse(readFileSync(join(open, 'manifest.json'), 'utf8')) as [{ Layers: string[] }]
      const all = Layers.reduce((sum, layer) => sum + fileBytes(run(['tar', '-tvf', join(open, layer)]).split('\n')), 0)
      return all - fileBytes(filesOf(image))
    }
    const words = (flags: string): readonly string[] =>
      flags === '' ? [] : flags.replace('GROUND', at('ground.tar')).split(' ')
    const waste = (subject: string, env?: Readonly<Record<string, string>>): number =>
      (JSON.parse(ours(['waste', subject, '--format', 'json'], env)) as { unreachable: { bytes: number } }).unreachable
        .bytes

    // BuildKit breaks hard links when it copies a folder for vfs: its containers hold more than its layers say.
    for (const kind of store === 'vfs' ? (['classic'] as const) : (['classic', 'buildkit'] as const)) {
      describe(kind, () => {
        const image = `stratigraph-${kind}:1`
        const archive = (): string => at(`${kind}.tar`)
        // Of a layer it built itself, BuildKit on a graph driver counts files only; vfs always does.
        const model = store === 'containerd' ? 'containerd' : store === 'vfs' ? 'tar' : kind

        before(() => {
          const build = [...daemon!.docker, 'build', '--network=host', '-q', '-t', image, at('context')]
          run(build, {
            ...daemon!.env,
            DOCKER_BUILDKIT: kind === 'classic' ? '0' : '1',
            BUILDX_NO_DEFAULT_ATTESTATIONS: '1',
          })
          docker('save', '-o', archive(), image)
        })

        it('history: what the engine prints', () => {
          const theirs = docker('history', ...columns, image).split('\n')
          const rows = ours(['history', archive(), '--size-model', model, ...columns])
            .replaceAll('~', '')
            .split('\n')
          // What was imported counts as classic, whatever was built on it: the last row, before the end of the text.
          const imported = store === 'containerd' ? 0 : -2
          expect(rows.slice(0, imported || undefined)).to.deep.equal(theirs.slice(0, imported || undefined))
          expect(rows.at(-2)?.split('\t')[3]).to.equal(theirs.at(-2)?.split('\t')[3])
        })

        it('history: the image ID, from the archive alone', () => {
          const ids = (text: string): readonly string[] => text.trim().split('\n')
          expect(ids(ours(['history', archive(), '--quiet', '--no-trunc']))[0]).to.equal(
            ids(docker('history', '--quiet', '--no-trunc', image))[0],
          )
        })

        it('history: the same rows and IDs from the socket', () => {
          const withIds = columns.with(-1, `{{.ID}}\t${columns.at(-1)}`)
          const theirs = docker('history', ...withIds, image)
          expect(ours(['history', `docker-daemon:${image}`, ...withIds], daemon!.env)).to.equal(theirs)
        })

        it('waste: what an independent count finds', () => {
          const count = independentWaste(archive(), image)
          expect(count).to.equal(600_006)
          expect(waste(archive())).to.equal(count)
          expect(waste(`docker-daemon:${image}`, daemon!.env)).to.equal(count)
        })

        it('compare: the prediction is what was built', () => {
          const builder = kind === 'classic' ? `classic@${daemon!.version}` : `docker@${daemon!.version}`
          const argv = [
            'compare',
            at('context'),
            archive(),
            '--builder',
            builder.replace(/\+.*/, ''),
            '--size-model',
            model,
          ]
          const found = JSON.parse(
            ours([...argv, '--base', `${groundName}=${at('ground.tar')}`, '--format', 'json']),
          ) as {
            rows: { status: string }[]
            config: unknown[]
            files: unknown[]
          }
          expect(found.rows.map(({ status }) => status)).to.deep.equal(found.rows.map(() => 'equal'))
          expect(found.config).to.deep.equal([])
          expect(found.files).to.deep.equal([])
        })

        it('squash: the engine takes it back with the same files, and runs it', () => {
          const before = filesOf(image)
          ours(['squash', archive(), '-o', at('flat.tar')])
          docker('load', '-q', '-i', at('flat.tar'))
          expect(filesOf(image)).to.deep.equal(before)
          expect(docker('run', '--rm', '--network=none', image)).to.equal('/app:\nn\n\n/d:\nc\nl\n')
          const theirs = docker('history', ...columns, image)
          const flatModel = store === 'overlay2' ? 'classic' : model
          expect(ours(['history', at('flat.tar'), '--size-model', flatModel, ...columns]).replaceAll('~', '')).to.equal(
            theirs,
          )
          docker('load', '-q', '-i', archive())
        })

        // Docker takes OCI archives since it has that store.
        const forms: readonly (readonly [form: string, to: string, flags: string, layers: number])[] = [
          ['from a row on', '', '--from-row 4', 4],
          ['on the base it had', '', `--keep-base --base stratigraph-ground=GROUND`, 2],
          ['gzip', '', '--compress gzip', 1],
          ['zstd', '', '--compress zstd', 1],
          ...(store === 'containerd'
            ? ([
                ['OCI', 'oci-archive:', '', 1],
                ['OCI, gzip, on the base it had', 'oci-archive:', '--compress gzip --from-row 1', 2],
              ] as const)
            : []),
        ]
        for (const [form, to, flags, layers] of forms)
          it(`squash, ${form}: the engine takes it back with the same files, and runs it`, function () {
            // Node writes zstd since 22.15, and Docker loads it since 23.
            if (form === 'zstd' && (!writesZstd || programs === undefined)) return this.skip()
            const before = filesOf(image)
            docker('rmi', '-f', image)
            const place = at('form.tar')
            ours(['squash', archive(), '-o', `${to}${place}${to === '' ? '' : `:${image}`}`, ...words(flags)])
            docker('load', '-q', '-i', place)
            expect(filesOf(image)).to.deep.equal(before)
            expect(docker('run', '--rm', '--network=none', image)).to.equal('/app:\nn\n\n/d:\nc\nl\n')
            expect(docker('inspect', '--format', '{{len .RootFS.Layers}}', image)).to.equal(`${layers}\n`)
            docker('load', '-q', '-i', archive())
          })

        it('squash, without the configuration: the same files, and nothing else', () => {
          const before = filesOf(image)
          ours(['squash', archive(), '-o', at('bare.tar'), '--image-config', 'none'])
          docker('load', '-q', '-i', at('bare.tar'))
          expect(filesOf(image)).to.deep.equal(before)
          expect(docker('run', '--rm', '--network=none', image, '/bin/ls', '/app')).to.equal('n\n')
          expect(docker('inspect', '--format', '{{json .Config.Env}} {{json .Config.Cmd}}', image)).to.not.include(
            'X=1',
          )
          expect(docker('history', '--quiet', image).trim().split('\n')).to.have.lengthOf(1)
          docker('load', '-q', '-i', archive())
        })

        it('export and import flatten, and the history says so', () => {
          filesOf(image)
          docker('import', at('container.tar'), 'stratigraph-imported')
          docker('save', '-o', at('imported.tar'), 'stratigraph-imported')
          const flatModel = store === 'overlay2' ? 'classic' : model
          const rows = ours(['history', at('imported.tar'), '--size-model', flatModel, ...columns])
          expect(rows.replaceAll('~', '')).to.equal(docker('history', ...columns, 'stratigraph-imported'))
          expect(waste(at('imported.tar'))).to.equal(0)
        })

        it('skopeo: every form of it tells the same', function () {
          if (spawnSync('skopeo', ['--version']).error !== undefined) return this.skip()
          const rows = ours(['history', archive(), '--no-trunc', '--format', '{{.CreatedBy}}\t{{.Size}}'])
          for (const [form, more] of [
            ['oci', []],
            ['oci-archive', []],
            ['docker-archive', []],
            ['oci', ['--dest-compress-format', 'zstd']],
          ] as const) {
            const copy = mkdtempSync(at('copy-'))
            const to = `${form}:${copy}/image:some/name:1`
            run(['skopeo', '--insecure-policy', 'copy', '-q', ...more, `docker-archive:${archive()}`, to])
            expect(waste(join(copy, 'image')), form).to.equal(600_006)
            const told = ours(['history', join(copy, 'image'), '--no-trunc', '--format', '{{.CreatedBy}}\t{{.Size}}'])
            expect(told, form).to.equal(rows)
          }
        })
      })
    }
  })
}
