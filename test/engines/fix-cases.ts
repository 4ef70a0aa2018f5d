/** Dockerfiles that waste something, with the rule whose suggestion is tried out in an engine. */

import type { Kind } from '../tools/engine-files.ts'

export interface FixCase {
  readonly name: string
  readonly rule: string
  /** `{server}` stands for the address of the suite's own file server. */
  readonly dockerfile: string
  /** Texts, or how many bytes. */
  readonly context?: Readonly<Record<string, string | number>>
  /** Engines to build with, where they are at hand; `newer`: BuildKit of the newest Docker there is. */
  readonly on: readonly (Kind | 'newer')[]
  /** The first Docker that can build what is suggested. */
  readonly since?: string
  /** Beginnings of paths that only the image as written has: the residue. */
  readonly gone?: readonly string[]
  /** Beginnings of paths that differ from build to build: they hold times. */
  readonly volatile?: readonly string[]
  /** Folders that have another owner and mode where a program that was left out would have used them. */
  readonly owned?: readonly string[]
  /** Which of the suggestions, by a piece of the title; the first one unless said. */
  readonly take?: string
  /** Beginnings of paths that are still there: without them the rest of this list could be of an empty image. */
  readonly kept?: readonly string[]
  /** What both images print when they are started. */
  readonly prints?: string
}

const busybox = 'FROM busybox:local\n'
const debian = 'FROM debian:local\n'
const all = ['classic', 'buildkit', 'buildah'] as const

/** Files of Debian's package tools that hold times or numbers of inodes. */
const aptTimes = ['var/log/', 'var/cache/ldconfig/', 'var/cache/debconf/', 'var/lib/dpkg/', 'var/lib/apt/', 'etc/']

/** What apt and dpkg write down of an installation, and the folder they make their own. */
const aptBooks = ['var/lib/dpkg/info/', 'var/lib/apt/extended_states', 'var/cache/apt/archives/lock', 'var/log/']
const aptFolders = ['var/cache/apt/archives/partial']

export const fixCases: readonly FixCase[] = [
  {
    name: 'deleted: a download and its removal become one RUN',
    rule: 'deleted-in-later-layer',
    dockerfile: `${busybox}RUN wget -q -O /data.tar {server}/data.tar\nRUN mkdir /data && tar -xf /data.tar -C /data\nRUN rm /data.tar\n`,
    on: all,
  },
  {
    name: 'deleted: comments between the RUNs stay',
    rule: 'deleted-in-later-layer',
    dockerfile: `${busybox}RUN dd if=/dev/zero of=/big bs=1000 count=400 \\\n && echo made > /made\n# not needed any more\nRUN rm -f /big\nCMD ["sh"]\n`,
    on: ['buildkit'],
  },
  {
    name: 'deleted: a build in a folder stays in a shell of its own',
    rule: 'deleted-in-later-layer',
    dockerfile: `${busybox}RUN mkdir /src && dd if=/dev/zero of=/src/big bs=1000 count=300\nRUN cd /src && \\\n  dd if=big of=/kept bs=1000 count=100\nRUN rm -rf src\n`,
    kept: ['kept'],
    on: ['classic', 'buildah'],
  },
  {
    name: 'deleted: what was copied is mounted instead',
    rule: 'deleted-in-later-layer',
    dockerfile: `${busybox}COPY tool.bin /tmp/tool.bin\nRUN cp /tmp/tool.bin /bin/tool && rm /tmp/tool.bin\n`,
    context: { 'tool.bin': 250_000 },
    on: ['buildkit'],
  },
  {
    name: 'copied, then chmod: COPY --chmod',
    rule: 'metadata-copy-up',
    dockerfile: `${busybox}COPY tool.bin /bin/tool\nRUN chmod 755 /bin/tool\n`,
    context: { 'tool.bin': 300_000 },
    on: ['buildkit', 'buildah'],
  },
  {
    name: 'copied, then chown: COPY --chown',
    rule: 'metadata-copy-up',
    dockerfile: `${busybox}COPY app /app\nRUN chown -R 1000:1000 /app\nCMD ["/app/run"]\n`,
    context: { 'app/run': '#!/bin/sh\necho run\n', 'app/lib/one.bin': 200_000, 'app/lib/two.bin': 100_000 },
    on: ['classic', 'buildah'],
  },
  {
    name: 'written, then chmod: one RUN',
    rule: 'metadata-copy-up',
    dockerfile: `${busybox}RUN mkdir -p /srv/a && dd if=/dev/zero of=/srv/a/big bs=1000 count=200\nRUN chmod -R 700 /srv\n`,
    on: ['classic'],
  },
  {
    name: 'moved in the RUN that writes it',
    rule: 'moved-in-later-layer',
    dockerfile: `${busybox}RUN wget -q -O /tool {server}/tool.bin\nRUN mv /tool /bin/tool\n`,
    on: ['buildah'],
  },
  {
    name: 'overwritten: one RUN',
    rule: 'overwritten-in-later-layer',
    dockerfile: `${busybox}RUN dd if=/dev/zero of=/f bs=1000 count=150\nRUN dd if=/dev/zero of=/f bs=1000 count=10\n`,
    on: ['buildkit'],
  },
  {
    name: 'changed in place: one RUN',
    rule: 'partial-rewrite',
    dockerfile: `${busybox}RUN wget -q -O /conf {server}/conf.txt\nRUN sed -i s/alpha/omega/ /conf\n`,
    on: ['classic', 'buildah'],
  },
  {
    name: 'appended to: one RUN',
    rule: 'partial-rewrite',
    dockerfile: `${busybox}RUN dd if=/dev/zero of=/log.bin bs=1000 count=120\nRUN echo more >> /log.bin\n`,
    on: ['buildkit'],
  },
  {
    name: 'the same tree copied twice',
    rule: 'identical-rewrite',
    dockerfile: `${busybox}COPY site /site\nCOPY site /site\nRUN echo done > /done\n`,
    context: { 'site/a.bin': 80_000, 'site/b.bin': 40_000 },
    on: ['classic', 'buildkit'],
  },
  {
    name: 'hard link of an earlier file: one RUN',
    rule: 'hard-link-copy-up',
    dockerfile: `${busybox}RUN dd if=/dev/zero of=/one bs=1000 count=90\nRUN ln /one /two\n`,
    on: ['classic'],
  },
  {
    name: 'an archive stays after it was unpacked',
    rule: 'archive-left',
    dockerfile: `${busybox}RUN wget -q -O /tmp/data.tar.gz {server}/data.tar.gz && mkdir /data && tar -xzf /tmp/data.tar.gz -C /data\n`,
    gone: ['tmp/data.tar.gz'],
    on: ['classic'],
  },
  {
    name: 'temporary files stay',
    rule: 'temporary-left',
    dockerfile: `${busybox}RUN wget -q -O /tmp/tool.bin {server}/tool.bin && cp /tmp/tool.bin /bin/tool\n`,
    gone: ['tmp/tool.bin'],
    on: ['buildkit', 'buildah'],
  },
  {
    name: 'the history of the repository comes along',
    rule: 'vcs-left',
    dockerfile: `${busybox}COPY . /src\n`,
    context: { '.git/HEAD': 'ref: refs/heads/main\n', '.git/objects/pack/p.pack': 220_000, 'main.c': 'int main;\n' },
    gone: ['src/.git'],
    on: ['buildah', 'buildkit'],
  },
  {
    name: 'what nobody needs comes along',
    rule: 'context-unneeded',
    dockerfile: `${busybox}COPY . /app\n`,
    context: {
      'node_modules/x/index.js': 160_000,
      'package.json': '{"name":"app"}\n',
      'server.js': 'x\n',
      '.dockerignore': 'Dockerfile\n',
    },
    gone: ['app/node_modules'],
    on: ['classic'],
  },
  {
    name: 'lists of packages stay',
    rule: 'cache-left',
    dockerfile: `${debian}RUN apt-get update && apt-get install -y --no-install-recommends make\n`,
    gone: ['var/lib/apt/lists/'],
    volatile: aptTimes,
    on: ['classic'],
  },
  {
    name: 'lists of packages in a RUN of their own',
    rule: 'update-alone',
    dockerfile: `${debian}RUN apt-get update\nRUN apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*\n`,
    volatile: aptTimes,
    on: ['buildkit'],
  },
  {
    name: 'packages removed in another RUN',
    rule: 'package-removed-later',
    dockerfile: `${debian}RUN apt-get update && apt-get install -y --no-install-recommends bzip2 xz-utils patch && rm -rf /var/lib/apt/lists/*\nRUN patch --version > /version\nRUN apt-get purge -y patch bzip2\n`,
    volatile: aptTimes,
    on: ['classic'],
  },
  {
    name: 'recommended packages',
    rule: 'recommends-installed',
    dockerfile: `${debian}RUN apt-get update && apt-get install -y wget && rm -rf /var/lib/apt/lists/*\n`,
    gone: ['usr/', 'var/lib/dpkg/info/'],
    volatile: aptTimes,
    on: ['buildkit'],
  },
  {
    name: 'the cache of pip',
    rule: 'cache-left',
    dockerfile: `${debian}RUN pip install --break-system-packages --trusted-host 127.0.0.1 --index-url {server}/simple/ stratum\n`,
    gone: ['root/.cache'],
    volatile: ['usr/local/lib/python3.11/dist-packages/'],
    on: ['classic'],
  },
  {
    name: 'two RUNs that change one file',
    rule: 'runs-worth-merging',
    dockerfile: `${busybox}RUN dd if=/dev/zero of=/f bs=1000 count=150\nRUN touch -d 2020-01-01 /f\n`,
    on: ['buildkit', 'buildah'],
  },
  {
    name: 'keywords in mixed case',
    rule: 'keyword-casing',
    dockerfile: `${busybox}Run echo a > /a\nCOPY f /f\nENV A=1\n`,
    context: { f: 'f\n' },
    on: ['buildkit'],
  },
  {
    name: 'a name and its value without =',
    rule: 'blank-separated-pair',
    dockerfile: `${busybox}ENV GREETING hello to all\nRUN echo "$GREETING" > /greeting\n`,
    on: ['buildkit'],
  },
  {
    name: 'blank lines inside an instruction',
    rule: 'empty-continuation',
    dockerfile: `${busybox}RUN echo a > /a && \\\n\n    echo b > /b\n`,
    on: ['classic'],
  },
  {
    name: 'a download goes straight into tar',
    rule: 'archive-left',
    dockerfile: `${busybox}RUN mkdir /data && wget -q -O /tmp/data.tar.gz {server}/data.tar.gz && tar -xzf /tmp/data.tar.gz -C /data\n`,
    take: 'wget | tar',
    gone: ['tmp/data.tar.gz'],
    kept: ['data/deep/two.bin'],
    on: ['classic', 'buildkit', 'buildah'],
  },
  {
    name: 'a download by a name without a folder, over several lines',
    rule: 'archive-left',
    dockerfile: `${busybox}WORKDIR /opt/app\nRUN wget -qO app.tgz {server}/app-1.0.tar.gz \\\n # as it was released\n && tar xzf app.tgz -C . \\\n && app-1.0/bin/app > /out\n`,
    take: 'wget | tar',
    gone: ['opt/app/app.tgz'],
    kept: ['opt/app/app-1.0/bin/app', 'out'],
    on: ['buildkit'],
  },
  {
    name: 'curl into GNU tar',
    rule: 'archive-left',
    dockerfile: `${debian}RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*\nWORKDIR /opt\nRUN curl -fsSLo /opt/app.tar.gz {server}/app-1.0.tar.gz && tar xzf app.tar.gz && ln -s /opt/app-1.0/bin/app /usr/local/bin/app\nCMD ["app"]\n`,
    take: 'curl | tar',
    gone: ['opt/app.tar.gz'],
    volatile: aptTimes,
    prints: 'app\n',
    on: ['buildkit'],
  },
  {
    name: 'ADD unpacks what it downloads',
    rule: 'remote-add-deleted',
    dockerfile: `${busybox}WORKDIR /srv\nADD {server}/data.tar.gz .\nRUN tar xzf data.tar.gz && rm data.tar.gz\n`,
    take: '--unpack',
    kept: ['srv/deep/two.bin'],
    since: '28.3',
    on: ['newer'],
  },
  {
    name: 'ADD unpacks a release in another folder than it was put',
    rule: 'remote-add-deleted',
    dockerfile: `${busybox}WORKDIR /usr\nADD {server}/app-1.0.tar.gz /tmp/app.tar.gz\nRUN tar -xzf /tmp/app.tar.gz -C /usr && rm -f /tmp/app.tar.gz\nCMD ["/usr/app-1.0/bin/again"]\n`,
    take: '--unpack',
    prints: 'app\n',
    since: '28.3',
    on: ['newer'],
  },
  {
    name: 'ADD unpacks in the place of tar, behind a RUN that makes what is overwritten',
    rule: 'remote-add-deleted',
    dockerfile: `${busybox}ADD {server}/app-1.0.tar.gz /tmp/app.tar.gz\nRUN mkdir -p /srv/app-1.0/bin && echo old > /srv/app-1.0/bin/app\nRUN tar -xzf /tmp/app.tar.gz -C /srv && rm /tmp/app.tar.gz\nCMD ["/srv/app-1.0/bin/app"]\n`,
    take: '--unpack',
    prints: 'app\n',
    since: '28.3',
    on: ['newer'],
  },
  {
    name: 'a download is mounted from a stage that fetches it',
    rule: 'remote-add-deleted',
    dockerfile: `${busybox}ADD {server}/app-1.0.tar.gz /tmp/app.tar.gz\nRUN mkdir /opt && tar -xzf /tmp/app.tar.gz -C /opt && rm /tmp/app.tar.gz\nCMD ["/opt/app-1.0/bin/app"]\n`,
    take: 'mount it from a stage',
    prints: 'app\n',
    on: ['buildkit', 'newer'],
  },
  {
    name: 'a folder is mounted for the RUNs that use it',
    rule: 'deleted-in-later-layer',
    dockerfile: `${busybox}COPY parts /tmp/parts\nRUN mkdir /opt && cat /tmp/parts/a.bin /tmp/parts/b.bin > /opt/whole\nRUN cp -r /tmp/parts/more /opt/more && rm -rf /tmp/parts\n`,
    context: { 'parts/a.bin': 90_000, 'parts/b.bin': 70_000, 'parts/more/c.txt': 'c\n' },
    take: 'mount it',
    kept: ['opt/whole', 'opt/more/c.txt'],
    on: ['buildkit', 'newer'],
  },
  {
    name: 'lists of packages in a cache mount',
    rule: 'cache-left',
    dockerfile: `${debian}RUN apt-get update && apt-get install -y --no-install-recommends make\n`,
    take: 'cache mount',
    gone: ['var/lib/apt/lists/'],
    volatile: aptTimes,
    kept: ['usr/bin/make'],
    on: ['buildkit', 'newer'],
  },
  {
    name: 'lists of packages in one cache mount for two RUNs',
    rule: 'cache-left',
    dockerfile: `${debian}RUN apt-get update\nRUN apt-get install -y --no-install-recommends patch\n`,
    take: 'cache mount',
    gone: ['var/lib/apt/lists/'],
    volatile: aptTimes,
    kept: ['usr/bin/patch'],
    on: ['buildkit'],
  },
  {
    name: 'what pip downloads in a cache mount',
    rule: 'cache-left',
    dockerfile: `${debian}RUN pip install --break-system-packages --trusted-host 127.0.0.1 --index-url {server}/simple/ stratum\nCMD ["python3", "-c", "import stratum; print(len(stratum.LAYERS))"]\n`,
    take: 'cache mount',
    gone: ['root/.cache'],
    volatile: ['usr/local/lib/python3.11/dist-packages/'],
    prints: '20000\n',
    on: ['buildkit', 'newer'],
  },
  {
    name: 'the build in a stage of its own: make',
    rule: 'build-tools-in-final-stage',
    take: 'stage of its own',
    dockerfile: `${debian}RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*\nCOPY . /src\nRUN make -C /src install\nENV GREETING=hello\nEXPOSE 80\nCMD ["/usr/local/bin/app"]\n`,
    context: {
      Makefile: 'install:\n\tinstall -m 755 app.sh /usr/local/bin/app\n',
      'app.sh': '#!/bin/sh\necho "$GREETING from $0"\n',
    },
    gone: ['src', 'usr/bin/', 'usr/include/', 'usr/share/', ...aptBooks],
    owned: aptFolders,
    volatile: aptTimes,
    kept: ['usr/local/bin/app'],
    prints: 'hello from /usr/local/bin/app\n',
    on: ['classic'],
  },
  {
    name: 'the build in a stage of its own: a compiler',
    rule: 'build-tools-in-final-stage',
    take: 'stage of its own',
    dockerfile: `${debian}WORKDIR /src\nRUN apt-get update \\\n && apt-get install -y --no-install-recommends gcc libc6-dev \\\n && rm -rf /var/lib/apt/lists/*\nCOPY hello.c .\nRUN gcc -O1 -o /usr/local/bin/hello hello.c\nRUN useradd -r runner\nUSER runner\nENTRYPOINT ["hello"]\nCMD ["you"]\n`,
    context: {
      'hello.c':
        '#include <stdio.h>\nint main(int n, char **words) { return printf("hello %s\\n", words[n - 1]) < 0; }\n',
    },
    gone: ['src/', 'usr/', 'etc/alternatives/', 'etc/gprofng.rc', 'var/lib/dpkg/alternatives/', ...aptBooks],
    owned: aptFolders,
    volatile: aptTimes,
    kept: ['usr/local/bin/hello'],
    prints: 'hello you\n',
    on: ['buildkit'],
  },
]
