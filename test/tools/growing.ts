/**
 * Dockerfiles that grow: for a number, a text of so many repeats. Time and memory have to grow as the text does, and what
 * wants to grow faster has to meet a bound. Used by the law test and by `npm run bench`.
 */
import { memoryContext } from '../../lib/context/memory.ts'
import type { Context } from '../../lib/model.ts'

/** A build to be predicted. */
export interface Growing {
  readonly text: string
  readonly context?: Context
}

type Shape = (count: number) => string | Growing

const times = (count: number, line: (index: number) => string, between = ''): string =>
  Array.from({ length: count }, (_, index) => line(index)).join(between)

const on = (body: string, base = 'debian:12'): string => `FROM ${base}\n${body}`

/** One RUN for each. */
const runs =
  (line: (index: number) => string, base?: string): Shape =>
  (count) =>
    on(
      times(count, (index) => `RUN ${line(index)}\n`),
      base,
    )

/** One RUN of so many commands. */
const chain =
  (command: (index: number) => string, base?: string): Shape =>
  (count) =>
    on(`RUN ${times(count, command, ' && \\\n')}\n`, base)

/** One command of so many words. */
const wide =
  (command: string, word: (index: number) => string, base?: string): Shape =>
  (count) =>
    on(`RUN ${command} ${times(count, word, ' \\\n ')}\n`, base)

/** One RUN in a here-document. */
const script =
  (body: (count: number) => string, base = 'scratch'): Shape =>
  (count) =>
    on(`SHELL ["/bin/bash", "-c"]\nRUN <<'EOS'\n${body(count)}\nEOS\n`, base)

const nested = (count: number, open: string, middle: string, close: string): string =>
  open.repeat(count) + middle + close.repeat(count)

const many = (count: number, path: (index: number) => string): Context =>
  memoryContext(Object.fromEntries(Array.from({ length: count }, (_, index) => [path(index), `${index}`])))

/** Instructions, by name. */
export const instructions: Readonly<Record<string, Shape>> = {
  'COPY to one folder': (n) =>
    on(
      times(n, (i) => `COPY a /d/f${i}\n`),
      'scratch',
    ),
  'COPY over the same': (n) =>
    on(
      times(n, () => 'COPY a /d/f\n'),
      'scratch',
    ),
  'COPY of a heredoc': (n) =>
    on(
      times(n, (i) => `COPY <<E /d/f${i}\nx\nE\n`),
      'scratch',
    ),
  'COPY --from the stage before': (n) =>
    times(n, (i) => `FROM scratch AS s${i}\n${i === 0 ? 'COPY a /a\n' : `COPY --from=s${i - 1} / /b\n`}`),
  'COPY --from doubling': (n) =>
    times(n, (i) =>
      i === 0 ? 'FROM scratch AS s0\nCOPY a /a\n' : `FROM s${i - 1} AS s${i}\nCOPY --from=s${i - 1} / /b${i}\n`,
    ),
  'COPY then chmod -R': (n) =>
    on(
      times(n, (i) => `COPY a /d/f${i}\nRUN chmod -R a+x /d\n`),
      'scratch',
    ),
  'COPY then chown -R': (n) =>
    on(
      times(n, (i) => `COPY a /d/f${i}\nRUN chown -R 5:5 /d\n`),
      'scratch',
    ),
  'COPY of a large context': (n) => ({
    text: on(
      times(40, (i) => `COPY . /d${i}\n`),
      'scratch',
    ),
    context: many(n, (i) => `s${i % 100}/f${i}`),
  }),
  'COPY of the same context': (n) => ({
    text: on(
      times(n, () => 'COPY . /d\n'),
      'scratch',
    ),
    context: many(200, (i) => `f${i}`),
  }),
  'COPY by pattern': (n) => ({
    text: on(
      times(100, (i) => `COPY *${i} /d/\n`),
      'scratch',
    ),
    context: many(n, (i) => `f${i}`),
  }),
  '.dockerignore': (n) => ({
    text: on('COPY . /d\n', 'scratch'),
    context: memoryContext({
      '.dockerignore': times(n, (i) => `**/x${i}*y${i}\n`),
      ...Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`f${i}`, ''])),
    }),
  }),
  'ADD of addresses': (n) =>
    on(
      times(n, (i) => `ADD https://a.b/${i}.tar /d/\n`),
      'scratch',
    ),
  WORKDIR: (n) =>
    on(
      times(n, () => 'WORKDIR a\n'),
      'scratch',
    ),
  'WORKDIR side by side': (n) =>
    on(
      times(n, (i) => `WORKDIR /a/b${i}\n`),
      'scratch',
    ),
  'USER and RUN': (n) => on(times(n, (i) => `USER u${i}\nRUN touch /tmp/f${i}\n`)),
  ENV: (n) => on(times(n, (i) => `ENV A${i}=b\n`)),
  'ENV and RUN': (n) => on(`${times(n, (i) => `ENV A${i}=b\n`)}${times(100, () => 'RUN true; true; true\n')}`),
  'ENV that refers': (n) => on(times(n, (i) => `ENV A${i + 1}=$A${i}\n`)),
  'ENV PATH grows': (n) => on(times(n, (i) => `ENV PATH=/opt/${i}:$PATH\nRUN unknown-${i}\n`)),
  LABEL: (n) => on(times(n, (i) => `LABEL a${i}=b\n`)),
  'EXPOSE, VOLUME': (n) =>
    on(
      times(n, (i) => `EXPOSE ${i + 1}\nVOLUME /v${i}\n`),
      'scratch',
    ),
  'VOLUME and RUN': (n) => on(`${times(n, (i) => `VOLUME /v${i}\n`)}${times(20, () => 'RUN touch /x\n')}`, 'scratch'),
  ARG: (n) => on(times(n, (i) => `ARG A${i}=b\n`)),
  'ARG and RUN': (n) => on(`${times(n, (i) => `ARG A${i}=b\n`)}${times(100, () => 'RUN true\n')}`),
  'ONBUILD stages': (n) => times(n, (i) => `FROM ${i === 0 ? 'scratch' : `s${i - 1}`} AS s${i}\nONBUILD RUN true\n`),
  'stages on stages': (n) => times(n, (i) => `FROM ${i === 0 ? 'scratch' : `s${i - 1}`} AS s${i}\nCOPY a /f${i}\n`),
  'mounts of RUN': (n) => on(`RUN ${times(n, (i) => `--mount=type=cache,target=/c${i} `)}true\n`),
  'bind mounts': (n) => ({
    text: on(
      times(50, () => 'RUN --mount=target=/src cp -r /src /dst && rm -rf /dst\n'),
      'scratch',
    ),
    context: many(n, (i) => `f${i}`),
  }),
  'mounts from a stage': (n) =>
    `FROM scratch AS a\nRUN ${times(n, (i) => `touch /f${i}`, ' && ')}\nFROM scratch\n${times(50, () => 'RUN --mount=from=a,target=/src true\n')}`,
}

/** Shell constructs, by name. */
export const constructs: Readonly<Record<string, Shape>> = {
  echo: chain((i) => `echo ${i} > /f${i}`),
  'append to one file': chain((i) => `echo ${i} >> /f`),
  'append to one file, a RUN each': runs((i) => `echo ${i} >> /f`, 'scratch'),
  assignments: script((n) => times(n, (i) => `A${i}=x; export A${i}\n`)),
  'a value that grows': script((n) => times(n, () => 'A="$A x"\n')),
  'a value that doubles': script((n) => times(n, () => 'A="$A$A x"\n')),
  'an array that grows': script((n) => times(n, () => 'A+=(x y)\n')),
  'positional parameters': script((n) => times(n, () => 'set -- "$@" x\n')),
  shift: script((n) => `set -- ${times(n, String, ' ')}\nwhile [ $# -gt 0 ]; do shift; done`),
  'braces in a row': script((n) => `touch ${'{a,b}'.repeat(n)}`),
  'braces in braces': script((n) => `touch ${nested(n, '{a,', 'b', '}')}`),
  'a row of numbers': script((n) => `touch f{1..${n}}`),
  'braces of rows': script((n) => times(n, () => 'touch {a,b}{c,d}{1..9}\n')),
  globs: script((n) => `${times(n, (i) => `touch /d/f${i}\n`)}${times(40, () => 'ls /d/*\n')}`),
  'globs of stars': script((n) => `touch /d/${'a'.repeat(200)}\nls /d/${'*a'.repeat(n)}b`),
  'case of stars': script((n) => `case ${'a'.repeat(n)} in ${'*a'.repeat(50)}b) touch /x;; esac`),
  'subshells in subshells': script((n) => nested(n, '( ', 'touch /x', ' )')),
  'groups in groups': script((n) => nested(n, '{ ', 'touch /x', '; }')),
  'substitutions in substitutions': script((n) => `x=${nested(n, '$( echo ', 'x', ' )')}`),
  backquotes: script((n) => times(n, () => 'x=`echo y`\n')),
  'open substitutions': script((n) => '$( '.repeat(n)),
  'open quotes': script((n) => '"$( '.repeat(n)),
  'open braces': script((n) => '${x:-'.repeat(n)),
  'open parentheses': script((n) => '(('.repeat(n)),
  'open here-documents': script((n) => times(n, (i) => `cat <<E${i}\n`)),
  'here-documents': script((n) => times(n, (i) => `cat > /f${i} <<E\nx $y\nE\n`)),
  'defaults in defaults': script((n) => `x=${nested(n, '${a:-', 'b', '}')}`),
  'sums in sums': script((n) => `x=$((${nested(n, '(1+', '1', ')')}))`),
  'a long sum': script((n) => `x=$((${times(n, String, '+')}))`),
  tests: script((n) => `if [ ${times(n, (i) => `a = b${i}`, ' -o ')} ]; then touch /x; fi`),
  'double tests': script((n) => `if [[ ${times(n, (i) => `a == b${i}`, ' || ')} ]]; then touch /x; fi`),
  'if after if': script((n) => times(n, (i) => `if unknown; then A=${i}; touch /f${i}; fi\n`)),
  'if in if': script((n) => nested(n, 'if unknown; then touch /a; ', 'touch /x', '; fi')),
  'if, elif': script((n) => `if false; then :; ${times(n, (i) => `elif unknown; then touch /f${i};\n`)} fi`),
  'if else in if else': script((n) => nested(n, 'if unknown; then ', 'touch /x', '; else touch /y; fi')),
  'case arms': script((n) => `case $U in ${times(n, (i) => `a${i}) touch /f${i};;\n`)} esac`),
  'case arms that fall': script((n) => `case x in ${times(n, (i) => `x) touch /f${i};& `)} esac`),
  'patterns of an arm': script((n) => `case x in ${times(n, (i) => `a${i}`, '|')}) touch /f;; esac`),
  and: script((n) => times(n, (i) => `touch /f${i}`, ' && ')),
  or: script((n) => times(n, (i) => `unknown${i}`, ' || ')),
  'and, or': script((n) => times(n, (i) => `unknown${i} && touch /f${i} || touch /g${i}\n`)),
  'or true': script((n) => times(n, (i) => `cp /u${i} /f${i} || true\n`)),
  'set -e and questions': script((n) => `set -e\n${times(n, (i) => `grep x /y${i}; touch /f${i}\n`)}`),
  pipelines: script((n) => times(n, (i) => `echo x | tee /f${i} | cat\n`)),
  'a long pipeline': script((n) => `echo x ${'| cat '.repeat(n)}`),
  background: script((n) => times(n, (i) => `touch /f${i} & `)),
  functions: script((n) => times(n, (i) => `f${i}() { touch /f${i}; }; f${i}\n`)),
  'functions that call': script(
    (n) => `f0() { touch /x; }\n${times(n, (i) => `f${i + 1}() { f${i}; f${i}; }\n`)}f${n}`,
  ),
  'a function of itself': script((n) => `f() { f; f; }\n${'f\n'.repeat(n)}`),
  eval: script((n) => times(n, (i) => `eval "touch /f${i}"\n`)),
  'eval of a growing text': script((n) => times(n, () => 'A="$A touch /x;"; eval "$A"\n')),
  'sh -c in sh -c': script((n) => `${'sh -c "'.repeat(n)}`),
  'sh -c': script((n) => times(n, (i) => `sh -c 'touch /f${i}'\n`)),
  'a script of its own': script(
    (n) => `cat > /s.sh <<E\n${times(n, (i) => `touch /f${i}\n`)}E\n${times(20, () => 'sh /s.sh\n')}`,
  ),
  'a script that calls itself': script((n) => `echo 'sh /s.sh; sh /s.sh' > /s.sh\n${'sh /s.sh\n'.repeat(n)}`),
  'for over words': script((n) => `for x in ${times(n, String, ' ')}; do touch /f$x; done`),
  'for in for': script((n) => nested(n, 'for x in 1 2 3 4; do ', 'touch /x', '; done')),
  while: script((n) => `i=0; while [ $i -lt ${n} ]; do touch /f$i; i=$((i+1)); done`),
  'while in while': script((n) => nested(n, 'while true; do ', 'touch /x', '; done')),
  'read of lines that go on': script((n) => `read x <<'E'\n${times(n, () => 'a\\\n')}b\nE\necho $x > /a\n`),
  'while read': script((n) => `while read x; do touch /f$x; done <<E\n${times(n, (i) => `${i}\n`)}E\n`),
  'count loop': script((n) => `for ((i=0;i<${n};i++)); do touch /f$i; done`),
  cd: script((n) => times(n, (i) => `mkdir d${i}; cd d${i}; `)),
  'cd up': script((n) => `cd /${'a/'.repeat(1000)}\n${'cd ..\n'.repeat(n)}`),
  redirections: script((n) => times(n, (i) => `echo x > /f${i} 2>&1 3>/g${i}\n`)),
  'redirections of one': script((n) => `echo x ${times(n, (i) => `>/f${i}`, ' ')}`),
  traps: script((n) => times(n, (i) => `trap 'touch /f${i}' EXIT\n( touch /x )\n`)),
  'aliases, exports': script((n) => times(n, (i) => `export A${i}=1; unset A${i}\n`)),
  locals: script((n) => `f() { ${times(n, (i) => `local a${i}=1; `)} }\n${'f\n'.repeat(10)}`),
  removals: script((n) => `A=${'ab'.repeat(n)}; B=\${A##*a}; C=\${A//a*b/c}; D=\${A%b*}; touch /$B`),
  'one long word': script((n) => `touch /${'a'.repeat(n)}`),
  'one long quoted word': script((n) => `echo "${'a $b '.repeat(n)}" > /x`),
  'one long comment': script((n) => `# ${'a '.repeat(n)}\ntrue`),
  'many comments': script((n) => '# a\n'.repeat(n)),
  printf: script((n) => `printf '${'%s\\n'.repeat(n)}' ${times(n, String, ' ')} > /x`),
  'echo -e': script((n) => `echo -e '${'\\n\\x41'.repeat(n)}' > /x`),
  'splitting a value': script((n) => `A="${times(n, String, ' ')}"; for x in $A; do :; done; touch $A`),
  'process substitution': script((n) => times(n, () => 'cat <(echo x) > /y\n')),
  'exec and channels': script((n) => times(n, (i) => `exec ${3 + (i % 6)}>/f${i}\n`)),
}

/** Programs, by name. */
export const programs: Readonly<Record<string, Shape>> = {
  touch: wide('touch', (i) => `/d/f${i}`, 'scratch'),
  'touch, a RUN each': (n) =>
    on(
      times(n, (i) => `RUN touch ${times(10, (k) => `/d/f${i}-${k}`, ' ')}\n`),
      'scratch',
    ),
  'touch, folders of their own': (n) =>
    on(
      times(n, (i) => `RUN mkdir /d${i} && touch ${times(10, (k) => `/d${i}/f${k}`, ' ')}\n`),
      'scratch',
    ),
  'rm what a RUN made': (n) =>
    on(
      times(n, (i) => `RUN touch /d/f${i}\nRUN rm /d/f${i}\n`),
      'scratch',
    ),
  'rm -rf of what nobody knows': runs((i) => `rm -rf /usr/share/x${i}`),
  'mkdir -p': wide('mkdir -p', (i) => `/d/a${i}/b`, 'scratch'),
  'a deep mkdir': (n) => on(`RUN mkdir -p /${'a/'.repeat(n)}\n`, 'scratch'),
  'cp doubles': (n) =>
    on(`RUN mkdir /a && touch /a/f && ${times(n, (i) => `cp -r /a /b && mv /b /a/c${i}`, ' && ')}\n`, 'scratch'),
  'cp doubles, a RUN each': (n) =>
    on(`RUN mkdir /a && touch /a/f\n${times(n, (i) => `RUN cp -r /a /b && mv /b /a/c${i}\n`)}`, 'scratch'),
  'cp -r of a tree': (n) =>
    on(
      `RUN mkdir -p /a && touch /a/f{1..900}\n${times(n, (i) => `RUN cp -r /a /b${i}\n`)}`.replace(
        'RUN',
        'SHELL ["/bin/bash","-c"]\nRUN',
      ),
      'scratch',
    ),
  'cp appended': chain((i) => `cat /a /a > /b${i} && cp /b${i} /a`, 'scratch'),
  'mv there and back': chain(() => 'mv /a /b && mv /b /a', 'scratch'),
  'mv of a tree': (n) =>
    on(
      `RUN ${times(n, (i) => `touch /a/f${i}`, ' && ')}\n${times(100, () => 'RUN mv /a /b && mv /b /a\n')}`,
      'scratch',
    ),
  'ln -s in a circle': chain((i) => `ln -s /l${i + 1} /l${i}`, 'scratch'),
  'ln -s up': (n) => on(`RUN mkdir /a && ln -s . /a/b && touch /a/${'b/'.repeat(n)}x\n`, 'scratch'),
  ln: chain((i) => `ln /a /l${i}`, 'scratch'),
  'ln, then chmod': (n) =>
    on(`RUN touch /a && ${times(n, (i) => `ln /a /l${i}`, ' && ')}\n${'RUN chmod 600 /a\n'.repeat(50)}`, 'scratch'),
  'chmod -R': (n) =>
    on(
      `RUN mkdir /d && ${times(300, (i) => `touch /d/f${i}`, ' && ')}\n${'RUN chmod -R a+x /d\n'.repeat(n)}`,
      'scratch',
    ),
  'chmod modes': (n) => on(`RUN touch /a && chmod ${times(n, () => 'u+x,g-w,a=rX', ',')} /a\n`, 'scratch'),
  find: (n) =>
    on(
      `RUN ${times(n, (i) => `touch /d/f${i}`, ' && ')}\nRUN ${times(20, () => "find /d -name '*1' -type f", ' && ')}\n`,
      'scratch',
    ),
  'find -exec': (n) =>
    on(
      `RUN ${times(n, (i) => `touch /d/f${i}`, ' && ')}\nRUN find /d -type f -exec chmod 600 {} \\;\nRUN find /d -type f -exec rm {} +\n`,
      'scratch',
    ),
  'find -exec sh -c': (n) =>
    on(
      `RUN ${times(n, (i) => `touch /d/f${i}`, ' && ')}\nRUN find /d -type f -exec sh -c 'mv $1 $1.x' _ {} \\;\n`,
      'scratch',
    ),
  'find of expressions': (n) => on(`RUN touch /d/a && find /d ${nested(n, '\\( ', '-name a', ' \\)')}\n`, 'scratch'),
  'find of many tests': (n) =>
    on(`RUN touch /d/a && find /d ${times(n, (i) => `-name a${i}`, ' -o ')} -delete\n`, 'scratch'),
  xargs: (n) => on(`RUN echo ${times(n, (i) => `/d/f${i}`, ' ')} | xargs -n 1 touch\n`, 'scratch'),
  'xargs -I': (n) => on(`RUN printf '%s\\n' ${times(n, (i) => `f${i}`, ' ')} | xargs -I {} touch /d/{}\n`, 'scratch'),
  'sed -i': (n) => on(`RUN echo abc > /f && sed -i ${times(n, (i) => `-e s/a${i}/b/`, ' ')} /f\n`, 'scratch'),
  'sed -i of many': (n) => on(`RUN ${times(n, (i) => `echo a > /f${i}`, ' && ')} && sed -i s/a/b/ /f*\n`, 'scratch'),
  'sed -i of a long text': (n) =>
    on(
      `RUN <<E\ncat > /f <<'F'\n${'line of text\n'.repeat(n)}F\nsed -i 's/text/words/; s/(a*)*b/c/; /x/d' /f\nE\n`,
      'scratch',
    ),
  'sed that backtracks': (n) =>
    on(`RUN echo ${'a'.repeat(n)} > /f && sed -i -E 's/(a|a)*b//; s/(a+)+$/b/' /f\n`, 'scratch'),
  'grep that backtracks': (n) => on(`RUN echo ${'a'.repeat(n)} > /f && grep -E '(a+)+b' /f && touch /x\n`, 'scratch'),
  tee: wide('echo x | tee', (i) => `/f${i}`, 'scratch'),
  dd: chain((i) => `dd if=/dev/zero of=/f${i} bs=1M count=1`, 'scratch'),
  cat: (n) => on(`RUN echo x > /a && cat ${times(n, () => '/a', ' ')} > /b\n`, 'scratch'),
  'cat doubles': (n) => on(`RUN echo x > /a && ${times(n, () => 'cat /a /a > /b && mv /b /a', ' && ')}\n`, 'scratch'),
  'head, tail, split': chain(
    (i) => `echo x > /a${i} && head -c 1 /a${i} > /b${i} && split -b 1 /a${i} /c${i}`,
    'scratch',
  ),
  'split of a long file': (n) => on(`RUN truncate -s ${n} /a && split -b 1 /a /s\n`, 'scratch'),
  tar: chain((i) => `tar cf /a${i}.tar /etc && tar xf /a${i}.tar -C /x${i}`, 'scratch'),
  'tar of tars': (n) =>
    on(`RUN mkdir /d && touch /d/a && ${times(n, (i) => `tar cf /d/${i}.tar /d`, ' && ')}\n`, 'scratch'),
  'tar of a tree': (n) =>
    on(
      `RUN ${times(n, (i) => `touch /d/f${i}`, ' && ')}\n${times(50, (i) => `RUN tar cf /a${i}.tar /d\n`)}`,
      'scratch',
    ),
  gzip: chain((i) => `touch /f${i} && gzip /f${i}`, 'scratch'),
  useradd: runs((i) => `useradd -m u${i}`),
  'useradd in one RUN': chain((i) => `useradd -m -G g${i % 50} u${i}`),
  'useradd on busybox': runs((i) => `adduser -D u${i}`, 'alpine:3.20'),
  groupadd: runs((i) => `groupadd g${i}`),
  usermod: (n) => on(times(n, (i) => `RUN useradd u${i} && usermod -aG u${i} root\n`)),
  'chown by name': (n) =>
    on(
      `RUN ${times(n, (i) => `useradd u${i}`, ' && ')}\n${times(n, (i) => `RUN touch /f${i} && chown u${i}:u${i} /f${i}\n`)}`,
    ),
  'passwd by echo': chain((i) => `echo "u${i}:x:${i}:${i}::/h:/bin/sh" >> /etc/passwd`, 'scratch'),
  'passwd by echo, and USER': (n) =>
    on(
      `RUN ${times(n, (i) => `echo "u${i}:x:${i}:${i}::/h:/bin/sh" >> /etc/passwd`, ' && ')}\n${times(n, (i) => `USER u${i}\nRUN touch /tmp/f${i}\n`)}`,
      'scratch',
    ),
  chpasswd: (n) => on(`RUN echo '${times(n, (i) => `u${i}:p\\n`)}' | chpasswd\n`),
  'apt install of strangers': wide('apt-get install -y', (i) => `no-such-package-${i}`),
  'apt install, a RUN each': runs((i) => `apt-get install -y no-such-package-${i}`),
  'apt install and purge': runs(
    () => 'apt-get update && apt-get install -y curl && apt-get purge -y curl && rm -rf /var/lib/apt/lists/*',
  ),
  'apt install of gcc': runs(() => 'apt-get install -y build-essential && apt-get autoremove -y build-essential'),
  'apt install on a release of no table': runs((i) => `apt-get install -y p${i}`, 'debian:9'),
  'apt remove on a release of no table': wide('apt-get remove -y', (i) => `p${i}`, 'debian:9'),
  'apt options': (n) => on(`RUN apt-get ${times(n, (i) => `-o A::b${i}=c`, ' ')} install -y curl\n`),
  sources: runs((i) => `echo "deb http://a/ b c" > /etc/apt/sources.list.d/l${i}.list && apt-get update`),
  'dpkg -i': wide('dpkg -i', (i) => `/tmp/p${i}.deb`),
  'apk add': wide('apk add', (i) => `p${i}`, 'alpine:3.20'),
  'apk add, a RUN each': runs((i) => `apk add p${i}`, 'alpine:3.20'),
  'apk virtual': runs((i) => `apk add --virtual .v${i} gcc make && apk del .v${i}`, 'alpine:3.20'),
  'dnf install': wide('dnf install -y', (i) => `p${i}`, 'fedora:40'),
  'dnf install, a RUN each': runs((i) => `dnf install -y p${i}`, 'fedora:40'),
  'zypper, pacman': runs((i) => `zypper in -y p${i}; pacman -S p${i}; microdnf install q${i}`, 'x/y'),
  'pip install': wide('pip install', (i) => `p${i}==1`, 'python:3.12'),
  'pip install, a RUN each': runs((i) => `pip install p${i}`, 'python:3.12'),
  'pip install --no-compile': (n) =>
    on(
      `RUN ${times(n, (i) => `pip install --no-compile flask==${i}`, ' && ')}\nRUN ${times(n, () => "python -c 'import flask'", ' && ')}\n`,
      'python:3.12',
    ),
  'pip uninstall': runs((i) => `pip install p${i} && pip uninstall -y p${i}`, 'python:3.12'),
  'pip of requirements': (n) => ({
    text: on('COPY r.txt /\nRUN pip install -r /r.txt\n', 'python:3.12'),
    context: memoryContext({ 'r.txt': times(n, (i) => `p${i}==1.${i}\n`) }),
  }),
  'pip of requirements, a RUN each': (n) => ({
    text: on(`COPY r.txt /\n${'RUN pip install -r /r.txt\n'.repeat(n)}`, 'python:3.12'),
    context: memoryContext({ 'r.txt': times(500, (i) => `p${i}==1.${i}\n`) }),
  }),
  'requirements of requirements': (n) => ({
    text: on('COPY . /r\nRUN pip install -r /r/r.txt\n', 'python:3.12'),
    context: memoryContext({ 'r.txt': '-r r.txt\n'.repeat(n) }),
  }),
  'a long requirement': (n) => ({
    text: on('COPY r.txt /\nRUN pip install -r /r.txt\n', 'python:3.12'),
    context: memoryContext({ 'r.txt': `${'a '.repeat(n)}# \n${' '.repeat(n)}x\n${'a'.repeat(n)}[${' '.repeat(n)}\n` }),
  }),
  'poetry, uv, pipenv': (n) => ({
    text: on(`WORKDIR /r\nCOPY . .\n${'RUN poetry install && uv sync && pipenv install\n'.repeat(20)}`, 'python:3.12'),
    context: memoryContext({
      'pyproject.toml': `[tool.poetry.dependencies]\n${times(n, (i) => `p${i} = "^1"\n`)}`,
      'poetry.lock': times(n, (i) => `[[package]]\nname = "p${i}"\nversion = "1"\n\n`),
      Pipfile: times(n, (i) => `p${i} = "*"\n`),
      'Pipfile.lock': '{}',
    }),
  }),
  'conda install': wide('conda install -y', (i) => `p${i}`, 'continuumio/miniconda3'),
  'conda install, a RUN each': runs((i) => `conda install -y p${i} && conda clean -a`, 'continuumio/miniconda3'),
  'npm install': wide('npm install', (i) => `p${i}`, 'node:20'),
  'npm install -g': wide('npm install -g', (i) => `p${i}`, 'node:20'),
  'npm install, a RUN each': runs((i) => `npm install p${i}`, 'node:20'),
  'npm install -g, a RUN each': runs((i) => `npm install -g p${i}`, 'node:20'),
  'npm ci of a lock': (n) => ({
    text: on(`WORKDIR /a\nCOPY . .\n${'RUN npm ci\n'.repeat(20)}`, 'node:20'),
    context: memoryContext({
      'package.json': '{}',
      'package-lock.json': JSON.stringify({
        lockfileVersion: 3,
        packages: Object.fromEntries(
          Array.from({ length: n }, (_, i) => [
            `node_modules/p${i}`,
            { version: '1.0.0', resolved: 'https://registry.npmjs.org/x', integrity: 'sha512-x' },
          ]),
        ),
      }),
    }),
  }),
  'npm ci of one lock, a RUN each': (n) => ({
    text: on(`WORKDIR /a\nCOPY . .\n${'RUN npm ci && npm run build && npm prune --production\n'.repeat(n)}`, 'node:20'),
    context: memoryContext({
      'package.json': JSON.stringify({
        dependencies: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`p${i}`, '1'])),
      }),
      'package-lock.json': JSON.stringify({
        lockfileVersion: 3,
        packages: Object.fromEntries(
          Array.from({ length: 1000 }, (_, i) => [
            `node_modules/p${i}`,
            { version: '1.0.0', resolved: 'https://registry.npmjs.org/x', integrity: 'sha512-x' },
          ]),
        ),
      }),
    }),
  }),
  'pip and npm, a RUN each': runs(
    (i) => `pip install flask==${i} && npm install -g p${i} && npm cache clean --force`,
    'python:3.12',
  ),
  'yarn of a lock': (n) => ({
    text: on(`WORKDIR /a\nCOPY . .\n${'RUN yarn install && yarn cache clean\n'.repeat(20)}`, 'node:20'),
    context: memoryContext({
      'package.json': '{}',
      'yarn.lock': times(
        n,
        (i) =>
          `"p${i}@^1.0.0":\n  version "1.0.${i}"\n  resolved "https://registry.yarnpkg.com/x"\n  dependencies:\n    a "^1"\n\n`,
      ),
    }),
  }),
  'pnpm of a lock': (n) => ({
    text: on(`WORKDIR /a\nCOPY . .\n${'RUN pnpm install && pnpm prune --prod\n'.repeat(20)}`, 'node:20'),
    context: memoryContext({
      'package.json': '{}',
      'pnpm-lock.yaml': `lockfileVersion: '9.0'\npackages:\n${times(n, (i) => `  p${i}@1.0.0:\n    resolution: {integrity: sha512-x}\n`)}`,
    }),
  }),
  workspaces: (n) => ({
    text: on('WORKDIR /a\nCOPY . .\nRUN yarn install && npm install && pnpm install\n', 'node:20'),
    context: memoryContext({
      'package.json': JSON.stringify({
        workspaces: ['packages/*', ...Array.from({ length: n }, (_, i) => `packages/p${i}`)],
      }),
      ...Object.fromEntries(
        Array.from({ length: n }, (_, i) => [`packages/p${i}/package.json`, '{"dependencies":{"a":"1"}}']),
      ),
    }),
  }),
  'bun, deno': wide('bun add', (i) => `p${i}`, 'node:20'),
  'go install': wide('go install', (i) => `a.b/c${i}@latest`, 'golang:1.22'),
  'go build': runs((i) => `go mod download && go build -o /bin/a${i} ./cmd/a${i}`, 'golang:1.22'),
  'go.mod': (n) => ({
    text: on(`WORKDIR /a\nCOPY . .\n${'RUN go mod download && go build ./...\n'.repeat(20)}`, 'golang:1.22'),
    context: memoryContext({
      'go.mod': `module a\nrequire (\n${times(n, (i) => `\ta.b/c${i} v1.0.0\n`)})\n`,
      'go.sum': times(n, (i) => `a.b/c${i} v1.0.0 h1:x\n`),
    }),
  }),
  cargo: runs((i) => `cargo install a${i} && cargo build --release`, 'rust:1'),
  'Cargo.toml': (n) => ({
    text: on(`WORKDIR /a\nCOPY . .\n${'RUN cargo build --release && cargo fetch\n'.repeat(20)}`, 'rust:1'),
    context: memoryContext({
      'Cargo.toml': `[package]\nname = "a"\n[dependencies]\n${times(n, (i) => `p${i} = "1"\n`)}`,
      'Cargo.lock': times(n, (i) => `[[package]]\nname = "p${i}"\nversion = "1"\n\n`),
    }),
  }),
  mvn: runs((i) => `mvn -B package -Dx=${i}`, 'maven:3'),
  'mvn of modules': (n) => ({
    text: on('WORKDIR /a\nCOPY . .\nRUN mvn package && mvn clean\n', 'maven:3'),
    context: memoryContext({ 'pom.xml': `<project>${times(n, () => '<module>.</module>')}</project>` }),
  }),
  'mvn of open comments': (n) => ({
    text: on('WORKDIR /a\nCOPY . .\nRUN mvn -s s.xml package\n', 'maven:3'),
    context: memoryContext({
      'pom.xml': '<!--'.repeat(n),
      's.xml': `<localRepository>${' '.repeat(n)}${'<localRepository>/'.repeat(n)}`,
    }),
  }),
  'gradle of projects': (n) => ({
    text: on('WORKDIR /a\nCOPY . .\nRUN gradle build && gradle clean\n', 'gradle:8'),
    context: memoryContext({ 'settings.gradle': `include ${times(n, (i) => `':p${i}'`, ',\n')}\n` }),
  }),
  'gradle of open comments': (n) => ({
    text: on('WORKDIR /a\nCOPY . .\nRUN gradle build\n', 'gradle:8'),
    context: memoryContext({ 'settings.gradle': `${'/*'.repeat(n)}${'include ,\n'.repeat(n)}` }),
  }),
  gem: runs((i) => `gem install p${i} && bundle install`, 'ruby:3'),
  'Gemfile.lock': (n) => ({
    text: on(`WORKDIR /a\nCOPY . .\n${'RUN bundle install\n'.repeat(20)}`, 'ruby:3'),
    context: memoryContext({
      Gemfile: times(n, (i) => `gem "p${i}"\n`),
      'Gemfile.lock': `GEM\n  specs:\n${times(n, (i) => `    p${i} (1.0)\n`)}`,
    }),
  }),
  composer: runs((i) => `composer require a/p${i} && composer install && composer clear-cache`, 'php:8'),
  'composer.lock': (n) => ({
    text: on(`WORKDIR /a\nCOPY . .\n${'RUN composer install --no-dev\n'.repeat(20)}`, 'php:8'),
    context: memoryContext({
      'composer.json': '{}',
      'composer.lock': JSON.stringify({
        packages: Array.from({ length: n }, (_, i) => ({ name: `a/p${i}`, version: '1' })),
      }),
    }),
  }),
  'docker-php-ext-install': wide('docker-php-ext-install', (i) => `e${i}`, 'php:8'),
  dotnet: runs(
    (i) => `dotnet restore a${i}.csproj && dotnet publish -c Release -o /out${i}`,
    'mcr.microsoft.com/dotnet/sdk:8.0',
  ),
  'mix, rebar, stack': runs(() => 'mix deps.get && mix compile && rebar3 compile', 'elixir:1.16'),
  'cpan, luarocks, R': runs((i) => `cpan P${i}; luarocks install p${i}; Rscript -e 'install.packages("p${i}")'`),
  make: runs((i) => `./configure --prefix=/opt/${i} && make && make install`),
  cmake: runs((i) => `cmake -B b${i} . && cmake --build b${i} && cmake --install b${i}`),
  'curl -o': chain((i) => `curl -o /f${i} https://a.b/${i}`),
  'curl into tar': runs((i) => `curl -L https://a.b/${i}.tgz | tar xz -C /opt`),
  wget: wide('wget', (i) => `https://a.b/${i}`),
  'git clone': runs((i) => `git clone https://a.b/c${i} /src/c${i} && rm -rf /src/c${i}/.git`),
  unzip: runs((i) => `unzip a${i}.zip -d /opt/a${i}`),
  'unknown programs': runs((i) => `program-${i} x`),
  'unknown programs in one RUN': chain((i) => `program-${i} x`),
  'unknown programs in folders': (n) => on(times(n, (i) => `WORKDIR /w${i}\nRUN program-${i}\n`)),
  'unknown programs, and rm': runs((i) => `program-${i} && rm -rf /opt/x${i}/*`),
  'unknown programs, and COPY': (n) => on(times(n, (i) => `RUN program-${i}\nCOPY a /usr/share/f${i}\n`)),
  'unknown programs, and looks': (n) =>
    on(`RUN ${times(n, (i) => `program-${i}`, ' && ')}\nRUN ${times(n, (i) => `touch /usr/f${i}`, ' && ')}\n`),
  'update-alternatives': runs((i) => `update-alternatives --install /usr/bin/a${i} a${i} /usr/bin/b${i} 1`),
  'ln in /etc': runs((i) => `ln -sf /usr/share/zoneinfo/Etc/UTC${i} /etc/localtime`),
  'locale-gen': wide('localedef -i en_US -f UTF-8', (i) => `en${i}`),
  'sort, uniq, cut': (n) =>
    on(
      `RUN <<E\ncat > /a <<'F'\n${'b\na\n'.repeat(n)}F\nsort /a | uniq | cut -c 1 | tr a b | awk '{print $1}' > /b\nE\n`,
      'scratch',
    ),
  'python -c': (n) => on(`RUN python -c "${'open(\\"/x\\",\\"w\\").write(\\"a\\");'.repeat(n)}"\n`, 'python:3.12'),
  'node -e': (n) => on(`RUN node -e "${"require('fs').writeFileSync('/x','a');".repeat(n)}"\n`, 'node:20'),
  'perl -pi': (n) => on(`RUN echo a > /a && perl -pi -e '${'s/a/b/;'.repeat(n)}' /a\n`),
  'envsubst, jq': (n) =>
    on(`RUN <<E\ncat > /a <<'F'\n${'\\${A} $B\n'.repeat(n)}F\nenvsubst < /a > /b; jq . /a > /c\nE\n`),
  'env -i, sudo, su': chain((i) => `sudo -u nobody env A=${i} nice -n 5 timeout 5 su -c 'touch /f${i}'`),
  'wrappers in wrappers': (n) => on(`RUN ${'env '.repeat(n)}touch /x\n`, 'scratch'),
  cpio: (n) =>
    on(
      `RUN ${times(n, (i) => `touch /d/f${i}`, ' && ')} && cd /d && find . | cpio -pdm /e && find . | cpio -o > /x\n`,
      'scratch',
    ),
  rsync: chain((i) => `rsync -a /d${i}/ /e${i}/ --exclude a`, 'scratch'),
  'install -D': chain((i) => `install -D -m 0755 /a /b/c${i}/d`, 'scratch'),
  mktemp: chain(() => 'd=$(mktemp -d) && touch $d/x && rm -rf $d', 'scratch'),
  truncate: wide('truncate -s 1M', (i) => `/f${i}`, 'scratch'),
}

/** All of them. */
export const growing: Readonly<Record<string, Shape>> = { ...instructions, ...constructs, ...programs }

/** The build of a shape. */
export function grown(name: string, count: number): Growing {
  const made = growing[name]!(count)
  return typeof made === 'string' ? { text: made } : made
}
