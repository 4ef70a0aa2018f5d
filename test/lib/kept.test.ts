import { expect } from 'chai'
import { predict } from '../../lib/analyze.ts'
import { catalogue } from '../../lib/bases/catalogue.ts'
import { chooseBuilder } from '../../lib/builders/choose.ts'
import { traitsOf } from '../../lib/builders/traits.ts'
import { kept, lazy } from '../../lib/kept.ts'
import { defaultPlatform } from '../../lib/platform.ts'
import { parseScript } from '../../lib/shell/parse.ts'
import { plainGiven } from '../tools/predict.ts'

describe('what is kept', () => {
  it('is made once for a key, and made anew after so many others', () => {
    const made: string[] = []
    const length = kept(2, (key) => made.push(key) && key.length)
    expect(['a', 'bb', 'a', 'bb'].map(length)).to.deep.equal([1, 2, 1, 2])
    expect(made).to.deep.equal(['a', 'bb'])
    length('ccc')
    length('a')
    expect(made).to.deep.equal(['a', 'bb', 'ccc', 'a'])
  })

  it('may be nothing at all', () => {
    let asked = 0
    const nothing = kept(2, () => void asked++)
    expect([nothing('a'), nothing('a'), asked]).to.deep.equal([undefined, undefined, 1])
    const never = lazy(() => void asked++)
    expect([never(), never(), asked]).to.deep.equal([undefined, undefined, 2])
  })

  it('a base and the rules of a builder are the same thing for all who ask', () => {
    for (const ref of ['debian:12', 'node:20-alpine', 'no-such-image']) {
      expect(catalogue(ref, defaultPlatform)).to.equal(catalogue(ref, { ...defaultPlatform }))
    }
    expect(catalogue('debian:12', { ...defaultPlatform, arch: 'arm64' })).not.to.equal(
      catalogue('debian:12', defaultPlatform),
    )
    for (const name of ['buildkit', 'docker@20.10', 'classic@1.12', 'podman@5.0'])
      expect(traitsOf(chooseBuilder(name)), name).to.equal(traitsOf(chooseBuilder(name)))
    expect(parseScript('cp a b && rm c')).to.equal(parseScript('cp a b && rm c'))
    const long = 'true; '.repeat(1000)
    expect(parseScript(long)).not.to.equal(parseScript(long))
    expect(parseScript(long)).to.deep.equal(parseScript(long))
    expect(traitsOf(chooseBuilder('buildkit'))).not.to.equal(traitsOf(chooseBuilder('buildkit@0.20')))
    expect(traitsOf(chooseBuilder('classic@20.10'))).not.to.equal(traitsOf(chooseBuilder('classic@20.10,client=19.03')))
  })

  const text = `FROM debian:12 AS a
RUN apt-get update && apt-get install -y curl python3 && rm -rf /var/lib/apt/lists/* /etc/hostname && useradd x
RUN f() { for i in a b; do echo $i >> /x; done; }; if [ -f /x ]; then f; else ls | sort > /y; fi; case $A in a*) f ;; esac; X=$(cat /x); f "$X" \${B:-c}
RUN chmod -R 700 /etc && mv /usr/bin/env /tmp && echo a >> /etc/passwd && mkdir -p /opt/a && apt-get remove -y curl
COPY --from=debian:12 /etc /copied
FROM a
RUN apt-get install -y git && rm -rf /opt
FROM alpine:3.20
RUN apk add curl && rm -rf /var/cache && adduser -D y
COPY --from=a /opt /opt
`

  it('is never changed by who got it', () => {
    for (const ref of ['debian:12', 'alpine:3.20']) frozen(catalogue(ref, defaultPlatform))
    for (const name of ['buildkit', 'classic', 'podman']) {
      const given = plainGiven(chooseBuilder(name), { base: catalogue, patient: true })
      frozen(traitsOf(given.builder))
      for (const [, script = ''] of text.matchAll(/^RUN (.*)$/gm)) frozen(parseScript(script))
      const first = predict(text, given)
      frozen(first)
      expect(predict(text, given), name).to.deep.equal(first)
    }
  })
})

/** The same, and nobody can change anything in it. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const one of Object.values(value)) frozen(one)
  return value
}
