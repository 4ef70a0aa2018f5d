import { expect } from 'chai'
import { truthBase, truthRunBase } from './truth-bases.ts'

describe('the bases of the recorded builds', () => {
  it('busybox:local is one layer with every file', function () {
    const base = truthBase('localhost/busybox:local')
    if (base === undefined) return this.skip()
    expect(base.layers?.length).to.equal(1)
    expect(base.rows[0]?.sizes).to.deep.equal({
      classic: 1982382,
      buildkit: 1982382,
      tar: 1982256,
      containerd: 1998848,
      podman: 1996800,
    })
    expect(base.facts.files?.['/bin/sh']?.link).to.equal('busybox')
    expect(base.layers?.[0]?.entries[0]).to.include({ path: '/', type: 'dir', mode: 0o755 })
  })

  it('rich:local knows its accounts and its three layers', function () {
    const base = truthBase('rich:local')
    if (base === undefined) return this.skip()
    expect(base.facts.accounts).to.deep.equal({
      users: { root: [0, 0], app: [1001, 1002] },
      groups: { root: 0, app: 1002, users: 100 },
    })
    expect(base.rows.map((row) => row.sizes?.podman ?? 0).filter((bytes) => bytes > 0)).to.deep.equal([
      1996800, 5632, 2560,
    ])
    expect(base.config.User).to.equal('app')
  })

  it('onbuild:local has its triggers', function () {
    const base = truthBase('onbuild:local')
    if (base === undefined) return this.skip()
    expect(base.config.OnBuild?.length).to.equal(4)
  })

  it('a stand-in has the packages of what it was made from', function () {
    const base = truthRunBase('node:20-slim-local')
    if (base === undefined) return this.skip()
    expect(base.facts.packages?.apt?.version).to.equal('2.6.1')
    expect(base.facts.aptLists?.bytes).to.equal(151075 + 55403 + 34770 + 18840233 + 11648 + 759606)
    expect(base.rows[0]?.size.bytes).to.equal(184088076)
  })

  it('knows no other name', () => {
    expect(truthBase('alpine:3.20')).to.equal(undefined)
    expect(truthRunBase('constructor')).to.equal(undefined)
  })
})
