/**
 * Credentials that stand in the text of an instruction: options that take a password, headers, assignments, and shapes
 * that services give their tokens. A variable, an empty value or a word that stands for something is none.
 * Source: the manuals of the programs named; the services' descriptions of their token formats.
 */
import type { CommandFacts, Facts, StepFacts } from './facts.ts'
import { textsOf } from './words.ts'

/** One credential: what it is, and whether it may be a mere placeholder. */
export interface Credential {
  readonly step: StepFacts
  /** For people: `a GitHub token`, `the password given to mysql`. */
  readonly what: string
  readonly sure: boolean
}

/** The same for BuildKit's check alone. Source: its dockerfile2llb, validateNoSecretKey. */
export const isWarnedName = (name: string): boolean => secretName.test(name) && !/(?:^|_)public(?:_|$)/i.test(name)

const secretName = /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i
const harmlessName = /(?:^|_)(?:public|file|version)(?:_|$)/i
const known = /^(?:PGPASSWORD|MYSQL_PWD|SSHPASS|REDISCLI_AUTH)$/

/** Does a variable of this name hold a credential? The words are those of BuildKit's check, and some that programs read. */
export const isSecretName = (name: string): boolean =>
  (secretName.test(name) && !harmlessName.test(name)) || known.test(name)

// Fingerprints of public keys, and words that people write where the real thing is to come.
const placeholder =
  /^(?:(?:0x)?[0-9a-f]{16,40}|change[-_]?(?:me|it)|example|dummy|placeholder|sample|redacted|none|null|true|false|yes|no|on|off|todo|x{3,}|\*+|\.{3,}|<.*>|\[.*\]|\{\{.*\}\}|%.*%|(?:your|my)[-_ ].*|\W*)$/i

// What everybody tries first is no secret: said, but not for sure.
const wellKnown =
  /^(?:pass(?:word|wd|phrase)?|secret|token|test(?:ing)?|root|admin|user(?:name)?|guest|postgres|mysql|docker|vagrant|default|12345?6?7?8?9?0?)$/i

// Where the thing lies, not the thing itself.
const location = /^(?:[./~]|[a-z+]+:\/\/[^@]*$)|\.(?:key|pem|crt|json|asc|gpg|pub|txt)$/i

/** Does it stand for something, or say where it lies, or is nothing? */
export const isPlaceholder = (value: string): boolean => placeholder.test(value) || location.test(value)

/** Shapes that services give their tokens, and credentials inside an address. */
const shapes: readonly (readonly [what: string, shape: RegExp])[] = [
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})/],
  ['a GitLab token', /\bgl(?:pat|dt|rt|cbt|ptt)-[A-Za-z0-9_-]{20,}/],
  ['an AWS access key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['an AWS secret key', /aws_secret_access_key["']?\s*[=\s]\s*["']?[A-Za-z0-9/+]{40}\b/i],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a PyPI token', /\bpypi-[A-Za-z0-9_-]{50,}/],
  ['a Slack token', /\bxox[abeprs]-[A-Za-z0-9-]{10,}/],
  ['a Slack address', /hooks\.slack\.com\/services\/T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/[A-Za-z0-9]{16,}/],
  ['a Stripe key', /\b[rs]k_live_[A-Za-z0-9]{20,}/],
  ['a Google API key', /\bAIza[A-Za-z0-9_-]{35}\b/],
  ['a Docker Hub token', /\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}/],
  ['a Hugging Face token', /\bhf_[A-Za-z0-9]{34}\b/],
  ['a SendGrid key', /\bSG\.[\w-]{22}\.[\w-]{43}/],
  ['an OpenAI key', /\bsk-(?:proj-)?[A-Za-z0-9_-]{32,}/],
  ['a DigitalOcean token', /\bdo[opr]_v1_[0-9a-f]{64}\b/],
  ['an Azure storage key', /AccountKey=[A-Za-z0-9/+]{86}==/],
  ['a signed token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
  ['a private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/],
]

const inAddress = /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^\s/:@$"'`]{0,64}):([^\s/@$`{}<>"']{1,128})@[\w.-]/gi

/** Credentials in the rows of the image that ships, by their shape. */
export function* shapesIn({ image }: Facts): Generator<Credential> {
  // Most images have none, and one look at all of its rows tells.
  const all = image.rows.map(({ row }) => row.createdBy).join('\n')
  const there = shapes.filter(([, shape]) => shape.test(all))
  if (there.length === 0 && !all.includes('://')) return
  for (const { row, step } of image.rows) {
    if (step === undefined) continue
    const what = there.find(([, shape]) => shape.test(row.createdBy))?.[0]
    if (what !== undefined) yield { step, what, sure: true }
    if (!row.createdBy.includes('://')) continue
    const password = [...row.createdBy.matchAll(inAddress)].map((match) => match[2]!).find((one) => !isPlaceholder(one))
    if (password !== undefined) yield { step, what: 'a password in an address', sure: !wellKnown.test(password) }
  }
}

// One of these stands in whatever the expressions below find, or the program is one that takes a password at some place.
const telling = /pass|pword|pwd|auth|credential|key|secret|token/i
const tellingPrograms =
  /^(?:mysql|mysqladmin|mysqldump|mariadb|sshpass|redis-cli|ldapsearch|ldapadd|openssl|curl|docker|podman|buildah|skopeo|helm|htpasswd|composer)$/

/** Credentials given to a command of a RUN. */
export function* givenTo(step: StepFacts, { text }: Facts): Generator<Credential> {
  const isJson = step.instruction.json !== undefined
  const { start, end } = step.span
  const tells = isJson || telling.test(text.slice(start, end))
  for (const command of step.commands) {
    if (!tells && !tellingPrograms.test(command.name)) continue
    const raw = isJson ? command.argv : command.words.map(({ start, end }) => text.slice(start, end))
    for (const [what, word] of [...valuesOf(command, raw), ...assignments(command, text)]) {
      const value = unquoted(word)
      if (/[$`]/.test(value) || isPlaceholder(value)) continue
      yield { step, what, sure: !wellKnown.test(value) && step.stage.ships }
    }
  }
}

type Value = readonly [what: string, value: string]

const unquoted = (word: string): string => word.replace(/^(["'])([\s\S]*)\1$/, '$2')

// `--password=x`, `--password x` and their kin; what names a file or says where to read is none.
const longOption =
  /^--?(?!-|disabled|no-|ask-|allow|empty|random)((?:[a-z-]+-)?(?:password|passwd|passphrase|api-?key|token|client-secret|secret-key|storepass|keypass))(?:=(.*))?$/i
const aPlace = /^(?:[./~@-]|id=|env:|file:|fd:|stdin$|https?:)/

const headers =
  /^(?:--header=)?["']?(?:(?:proxy-)?authorization:\s*(?:bearer|basic|token|apikey)\s+|(?:x-api-key|private-token|job-token|deploy-token|x-auth-token|x-vault-token|x-jfrog-art-api|circle-token):\s*)([^\s"']+)/i

/** Short options that take a password, by program. */
const shortOptions: Readonly<Record<string, RegExp>> = {
  mysql: /^-p(.+)$/,
  mysqladmin: /^-p(.+)$/,
  mysqldump: /^-p(.+)$/,
  mariadb: /^-p(.+)$/,
  sshpass: /^-p(.*)$/,
  'redis-cli': /^-a(.*)$/,
  ldapsearch: /^-w(.*)$/,
  ldapadd: /^-w(.*)$/,
}

const ofNpm = new Set(['npm', 'yarn', 'pnpm'])
const registryToken = /(?::_authToken|:_auth|:_password|^_auth(?:Token)?|npmAuthToken)(?:=(.*))?$/

function* valuesOf({ name, argv }: CommandFacts, raw: readonly string[]): Generator<Value> {
  for (const [i, word] of raw.entries()) {
    if (i === 0) continue
    const next = raw[i + 1] ?? ''
    const bare = unquoted(word)
    const [, option, attached] = longOption.exec(bare) ?? []
    if (option !== undefined && (attached !== undefined || !next.startsWith('-'))) {
      const value = attached ?? next
      if (!aPlace.test(unquoted(value))) yield [`the ${option.replace(/^-+/, '')} given to ${name}`, value]
    }
    const header = headers.exec(word)
    if (header !== null) yield [`a header with a credential, given to ${name}`, header[1]!]
    const short = Object.hasOwn(shortOptions, name) ? shortOptions[name]!.exec(bare) : null
    if (short !== null) yield [`the password given to ${name}`, short[1] || next]
    const pass = name === 'openssl' ? /^pass:(.+)$/.exec(bare) : null
    if (pass !== null) yield ['the password given to openssl', pass[1]!]
    const npm = ofNpm.has(name) ? registryToken.exec(bare) : null
    if (npm !== null) yield ['a token for a registry', npm[1] ?? next]
    if (name === 'aws' && /^aws_secret_access_key$/i.test(bare)) yield ['an AWS secret key', next]
  }
  yield* byPlace(name, argv, raw)
}

/** Programs that take a password at a certain place. */
function* byPlace(name: string, argv: readonly string[], raw: readonly string[]): Generator<Value> {
  if (name === 'curl') {
    for (const [i, word] of raw.entries()) {
      const user = /^(?:-u|--user|-U|--proxy-user)(?:=|$)|^-[uU](?=[^-])/.exec(unquoted(word))
      if (user === null) continue
      const value = unquoted(unquoted(word).slice(user[0].length) || (raw[i + 1] ?? ''))
      const password = /^[^:]*:(.+)$/.exec(value)?.[1]
      if (password !== undefined) yield [`the password given to ${name}`, password]
    }
  }
  if (name === 'docker' || name === 'podman' || name === 'buildah' || name === 'skopeo' || name === 'helm') {
    const at = raw.indexOf('-p')
    if (argv.includes('login') && at > 0) yield [`the password given to ${name} login`, raw[at + 1] ?? '']
  }
  if (name === 'htpasswd' && argv.some((word) => /^-[a-zA-Z]*b/.test(word)))
    yield ['the password given to htpasswd', raw.at(-1)!]
  if (name === 'composer' && argv.some((word) => /^(?:http-basic|bearer|github-oauth|gitlab-token)\./.test(word)))
    yield ['a credential given to composer', raw.at(-1)!]
}

/** `PGPASSWORD=x psql …`: what stands before the program. */
function* assignments({ name, span, words }: CommandFacts, text: string): Generator<Value> {
  const before = text.slice(span.start, Math.max(span.start, words[0]?.start ?? span.start))
  for (const [, variable = '', value = ''] of before.matchAll(/(?:^|\s)([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s"']+)/g))
    if (isSecretName(variable)) yield [`${variable}, given to ${name},`, value]
}

/** `export TOKEN=x` and `echo user:x | chpasswd`, as they stand in the script. */
export function* writtenIn(step: StepFacts): Generator<Credential> {
  for (const script of textsOf(step)) {
    if (!/\bexport\s|:_(?:auth|password)|\bchpasswd\b/.test(script)) continue
    for (const [, name = '', word = ''] of script.matchAll(
      /\bexport\s+([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s"';&|]+)/g,
    )) {
      const value = unquoted(word)
      if (isSecretName(name) && !/[$`]/.test(value) && !isPlaceholder(value))
        yield { step, what: `the value of ${name}`, sure: !wellKnown.test(value) && step.stage.ships }
    }
    const token = /:_(?:authToken|auth|password)=["']?([^\s"'$`\\]+)/.exec(script)?.[1]
    if (token !== undefined && !isPlaceholder(token) && !/\bnpm\s/.test(script))
      yield { step, what: 'a token for a registry', sure: step.stage.ships }
    const account =
      /(?:echo|printf)\s+(?:-\w+\s+)?["']?([\w.-]+):([^\s"'$`\\]+)[^|;&\n]*\|\s*(?:sudo\s+)?chpasswd\b/.exec(script)
    if (account !== null && !/^\s*-e/.test(account[2]!) && !isPlaceholder(account[2]!))
      yield {
        step,
        what: `the password of ${account[1]}`,
        sure: account[1] !== account[2] && !wellKnown.test(account[2]!) && step.stage.ships,
      }
  }
}
