/** `waste` of a Dockerfile as a person reads it. */
import { expect } from 'chai'
import { run } from '../../cli/program.ts'
import { folderWith } from './folder.ts'
import { recordedWorld } from './world.ts'

const folder = folderWith({
  'known/Dockerfile': 'FROM scratch\nCOPY a.txt /srv/\nCOPY b.txt /srv/a.txt\n',
  'known/a.txt': 'twelve bytes',
  'known/b.txt': 'others',
  'twice/Dockerfile': 'FROM company/base\nRUN bespoke-tool a\nRUN bespoke-tool b\n',
  'open/Dockerfile': 'FROM company/base\nRUN unzip a.zip -d /srv\nRUN rm -f /srv/x.zip\n',
})

async function waste(argv: string, input?: string): Promise<string> {
  const world = recordedWorld(folder, input === undefined ? {} : { input })
  expect(await run(['waste', ...argv.split(' ')], world)).to.equal(0)
  return world.printed()
}

/** RUN lines, and the lines whose bytes are lost. */
const losses: readonly (readonly [runs: string, writers: readonly string[]])[] = [
  ['unzip a.zip -d /srv\ncurl -o /tmp/b.zip https://b && unzip /tmp/b.zip -d /srv && rm -r /srv/b /tmp/b.zip', ['2']],
  ['apk add git\nunzip /b.zip -d /opt && /opt/b/install && rm -r /opt/b', []],
  ['unzip /a.zip -d /\nunzip /b.zip -d /opt && mv /opt/b-1.2 /opt/b', []],
  ['apk add pwgen nodejs\nrm -f /usr/bin/pw', []],
  ['apk add pwgen\nrm -f /usr/bin/pw', ['2']],
  ['dnf install -y pwgen nodejs\nrm -rf /usr/share/doc', ['2']],
]

describe('waste of a Dockerfile', () => {
  for (const [runs, writers] of losses)
    it(runs.replace('\n', ', then '), async () => {
      const input = `FROM company/base\n${runs.replace(/^/gm, 'RUN ')}\n`
      const found = (await waste('- --no-context', input)).matchAll(/^ {2}written by line (\d)/gm)
      expect([...found].map(([, line]) => line)).to.deep.equal(writers)
    })

  it('the total, the pair with both lines, and what to do', async () => {
    expect(await waste('known')).to.equal(
      [
        '18B in 2 layers, 6B visible, 12B unreachable (66.7%)',
        '',
        '12B  overwritten, 1 file under /srv',
        '  written by line 2 COPY a.txt /srv/ # buildkit',
        '  hidden by  line 3 COPY b.txt /srv/a.txt # buildkit',
        '    12B  /srv/a.txt',
        '',
        'to do first: do the work of line 3 in the instruction that writes, line 2, or write in a stage of its own',
        '',
      ].join('\n'),
    )
  })

  it('what an unknown program stores hides nothing of what it stored before', async () => {
    expect(await waste('twice')).to.match(/^\? in 2 layers, 0B of it unreachable\n.*not listed.*\n$/)
  })

  it('any part of something unknown is a question mark, and nothing to begin with', async () => {
    const out = await waste('open')
    expect(out)
      .to.match(/^\? {2}deleted, .* under \/srv$/m)
      .and.match(/^ {4}\? {2}extracted: a.zip in \/srv$/m)
    expect(out).not.to.match(/0B {2}|to do first/)
  })

  it('in JSON a path has its bytes and their class, and nothing else', async () => {
    const { pairs } = JSON.parse(await waste('open --format json'))
    expect(Object.keys(pairs[0].paths[0])).to.deep.equal(['path', 'bytes', 'class'])
  })
})
