/** What a RUN leaves behind: for each path, surely there, perhaps, surely not. And how many bytes. */
import { expect } from 'chai'
import { predict } from '../../lib/analyze.ts'
import { chooseBuilder } from '../../lib/builders/choose.ts'
import { memoryContext } from '../../lib/context.ts'
import type { Base, BaseFile, Given, Prediction } from '../../lib/model.ts'
import { exact } from '../../lib/size.ts'
import { lookup, openTree } from '../../lib/unionfs/tree.ts'
import { plainGiven } from '../tools/predict.ts'
import { truthBase } from '../tools/truth-bases.ts'

const dir = { dir: true } as const
const files: Readonly<Record<string, BaseFile>> = {
  '/bin': dir,
  '/bin/sh': { link: 'dash' },
  '/bin/dash': { bytes: 1000, mode: '0755', uid: 0, gid: 0 },
  '/bin/tool': { bytes: 10, mode: '0755', uid: 0, gid: 0 },
  '/bin/bash': { bytes: 10, mode: '0755', uid: 0, gid: 0 },
  '/etc': dir,
  '/etc/conf': { bytes: 100, mode: '0644', uid: 0, gid: 0 },
  '/opt': dir,
  '/opt/d': dir,
  '/opt/d/one': { bytes: 7, mode: '0644', uid: 0, gid: 0 },
  '/opt/d/two': { bytes: 8, mode: '0644', uid: 0, gid: 0 },
  '/opt/l': { link: 'd/one' },
  '/root': dir,
  '/tmp': dir,
  '/usr': dir,
  '/usr/bin': dir,
}

const base: Base = {
  ref: 'base',
  rows: [],
  config: { Env: ['PATH=/usr/bin:/bin'] },
  author: '',
  facts: { complete: true, files },
}

const given = (more: Partial<Given> = {}): Given => plainGiven(chooseBuilder('buildkit'), { base: () => base, ...more })

const predicted = (text: string, more: Partial<Given> = {}): Prediction => predict(`FROM base\n${text}`, given(more))

type There = 'yes' | 'no' | 'maybe'

function states({ image }: Prediction, paths: readonly string[]): Record<string, string> {
  const entries = Object.entries(files).map(([path, file]) => ({
    path,
    type: file.dir ? ('dir' as const) : file.link === undefined ? ('file' as const) : ('symlink' as const),
    size: exact(file.bytes ?? 0, 'base'),
    mode: null,
    uid: null,
    gid: null,
    link: file.link ?? null,
  }))
  const tree = openTree([
    { row: 0, entries, complete: true, size: exact(0, 'base') },
    ...image.layers.map((layer) => ({ ...layer, complete: true })),
  ])
  return Object.fromEntries(paths.map((path) => [path, lookup(tree, path).there]))
}

describe('what a RUN leaves', () => {
  const table: readonly (readonly [run: string, after: Readonly<Record<string, There>>])[] = [
    ['echo a > /a', { '/a': 'yes' }],
    ['echo a > /a && rm /a', { '/a': 'no' }],
    ['true || echo a > /a', { '/a': 'no' }],
    ['false || echo a > /a', { '/a': 'yes' }],
    ['false && echo a > /a; echo b > /b', { '/a': 'no', '/b': 'yes' }],
    ['set -e; false; echo a > /a', { '/a': 'no' }],
    ['set -e; false || true; echo a > /a', { '/a': 'yes' }],
    ['set -ex; test -f /nope; echo a > /a', { '/a': 'no' }],
    ['tool || echo a > /a', { '/a': 'maybe' }],
    ['tool && echo a > /a', { '/a': 'yes' }],
    ['tool && echo a > /a || true', { '/a': 'maybe' }],
    ['if tool; then echo a > /a; fi', { '/a': 'maybe' }],
    ['if tool; then echo a > /a; else echo b > /a; fi', { '/a': 'yes' }],
    ['if tool; then echo a > /a; rm /a; fi', { '/a': 'no' }],
    ['if tool; then echo a > /a; fi; rm -f /a', { '/a': 'no' }],
    ['if tool; then rm /etc/conf; fi', { '/etc/conf': 'maybe' }],
    ['if [ -f /etc/conf ]; then echo a > /a; else echo b > /b; fi', { '/a': 'yes', '/b': 'no' }],
    ['if [ -d /etc/conf ]; then echo a > /a; fi', { '/a': 'no' }],
    ['[ -e /nope ] || echo a > /a', { '/a': 'yes' }],
    ['rm -d /opt/d; true', { '/opt/d': 'yes' }],
    ['rm /opt/d/*; rm -d /opt/d; true', { '/opt/d': 'no' }],
    ['rmdir --ignore-fail-on-non-empty /nope && echo a > /a; true', { '/a': 'no' }],
    ['[ ! -e /opt/d ] || rm -r /opt/d', { '/opt/d': 'no', '/opt/d/one': 'no' }],
    ['X=b; [ "$X" = b ] && echo a > /a; true', { '/a': 'yes' }],
    ['X=c; if [ "$X" = b ]; then echo a > /a; fi', { '/a': 'no' }],
    ['X=$(tool); if [ "$X" = b ]; then echo a > /a; fi', { '/a': 'maybe' }],
    ['case x in x) echo a > /a;; y) echo b > /b;; esac', { '/a': 'yes', '/b': 'no' }],
    ['case $(tool) in x) echo a > /a;; y) echo b > /b;; esac', { '/a': 'maybe', '/b': 'maybe' }],
    ['case $(tool) in x) echo a > /a;; *) exit 1;; esac', { '/a': 'yes' }],
    ['f() { echo a > /a; }', { '/a': 'no' }],
    ['f() { echo a > /a; }; f', { '/a': 'yes' }],
    ['f() { echo a > "$1"; }; f /b', { '/b': 'yes' }],
    ['f() { return; echo a > /a; }; f', { '/a': 'no' }],
    ['f() { if tool; then return; fi; echo a > /a; }; f; echo b > /b', { '/a': 'maybe', '/b': 'yes' }],
    ['if tool; then if tool; then exit 0; fi; fi; echo a > /a', { '/a': 'maybe' }],
    ['for i in 1 2 3; do echo $i > /n$i; done', { '/n1': 'yes', '/n3': 'yes', '/n4': 'no' }],
    ['for i in 1 2 3; do [ $i = 2 ] && break; echo $i > /n$i; done; true', { '/n1': 'yes', '/n2': 'no', '/n3': 'no' }],
    [
      'for f in /opt/d/*; do mv $f $f.bak; done',
      { '/opt/d/one': 'no', '/opt/d/one.bak': 'yes', '/opt/d/two.bak': 'yes' },
    ],
    ['for f in $(tool); do echo a > /a; done', { '/a': 'maybe' }],
    ['i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo > /n$i; done', { '/n1': 'yes', '/n3': 'yes', '/n4': 'no' }],
    ['while tool; do echo a > /a; done', { '/a': 'maybe' }],
    ['until tool; do echo a > /a; done; echo b > /b', { '/a': 'no', '/b': 'yes' }],
    ['(cd /opt && echo a > a); echo b > b', { '/opt/a': 'yes', '/b': 'yes', '/a': 'no' }],
    ['cd /opt; echo a > a; cd ..; echo b > b', { '/opt/a': 'yes', '/b': 'yes' }],
    ['cd /nope && echo a > a; echo b > b', { '/nope/a': 'no', '/b': 'yes' }],
    ['{ cd /opt; echo a > a; }; echo b > b', { '/opt/a': 'yes', '/opt/b': 'yes' }],
    ['cat <<EOF > /a\nhi\nEOF', { '/a': 'yes' }],
    ['echo a > /nope/a; echo b > /b', { '/nope/a': 'no', '/b': 'yes' }],
    ['{ echo a; echo b > /b; } > /nope/a; true', { '/nope': 'no', '/b': 'no' }],
    ['f() { echo b > /b; }; f > /nope/a || echo c > /c', { '/nope': 'no', '/b': 'no', '/c': 'yes' }],
    ['tar -c -f /t.tar -C /nope . && echo a > /a; true', { '/a': 'no' }],
    ["trap 'rm -f /a' EXIT; echo a > /a", { '/a': 'no' }],
    ["trap 'echo t > /t' EXIT; exit 0; echo a > /a", { '/t': 'yes', '/a': 'no' }],
    ["sh -c 'echo a > /a'", { '/a': 'yes' }],
    ["bash -ec 'false; echo a > /a' || true", { '/a': 'no' }],
    ["bash -c 'touch /{a,b}'", { '/a': 'yes', '/b': 'yes' }],
    ['mkdir /x{1,2}', { '/x{1,2}': 'yes', '/x1': 'no' }], // dash
    ['ln -s nothere /l; cp /etc/conf /l; true', { '/nothere': 'no' }],
    ['ln -s nothere /l; cp --remove-destination /etc/conf /l', { '/l': 'yes', '/nothere': 'no' }],
    ['ln -s opt/d /ld; rm -rf /ld/; true', { '/ld': 'yes', '/opt/d/one': 'no' }],
    ['ln /etc/conf /a; mv /a /etc/conf; true', { '/a': 'yes' }], // two names of one file
    ['mkdir -p /m/d /d; touch /m/d/x; mv /d /m; true', { '/d': 'yes', '/m/d/x': 'yes' }],
    ['find /opt -name one -execdir touch here \\;', { '/opt/d/here': 'yes', '/here': 'no' }],
    ['mkdir -p /e/f; find /e -type d -empty -delete', { '/e': 'no' }],
    ['(( 1 )) && touch /sum; true', { '/sum': 'no' }], // dash
    ['touch /etc/conf/ || touch /a', { '/a': 'yes' }],
    ['truncate -s 2b /a; true', { '/a': 'no' }],
    ["bash <<'EOF'\necho a > /a\nEOF", { '/a': 'yes' }],
    ['echo /opt/d/one /opt/d/two | xargs rm', { '/opt/d/one': 'no', '/opt/d/two': 'no', '/opt/d': 'yes' }],
    ['find /opt -name "o*" -delete', { '/opt/d/one': 'no', '/opt/d/two': 'yes' }],
    ['find /opt -type f -exec rm {} +', { '/opt/d/one': 'no', '/opt/d': 'yes', '/opt/l': 'yes' }],
    ['find /opt -maxdepth 1 -type l -exec rm {} \\;', { '/opt/l': 'no', '/opt/d/one': 'yes' }],
    ["find /opt -ipath '*/D/ONE' -delete", { '/opt/d/one': 'no', '/opt/d/two': 'yes' }],
    ['find /opt -path /opt/d -prune -o -print | xargs rm -f', { '/opt/l': 'no', '/opt/d/one': 'yes' }],
    ['find / -newer /etc/conf -delete', { '/opt/d/one': 'maybe' }],
    ['env A=b sh -c \'echo > "/$A"\'', { '/b': 'yes' }],
    ['sh /nope.sh || echo a > /a', { '/a': 'yes' }],
    ['sh /opt/d || echo a > /a', { '/a': 'yes' }],
    ['sudo rm /etc/conf', { '/etc/conf': 'no' }],
    ["su -c 'echo a > /a'", { '/a': 'yes' }],
    ['nice -n 5 time touch /a', { '/a': 'yes' }],
    ['timeout 5 touch /a & wait', { '/a': 'yes' }],
    ['touch /a | true; touch -c /b', { '/a': 'yes', '/b': 'no' }],
    ['eval "echo a > /a"', { '/a': 'yes' }],
    ['exec touch /a; touch /b', { '/a': 'yes', '/b': 'no' }],
    ['X=/a; echo b > $X; unset X; echo c > /c$X', { '/a': 'yes', '/c': 'yes' }],
    ['V=1.2.3; mkdir -p /v${V%.*} /w${V##*.}', { '/v1.2': 'yes', '/w3': 'yes' }],
    ['rm -rf /opt/*', { '/opt': 'yes', '/opt/d': 'no', '/opt/l': 'no' }],
    ['rm /opt/d; true', { '/opt/d': 'yes' }],
    ['rmdir /opt/d; rmdir /tmp', { '/opt/d': 'yes', '/tmp': 'no' }],
    ['cp -r /opt/d /e', { '/e/one': 'yes', '/opt/d/one': 'yes' }],
    ['cp -r /opt/d/. /tmp', { '/tmp/one': 'yes' }],
    ['cp /opt/d/one /opt/d/two /tmp', { '/tmp/one': 'yes', '/tmp/two': 'yes' }],
    ['cp /nope /a; echo b > /b', { '/a': 'no', '/b': 'yes' }],
    ['mv /opt/d /tmp', { '/opt/d': 'no', '/tmp/d/two': 'yes' }],
    ['ln -s /opt/d /link && touch /link/x', { '/link': 'yes', '/opt/d/x': 'yes' }],
    ['install -D -m 755 /opt/l /usr/local/bin/x', { '/usr/local/bin/x': 'yes', '/usr/local': 'yes' }],
    ['echo a | tee /a /b > /c', { '/a': 'yes', '/b': 'yes', '/c': 'yes' }],
    ['curl -o /x https://example.org/x && rm /x', { '/x': 'no' }],
    ['curl -o /x https://example.org/x || true', { '/x': 'maybe' }],
    ['curl -fsSLO https://example.org/a/x.tgz', { '/x.tgz': 'yes' }],
    ['wget -q -P /tmp https://example.org/a/x.tgz', { '/tmp/x.tgz': 'yes' }],
    ['V=$(tool); curl -o /x-$V.tgz https://example.org && rm /x-$V.tgz', { '/x-${V}.tgz': 'no' }],
    ['D=$(mktemp -d) && touch $D/x && rm -rf "$D"', { '/tmp': 'yes' }],
    ['command -v nope || touch /a', { '/a': 'yes' }],
    ['nope 2>/dev/null; touch /a', { '/a': 'yes' }],
    ['if ! grep -q x /etc/conf; then touch /a; fi', { '/a': 'maybe' }],
    ['printf "a\\nb\\n" | while read x; do touch /$x; done', { '/a': 'yes', '/b': 'yes' }],
    ['touch /a; chmod 600 /a /nope; touch /b', { '/a': 'yes', '/b': 'yes' }],
    ['mkdir -p /e/a/b; find /e -depth -type d -empty -exec rmdir {} \\;', { '/e': 'no', '/opt': 'yes' }],
    ['sed -i s/x/y/ /etc/conf', { '/etc/conf': 'yes' }],
    ['gzip /etc/conf', { '/etc/conf': 'no', '/etc/conf.gz': 'yes' }],
    ['tar cf /t.tar -C /opt --exclude=one d; mkdir /x; tar xf /t.tar -C /x', { '/x/d/two': 'yes', '/x/d/one': 'no' }],
    ['tar cf /nope/t.tar /opt/d || touch /a', { '/nope': 'no', '/a': 'yes' }],
    ['tar cf /t.tar -C /nope . || touch /a', { '/t.tar': 'yes', '/a': 'yes' }],
    ['gzip -c /nope > /g && touch /a; true', { '/g': 'yes', '/a': 'no' }],
    ['shred -u /nope || touch /a', { '/a': 'yes' }],
    [
      'ln -s /etc/conf /l; chmod --reference=/l /opt/d/one; [ $(stat -c %a /opt/d/one) = 644 ] && touch /a',
      { '/a': 'yes' },
    ],
    ['sed -i.bak s/a/b/ /opt/l; [ -L /opt/l.bak ] && touch /a', { '/a': 'yes' }],
    [
      'chown 5 /opt/d/one; sed -i.bak s/a/b/ /opt/d/one; [ $(stat -c %u /opt/d/one.bak) = 5 ] && touch /a',
      { '/a': 'yes' },
    ],
    ['readlink /nope || touch /a', { '/a': 'yes' }],
    ['readlink /opt/l && touch /a', { '/a': 'yes' }],
    ['(exec 3> /nope/f; touch /a) || touch /b', { '/a': 'no', '/b': 'yes' }],
    ['(: > /nope/f; touch /a) || touch /b', { '/a': 'no', '/b': 'yes' }],
    ['> /nope/f; touch /a', { '/a': 'yes' }],
    ['command : > /nope/f; touch /a', { '/a': 'yes' }],
    ["bash -c ': > /nope/f; touch /a'", { '/a': 'yes' }],
    ['(set -e; rm /nope; touch /a); touch /b', { '/a': 'no', '/b': 'yes' }],
    ["sh -c 'set -e; rm /nope; touch /a'; touch /b", { '/a': 'no', '/b': 'yes' }],
    ['set -e; (rm /nope; touch /a)', { '/a': 'yes' }], // it was written to work
    ['chmod --reference=/nope /etc/conf || touch /a', { '/a': 'yes' }],
    ['chown --reference=/nope /etc/conf || touch /a', { '/a': 'yes' }],
    ['install /etc/conf /etc || touch /a', { '/a': 'yes' }],
    ['find /opt -name d -prune -o -name l -delete || touch /a', { '/opt/l': 'yes', '/a': 'yes' }],
    ['find /opt -depth -name d -prune -o -name l -delete', { '/opt/l': 'no' }],
    ['find /opt -name l -exec echo -prune \\; -delete', { '/opt/l': 'no' }],
    ['useradd -G users u; rm /etc/group-; usermod -aG users u', { '/etc/group-': 'no' }],
    ['echo x > /dev/shm/x; echo y > /etc/hosts', { '/dev/shm/x': 'no', '/etc/hosts': 'no' }],
  ]
  for (const [run, after] of table)
    it(JSON.stringify(run), () => {
      expect(states(predicted(`RUN ${run}`), Object.keys(after))).to.deep.equal(after)
    })
  it('is said of many', () => expect(table.length).to.be.greaterThan(80))
})

describe('a file that is moved onto itself', () => {
  const table: readonly (readonly [name: string, known: Base, left: readonly string[]])[] = [
    ['GNU', base, ['/a', '/b']],
    ['BusyBox', truthBase('busybox:local')!, ['/a']], // as seen with 1.35
  ]
  for (const [name, known, left] of table)
    it(name, () => {
      const { image } = predict('FROM base\nRUN echo a > /a; mv /a / || echo b > /b', given({ base: () => known }))
      const paths = image.layers.at(-1)!.entries.map(({ path }) => path)
      expect(paths.filter((path) => /^\/[ab]$/.test(path))).to.deep.equal(left)
    })
})

describe('a folder that an earlier RUN may have made', () => {
  const table: readonly (readonly [run: string, after: Readonly<Record<string, There>>])[] = [
    ['echo a > /n/a', { '/n/a': 'yes' }],
    ['set -e; echo a > /n/a; true', { '/n/a': 'yes' }],
    ['echo a > /n/a; true', { '/n/a': 'maybe' }],
    ['echo a > /n/a && echo b > /b; true', { '/n/a': 'maybe', '/b': 'maybe' }],
    ['echo a > /n/a || echo b > /b', { '/n/a': 'maybe', '/b': 'maybe' }],
    ['ln -s f /n/l; true', { '/n/l': 'maybe' }],
    ['mv /n/x /opt/x; echo b > /b', { '/opt/x': 'maybe', '/b': 'yes' }],
    ['mkdir -p /n; echo a > /n/a; true', { '/n/a': 'yes' }],
    ['rmdir /n && echo b > /b; true', { '/b': 'maybe' }],
    ['echo a > /opt/a; true', { '/opt/a': 'yes' }],
  ]
  for (const [run, after] of table)
    it(run, () => {
      const name = Object.keys(after)
      const found = states(predicted(`RUN if tool; then mkdir /n; fi\nRUN ${run}`), name)
      expect(found).to.deep.equal(after)
    })

  it('has the mode of who made it', () => {
    const { image } = predicted('RUN if tool; then mkdir /n; fi\nRUN mkdir -pm 1777 /n; true')
    const modes = image.layers.at(-1)!.entries.flatMap(({ path, mode }) => (path === '/n' ? [mode] : []))
    expect(modes).to.deep.equal([null])
  })

  it('is no reason for doubt on a base that is not listed', () => {
    const unlisted = { ...base, facts: { ...base.facts, complete: false } }
    const run = 'RUN if tool; then mkdir /n; fi\nRUN echo a > /n/a; true'
    const { image } = predicted(run, { base: () => unlisted })
    const doubts = image.layers.at(-1)!.entries.flatMap(({ path, maybe }) => (path === '/n/a' ? [maybe] : []))
    expect(doubts).to.deep.equal([undefined])
  })
})

describe('a program that a base which lists its programs does not have', () => {
  const whole = {
    ...base,
    facts: { complete: true, files: { ...files, '/bin/ls': files['/bin/tool']!, '/bin/touch': files['/bin/tool']! } },
  }
  const left = (run: string, path: string) =>
    states(predict(`FROM base\nRUN ${run}`, given({ base: () => whole })), [path])[path]

  it('fails, though a model knows it', () =>
    expect(left('bzip2 /etc/conf || touch /a', '/etc/conf.bz2')).to.equal('no'))
  it('and what is for that case is run', () => expect(left('unzip x.zip || touch /a', '/a')).to.equal('yes'))
  it('with a status of 127', () => expect(left('unzip x; [ $? = 127 ] && touch /a', '/a')).to.equal('yes'))
  it('nor does what it would have run', () => expect(left('sudo touch /a || touch /b', '/a')).to.equal('no'))
  it('is there where it must be', () => expect(left('bzip2 /etc/conf', '/etc/conf.bz2')).to.equal('yes'))
})

describe('bytes of a RUN', () => {
  it('are perhaps none where a short archive is unpacked, which may hold headers alone', () => {
    const sizes = { 'https://example.org/x.tgz': 120 }
    const { image } = predicted('RUN curl -sL https://example.org/x.tgz | tar xz -C /opt', { sizes })
    expect(image.rows.at(-1)?.size.low).to.equal(0)
  })
  const table: readonly (readonly [run: string, bytes: number | null])[] = [
    ['echo hello > /f', 6],
    ['echo -n hello > /f', 5],
    ['echo "user $(id -un)" > /f', 7], // no name: its number
    ['echo -e "a\\tb" > /f', 7], // dash prints -e, and reads escapes anyway
    ["echo -e '\\0101\\101' > /f", 6], // the zero may be left out
    ["printf '\\x41' > /f", 4], // dash knows no \x
    ["printf '%4s' é > /f", 4],
    ["/bin/echo -e 'a\\tb' > /f", 4], // the program is GNU's
    ['seq 5 -1 3 > /f', 6],
    ['echo 12345 > /f; echo ab 1<>/f', 6],
    ['echo "a\\tb" > /f', 4],
    ['bash -c \'echo -e "a\\tb"\' > /f', 4],
    ['printf "%s-%03d\\n" a 7 > /f', 6],
    ['printf "a\\tb\\n" > /f', 4],
    ['echo héllo > /f', 7],
    ['echo a > /f; echo b >> /f', 4],
    ['echo more >> /etc/conf', 105],
    ['(echo a; echo b) > /f', 4],
    ['cat /etc/conf > /f', 100],
    ['cp /etc/conf /f && ln /f /g', 100],
    ['chmod 600 /etc/conf', 100],
    ['touch /etc/conf', 100],
    ['mv /opt/d /e', 15],
    ['dd if=/dev/zero of=/f bs=1k count=3', 3072],
    ['dd if=/dev/zero of=/f bs=1 count=1 seek=99', 100],
    ['truncate -s 10M /f', 10485760],
    ['head -c 50 /dev/urandom > /f', 50],
    ['fallocate -l 1K /f', 1024],
    ['tool > /f', null],
    ['gzip -c /nope > /f; true', 0],
    ['tar cf /f -C /nope . || true', 0],
    ['echo $(tool) > /f', null],
    ['X=$(echo a b); echo "$X" > /f', 4],
    ['echo one > /f; sed -i "s/one/three/" /f', 6],
    ["printf 'a\\r\\nb\\r\\n' > /f; sed -i 's/\\r$//' /f", 4],
    ['printf "b\\na\\n" | sort > /f', 4],
    ['echo abc | tr a-c A-C | cut -c1 > /f', 2],
    ['seq 3 > /f', 6],
    ['echo a > /f; rm /f', 0],
    ['(exit 3) || echo $? > /f', 2],
    ['f() { return 42; }; f; echo $? > /f', 3],
    ['false; echo $? > /f', 2],
    ['[ -e /nope ]; echo $? > /f', 2],
    ['sh -c "exit 12"; echo $? > /f', 3],
    ["x=$(false; exit 7); echo $? > /f; printf '%q' x >> /f; true", 2], // dash knows no %q
    ['set -e; a=$(false; echo b) && echo $a > /f; true', 0], // dash ends substitutions too
    ["bash -c 'a=(x y z); echo ${a[@]:1}' > /f", 4],
    ["bash -c 'f() { echo ${@:2}; }; f one two three' > /f", 10],
    ['printf "b\\na\\n" | sort -c || echo no > /f', 3],
    ["printf 'a\\nbb\\nccc\\n' | split -C 5 - /s; cat /sab > /f; rm /s*", 4],
    ['seq 10 > /i; split -n l/2 -d /i /s; cat /s01 > /f; rm /s* /i', 11],
    ['stat -c %s /etc/conf > /f', 4],
    ["stat -c '%a %Y' /etc/conf > /f", 15],
    ['find /opt -type f | head -n 1 > /f', null], // in which order, the file system says
    ['find /opt -type f | sort | head -n 1 > /f', 11],
    ["sort -k2n -t, /opt/d/none > /f; printf 'a,2\\nb,1\\n' | sort -t, -k2 | head -1 > /f", 4],
    ["echo foobar | sed -E 's/foo|foobar/x/' > /f", null], // POSIX takes the longest
    [`echo ${'a'.repeat(300)} | sed 's/a*a*a*a*a*a*c/x/' > /f`, null], // nobody waits for that
    [`echo ${'a'.repeat(300)} | grep 'a*a*a*a*a*a*c' > /f`, null],
    [`echo ${'a'.repeat(300)} | awk '/a*a*a*a*a*a*c/' > /f`, null],
    ["echo abc | tr '[:constructor:]' x > /f", null],
    [`echo a | awk '{print${' '.repeat(900)}"}' > /f`, null],
    [`echo a b | awk '{ print $2 ; exit; }' > /f`, 2],
    [`echo a b | awk '{print $2 "x", "y;" ;}' > /f`, 6],
    [`echo a b | awk '{print $2; print $1}' > /f`, null],
    [`echo a | sed '${'s/a/aaaaaaaaaa/g;'.repeat(9)}' > /f`, null],
    ['true', 0],
    ['ls -l / | grep x | wc -l', 0],
    ['tool', null],
  ]
  for (const [run, bytes] of table)
    it(JSON.stringify(run), () => {
      const row = predicted(`RUN ${run}`).image.rows.at(-1)!
      expect(row.size.bytes).to.equal(bytes)
      if (bytes !== null) expect(row.size.basis).to.equal('exact')
    })
})

describe('a file edited by sed', () => {
  for (const [flags, low] of [
    ['-i', 50],
    ['-i -n', 0],
  ] as const)
    it(`${flags} leaves at least ${low} of 100 bytes`, () =>
      expect(predicted(`RUN sed ${flags} 1p /etc/conf`).image.rows.at(-1)!.size.low).to.equal(low))
})

describe('`time`', () => {
  const programs = { '/bin/ls': files['/bin/tool']!, '/bin/touch': files['/bin/tool']! }
  const listed = { ...base, facts: { complete: true, files: { ...files, ...programs } } }
  const left = (run: string) => states(predict(`FROM base\nRUN ${run}`, given({ base: () => listed })), ['/a', '/b'])

  it('is a program to dash, which this image does not have', () =>
    expect(left('time touch /a || touch /b')).to.deep.equal({ '/a': 'no', '/b': 'yes' }))
  it('is a word of bash', () => expect(left('bash -c "time touch /a" || touch /b')).to.include({ '/a': 'yes' }))
  it('takes the first part of a pipe, with its option', () =>
    expect(left('time -p touch /a | touch /b')).to.deep.equal({ '/a': 'no', '/b': 'yes' }))
})

describe('`**`', () => {
  const left = (run: string) =>
    states(predicted(`SHELL ["/bin/bash", "-c"]\nRUN mkdir -p /w/a/b; touch /w/1 /w/a/1 /w/a/b/1 /w/a/b/2; ${run}`), [
      '/w/1',
      '/w/a/b/1',
    ])

  it('goes down all folders with globstar', () =>
    expect(left('shopt -s globstar; rm /w/**/1')).to.deep.equal({ '/w/1': 'no', '/w/a/b/1': 'no' }))
  it('takes all that is below at the end', () =>
    expect(left('shopt -s globstar; cd /w; rm -d **/1 **')).to.deep.equal({ '/w/1': 'no', '/w/a/b/1': 'no' }))
  it('is one folder without', () => expect(left('rm /w/**/1')).to.deep.equal({ '/w/1': 'yes', '/w/a/b/1': 'yes' }))
})

describe('cp -L', () => {
  it('leaves out what leads nowhere, and fails', () =>
    expect(
      states(predicted('RUN mkdir /d; echo 1 > /d/f; ln -s f /d/l; ln -s none /d/n; cp -rL /d /e || echo > /no'), [
        '/e/f',
        '/e/l',
        '/e/n',
        '/no',
      ]),
    ).to.deep.equal({ '/e/f': 'yes', '/e/l': 'yes', '/e/n': 'no', '/no': 'yes' }))
})

describe('mode and owner', () => {
  const made = 'mkdir -p /w/d; echo 1 > /w/f; echo 2 > /w/d/g; chown 5:6 /w/f; chmod 4711 /w/d/g /w/d'
  const left = (run: string, ...paths: readonly string[]) =>
    predicted(`RUN ${made}\nRUN ${run}`)
      .image.layers.at(-1)!
      .entries.filter(({ path }) => paths.includes(path))
      .map(({ path, mode, uid, gid }) => `${path} ${mode?.toString(8)} ${uid}:${gid}`)

  it('chown --from takes those that belong to them', () =>
    expect(left('chown -R --from=5:6 7:8 /w; chown --from=:0 9 /w/d/g', '/w/f', '/w/d/g', '/w/d')).to.deep.equal([
      '/w/d 4711 0:0',
      '/w/d/g 711 9:0',
      '/w/f 644 7:8',
    ]))
  it('chown --from leaves the others alone', () =>
    expect(left('chown -R --from=7 8 /w; chown --from=0:5 1 /w/d', '/w/f', '/w/d/g', '/w/d')).to.deep.equal([]))
  it('cp --preserve=mode keeps no owner', () =>
    expect(
      left('umask 77; cp -r --preserve=mode /w /v; cp --preserve=mode,timestamps /w/f /u', '/v/f', '/u'),
    ).to.deep.equal(['/u 644 0:0', '/v/f 644 0:0']))
  it('cp --preserve keeps both, other lists none', () =>
    expect(left('cp --preserve /w/f /v; cp --preserve=timestamps /w/d/g /u', '/v', '/u')).to.deep.equal([
      '/u 711 0:0',
      '/v 644 5:6',
    ]))
})

describe('somebody who is not root', () => {
  const made = 'mkdir -p /w/x/y; echo 1 > /w/x/f; chmod 700 /w; chown -R 5:5 /w/x; mkdir /out; chmod 777 /out'
  const left = (run: string) =>
    states(predicted(`RUN ${made}\nUSER 5:5\nRUN ${run} || echo > /out/no`), ['/out/no'])['/out/no']
  for (const run of [
    'echo b > /w/x/b',
    'echo b >> /w/x/f',
    'rm /w/x/f',
    'chmod 600 /w/x/f',
    'mkdir /w/x/d',
    'cat /w/x/f',
    'ln /out /w/x/y/l',
  ])
    it(`comes to nothing behind a folder that is closed: ${run}`, () => expect(left(run)).to.equal('yes'))
  it('gets by an open one', () => expect(left('echo b > /out/b')).to.equal('no'))
})

describe('a script from the context', () => {
  const context = memoryContext({
    'i.sh': { content: '#!/bin/sh\nset -e\necho "$1" > /made\nrm -f "$0"\n', mode: 0o755 },
    'a.txt': 'hello world',
  })
  const left = (text: string, ...paths: readonly string[]) => states(predicted(text, { context }), paths)

  it('is followed', () =>
    expect(left('COPY i.sh /\nRUN /i.sh x', '/made', '/i.sh')).to.deep.equal({ '/made': 'yes', '/i.sh': 'no' }))
  it('is followed by way of its shell', () =>
    expect(left('COPY i.sh /x/\nRUN sh -x /x/i.sh x && rm -r /x', '/made', '/x')).to.deep.equal({
      '/made': 'yes',
      '/x': 'no',
    }))
  it('is followed where it is mounted', () =>
    expect(left('RUN --mount=target=/src sh /src/i.sh x', '/made', '/src/i.sh')).to.deep.equal({
      '/made': 'yes',
      '/src/i.sh': 'no',
    }))
  it('bytes of a mounted file', () => {
    const { image } = predicted('RUN --mount=target=/src cat /src/a.txt > /out', { context })
    expect(image.rows.at(-1)!.size).to.include({ bytes: 11, basis: 'exact' })
  })
})

describe('what is mounted', () => {
  const context = memoryContext({ 'd/one': '1', 'd/two': '22' })
  const left = (mount: string, run: string) =>
    states(predicted(`RUN --mount=${mount},source=d,target=/m ${run} || echo y > /denied`, { context }), ['/denied'])
  const table: readonly (readonly [mount: string, run: string, denied: There])[] = [
    ['type=bind', 'echo x > /m/new', 'yes'],
    ['type=bind', 'touch /m/one', 'yes'],
    ['type=bind', 'rm -f /m/one', 'yes'],
    ['type=bind', 'chmod 600 /m/one', 'yes'],
    ['type=bind', 'mkdir /m/sub', 'yes'],
    ['type=bind', 'ln -s one /m/three', 'yes'],
    ['type=bind', 'ln /etc/conf /m/three', 'yes'],
    ['type=bind', 'cp /etc/conf /m/three', 'yes'],
    ['type=bind', 'cat /m/one > /y && rm -f /m/nothing && mkdir -p /m && cp /m/two /tmp', 'no'],
    ['type=bind,ro=false', 'echo x > /m/new', 'no'],
    ['type=bind,rw', 'rm /m/one', 'no'],
    ['type=bind,rw=false', 'rm /m/one', 'yes'],
    ['type=cache', 'echo x > /m/new', 'no'],
    ['type=cache,readonly', 'echo x > /m/new', 'yes'],
    ['type=tmpfs', 'echo x > /m/new', 'no'],
    // What such a program writes where is a guess.
    ['type=bind', 'cd /m; npm install; true', 'no'],
  ]
  for (const [mount, run, denied] of table)
    it(`${mount}: ${run}`, () => expect(left(mount, run)).to.deep.equal({ '/denied': denied }))
  it('a write that has to work is told', () => {
    const { diagnostics } = predicted('RUN --mount=source=d,target=/m touch /m/x && echo y > /y', { context })
    expect(diagnostics.map(({ message }) => message)).to.deep.equal(['touch seems to fail here'])
  })
})

describe('an account that a script wrote itself', () => {
  const listed = {
    ...base,
    facts: {
      complete: true,
      files: { ...files, '/etc/passwd': files['/etc/conf']!, '/etc/group': files['/etc/conf']! },
      accounts: { users: { root: [0, 0] as const }, groups: { root: 0 } },
    },
  }
  const refused = (run: string) =>
    predict(`FROM base\nRUN ${run}\nUSER app\nRUN true`, given({ base: () => listed })).refused

  it('is no reason to refuse', () => expect(refused("echo 'app:x:9:9::/:/bin/sh' >> /etc/passwd")).to.equal(null))
  const owners = (...runs: readonly string[]) =>
    predict(`FROM base\n${runs.map((run) => `RUN ${run}\n`).join('')}COPY --chown=app:crew a /a\nRUN chown app /a`, {
      ...given({ base: () => listed }),
      context: memoryContext({ a: 'a' }),
    }).image.layers.flatMap(({ entries }) =>
      entries.filter(({ path }) => path === '/a').map(({ uid, gid }) => `${uid}:${gid}`),
    )

  it('has its numbers', () =>
    expect(
      owners("echo 'app:x:9:9::/:/bin/sh' >> /etc/passwd; printf 'a:x:1:\\ncrew:x:7:\\n' >> /etc/group"),
    ).to.deep.equal(['9:7', '9:7']))
  it('keeps those of its first line', () =>
    expect(
      owners(
        "echo 'app:x:9:9::/:/bin/sh' >> /etc/passwd",
        "echo 'app:x:8:8::/:/bin/sh' >> /etc/passwd; echo 'crew:x:5:' >> /etc/group",
      ),
    ).to.deep.equal(['9:5', '9:5']))
  it('has none where it may not have been written', () =>
    expect(
      owners("tool && echo 'app:x:9:9::/:/bin/sh' >> /etc/passwd || true; tool2 || echo 'crew:x:5:' >> /etc/group"),
    ).to.deep.equal(['null:null', 'null:null']))
  it('one that nobody wrote is', () => expect(refused('true')?.message).to.match(/unable to find user app/))
})
