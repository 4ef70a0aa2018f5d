/**
 * Makes the bytes of a package table from what is known of a suite. The same knowledge gives the same bytes, in whatever order
 * it comes, and with what the table holds already measured it gives them once more.
 */
import { parseRelations } from '../../lib/sizes/apt/relations.ts'
import { infoExtra, lengthOf, type NumberColumn, numberColumns, scaled } from '../../lib/sizes/apt/table.ts'
import { type Needing, withoutImplied } from './data-apt-implied.ts'
import { countPaths, type Paragraph, type Paths } from './data-apt-index.ts'
import type { Measured } from './data-apt-measure.ts'
import { byLetters, densityOf, encodeTable, type Line, lettersFor } from './data-apt-pack.ts'
import { description, learn, type Means, reckon, type Sample } from './data-apt-reckon.ts'
import { preferences, relationsFor } from './data-apt-relations.ts'

/** What a table is made from; packages by name. */
export interface Knowledge {
  /** The archive's index, and the same with recorded packages as they were. */
  readonly archive: ReadonlyMap<string, Paragraph>
  readonly index: ReadonlyMap<string, Paragraph>
  /** Versions that known bases have. */
  readonly bases: ReadonlyMap<string, readonly string[]>
  /** What may be asked for: names of these that packages provide stay. */
  readonly words: ReadonlySet<string>
  /** Names in the order in which apt meets them. */
  readonly met: ReadonlyMap<string, number>
  readonly measured: ReadonlyMap<string, Measured>
  /** Paths of packages, where the archive has lists of them. */
  readonly contents: ReadonlyMap<string, readonly string[]>
  /** Packages of other suites that were measured. */
  readonly elsewhere: ReadonlyMap<string, Sample>
}

/** What measured packages tell of the others. */
export interface Learnt {
  /** As the table will tell it, by name. */
  readonly measured: ReadonlyMap<string, Measured>
  readonly elsewhere: ReadonlyMap<string, Sample>
  readonly samples: readonly Sample[]
  readonly means: Means
  /** Bytes of a control paragraph that the index leaves out. */
  readonly described: number
}

/** A table. */
export interface Made {
  readonly bytes: Buffer
  readonly packages: number
  readonly measured: number
}

const pathsOf = (contents: ReadonlyMap<string, readonly string[]>, name: string): Paths =>
  countPaths([...(contents.get(name) ?? [])].sort())

/** What is learnt from all that was measured here and elsewhere. */
export function learnFrom(knowledge: Knowledge): Learnt {
  const { archive, index, contents } = knowledge
  const measured = new Map(byName(knowledge.measured).map(([name, one]) => [name, asTold(one)]))
  const elsewhere = new Map(byName(knowledge.elsewhere))
  const samples = [...measured].flatMap(([name, one]): Sample[] => {
    const paragraph = index.get(name)
    if (paragraph === undefined || !contents.has(name)) return []
    return [{ paragraph, paths: pathsOf(contents, name), measured: one }]
  })
  const means = learn([...elsewhere.values(), ...samples])
  return { measured, elsewhere, samples, means, described: description(archive, measured) }
}

/** The table of some packages. */
export function makeTable(knowledge: Knowledge, learnt: Learnt, wanted: ReadonlySet<string>): Made {
  const { index, bases, words, met, contents } = knowledge
  const { measured, elsewhere, means, described } = learnt
  const names = new Set([...wanted].filter((name) => index.has(name)).sort())
  const preferred = met.size === 0 ? new Map<string, number>() : preferences(index, names, met)
  const relations = relationsFor(index, bases, names, words)
  const baseSources = new Set([...bases.keys()].map((name) => sourceName(index.get(name), name)))
  const fields = new Map([...names].map((name) => [name, relations(index.get(name)!)]))
  const provided = new Set(
    [...fields.values()].flatMap(({ provides }) => parseRelations(provides, '').flatMap(([one]) => one?.name ?? [])),
  )
  const needing = [...names].map((name): [string, Needing] => {
    return [name, { version: index.get(name)!.version, depends: fields.get(name)!.depends }]
  })
  const needs = withoutImplied(new Map(needing), provided)
  const limited = new Set(
    [...fields.values()].flatMap(({ depends, recommends, conflicts }) =>
      limitedBy([depends, recommends, conflicts].join(',')),
    ),
  )
  const relationsOf = (name: string): readonly string[] => {
    const { recommends, conflicts } = fields.get(name)!
    return [needs.get(name) ?? '', recommends, conflicts]
  }
  const letters = lettersFor([...names], [...names].flatMap(relationsOf))
  const lines = [...names].map((name): Line => {
    const paragraph = index.get(name)!
    const known = measured.get(name)
    const one = known ?? reckon(paragraph, pathsOf(contents, name), means, elsewhere.get(name))
    const told = relationsOf(name).map((text) => byLetters(text, name, letters))
    return {
      name,
      texts: [
        known !== undefined || bases.has(name) || limited.has(name) ? paragraph.version : '',
        sourceText(paragraph, baseSources),
        ...told,
        fields.get(name)!.provides,
      ],
      measured: known !== undefined,
      numbers: {
        ...numbersOf({ ...one, control: one.control ?? paragraph.control + described }),
        ...(known === undefined && { info: one.info / (one.files + infoExtra) }),
        density: densityOf(one.full, paragraph.deb),
        preference: preferred.get(name) ?? 0,
      },
    }
  })
  return {
    bytes: encodeTable(lines, letters.often),
    packages: lines.length,
    measured: lines.filter((line) => line.measured).length,
  }
}

/** Names of which a relation says which versions will do; `(=)` is the version of who says so. */
const limitedBy = (relations: string): readonly string[] =>
  [...relations.matchAll(/([^,|(]+)\((?!=\))/g)].map(([, name = '']) => name)

const byName = <T>(packages: ReadonlyMap<string, T>): readonly (readonly [string, T])[] =>
  [...packages].sort(([a], [b]) => (a < b ? -1 : 1))

/** A package's lengths as the columns of a table have them. */
function numbersOf(one: Measured): Readonly<Partial<Record<NumberColumn, number>>> {
  const { full, slim, fullLinks, slimLinks, files, info, control = 0, conffiles, conffilesBytes, templates } = one
  const { python, byteCode } = one
  return {
    slim,
    excess: full - slim,
    slimLinks,
    linksExcess: fullLinks - slimLinks,
    files,
    info,
    control,
    conffiles,
    conffilesBytes,
    templates,
    // Where the byte code is known nobody asks for its source.
    python: byteCode === undefined ? python : 0,
    byteCode: byteCode === undefined || python + byteCode === 0 ? 0 : byteCode + 1,
  }
}

/** What was measured, as a table tells it: what is learnt from it does not change once it comes from there. */
export function asTold(one: Measured): Measured {
  const numbers = numbersOf(one)
  const at = (column: NumberColumn): number => {
    const scale = numberColumns.find(([name]) => name === column)![1]
    return lengthOf(scaled(numbers[column] ?? 0, scale), scale)
  }
  const { byteCode: _, ...rest } = one
  const code = at('byteCode')
  return {
    ...rest,
    slim: at('slim'),
    full: at('slim') + at('excess'),
    slimLinks: at('slimLinks'),
    fullLinks: at('slimLinks') + at('linksExcess'),
    info: at('info'),
    ...(one.control !== undefined && { control: at('control') }),
    python: at('python'),
    ...(code > 0 && { byteCode: code - 1 }),
  }
}

const sourceName = (paragraph: Paragraph | undefined, name: string): string => paragraph?.source.split(' ')[0] || name

/** Source and version, only where a base has packages of it: nothing else is renewed by its source. */
function sourceText(paragraph: Paragraph, baseSources: ReadonlySet<string>): string {
  const { name, source, version } = paragraph
  if (!baseSources.has(sourceName(paragraph, name)) || source === '' || source === name) return ''
  const [of = '', at = ''] = source.split(' ')
  return `${of === name ? '' : of}${at === '' || at === version ? '' : ` ${at}`}`
}
