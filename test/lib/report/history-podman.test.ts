import { expect } from 'chai'
import { UserError } from '../../../lib/error.ts'
import type { Row } from '../../../lib/model.ts'
import { toBytes } from '../../../lib/report/bytes.ts'
import { historyTable } from '../../../lib/report/history.ts'
import type { HistoryView } from '../../../lib/report/history-cells.ts'
import { exact } from '../../../lib/size.ts'

const view: HistoryView = {
  format: '',
  trunc: true,
  human: true,
  quiet: false,
  explain: false,
  range: false,
  podman: '5.8',
  image: `sha256:${'ab'.repeat(32)}`,
  now: Date.parse('2026-11-20T16:00:00Z'),
  zone: () => 60,
  eastAsian: false,
  terminal: false,
}

const row = (createdBy: string, comment: string, created: string, bytes: number): Row => ({
  createdBy,
  comment,
  author: '',
  emptyLayer: bytes === 0,
  created,
  layer: null,
  size: exact(bytes, ''),
  unpredictable: [],
  origin: { from: 'image' },
})

const base = row('/bin/sh -c #(nop) ADD file:01\tin /', '', '2026-11-20T14:30:00.5Z', 1_996_800)
const from = 'FROM localhost/busybox:local'

const lines = (...all: readonly string[]): string => all.map((line) => `${line}\n`).join('')

describe('history table as podman prints it', () => {
  const rows = [base, row('RUN <é>', from, '2026-11-20T15:59:30Z', 0)]
  const id = 'ab'.repeat(32)
  const cases: readonly (readonly [view: Partial<HistoryView>, printed: string])[] = [
    [
      {},
      lines(
        'ID            CREATED            CREATED BY                     SIZE        COMMENT',
        'abababababab  30 seconds ago     RUN <é>                        0B          FROM localhost/busybox:local',
        // A tab is a cell more.
        '<missing>     About an hour ago  /bin/sh -c #(nop) ADD file:01  in /        2MB         ',
      ),
    ],
    [
      { podman: '4.3', format: '{{.Size}} {{.CreatedAt}}' },
      lines('0 B 2026-11-20 15:59:30 +0000 UTC', '2 MB 2026-11-20 14:30:00 +0000 UTC'),
    ],
    [
      { human: false, format: '{{.Size}} {{.Created}} {{.CreatedAt}}' },
      lines('0B 2026-11-20T15:59:30Z 2026-11-20T16:59:30+01:00', '2MB 2026-11-20T14:30:00Z 2026-11-20T15:30:00+01:00'),
    ],
    [{ quiet: true }, lines('abababababab', '<missing>')],
    [{ quiet: true, trunc: false }, lines(id, '<missing>')],
    [{ format: 'table {{.ID}} {{.Size}}' }, lines('ID            SIZE', 'abababababab  0B', '<missing>     2MB')],
    [{ format: '{{range .}}{{.ID}};{{end}}' }, lines('abababababab;<missing>;')],
    [{ format: '{{printf "%s\\n" .ID}}' }, 'abababababab\n<missing>\n'],
    [
      { format: '{{json .}}' },
      lines(
        `{"id":"${id}","created":"2026-11-20T15:59:30Z","CreatedBy":"RUN <é>","size":0,"comment":"${from}"}`,
        '{"id":"<missing>","created":"2026-11-20T14:30:00.5Z","CreatedBy":"/bin/sh -c #(nop) ADD file:01\\tin /","size":1996800}',
      ),
    ],
    [
      { podman: '4.3', format: '{{json .}}', explain: true },
      `[{"id":"${id}","created":"2026-11-20T15:59:30Z","CreatedBy":"RUN \\u003cé\\u003e","size":0,"comment":"${from}","Created":"2026-11-20T15:59:30Z"},{"id":"\\u003cmissing\\u003e","created":"2026-11-20T14:30:00.5Z","CreatedBy":"/bin/sh -c #(nop) ADD file:01\\tin /","size":1996800,"Created":"2026-11-20T14:30:00Z"}]\n`,
    ],
  ]
  for (const [more, printed] of cases) {
    it(JSON.stringify(more), () => expect(historyTable(rows, { ...view, ...more })).to.equal(printed))
  }

  it('cuts after 42 bytes, in the middle of a character if need be', () => {
    const print = (text: string): Buffer =>
      Buffer.from(toBytes(historyTable([row(text, '', base.created!, 0)], { ...view, format: '{{.CreatedBy}}' })))
    expect(print('é'.repeat(22)).toString()).to.equal(`${'é'.repeat(22)}\n`)
    expect(print('é'.repeat(23)).toString()).to.equal(`${'é'.repeat(21)}...\n`)
    const cut = print(`x${'é'.repeat(23)}`)
    expect(cut).to.deep.equal(Buffer.concat([Buffer.from(`x${'é'.repeat(20)}`), Buffer.of(0xc3), Buffer.from('...\n')]))
  })

  it('says no to a field that is not there', () => {
    expect(() => historyTable(rows, { ...view, format: '{{.Nothing}}' })).to.throw(UserError, 'no field .Nothing')
  })
})
