import { expect } from 'chai'
import { configOfRows } from '../../../lib/bases/config-of-rows.ts'
import type { ImageConfig } from '../../../lib/model.ts'

const buildkit = (...texts: readonly string[]) =>
  texts.map((createdBy) => ({ createdBy, comment: 'buildkit.dockerfile.v0' }))
const plain = (...texts: readonly string[]) => texts.map((createdBy) => ({ createdBy, comment: '' }))
const classic = (...texts: readonly string[]) => plain(...texts.map((text) => `/bin/sh -c #(nop)  ${text}`))
const buildah = (...texts: readonly string[]) => plain(...texts.map((text) => `/bin/sh -c #(nop) ${text}`))
const imported = { createdBy: '', comment: 'Imported from -' }
const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

describe('configOfRows', () => {
  const cases: readonly (readonly [
    what: string,
    rows: readonly { createdBy: string; comment: string }[],
    config: ImageConfig,
  ])[] = [
    ['an import says nothing', [imported], {}],
    ['no rows', [], {}],
    ['two variables in a row', buildkit('ENV A=1 B=2'), { Env: [path, 'A=1', 'B=2'], WorkingDir: '/' }],
    ['a blank in a value', classic('ENV A=one two B=3'), { Env: [path, 'A=one two', 'B=3'] }],
    ['a value with an equals sign', classic('ENV A=-Dx=y -Xmx=1'), { Env: [path, 'A=-Dx=y -Xmx=1'] }],
    ['PATH keeps its place', classic('ENV A=1 PATH=/x'), { Env: ['PATH=/x', 'A=1'] }],
    ['labels', classic('LABEL org.x/y-z=a b c=d'), { Env: [path], Labels: { 'org.x/y-z': 'a b', c: 'd' } }],
    ['commands', classic('CMD ["a" "b \\"c\\" \\u00e9\\x07"]'), { Env: [path], Cmd: ['a', 'b "c" é\x07'] }],
    ['an old USER', classic('USER [app]', 'STOPSIGNAL [SIGQUIT]'), { Env: [path], User: 'app', StopSignal: 'SIGQUIT' }],
    [
      'ports',
      classic('EXPOSE 80 53/udp 7000-7001/TCP'),
      { Env: [path], ExposedPorts: { '53/udp': {}, '7000/tcp': {}, '7001/tcp': {}, '80/tcp': {} } },
    ],
    [
      'ports as a map and as a list',
      buildkit('EXPOSE map[80/tcp:{} 81/tcp:{}]', 'EXPOSE [82/tcp 82/tcp]'),
      { Env: [path], ExposedPorts: { '80/tcp': {}, '81/tcp': {}, '82/tcp': {} }, WorkingDir: '/' },
    ],
    ['volumes', classic('VOLUME [/a /b c]'), { Env: [path], Volumes: { '/a': {}, '/b c': {} } }],
    [
      'a shell',
      classic('SHELL [/bin/bash -o pipefail -c]'),
      { Env: [path], Shell: ['/bin/bash', '-o', 'pipefail', '-c'] },
    ],
    [
      'a health check of three numbers',
      classic('HEALTHCHECK &{["CMD-SHELL" "true"] "10s" "0s" "500ms" \'\\x05\'}'),
      { Env: [path], Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: 1e10, StartPeriod: 5e8, Retries: 5 } },
    ],
    [
      'a health check of four numbers',
      classic('HEALTHCHECK &{["CMD" "a"] "1m30s" "0s" "2h0m0s" "1s" \'\\x00\'}'),
      { Env: [path], Healthcheck: { Test: ['CMD', 'a'], Interval: 9e10, StartPeriod: 7.2e12, StartInterval: 1e9 } },
    ],
    [
      'a health check with names',
      buildkit(
        'HEALTHCHECK {Test:[CMD-SHELL a || b] Interval:30s Timeout:3s StartPeriod:0s StartInterval:0s Retries:3}',
      ),
      {
        Env: [path],
        Healthcheck: { Test: ['CMD-SHELL', 'a || b'], Interval: 3e10, Timeout: 3e9, Retries: 3 },
        WorkingDir: '/',
      },
    ],
    [
      'no health check',
      classic('HEALTHCHECK &{["NONE"] "0s" "0s" "0s" \'\\x00\'}'),
      { Env: [path], Healthcheck: { Test: ['NONE'] } },
    ],
    ['CMD by BuildKit', [imported, ...buildkit('CMD ["a"]')], { Env: [path], Cmd: ['a'], ArgsEscaped: true }],
    [
      'ENTRYPOINT clears what came from below',
      classic('CMD ["bash"]').concat(buildkit('ENV A=1', 'ENTRYPOINT ["/e"]')),
      { Env: [path, 'A=1'], Entrypoint: ['/e'] },
    ],
    [
      'ENTRYPOINT keeps the CMD of its stage',
      classic('ENV A=1', 'CMD ["x"]', 'ENTRYPOINT ["/e"]'),
      { Env: [path, 'A=1'], Entrypoint: ['/e'], Cmd: ['x'] },
    ],
    ['triggers', classic('ONBUILD COPY . /src'), { Env: [path], OnBuild: ['COPY . /src'] }],
    ['triggers that have run', classic('ONBUILD ARG A=1', 'CMD ["x"]', 'ARG A=1'), { Env: [path], Cmd: ['x'] }],
    [
      'lines as Buildah keeps them',
      [imported, ...buildah('ENV A="x y" B=z', 'env C="$A!"', 'WORKDIR /srv', 'WORKDIR ../opt/$B', 'ENV D e  f')],
      { Env: [path, 'A=x y', 'B=z', 'C=x y!', 'D=e  f'], WorkingDir: '/opt/z' },
    ],
    [
      'what OCI has no place for',
      classic('SHELL [/bin/bash -c]', 'ONBUILD RUN x').concat(buildah('CMD echo hi', 'ONBUILD RUN y')),
      { Env: [path], Cmd: ['/bin/sh', '-c', 'echo hi'] },
    ],
    ['Buildah CMD as an array', buildah('CMD ["npm", "start"]'), { Env: [path], Cmd: ['npm', 'start'] }],
    [
      'a Debian root file system',
      [{ createdBy: "# debian.sh --arch 'amd64' out/ 'trixie' '@1785715200'", comment: 'debuerreotype 0.17' }],
      { Env: [path], Cmd: ['bash'] },
    ],
    ['Windows has no PATH of ours', plain('Apply image 10.0.14393.0'), {}],
    ['odd text', plain('ENV', '#(nop) ', '/bin/sh -c #(nop)  ENV', 'FOO bar', '\u0000'), { Env: [path] }],
  ]
  for (const [what, rows, config] of cases) it(what, () => expect(configOfRows(rows).config).to.deep.equal(config))

  it('tells the author', () => expect(configOfRows(classic('MAINTAINER A <a@b>')).author).to.equal('A <a@b>'))
})
