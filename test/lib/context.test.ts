import { spawnSync } from 'node:child_process'
import { chmodSync, linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { ignoreFault } from '../../lib/context/fault.ts'
import { keptLooks, type MemoryFile, memoryContext, openContext } from '../../lib/context.ts'
import { UserError } from '../../lib/error.ts'
import type { Context, Family } from '../../lib/model.ts'
import { stageTruth, truthCases } from '../tools/truth.ts'

const all = (context: Context, path = ''): string[] =>
  context.children(path).flatMap((file) => [file.path, ...all(context, file.path)])

describe('memoryContext', () => {
  const files: Record<string, MemoryFile> = {
    'a.txt': 'aaaa\n',
    'd/one': '1\n',
    'd/sub/three': '333\n',
    'd/sub/four': { content: 'x', mode: 0o600 },
    l: { link: 'd' },
    empty: { folder: true, mode: 0o700 },
  }

  type Case = readonly [what: string, ignore: string, seen: readonly string[], family?: Family, byText?: boolean]
  const whole = ['a.txt', 'd', 'd/one', 'd/sub', 'd/sub/four', 'd/sub/three', 'empty', 'l']
  const cases: readonly Case[] = [
    ['nothing ignored', '', whole],
    ['a folder', 'd\nempty', ['a.txt', 'l']],
    ['what is in a folder', 'd/**', ['a.txt', 'd', 'empty', 'l']],
    ['all but one file', '*\n!a.txt', ['a.txt']],
    ['an exception below an ignored folder', '*\n!d/sub/three', ['d', 'd/sub', 'd/sub/three']],
    ['the same, classic', '*\n!d/sub/three', ['d', 'd/sub', 'd/sub/three'], 'classic'],
    ['the same, buildah', '*\n!d/sub/three', ['d', 'd/sub', 'd/sub/three'], 'buildah'],
    ['an exception with a wildcard', '*\n!**/three', ['d', 'd/sub', 'd/sub/three']],
    ['classic does not look for it', '*\n!**/three', [], 'classic'],
    ['nor does buildah', '*\n!**/three', [], 'buildah'],
    ['an exception that only ends in a wildcard', '*\n!d/sub/*', ['d', 'd/sub', 'd/sub/four', 'd/sub/three']],
    ['an exception for nothing that is there', '*\n!d/nope', []],
    ['the same, BuildKit 0.8', '*\n!d/nope', ['d'], 'buildkit', true],
    ['BuildKit 0.8 does not look for a wildcard', '*\n!**/three', [], 'buildkit', true],
  ]
  for (const [what, ignore, seen, family, exceptionsByText] of cases) {
    it(`shows what is not ignored: ${what}`, () => {
      const context = memoryContext(files, {
        ignore,
        ...(family && { family }),
        ...(exceptionsByText && { exceptionsByText }),
      })
      expect(all(context)).to.deep.equal(seen)
      for (const path of seen) expect(context.lookup(path)?.path).to.equal(path)
      for (const path of whole) expect(context.lookup(path) !== undefined, path).to.equal(seen.includes(path))
    })
  }

  it('gives types, modes, sizes, links', () => {
    const context = memoryContext(files)
    expect(context.lookup('')).to.include({ path: '', type: 'dir' })
    expect(context.lookup('a.txt')).to.include({ type: 'file', bytes: 5, mode: 0o644 })
    expect(context.lookup('d/sub/four')).to.include({ bytes: 1, mode: 0o600 })
    expect(context.lookup('l')).to.include({ type: 'symlink', link: 'd' })
    expect(context.lookup('empty')).to.include({ type: 'dir', mode: 0o700 })
    expect(context.lookup('l/one')).to.equal(undefined)
    expect(context.lookup('a.txt/x')).to.equal(undefined)
    expect(context.children('a.txt')).to.deep.equal([])
    expect(Buffer.from(context.read('a.txt')).toString()).to.equal('aaaa\n')
    expect(() => context.read('nope')).to.throw(UserError)
  })

  it('marks folders that only an exception keeps', () => {
    const ignored = { ignore: 'empty\nd\n!d/one' }
    expect(memoryContext({ ...files, d: { folder: true, mode: 0o700 } }, ignored).lookup('d')).to.include({
      mode: 0o700,
    })
    const classic = memoryContext({ ...files, d: { folder: true, mode: 0o700 } }, { ...ignored, family: 'classic' })
    expect(classic.lookup('d')).to.include({ mode: 0o755, implied: true })
  })

  it('reads its own ignore file, and tells what is wrong with a malformed one', () => {
    const context = memoryContext({ ...files, '.dockerignore': 'd\n.dockerignore' })
    expect(context.ignore).to.equal('d\n.dockerignore')
    expect(all(context)).to.deep.equal(['a.txt', 'empty', 'l'])
    const malformed = memoryContext(files, { ignore: '[' })
    expect(malformed.lookup('a.txt')).to.include({ type: 'file' })
    expect(ignoreFault(malformed, 'classic')?.message).to.equal('checking context: syntax error in pattern')
  })

  it('walks names bytewise', () => {
    const context = memoryContext({ B: '', a: '', 'a-b/x': '', 'a/x': '', '\ufb01': '', '\u{1f600}': '' })
    expect(context.children('').map(({ path }) => path)).to.deep.equal(['B', 'a', 'a-b', '\ufb01', '\u{1f600}'])
  })
})

describe('openContext', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stratigraph-context-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const write = (path: string, text: string | Buffer = ''): string => {
    const full = join(folder, path)
    mkdirSync(join(full, '..'), { recursive: true })
    writeFileSync(full, text)
    return full
  }

  it('reads a folder lazily, links not followed', () => {
    write('a', 'aaaa\n')
    write('d/x', '12')
    symlinkSync('/etc', join(folder, 'out'))
    symlinkSync('a', join(folder, 'l'))
    const context = openContext(folder, { family: 'buildkit' })
    write('later', 'x')
    expect(all(context)).to.deep.equal(['a', 'd', 'd/x', 'l', 'later', 'out'])
    write('too-late')
    expect(context.lookup('too-late')).to.equal(undefined)
    expect(context.lookup('out')).to.include({ type: 'symlink', link: '/etc' })
    expect(context.lookup('out/passwd')).to.equal(undefined)
    expect(context.children('out')).to.deep.equal([])
    expect(() => context.read('l')).to.throw(UserError)
    expect(Buffer.from(context.read('d/x')).toString()).to.equal('12')
  })

  it('looks at a file once for all contexts it lies in, where they share their looks', () => {
    write('d/x', '12')
    symlinkSync('x', join(folder, 'd/l'))
    const looks = keptLooks()
    const first = all(openContext(folder, { family: 'buildkit', looks }))
    write('d/x', '12345')
    write('d/later')
    write('e/y')
    const below = openContext(join(folder, 'd'), { family: 'buildah', looks })
    expect([first, all(below)]).to.deep.equal([
      ['d', 'd/l', 'd/x'],
      ['l', 'x'],
    ])
    expect(below.lookup('x')?.bytes).to.equal(2)
    expect(below.lookup('l')?.link).to.equal('x')
    expect(all(openContext(folder, { family: 'buildkit' }))).to.deep.equal(['d', 'd/l', 'd/later', 'd/x', 'e', 'e/y'])
  })

  it('does not open what is ignored', () => {
    write('.dockerignore', 'secret\n')
    write('secret/x')
    chmodSync(join(folder, 'secret'), 0)
    expect(all(openContext(folder, { family: 'buildkit' }))).to.deep.equal(['.dockerignore'])
    chmodSync(join(folder, 'secret'), 0o700)
  })

  it('tells which folder is missing or no folder', () => {
    expect(() => openContext(join(folder, 'nope'), { family: 'buildkit' })).to.throw(UserError, 'nope: no such file')
    expect(() => openContext(write('f'), { family: 'buildkit' })).to.throw(UserError, 'not a folder')
  })

  it('gives modes as they are, or as the recordings staged them', () => {
    const file = write('d/x')
    chmodSync(file, 0o640)
    chmodSync(join(folder, 'd'), 0o2770)
    const real = openContext(folder, { family: 'buildkit' })
    expect([real.lookup('d')?.mode, real.lookup('d/x')?.mode]).to.deep.equal([0o2770, 0o640])
    const normal = openContext(folder, { family: 'buildkit', normalize: true })
    expect([normal.lookup('d')?.mode, normal.lookup('d/x')?.mode]).to.deep.equal([0o755, 0o644])
  })

  it('knows two names of one file', () => {
    linkSync(write('a', 'x'), join(folder, 'b'))
    write('c', 'x')
    const context = openContext(folder, { family: 'buildkit' })
    expect(context.lookup('a')?.inode).to.be.a('string').and.equal(context.lookup('b')?.inode)
    expect(context.lookup('c')?.inode).to.equal(undefined)
  })

  it('looks at the file that is asked for, and at none beside it', () => {
    write('a', 'aaaa\n')
    write('beside')
    const context = openContext(folder, { family: 'buildkit' })
    expect(context.lookup('a')?.bytes).to.equal(5)
    rmSync(join(folder, 'beside'))
    expect(() => context.children('')).to.throw(UserError, 'beside: no such file')
  })

  it('leaves sockets, pipes and devices out, and says so', function () {
    if (spawnSync('mkfifo', [join(folder, 'pipe')]).status !== 0) return this.skip()
    const context = openContext(folder, { family: 'buildkit' })
    expect(all(context)).to.deep.equal([])
    expect(context.problems).to.deep.equal([
      { severity: 'warning', message: 'a named pipe cannot be copied and is left out', file: join(folder, 'pipe') },
    ])
  })

  type Choice = readonly [family: Family, files: readonly string[], dockerfile: string | undefined, chosen: string]
  const choices: readonly Choice[] = [
    ['buildkit', ['.dockerignore'], 'Dockerfile', '.dockerignore'],
    ['buildkit', ['.dockerignore', 'Dockerfile.dockerignore'], 'Dockerfile', 'Dockerfile.dockerignore'],
    ['buildkit', ['.dockerignore', 'sub/my.dockerignore'], 'sub/my', 'sub/my.dockerignore'],
    ['buildkit', ['.dockerignore', 'Dockerfile.dockerignore'], undefined, '.dockerignore'],
    ['buildkit', ['.containerignore'], 'Dockerfile', ''],
    ['classic', ['.dockerignore', 'Dockerfile.dockerignore'], 'Dockerfile', '.dockerignore'],
    ['buildah', ['.dockerignore', '.containerignore'], 'Dockerfile', '.containerignore'],
    ['buildah', ['.dockerignore', 'Dockerfile.dockerignore'], 'Dockerfile', 'Dockerfile.dockerignore'],
    ['buildah', ['Dockerfile.containerignore', '.dockerignore'], 'Dockerfile', 'Dockerfile.containerignore'],
    ['buildah', ['.dockerignore'], undefined, '.dockerignore'],
  ]
  for (const [family, files, dockerfile, chosen] of choices) {
    it(`${family} with ${files.join(', ')} for ${dockerfile ?? 'no Dockerfile'} takes ${chosen || 'none'}`, () => {
      for (const file of files) write(file, `# ${file}`)
      const more = dockerfile === undefined ? {} : { dockerfile: join(folder, dockerfile) }
      expect(openContext(folder, { family, ...more }).ignore).to.equal(chosen && `# ${chosen}`)
    })
  }

  it('knows that the classic client appends to the ignore file when the Dockerfile lies elsewhere', () => {
    write('.dockerignore', 'x\n')
    const inside = openContext(folder, { family: 'classic', dockerfile: join(folder, 'Dockerfile') })
    expect(inside.lookup('.dockerignore')).to.include({ bytes: 2 }).and.not.have.property('altered')
    for (const dockerfile of [null, join(folder, '../Dockerfile')]) {
      const outside = openContext(folder, { family: 'classic', dockerfile })
      expect(outside.lookup('.dockerignore')).to.include({ bytes: 36, altered: true })
    }
  })

  it('lists archives in a step of its own', async () => {
    const tar = Buffer.alloc(1536)
    tar.write('f\0', 0)
    tar.write('0000644\0', 100)
    tar.write('0000000\0', 108)
    tar.write('0000000\0', 116)
    tar.write('00000000003\0', 124)
    tar.write('00000000000\0', 136)
    tar.write('        0', 148)
    tar.write('ustar\x0000', 257)
    let total = 0
    for (const byte of tar.subarray(0, 512)) total += byte
    tar.write(`${total.toString(8).padStart(6, '0')}\0 `, 148)
    tar.write('abc', 512)
    write('p.tar', tar)
    write('p.tgz', gzipSync(tar))
    write('plain', 'no archive')
    const context = openContext(folder, { family: 'buildkit' })
    expect(await context.prepare()).to.equal(false)
    for (const path of ['p.tar', 'p.tgz', 'plain', 'nope']) expect(context.archive(path)).to.equal(undefined)
    expect(await context.prepare()).to.equal(true)
    for (const path of ['p.tar', 'p.tgz']) {
      expect(context.archive(path)?.map(({ path, size }) => [path, size.bytes])).to.deep.equal([['/f', 3]])
    }
    expect(context.archive('plain')).to.equal(undefined)
    expect(await context.prepare()).to.equal(false)
  })

  for (const one of truthCases().filter(({ name }) => /^copy-dock|^copy-dot/.test(name))) {
    for (const [engine, result] of Object.entries(one.engines)) {
      it(`shows to ${engine} what it copied: ${one.name}`, () => {
        const staged = stageTruth(one)
        try {
          const context = openContext(staged.context, { family: result.engine, dockerfile: staged.dockerfile })
          const copied = (result.layers ?? [])
            .flatMap((layer) => layer ?? [])
            .filter(({ path }) => path.startsWith('app/'))
          const first = new Map(copied.map((entry) => [entry.path.slice(4), entry.size ?? 0]))
          if (one.name === 'copy-dot-workdir') for (const later of ['c.txt', 'sub', 'sub/a.txt']) first.delete(later)
          expect(all(context)).to.deep.equal([...first.keys()].sort())
          for (const [path, bytes] of first) expect(context.lookup(path)?.bytes, path).to.equal(bytes)
        } finally {
          staged.remove()
        }
      })
    }
  }
})
