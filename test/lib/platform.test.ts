import { expect } from 'chai'
import { UserError } from '../../lib/error.ts'
import { parsePlatform, platformText } from '../../lib/platform.ts'

describe('parsePlatform', () => {
  const cases: readonly (readonly [text: string, normal: string])[] = [
    ['linux/amd64', 'linux/amd64'],
    ['Linux/x86_64', 'linux/amd64'],
    ['linux/amd64/v1', 'linux/amd64'],
    ['linux/amd64/v3', 'linux/amd64/v3'],
    ['linux/aarch64', 'linux/arm64'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/arm64/v9', 'linux/arm64/v9'],
    ['linux/arm', 'linux/arm/v7'],
    ['linux/arm/6', 'linux/arm/v6'],
    ['linux/armhf', 'linux/arm/v7'],
    ['linux/armel', 'linux/arm/v6'],
    ['i386', 'linux/386'],
    ['arm64', 'linux/arm64'],
    ['linux', 'linux/amd64'],
    ['windows', 'windows/amd64'],
    ['windows(10.0.17763)/amd64', 'windows/amd64'],
    ['macos/arm64', 'darwin/arm64'],
    ['local', 'linux/amd64'],
    ['wasi/wasm', 'wasi/wasm'],
  ]
  for (const [text, normal] of cases) it(text, () => expect(platformText(parsePlatform(text))).to.equal(normal))
  for (const text of ['', 'vax', 'a/b/c/d', 'linux/', 'linux/amd 64', 'linux/amd64,linux/arm64'])
    it(`refuses ${JSON.stringify(text)}`, () => expect(() => parsePlatform(text)).to.throw(UserError))
})
