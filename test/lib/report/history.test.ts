import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { UserError } from '../../../lib/error.ts'
import type { Row } from '../../../lib/model.ts'
import { historyTable } from '../../../lib/report/history.ts'
import type { HistoryView } from '../../../lib/report/history-cells.ts'
import { unpainted } from '../../../lib/report/paint.ts'
import { about, exact, unknown, zero } from '../../../lib/size.ts'
import { clientTables, ourTable, recorded } from '../../tools/client-table.ts'
import type { RecordedTables } from '../../tools/history-table.ts'
import { root, truthCases } from '../../tools/truth.ts'

const plain: HistoryView = {
  format: '',
  trunc: true,
  human: true,
  quiet: false,
  explain: false,
  range: false,
  podman: null,
  image: null,
  now: Date.parse('2026-11-20T16:00:00Z'),
  zone: () => 0,
  eastAsian: false,
  terminal: false,
}

const row = (createdBy: string, more: Partial<Row> = {}): Row => ({
  createdBy,
  comment: '',
  author: '',
  emptyLayer: true,
  created: null,
  layer: null,
  size: zero,
  unpredictable: [],
  origin: { from: 'dockerfile', path: 'Dockerfile', line: 3, endLine: 3, instruction: 'RUN', stage: '0' },
  ...more,
})

/** Newest last, as everywhere. */
const hello: readonly Row[] = [
  row('RUN /bin/sh -c apk add --no-cache bash # buildkit', {
    comment: 'buildkit.dockerfile.v0',
    emptyLayer: false,
    created: '2026-10-10T00:00:00Z',
    size: about(4_170_000, 4_000_000, 4_300_000, 'resolved', 'apk index'),
    origin: { from: 'base', image: 'bash:5' },
  }),
  row('COPY . /app # buildkit', {
    comment: 'buildkit.dockerfile.v0',
    emptyLayer: false,
    size: exact(312, 'build context'),
    origin: { from: 'dockerfile', path: 'Dockerfile', line: 3, endLine: 4, instruction: 'COPY', stage: '0' },
  }),
  row('RUN /bin/sh -c maybe', { emptyLayer: null, size: unknown('maybe is not known', 0) }),
  row('CMD ["/bin/sh" "-c" "/app/hello.sh"]', { comment: 'buildkit.dockerfile.v0' }),
]

const lines = (...all: readonly string[]): string => all.map((line) => `${line}\n`).join('')

describe('history table', () => {
  describe('is what the client printed', () => {
    for (const [name, { client, podman, now, rows, runs }] of clientTables()) {
      for (const run of runs) {
        it(`${name} ${JSON.stringify(run.args)} ${run.locale ?? ''}${run.zone ?? ''}`, () => {
          const [ours, theirs] = [ourTable(rows, run, now, podman ? client : null), recorded(run)]
          expect(ours === null).to.equal(theirs === null)
          if (ours === null) return
          expect(Buffer.from(ours).toString('latin1')).to.equal(Buffer.from(theirs!).toString('latin1'))
        })
      }
    }

    const file = join(root, 'test/fixtures/docker-history/28.2.2.json')
    const { now, images, calls } = JSON.parse(readFileSync(file, 'utf8')) as RecordedTables
    for (const { image, args, stdout } of calls) {
      it(`${image} ${args.join(' ')}`, () => {
        const rows = images[image]!.map(({ createdBy, comment, created, bytes }) =>
          row(createdBy, { comment, created, size: exact(bytes, ''), origin: { from: 'image' } }),
        )
        const table = historyTable(rows, {
          ...plain,
          format: args.includes('--format') ? args.at(-1)! : '',
          trunc: !args.includes('--no-trunc'),
          human: !args.includes('--human=false'),
          quiet: args.includes('-q'),
          image: `sha256:${'f'.repeat(64)}`,
          // The client looked a little later.
          now: Date.parse(now) + 500,
        })
        expect(table).to.equal(stdout)
      })
    }
  })

  it('has the cells that every engine showed in the recorded builds', () => {
    let count = 0
    for (const { name, engines } of truthCases()) {
      for (const [engine, { history, table }] of Object.entries(engines)) {
        if (history === undefined || table === undefined) continue
        const podman = engine.startsWith('buildah') ? (engine.endsWith('1.28') ? '4.3' : '5.8') : null
        const rows = history.map(({ created_by, comment }, index) =>
          row(created_by, { comment, size: exact(table[history.length - 1 - index]!.size, '') }),
        )
        const format =
          podman === null ? '{{json .}}' : '{{range .}}{{json .CreatedBy}} {{json .Comment}}{{println}}{{end}}'
        const shown = historyTable(rows, { ...plain, format, trunc: false, human: false, podman })
          .trimEnd()
          .split('\n')
        for (const [index, { created_by, size, comment }] of table.entries()) {
          const theirs =
            podman === null
              ? { CreatedBy: created_by, Size: String(size), Comment: comment }
              : `${JSON.stringify(created_by)} ${JSON.stringify(comment)}`
          const ours = podman === null ? (JSON.parse(shown[index]!) as object) : shown[index]
          if (podman === null) expect(ours, `${name} ${engine}`).to.include(theirs)
          else expect(ours, `${name} ${engine}`).to.equal(theirs)
          count++
        }
      }
    }
    expect(count).to.be.greaterThan(1000)
  })

  it('a prediction: ids, times and sizes that nobody knows yet', () => {
    expect(historyTable(hello, plain)).to.equal(
      lines(
        'IMAGE         CREATED       CREATED BY                                      SIZE      COMMENT',
        '<predicted>                 CMD ["/bin/sh" "-c" "/app/hello.sh"]            0B        buildkit.dockerfile.v0',
        '<predicted>                 RUN /bin/sh -c maybe                            ?         ',
        '<predicted>                 COPY . /app # buildkit                          312B      buildkit.dockerfile.v0',
        '<missing>     5 weeks ago   RUN /bin/sh -c apk add --no-cache bash # bui…   ~4.17MB   buildkit.dockerfile.v0',
      ),
    )
  })

  it('colours where they are wanted, in the same columns', () => {
    const painted = historyTable(hello, { ...plain, color: true })
    expect(unpainted(painted)).to.equal(historyTable(hello, plain))
    expect(painted).to.include('\u001b[33m~4.17MB\u001b[39m').and.include('\u001b[33m?\u001b[39m')
    expect(painted).to.include('\u001b[2m<missing>\u001b[22m').and.not.include('m312B')
    for (const view of [{ quiet: true }, { format: '{{.Size}}' }, { format: 'json' }])
      expect(historyTable(hello, { ...plain, ...view, color: true })).to.equal(
        historyTable(hello, { ...plain, ...view }),
      )
  })

  const views: readonly (readonly [what: string, view: Partial<HistoryView>, printed: string])[] = [
    ['bytes', { human: false, format: '{{.Size}}' }, lines('0', '?', '312', '~4170000')],
    ['ranges', { range: true, format: '{{.Size}}' }, lines('0B', '?', '312B', '4.00–4.30MB')],
    ['ranges in bytes', { range: true, human: false, format: '{{.Size}}' }, lines('0', '?', '312', '4000000–4300000')],
    ['ids only', { quiet: true }, lines('<predicted>', '<predicted>', '<predicted>', '<missing>')],
    [
      'what we know besides',
      { explain: true, format: 'table {{.Line}}\t{{.Kind}}\t{{.Basis}}' },
      lines(
        'LINE      KIND                           BASIS',
        '3         metadata                       exact (stores nothing)',
        '3         depends (maybe is not known)   unknown (maybe is not known)',
        '3-4       layer                          exact (build context)',
        '          layer                          resolved (apk index)',
      ),
    ],
  ]
  for (const [what, view, printed] of views) {
    it(what, () => expect(historyTable(hello, { ...plain, ...view })).to.equal(printed))
  }

  it('the images that an engine keeps of its steps', () => {
    const rows = [row('a', { origin: { from: 'image', id: 'sha256:1' } }), row('b', { origin: { from: 'image' } })]
    const ids = historyTable([...rows, rows[0]!], { ...plain, image: 'sha256:2', format: '{{.ID}}', trunc: false })
    expect(ids).to.equal(lines('sha256:2', '<missing>', 'sha256:1'))
  })

  it('explained: three more columns and a line of totals', () => {
    const table = historyTable(hello, { ...plain, explain: true }).split('\n')
    expect(table[0]).to.match(/^IMAGE +CREATED +CREATED BY +SIZE +COMMENT +LINE +KIND +BASIS$/)
    expect(table[3]).to.match(/ 312B +buildkit\.dockerfile\.v0 +3-4 +layer +exact \(build context\)$/)
    const footer = '4 rows, 2 layers and perhaps 1 more, at least 4MB, 1 row of unknown size'
    expect(table.slice(-3)).to.deep.equal(['', footer, ''])
    expect(historyTable(hello.slice(0, 2), { ...plain, explain: true })).to.match(
      /\n\n2 rows, 2 layers, ~4\.17MB \(resolved, 4\.00–4\.30MB\)\n$/,
    )
    expect(historyTable(hello.slice(1, 2), { ...plain, explain: true })).to.match(
      /\n\n1 row, 1 layer, 312B \(exact\)\n$/,
    )
  })

  it('a terminal gets no control characters', () => {
    const rows = [row('RUN \x1b[31m\x07\x9b \r\v\f\u202e\ttab\nnewline', { comment: '\x1b]0;x\x07' })]
    const table = historyTable(rows, { ...plain, terminal: true, trunc: false })
    expect(table).to.contain('RUN \\u001b[31m\\u0007\\u009b \\u000d\\u000b\\u000c\\u202e tab\nnewline')
    expect(table)
      .to.contain('\\u001b]0;x\\u0007')
      .and.to.not.match(/[^\P{Cc}\n]/u)
    const json = historyTable(rows, { ...plain, terminal: true, format: '{{json .}}' })
    expect(JSON.parse(json)).to.include({ Comment: '\x1b]0;x\x07' })
    expect(json).to.not.match(/[^\P{Cc}\n]/u)
  })

  it('a wrong template is said so, with what there is', () => {
    const wrong = (format: string) => () => historyTable(hello, { ...plain, format })
    expect(wrong('{{.Foo}}')).to.throw(
      UserError,
      '--format: there is no field .Foo; there are .ID .CreatedSince .CreatedAt .CreatedBy .Size .Comment',
    )
    expect(wrong('{{foo .ID}}')).to.throw(UserError, 'there is no function foo')
    expect(wrong('{{.ID')).to.throw(UserError, '{{ without }}')
    expect(wrong(`${'{{if 1}}'.repeat(5000)}x${'{{end}}'.repeat(5000)}`)).to.throw(UserError, 'too deeply nested')
    expect(wrong(`{{${'('.repeat(5000)}1${')'.repeat(5000)}}}`)).to.throw(UserError, 'too deeply nested')
    expect(wrong('{{pad .ID 1000000000 1}}')).to.throw(UserError)
    const loops = '{{range split (pad .ID 9999 0) ""}}'
    expect(wrong(`${loops}{{range split (pad $.ID 9999 0) ""}}x{{end}}{{end}}`)).to.throw(UserError, 'too long')
  })

  it('odd rows do no harm', () => {
    const odd = row('\ud800 a\tb', { comment: '\t'.repeat(50_000), created: 'yesterday' })
    expect(historyTable([odd, row('x')], plain)).to.contain('\ufffd a b')
    const far = row('x', { created: '+275760-09-13T00:00:00Z' })
    expect(historyTable([far], { ...plain, human: false })).to.match(/<predicted> {5,}x/)
  })
})
