/** Builds of the same kinds as the recorded ones, and not among them: nobody has seen their result beforehand. */

import type { Buildable } from '../tools/engine.ts'
import type { TruthArgs, TruthFile } from '../tools/truth.ts'

const file = (path: string, text: string, mode = 0o644): TruthFile => ({ path, mode, bytes: Buffer.from(text) })

const one = (
  name: string,
  dockerfile: string,
  context: readonly TruthFile[] = [],
  args: TruthArgs = {},
): Buildable => ({
  name: `fresh-${name}`,
  dockerfile,
  context: [...context].sort((a, b) => (a.path < b.path ? -1 : 1)),
  args,
})

const app = [
  file('run.sh', '#!/bin/sh\necho run\n', 0o755),
  file('conf/a.ini', '[a]\nx=1\n'),
  file('conf/deep/b.ini', '[b]\n'),
  file('notes.md', '# notes\n'),
  file('data.csv', 'id,name\n1,ä\n'),
]

/** The builds. Every one stands on a base that the suite makes. */
export const freshCases: readonly Buildable[] = [
  one(
    'escapes',
    String.raw`FROM busybox:local
ENV A="x\"y" B='x\y' C=x\ y D="$A-\$A"
RUN echo "tab\there" 'single \ quote' \
    "two" \\three > /out
LABEL "with blank"="a \"b\" c" plain=a\ b
CMD ["echo", "back\\slash", "quo\"te", "\u00e9"]
`,
  ),
  one('backtick', '# escape=`\nFROM busybox:local\nRUN echo one `\n    two\nENV P=c:\\dir\\\nLABEL l="x`\n  y"\n'),
  one('unicode', 'FROM busybox:local\nRUN echo "größe 漢字 👍" > /u\nLABEL ключ="значение"\nENV NAME="naïve\u00a0x"\n'),
  one(
    'comments-inside',
    'FROM busybox:local\nRUN echo a \\\n# gone\n\n   # indented, gone\n  && echo "# stays" \\\n  && echo c\n',
  ),
  one('html', 'FROM busybox:local\nENV URL="http://h/?a=1&b=<2>"\nRUN echo "<b>&amp;</b>" > /h\nCMD ["echo", "<&>"]\n'),
  one(
    'heredoc-run',
    'FROM busybox:local\nRUN <<EOF\nset -e\necho one > /one\necho "two" > /two\nEOF\nRUN cat <<-"X" > /three\n\ttab $HOME\nX\n',
  ),
  one(
    'heredoc-copy',
    "FROM busybox:local\nARG WHO=you\nCOPY <<EOF /hello.txt\nhello ${WHO}\nEOF\nCOPY --chmod=600 <<'RAW' /raw\n$WHO\nRAW\n",
  ),
  one(
    'onbuild-child',
    'FROM onbuild:local\nENV AFTER=${TRIGGERED}x\nONBUILD RUN echo child\nONBUILD COPY --chown=1:2 . /src\n',
    [file('a.txt', 'aaaa\n')],
    { build_args: { OB: 'two words' } },
  ),
  one(
    'stages',
    'FROM busybox:local AS first\nRUN echo built > /built && mkdir /d && echo x > /d/x\nFROM first AS second\nENV S=2\nFROM rich:local\nCOPY --from=first /built /copied\nCOPY --from=1 /d /d\nCOPY --from=0 --chown=app /d/x ./\n',
  ),
  one(
    'target',
    'ARG BASE=busybox\nFROM ${BASE}:local AS base\nARG V\nENV V=${V:-none}\nFROM base AS test\nRUN echo "$V"\nFROM test AS last\nUSER 7:8\nWORKDIR w/\n',
    [],
    { target: 'test', build_args: { V: '3.1' } },
  ),
  one(
    'args',
    'ARG A=global\nFROM busybox:local\nARG A\nARG B=b C\nARG D="d d"\nRUN echo $A $B $D\nARG B=again\nRUN echo $B\nENV A=env\nRUN echo $A\n',
    [],
    { build_args: { A: 'cli', C: 'see' } },
  ),
  one(
    'copies',
    'FROM busybox:local\nCOPY . /all/\nCOPY conf /etc/app\nCOPY --chown=12:34 conf/a.ini notes.md /two/\nCOPY *.md data.c?v ./\nADD run.sh /usr/bin/run\n',
    app,
  ),
  one(
    'ignored',
    'FROM busybox:local\nCOPY . /app\n',
    [...app, file('.dockerignore', '**/*.ini\n!conf/deep/*\nnotes.md\nDockerfile\n.dockerignore\n')],
    { dockerfile_in_context: true },
  ),
  one(
    'metadata',
    'FROM rich:local\nMAINTAINER A. N. Other <a@example.com>\nEXPOSE 53/udp 8000-8002\nVOLUME /v1 "/v 2"\nVOLUME ["/v3"]\nUSER root\nSTOPSIGNAL 9\nHEALTHCHECK --interval=1m30s --timeout=500ms --retries=4 CMD ["/bin/true", "x"]\nSHELL ["/bin/sh", "-ec"]\nENTRYPOINT exec top -b\nCMD -d 1\n',
  ),
  one(
    'workdirs',
    'FROM rich:local\nENV D=/srv\nWORKDIR $D/one\nWORKDIR two\nWORKDIR ../three\nRUN echo x > here\nWORKDIR /\nCOPY run.sh sub/\n',
    app,
  ),
  one(
    'files',
    'FROM busybox:local\nRUN mkdir -p /a/b/c && echo 12345 > /a/b/c/f && ln -s f /a/b/c/l && ln /a/b/c/f /a/h\nRUN mv /a/b /a/z && rm /a/h\nRUN chmod 700 /a/z/c/f && chown 5 /a/z\nRUN rm -rf /a && mkdir /a && echo new > /a/new\n',
  ),
  one('links', 'FROM busybox:local\nCOPY . /c/\nRUN cp -a /c /d && cp -L /c/link /e\n', [
    file('real', 'content\n'),
    { path: 'link', mode: 0o777, bytes: Buffer.alloc(0), link: 'real' },
  ]),
  one('crlf', 'FROM busybox:local\r\nENV A=1 \\\r\n  B=2\r\nRUN echo "$A" \\\r\n  > /crlf\r\nCMD ["true"]\r\n'),
]
