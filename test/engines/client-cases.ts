/** What the real client is asked: rows, newest first, and calls. */
import type { ApiRow, ClientRun } from '../tools/client-table.ts'

type Short = readonly [createdBy: string, size: number, comment?: string, created?: number]

const id = `sha256:${'0123456789abcdef'.repeat(4)}`

/** The newest row has the image's id, the others none; times before 2000, which print as N/A whatever the clock says. */
const rows = (...short: readonly Short[]): readonly ApiRow[] =>
  short.map(([CreatedBy, Size, Comment = '', Created = 0], index) => ({
    Id: index === 0 ? id : '<missing>',
    Created,
    CreatedBy,
    Size,
    Comment,
    Tags: null,
  }))

const calls = (...all: readonly (readonly string[])[]): readonly ClientRun[] => all.map((args) => ({ args }))
const formats = (...all: readonly string[]): readonly ClientRun[] =>
  all.map((format) => ({ args: ['--format', format] }))

const usual = calls(
  [],
  ['--no-trunc'],
  ['--human=false'],
  ['--quiet'],
  ['--quiet', '--no-trunc'],
  ['--no-trunc', '--human=false'],
)
const locales: readonly ClientRun[] = ['ja_JP.UTF-8', 'en_US.UTF-8', 'zh_CN.GBK'].map((locale) => ({
  args: [],
  locale,
}))

const buildkit = 'buildkit.dockerfile.v0'
const time = 1_732_111_539

const app = rows(
  ['CMD ["/bin/sh" "-c" "/app/hello.sh"]', 0, buildkit],
  ['RUN /bin/sh -c chmod +x /app/hello.sh && chown -R 1000:1000 /app # buildkit', 20, buildkit, time],
  ['COPY . /app # buildkit', 312, buildkit, time + 0.9],
  ['RUN /bin/sh -c apk add --no-cache bash # buildkit', 4_171_234, buildkit, time - 86_400 * 200],
  ['/bin/sh -c #(nop)  CMD ["/bin/sh"]', 0],
  ['', 7_797_760, 'Imported from -'],
).map((row) => ({ ...row, Created: Math.floor(row.Created) }))

const ages = [
  0, 1, 2, 59, 61, 119, 121, 3540, 3660, 5460, 7300, 86_000, 170_000, 175_000, 1_200_000, 1_215_000, 5_180_000,
].concat([5_190_000, 31_000_000, 63_000_000, 63_100_000, 315_000_000, -500])

/** Tables that print the same at any time. */
export const cases: Readonly<
  Record<string, { readonly rows: readonly ApiRow[]; readonly runs: readonly ClientRun[] }>
> = {
  empty: {
    rows: [],
    runs: [...usual, ...formats('table {{.ID}}\t{{.Size}}', 'json', '{{.Nothing}}', 'table {{.Nothing}}|')],
  },
  app: {
    rows: app.map((row) => ({ ...row, Created: 0 })),
    runs: [
      ...usual,
      ...formats(
        'table',
        'table {{.ID}}\\t{{.Size}}',
        'table {{.Size}}\t{{.ID}}\t{{.CreatedAt}}\t{{.CreatedSince}}',
        '{{.ID}}: {{.CreatedBy}} ({{.Size}})',
        'json',
        '{{json .}}',
        'table {{json .}}',
        'tablecloth {{.ID}}',
        '  {{.ID}}  ',
        'raw',
      ),
      ...calls(
        ['--quiet', '--format', '{{.Size}}'],
        ['--quiet', '--format', 'table'],
        ['--no-trunc', '--format', 'json'],
      ),
      ...calls(['--human=false', '--format', 'json'], ['--quiet', '--format', 'table {{.Comment}}']),
    ],
  },
  dates: {
    rows: app,
    runs: [
      ...(['UTC', 'Asia/Kolkata', 'Pacific/Marquesas'] as const).map((zone) => ({ args: ['--human=false'], zone })),
      ...calls(['--human=false', '--format', '{{json .}}'], ['--format', '{{.CreatedAt}} {{.Size}}']),
    ],
  },
  heredocs: {
    rows: rows(
      ['CMD ["sh"]', 0, buildkit],
      [
        'RUN /bin/sh -c <<EOF (apt-get update\napt-get install -y curl\nrm -rf /var/lib/apt/lists/*...)',
        48_123_456,
        buildkit,
      ],
      ['RUN /bin/sh -c <<EOF (a\nb...) # buildkit', 5, buildkit],
      ['COPY <<EOF /etc/motd # buildkit', 1_999, buildkit],
      ['ENV A=1\n\n\nB=2', 0, 'a comment\nof two lines'],
      [
        'RUN /bin/sh -c <<EOF (\n\tindented with\ta tab\n...) # a line that is quite a bit longer than forty-five columns',
        7,
        '',
      ],
      ['/bin/sh -c #(nop) ADD file:8b6d7ba5f2b58b6b3c4c3b3a1c1d4f9ed2e3b0d4e5f60718293a4b5c6d7e8f90 in / ', 74_800_000],
    ),
    runs: usual,
  },
  wide: {
    rows: rows(
      ['RUN echo 日本語のとても長い説明文がここに入りますので途中で切られます # buildkit', 1, '短い'],
      ['RUN echo a日本語のとても長い説明文がここに入りますので途中で切られます # buildkit', 12, 'ｆｕｌｌｗｉｄｔｈ'],
      ['LABEL a=한국어 텍스트', 123, '각각'],
      ['LABEL family=👨‍👩‍👧‍👦 flag=🇩🇪🇫🇷 thumb=👍🏽 heart=❤️ text=☎︎', 1234, '🇩🇪🇫🇷🇯'],
      [`ENV ${'👩‍🚀'.repeat(20)}`, 12_345, '👩‍🚀'],
      ['RUN echo e\u0301a\u0300 \u05d0\u05b8 \u0e01\u0e33 \u0915\u094d\u0937\u093f', 123_456, 'e\u0301'],
      ['RUN echo ─────┤ αβγ ░▒▓ © ® ± × ÷ Ω “quotes” … — £ €', 1_234_567, '→ ①'],
      [`RUN echo ${'é'.repeat(35)}`, 9, 'é'],
      [`RUN echo ${'é'.repeat(36)}`, 9, 'ß'],
      [`RUN echo ${'é'.repeat(37)}`, 9, '\u{1f9d1}\u{1f3ff}\u200d\u{1f33e}'],
      ['\u200b\u200d\ufeff\u00ad\u2028', 9, '\u0600\u0061'],
      ['A'.repeat(45), 9],
      ['A'.repeat(46), 9],
      [`${'A'.repeat(43)}本`, 9],
      [`${'A'.repeat(44)}本`, 9],
      [`${'A'.repeat(43)}本B`, 9],
      ['ﾊﾝｶｸ ㍿ 〜 ㈱ 𠮷野家 ⼀ \u302a \u3099か', 9, '\u3099'],
    ),
    runs: [
      ...usual,
      ...locales,
      ...formats(
        'table {{.Comment}}\t{{.CreatedBy}}\t{{.Comment}}\t|',
        'json',
        '{{upper .CreatedBy}}|{{title .CreatedBy}}',
      ),
      ...formats(
        '{{truncate .CreatedBy 12}}',
        '{{len .CreatedBy}}',
        'table {{truncate .CreatedBy 11}}\t{{slice .Comment 1}}\t|',
      ),
    ],
  },
  controls: {
    rows: rows(
      ['RUN\ttabs\t\there', 1, 'in\ta\tcomment'],
      ['RUN \x1b[31mred\x1b[0m \x07 \x08', 22, '\x1b]0;title\x07'],
      ['RUN a\vb', 333, 'x\vy\vz'],
      ['RUN a\fb', 4444, 'x\fy'],
      ['RUN a\r\nb\rc', 55_555, '\r'],
      ['RUN \0 \x7f \x80 \x9b31m \u0085', 666_666, '\x7f'],
      ['', 0, ''],
      ['\t', 0, '\t'],
      ['\n', 0, '\n'],
      ['\u202eabc\u202c \u2066x\u2069', 0, '\ufffd'],
    ),
    runs: [...usual, ...formats('json', '{{json .Comment}}', 'table {{.Comment}}', 'table {{.Comment}}\t{{.Size}}')],
  },
  escapes: {
    rows: rows(['RUN echo "a" \\ <b> & \'c\' `d` $e', 1, '<&>'], ['\u2028\u2029 \u00a0 / \b\f\n\r\t\v \x1f', 2, '"']),
    runs: formats('json', '{{json .}}', '{{json .CreatedBy}}', '{{.Comment | json}}', '{{printf "%q" .CreatedBy}}'),
  },
  long: {
    rows: rows([`RUN ${'very '.repeat(300)}long`, 1, buildkit], [`RUN ${'中'.repeat(300)}`, 2, buildkit], ['CMD', 3]),
    runs: calls([], ['--no-trunc']),
  },
  sizes: {
    rows: rows(
      ...[
        0, 1, 999, 1000, 1004, 1005, 1015, 1125, 4625, 9994, 9995, 9999, 99_949, 99_950, 123_456, 999_499, 999_500,
        999_999,
      ]
        .concat([
          1_000_000, 1_125_000, 9_950_000, 99_950_000, 999_500_000, 12_345_678_901, 1e12, 999.6e12, 1.5e15, 8e18,
        ])
        .map((size): Short => ['', size]),
    ),
    runs: calls([], ['--human=false'], ['--format', '{{.Size}}']),
  },
  templates: {
    rows: rows(['RUN /bin/sh -c echo Hello, wide world # buildkit', 1234, 'first-Comment'], ['', 0, '']),
    runs: formats(
      '{{.ID}}{{/* nothing */}}|{{- /* nothing */ -}}  |',
      'a  {{- .ID -}}  b',
      '{{if .Comment}}{{.Comment}}{{else}}none{{end}}',
      '{{if eq .Size "0B"}}zero{{else if ne .Comment "x"}}{{.Size}}{{end}}',
      '{{with .Comment}}[{{.}}]{{else}}-{{end}}',
      '{{$x := .Comment}}{{$x}}{{$x = "y"}}{{$x}}{{$.Size}}',
      '{{range split .CreatedBy " "}}<{{.}}>{{end}}',
      '{{range $i, $w := split .CreatedBy " "}}{{if eq $i 2}}{{break}}{{end}}{{$i}}={{$w}} {{else}}none{{end}}',
      '{{range split .CreatedBy " "}}{{if eq . "-c"}}{{continue}}{{end}}{{.}},{{end}}',
      '{{join (split .CreatedBy " ") "_"}}',
      '{{split .CreatedBy "/"}} {{len (split .CreatedBy "")}}',
      '{{lower .CreatedBy}} {{upper .Comment}} {{title "one two-three o\'four five_six"}}',
      '{{pad .Comment 2 3}}|{{truncate .CreatedBy 5}}|{{truncate .Comment 99}}',
      '{{.CreatedBy | truncate}}',
      '{{.CreatedBy | printf "%.7s|%-10s|%10s|" "abc" "def"}}',
      '{{printf "%s %v %q %x %5.2s| %05d %+d %t %c %% %U" .Size .Size .Size .Size .CreatedBy 42 42 true 65 66}}',
      '{{printf "%d %s" .Size 5}} {{printf "%s"}} {{printf "a" 1 "b"}} {{printf "%z" 1}}',
      '{{print 1 2 "a" "b" 3 true false}} {{println .ID 1}}',
      '{{len .CreatedBy}} {{index (split .CreatedBy " ") 0}} {{index .ID 0}} {{slice .ID 1 3}}',
      '{{and .Comment .Size}} {{or .Comment "none"}} {{not .Comment}} {{and true 0}} {{or 0 ""}}',
      '{{eq .Size "0B" "1.23kB"}} {{lt 1 2}} {{le "a" "b"}} {{gt .Size "0B"}} {{ge 2 2}} {{ne 1 1}}',
      '{{(.Size)}} {{((len .Size) | printf "%d")}} {{"quoted }} brace"}} {{`raw "text"`}} {{\'x\'}} {{"\\u00e9\\x41"}}',
      '{{0x1F}} {{-3}} {{1_000}} {{1.5}} {{0b11}} {{0o17}} {{1e3}} {{+7}}',
      'table {{.ID | upper}}\t{{lower .CreatedBy}}\t{{truncate .Comment 2}}\t{{pad .Size 1 1}}\t{{title .Comment}}',
      'table {{if .Comment}}{{.Comment}}{{else}}none{{end}}\t{{len .Size}}\t{{printf "%s" .ID}}\t{{split .CreatedBy " "}}',
      'table {{.ID}}\t{{index .Size 0}}\t{{json .Comment}}\t{{join (split .Comment "-") "+"}}|{{.Size}}',
      'table {{.ID}}\\n{{.Size}}\t|',
      '{{"a\\tb"}}',
      '{{with $y := .Size}}{{$y}}{{end}}',
      '{{len nil}}',
      '{{.Nothing}}',
      '{{nothing}}',
      '{{.ID',
      '{{end}}',
      '{{if .ID}}',
      '{{.ID.Size}}',
      '{{index .ID 99}}',
      '{{truncate .Comment -1}}',
      '{{eq 1 "a"}}',
      '{{$undefined}}',
      '{{range .ID}}x{{end}}',
      '{{break}}',
      '{{.ID "x"}}',
      '{{"a" | "b"}}',
      '{{else}}',
      '{{if 1}}{{else}}{{else}}{{end}}',
      '{{template "x"}}',
      '{{}}',
      '{{"open}}',
      '{{.ID | split}}',
    ),
  },
}

/** The same for podman. */
export const podmanCases: Readonly<
  Record<string, { readonly rows: readonly ApiRow[]; readonly runs: readonly ClientRun[] }>
> = {
  podman: {
    rows: rows(
      [`RUN <é> ${'é'.repeat(30)}`, 0, 'FROM localhost/busybox:local', time],
      [`x${'é'.repeat(30)}`, 1125, 'é', time],
      ['tabs\tand\nnewlines', 1_996_800, '', time - 86_400],
      ['日本語'.repeat(6), 999_960, '日本', 1000],
      ['x'.repeat(45), 5, 'y', 1000],
      ['x'.repeat(46), 5, 'y', 1000],
      ['a\vb\fc\r\x1b\b', 5, '\x1b', 1000],
    ).map((row) => ({ ...row, Id: row.Id.replace('sha256:', '') })),
    runs: [
      ...calls(['--human=false'], ['--human=false', '--no-trunc'], ['--quiet'], ['--quiet', '--no-trunc']),
      ...formats(
        'table {{.ID}} {{.Size}}',
        'table {{.ID}}\\t{{.CreatedAt}} {{.Tags}}\\n',
        'table {{.ID}} {{.Nothing}}',
        '{{.ID}}|{{.CreatedBy}}|{{.Size}}|{{.Tags}}|{{.CreatedAt}}',
        '{{json .}}',
        '{{json .ID}} {{.Comment | json}}',
        '{{range .}}{{.ID}};{{end}}',
        '{{printf "%s\\n" .ID}}',
        '{{upper .ID}} {{truncate .CreatedBy 10}} {{len .CreatedBy}}',
        '{{.Nothing}}',
        '{{.ID',
      ),
    ],
  },
}

/** Rows whose age is what matters: `created` is `now` less these. */
export const agedRows = (now: number): readonly ApiRow[] =>
  rows(...ages.map((age): Short => [`${age} seconds`, 0, '', now - age])).concat(
    rows(['', 0, '', 946_684_800], ['', 0, '', 946_684_801], ['', 0, '', -62_135_596_800]),
  )
