import { expect } from 'chai'
import { chooseBuilder } from '../../lib/builders/choose.ts'
import { traitsOf } from '../../lib/builders/traits.ts'
import { type MemoryFile, memoryContext } from '../../lib/context.ts'
import { applyCopy, type Copied, type CopyRequest, planCopy } from '../../lib/copy.ts'
import type { Copy, CopyFlags } from '../../lib/dockerfile/operands.ts'
import type { BaseFacts, Entry, Layer } from '../../lib/model.ts'
import { exact, unknown, zero } from '../../lib/size.ts'
import { commit, openTree, put, type Tree } from '../../lib/unionfs/tree.ts'

const noFlags: CopyFlags = {
  from: null,
  chown: null,
  chmod: null,
  link: false,
  parents: false,
  excludes: [],
  checksum: null,
  keepGitDir: false,
  unpack: null,
}

const files: Readonly<Record<string, MemoryFile>> = {
  'a.txt': 'aaaa\n',
  'b.txt': 'bbbbbbb\n',
  'run.sh': { content: '#!', mode: 0o755 },
  'd/one': '1\n',
  'd/two': '22\n',
  'd/sub/three': '333\n',
  'd/sub/x.txt': 'x',
  l: { link: 'a.txt' },
  ld: { link: 'd' },
  out: { link: '../../../d/one' },
  broken: { link: 'nowhere' },
  'p.tar': {
    bytes: 10240,
    archive: [
      file('/pkg/f', 6, { uid: 7, gid: 8 }),
      { ...file('/pkg/h', 0, { uid: 7, gid: 8 }), type: 'hardlink', link: '/pkg/f' },
      { ...file('/pkg/l', 0), type: 'symlink', link: 'f' },
    ],
  },
}

function file(path: string, bytes: number, more: Partial<Entry> = {}): Entry {
  return { path, type: 'file', size: exact(bytes, 'test'), mode: 0o644, uid: 0, gid: 0, link: null, ...more }
}

const folder = (path: string, more: Partial<Entry> = {}): Entry => ({
  ...file(path, 0),
  type: 'dir',
  mode: 0o755,
  ...more,
})

const layer = (entries: readonly Entry[], complete = true): Layer => ({ row: 0, entries, complete, size: zero })

interface Case {
  readonly builder?: string
  readonly keyword?: 'COPY' | 'ADD'
  readonly flags?: Partial<CopyFlags>
  readonly workdir?: string
  /** Entries below; a file known by its text. */
  readonly base?: readonly (Entry | readonly [path: string, text: string])[]
  /** False: the base is not fully known. */
  readonly known?: boolean
  readonly more?: Partial<CopyRequest>
  readonly ignore?: string
  readonly heredocs?: Readonly<Record<string, string>>
}

function carryOut(words: string, one: Case): { readonly copied: Copied; readonly tree: Tree } {
  const builder = chooseBuilder(one.builder ?? 'buildkit')
  const traits = traitsOf(builder)
  const tree = openTree([layer([folder('/')], one.known !== false)])
  for (const entry of one.base ?? []) {
    if ('path' in entry) put(tree, entry)
    else put(tree, file(entry[0], entry[1].length), { text: entry[1] })
  }
  commit(tree)
  const operands = words.split(' ')
  const copy: Copy = {
    keyword: one.keyword ?? 'COPY',
    sources: operands.slice(0, -1).filter((word) => word !== ''),
    destination: operands.at(-1)!,
    flags: { ...noFlags, ...one.flags },
    heredocs: Object.entries(one.heredocs ?? {}).map(([name, body]) => ({
      name,
      word: `<<${name}`,
      fd: 0,
      chomp: false,
      expand: true,
      body,
      start: 0,
    })),
  }
  const context = memoryContext(files, { family: traits.family, ignore: one.ignore ?? '' })
  const request: CopyRequest = {
    copy,
    traits,
    from: { kind: 'context', context },
    tree,
    workdir: one.workdir ?? '/',
    contexts: [context],
    ...one.more,
  }
  const copied = planCopy(request)
  applyCopy(tree, copied)
  return { copied, tree }
}

const short = ({ path, type, mode, uid, gid, size, link }: Entry): string =>
  [
    path,
    type === 'file' ? '' : `(${type})`,
    mode === null ? '?' : (mode & 0o7777).toString(8),
    `${uid ?? '?'}:${gid ?? '?'}`,
    type === 'dir' || type === 'symlink' || type === 'hardlink' ? '' : (size.bytes ?? '?'),
    link === null ? '' : `-> ${link}`,
  ]
    .filter((part) => part !== '')
    .join(' ')

/** What the instruction stores, folders with mode 0755 of root left out; or why it is refused. */
function stored(words: string, one: Case): readonly string[] | string {
  const { copied, tree } = carryOut(words, one)
  if (copied.problems.length > 0) {
    expect(copied.problems).to.have.length(1)
    expect(copied.problems[0]).to.include({ severity: 'error', refuses: true })
    expect(copied.items).to.deep.equal([])
    return copied.problems[0]!.message
  }
  return commit(tree)
    .filter(({ type, mode, uid, gid }) => !(type === 'dir' && mode === 0o755 && uid === 0 && gid === 0))
    .map(short)
}

const all = ['buildkit', 'classic@29.7', 'buildah@1.43'] as const

describe('planCopy', () => {
  type Row = readonly [words: string, more: Case, stored: readonly string[] | string, builders?: readonly string[]]
  const a = (path: string): string => `${path} 644 0:0 5`
  const b = (path: string): string => `${path} 644 0:0 8`
  const d = (path: string): readonly string[] => [
    `${path}/one 644 0:0 2`,
    `${path}/sub/three 644 0:0 4`,
    `${path}/sub/x.txt 644 0:0 1`,
    `${path}/two 644 0:0 3`,
  ]
  const chown = (text: string): Case => ({ flags: { chown: text } })
  const accounts: readonly (readonly [string, string])[] = [
    ['/etc/passwd', 'root:x:0:0::/:\napp:x:1001:1002::/:\n'],
    ['/etc/group', 'root:x:0:\nusers:x:100:\napp:x:1002:\n'],
  ]
  const rows: readonly Row[] = [
    // where a file goes
    ['a.txt /x', {}, [a('/x')]],
    ['a.txt /x/', {}, [a('/x/a.txt')]],
    ['a.txt /x/y/z', {}, [a('/x/y/z')]],
    ['a.txt .', { workdir: '/w', base: [folder('/w')] }, [a('/w/a.txt')]],
    ['a.txt .', { workdir: '/w' }, [a('/w/a.txt')], ['buildkit', 'buildah@1.43']],
    ['a.txt ./', { workdir: '/w' }, [a('/w/a.txt')]],
    ['a.txt s/', { workdir: '/w' }, [a('/w/s/a.txt')]],
    ['a.txt ../t', { workdir: '/w/v' }, [a('/w/t')]],
    ['a.txt /opt', { base: [folder('/opt')] }, [a('/opt/a.txt')]],
    ['a.txt /o', { base: [folder('/opt'), { ...file('/o', 0), type: 'symlink', link: 'opt' }] }, [a('/opt/a.txt')]],
    ['a.txt /o/x', { base: [folder('/opt'), { ...file('/o', 0), type: 'symlink', link: '/opt' }] }, [a('/opt/x')]],
    ['a.txt /etc', { known: false }, [a('/etc/a.txt')]],
    ['a.txt /app', { known: false }, [a('/app')]],
    ['/a.txt /x', {}, [a('/x')]],
    ['./a.txt /x', {}, [a('/x')]],
    ['d/../a.txt /x', {}, [a('/x')]],
    // folders
    ['d /x', {}, d('/x')],
    ['d /x/', {}, d('/x')],
    ['d/ /x', {}, d('/x')],
    ['d/. /x', {}, d('/x')],
    ['d /opt', { base: [folder('/opt')] }, d('/opt')],
    ['d /x', { base: [file('/x', 1)] }, 'cannot copy to non-directory: /x', ['buildkit']],
    ['d /x', { base: [file('/x', 1)] }, 'failed to copy files: mkdir /x: not a directory', ['classic@29.7']],
    ['d /x', { base: [file('/x', 1)] }, 'destination /x already exists but is not a directory', ['buildah@1.43']],
    ['d/sub d/one /x/', {}, ['/x/one 644 0:0 2', '/x/three 644 0:0 4', '/x/x.txt 644 0:0 1']],
    // what is in the way
    ['a.txt /x/', { base: [folder('/x/a.txt')] }, 'cannot replace to directory /x/a.txt with file', ['buildkit']],
    ['a.txt /x/', { base: [folder('/x/a.txt')] }, [a('/x/a.txt')], ['classic@29.7', 'buildah@1.43']],
    // links
    ['l /x', {}, [a('/x')]],
    ['l /x/', {}, [a('/x/l')]],
    ['ld /x', {}, d('/x')],
    ['out /x', {}, ['/x 644 0:0 2']],
    // several
    ['a.txt b.txt /x/', {}, [a('/x/a.txt'), b('/x/b.txt')]],
    ['a.txt b.txt /x', {}, [b('/x')], ['buildkit']],
    ['a.txt b.txt /x', {}, [a('/x/a.txt'), b('/x/b.txt')], ['buildah@1.43']],
    [
      'a.txt b.txt /x',
      {},
      'When using COPY with more than one source file, the destination must be a directory and end with a /',
      ['classic@29.7'],
    ],
    // wildcards
    ['*.txt /x/', {}, [a('/x/a.txt'), b('/x/b.txt')]],
    ['?.txt /x/', {}, [a('/x/a.txt'), b('/x/b.txt')]],
    ['[a]*.txt /x', {}, [a('/x')]],
    ['d/*/x.txt /x/', {}, ['/x/x.txt 644 0:0 1']],
    ['d/s* /x/', {}, ['/x/three 644 0:0 4', '/x/x.txt 644 0:0 1']],
    ['**/x.txt /x/', {}, ['/x/x.txt 644 0:0 1'], ['buildah@1.43']],
    ['**/x.txt /x/', {}, [], ['buildkit']],
    ['*.zip /x/', {}, [], ['buildkit']],
    ['*.zip /x/', {}, 'COPY failed: no source files were specified', ['classic@29.7']],
    ['*.zip /x/', {}, 'checking on sources: copier: stat: ["/*.zip"]: no such file or directory', ['buildah@1.43']],
    // what is not there
    ['nope /x', {}, 'failed to calculate checksum: "/nope": not found', ['buildkit']],
    ['broken /x', {}, 'failed to calculate checksum: "/broken": not found', ['buildkit']],
    [
      'nope /x',
      {},
      'COPY failed: file not found in build context or excluded by .dockerignore: stat nope: file does not exist',
      ['classic@29.7'],
    ],
    ['nope /x', {}, 'checking on sources: copier: stat: "/nope": no such file or directory', ['buildah@1.43']],
    ['a.txt /x', { ignore: 'a.txt' }, 'failed to calculate checksum: "/a.txt": not found', ['buildkit']],
    ['../a.txt /x', {}, [a('/x')], ['buildkit', 'buildah@1.43']],
    ['../a.txt /x', {}, 'COPY failed: forbidden path outside the build context: ../a.txt ()', ['classic@29.7']],
    // no context given
    ['a.txt /y/x', { more: { from: { kind: 'context', context: undefined } } }, ['/y/x ? 0:0 ?'], ['buildkit']],
    ['a /y/x', { more: { from: { kind: 'context', context: undefined } } }, ['/y/x (package) ? ?:? ?'], ['buildkit']],
    ['a /usr/bin/a', { more: { from: { kind: 'context', context: undefined } } }, ['/usr/bin/a ? 0:0 ?'], ['buildkit']],
    [
      'a.txt /y/x',
      { more: { from: { kind: 'context', context: undefined } } },
      ['/y (package) ? ?:? ?'],
      ['classic@29.7', 'buildah@1.43'],
    ],
    ['. /y', { more: { from: { kind: 'context', context: undefined } } }, ['/y (package) ? ?:? ?']],
    // owners
    ['a.txt /x/y', chown('5:6'), ['/x (dir) 755 5:6', '/x/y 644 5:6 5']],
    ['a.txt /x', chown('7'), ['/x 644 7:7 5']],
    ['d/sub /x', chown('7'), ['/x (dir) 755 7:7', '/x/three 644 7:7 4', '/x/x.txt 644 7:7 1']],
    ['a.txt /opt/x', { ...chown('5'), base: [folder('/opt')] }, ['/opt/x 644 5:5 5']],
    ['a.txt /x', { ...chown('app:users'), base: accounts }, ['/x 644 1001:100 5']],
    ['a.txt /x', { ...chown('app'), base: accounts }, ['/x 644 1001:1002 5']],
    ['a.txt /x', { ...chown('app:5'), base: accounts }, ['/x 644 1001:5 5']],
    ['a.txt /x', { ...chown('ghost'), base: accounts }, ['/x 644 0:0 5'], ['buildkit']],
    ['a.txt /x', { ...chown('5:ghost'), base: accounts }, ['/x 644 5:5 5'], ['buildkit']],
    ['a.txt /x', { ...chown('app:'), base: accounts }, ['/x 644 1001:0 5'], ['buildkit@0.33']],
    ['a.txt /x', { ...chown('app:'), base: accounts }, ['/x 644 1001:1002 5'], ['buildkit@0.34']],
    ['a.txt /x', chown('5:'), ['/x 644 5:0 5'], ['buildkit@0.33']],
    ['a.txt /x', chown('5:'), ['/x 644 5:5 5'], ['buildkit@0.34']],
    ['a.txt /x', { flags: { chown: 'app', link: true }, base: accounts }, ['/x 644 1001:1002 5'], ['buildkit@0.33']],
    ['a.txt /x', { flags: { chown: 'root:5', link: true } }, ['/x 644 0:5 5'], ['buildkit@0.34']],
    ...['app', '5:users'].map(
      (name) =>
        [
          'a.txt /x',
          { flags: { chown: name, link: true }, base: accounts },
          `--chown=${name}: user and group names can't be resolved when used with --link`,
          ['buildkit@0.34'],
        ] as const,
    ),
    ['a.txt /x', chown('ghost'), ['/x 644 0:0 5'], ['buildkit']],
    ['a.txt /x', chown('ghost'), 'open /etc/passwd: no such file or directory', ['buildkit@0.8']],
    [
      'a.txt /x',
      chown('ghost'),
      "unable to convert uid/gid chown string to host mapping: can't find uid for user ghost: open /etc/passwd: no such file or directory",
      ['classic@29.7'],
    ],
    [
      'a.txt /x',
      { ...chown('ghost'), base: accounts },
      "unable to convert uid/gid chown string to host mapping: can't find uid for user ghost: no such user: ghost",
      ['classic@29.7'],
    ],
    [
      'a.txt /x',
      chown('ghost'),
      'looking up UID/GID for "ghost": determining run uid: user: unknown user error looking up user "ghost"',
      ['buildah@1.43'],
    ],
    ['a.txt /x', { ...chown('app'), known: false }, ['/x 644 ?:? 5']],
    // modes
    ['run.sh /x', {}, ['/x 755 0:0 2']],
    ['a.txt /x', { flags: { chmod: '600' } }, ['/x 600 0:0 5'], ['buildkit', 'buildah@1.43']],
    ['a.txt /x', { flags: { chmod: '4755' } }, ['/x 4755 0:0 5'], ['buildkit']],
    ['a.txt /x/y', { flags: { chmod: '600' } }, ['/x (dir) 600 0:0', '/x/y 600 0:0 5'], ['buildkit']],
    ['a.txt /x/y', { flags: { chmod: '600' } }, ['/x/y 600 0:0 5'], ['buildkit@0.13', 'buildah@1.43']],
    ['a.txt /x', { flags: { chmod: 'u=rw,go=' } }, ['/x 600 0:0 5'], ['buildkit']],
    ['d/sub /x', { flags: { chmod: 'a+X,o-r' } }, ['/x/three 640 0:0 4', '/x/x.txt 640 0:0 1'], ['buildkit']],
    ['run.sh /x', { flags: { chmod: 'g=u,u+s' } }, ['/x 4775 0:0 2'], ['buildkit']],
    ['a.txt /x', { flags: { chmod: 'u=rw' } }, [a('/x')], ['buildkit@0.8']],
    [
      'a.txt /x',
      { flags: { chmod: '9z9' } },
      "invalid chmod parameter: '9z9'. it should be octal string and between 0 and 07777",
      ['buildkit', 'buildkit@0.16'],
    ],
    ['a.txt /x', { flags: { chmod: 'u=rw' } }, 'parsing chmod "u=rw": invalid syntax', ['buildah@1.43']],
    // excludes
    ['d /x', { flags: { excludes: ['sub'] } }, ['/x/one 644 0:0 2', '/x/two 644 0:0 3'], ['buildkit']],
    ['d /x', { flags: { excludes: ['d/sub'] } }, ['/x/one 644 0:0 2', '/x/two 644 0:0 3'], ['buildah@1.43']],
    ['d /x', { flags: { excludes: ['**', '!sub/three'] } }, ['/x/sub/three 644 0:0 4'], ['buildkit']],
    ['a.txt /x', { flags: { excludes: ['*.txt'] } }, [a('/x')], ['buildkit']],
    ['d /x', { flags: { excludes: ['sub'] } }, d('/x'), ['classic@29.7']],
    // parents
    ['d/sub/three /x/', { flags: { parents: true } }, ['/x/d/sub/three 644 0:0 4'], ['buildkit', 'buildah@1.43']],
    ['d/./sub/three /x/', { flags: { parents: true } }, ['/x/sub/three 644 0:0 4'], ['buildkit', 'buildah@1.43']],
    ['d/*/x.txt /x/', { flags: { parents: true } }, ['/x/d/sub/x.txt 644 0:0 1'], ['buildkit', 'buildah@1.43']],
    ['**/x.txt /x/', { flags: { parents: true } }, ['/x/d/sub/x.txt 644 0:0 1'], ['buildkit', 'buildah@1.43']],
    ['d/nope /x/', { flags: { parents: true } }, 'failed to calculate checksum: "/d/nope": not found', ['buildkit']],
    // link
    ['a.txt /opt', { flags: { link: true }, base: [folder('/opt')] }, [a('/opt/a.txt')], ['buildkit', 'classic@29.7']],
    ['a.txt /opt', { flags: { link: true }, base: [folder('/opt')] }, [a('/opt')], ['buildah@1.43']],
    // archives
    [
      'p.tar /x',
      { keyword: 'ADD' },
      ['/x/pkg/f 644 7:8 6', '/x/pkg/h (hardlink) 644 7:8 -> /x/pkg/f', '/x/pkg/l (symlink) 777 0:0 -> f'],
    ],
    ['p.tar /x', {}, ['/x 644 0:0 10240']],
    ['p.tar /x/', { keyword: 'ADD', flags: { unpack: false } }, ['/x/p.tar 644 0:0 10240'], ['buildkit']],
    [
      'p.tar /x',
      { keyword: 'ADD', flags: { chown: '5' } },
      [
        '/x (dir) 755 5:5',
        '/x/pkg/f 644 5:5 6',
        '/x/pkg/h (hardlink) 644 5:5 -> /x/pkg/f',
        '/x/pkg/l (symlink) 777 5:5 -> f',
      ],
      ['buildkit'],
    ],
    // afar
    ['https://example.com/x/y.tgz?z /d/', { keyword: 'ADD' }, ['/d/y.tgz 600 0:0 ?']],
    [
      'https://example.com/y /d',
      { keyword: 'ADD', more: { sizes: { 'https://example.com/y': 42 } } },
      ['/d 600 0:0 42'],
    ],
    ['https://example.com/y /d', {}, "source can't be a URL for COPY", ['buildkit', 'buildah@1.43']],
    ['https://example.com/y /d', {}, "COPY failed: source can't be a URL for COPY", ['classic@29.7']],
    ['https://example.com/y.git /d', { keyword: 'ADD' }, ['/d (package) ? ?:? ?'], ['buildkit', 'buildah@1.43']],
    ['https://example.com/y.git /d', { keyword: 'ADD' }, ['/d 600 0:0 ?'], ['buildkit@0.8', 'classic@29.7']],
    // here-documents
    [' /g', { heredocs: { EOF: 'hello\n' } }, ['/g 644 0:0 6'], ['buildkit', 'buildah@1.43']],
    ['a.txt /x/', { heredocs: { EOF: 'h' } }, ['/x/EOF 644 0:0 1', a('/x/a.txt')], ['buildkit', 'buildah@1.43']],
    ['<<EOF a.txt /x/', {}, [a('/x/a.txt')], ['classic@29.7']],
  ]
  for (const [words, more, expected, builders = all] of rows) {
    for (const builder of builders) {
      const { flags = {}, keyword = 'COPY' } = more
      const said = Object.entries(flags).map(([name, value]) => ` --${name}=${value}`)
      it(`${builder}: ${keyword}${said.join('')} ${words}`, () => {
        expect(stored(words, { ...more, builder })).to.deep.equal(expected)
      })
    }
  }
})

describe('planCopy from another stage', () => {
  const other = (known = true): Tree => {
    const tree = openTree([layer([folder('/')], known)])
    put(tree, file('/o/f', 6, { uid: 9, gid: 9, content: 'sha256:1', mode: 0o4755 }), { text: 'built\n' })
    put(tree, { ...file('/o/g', 0), type: 'hardlink', link: '/o/f' })
    put(tree, { ...file('/o/s', 0), type: 'symlink', link: 'f' })
    commit(tree)
    return tree
  }
  const from = (tree: Tree, more: { readonly trees?: BaseFacts['trees'] } = {}): Case => ({
    more: { from: { kind: 'tree', name: 'build', tree, ...more } },
  })
  for (const builder of all) {
    it(`${builder} keeps owners, modes and hard links`, () => {
      expect(stored('/o /x', { ...from(other()), builder })).to.deep.equal([
        '/x/f 4755 9:9 6',
        '/x/g (hardlink) 4755 9:9 -> /x/f',
        '/x/s (symlink) 777 0:0 -> f',
      ])
      expect(stored('/o/s /x', { ...from(other()), builder })).to.deep.equal(['/x 4755 9:9 6'])
      // The kernel takes setuid away with the owner; the others set the mode afterwards. (recorded: stage-dirs)
      const mode = builder.startsWith('classic') ? '755' : '4755'
      expect(stored('/o/f /x', { ...from(other()), builder, flags: { chown: '3:3' } })).to.deep.equal([
        `/x ${mode} 3:3 6`,
      ])
    })
    it(`${builder} refuses only what is surely not there`, () => {
      expect(stored('/nope /x', { ...from(other()), builder })).to.be.a('string')
      expect(stored('/nope /x/', { ...from(other(false)), builder })).to.deep.equal(['/x (package) ? ?:? ?'])
      // BuildKit: what has no name of a file is taken for a folder.
      const home = builder.startsWith('buildkit') ? '/x' : '/'
      expect(stored('/nope /x', { ...from(other(false)), builder })).to.deep.equal([`${home} (package) ? ?:? ?`])
      expect(stored('/n* /x/', { ...from(other(false)), builder })).to.deep.equal(['/x (package) ? ?:? ?'])
      const open = other()
      put(open, { ...file('/usr', 5), type: 'package', label: 'apt:curl' })
      expect(stored('/nope /x/', { ...from(open), builder })).to.deep.equal(['/x (package) ? ?:? ?'])
    })
    it(`${builder} moves packages along, and takes sums of folders from facts`, () => {
      const tree = other()
      put(tree, { ...file('/o/lib', 1000), type: 'package', label: 'pip:x', size: exact(1000, 'test') })
      const { tree: target } = carryOut('/o /x', { ...from(tree), builder })
      const moved = commit(target).find(({ type }) => type === 'package')
      expect(moved).to.include({ path: '/x/lib', label: 'pip:x' })
      const trees = { '/opt/go': { bytes: 300, linkBytes: 7 } }
      const { tree: known } = carryOut('/opt/go /opt/go', { ...from(other(false), { trees }), builder })
      const go = commit(known).find(({ type }) => type === 'package')
      expect(go).to.include({ path: '/opt/go', label: 'build:/opt/go', linkBytes: 7 })
      expect(go?.size.bytes).to.equal(300)
    })
    it(`${builder} knows all of a folder that holds a package, and guesses that one made on an unknown base has no more`, () => {
      const pip = { ...file('/venv', 1000), type: 'package', label: 'pip:x', size: exact(1000, 'test') } as const
      const packagesOf = (tree: Tree, words: string) =>
        commit(carryOut(words, { ...from(tree), builder }).tree).filter(({ type }) => type === 'package')
      const known = other()
      put(known, pip)
      expect(packagesOf(known, '/venv /x').map(({ label }) => label)).to.deep.equal(['pip:x'])
      const open = other(false)
      put(open, pip)
      const [moved, rest] = packagesOf(open, '/venv /x')
      expect(moved).to.include({ path: '/x', label: 'pip:x' })
      expect(rest).to.deep.include({ path: '/x', label: 'build:/venv' })
      expect(rest!.size).to.deep.include({ bytes: 0, low: 0, high: null, basis: 'heuristic' })
      put(open, { ...pip, path: '/usr/local/lib/x' })
      expect(packagesOf(open, '/usr/local /x').map(({ size }) => size.bytes)).to.deep.equal([null, 1000])
    })
  }

  it('gives a file the same content wherever it is copied to', () => {
    const first = carryOut('a.txt /x', {}).tree
    const second = carryOut('/x /y', { more: { from: { kind: 'tree', name: 'build', tree: first } } }).tree
    const content = (tree: Tree): string | undefined => commit(tree).find(({ type }) => type === 'file')?.content
    expect(content(carryOut('a.txt /z', {}).tree))
      .to.be.a('string')
      .and.equal(content(second))
  })
})

describe('planCopy with a limit', () => {
  it('stores one package of unknown size instead', () => {
    const { copied, tree } = carryOut('d /x/', { more: { limit: 3 } })
    expect(copied.problems.map(({ severity, message }) => [severity, message])).to.deep.equal([
      ['warning', 'COPY stores more than 3 files: they are not looked at one by one'],
    ])
    expect(commit(tree).map(({ path, type }) => [path, type])).to.deep.equal([
      ['/x', 'dir'],
      ['/x', 'package'],
    ])
    expect(copied.hash()).to.equal(undefined)
  })
})

describe('the hash of planCopy', () => {
  const hash = (words: string, one: Case): string | undefined => carryOut(words, one).copied.hash()
  const a = 'classic@29.7'

  it('follows links, and is the same for the same source', () => {
    expect(hash('l /x', { builder: a })).to.match(/^file:b29cdd02/)
    expect(hash('a.txt /x', { builder: a })).to.equal(hash('l /y/', { builder: a }))
    expect(hash('a.txt /x', { builder: 'classic@29.7,client=20.10' })).to.match(/^file:64f23f56/)
  })
  it('reads files that an earlier stage copied', () => {
    const build = carryOut('a.txt /a.txt', { builder: a }).tree
    commit(build)
    const from = { kind: 'tree', name: 'build', tree: build } as const
    expect(hash('/a.txt /y', { builder: a, more: { from } })).to.match(/^file:b29cdd02/)
    expect(hash('/a.txt /y', { builder: 'buildah@1.43', more: { from } })).to.be.a('string')
  })
  it('is not known for downloads, unknown images, files changed on their way', () => {
    for (const builder of ['classic', 'buildah']) {
      expect(hash('https://example.com/y /d', { builder, keyword: 'ADD' })).to.equal(undefined)
      const tree = openTree([layer([], false)])
      expect(hash('/x /y', { builder, more: { from: { kind: 'tree', name: 'x', tree } } })).to.equal(undefined)
      put(tree, file('/x', 5, { size: unknown('test') }))
      expect(hash('/x /y', { builder, more: { from: { kind: 'tree', name: 'x', tree } } })).to.equal(undefined)
    }
  })
  it('is of no use to BuildKit', () => expect(hash('a.txt /x', {})).to.equal(undefined))
})
