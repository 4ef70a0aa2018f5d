/**
 * What RUNs at random are made of: for each symbol the texts it may stand for, in which `{symbol}` stands for one of its own.
 * `{file}` `{folder}` name what earlier texts spoke of, `{new}` `{newdir}` may name something else; see run-cases.ts.
 */

/** Symbol to texts; one that is wanted more often stands there more often. */
export type Grammar = Readonly<Record<string, readonly string[]>>

/** The texts, one on each line; in them `⏎` stands for the end of a line. */
const lines = (text: string): readonly string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trimStart().replaceAll('⏎', '\n'))

/** Choices of a flag and its blank behind it; `-` stands for none. */
const flags = (text: string): readonly string[] =>
  text.split(' ').map((flag) => (flag === '-' ? '' : `${flag.replaceAll('_', ' ')} `))

const words: Grammar = {
  digit: [...'123456789'],
  name: 'f x.txt y.log z.conf .hid g.o n1 n2 data.bin A run.sh lnk'.split(' '),
  dir: '/a /a/b /srv/app /srv/app/lib /opt/t /d /d/e/f /tmp/w /a/l /var/q'.split(' '),
  path: ['{dir}/{name}'],
  word: lines(`
    hello
    'a b'
    "x=1"
    'foo bar baz'
    127.0.0.1
    'key: value'
    '#c'
    'äö'
    ''
    "$HOME"
    "\${X:-def}"
    '\\n'
    '%s'
    'tab\\there'`),
  mode: '755 644 600 0700 777 +x u+x go-w a=r u=rwx,go=rx g+s +t 1777 4755 o-rwx a+rX g=u ug+rwx,o='.split(' '),
  owner: '1000 1000:1000 5:6 :7 root nobody www-data:www-data daemon: root:root 0:0 33 :adm'.split(' '),
  glob: lines(`
    {folder}/*
    {folder}/*.txt
    {folder}/?
    {folder}/[fgx]*
    {folder}/.h*
    {folder}/*/*
    {folder}/[!a-m]*`),
  src: ['{file}', '{file}', '{file}', '{folder}', '{glob}', '{file} {file}'],
  dst: ['{folder}', '{folder}/', '{new}', '{new}', '{file}', '{newdir}'],
}

const sedEdits = lines(`
  s/a/b/
  1d
  $d
  s/l/LL/g
  /a/d
  2q
  s/^/> /
  1i top
  $a end
  y/abc/xyz/
  s/\\(.\\)\\(.\\)/\\2\\1/
  s/o/&&/2
  2,3d
  n;d
  N;s/\\n/+/
  H;$!d;x
  1h;2G
  s/x*/-/g
  /a/,/b/d
  c gone`)

/** Commands that print. */
const printing: Grammar = {
  edit: sedEdits,
  text: lines(`
    echo {word}
    echo -n {word}
    printf '%s\\n' {word}
    printf '%05d\\n' {digit}
    seq 1 {digit}
    cat {file}
    head -c 10 {file}
    head -n 1 {file}
    tail -n +2 {file}
    tail -c 4 {file}
    sort -u {file}
    cut -d: -f1,2 {file}
    tr a-z A-Z < {file}
    tr -d '\\n' < {file}
    sed '{edit}' {file}
    sed -n 's/a/b/p' {file}
    sed -E 's/[0-9]+/N/' {file}
    wc -c < {file}
    grep {grep}{file}
    basename {file} .txt
    ls -a {folder}
    find {folder} -type f | sort
    awk '{print $1}' {file}
    uniq {file}
    tac {file}
    base64 {file}
    md5sum {file}
    stat -c '%a %s %n' {file}
    readlink -f {file}
    pwd
    id -u
    yes | head -n {digit}
    echo $(( {digit} * {digit} ))
    head -c {digit}00 /dev/zero
    cmp {file} {file}
    gzip -c {file} | gzip -d
    test -e {file} && echo y
    dd if={file} bs=2 count=3 2>/dev/null`),
  grep: ['a ', '-v a ', '-c l ', '-i H ', '-n o ', '-q x '],
  filter: ['sort', 'cat', 'tr a b', 'head -n 2', 'sed s/a/A/', 'wc -c', 'grep -v x', 'cut -c2-'],
}

/** Commands that change files. */
const changing: Grammar = {
  change: lines(`
    {text} > {new}
    {text} > {new}
    {text} >> {new}
    {text} | {filter} > {new}
    {text} | tee {new} > /dev/null
    mkdir {mkdir}{newdir}
    mkdir -p {newdir}/s1 {newdir}/s2/s3
    cp {cp}{src} {dst}
    cp {cp}{src} {dst}
    cp -r {folder}/. {dst}
    cp -a {folder} {folder}/copy
    cp -t {folder} {src}
    mv {mv}{src} {dst}
    mv {src} {folder}/
    mv {folder}/* {folder}/
    rm {rm}{src}
    rm -rf {src}
    rm -f {folder}/* {folder}/.[!.]*
    rmdir {folder}
    ln {ln}{src} {dst}
    ln -s f {new}
    ln -sf {file} {dst}
    touch {touch}{new}
    chmod {chmod}{mode} {src}
    chown {chown}{owner} {src}
    chown -R {owner} {folder}
    chgrp -R adm {src}
    install {install}{file} {dst}
    install -d -m 750 {newdir} {newdir}/i1
    dd if=/dev/zero of={new} bs=512 count={digit} {dd}2>/dev/null
    dd if={file} of={new} bs=4 skip=1 2>/dev/null
    truncate -s {digit}00 {new}
    truncate -s +10 {file}
    > {new}
    sed -i '{edit}' {file}
    sed -i -e 's/e/E/g' {glob}
    sed -i.bak s/a/bb/ {file}
    split -l 1 {file} {folder}/sp
    find {folder} {where} {action}
    tar -cf {new}.tar -C / a 2>/dev/null
    tar -cf - -C {folder} . | tar -xf - -C {folder}
    tar -C {folder} -czf /t1.tar.gz . && mkdir -p /ux && tar -xzf /t1.tar.gz -C /ux
    gzip -f {file}
    gunzip -f {file}.gz
    ls {folder} | xargs -I% cp {folder}/% /opt/
    echo {file} {file} | xargs rm -f
    cat {file} {file} > {new}
    { {text}; {text}; } > {new}
    ( {text} && {text} ) >> {new}
    cd {folder} && {inside} && cd /
    (cd {folder} && {inside})
    umask 077; {text} > {new}; umask 022
    shred -u {file}
    cp /etc/passwd {dst}
    chmod 600 /etc/group
    unlink {file}
    link {file} {new}
    { cat <<EOF > {new}⏎home $HOME⏎EOF⏎}
    { cat <<'EOF' >> {new}⏎$x {digit}⏎EOF⏎}
    { { cat <<-EOF; {text}; } > {new}⏎\tone $(cat {file})⏎EOF⏎}
    r=$({text}); echo "$r" > {new}
    echo "user=$(id -un) $(cat {file})" >> {new}
    ls /nonexistent 2> /tmp/err; echo $? > {new}
    echo err 2> {new} >&2`),
  inside: lines(`
    echo q > {name}
    rm -rf {name}
    cp -r . ../{name}
    mkdir -p k/l && mv {name} k
    touch $(echo t1 t2)
    pwd > here
    ln -s {name} ln1
    chmod -R go= .`),
  mkdir: flags('- -p -p -p -m_700 -pm_1777'),
  cp: flags('- - -r -a -p -R -rf -n -d -l -s -f -rL -al -P'),
  mv: flags('- - -f -n'),
  rm: flags('- -f -r -rf'),
  ln: flags('-s -s -sf -sfn - -f'),
  touch: flags('- -c -d_2020-01-01 -r_/etc/passwd'),
  chmod: flags('- - -R'),
  chown: flags('- - -R -h'),
  install: flags('- -m_600 -D -o_5_-g_6 -m_0755_-D'),
  dd: flags('- seek=2 conv=notrunc'),
  where: lines(`
    -type f
    -type d
    -name '*.txt'
    ! -name f
    -empty
    -type l
    -mindepth 1 -maxdepth 1
    -size +1c
    -perm -u+x
    -type f -links 2
    -type f -not -path '*/s1/*'`),
  action: lines(`
    -delete
    -exec rm -rf {} +
    -exec chmod 600 {} \\;
    -exec chown 3:4 {} +
    -print0 | xargs -0 chmod a+r
    -exec touch {}.t \\;
    -exec cp {} /tmp/ \\;
    > {new}`),
}

const flowing: Grammar = {
  small: ['echo {digit} >> {new}', 'touch {new}', 'rm -f {file}', '{change}'],
  condition: lines(`
    [ -f {file} ]
    [ -d {folder} ]
    [ ! -e {path} ]
    [ -L {file} ]
    [ -s {file} ]
    grep -q a {file}
    [ "$HOME" = /root ]
    command -v tar > /dev/null
    [ {digit} -gt 4 ]
    [ -n "$(ls -A {folder})" ]`),
  over: ['a b c', '$(seq 2)', '{glob}', '{file} {file}', '{folder}/*'],
  turn: lines(`
    touch /fl-\${f##*/}
    echo $f >> {new}
    cp -r "$f" /tmp/
    mkdir -p /lp/$f
    [ -f "$f" ] && chmod 600 "$f"
    rm -rf "$f"
    mv "$f" "$f.m"`),
  statement: lines(`
    {change}
    {change}
    {change}
    {change}
    {change}
    {change}
    if {condition}; then {small}; fi
    if {condition}; then {small}; else {small}; fi
    for f in {over}; do {turn}; done
    case x.txt in /r*) {small};; *.txt) {small};; esac
    w() { echo "$1" > "$2"; }; w hi {new}; w ho {new}
    {condition} && {small} || {small}
    i=0; while [ $i -lt 3 ]; do echo $i >> {new}; i=$((i+1)); done
    {small} & wait
    ! {small}
    {change} || {small}
    {change} && {small}
    (set -e; {small}; {small}); echo $? > {new}
    trap 'echo bye > /trap' EXIT
    [ -e {file} ] || exit 0`),
}

/** What BusyBox has. */
export const plainGrammar: Grammar = { ...words, ...printing, ...changing, ...flowing }

/** What Debian has besides. */
export const debianGrammar: Grammar = {
  ...plainGrammar,
  change: [
    ...changing.change!,
    ...lines(`
      useradd -m u{digit}
      useradd -r -s /bin/false s{digit}
      useradd -m u5 && chown -R u5:u5 {folder}
      adduser --system --group a{digit}
      groupadd -r g{digit}
      bash -c 'mkdir -p {newdir}/{a,b/{c,d}} && touch {newdir}/{f1,f2}'
      bash -c 'for f in {folder}/*; do [[ -f $f ]] && echo "\${f##*/}" >> /bl; done; true'
      mv -T {src} {dst}
      cp --parents {file} {folder}
      tee {new} {new} < {file} > /dev/null
      realpath {file} > {new}`),
  ],
}
