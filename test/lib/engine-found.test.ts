/** What engines did with random Dockerfiles: seen with Docker 20.10.24 and Buildah 1.28.2, on busybox and on rich:local. */

import { expect } from 'chai'
import { predict } from '../../lib/analyze.ts'
import { chooseBuilder } from '../../lib/builders/choose.ts'
import { plainGiven } from '../tools/predict.ts'
import { truthBase } from '../tools/truth-bases.ts'

const classic = 'classic@20.10'
const buildkit = 'docker@20.10'
const buildah = 'buildah@1.28'

const made = (builder: string, dockerfile: string, buildArgs: Readonly<Record<string, string>> = {}) =>
  predict(dockerfile, plainGiven(chooseBuilder(builder), { buildArgs, base: truthBase }))

describe('what engines did', () => {
  const refusals: readonly (readonly [builder: string, dockerfile: string, refused: boolean])[] = [
    [classic, 'FROM busybox:local\nVOLUME ["/a", "\\\\"]\n', true], // a lone escape becomes nothing
    [buildkit, 'FROM busybox:local\nVOLUME $NOPE\n', true],
    [buildah, 'FROM busybox:local\nVOLUME ["$NOPE"]\n', true],
    [classic, 'FROM busybox:local\nWORKDIR $NOPE\n', true],
    [buildkit, 'FROM busybox:local\nWORKDIR $NOPE\n', false],
    [classic, 'FROM Upper\n', true],
    [buildkit, 'FROM busybox:local AS Y\nFROM Y\n', true], // names are kept in lower case, and compared as written
    [classic, 'FROM busybox:local AS Y\nFROM Y\n', false],
    [classic, 'FROM busybox:local\nRUN echo x > /f\nWORKDIR /f\n', true],
    [buildkit, 'FROM busybox:local\nRUN echo x > /f\nWORKDIR /f/g\n', true],
    [buildkit, 'FROM busybox:local\nUSER app\nWORKDIR /w\n', true], // there is no /etc/passwd to ask
    [buildkit, 'FROM rich:local\nUSER app\nWORKDIR /w\n', false],
    [classic, 'FROM busybox:local\nUSER app\nWORKDIR /w\n', false],
    [classic, 'FROM busybox:local\nRUN echo x > /f\nVOLUME /f\n', true],
    [buildkit, 'FROM busybox:local\nRUN echo x > /f\nVOLUME /f\n', false],
    // Buildah reads an instruction when it is its turn, and builds no stage that is not needed.
    [buildah, 'FROM busybox:local\nVOLUME []\nFROM busybox:local\nLABEL a=b\n', false],
    [buildah, 'FROM busybox:local\nHEALTHCHECK --retries=0 CMD z\nFROM busybox:local\n', false],
    [buildah, 'FROM busybox:local AS x\nVOLUME []\nFROM x\n', true],
    [buildkit, 'FROM busybox:local\nVOLUME []\nFROM busybox:local\n', true],
    [buildah, 'FROM busybox:local\nVOLUME [],\n', true], // what follows an array does not count
  ]
  for (const [builder, dockerfile, refused] of refusals)
    it(`${builder} ${refused ? 'refuses' : 'takes'} ${JSON.stringify(dockerfile)}`, () =>
      expect(made(builder, dockerfile).refused !== null).to.equal(refused))

  it('classic keeps the options of the health check below', () => {
    const below = 'FROM rich:local\nHEALTHCHECK NONE\n'
    expect(made(classic, below).image.config.Healthcheck).to.deep.equal({ Test: ['NONE'], Interval: 10_000_000_000 })
    expect(made(buildkit, below).image.config.Healthcheck).to.deep.equal({ Test: ['NONE'] })
  })

  it('Buildah takes an array in front of other text as a command', () => {
    const { config } = made(buildah, 'FROM busybox:local\nENTRYPOINT ["j"] \\$A\nCMD ["x"] y\n').image
    expect([config.Entrypoint, config.Cmd]).to.deep.equal([['j'], ['x']])
  })

  it('Buildah puts a PATH that the base lacks in front', () => {
    const { config } = made(buildah, 'FROM busybox:local\nENV A=1\nENV PATH=/p\nENV A=2 B=1\n').image
    expect(config.Env).to.deep.equal(['PATH=/p', 'A=2', 'B=1'])
    expect(made(buildah, 'FROM rich:local\nENV PATH=/x\n').image.config.Env).to.deep.equal(['RICH=yes', 'PATH=/x'])
  })

  it('Buildah names given proxies in ARG rows', () => {
    const { rows } = made(buildah, 'FROM busybox:local\nARG B\n', { HTTP_PROXY: 'x' }).image
    expect(rows.at(-1)?.createdBy).to.equal('/bin/sh -c #(nop) ARG HTTP_PROXY')
  })

  const entries: readonly (readonly [builder: string, dockerfile: string, last: readonly string[]])[] = [
    [
      buildah,
      'FROM busybox:local\nUSER 5\nWORKDIR /w\nRUN true\n',
      ['/dev 0:0', '/etc 0:0', '/proc 0:0', '/run 0:0', '/sys 0:0', '/w 5:5'],
    ],
    [
      classic,
      'FROM busybox:local\nUSER 5:6\nRUN echo x > /g; mkdir /d || echo no > /tmp/no\n',
      ['/tmp 0:0', '/tmp/no 5:6'],
    ],
    [
      classic,
      'FROM busybox:local\nRUN echo a > /f; mkdir /d; echo b > /d/e; chmod 666 /f; chown 5 /d; echo q > /tmp/r\nUSER 5\n' +
        'RUN echo c >> /f; rm /d/e; rm -f /f; chmod 600 /f; rm -f /tmp/r; mv /d /tmp/d\n',
      ['/d 5:0', '/d/e null:null', '/f 0:0'],
    ],
  ]
  for (const [builder, dockerfile, last] of entries)
    it(`${builder} stores ${last.join(', ')} for ${JSON.stringify(dockerfile)}`, () => {
      const own = made(builder, dockerfile).image.layers.at(-1)?.entries ?? []
      expect(
        own.map(({ path, uid, gid }) => `${path} ${uid}:${gid}`).filter((line) => !line.startsWith('/etc/')),
      ).to.deep.equal(last)
    })
})
