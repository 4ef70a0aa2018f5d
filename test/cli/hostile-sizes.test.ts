/** Images that claim to be large: what nobody needs is not read, and memory does not follow the claim. */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { run } from '../../cli/program.ts'
import { writeHoles, writeImage } from '../tools/holes.ts'
import { dockerArchive } from '../tools/image.ts'
import { runProcess } from '../tools/process.ts'
import { type Member, sparseMember, tar } from '../tools/tar.ts'
import { folderWith } from './folder.ts'
import { recordedWorld } from './world.ts'

const eightGigabytes = 8 * 2 ** 30

describe('images that claim to be large', () => {
  let folder = ''
  before(() => {
    folder = folderWith({
      'sparse.tar': dockerArchive({ layers: [tar([sparseMember('a', eightGigabytes, 8)])], history: [{}] }),
    })
    writeHoles(join(folder, 'manifest.tar'), [{ name: 'manifest.json', size: 2 ** 30 }])
    writeHoles(join(folder, 'config.tar'), [
      { name: 'config.json', size: 2 ** 30 },
      { name: 'manifest.json', data: '[{"Config":"config.json","Layers":[]}]' },
    ])
    writeHoles(join(folder, 'index.tar'), [
      { name: 'oci-layout', data: '{"imageLayoutVersion":"1.0.0"}' },
      { name: 'index.json', size: 2 ** 30 },
    ])
    writeImage(join(folder, 'eight.tar'), { name: 'big', size: eightGigabytes })
  })

  /** Node alone has about 45, and newer releases keep more code beside. */
  const enough = 150
  const inside = async (...argv: readonly string[]) => {
    const world = recordedWorld(folder)
    return { code: await run(argv, world), out: world.printed(), err: world.complained() }
  }
  const refusal = (what: string): RegExp =>
    new RegExp(`^stratigraph: ${what}\\.tar: ${what}\\.json: 1073741824 bytes are too many.*\\n$`)

  it('a gigabyte of manifest: one line, and nothing of it is read', () => {
    const before = readdirSync(folder)
    const { code, out, err, megabytes } = runProcess(folder, ['squash', 'manifest.tar', '-o', 'out'])
    expect(err).to.match(refusal('manifest'))
    expect([code, out, readdirSync(folder)]).to.deep.equal([2, '', before])
    expect(megabytes).to.be.below(enough)
  })
  for (const what of ['config', 'index'])
    it(`the same of ${what}`, async () => {
      const { code, out, err } = await inside('base', `${what}.tar`)
      expect(err).to.match(refusal(what))
      expect([code, out]).to.deep.equal([2, ''])
    })

  it('a file of 8 GB is passed over', async () => {
    const { code, out, megabytes } = runProcess(folder, ['waste', 'eight.tar'])
    expect([code, out.includes('8.59GB')]).to.deep.equal([0, true])
    expect(megabytes).to.be.below(enough)
    for (const verb of ['history', 'files']) expect((await inside(verb, 'eight.tar')).out, verb).to.include('8.59GB')
  })

  it('a sparse file of 8 GB is squashed with its holes', async () => {
    const { code, megabytes } = runProcess(folder, ['squash', 'sparse.tar', '-o', 'out.tar'])
    expect([code, statSync(join(folder, 'out.tar')).size < 10_000]).to.deep.equal([0, true])
    expect(megabytes).to.be.below(enough)
    expect((await inside('files', 'out.tar')).out).to.match(/8\.59GB +0 +\/a\n/)
  })

  it('sixty thousand files are squashed without an object of each', () => {
    const files = Array.from({ length: 60_000 }, (_, i): Member => ({ name: `srv/folder${i % 1000}/file${i}` }))
    writeFileSync(join(folder, 'many.tar'), dockerArchive({ layers: [tar(files)], history: [{}] }))
    const { code, megabytes } = runProcess(folder, ['squash', 'many.tar', '-o', 'out.tar'])
    expect(code).to.equal(0)
    expect(megabytes).to.be.below(enough)
  })

  // Engines refuse such a layer too: link(2) finds nothing at that name yet.
  for (const [what, members] of [
    [
      'behind it',
      [
        { name: 'b', type: '1', link: 'a' },
        { name: 'a', data: 'x' },
      ],
    ],
    ['nowhere', [{ name: 'b', type: '1', link: 'a' }]],
  ] as const)
    it(`a hard link to what is ${what}: shown, and not squashed`, async () => {
      writeFileSync(join(folder, 'link.tar'), dockerArchive({ layers: [tar(members)], history: [{}] }))
      expect((await inside('files', 'link.tar')).out).to.match(/\/b => \/a\n/)
      expect(await inside('squash', 'link.tar', '-o', 'not.tar')).to.deep.equal({
        code: 2,
        out: '',
        err: 'stratigraph: link.tar: /b is a hard link to /a, which is not there before it; engines refuse it too\n',
      })
      expect(existsSync(join(folder, 'not.tar'))).to.equal(false)
    })
})
