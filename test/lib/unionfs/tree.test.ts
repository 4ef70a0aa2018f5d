import { expect } from 'chai'
import type { Entry, Layer } from '../../../lib/model.ts'
import { exact, unknown, zero } from '../../../lib/size.ts'
import type { How, Storage, Tree } from '../../../lib/unionfs/tree.ts'
import {
  alter,
  below,
  commit,
  copy,
  directory,
  fork,
  glob,
  link,
  list,
  lookup,
  member,
  mkdir,
  move,
  openTree,
  packages,
  pending,
  put,
  real,
  remove,
  removeLabel,
  write,
} from '../../../lib/unionfs/tree.ts'
import { made as entry } from './made.ts'
import { line } from './recorded.ts'

const dir = (path: string): Entry => directory(path)
const soft = (path: string, target: string): Entry =>
  entry(path, { type: 'symlink', size: zero, mode: 0o777, link: target })
const parcel = (path: string, label: string, bytes = 100): Entry =>
  entry(path, { type: 'package', label, size: exact(bytes, 'test'), mode: null })
const layer = (entries: readonly Entry[], complete = true): Layer => ({ row: 0, entries, complete, size: zero })
const maybe: How = { maybe: true }

const base = [
  dir('/etc'),
  entry('/etc/passwd'),
  dir('/d'),
  entry('/d/a'),
  dir('/d/e'),
  entry('/d/e/b'),
  soft('/s', '/d'),
  soft('/d/up', '../etc'),
  soft('/loop', 'loop'),
  soft('/dangling', '/etc/none'),
  parcel('/usr', 'apt:x'),
  parcel('/var/lib/apt/lists', 'apt lists'),
]

describe('tree: what a slot stores', () => {
  const cases: readonly (readonly [what: string, change: (tree: Tree) => void, overlay: string[], vfs?: string[]])[] = [
    ['nothing', () => {}, []],
    ['a file in a new folder', (t) => put(t, entry('/n/f')), ['/n/ 755', '/n/f 644 10']],
    ['a file in a folder that is there', (t) => put(t, entry('/d/e/c')), ['/d/ 755', '/d/e/ 755', '/d/e/c 644 10']],
    ['a file through a link', (t) => put(t, entry('/s/c')), ['/d/ 755', '/d/c 644 10']],
    ['a file over a link is no file through it', (t) => put(t, entry('/s')), ['/s 644 10']],
    ['a write through a link', (t) => write(t, entry('/d/up/passwd')), ['/etc/ 755', '/etc/passwd 644 10']],
    ['a write through a link to nothing', (t) => write(t, entry('/dangling')), ['/etc/ 755', '/etc/none 644 10']],
    ['a file below a file', (t) => put(t, entry('/d/a/x')), ['/d/ 755'], []],
    ['a write to a folder', (t) => write(t, entry('/d')), []],
    ['a write to a loop of links', (t) => put(t, entry('/loop/x')), [], []],
    [
      'an appended file',
      (t) => write(t, entry('/d/a', { size: exact(3, 't') }), { append: true }),
      ['/d/ 755', '/d/a 644 13'],
    ],
    [
      'made and removed',
      (t) => {
        put(t, entry('/d/n/x'))
        remove(t, '/d/n')
      },
      ['/d/ 755'],
      [],
    ],
    ['removed', (t) => remove(t, '/d/a'), ['/d/ 755', '- /d/a']],
    ['removed with all below', (t) => remove(t, '/d'), ['- /d']],
    ['a link removed, not what it points to', (t) => remove(t, '/s'), ['- /s']],
    ['removed by pattern', (t) => remove(t, '/d/[ae]'), ['/d/ 755', '- /d/a', '- /d/e']],
    ['a pattern that matches nothing', (t) => remove(t, '/d/*.x'), []],
    [
      'a package removed by a pattern for all',
      (t) => remove(t, '/var/lib/apt/lists/*'),
      [
        '/var/ 755',
        '/var/lib/ 755',
        '/var/lib/apt/ 755',
        '/var/lib/apt/lists/ 755',
        '- /var/lib/apt/lists [apt lists]',
      ],
    ],
    ['a package removed by label', (t) => removeLabel(t, ['apt:*']), ['/usr/ 755', '- /usr [apt:x]']],
    ['packages removed by labels', (t) => removeLabel(t, ['apt:y', 'apt:x']), ['/usr/ 755', '- /usr [apt:x]']],
    ['no package removed', (t) => removeLabel(t, []), []],
    ['a package removed with its folder', (t) => remove(t, '/var/lib'), ['/var/ 755', '- /var/lib']],
    [
      'what a package may hold',
      (t) => remove(t, '/usr/share/doc'),
      ['/usr/ 755 maybe', '/usr/share/ 755 maybe', '- /usr/share/doc maybe'],
    ],
    ['what nothing holds', (t) => remove(t, '/srv/x'), []],
    [
      'a folder made anew',
      (t) => {
        remove(t, '/d/e')
        mkdir(t, '/d/e')
      },
      ['/d/ 755', '/d/e/ 755', '= /d/e'],
      ['/d/ 755', '/d/e/ 755', '- /d/e/b'],
    ],
    [
      'a file for a folder',
      (t) => {
        remove(t, '/d/e')
        put(t, entry('/d/e'))
      },
      ['/d/ 755', '/d/e 644 10'],
    ],
    [
      'a folder for a file',
      (t) => {
        remove(t, '/d/a')
        put(t, entry('/d/a/x'))
      },
      ['/d/ 755', '/d/a/ 755', '= /d/a', '/d/a/x 644 10'],
      ['/d/ 755', '/d/a/ 755', '/d/a/x 644 10'],
    ],
    [
      'mkdir of what is there',
      (t) => {
        mkdir(t, '/d/e')
        mkdir(t, '/s/e')
      },
      [],
    ],
    [
      'mkdir through a link',
      (t) => {
        mkdir(t, '/s/n/m', { mode: 0o700, uid: 5, gid: 6 })
      },
      ['/d/ 755', '/d/n/ 700 5:6', '/d/n/m/ 700 5:6'],
    ],
    ['mode of a file', (t) => alter(t, '/d/a', { mode: 0o600 }), ['/d/ 755', '/d/a 600 10']],
    ['the same mode', (t) => alter(t, '/d/a', { mode: 0o644 }), ['/d/ 755', '/d/a 644 10'], []],
    ['a touch', (t) => alter(t, '/d/a', {}), ['/d/ 755', '/d/a 644 10']],
    [
      'a mode worked out',
      (t) =>
        alter(t, '/d', { mode: (old, type) => (type === 'dir' ? 0o700 : (old ?? 0) & 0o7700) }, { recursive: true }),
      ['/d/ 700', '/d/a 600 10', '/d/e/ 700', '/d/e/b 600 10'],
    ],
    [
      'an owner, links too',
      (t) => alter(t, '/d', { uid: 7 }, { recursive: true }),
      ['/d/ 755 7:0', '/d/a 644 7:0 10', '/d/e/ 755 7:0', '/d/e/b 644 7:0 10', '/d/up 777 7:0 -> ../etc'],
    ],
    [
      'an owner of packages',
      (t) => alter(t, '/usr', { uid: 7 }, { recursive: true }),
      ['/usr/ 755 7:0', '/usr [apt:x] ? 7:0 100'],
    ],
    [
      'another name for a file of an earlier layer',
      (t) => link(t, '/d/a', '/z'),
      ['/d/ 755', '/d/a 644 10', '/z 644 = /d/a'],
      ['/z 644 10'],
    ],
    ['a moved file', (t) => move(t, '/d/a', '/d/e/a'), ['/d/ 755', '- /d/a', '/d/e/ 755', '/d/e/a 644 10']],
    [
      'a moved folder',
      (t) => move(t, '/d', '/z'),
      ['- /d', '/z/ 755', '/z/a 644 10', '/z/e/ 755', '/z/e/b 644 10', '/z/up 777 -> ../etc'],
    ],
    ['moved into itself', (t) => move(t, '/d', '/d/e/x'), []],
    ['a copy', (t) => copy(t, '/d/e', '/z'), ['/z/ 755', '/z/b 644 10']],
    [
      'a package again',
      (t) => put(t, parcel('/var/lib/apt/lists', 'apt lists', 7)),
      [
        '/var/ 755',
        '/var/lib/ 755',
        '/var/lib/apt/ 755',
        '/var/lib/apt/lists/ 755',
        '/var/lib/apt/lists [apt lists] ? 7',
      ],
    ],
    ['maybe a file', (t) => put(t, entry('/n'), maybe), ['/n 644 0..10 maybe']],
    [
      'maybe other bytes',
      (t) => write(t, entry('/d/a', { size: exact(4, 't') }), maybe),
      ['/d/ 755 maybe', '/d/a 644 0..10 maybe'],
    ],
    ['maybe removed', (t) => remove(t, '/d/a', maybe), ['/d/ 755 maybe', '- /d/a maybe']],
    ['maybe another mode', (t) => alter(t, '/d/a', { mode: 0o600 }, maybe), ['/d/ 755 maybe', '/d/a ? 0..10 maybe']],
    [
      'made, then maybe removed',
      (t) => {
        put(t, entry('/n'))
        remove(t, '/n', maybe)
      },
      ['/n 644 0..10 maybe'],
    ],
    [
      'maybe made, then surely removed',
      (t) => {
        put(t, entry('/n'), maybe)
        remove(t, '/n')
      },
      [],
    ],
    [
      'maybe a folder, then surely a file in it',
      (t) => {
        mkdir(t, '/n', {}, maybe)
        put(t, entry('/n/f'))
      },
      ['/n/ 755', '/n/f 644 10'],
    ],
    [
      'a package that loses a part',
      (t) => {
        put(t, parcel('/', 'apt:y'))
        remove(t, '/etc/doc')
      },
      ['/ [apt:y] ? 0..100', '/etc/ 755 maybe', '- /etc/doc maybe'],
    ],
  ]
  const storages: readonly Storage[] = ['overlay2', 'old vfs']
  for (const storage of storages) {
    for (const [what, change, overlay, vfs = overlay] of cases) {
      it(`${what}, ${storage}`, () => {
        const tree = openTree([layer(base)], storage)
        change(tree)
        const expected = storage === 'old vfs' ? vfs : overlay
        expect(pending(tree).map(line)).to.deep.equal(expected)
        expect(commit(tree).map(line)).to.deep.equal(expected)
        expect(commit(tree)).to.deep.equal([])
      })
    }
  }

  // Recorded with Buildah 1.43: touch-dir.
  const stirs: readonly [string, (t: Tree) => void, readonly string[]][] = [
    ['made and removed in it', (t) => removeAfter(t, '/d/e/n'), ['/d/ 755', '/d/e/ 755']],
    ['made and removed with its folder', (t) => removeAfter(t, '/d/n/x', '/d/n'), ['/d/ 755']],
    ['maybe made and removed', (t) => removeAfter(t, '/d/n', '/d/n', maybe), ['/d/ 755 maybe', '/d/n 644 0..10 maybe']],
    ['touched', (t) => alter(t, '/d', {}), ['/d/ 755']],
    ['its mode set as it was', (t) => alter(t, '/d', { mode: 0o755 }), []],
    ['made and removed in the root', (t) => removeAfter(t, '/n'), []],
  ]
  const removeAfter = (t: Tree, path: string, gone = path, how = {}): void => {
    put(t, entry(path), how)
    remove(t, gone, how)
  }
  for (const [what, change, expected] of stirs)
    it(`on vfs the time of a folder counts: ${what}`, () => {
      const tree = openTree([layer(base)], 'vfs')
      change(tree)
      expect(commit(tree).map(line)).to.deep.equal(expected)
      expect(commit(tree)).to.deep.equal([])
    })

  it('a change of mode says that the bytes are the same, a write does not', () => {
    const tree = openTree([layer(base)])
    alter(tree, '/d/a', { mode: 0o600 })
    write(tree, entry('/d/e/b'))
    expect(commit(tree).map(({ path, sameContent }) => [path, sameContent ?? false])).to.deep.equal([
      ['/d', false],
      ['/d/a', true],
      ['/d/e', false],
      ['/d/e/b', false],
    ])
  })
  it('names of one file of this slot change together, those of an earlier layer part', () => {
    const tree = openTree([])
    put(tree, entry('/a'))
    link(tree, '/a', '/b')
    write(tree, entry('/b', { size: exact(3, 't') }))
    expect(commit(tree).map(line)).to.deep.equal(['/a 644 3', '/b 644 = /a'])
    alter(tree, '/b', { mode: 0o600 })
    expect(commit(tree).map(line)).to.deep.equal(['/b 600 3'])
    expect(lookup(tree, '/a').entry?.mode).to.equal(0o644)
  })
})

describe('tree: what is where', () => {
  const tree = openTree([layer(base)])
  const cases: readonly (readonly [path: string, there: string, real: string, type?: string])[] = [
    ['/', 'yes', '/', 'dir'],
    ['/d/a', 'yes', '/d/a', 'file'],
    ['/s', 'yes', '/s', 'symlink'],
    ['/s/e/../a', 'yes', '/d/a', 'file'],
    ['/s/up/passwd', 'yes', '/etc/passwd', 'file'],
    ['/../../d//./a', 'yes', '/d/a', 'file'],
    ['/loop/x', 'no', '/loop/x'],
    ['/d/a/x', 'no', '/d/a/x'],
    ['/srv', 'no', '/srv'],
    ['/usr/share/doc', 'unknown', '/usr/share/doc'],
    ['/usr/local/x', 'no', '/usr/local/x'],
    ['/dangling/x', 'no', '/etc/none/x'],
    [`/${'x/'.repeat(5000)}`, 'no', `/${'x/'.repeat(5000)}`],
  ]
  for (const [path, there, at, type] of cases) {
    it(path.slice(0, 40), () => {
      const found = lookup(tree, path)
      expect([found.there, found.path, found.entry?.type]).to.deep.equal([there, at, type])
    })
  }
  it('follows the last link when asked to', () => {
    expect(lookup(tree, '/s', true).path).to.equal('/d')
    expect(real(tree, '/dangling')).to.equal('/etc/none')
    expect(lookup(tree, '/loop', true).there).to.equal('no')
  })
  it('lists a folder', () => {
    expect(list(tree, '/s').entries.map(({ path }) => path)).to.deep.equal(['/d/a', '/d/e', '/d/up'])
    expect(list(tree, '/s').complete).to.equal(true)
    expect(list(tree, '/usr')).to.deep.equal({ entries: [], complete: false })
    expect(list(tree, '/d/a').entries).to.deep.equal([])
  })
  it('lists all below', () => {
    expect(below(tree, '/d').entries.map(({ path }) => path)).to.deep.equal(['/d/a', '/d/e', '/d/e/b', '/d/up'])
    expect(packages(tree, '/var').map(({ label }) => label)).to.deep.equal(['apt lists'])
  })
  it('tells a further name of a file in a list', () => {
    const own = fork(tree)
    link(own, '/d/a', '/d/z')
    expect(below(own, '/d').entries.map(line)).to.deep.equal([
      '/d/a 644 10',
      '/d/e/ 755',
      '/d/e/b 644 10',
      '/d/up 777 -> ../etc',
      '/d/z 644 = /d/a',
    ])
    expect(lookup(own, '/d/z').entry?.type).to.equal('file')
  })
  it('finds by pattern', () => {
    expect(glob(tree, '/s/*')).to.deep.equal(['/s/a', '/s/e', '/s/up'])
    expect(glob(tree, '/?/[!a]/b')).to.deep.equal(['/d/e/b', '/s/e/b'])
    expect(glob(tree, '/d/a')).to.deep.equal(['/d/a'])
    expect(glob(tree, '/none/*')).to.deep.equal([])
  })
  it('keeps text as long as it is known', () => {
    const own = fork(tree)
    put(own, entry('/t'), { text: 'one\n' })
    write(own, entry('/t'), { append: true, text: 'two\n' })
    expect(lookup(own, '/t').text).to.equal('one\ntwo\n')
    move(own, '/t', '/u')
    expect(lookup(own, '/u').text).to.equal('one\ntwo\n')
    write(own, entry('/u'), { append: true })
    expect(lookup(own, '/u').text).to.equal(undefined)
  })
})

describe('tree: a base that is not fully known', () => {
  const open = (): Tree => openTree([layer([dir('/etc'), entry('/etc/passwd')], false)])
  it('a path that is not listed is unknown', () => {
    const tree = open()
    expect(lookup(tree, '/x').there).to.equal('unknown')
    expect(lookup(tree, '/etc/x').there).to.equal('unknown')
    expect(lookup(tree, '/etc/passwd/x').there).to.equal('no')
    expect(list(tree, '/etc').complete).to.equal(false)
  })
  const cases: readonly (readonly [what: string, change: (tree: Tree) => void, stored: string[]])[] = [
    ['mkdir', (t) => void mkdir(t, '/app'), ['/app/ 755 maybe']],
    ['a file', (t) => put(t, entry('/app/x')), ['/app/ 755', '/app/x 644 10']],
    ['an append', (t) => write(t, entry('/log'), { append: true }), ['/log 644 10..']],
    ['a removal', (t) => remove(t, '/x'), ['- /x maybe']],
    ['a change of mode', (t) => alter(t, '/x', { mode: 0o600 }), ['/x ? ?:? 0.. maybe']],
    [
      'a change of all below',
      (t) => alter(t, '/srv', { uid: 1 }, { recursive: true }),
      ['/srv/ 755 maybe', '/srv [change of /srv, whose size is not known] ? ?:? 0.. maybe'],
    ],
    ['a copy of what nobody knows', (t) => copy(t, '/x', '/y'), ['/y/ 755 maybe', '/y [copy of /x] ? ?:? 0.. maybe']],
  ]
  for (const [what, change, stored] of cases) {
    it(what, () => {
      const tree = open()
      change(tree)
      expect(commit(tree).map(line)).to.deep.equal(stored)
    })
  }
  it('what was surely removed is surely not there', () => {
    const tree = open()
    remove(tree, '/x')
    expect(lookup(tree, '/x').there).to.equal('no')
    commit(tree)
    expect(lookup(tree, '/x/y').there).to.equal('no')
    put(tree, entry('/x'))
    remove(tree, '/x')
    expect(commit(tree)).to.deep.equal([])
  })
  it('what was made and removed may hide what was there before', () => {
    const tree = open()
    put(tree, entry('/x'))
    remove(tree, '/x')
    expect(commit(tree).map(line)).to.deep.equal(['- /x maybe'])
  })
  it('all below a folder made here is likely all there is', () => {
    const tree = open()
    mkdir(tree, '/app')
    put(tree, entry('/app/x'))
    commit(tree)
    alter(tree, '/app', { uid: 1 }, { recursive: true })
    const rest = commit(tree).find(({ type }) => type === 'package')
    expect(rest?.size).to.include({ bytes: 0, low: 0, high: null })
  })
  it('a layer on top makes things known', () => {
    const tree = openTree([layer([], false), layer([dir('/d'), entry('/d', { type: 'opaque' }), entry('/d/x')])])
    expect(lookup(tree, '/d/y').there).to.equal('no')
    expect(lookup(tree, '/e').there).to.equal('unknown')
  })
})

describe('tree: sureness', () => {
  it('goes down from a folder that may not be there, and up from a file that is', () => {
    const tree = openTree([])
    put(tree, entry('/d/a'), maybe)
    expect(lookup(tree, '/d').there).to.equal('maybe')
    put(tree, entry('/d/b'))
    expect([lookup(tree, '/d').there, lookup(tree, '/d/a').there, lookup(tree, '/d/b').there]).to.deep.equal([
      'yes',
      'maybe',
      'yes',
    ])
  })
  it('one of two sizes', () => {
    const tree = openTree([layer(base)])
    write(tree, entry('/d/a', { size: exact(4, 't') }), maybe)
    expect(lookup(tree, '/d/a').entry?.size).to.include({ low: 4, bytes: 4, high: 10 })
    expect(lookup(tree, '/d/a').there).to.equal('yes')
  })
  it('maybe twice is still maybe', () => {
    const tree = openTree([layer(base)])
    remove(tree, '/d', maybe)
    commit(tree)
    expect(lookup(tree, '/d/a').there).to.equal('maybe')
    remove(tree, '/d')
    expect(commit(tree).map(line)).to.deep.equal(['- /d maybe'])
    expect(lookup(tree, '/d/a').there).to.equal('no')
  })
  it('an unknown size stays unknown through copies', () => {
    const tree = openTree([])
    put(tree, entry('/a', { size: unknown('t') }))
    copy(tree, '/a', '/b')
    expect(commit(tree).map(({ size }) => size.bytes)).to.deep.equal([null, null])
  })
})

describe('tree: names of one file', () => {
  const linked = (storage: Storage): Tree => {
    const tree = openTree([], storage)
    put(tree, entry('/a'))
    link(tree, '/a', '/b')
    link(tree, '/a', '/c')
    commit(tree)
    return tree
  }
  const inode = (tree: Tree, path: string) => member(tree, path)?.inode

  it('part on overlay where one of them gets another name', () => {
    const tree = linked('overlay2')
    link(tree, '/b', '/d')
    commit(tree)
    expect(inode(tree, '/d')).to.equal(inode(tree, '/b'))
    expect(inode(tree, '/a')).to.equal(inode(tree, '/c')).and.not.to.equal(inode(tree, '/b'))
  })
  it('are changed apart on overlay, and apart again', () => {
    const tree = linked('overlay2')
    alter(tree, '/a', { mode: 0o600 })
    alter(tree, '/b', { mode: 0o640 })
    alter(tree, '/', { uid: 5 }, { recursive: true })
    expect(commit(tree).map(line)).to.deep.equal(['/a 600 5:0 10', '/b 640 5:0 10', '/c 644 5:0 10'])
  })
  it('are one on vfs to all changes of a slot', () => {
    const tree = linked('vfs')
    alter(tree, '/a', { mode: 0o600 })
    alter(tree, '/b', { uid: 5 })
    expect(lookup(tree, '/c').entry).to.include({ mode: 0o600, uid: 5 })
  })
})

describe('tree: stages', () => {
  it('a fork and its origin go apart', () => {
    const one = openTree([layer(base)])
    put(one, entry('/one'))
    commit(one)
    const two = fork(one)
    put(two, entry('/two'))
    put(one, entry('/three'))
    remove(one, '/d')
    expect(lookup(two, '/d/a').there).to.equal('yes')
    expect(lookup(one, '/two').there).to.equal('no')
    expect(commit(two).map(line)).to.deep.equal(['/two 644 10'])
    expect(commit(one).map(line)).to.deep.equal(['- /d', '/three 644 10'])
  })
  it('what a commit stored opens as the same tree', () => {
    const one = openTree([layer(base)])
    remove(one, '/d/e')
    mkdir(one, '/d/e/f')
    link(one, '/d/a', '/z')
    removeLabel(one, ['apt:x'])
    const entries = commit(one)
    const two = openTree([layer(base), layer(entries)])
    expect(below(two, '/').entries.map(line)).to.deep.equal(below(one, '/').entries.map(line))
  })
  it('folders that are stored as they are cost no entries of their own', () => {
    const tree = openTree([layer([])])
    mkdir(tree, '/a/b/c')
    const made = commit(tree)
    mkdir(tree, '/a/b/c/d')
    expect(commit(tree).filter((one) => made.includes(one))).to.deep.equal(made)
  })
  it('doubling a tree over and over ends', () => {
    const tree = openTree([layer(base)])
    for (let i = 0; i < 60; i++) {
      copy(tree, '/d', `/copy${i}`)
      move(tree, `/copy${i}`, `/d/copy${i}`)
    }
    expect(lookup(tree, '/d/a').there).to.equal('yes')
  })
})
