/** `npm run data` as a whole, on an archive of a few packages. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'

const packages = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? `lib${'abcde'[i % 5]}${i}` : `tool-${i}`))

const paragraphs = packages.map((name, i) =>
  [
    `Package: ${name}`,
    `Source: ${i % 4 < 2 ? 'one' : 'two'} (1.${i % 3})`,
    `Version: 1.${i % 3}`,
    `Installed-Size: ${20 + i * 7}`,
    `Depends: ${packages[(i * 7 + 3) % 40]}, virtual`,
    ...(i % 5 === 0 ? ['Provides: virtual (= 2)'] : []),
    `Size: ${9000 + i * 311}`,
    'Description: one of many',
  ].join('\n'),
)

const contents = packages.flatMap((name, i) => [
  `usr/share/doc/${name}/changelog.gz main/${name}`,
  `usr/share/doc/${name}/copyright main/${name}`,
  ...Array.from({ length: i % 7 }, (_, n) => `usr/share/locale/l${n}/LC_MESSAGES/${name}.mo main/${name}`),
  i % 2 === 0 ? `usr/lib/x86_64-linux-gnu/${name}.so.1 main/${name}` : `usr/bin/${name} main/${name}`,
])

const measured = packages.slice(0, 25).map((name, i) => {
  const [full, slim] = [11_000 + i * 6500, 9000 + i * 5900]
  const rest = { fullLinks: 20, slimLinks: 10, files: 4, info: 700 + i, conffiles: 0, conffilesBytes: 0, templates: 0 }
  const one = { version: `1.${i % 3}`, full, slim, ...rest, python: 0, control: 300 }
  return JSON.stringify({ file: `${name}.deb`, name, measured: one })
})

/** What a run writes: the table and how near it comes. */
function run(folder: string, lines: readonly string[]): readonly string[] {
  for (const one of ['lists', 'debs', '.cache']) mkdirSync(join(folder, one), { recursive: true })
  writeFileSync(join(folder, 'lists', 'x_main_binary-amd64_Packages'), `${paragraphs.join('\n\n')}\n`)
  writeFileSync(join(folder, 'lists', 'x_main_Contents-amd64.gz'), gzipSync(`${contents.join('\n')}\n`))
  writeFileSync(join(folder, 'debs', 'measured.jsonl'), `${lines.join('\n')}\n`)
  const words = ['small', join(folder, 'lists'), '--debs', join(folder, 'debs'), '--to', folder]
  execFileSync(process.execPath, [join(import.meta.dirname, 'data-apt.js'), ...words], { stdio: 'pipe' })
  return ['lib/data/apt-small.ts', 'test/fixtures/apt/margins-small.tsv'].map((path) =>
    readFileSync(join(folder, path), 'utf8'),
  )
}

describe('making the table of a suite', () => {
  it('two runs write the same bytes, whatever was measured first, and so does a third on what the first one kept', function () {
    this.timeout(120_000)
    const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'stratigraph-data-')))
    try {
      const [first, second] = folders.map((folder, i) => run(folder, i === 0 ? measured : measured.toReversed()))
      const [, told] = /as of .*: (.* were measured)/.exec(first?.[0] ?? '') ?? []
      expect(told).to.equal('40, of which 25 were measured')
      expect(first?.[1]?.split('\n')).to.have.length(26)
      expect(second).to.deep.equal(first)
      expect(run(folders[0]!, measured)).to.deep.equal(first)
    } finally {
      for (const folder of folders) rmSync(folder, { recursive: true })
    }
  })
})
