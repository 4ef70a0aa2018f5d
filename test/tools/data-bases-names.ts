/** Which names a found image really had: lists of tags are guessed by date, the rows know better. */
import { tagWords } from '../../lib/bases/name.ts'
import type { Found } from './data-bases.ts'

/**
 * The names of an image, corrected by its rows: release of the distribution, Java version, language version. Names that the
 * rows contradict are dropped, exact ones (`node:20.20.2-alpine3.23`) added. For an image cut out from under another
 * one, `names` is empty or holds `REPOSITORY:VARIANT`.
 */
export function namesOf(image: Found): readonly string[] {
  const asked = image.names[0] ?? ''
  if (asked === '') return systemNames(image)
  const repository = asked.slice(0, asked.indexOf(':'))
  if (repository === 'buildpack-deps') return buildpackNames(image)
  const facts = rowFacts(image)
  const replaced = image.names.some((name) => contradicts(tagWords(tagOf(name)).release, facts.release))
  const corrected = image.names.flatMap((name, index) =>
    // Where the guessed release was wrong, so are guessed names that mean "the default release"; the first name was read.
    replaced && index > 0 && tagWords(tagOf(name)).release === '' ? [] : correct(name, image, facts),
  )
  const names = [...corrected, ...exactNames(repository, image, facts)].filter((name) => !name.endsWith(':'))
  return [...new Set(names)]
}

const tagOf = (name: string): string => name.slice(name.indexOf(':') + 1)

const contradicts = (named: string, real: string): boolean =>
  named !== '' && real !== '' && named !== real && !named.startsWith('alpine')

interface RowFacts {
  /** `alpine3.23`, `bookworm`, or ''. */
  readonly release: string
  /** `17.0.19+10`, or ''. */
  readonly java: string
  /** Major version of Amazon's Java, or ''. */
  readonly corretto: string
  /** NODE_VERSION and the like, by name. */
  readonly versions: Readonly<Record<string, string>>
  readonly jre: boolean
}

function rowFacts({ rows, os }: Found): RowFacts {
  const versions: Record<string, string> = {}
  for (const { createdBy } of rows) {
    const [, name, value] = /ENV (\w+)_VERSION=(?:v|jdk-?)?([\w.+-]+)/.exec(createdBy) ?? []
    if (name !== undefined && value !== undefined) versions[name.toLowerCase()] = value
  }
  const [id = '', version = '', codename = ''] = os.split(' ')
  const release = id === 'alpine' ? `alpine${version}` : codename
  const corretto = rows
    .map((row) => /^ARG version=(\d+)\./.exec(row.createdBy)?.[1])
    .find((major) => major !== undefined)
  return {
    release,
    java: versions.java ?? '',
    corretto: corretto ?? '',
    versions,
    jre: !rows.some((row) => row.createdBy === 'CMD ["jshell"]'),
  }
}

function correct(name: string, image: Found, facts: RowFacts): readonly string[] {
  if (name.includes('@')) return [name]
  const at = name.indexOf(':')
  const repository = name.slice(0, at)
  const tag = name.slice(at + 1)
  const { release } = tagWords(tag)
  const own = facts.versions[repository.replace(/^.*\//, '')]
  const numbers = /^\d+(?:\.\d+)*/.exec(tag)?.[0]
  if (own !== undefined && numbers !== undefined && !`${own}.`.startsWith(`${numbers}.`)) return []
  const alpineRows = image.os.startsWith('alpine')
  if (alpineRows && repository === 'nginx' && !release.startsWith('alpine')) return []
  let right = tag
  if (release.startsWith('alpine') && release !== 'alpine' && alpineRows)
    right = right.replace(/alpine-?\d+\.\d+/, (word) =>
      facts.release === 'alpine' ? 'alpine' : word.replace(/\d+\.\d+/, facts.release.slice('alpine'.length)),
    )
  else if (release !== '' && !release.startsWith('alpine') && facts.release !== '')
    right = right.replace(release, facts.release)
  if (facts.corretto !== '') right = right.replace(/amazoncorretto-\d+/, `amazoncorretto-${facts.corretto}`)
  const jdk = facts.java.split('.')[0]
  if (jdk !== undefined && jdk !== '') {
    const wrong = image.names.some((other) => /jdk(\d+)/.test(other) && !other.includes(`jdk${jdk}`))
    if (/jdk\d+/.test(tag)) right = right.replace(/jdk\d+/, `jdk${jdk}`)
    else if (wrong) return [] // the name without a Java version belongs to the image of another one
  }
  return [`${repository}:${right}`]
}

/** Names that follow from the rows alone. */
function exactNames(
  repository: string,
  image: Found,
  { release, versions, java, jre, corretto }: RowFacts,
): readonly string[] {
  const own = versions[repository]
  const short = own?.split('.').slice(0, 2).join('.')
  const slim = image.os.endsWith('slim') ? 'slim-' : ''
  if (repository === 'eclipse-temurin' && java !== '' && release !== '') {
    const kind = jre ? 'jre' : 'jdk'
    const tail = release.startsWith('alpine') ? release.replace('alpine', 'alpine-').replace(/-$/, '') : release
    const major = java.split('.')[0]
    return [`${java.replace('+', '_')}-${kind}-${tail}`, `${major}-${kind}-${tail}`].map(
      (tag) => `${repository}:${tag}`,
    )
  }
  if (repository === 'amazoncorretto' && corretto !== '' && /^alpine\d/.test(release)) {
    const jreOnly = image.rows.some((row) => /^ENV JAVA_HOME=.*\/jre$/.test(row.createdBy))
    return (jreOnly ? ['-jre'] : ['', '-jdk', '-full']).map((kind) => `${repository}:${corretto}-${release}${kind}`)
  }
  if (own === undefined || !['python', 'node'].includes(repository) || release === '') return []
  const major = own.split('.')[0]
  const lead = repository === 'node' ? [own, short, major] : [own, short]
  // Python's tags without a release have meant trixie since August 2025.
  const plain =
    repository === 'python' && release === 'trixie' ? lead.map((version) => `${version}-${slim}`.replace(/-$/, '')) : []
  return [...lead.map((version) => `${version}-${slim}${release}`), ...plain].map((tag) => `${repository}:${tag}`)
}

function systemNames({ rows, os, date }: Found): readonly string[] {
  const [id = '', version = '', codename = '', slim] = os.split(' ')
  const first = rows[0]?.createdBy ?? ''
  if (id === 'alpine') {
    const full = /minirootfs-(\d+\.\d+\.\d+)/.exec(first)?.[1]
    return full === undefined ? [] : [`alpine:${version}`, `alpine:${full}`]
  }
  const tail = slim === undefined ? '' : '-slim'
  if (id === 'debian') {
    const seconds = /'@(\d+)'/.exec(first)?.[1]
    const day =
      seconds === undefined ? '' : new Date(Number(seconds) * 1000).toISOString().slice(0, 10).replaceAll('-', '')
    return [
      `debian:${codename}${tail}`,
      `debian:${version}${tail}`,
      ...(day === '' ? [] : [`debian:${codename}-${day}${tail}`]),
    ]
  }
  return id === 'ubuntu' && date !== '' ? [`ubuntu:${version}`, `ubuntu:${codename}`] : []
}

function buildpackNames(image: Found): readonly string[] {
  const [, version = '', codename = ''] = image.os.split(' ')
  const asked = image.names[0] ?? ''
  const kind = /curl|scm/.exec(asked)?.[0]
  const tail = kind === undefined ? '' : `-${kind}`
  return codename === '' ? [asked] : [`buildpack-deps:${codename}${tail}`, `buildpack-deps:${version}${tail}`]
}
