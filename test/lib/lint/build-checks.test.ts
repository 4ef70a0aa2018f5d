/** The checks that BuildKit itself prints, each by its name there, on what their documentation calls bad and good. */
import { expect } from 'chai'
import { rules } from '../../../rules/index.ts'
import { lintText, type Setting } from '../../tools/lint.ts'

interface Check {
  readonly bad: readonly string[]
  readonly good: readonly string[]
  readonly setting?: Setting
}

// Conditions as in docs.docker.com/reference/build-checks.
const checks: Readonly<Record<string, Check>> = {
  StageNameCasing: { bad: ['FROM alpine AS MainStage\n'], good: ['FROM alpine AS main-stage\n'] },
  FromAsCasing: {
    bad: ['FROM debian:12 as tools\n', 'from debian:12 AS tools\n'],
    good: ['FROM debian:12 AS tools\n', 'from debian:12 as tools\n'],
  },
  NoEmptyContinuation: {
    bad: ['FROM alpine\nEXPOSE \\\n\n80\n'],
    good: ['FROM alpine\nEXPOSE \\\n# web\n80\n', 'FROM alpine\nEXPOSE \\\n80\n'],
  },
  ConsistentInstructionCasing: {
    bad: ['From alpine\nRun echo a > /b\nCmD ["cat", "/b"]\n', 'FROM alpine\nRUN true\nworkdir /a\n'],
    good: ['FROM alpine\nRUN echo a > /b\n', 'from alpine\nrun echo a > /b\n'],
  },
  DuplicateStageName: {
    bad: ['FROM debian:12 AS tools\nFROM golang:1.23 AS tools\n'],
    good: ['FROM debian:12 AS tools\nFROM golang:1.23 AS build\n'],
  },
  ReservedStageName: {
    bad: ['FROM alpine AS scratch\n', 'FROM alpine AS context\n'],
    good: ['FROM alpine AS tools\n', 'FROM scratch\nCOPY a /\n'],
  },
  JSONArgsRecommended: {
    bad: ['FROM alpine\nENTRYPOINT serve now\n', 'FROM alpine\nCMD serve now\n'],
    good: [
      'FROM alpine\nENTRYPOINT ["serve", "now"]\n',
      'FROM alpine\nSHELL ["/bin/ash", "-c"]\nENTRYPOINT echo "good day"\n',
    ],
  },
  MaintainerDeprecated: {
    bad: ['FROM alpine\nMAINTAINER someone@example.com\n'],
    good: ['FROM alpine\nLABEL org.opencontainers.image.authors="someone@example.com"\n'],
  },
  UndefinedArgInFrom: {
    bad: ['ARG VARIANT=alpine\nFROM node:22-${VARIENT}\n'],
    good: ['ARG VARIANT=alpine\nFROM node:22-${VARIANT}\n', 'FROM --platform=$BUILDPLATFORM alpine\n'],
  },
  WorkdirRelativePath: {
    bad: ['FROM nginx AS web\nWORKDIR usr/share\n'],
    good: ['FROM nginx AS web\nWORKDIR /usr/share\n', 'FROM nginx AS web\nWORKDIR /usr\nWORKDIR share\n'],
  },
  UndefinedVar: {
    bad: ['FROM alpine\nCOPY $what .\n', 'FROM alpine\nENV PATH=$PAHT:/opt/bin\n'],
    good: ['FROM alpine\nARG what\nCOPY $what .\n', 'FROM alpine\nENV PATH=$PATH:/opt/bin\n'],
  },
  MultipleInstructionsDisallowed: {
    bad: [
      'FROM alpine\nCMD echo a\nCMD echo b\n',
      'FROM alpine\nENTRYPOINT ["a"]\nENTRYPOINT ["b"]\n',
      'FROM alpine\nHEALTHCHECK CMD a\nHEALTHCHECK CMD b\n',
    ],
    good: [
      'FROM alpine\nCMD echo a; echo b\n',
      'FROM alpine\nHEALTHCHECK CMD a\nCMD b\n',
      'FROM alpine AS a\nCMD a\nFROM a\nCMD b\n',
    ],
  },
  LegacyKeyValueFormat: {
    bad: ['FROM alpine\nENV HOME_OF /opt\n', 'FROM alpine\nLABEL a b\n'],
    good: ['FROM alpine\nENV HOME_OF=/opt\n', 'FROM alpine\nENV A=1 \\\n    B=2\n'],
  },
  RedundantTargetPlatform: {
    bad: ['FROM --platform=$TARGETPLATFORM alpine\n', 'FROM --platform=${TARGETPLATFORM} alpine\n'],
    good: ['FROM alpine\n', 'FROM --platform=$BUILDPLATFORM alpine\n'],
  },
  SecretsUsedInArgOrEnv: {
    bad: ['FROM scratch\nARG AWS_SECRET_ACCESS_KEY\n', 'FROM scratch\nENV API_TOKEN=x8Jk2Lm9\n'],
    good: ['FROM scratch\nARG AWS_REGION\n', 'FROM alpine\nRUN --mount=type=secret,id=key cat /run/secrets/key\n'],
  },
  InvalidDefaultArgInFrom: {
    bad: ['ARG TAG\nFROM busybox:${TAG}\n'],
    good: [
      'ARG TAG=1\nFROM busybox:${TAG}\n',
      'ARG VARIANT\nFROM busybox:stable${VARIANT}\n',
      'ARG TAG\nFROM alpine:${TAG:-3.20}\n',
    ],
  },
  FromPlatformFlagConstDisallowed: {
    bad: ['FROM --platform=linux/amd64 alpine AS base\nRUN true\n'],
    good: [
      'FROM alpine AS base\nRUN true\n',
      'FROM --platform=${BUILDPLATFORM} alpine AS base\nRUN true\n',
      'FROM --platform=linux/amd64 alpine AS tools_amd64\nFROM --platform=linux/arm64 alpine AS tools_arm64\nFROM tools_${TARGETARCH} AS tools\n',
    ],
  },
  CopyIgnoredFile: {
    bad: ['FROM scratch\nCOPY ./tmp/hello.txt /hello.txt\n', 'FROM scratch\nADD tmp/hello.txt /hello.txt\n'],
    good: ['FROM scratch\nCOPY ./kept/hello.txt /hello.txt\n'],
    setting: { context: { '.dockerignore': 'tmp/*\n', 'tmp/hello.txt': 'a', 'kept/hello.txt': 'a' } },
  },
  InvalidDefinitionDescription: {
    bad: ['# says nothing of it\nFROM scratch AS base\n', 'FROM alpine\n# says nothing of it\nARG VERSION=1\n'],
    good: [
      '# says nothing of it\n\nFROM scratch AS base\n\n# nor this\n\nARG VERSION=1\n',
      '# base is where sources are compiled\nFROM scratch AS base\n# VERSION of the program\nARG VERSION=1\n',
    ],
  },
  ExposeProtoCasing: { bad: ['FROM alpine\nEXPOSE 80/TcP\n'], good: ['FROM alpine\nEXPOSE 80/tcp\n'] },
  ExposeInvalidFormat: {
    bad: ['FROM alpine\nEXPOSE 127.0.0.1:80:80\n', 'FROM alpine\nEXPOSE 80:80\n'],
    good: ['FROM alpine\nEXPOSE 80\n', 'FROM alpine\nEXPOSE 80/udp 8000-8010\n'],
  },
}

describe('the checks of BuildKit', () => {
  for (const [name, { bad, good, setting = {} }] of Object.entries(checks)) {
    const [{ id } = { id: 'no rule' }, ...more] = rules.filter(({ aliases }) => aliases.includes(`buildkit:${name}`))
    const fires = (text: string): boolean =>
      lintText(text, setting, { severities: { [id]: 'warning' }, trials: 0 }).findings.some(({ rule }) => rule === id)
    it(`${name} is ${id}`, () => {
      expect(more).to.deep.equal([])
      expect(
        bad.filter((text) => !fires(text)),
        'silent on',
      ).to.deep.equal([])
      expect(good.filter(fires), 'fires on').to.deep.equal([])
    })
  }

  it('are all known, but for the one that needs the platforms of an image', () => {
    const known = rules.flatMap(({ aliases }) => aliases.filter((one) => one.startsWith('buildkit:')))
    expect([...known].sort()).to.deep.equal(
      [...Object.keys(checks), 'InvalidBaseImagePlatform'].map((name) => `buildkit:${name}`).sort(),
    )
  })
})
