import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { UserError } from '../../../lib/error.ts'
import { spool } from '../../../lib/image/source.ts'

describe('spool', () => {
  const before = process.env.TMPDIR
  after(() => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  })

  it('says where there is no place for what is set aside', async () => {
    const folder = join(tmpdir(), 'stratigraph-is-not-here')
    process.env.TMPDIR = folder
    const nothing = (async function* (): AsyncGenerator<Buffer> {})()
    const error = await spool('x', nothing).catch((caught: unknown) => caught)
    expect(error)
      .to.be.instanceOf(UserError)
      .with.property('message', `${folder}: no temporary file can be made in it: no such file`)
  })
})
