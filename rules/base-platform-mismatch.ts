import { rule, wordsOf } from '../lib/rule.ts'

/** Namespaces of Docker Hub that hold the official images of one architecture. */
const namespaces: Readonly<Record<string, string>> = {
  amd64: 'amd64',
  arm32v5: 'arm',
  arm32v6: 'arm',
  arm32v7: 'arm',
  arm64v8: 'arm64',
  i386: '386',
  ppc64le: 'ppc64le',
  riscv64: 'riscv64',
  s390x: 's390x',
}

export default rule({
  id: 'base-platform-mismatch',
  severity: 'info',
  title: 'The base image is for another platform',
  why: `The name of the base tells an architecture that is not the one built for. Its programs run under emulation, or not at
all. The plain name of an official image gives the right one for every platform.`,
  source: 'https://docs.docker.com/reference/build-checks/invalid-base-image-platform/',
  aliases: ['buildkit:InvalidBaseImagePlatform'],
  examples: [{ bad: 'FROM arm64v8/alpine:3.20\n', good: 'FROM alpine:3.20\n' }],
  *check({ stages }) {
    for (const { stage } of stages) {
      const { ground, platform, draft } = stage
      if (ground.kind !== 'image') continue
      const [space = '', name] = ground.ref.replace(/^docker\.io\//, '').split('/')
      const arch = name !== undefined && Object.hasOwn(namespaces, space) ? namespaces[space] : undefined
      if (arch === undefined || arch === platform.arch) continue
      yield {
        at: wordsOf(draft.from)[0] ?? draft.from,
        says: `${ground.ref} is for ${arch}, the stage for ${platform.os}/${platform.arch}`,
      }
    }
  },
})
