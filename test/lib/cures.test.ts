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
