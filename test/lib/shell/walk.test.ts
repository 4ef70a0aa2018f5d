/** Which commands a script runs, how surely, with which words. */
import { expect } from 'chai'
import type { Command } from '../../../lib/shell/command.ts'
import { display } from '../../../lib/shell/known.ts'
import { parseScript } from '../../../lib/shell/parse.ts'
import type { Host } from '../../../lib/shell/state.ts'
import type { Setting } from '../../../lib/shell/walk.ts'
import { walk, walkArgv } from '../../../lib/shell/walk.ts'

const files: Readonly<Record<string, string>> = {
  '/etc/list': 'one two\nthree\n',
  '/i.sh': '#!/bin/sh -e\ntouch /by-$1\n',
  '/lib.sh': 'X=known\n',
}

function collect(lines: string[]): Host {
  const there = (path: string) => files[path] !== undefined
  return {
    presence: (path) => (there(path) || path === '/etc' ? 'yes' : path.startsWith('/known/') ? 'no' : 'unknown'),
    kind: (path) => (there(path) ? 'file' : path === '/etc' ? 'dir' : undefined),
    ownKind: (path) => (there(path) ? 'file' : undefined),
    real: (path) => path,
    bytes: (path) => files[path]?.length,
    mode: () => undefined,
    list: (path) =>
      path === '/'
        ? { names: ['etc', 'i.sh', 'lib.sh'], complete: true }
        : { names: path === '/etc' ? ['list'] : [], complete: path === '/etc' },
    text: (path) => files[path],
    script: (path) => files[path],
    run(command) {
      lines.push(told(command))
      return {
        status:
          command.argv[0] === 'echo' || command.argv[0] === ':'
            ? 'ok'
            : command.argv[0] === 'fails'
              ? 'failed'
              : 'unknown',
      }
    },
  }
}

const told = (c: Command): string =>
  display(
    [
      c.conditions.length > 0 ? '?' : '',
      c.tolerated ? '~' : '',
      c.argv.join(' '),
      c.cwd === '/' ? '' : ` @${c.cwd}`,
      ...c.opens.map((o) => ` ${{ read: '<', truncate: '>', append: '>>', update: '<>' }[o.how]}${o.path}`),
      c.stdin.from.length > 0 ? ` |${c.stdin.from.map((f) => f.argv[0]).join(',')}` : '',
    ].join(''),
  )

const setting: Setting = {
  env: new Map([
    ['HOME', '/root'],
    ['PATH', '/bin'],
    ['V', '1.2.3'],
  ]),
  open: false,
  cwd: '/',
  user: 'root',
  sh: 'dash',
}

function commands(text: string, more: Partial<Setting> = {}): readonly string[] {
  const lines: string[] = []
  walk(parseScript(text), text, { ...setting, ...more }, collect(lines))
  return lines
}

describe('walk', () => {
  const table: readonly (readonly [text: string, ...lines: string[]])[] = [
    ['a && b || c', '~a', '?~b', '?c'],
    ['a && false && b || c', '~a', 'c'],
    ['a || true', '~a'],
    ['a || exit 1', 'a'],
    ['a || { echo no >&2; exit 1; }; b', 'a', 'b'],
    ['false || a', 'a'],
    ['true || a'],
    ['false && a; b', 'b'],
    ['! a; b', '~a', 'b'],
    ['set -e; false; a'],
    ['set -e; false || true; a', 'a'],
    ['set -e; if false; then a; fi; b', 'b'],
    ['set -e; false && a; b', 'b'],
    ['false; a', 'a'],
    ['set -eux; cd /w; a; (cd /x; b); c', 'a @/w', 'b @/x', 'c @/w'],
    ['cd /known/nope && a; b', 'b'],
    ['{ cd /w; }; a', 'a @/w'],
    ['cd /w | true; a', 'a'],
    ['cd; a', 'a @/root'],
    ['cd /w; cd x/..; a', 'a @/w'],
    ['X=1; (X=2; a $X); b $X', 'a 2', 'b 1'],
    ['if [ "$V" = 1.2.3 ]; then a; else b; fi', 'a'],
    ['if [ -n "" ]; then a; elif [ -d /etc ]; then b; else c; fi', 'b'],
    ['if q; then a; else b; fi; c', '~q', '?a', '?b', 'c'],
    ['if q; then X=1; else X=2; fi; a $X', '~q', 'a ${X}'],
    ['if q; then X=1; else X=1; fi; a $X', '~q', 'a 1'],
    ['if q; then exit 0; fi; a', '~q', '?a'],
    ['if q; then exit 1; fi; a', '~q', 'a'],
    ['if ! [ -e /etc/list ]; then a; fi'],
    ['[ -f /nobody ] && a; b', '?a', 'b'],
    ['[ -f /nobody ] && a', 'a'], // else the build would fail
    ['set -e; [ -f /nobody ]; a', 'a'],
    ['[ -f /known/x ] || a', 'a'],
    ['test 3 -gt 2 && a', 'a'],
    ['test -z "$NOPE" -a -f /etc/list && a', 'a'],
    ['case $V in 1.*) a;; *) b;; esac', 'a'],
    ['case "$(q)" in x) a;; y) b;; *) exit 1;; esac', 'q', '?a', '?b'],
    ['case x in x) a;& y) b;; z) c;; esac', 'a', 'b'],
    ['for i in a b; do echo $i > /$i; done', 'echo a >/a', 'echo b >/b'],
    ['for i in 1 2 3; do [ $i = 2 ] && break; a $i; done; b', 'a 1', 'b'],
    ['for i in 1 2; do [ $i = 1 ] && continue; a $i; done', 'a 2'],
    ['for i in $(q); do a $i; done', 'q', '?a ${(q)}'],
    ['for f in /*.sh; do a $f; done', 'a /i.sh', 'a /lib.sh'],
    ['for f in /nobody/*; do a $f; done', '?a /nobody/${*}'],
    ['i=0; while [ $i -lt 2 ]; do a $i; i=$((i+1)); done', 'a 0', 'a 1'],
    ['while q; do a; done; b', '~q', '?a', 'b'],
    ['until q; do sleep 1; done; b', 'q', 'b'],
    ['while read -r x y; do a $y $x; done < /etc/list', ': </etc/list', 'a two one', 'a three'],
    ["printf 'a\\\\\\nb\\\\\\\\\\nc' | { read l; x $l; }", 'printf a\\\\\\nb\\\\\\\\\\nc', 'x ab\\ |printf'],
    ["printf '𝄞 b c' | { read x y; a $y; }", 'printf 𝄞 b c', 'a b c |printf'],
    ['printf "a\\nb\\n" | while read l; do c $l; done', 'printf a\\nb\\n', 'c a |printf', 'c b |printf'],
    ['f() { a $1; return 0; b; }; f x', 'a x'],
    ['f() { a; }'],
    ['f() { local X=2; a $X; }; X=1; f; b $X', 'a 2', 'b 1'],
    ['f() { f; }; f; a', 'a'],
    ['trap "z" EXIT; a', 'a', '~z'],
    ['trap "z" EXIT; exit 0; a', '~z'],
    ['a & b', '~a', 'b'],
    ['a | b | c', 'a', 'b |a', 'c |b'],
    ['X=$(echo a b); c $X "$X"', 'echo a b', 'c a b a b'],
    ['X=`echo \\`echo y\\``; c $X', 'echo y', 'echo y', 'c y'],
    ['a "$(b)-x" "$(b)"', 'b', 'b', 'a ${(b)}-x ${(b).2}'],
    ['a ${NOPE:-d e} "${NOPE:-d e}" ${V:+y} ${V%%.*} ${V#*.} ${V%.*} ${#V} ${V/2/x}', 'a d e d e y 1 2.3 1.2 5 1.x.3'],
    ['a ${V:2} ${V:0:1} ${V^^}', 'a 2.3 1 1.2.3'],
    ['X=abc; a ${X^} ${X^^}', 'a Abc ABC'],
    ['X=abc; a ${X: -2} "${X: -10}" ${X: -2:1}', 'a bc  b'],
    ['a $((2*3+1)) $((10/4)) $(( V > 1 ))', 'a 7 2 ${sum}'],
    ['a {x,y}z', 'a {x,y}z'], // dash knows no braces
    ['bash -c "a {x,y}z {1..3}"', 'a xz yz 1 2 3'],
    ['a ~ ~/x "~" x~', 'a /root /root/x ~ x~'],
    ['set -- x y; a "$@" $# $2; shift; a $1', 'a x y 2 y', 'a y'],
    ['IFS=,; X=a,b; c $X', 'c a b'],
    ['a "x  y" \'$V\' "\\$V" \\$V', 'a x  y $V $V $V'],
    ['a $NOPE "$NOPE" b', 'a  b'],
    ['eval "a; X=2"; b $X', 'a', 'b 2'],
    ['. /lib.sh; a $X', 'a known'],
    ['. /nobody; a $X', 'a ${X}'],
    ['sh -c "a; b"', 'a', 'b'],
    ["sh -ec 'a $0 $1' x y", 'a x y'],
    ['bash -c "false; a"', 'a'],
    ['bash -ec "false; a"'],
    ["bash <<'EOF'\na $V\nEOF", 'a 1.2.3'],
    ['cat <<EOF > /x\n$V\nEOF', 'cat >/x'],
    ['/i.sh 7', 'touch /by-7'],
    ['sh /i.sh 8', 'touch /by-8'],
    ['curl x | sh', 'curl x', 'sh |curl'],
    ['sudo -E A=1 a b', 'a b'],
    ["sudo sh -c 'a $V'", 'a'],
    ["sudo -nE sh -c 'a $V'", 'a 1.2.3'],
    ["V=2 sudo -u x --preserve-env=W,V sh -c 'a $V'", 'a 2'],
    ["sudo V=3 sh -c 'a $V $PATH'", 'a 3 /bin'],
    ["doas sh -c 'a $V'", 'a'],
    ['env -i A=1 a', 'a'],
    ['timeout -k 5 10 nice -n 5 time a', 'a'],
    ['su - app -c "a; b"', 'a @/home/app', 'b @/home/app'],
    ['gosu app a x', 'a x'],
    ['flock /l a', 'a'],
    ['echo x y | xargs -n 1 a b', 'echo x y', 'a b x |echo', 'a b y |echo'],
    ['echo x y | xargs -I{} a {}.z', 'echo x y', 'a x y.z |echo'],
    ["printf 'x y\\nz\\n' | xargs -L1 a", 'printf x y\\nz\\n', 'a x y |printf', 'a z |printf'],
    ['echo x,y | xargs -d, -n1 a', 'echo x,y', 'a x |echo', 'a y\n |echo'],
    ['echo x | xargs --max-procs 4 --replace=% a %.z', 'echo x', 'a x.z |echo'],
    ['q | xargs -r a', 'q', 'a ${xargs} |q'],
    ['exec a; b', 'a'],
    ['command a', 'a'],
    ['command -v nobody >/dev/null || a', '?a'],
    ['export X=1; sh -c "a $X"', 'a 1'],
    ['X=1; sh -c \'a "$X"\'', 'a '],
    ["X=5 sh -c 'a $X'", 'a 5'],
    ['fails && a; b', 'fails', 'b'],
    ['fails; b', 'fails', 'b'],
    ['(exit 1); a', 'a'],
    ['set -e; (exit 1); a'],
    ['{ echo a; echo b; } > /g', ': >/g', 'echo a', 'echo b'],
    ['echo a 2>&1 >/x | b', 'echo a >/x', 'b'],
    ['a > /dev/null 2>&1', 'a'],
    ['exec > /log; a', ': >/log', 'a'],
    ['A=(x y); a ${A[1]} "${A[@]}" ${#A[@]}', 'a y x y 2'],
    ['if [[ $V == 1.* && ! -f /known/f ]]; then a; else b; fi', 'b'],
    ['a &&', 'a'],
    ['if then fi fi (('],
  ]
  for (const [text, ...lines] of table) it(JSON.stringify(text), () => expect(commands(text)).to.deep.equal(lines))

  it('JSON form runs the program itself', () => {
    const lines: string[] = []
    walkArgv(['/bin/sh', '-c', 'echo exec  > /x'], setting, collect(lines))
    walkArgv(['/bin/echo', 'a b', '$V'], setting, collect(lines))
    expect(lines).to.deep.equal(['echo exec >/x', '/bin/echo a b $V'])
  })

  it('words of bash are programs to others', () => {
    const text = 'if [[ $V == 1.* && ! -f /known/f ]]; then a; fi; source /etc/list || b; builtin echo x || c'
    expect(commands(text, { dialect: 'bash' })).to.deep.equal(['a', '~one two', '~three', '?b', '~echo x'])
    expect(commands(text)).to.deep.equal(['b', 'c'])
  })

  it('a signal for the shell itself runs the trap that is set for it', () => {
    expect(commands("trap 'a' INT; kill -INT $$; b")).to.deep.equal(['~a', 'b'])
    expect(commands("trap 'a' 2; trap - INT; kill -2 $$; trap '' TERM; kill $$; b")).to.deep.equal(['b'])
    expect(commands('sh -c \'trap "a" HUP; kill -s HUP $$; kill $$; b\' || c')).to.deep.equal(['~a', 'c'])
  })

  it('pipefail lets a failure on the left through', () => {
    expect(commands('set -eo pipefail; false | a; b', { sh: 'bash' })).to.deep.equal(['a'])
    expect(commands('set -e; false | a; b')).to.deep.equal(['a', 'b'])
  })

  it('gives the places of words, those in inner scripts too', () => {
    const spans: string[] = []
    const text = "x && sh -c 'rm  /y' && rm $(echo /z)"
    const host: Host = {
      ...collect([]),
      run(c) {
        spans.push(text.slice(c.span.start, c.span.end))
        return { status: 'unknown' }
      },
    }
    walk(parseScript(text), text, setting, host)
    expect(spans).to.deep.equal(['x', 'rm  /y', 'echo /z', 'rm $(echo /z)'])
  })

  it('stays bounded', () => {
    const hostile = [
      'while true; do a; done',
      'f() { f; f; }; f',
      'for i in $(seq 1 9); do for j in 1 2 3 4 5 6 7 8 9; do for k in 1 2 3 4 5 6 7 8 9; do a; done; done; done',
      'X=x; while :; do X=$X$X; done',
      '('.repeat(3000),
      `a ${'$(a '.repeat(500)}`,
      `echo ${'{a,b}'.repeat(30)}`,
      'eval "$(cat)"; eval \'eval "eval a"\'',
    ]
    for (const text of hostile) commands(text, { dialect: 'bash' })
    expect(commands('while true; do a; done').length).to.be.lessThan(20_001)
  })
})
