/**
 * `npm run bench`: how long things take on this machine. Prints medians; what counts are the ratios, since they change less
 * from one machine to the next. Nothing here passes or fails. `npm run bench images` or `predictions`: only those.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { predict } from '../lib/analyze.ts'
import { catalogue } from '../lib/bases/catalogue.ts'
import { chooseBuilder } from '../lib/builders/choose.ts'
import type { Given } from '../lib/model.ts'
import { benchImages } from './bench-images.ts'
import { benchLint } from './bench-lint.ts'
import { corpusDockerfiles, notAtHand } from './tools/corpus.ts'
import { growing, grown } from './tools/growing.ts'
import { plainGiven } from './tools/predict.ts'
import { root } from './tools/truth.ts'

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!

/** Milliseconds of one call. */
function timed(action: () => unknown): number {
  const start = performance.now()
  action()
  return performance.now() - start
}

const line = (what: string, milliseconds: number, more = ''): void =>
  console.log(`${what.padEnd(46)}${milliseconds.toFixed(1).padStart(10)} ms  ${more}`)

console.log(
  `${cpus()[0]?.model.trim()} × ${cpus().length}, ${Math.round(totalmem() / 1e9)} GB, Node ${process.versions.node}\n`,
)

const folder = mkdtempSync(join(tmpdir(), 'stratigraph-bench-'))
try {
  const [only] = process.argv.slice(2)
  if (only !== 'images') {
    startUp()
    benchLint(folder, line)
    planning()
    long()
    twiceAsLong()
  }
  if (only !== 'predictions') benchImages(folder)
} finally {
  rmSync(folder, { recursive: true })
}

/** Whole processes, taken in turns so that a busy machine is busy for all of them. */
function startUp(): void {
  const program = join(root, 'dist/stratigraph.cjs')
  const file = join(folder, 'Dockerfile')
  writeFileSync(file, 'FROM alpine:3.20\nRUN apk add --no-cache curl && rm -rf /tmp/*\nCOPY . /app\nCMD ["/app/run"]\n')
  const runs = {
    'node -e 0': ['-e', '0'],
    'stratigraph --version': [program, '--version'],
    'stratigraph history, one Dockerfile': [program, 'history', file],
    'stratigraph history --help': [program, 'history', '--help'],
  }
  const taken = new Map<string, number[]>(Object.keys(runs).map((name) => [name, []]))
  for (let round = 0; round < 31; round++)
    for (const [name, argv] of Object.entries(runs))
      taken.get(name)!.push(timed(() => spawnSync(process.execPath, argv, { stdio: 'ignore' })))
  const bare = median(taken.get('node -e 0')!)
  for (const [name, all] of taken) line(name, median(all), `${(median(all) / bare).toFixed(2)} × node`)
}

/** Predictions in one process, warm. */
function planning(): void {
  const files = corpusDockerfiles()
  if (files.length === 0) {
    console.log(notAtHand('dockerfiles'))
    return
  }
  for (const name of ['buildkit', 'classic', 'buildah']) {
    const given: Given = plainGiven(chooseBuilder(name), { base: catalogue })
    const all = () => {
      for (const { text } of files) predict(text, given)
    }
    all()
    const took = median(Array.from({ length: 5 }, () => timed(all)))
    line(
      `predict ${files.length} real Dockerfiles, ${name}`,
      took,
      `${Math.round((files.length / took) * 1000)} a second`,
    )
  }
}

/** Input of a size that nobody writes: time has to grow with its length, not with its square. */
function long(): void {
  const given = plainGiven(chooseBuilder('buildkit'))
  const shapes: Readonly<Record<string, (bytes: number) => string>> = {
    'one long RUN': (bytes) => `FROM scratch\nRUN ${'echo a-word && \\\n  '.repeat(bytes / 18)}true\n`,
    'many ENV': (bytes) => `FROM scratch\n${'ENV NAME=value-of-it\n'.repeat(bytes / 21)}`,
    'one heredoc': (bytes) => `FROM scratch\nRUN <<EOF\n${'echo some more text\n'.repeat(bytes / 20)}EOF\n`,
    'many stages': (bytes) => `${'FROM scratch AS a\nCOPY b /c\n'.repeat(bytes / 29)}FROM a\n`,
  }
  for (const [name, make] of Object.entries(shapes)) {
    const [short, whole] = [1, 5].map((megabytes) => timed(() => predict(make(megabytes << 20), given)))
    line(`predict 5 MB: ${name}`, whole!, `${(whole! / short!).toFixed(1)} × that of 1 MB`)
  }
  const many: Readonly<Record<string, (index: number) => string>> = {
    RUN: () => 'RUN apk add curl && rm -rf /tmp/x\n',
    COPY: (index) => `COPY a /d/f${index}\n`,
    WORKDIR: () => 'WORKDIR a\n',
    'FROM the one before': (index) => `FROM s${index} AS s${index + 1}\nCOPY a /a\n`,
  }
  for (const [name, make] of Object.entries(many)) {
    const [few, all] = [250, 1000].map((count) =>
      timed(() => predict(`FROM scratch AS s0\n${Array.from({ length: count }, (_, i) => make(i)).join('')}`, given)),
    )
    line(`predict 1,000 × ${name}`, all!, `${(all! / few!).toFixed(1)} × that of 250`)
  }
}

/** Every shape that grows, at some length and at twice that; those in which more than the length doubles. */
function twiceAsLong(): void {
  const given = plainGiven(chooseBuilder('buildkit'), { base: catalogue })
  const names = Object.keys(growing)
  let steady = 0
  for (const name of names) {
    const times = [10, 200, 400].map((count) => {
      const { text, context } = grown(name, count)
      return timed(() => predict(text, { ...given, context }))
    })
    const ratio = times[2]! / times[1]!
    if (ratio < 3 || times[2]! < 200) steady++
    else line(`predict 400 × ${name}`, times[2]!, `${ratio.toFixed(1)} × that of 200`)
  }
  console.log(`${steady} of ${names.length} shapes that grow take at most three times as long when twice as long`)
}
