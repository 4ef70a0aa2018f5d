/** The built program, end to end, as a user runs it: each case is a process of its own, so there are few. */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { version } from '../lib/version.ts'
import { folderWith } from './cli/folder.ts'
import { dockerArchive } from './tools/image.ts'
import { tar } from './tools/tar.ts'
import { root } from './tools/truth.ts'

const program = join(root, 'dist/stratigraph.cjs')
const folder = folderWith({
  'app/Dockerfile': 'FROM scratch\nCOPY a.txt /\nCMD ["x"]\n',
  'app/a.txt': 'twelve bytes',
  'wrong/Dockerfile': 'FROM scratch\nFRM x\n',
  'configured/.stratigraph.yaml': 'builder: podman@4.3\n',
  'configured/Dockerfile': 'FROM scratch\nCMD ["x"]\n',
  'hook.cjs':
    "process.on('exit', () => console.error(process.moduleLoadList.filter((name) => /^NativeModule (assert|child_process|crypto|https?|module|net|perf_hooks|stream|tty|v8|worker_threads)$/.test(name)).join()))",
})

/** Where compiled code is kept. */
const cache = folderWith({})

function stratigraph(
  argv: readonly string[],
  more: { input?: string; cwd?: string; cache?: string; node?: readonly string[] } = {},
) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...(more.node ?? []), program, ...argv], {
    cwd: more.cwd ?? folder,
    input: more.input ?? '',
    encoding: 'utf8',
    env: { PATH: process.env.PATH, TZ: 'UTC', XDG_CACHE_HOME: more.cache ?? cache },
  })
  return { code: status, out: stdout, err: stderr }
}

describe('the program', () => {
  const cases: readonly (readonly [argv: string, code: number, out: RegExp, err: RegExp, input?: string])[] = [
    ['--version', 0, new RegExp(`^${version}\n$`), /^$/],
    ['history --help', 0, /stratigraph history SUBJECT[\s\S]*--builder[\s\S]*Examples:/, /^$/],
    ['history app', 0, /^IMAGE .*\n<predicted> +CMD \["x"\] .*\n<predicted> +COPY a\.txt \/ # buildkit /, /^$/],
    ['history configured', 0, /^ID .*\n<predicted> +\/bin\/sh -c #\(nop\) CMD \["x"\] +0 B/, /^$/],
    ['history - --format {{.CreatedBy}}', 0, /^ENV A=b\n$/, /^$/, 'FROM scratch\nENV A=b\n'],
    ['history wrong', 2, /^$/, /^wrong\/Dockerfile:2: .*FRM.*\n$/],
    ['history nowhere', 2, /^$/, /^stratigraph: nowhere: no such file or folder\n$/],
    [
      'history app --bulid-arg A=1',
      2,
      /^$/,
      /^stratigraph: unknown option --bulid-arg \(did you mean --build-arg\?\)\n$/,
    ],
    ['histroy app', 2, /^$/, /^stratigraph: histroy is no verb \(did you mean history\?\)\n$/],
    ['completion', 0, /_stratigraph_yargs_completions/, /^$/],
  ]
  for (const [argv, code, out, err, input] of cases)
    it(`stratigraph ${argv}`, () => {
      const ran = stratigraph(argv.split(' '), input === undefined ? {} : { input })
      expect(ran.err).to.match(err)
      expect(ran.out).to.match(out)
      expect(ran.code).to.equal(code)
    })

  it('lint --jobs finds the same', () => {
    const wasteful = 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/b bs=1M count=1\nRUN rm /b\n'
    const many = folderWith(
      Object.fromEntries(
        Array.from({ length: 210 }, (_, i) => [`${i}.dockerfile`, i % 5 === 0 ? wasteful : 'RUM x\n']),
      ),
    )
    const ran = (jobs: string) => stratigraph(['lint', '--jobs', jobs, '--format', 'json'], { cwd: many })
    const [alone, threads] = [ran('1'), ran('2')]
    expect(threads.code).to.equal(alone.code).and.equal(2)
    expect(JSON.parse(threads.out)).to.deep.equal(JSON.parse(alone.out))
    expect(threads.err.split('\n').sort()).to.deep.equal(alone.err.split('\n').sort())
  })

  it('npm start shows the first example', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } }
    const [node, file, ...argv] = scripts.start.split(' ')
    expect([node, file]).to.deep.equal(['node', 'dist/stratigraph.cjs'])
    const { code, out, err } = stratigraph(argv, { cwd: root })
    expect({ code, err }).to.deep.equal({ code: 0, err: '' })
    expect(out).to.match(/^<missing> .*RUN \/bin\/sh -c apk add --no-cache bash/m)
  })

  it('the hot path loads neither yargs nor what it needs', () => {
    const { code, err } = stratigraph(['history', 'app'], { node: ['-r', join(folder, 'hook.cjs')] })
    expect({ code, err }).to.deep.equal({ code: 0, err: '\n' })
    expect(stratigraph(['--help'], { node: ['-r', join(folder, 'hook.cjs')] }).err).to.match(/assert/)
  })

  it('compiled code that a verb on images kept is taken by the next one', () => {
    writeFileSync(
      join(folder, 'image.tar'),
      dockerArchive({ layers: [tar([{ name: 'a', data: 'x' }])], history: [{}] }),
    )
    const own = folderWith({})
    const kept = () => {
      expect(stratigraph(['waste', 'image.tar'], { cache: own }).code).to.equal(0)
      const [name = ''] = readdirSync(join(own, 'stratigraph'))
      return statSync(join(own, 'stratigraph', name), { bigint: true }).ino
    }
    const first = kept()
    expect(kept(), 'the second run adds what it needed').to.not.equal(first)
    expect(kept()).to.equal(kept())
  })

  it('compiled code of a run over many files is not for a run over one', () => {
    const many = folderWith(
      Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`${i}.dockerfile`, 'FROM scratch\nCOPY missing /\n'])),
    )
    const own = folderWith({})
    const kept = (argv: readonly string[]) => {
      stratigraph(['lint', ...argv], { cwd: many, cache: own })
      return Object.fromEntries(
        readdirSync(join(own, 'stratigraph')).map((name) => {
          const code = readFileSync(join(own, 'stratigraph', name))
          return [name.split('-').slice(3).join('-'), { runs: code.at(-1), empty: code.length === 1 }]
        }),
      )
    }
    const long = { runs: 255, empty: false }
    expect(kept(['.']), 'better than none').to.deep.equal({ lint: long })
    expect(kept(['.']), 'once').to.deep.equal({ lint: long })
    const all = readdirSync(many)
    expect(kept(all), 'files named').to.deep.equal({ lint: long, 'lint-many': long })
    expect(kept(['--help']), 'help').to.deep.equal({ lint: long, 'lint-many': long, none: { runs: 1, empty: false } })
    writeFileSync(join(many, 'Dockerfile'), 'FROM scratch\nCMD ["x"]\n')
    expect(kept(['Dockerfile']).lint).to.deep.equal({ runs: 0, empty: true })
    expect(kept(['Dockerfile']).lint).to.deep.equal({ runs: 1, empty: false })
    expect(kept(['.']).lint, 'a long one keeps its fingers off').to.deep.equal({ runs: 1, empty: false })
  })

  it('compiled code is kept in a folder of our own, where there is one', () => {
    const inCache = (folder: string) => {
      const { code, out } = stratigraph(['history', 'app', '-q'], { cache: folder })
      expect({ code, out }).to.deep.equal({ code: 0, out: '<predicted>\n<predicted>\n' })
      return existsSync(join(folder, 'stratigraph')) ? readdirSync(join(folder, 'stratigraph')) : []
    }
    const old = Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`stratigraph/of-an-older-version-${i}`, '']))
    const own = folderWith(old)
    for (const [i, path] of Object.keys(old).entries()) utimesSync(join(own, path), i, i)
    const first = inCache(own)
    const name = first.find((one) => !one.startsWith('of-an-older'))
    expect(first).to.have.members([name, ...Array.from({ length: 11 }, (_, i) => `of-an-older-version-${i + 3}`)])
    writeFileSync(join(own, 'stratigraph', name!), 'damaged')
    expect(inCache(own)).to.deep.equal(first)
    expect(inCache(join(own, 'not', 'there', 'yet'))).to.have.length(1)
    expect(inCache(join(own, 'stratigraph', name!))).to.deep.equal([])
    const open = folderWith({ 'stratigraph/x': '' })
    chmodSync(join(open, 'stratigraph'), 0o777)
    expect(inCache(open)).to.deep.equal(['x'])
  })

  it('code kept by a run over an image fits the next one', () => {
    const image = [
      { name: 'layer.tar', data: tar([{ name: 'a', data: 'a' }]) },
      { name: 'config.json', data: JSON.stringify({ rootfs: { type: 'layers', diff_ids: [] }, history: [{}] }) },
      { name: 'manifest.json', data: JSON.stringify([{ Config: 'config.json', Layers: ['layer.tar'] }]) },
    ]
    const own = folderWith({ 'image.tar': tar(image) })
    const kept = () => {
      expect(stratigraph(['waste', join(own, 'image.tar')], { cache: own }).code).to.equal(0)
      const folder = join(own, 'stratigraph')
      return readdirSync(folder).map((name) => statSync(join(folder, name)).ino)
    }
    expect(kept()).to.have.length(1)
    kept()
    expect(kept()).to.deep.equal(kept())
  })

  it('models of commands that no RUN calls are not made ready', () => {
    const isKept = (run: string) => {
      const own = folderWith({})
      const { code } = stratigraph(['history', '-'], { cache: own, input: `FROM scratch\nRUN ${run}\n` })
      expect(code).to.equal(0)
      const [name = ''] = readdirSync(join(own, 'stratigraph'))
      return readFileSync(join(own, 'stratigraph', name)).includes('/var/db/repos/gentoo')
    }
    expect(isKept('["chmod", "+x", "/a"]')).to.equal(false)
    expect(isKept('["emerge", "--sync"]')).to.equal(true)
  })

  it('an installation that is not whole says so in one line', () => {
    const alone = folderWith({ 'stratigraph.cjs': readFileSync(program, 'utf8') })
    const ran = spawnSync(process.execPath, [join(alone, 'stratigraph.cjs'), '--version'], { encoding: 'utf8' })
    expect(ran.stderr).to.match(/^stratigraph: .*program\.txt cannot be read: .*install it again\n$/)
    expect([ran.status, ran.stdout]).to.deep.equal([70, ''])
  })

  it('a closed pipe ends quietly', () => {
    const input = `FROM scratch\n${'ENV A=some-longer-value-to-fill-the-pipe\n'.repeat(4000)}`
    const { stdout, stderr } = spawnSync(
      'sh',
      ['-c', '"$0" "$1" history - --no-trunc | head -n 1', process.execPath, program],
      {
        input,
        encoding: 'utf8',
      },
    )
    expect(stderr).to.equal('')
    expect(stdout).to.match(/^IMAGE.*\n$/)
  })

  it('a full disk is told of', function () {
    if (!existsSync('/dev/full')) this.skip()
    const { status, stderr } = spawnSync('sh', ['-c', '"$0" "$1" history app > /dev/full', process.execPath, program], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(stderr).to.match(/^stratigraph: standard output cannot be written: .*ENOSPC.*\n$/)
    expect(status).to.equal(2)
  })

  // Whoever is killed leaves the pipe as it made it: not one to wait for.
  const hasty = '"$0" -e "process.stdout; process.kill(process.pid, \'SIGKILL\')"'
  for (const [pipe, before] of [
    ['a pipe that is read late', 'true'],
    ['a pipe that is read late and does not wait', hasty],
  ] as const)
    it(`${pipe} gets everything`, () => {
      const value = 'x'.repeat(20_000)
      const { stdout, stderr } = spawnSync(
        'sh',
        [
          '-c',
          `{ ${before}; exec "$0" "$1" history - --no-trunc --format '{{.CreatedBy}}'; } | (sleep 0.5; cat)`,
          process.execPath,
          program,
        ],
        { input: `FROM scratch\n${`ENV A=${value}\n`.repeat(100)}`, encoding: 'utf8', maxBuffer: 1 << 23 },
      )
      expect(stderr.replace(/^.*Killed.*\n/m, '')).to.equal('')
      expect(stdout === `ENV A=${value}\n`.repeat(100)).to.equal(true)
    })

  it('an interrupt ends it and leaves nothing behind', async () => {
    const empty = folderWith({})
    const child = spawn(process.execPath, [program, 'history', '-', '-o', 'table.txt'], { cwd: empty })
    child.stdin.write('FROM scratch\n')
    await new Promise((resolve) => setTimeout(resolve, 300))
    child.kill('SIGINT')
    const signal = await new Promise((resolve) => child.on('exit', (_code, signal) => resolve(signal)))
    expect(signal).to.equal('SIGINT')
    expect(readdirSync(empty)).to.deep.equal([])
  })
})
