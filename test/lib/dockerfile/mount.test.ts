import { expect } from 'chai'
import { chooseBuilder } from '../../../lib/builders/choose.ts'
import { predict } from '../../../lib/index.ts'

/** What BuildKit of Docker 28.5 said, and that of 20.10 where it differs; null: it begins to build. */
const values: readonly (readonly [value: string, newer: string | null, older?: string | null])[] = [
  ['type=foo,target=/x', 'unsupported mount type "foo"'],
  ['type=bind,foo=bar', "unexpected key 'foo' in 'foo=bar' (did you mean from?)", "unexpected key 'foo' in 'foo=bar'"],
  ['type=bnd', 'unsupported mount type "bnd" (did you mean bind?)', 'unsupported mount type "bnd"'],
  [
    'type=cache,targe=/x',
    "unexpected key 'targe' in 'targe=/x' (did you mean target?)",
    "unexpected key 'targe' in 'targe=/x'",
  ],
  ['type=tmpfs', 'invalid mount target "/"'],
  ['type=bind', 'invalid mount target "/"'],
  ['type=cache', 'invalid mount target "/"'],
  ['type=cache,target=/', 'invalid mount target "/"'],
  ['type=bind,target=.', 'invalid mount target "/"'],
  ['type=secret', 'invalid secret mount. one of source, target required'],
  ['type=secret,required=maybe,id=a', 'invalid value for required: maybe'],
  ['type=secret,id=a,source=b', "both source and id can't be set"],
  ['type=secret,id=a,uid=x', 'invalid value x for uid'],
  ['type=secret,id=a', null],
  ['type=secret,id=a,env=X', null, "unexpected key 'env' in 'env=X'"],
  ['type=ssh,mode=9', 'invalid value 9 for mode'],
  ['type=ssh', null],
  ['type=cache,target=/x,sharing=bad', 'unsupported sharing value "bad"'],
  ['type=bind,target=/x,sharing=locked', 'invalid cache sharing set for bind mount'],
  ['type=tmpfs,target=/x,size=abc', 'invalid value for size: abc', "unexpected key 'size' in 'size=abc'"],
  ['type=bind,target=/x,size=1m', "unexpected key 'size' for mount type 'bind'", "unexpected key 'size' in 'size=1m'"],
  ['target', "invalid field 'target' must be a key=value pair"],
  ['ro,target', "invalid field 'target' must be a key=value pair"],
  ['type=cache,target=/x,mode=99', 'invalid value 99 for mode'],
  ['type=bind,target=/x,mode=0755', 'mode not allowed for "bind" type mounts'],
  ['type=bind,target=/x,uid=1', 'uid not allowed for "bind" type mounts'],
  ['type=bind,target=/x,ro=perhaps', 'invalid value for ro: perhaps'],
  ['type=bind,target=/x,required', "unexpected key 'required' for mount type 'bind'"],
  ['type=cache,target=/x,required=true', "unexpected key 'required' for mount type 'cache'"],
  ['type=cache,Target=/x,ID=3', null],
  ['type=bind,target=/x,', "invalid field '' must be a key=value pair"],
]

const refusal = (text: string, name: string): string | null =>
  predict(text, { builder: chooseBuilder(name) }).refused?.message ?? null

describe('RUN --mount', () => {
  for (const [value, newer, older = newer] of values)
    it(value, () => {
      const text = `FROM scratch\nRUN --mount=${value} ["/true"]\n`
      expect(refusal(text, 'docker@28.5')).to.equal(newer)
      expect(refusal(text, 'docker@20.10')).to.equal(older)
    })

  // Buildah looks at the type and, in older versions, at where the target begins. (recorded: mount-types, mount-relative)
  const buildahs: readonly (readonly [value: string, old: string | null, recent: string | null])[] = [
    ['type=nope,target=/x', 'invalid mount type "nope"', 'invalid mount type "nope"'],
    ['type=bind,target=x', 'invalid container path "x", must be an absolute path', null],
    ['type=bind,target=/x,uid=1', 'uid: invalid mount option', 'uid: invalid mount option'],
    ['type=tmpfs,target=/x,size=1m', 'size: invalid mount option', 'size: invalid mount option'],
    ['type=tmpfs,target=/x,rw', 'rw: invalid mount option', 'rw: invalid mount option'],
    ['type=bind,target=/x,rw=true', null, 'rw: must not provide an argument for option'],
    ['type=cache,target=/x,rw', `invalid options "rw, shared, rw, bind", can only specify 1 'rw' or 'ro' option`, null],
    ['type=cache,target=/x,mode=0755,sharing=locked', null, null],
    ['type=bind', null, null],
  ]
  for (const [value, old, recent] of buildahs)
    it(`of Buildah: ${value}`, () => {
      const text = `FROM scratch\nRUN --mount=${value} ["/true"]\n`
      expect(refusal(text, 'buildah@1.28')).to.equal(old)
      expect(refusal(text, 'buildah@1.43')).to.equal(recent)
    })

  it('stands below the working folder', () =>
    expect(refusal('FROM scratch\nWORKDIR /x\nRUN --mount=type=bind ["/true"]\n', 'docker@28.5')).to.equal(null))

  it('is judged as it is expanded, and where it is built', () => {
    const text =
      'ARG t=cache\nFROM scratch AS a\nARG t\nARG where\nRUN --mount=type=$t,target=$where ["/true"]\nFROM scratch\n'
    expect(refusal(text, 'docker@28.5')).to.equal(null)
    expect(refusal(text.replace(/FROM scratch\n$/, ''), 'docker@28.5')).to.equal('invalid mount target "/"')
  })
})
