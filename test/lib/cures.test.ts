/** Every kind of suggestion on small Dockerfiles: the text it leads to, whether it is safe, what it saves. */
import { expect } from 'chai'
import { edited } from '../../lib/lint/counterfactual.ts'
import { givenBy, lintText, type Setting } from '../tools/lint.ts'

interface Case {
  readonly rule: string
  readonly text: string
  /** Titles, `!` behind those that are not safe, each with the text it leads to; '' where the ignore file changes. */
  readonly cures: Readonly<Record<string, string>>
  readonly setting?: Setting
}

/** What a rule offers for its first finding. */
function offered({ rule, text, setting = {} }: Case): Readonly<Record<string, string>> {
  const finding = lintText(text, setting).findings.find((one) => one.rule === rule)
  if (finding === undefined) return { 'no finding': text }
  const file = givenBy(setting).path
  return Object.fromEntries(
    finding.suggestions.map(({ title, safe, edits }) => {
      const after = edited(
        text,
        '',
        edits.map((edit) => ({ ...edit, ...(edit.file !== file && { ignoreFile: true as const }) })),
      )
      return [`${title}${safe ? '' : '!'}`, after?.ignore === undefined ? (after?.text ?? 'overlapping') : '']
    }),
  )
}

function table(what: string, cases: Readonly<Record<string, Case>>): void {
  describe(what, () => {
    for (const [name, one] of Object.entries(cases)) it(name, () => expect(offered(one)).to.deep.equal(one.cures))
  })
}

const debian = 'FROM debian:12-slim\n'

table('cures of caches', {
  'a flag on every call of the RUN': {
    rule: 'cache-left',
    text: 'FROM python:3.13-slim\nRUN pip install -U pip && \\\n    python -m pip install flask\n',
    cures: {
      'pip install --no-cache-dir':
        'FROM python:3.13-slim\nRUN pip install --no-cache-dir -U pip && \\\n    python -m pip install --no-cache-dir flask\n',
      'remove it in the same RUN':
        'FROM python:3.13-slim\nRUN pip install -U pip && \\\n    python -m pip install flask && \\\n    pip cache purge\n',
      'keep it in a cache mount!':
        'FROM python:3.13-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install -U pip && \\\n    python -m pip install flask\n',
    },
  },
  'a later call that keeps none needs no clean-up': {
    rule: 'cache-left',
    text: 'FROM python:3.13-slim\nRUN pip install -U pip\nRUN pip install --no-cache-dir flask\n',
    cures: {
      'pip install --no-cache-dir':
        'FROM python:3.13-slim\nRUN pip install --no-cache-dir -U pip\nRUN pip install --no-cache-dir flask\n',
      'remove it in the same RUN':
        'FROM python:3.13-slim\nRUN pip install -U pip && pip cache purge\nRUN pip install --no-cache-dir flask\n',
      'keep it in a cache mount!':
        'FROM python:3.13-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install -U pip\nRUN pip install --no-cache-dir flask\n',
    },
  },
  'apk update fills the cache whatever add is told': {
    rule: 'cache-left',
    text: 'FROM alpine:3.20\nRUN apk update && apk add curl\n',
    cures: {
      'remove it in the same RUN': 'FROM alpine:3.20\nRUN apk update && apk add curl && rm -rf /var/cache/apk/*\n',
      'keep it in a cache mount!':
        'FROM alpine:3.20\nRUN --mount=type=cache,target=/var/cache/apk,sharing=locked apk update && apk add curl\n',
    },
  },
  'no mounts where the builder has none': {
    rule: 'cache-left',
    text: 'FROM alpine:3.20\nRUN apk add curl\n',
    setting: { builder: 'classic' },
    cures: {
      'apk add --no-cache': 'FROM alpine:3.20\nRUN apk add --no-cache curl\n',
      'remove it in the same RUN': 'FROM alpine:3.20\nRUN apk add curl && rm -rf /var/cache/apk/*\n',
    },
  },
  'no flag in the JSON form': {
    rule: 'cache-left',
    text: 'FROM python:3.13-slim\nRUN ["pip", "install", "flask"]\n',
    cures: {
      'keep it in a cache mount!':
        'FROM python:3.13-slim\nRUN --mount=type=cache,target=/root/.cache/pip ["pip", "install", "flask"]\n',
    },
  },
  'a cache that several RUNs fill is removed in each': {
    rule: 'cache-left',
    text: 'FROM fedora:41\nRUN dnf -y install R\nRUN dnf -y install sudo\nRUN true\n',
    setting: { builder: 'classic' },
    cures: {
      'remove it in each RUN':
        'FROM fedora:41\nRUN dnf -y install R && dnf clean all\nRUN dnf -y install sudo && dnf clean all\nRUN true\n',
    },
  },
  'lists that a later RUN installs with stay': {
    rule: 'cache-left',
    text: `${debian}RUN apt-get update\nRUN apt-get install -y --no-install-recommends some-package\n`,
    cures: {
      'keep it in a cache mount!': `${debian}RUN --mount=type=cache,target=/var/lib/apt/lists,sharing=locked apt-get update\nRUN --mount=type=cache,target=/var/lib/apt/lists,sharing=locked apt-get install -y --no-install-recommends some-package\n`,
    },
  },
  'lists that a stage on top installs with stay, whatever the target': {
    rule: 'cache-left',
    text: `FROM debian:12-slim AS base\nRUN apt-get update\nFROM base AS other\nRUN apt-get install -y curl\nFROM base\nCMD ["a"]\n`,
    setting: { builder: 'classic', target: 'base' },
    cures: {},
  },
  'packages that a later build reads are not removed, and are mounted in both': {
    rule: 'cache-left',
    text: 'FROM golang:1.23\nRUN go mod download\nRUN go build -o /app .\n',
    cures: {
      'keep it in a cache mount!':
        'FROM golang:1.23\nRUN --mount=type=cache,target=/go/pkg/mod go mod download\nRUN --mount=type=cache,target=/go/pkg/mod go build -o /app .\n',
    },
  },
  'a package and a folder that are called like the build tool need no mount': {
    rule: 'cache-left',
    text: 'FROM golang:1.23-alpine\nRUN apk add --no-cache make\nRUN go mod download\nRUN cd /src && make all\nRUN rm -rf /go/src/app\n',
    cures: {
      'keep it in a cache mount!':
        'FROM golang:1.23-alpine\nRUN apk add --no-cache make\nRUN --mount=type=cache,target=/go/pkg/mod go mod download\nRUN --mount=type=cache,target=/go/pkg/mod cd /src && make all\nRUN rm -rf /go/src/app\n',
    },
  },
  'who installs in a here-document needs the mount': {
    rule: 'cache-left',
    text: `${debian}RUN apt-get update\nRUN <<EOT bash -e\napt-get install -y --no-install-recommends some-package\nEOT\n`,
    cures: {
      'keep it in a cache mount!': `${debian}RUN --mount=type=cache,target=/var/lib/apt/lists,sharing=locked apt-get update\nRUN --mount=type=cache,target=/var/lib/apt/lists,sharing=locked <<EOT bash -e\napt-get install -y --no-install-recommends some-package\nEOT\n`,
    },
  },
  'a program that is gone by then removes nothing': {
    rule: 'cache-left',
    text: 'FROM alpine:3.20\nRUN apk add --no-cache npm && npm install -g x && apk del npm\n',
    setting: { builder: 'classic' },
    cures: {
      'remove it in the same RUN':
        'FROM alpine:3.20\nRUN apk add --no-cache npm && npm install -g x && apk del npm && rm -rf /root/.npm/_cacache\n',
    },
  },
  'what is mounted there cannot be removed': {
    rule: 'temporary-left',
    text: `${debian}RUN --mount=type=bind,source=a,target=/tmp/a dd if=/dev/zero of=/tmp/b bs=1M count=8\n`,
    setting: { context: { a: 'a' } },
    cures: {},
  },
  'a temporary file that a later RUN reads stays': {
    rule: 'temporary-left',
    text: `${debian}RUN dd if=/dev/zero of=/tmp/b bs=1M count=8\nRUN cp /tmp/b /srv/b\n`,
    cures: {},
  },
})

table('cures of what is deleted later', {
  'done where it is written too, though an instruction stands between': {
    rule: 'deleted-in-later-layer',
    text: `${debian}RUN dd if=/dev/zero of=/opt/blob bs=1M count=8\nENV A=1\nRUN true && rm /opt/blob\n`,
    cures: {
      'remove it in the RUN that writes it, too!': `${debian}RUN dd if=/dev/zero of=/opt/blob bs=1M count=8 && rm /opt/blob\nENV A=1\nRUN true\n`,
    },
  },
  'a clean-up stays for what others left': {
    rule: 'deleted-in-later-layer',
    text: `${debian}RUN apt-get update && apt-get install -y --no-install-recommends jq\nCOPY a /a\nRUN rm -rf /var/lib/apt/lists/* /root/.x\n`,
    setting: { context: { a: 'a' } },
    cures: {
      'remove it in the RUN that writes it, too!': `${debian}RUN apt-get update && apt-get install -y --no-install-recommends jq && rm -rf /var/lib/apt/lists/* /root/.x\nCOPY a /a\nRUN rm -rf /var/lib/apt/lists/* /root/.x\n`,
    },
  },
  'not where it is named between': {
    rule: 'deleted-in-later-layer',
    text: `${debian}RUN dd if=/dev/zero of=/opt/blob bs=1M count=8\nENV A=/opt/blob\nRUN rm /opt/blob\n`,
    cures: {},
  },
})

table('cures of what is copied', {
  'mounted for every RUN that uses it': {
    rule: 'deleted-in-later-layer',
    text: `${debian}COPY scripts /tmp/scripts\nRUN sh /tmp/scripts/a.sh\nENV A=1\nRUN sh /tmp/scripts/b.sh && rm -rf /var/lib/apt/lists/* /tmp/scripts\n`,
    setting: { context: { 'scripts/a.sh': 4000, 'scripts/b.sh': 4000 } },
    cures: {
      'mount it for that RUN instead of copying it!': `${debian}RUN --mount=type=bind,source=scripts,target=/tmp/scripts,rw sh /tmp/scripts/a.sh\nENV A=1\nRUN --mount=type=bind,source=scripts,target=/tmp/scripts,rw sh /tmp/scripts/b.sh && rm -rf /var/lib/apt/lists/*\n`,
    },
  },
  'all of a kind: the folder': {
    rule: 'deleted-in-later-layer',
    text: `${debian}COPY library/*.sh /tmp/library/\nRUN sh /tmp/library/a.sh && rm -rf /tmp/library\n`,
    setting: { context: { 'library/a.sh': 4000 } },
    cures: {
      'mount it for that RUN instead of copying it!': `${debian}RUN --mount=type=bind,source=library,target=/tmp/library,rw sh /tmp/library/a.sh\n`,
    },
  },
  'a builder that leaves the folder it mounted on': {
    rule: 'deleted-in-later-layer',
    text: `${debian}COPY scripts /tmp/in/scripts\nRUN sh /tmp/in/scripts/a.sh && rm -rf /tmp/in\n`,
    setting: { builder: 'docker@20.10', context: { 'scripts/a.sh': 4000 } },
    cures: {
      'mount it for that RUN instead of copying it (this builder leaves an empty /tmp/in/scripts)!': `${debian}RUN --mount=type=bind,source=scripts,target=/tmp/in/scripts,rw sh /tmp/in/scripts/a.sh\n`,
    },
  },
  'a builder that leaves the folder above': {
    rule: 'deleted-in-later-layer',
    text: `${debian}COPY scripts /tmp/in/scripts\nRUN sh /tmp/in/scripts/a.sh && rm -rf /tmp/in\n`,
    setting: { builder: 'buildah@1.28', context: { 'scripts/a.sh': 4000 } },
    cures: {
      'mount it for that RUN instead of copying it (this builder leaves an empty /tmp/in)!': `${debian}RUN --mount=type=bind,source=scripts,target=/tmp/in/scripts,rw sh /tmp/in/scripts/a.sh\n`,
    },
  },
  'a builder that leaves none': {
    rule: 'deleted-in-later-layer',
    text: `${debian}COPY scripts /tmp/in/scripts\nRUN sh /tmp/in/scripts/a.sh && rm -rf /tmp/in\n`,
    setting: { builder: 'docker@29.7', context: { 'scripts/a.sh': 4000 } },
    cures: {
      'mount it for that RUN instead of copying it!': `${debian}RUN --mount=type=bind,source=scripts,target=/tmp/in/scripts,rw sh /tmp/in/scripts/a.sh\n`,
    },
  },
  'a file leaves nothing': {
    rule: 'deleted-in-later-layer',
    text: `${debian}COPY a.tar /tmp/\nRUN tar -xf /tmp/a.tar -C /opt && rm /tmp/a.tar\n`,
    setting: { builder: 'docker@20.10', context: { 'a.tar': 4000 } },
    cures: {
      'mount it for that RUN instead of copying it!': `${debian}RUN --mount=type=bind,source=a.tar,target=/tmp/a.tar tar -xf /tmp/a.tar -C /opt\n`,
    },
  },
  'no mount where the builder has none': {
    rule: 'deleted-in-later-layer',
    text: `${debian}COPY a.tar /tmp/\nRUN tar -xf /tmp/a.tar -C /opt && rm /tmp/a.tar\n`,
    setting: { builder: 'classic', context: { 'a.tar': 4000 } },
    cures: {},
  },
  'from another stage': {
    rule: 'deleted-in-later-layer',
    text: `FROM alpine:3.20 AS get\nRUN dd if=/dev/zero of=/a.tar bs=1M count=8\n${debian}COPY --from=get /a.tar /tmp/\nRUN tar -xf /tmp/a.tar -C /opt && rm /tmp/a.tar\n`,
    cures: {
      'mount it for that RUN instead of copying it!': `FROM alpine:3.20 AS get\nRUN dd if=/dev/zero of=/a.tar bs=1M count=8\n${debian}RUN --mount=type=bind,from=get,source=/a.tar,target=/tmp/a.tar tar -xf /tmp/a.tar -C /opt\n`,
    },
  },
  'a secret': {
    rule: 'secret-in-layer',
    text: 'FROM node:22-slim\nCOPY .npmrc /root/.npmrc\nRUN npm ping && rm /root/.npmrc\n',
    setting: { context: { '.npmrc': 'x' } },
    cures: {
      'hand it over as a secret: docker build --secret id=npmrc,src=.npmrc!':
        'FROM node:22-slim\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ping\n',
    },
  },
  'a folder is no secret': {
    rule: 'secret-in-layer',
    text: `${debian}COPY . /src\nRUN true\nRUN rm -rf /src\n`,
    setting: { context: { '.npmrc': 'x' } },
    cures: {},
  },
  'a secret that a RUN writes': {
    rule: 'secret-in-layer',
    text: `${debian}RUN echo x > /root/.netrc\nRUN true && rm /root/.netrc\n`,
    cures: {
      'remove it in the RUN that writes it!': `${debian}RUN echo x > /root/.netrc \\\n    && true && rm /root/.netrc\n`,
    },
  },
  'a download': {
    rule: 'remote-add-deleted',
    text: 'FROM alpine:3.20\nADD --checksum=sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa https://example.org/a.tar.gz /tmp/\nRUN tar -xzf /tmp/a.tar.gz -C /opt && rm /tmp/a.tar.gz\n',
    cures: {
      'ADD --unpack=true!':
        'FROM alpine:3.20\nADD --unpack=true --checksum=sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa https://example.org/a.tar.gz /opt/\n',
      'mount it from a stage that fetches it!':
        'FROM scratch AS download\nADD --checksum=sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa https://example.org/a.tar.gz /a.tar.gz\n\nFROM alpine:3.20\nRUN --mount=type=bind,from=download,target=/tmp/a.tar.gz,source=/a.tar.gz tar -xzf /tmp/a.tar.gz -C /opt\n',
    },
  },
  'a download is unpacked in the place of tar, behind what cannot use it': {
    rule: 'remote-add-deleted',
    text: `FROM alpine:3.20\nadd https://example.org/a.tar.gz /tmp/a.tar.gz\nENV A=1\nRUN apk add --no-cache tar && mkdir -p /opt/x\nRUN tar -xzf /tmp/a.tar.gz -C /opt && rm /tmp/a.tar.gz\n`,
    cures: {
      'ADD --unpack=true!':
        'FROM alpine:3.20\nENV A=1\nRUN apk add --no-cache tar && mkdir -p /opt/x\nadd --unpack=true https://example.org/a.tar.gz /opt/\n',
      'mount it from a stage that fetches it!':
        'FROM scratch AS download\nADD https://example.org/a.tar.gz /a.tar.gz\n\nFROM alpine:3.20\nENV A=1\nRUN apk add --no-cache tar && mkdir -p /opt/x\nRUN --mount=type=bind,from=download,target=/tmp/a.tar.gz,source=/a.tar.gz tar -xzf /tmp/a.tar.gz -C /opt\n',
    },
  },
  'a download that a script between may have used': {
    rule: 'remote-add-deleted',
    text: `FROM alpine:3.20\nADD https://example.org/a.tar.gz /tmp/a.tar.gz\nRUN ./check\nRUN tar -xzf /tmp/a.tar.gz -C /opt && rm /tmp/a.tar.gz\n`,
    cures: {
      'mount it from a stage that fetches it!':
        'FROM scratch AS download\nADD https://example.org/a.tar.gz /a.tar.gz\n\nFROM alpine:3.20\nRUN --mount=type=bind,from=download,target=/tmp/a.tar.gz,source=/a.tar.gz ./check\nRUN --mount=type=bind,from=download,target=/tmp/a.tar.gz,source=/a.tar.gz tar -xzf /tmp/a.tar.gz -C /opt\n',
    },
  },
  'a comment in the RUN that unpacks stays': {
    rule: 'remote-add-deleted',
    text: `FROM alpine:3.20\nADD https://example.org/a.tar.gz /tmp/a.tar.gz\nRUN mkdir /o\nRUN tar -xzf /tmp/a.tar.gz -C /opt \\\n # gone\n && rm /tmp/a.tar.gz\n`,
    cures: {
      'mount it from a stage that fetches it!':
        'FROM scratch AS download\nADD https://example.org/a.tar.gz /a.tar.gz\n\nFROM alpine:3.20\nRUN mkdir /o\nRUN --mount=type=bind,from=download,target=/tmp/a.tar.gz,source=/a.tar.gz tar -xzf /tmp/a.tar.gz -C /opt\n',
    },
  },
  'a download for a frontend that does not unpack': {
    rule: 'remote-add-deleted',
    text: '# syntax=docker/dockerfile:1.10\nFROM alpine:3.20\nADD https://example.org/a.tar.gz /tmp/\nRUN tar -xzf /tmp/a.tar.gz -C /opt && rm /tmp/a.tar.gz\n',
    cures: {
      'mount it from a stage that fetches it!':
        '# syntax=docker/dockerfile:1.10\nFROM scratch AS download\nADD https://example.org/a.tar.gz /a.tar.gz\n\nFROM alpine:3.20\nRUN --mount=type=bind,from=download,target=/tmp/a.tar.gz,source=/a.tar.gz tar -xzf /tmp/a.tar.gz -C /opt\n',
    },
  },
  'to its place at once': {
    rule: 'moved-in-later-layer',
    text: `${debian}WORKDIR /tmp\nCOPY tool .\nRUN mv tool /usr/local/bin/ && mkdir /data\n`,
    setting: { context: { tool: 4000 } },
    cures: {
      'COPY it to /usr/local/bin/tool': `${debian}WORKDIR /tmp\nCOPY tool /usr/local/bin/tool\nRUN mkdir /data\n`,
    },
  },
  'to its place at once, with the mode it is given there': {
    rule: 'moved-in-later-layer',
    text: `${debian}COPY tool /tmp/tool\nRUN mv /tmp/tool /usr/bin/tool && chmod 755 /usr/bin/tool\n`,
    setting: { context: { tool: 4000 } },
    cures: { 'COPY --chmod=755 it to /usr/bin/tool': `${debian}COPY --chmod=755 tool /usr/bin/tool\n` },
  },
  'to its place at once, with mode and owner, and the rest stays': {
    rule: 'moved-in-later-layer',
    text: `${debian}COPY tool /tmp/\nRUN mv /tmp/tool /opt/t && chown 7:7 /opt/t && chmod 0700 /opt/t && mkdir /data\n`,
    setting: { context: { tool: 4000 } },
    cures: {
      'COPY --chown=7:7 --chmod=0700 it to /opt/t!': `${debian}COPY --chown=7:7 --chmod=0700 tool /opt/t\nRUN mkdir /data\n`,
    },
  },
  'a mode for what a here-document says': {
    rule: 'metadata-copy-up',
    text: `${debian}COPY <<EOF /usr/bin/t\n#!/bin/sh\ntrue\nEOF\nRUN chmod +x /usr/bin/t\n`,
    cures: {
      'COPY --chmod=755 and no chmod afterwards': `${debian}COPY --chmod=755 <<EOF /usr/bin/t\n#!/bin/sh\ntrue\nEOF\n`,
    },
  },
  'not for two here-documents of which one is changed': {
    rule: 'metadata-copy-up',
    text: `${debian}COPY <<A <<B /opt/\na\nA\nb\nB\nRUN chmod 700 /opt/A\n`,
    cures: {},
  },
  'not where it is used before it is moved': {
    rule: 'moved-in-later-layer',
    text: `${debian}COPY tool /tmp/tool\nRUN /tmp/tool --install && mv /tmp/tool /opt/tool\n`,
    setting: { context: { tool: 4000 } },
    cures: {},
  },
  'once, though the second differs': {
    rule: 'overwritten-in-later-layer',
    text: `${debian}COPY a.conf /etc/app.conf\nENV A=1\nCOPY b.conf /etc/app.conf\n`,
    setting: { context: { 'a.conf': 'a', 'b.conf': 'bb' } },
    cures: { 'copy it once': `${debian}ENV A=1\nCOPY b.conf /etc/app.conf\n` },
  },
  'not where a RUN may have read the first': {
    rule: 'overwritten-in-later-layer',
    text: `${debian}COPY a.conf /etc/app.conf\nRUN true\nCOPY b.conf /etc/app.conf\n`,
    setting: { context: { 'a.conf': 'a', 'b.conf': 'bb' } },
    cures: {},
  },
  'mode and owner in one': {
    rule: 'metadata-copy-up',
    text: `${debian}WORKDIR /srv\nCOPY tool .\nRUN chown 10:10 /srv/tool && chmod 500 tool\n`,
    setting: { context: { tool: 4000 } },
    cures: {
      'COPY --chown=10:10 --chmod=500 and no chown and chmod afterwards': `${debian}WORKDIR /srv\nCOPY --chown=10:10 --chmod=500 tool .\n`,
    },
  },
  'a mode in letters': {
    rule: 'metadata-copy-up',
    text: `FROM alpine:3.20 AS build\nRUN ./build.sh\n${debian}COPY --from=build /out /app\nRUN chgrp -R 0 /app && chmod -R g=u /app\n`,
    cures: {
      'COPY --chmod=g=u and no chgrp and chmod afterwards!': `FROM alpine:3.20 AS build\nRUN ./build.sh\n${debian}COPY --chmod=g=u --from=build /out /app\n`,
    },
  },
  'one file out of another stage': {
    rule: 'metadata-copy-up',
    text: `FROM alpine:3.20 AS build\nRUN ./build.sh\n${debian}WORKDIR /app\nCOPY --from=build /out/tool .\nRUN chmod -R 755 /app/tool\n`,
    cures: {
      'COPY --chmod=755 and no chmod afterwards!': `FROM alpine:3.20 AS build\nRUN ./build.sh\n${debian}WORKDIR /app\nCOPY --chmod=755 --from=build /out/tool .\n`,
    },
  },
  'letters are nothing for an older frontend': {
    rule: 'metadata-copy-up',
    text: `# syntax=docker/dockerfile:1.10\nFROM alpine:3.20 AS build\nRUN ./build.sh\n${debian}COPY --from=build /out /app\nRUN chmod -R g=u /app\n`,
    cures: {},
  },
  'a mode for folders and files is no number': {
    rule: 'metadata-copy-up',
    text: `${debian}COPY dir /dir\nRUN chmod -R g+w /dir\n`,
    setting: { context: { 'dir/a/b': 4000 } },
    cures: {
      'COPY --chmod=g+w and no chmod afterwards!': `${debian}COPY --chmod=g+w dir /dir\n`,
    },
  },
  'not where only a part is changed': {
    rule: 'metadata-copy-up',
    text: `${debian}COPY . /app\nRUN chmod 700 /app/run.sh\n`,
    setting: { context: { 'run.sh': 4000, 'data.bin': 9000 } },
    cures: {},
  },
})

const archive = (from: string, to: string): Case => ({
  rule: 'archive-left',
  text: `${debian}RUN ${from}\n`,
  cures: {
    'remove it in the same RUN!': `${debian}RUN ${from} && rm -f /opt/${/a\.[\w.]+/.exec(from)![0]}\n`,
    ...(to !== '' && { [`${from.split(' ')[0]} | tar!`]: `${debian}RUN ${to}\n` }),
  },
})

table('a download that is streamed', {
  'by wget': archive(
    'wget -qO /opt/a.tar.gz https://example.org/a && tar -xzf /opt/a.tar.gz -C /srv',
    'wget -qO- https://example.org/a | tar -xz -C /srv',
  ),
  'by curl, the compression told': archive(
    'curl -fsSL https://example.org/a -o /opt/a.tar.xz && tar xf /opt/a.tar.xz',
    'curl -fsSL https://example.org/a | tar -xJ',
  ),
  'by curl, flags in one': archive(
    'curl -fsSLo /opt/a.tgz https://example.org/a && tar xzf /opt/a.tgz --strip-components=1',
    'curl -fsSL https://example.org/a | tar -xz --strip-components=1',
  ),
  'a comment between the two stays': {
    rule: 'archive-left',
    text: `${debian}RUN curl -o /opt/a.tgz https://example.org/a \\\n    # here && now\n    && tar xzf /opt/a.tgz\n`,
    cures: {
      'remove it in the same RUN!': `${debian}RUN curl -o /opt/a.tgz https://example.org/a \\\n    # here && now\n    && tar xzf /opt/a.tgz \\\n    && rm -f /opt/a.tgz\n`,
      'curl | tar!': `${debian}RUN curl https://example.org/a \\\n    # here && now\n    | tar -xz\n`,
    },
  },
  'not where a check stands between': archive(
    'curl -o /opt/a.tgz https://example.org/a && echo x /opt/a.tgz | sha256sum -c && tar xzf /opt/a.tgz',
    '',
  ),
})

const project = { 'package.json': '{"dependencies":{"a":"1"}}', 'package-lock.json': '{}', 'index.js': 'x' }

table('what changes less often comes first', {
  'system packages': {
    rule: 'cache-order',
    text: `FROM alpine:3.20\nWORKDIR /app\n# sources\nCOPY . .\nLABEL a=b\nRUN apk add --no-cache \\\n    curl\nCMD ["curl"]\n`,
    setting: { context: { 'a.txt': 'a' } },
    cures: {
      'move it above line 4!': `FROM alpine:3.20\nWORKDIR /app\n# sources\nRUN apk add --no-cache \\\n    curl\nCOPY . .\nLABEL a=b\nCMD ["curl"]\n`,
    },
  },
  'not across a setting that it may heed': {
    rule: 'cache-order',
    text: 'FROM alpine:3.20\nCOPY . /app/\nENV http_proxy=x\nRUN apk add --no-cache curl\n',
    setting: { context: { 'a.txt': 'a' } },
    cures: {},
  },
  'not where what is copied may have set it up': {
    rule: 'cache-order',
    text: 'FROM alpine:3.20\nCOPY . /\nRUN apk add --no-cache curl\n',
    setting: { context: { 'etc/apk/repositories': 'x', 'lib/apk/db/installed': 'x' } },
    cures: {},
  },
  'packages of a project, by the files that list them': {
    rule: 'cache-order',
    text: 'FROM node:22-slim\nWORKDIR /app\nCOPY --chown=node . .\nRUN npm ci && npm cache clean --force\nCMD ["node", "."]\n',
    setting: { context: project },
    cures: {
      'copy what it reads first: COPY --chown=node package.json package-lock.json ./!':
        'FROM node:22-slim\nWORKDIR /app\nCOPY --chown=node package.json package-lock.json ./\nRUN npm ci && npm cache clean --force\nCOPY --chown=node . .\nCMD ["node", "."]\n',
    },
  },
  'not with what is built in the same RUN': {
    rule: 'cache-order',
    text: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n',
    setting: { context: project },
    cures: {},
  },
  'not without the context, which nobody has seen': {
    rule: 'cache-order',
    text: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
    cures: {},
  },
})

table('other cures', {
  'a symbolic link': {
    rule: 'hard-link-copy-up',
    text: `${debian}RUN dd if=/dev/zero of=/data bs=1M count=8\nENV A=1\nRUN ln /data /srv/data\n`,
    cures: {
      'ln -s!': `${debian}RUN dd if=/dev/zero of=/data bs=1M count=8\nENV A=1\nRUN ln -s /data /srv/data\n`,
    },
  },
  'a clone': {
    rule: 'vcs-left',
    text: `${debian}RUN git clone -b v1 https://example.org/a.git /app\n`,
    cures: {
      'remove it in the same RUN!': `${debian}RUN git clone -b v1 https://example.org/a.git /app && rm -rf /app/.git\n`,
      'git clone --depth 1, and remove it in the same RUN!': `${debian}RUN git clone --depth 1 -b v1 https://example.org/a.git /app && rm -rf /app/.git\n`,
    },
  },
  'a repository in the context': {
    rule: 'vcs-left',
    text: `${debian}COPY . /app\n`,
    setting: { context: { a: 'a', '.git/objects/p.pack': 4000 } },
    cures: { 'leave .git out of the context': '' },
  },
  'packages for development': {
    rule: 'dev-dependencies-in-final-stage',
    text: 'FROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --no-audit && npm cache clean --force\n',
    setting: {
      context: {
        'package.json': '{"devDependencies":{"typescript":"5.6.3"}}',
        'package-lock.json':
          '{"lockfileVersion":3,"packages":{"":{"devDependencies":{"typescript":"5.6.3"}},"node_modules/typescript":{"version":"5.6.3","resolved":"https://registry.npmjs.org/typescript/-/typescript-5.6.3.tgz","dev":true}}}',
      },
    },
    cures: {
      'npm --omit=dev!':
        'FROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev --no-audit && npm cache clean --force\n',
    },
  },
  'an instruction without effect': {
    rule: 'overridden-instruction',
    text: 'FROM alpine:3.20\nCMD ["a"]\nEXPOSE 80\nCMD ["b"]\n',
    cures: { 'leave it out': 'FROM alpine:3.20\nEXPOSE 80\nCMD ["b"]\n' },
  },
  'an ignore comment goes with its instruction': {
    rule: 'overridden-instruction',
    text: 'FROM alpine:3.20\n# why\n# hadolint ignore=DL3025\nCMD a\nCMD ["b"]\n',
    cures: { 'leave it out': 'FROM alpine:3.20\n# why\nCMD ["b"]\n' },
  },
  'a secret in an argument': {
    rule: 'secret-in-history',
    text: 'FROM alpine:3.20\nARG NPM_TOKEN\nRUN echo "$NPM_TOKEN" | wc -c\n',
    cures: {
      'hand it over as a secret: docker build --secret id=NPM_TOKEN!':
        'FROM alpine:3.20\nRUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN echo "$NPM_TOKEN" | wc -c\n',
    },
  },
  'a secret for a frontend that knows no variables for them': {
    rule: 'secret-in-history',
    text: '# syntax=docker/dockerfile:1.9\nFROM alpine:3.20\nARG NPM_TOKEN\nRUN echo "$NPM_TOKEN" | wc -c\n',
    cures: {},
  },
  'one layer for all': {
    rule: 'remove-has-no-effect',
    text: 'FROM base\nRUN rm /opt/blob\n',
    setting: { bases: { base: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/opt/blob bs=1M count=8\n' } },
    cures: {
      'squash the image: stratigraph squash IMAGE -o OUT!': 'FROM base\nRUN rm /opt/blob\n',
    },
  },
  'one layer for all, by a builder that has a flag for it': {
    rule: 'remove-has-no-effect',
    text: 'FROM base\nRUN rm /opt/blob\n',
    setting: {
      builder: 'classic',
      bases: { base: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/opt/blob bs=1M count=8\n' },
    },
    cures: {
      'squash the image: build with --squash, or stratigraph squash IMAGE -o OUT!': 'FROM base\nRUN rm /opt/blob\n',
    },
  },
  'not where something else is to belong to somebody, too': {
    rule: 'metadata-copy-up',
    text: `${debian}WORKDIR /app\nCOPY tool .\nRUN mkdir data && touch data/x && chown -R 10:10 /app\n`,
    setting: { context: { tool: 4000 } },
    cures: {},
  },
  'what find starts is not taken out of it': {
    rule: 'metadata-copy-up',
    text: `${debian}COPY tool /app/tool\nRUN find /app -type f -exec chown 10:10 {} +\n`,
    setting: { context: { tool: 4000 } },
    cures: {},
  },
})
