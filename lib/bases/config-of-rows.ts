/** The image config that history rows tell of: for bases of which only the rows are known. */
import type { Healthcheck, ImageConfig, Row } from '../model.ts'
import { bareList, mapKeys, nanoseconds, quotedList, runeNumber } from './go-text.ts'
import { dockerfileWords, replaceVariables } from './source-text.ts'

/** How a row is spelled: BuildKit's bare text, classic's rendered `#(nop)  ` text, Buildah's source line behind `#(nop) `. */
type Spelling = 'buildkit' | 'classic' | 'buildah'

/** The config while the rows are read. */
interface Draft {
  env: Map<string, string>
  cmd: readonly string[] | undefined
  cmdSpelling: Spelling | undefined
  /** Commands, or variables for them, came after the CMD: it belongs to an image below. */
  cmdIsOld: boolean
  /** CMD rows since the last ENTRYPOINT row. */
  cmdCount: number
  entrypoint: readonly string[] | undefined
  shell: readonly string[] | undefined
  user: string
  workingDir: string
  stopSignal: string
  healthcheck: Healthcheck | undefined
  ports: Set<string>
  volumes: Set<string>
  labels: Map<string, string>
  onBuild: string[]
  author: string
}

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * Reads a config back from history rows, oldest first, in the spellings of BuildKit, the classic builder (since 1.12)
 * and Buildah. What a row does not say cannot be here: settings of an import, command-line labels, ONBUILD of BuildKit.
 *
 * Rows do not quote: `A=x B=y` is read as two variables although it may be one value with a blank in it, and bare lists
 * (SHELL, VOLUME, HEALTHCHECK of new versions) are cut at blanks. Unreadable rows are passed over; nothing throws.
 *
 * Source: spec/history.md sections 5 to 8; for `debuerreotype` rows, its OCI config (PATH and CMD ["bash"], no row).
 */
export function configOfRows(rows: readonly Pick<Row, 'createdBy' | 'comment'>[]): {
  readonly config: ImageConfig
  readonly author: string
} {
  const draft = blank()
  const built = rows.some(({ createdBy, comment }) => createdBy.trim() !== '' && !comment.startsWith('Imported from'))
  if (built && !rows.some(isWindows)) draft.env.set('PATH', defaultPath)
  // BuildKit gives an image from scratch a working directory; classic and Buildah do not.
  if (rows[0] !== undefined && isBuildkit(rows[0])) draft.workingDir = '/'
  for (const row of rows) {
    if (row.comment.startsWith('debuerreotype')) draft.cmd = ['bash']
    const read = instructionOf(row)
    if (draft.onBuild[0] !== undefined && runs(draft.onBuild[0], row.createdBy, read)) draft.onBuild = []
    const byBuildah = read?.spelling === 'buildah' && (!alike.has(read.keyword) || row.comment !== '')
    if (read !== undefined) readers[read.keyword]?.(draft, read.text, read.spelling)
    if (byBuildah) dropUnknownToOci(draft)
    if (read === undefined || endsCmd.has(read.keyword)) draft.cmdIsOld = true
  }
  return { config: finished(draft), author: draft.author }
}

/** Rarely found after the CMD of their own stage: they say that another image began. */
const endsCmd: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD', 'ENV', 'ARG'])

/** What classic writes with one blank too, and so cannot be told from Buildah but by Buildah's comment. */
const alike: ReadonlySet<string> = new Set(['WORKDIR', 'COPY', 'ADD'])

const isBuildkit = (row: Pick<Row, 'comment'>): boolean => row.comment.startsWith('buildkit.')

const isWindows = ({ createdBy }: Pick<Row, 'createdBy'>): boolean =>
  /^(?:RUN )?(?:cmd|powershell|pwsh|Apply image|Install update) /.test(createdBy)

/** Keyword, text and spelling of a row; undefined for a command or a row of no instruction. */
function instructionOf(
  row: Pick<Row, 'createdBy' | 'comment'>,
): { readonly keyword: string; readonly text: string; readonly spelling: Spelling } | undefined {
  const nop = /^\S[^\n]{0,999}? #\(nop\)( +)([a-z]+)(?:\s(.*))?$/is.exec(row.createdBy)
  if (nop !== null) {
    const [, blanks = '', word = '', text = ''] = nop
    const keyword = word.toUpperCase()
    return { keyword, text: text.trim(), spelling: blanks.length > 1 ? 'classic' : 'buildah' }
  }
  const bare = /^([A-Z]+)(?: (.*))?$/s.exec(row.createdBy)
  if (bare === null) return undefined
  const [, keyword = '', text = ''] = bare
  return { keyword, text: text.trim(), spelling: isBuildkit(row) ? 'buildkit' : 'buildah' }
}

const readers: Readonly<Record<string, (draft: Draft, text: string, spelling: Spelling) => void>> = {
  ENV(draft, text, spelling) {
    for (const [key, value] of pairs(text, spelling, draft)) draft.env.set(key, value)
  },
  LABEL(draft, text, spelling) {
    for (const [key, value] of pairs(text, spelling, draft)) draft.labels.set(key, value)
  },
  MAINTAINER(draft, text) {
    draft.author = text
  },
  CMD(draft, text, spelling) {
    draft.cmd = command(text)
    draft.cmdSpelling = spelling
    draft.cmdIsOld = false
    draft.cmdCount++
  },
  ENTRYPOINT(draft, text, spelling) {
    // An ENTRYPOINT clears the CMD of an image below, not one of its own stage. Rows do not show where a stage begins;
    // another builder, or a pair of ENTRYPOINT and CMD that is already whole, says that one began in between.
    const whole = draft.entrypoint !== undefined && draft.cmdCount === 1
    if (draft.cmdIsOld || whole || draft.cmdSpelling !== spelling) draft.cmd = undefined
    draft.entrypoint = command(text)
    draft.cmdCount = 0
  },
  SHELL(draft, text) {
    draft.shell = bareList(text)
  },
  USER(draft, text, spelling) {
    draft.user = spelling === 'buildah' ? replaceVariables(text, draft.env) : text.replace(/^\[(.*)\]$/, '$1')
  },
  WORKDIR(draft, text, spelling) {
    const path = spelling === 'buildah' ? replaceVariables(text, draft.env) : text
    draft.workingDir = isAbsolute(path) ? path : joined(draft.workingDir, path)
  },
  STOPSIGNAL(draft, text, spelling) {
    draft.stopSignal = spelling === 'buildah' ? replaceVariables(text, draft.env) : text.replace(/^\[(.*)\]$/, '$1')
  },
  EXPOSE(draft, text, spelling) {
    const words =
      mapKeys(text) ?? bareList(text) ?? dockerfileWords(text, spelling === 'buildah' ? draft.env : undefined)
    for (const word of words) for (const port of ports(word)) draft.ports.add(port)
  },
  VOLUME(draft, text, spelling) {
    const list =
      jsonList(text) ?? volumeList(text) ?? dockerfileWords(text, spelling === 'buildah' ? draft.env : undefined)
    for (const path of list) draft.volumes.add(path)
  },
  HEALTHCHECK(draft, text) {
    draft.healthcheck = healthcheckOf(text) ?? draft.healthcheck
  },
  ONBUILD(draft, text) {
    draft.onBuild.push(text)
  },
}

/** Whether a row is what a trigger left when it ran: from there on the rows are those of an image on top. */
function runs(trigger: string, createdBy: string, read: ReturnType<typeof instructionOf>): boolean {
  const [, keyword = '', text = ''] = /^(\S+)\s+(.*)$/s.exec(trigger) ?? []
  if (keyword === 'RUN') return read?.keyword !== 'ONBUILD' && createdBy.includes(text)
  return read?.keyword === keyword && read.text.includes(text.slice(text.lastIndexOf(' ') + 1).replace(/=.*/s, ''))
}

/** Buildah writes OCI images unless told otherwise, and OCI has no place for these, inherited or not. */
function dropUnknownToOci(draft: Draft): void {
  draft.healthcheck = undefined
  draft.shell = undefined
  draft.onBuild = []
}

/** Names and values of ENV and LABEL. */
function pairs(text: string, spelling: Spelling, draft: Draft): readonly (readonly [string, string])[] {
  if (spelling === 'buildah') {
    const words = dockerfileWords(text, draft.env)
    // `ENV A one two`: one variable, the rest of the line its value.
    if (words[0]?.includes('=') === false) {
      const [, key = '', value = ''] = /^(\S+)\s*(.*)$/s.exec(text) ?? []
      return key === '' ? [] : [[key, replaceVariables(value, draft.env)]]
    }
    return words.flatMap(keyAndValue)
  }
  return text.split(/ (?=[A-Za-z_][\w./-]*=)/).flatMap(keyAndValue)
}

function keyAndValue(pair: string): readonly (readonly [string, string])[] {
  const at = pair.indexOf('=')
  return at <= 0 ? [] : [[pair.slice(0, at), pair.slice(at + 1)]]
}

/** CMD and ENTRYPOINT: a quoted list, a JSON array, or shell text. */
function command(text: string): readonly string[] {
  const bare = text.replace(/^&\{(.*)\}$/s, '$1')
  return quotedList(bare) ?? jsonList(text) ?? (text === '' ? [] : ['/bin/sh', '-c', text])
}

function jsonList(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) && list.every((member) => typeof member === 'string') ? list : undefined
  } catch {
    return undefined // a printed list that is not JSON: read otherwise
  }
}

/** `[/a /b c]`: paths begin with a slash, so a blank before anything else belongs to the path. */
const volumeList = (text: string): readonly string[] | undefined =>
  /^\[(.*)\]$/s
    .exec(text)?.[1]
    ?.split(/ (?=\/)/)
    .filter((path) => path !== '')

/** `8080`, `53/UDP`, `7000-7002/tcp`, `127.0.0.1:80:8080` as an image config names ports. Ranges are held to 65536 ports. */
function ports(word: string): readonly string[] {
  const [, first = '', last = first, protocol = 'tcp'] = /(?:^|:)(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(word) ?? []
  const count = Number(last) - Number(first)
  if (first === '' || count < 0 || count > 65535) return []
  return Array.from({ length: count + 1 }, (_, i) => `${Number(first) + i}/${protocol.toLowerCase()}`)
}

const healthNumbers = ['Interval', 'Timeout', 'StartPeriod', 'StartInterval'] as const

/** The three ways a health check has been printed; spec/history.md 5.8. */
function healthcheckOf(text: string): Healthcheck | undefined {
  const inner = /^&?\{(.*)\}$/s.exec(text)?.[1]
  if (inner === undefined) return undefined
  const named =
    /^Test:(\[.*\]) Interval:(\S+) Timeout:(\S+) StartPeriod:(\S+) StartInterval:(\S+) Retries:(\d+)$/s.exec(inner)
  const listed = named ?? /^(\[.*\])((?: \S+)+)$/s.exec(inner)
  if (listed === null) return undefined
  const list = listed[1] ?? ''
  const printed = named === null ? (listed[2] ?? '').trim().split(' ') : named.slice(2)
  const test = quotedList(list) ?? bareTest(list)
  const retries = printed.pop() ?? ''
  const numbers = printed.map((word) => nanoseconds(word.replace(/^"(.*)"$/, '$1')) ?? 0)
  const times = healthNumbers.flatMap((key, i) => (numbers[i] ? [[key, numbers[i]] as const] : []))
  const count = /^\d+$/.test(retries) ? Number(retries) : (runeNumber(retries) ?? 0)
  return {
    ...(test.length === 0 ? {} : { Test: test }),
    ...Object.fromEntries(times),
    ...(count === 0 ? {} : { Retries: count }),
  }
}

/** `[CMD-SHELL one text]` or `[CMD a b]`. */
function bareTest(list: string): readonly string[] {
  const [, shell] = /^\[CMD-SHELL (.*)\]$/s.exec(list) ?? []
  return shell === undefined ? (bareList(list) ?? []) : ['CMD-SHELL', shell]
}

const isAbsolute = (path: string): boolean => /^(?:\/|[A-Za-z]:|\\)/.test(path)

function joined(folder: string, path: string): string {
  const parts: string[] = []
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

const blank = (): Draft => ({
  env: new Map(),
  cmd: undefined,
  cmdSpelling: undefined,
  cmdIsOld: false,
  cmdCount: 0,
  entrypoint: undefined,
  shell: undefined,
  user: '',
  workingDir: '',
  stopSignal: '',
  healthcheck: undefined,
  ports: new Set(),
  volumes: new Set(),
  labels: new Map(),
  onBuild: [],
  author: '',
})

const emptyObjects = (keys: Iterable<string>): Record<string, object> =>
  Object.fromEntries([...keys].sort().map((key) => [key, {}]))

const finished = (draft: Draft): ImageConfig => ({
  ...(draft.user === '' ? {} : { User: draft.user }),
  ...(draft.ports.size === 0 ? {} : { ExposedPorts: emptyObjects(draft.ports) }),
  ...(draft.env.size === 0 ? {} : { Env: [...draft.env].map(([key, value]) => `${key}=${value}`) }),
  ...(draft.entrypoint === undefined || draft.entrypoint.length === 0 ? {} : { Entrypoint: draft.entrypoint }),
  ...(draft.cmd === undefined || draft.cmd.length === 0 ? {} : { Cmd: draft.cmd }),
  ...(draft.healthcheck === undefined ? {} : { Healthcheck: draft.healthcheck }),
  ...(draft.cmdSpelling === 'buildkit' && draft.cmd !== undefined ? { ArgsEscaped: true } : {}),
  ...(draft.volumes.size === 0 ? {} : { Volumes: emptyObjects(draft.volumes) }),
  ...(draft.workingDir === '' ? {} : { WorkingDir: draft.workingDir }),
  ...(draft.labels.size === 0 ? {} : { Labels: Object.fromEntries(draft.labels) }),
  ...(draft.stopSignal === '' ? {} : { StopSignal: draft.stopSignal }),
  ...(draft.shell === undefined ? {} : { Shell: draft.shell }),
  ...(draft.onBuild.length === 0 ? {} : { OnBuild: draft.onBuild }),
})
