/** Which packages a table holds, and what the recordings say of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseRelations } from '../../lib/sizes/apt/relations.ts'
import type { Paragraph } from './data-apt-index.ts'
import type { Measured } from './data-apt-measure.ts'
import { shared } from './truth.ts'

interface RecordedPackage {
  readonly v: string
  readonly src?: string
  readonly isz: number
  readonly deb: number
  readonly pre?: string
  readonly dep?: string
  readonly rec?: string
  readonly prov?: string
  readonly conf?: string
  readonly brk?: string
  readonly full: number
  readonly slim: number
  readonly fullsym: number
  readonly slimsym: number
  readonly files: number
  readonly info: number
  readonly ctl: number
  readonly conff: readonly [number, number]
  readonly tmpl: number
  readonly py: number
}

const readJson = <T>(...path: readonly string[]): T | undefined => {
  const file = join(shared, 'truth-run', ...path)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined
}

/** Packages that were met in recorded builds. */
export function readRecorded(suite: string): ReadonlyMap<string, { paragraph: Paragraph; measured: Measured }> {
  const list = readJson<Record<string, RecordedPackage>>(`packages-${suite}.json`) ?? {}
  return new Map(
    Object.entries(list).map(([name, one]) => {
      const both = (a?: string, b?: string): string => [a, b].filter((text) => text !== undefined).join(', ')
      const paragraph: Paragraph = {
        name,
        version: one.v,
        source: (one.src ?? '').replace(/[()]/g, ''),
        installed: one.isz,
        deb: one.deb,
        priority: '',
        depends: both(one.pre, one.dep),
        recommends: one.rec ?? '',
        provides: one.prov ?? '',
        conflicts: both(one.conf, one.brk),
        control: one.ctl,
      }
      const measured: Measured = {
        version: one.v,
        full: one.full,
        slim: one.slim,
        fullLinks: one.fullsym,
        slimLinks: one.slimsym,
        files: one.files,
        info: one.info,
        conffiles: one.conff[0],
        conffilesBytes: one.conff[1],
        templates: one.tmpl,
        python: one.py,
      }
      return [name, { paragraph, measured }]
    }),
  )
}

/** Versions that recorded bases of a suite have, by package. */
export function recordedBases(suite: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [ref, { packages }] of Object.entries(
    readJson<Record<string, { packages?: Record<string, { v: string }> }>>('bases.json') ?? {},
  )) {
    if (!ref.includes(suite)) continue
    for (const [name, { v }] of Object.entries(packages ?? {})) found.set(name, [...(found.get(name) ?? []), v])
  }
  return found
}

/** Names that Dockerfiles at hand give to apt, with how often. */
function named(index: ReadonlyMap<string, Paragraph>): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  const folder = join(shared, 'corpus', 'dockerfiles', 'files')
  const official = join(shared, 'corpus', 'official')
  const texts = existsSync(folder) ? readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')) : []
  for (const file of existsSync(official) ? readdirSync(official) : [])
    if (file.endsWith('.jsonl'))
      for (const line of readFileSync(join(official, file), 'utf8').split('\n'))
        for (const text of Object.values(line === '' ? {} : (JSON.parse(line) as Record<string, unknown>)))
          if (typeof text === 'string' && text.includes('\n')) texts.push(text)
  for (const text of texts)
    for (const [, words = ''] of text
      .replace(/\\\r?\n(\s*#.*\r?\n)*/g, ' ')
      .matchAll(/\bapt(?:-get|itude)?\s([^;&|\n]*)/g))
      for (const word of words.split(/\s+/)) {
        const name = word.replace(/[=/:].*$/, '')
        if (index.has(name)) found.set(name, (found.get(name) ?? 0) + 1)
      }
  return found
}

/**
 * The most needed packages: all in `sure`, all that Dockerfiles at hand name, then by how many packages need them,
 * and always with what they need and recommend in turn.
 */
export function choose(
  index: ReadonlyMap<string, Paragraph>,
  sure: ReadonlySet<string>,
  most: number,
): ReadonlySet<string> {
  const needs = new Map<string, readonly string[]>()
  const needed = new Map<string, number>()
  const offered = new Map<string, string[]>()
  for (const [name, { depends, recommends, provides }] of index) {
    const groups = [...parseRelations(depends, ''), ...parseRelations(recommends, '')]
    needs.set(
      name,
      groups.map((group) => group.find((one) => index.has(one.name))?.name ?? group[0]?.name ?? ''),
    )
    for (const group of groups)
      for (const { name: other } of group.slice(0, 1)) needed.set(other, (needed.get(other) ?? 0) + 1)
    for (const { name: virtual } of parseRelations(provides, '').flat())
      offered.set(virtual, [...(offered.get(virtual) ?? []), name])
  }
  const chosen = new Set<string>()
  const add = (start: string): void => {
    const todo = [start]
    for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
      if (chosen.has(name)) continue
      if (index.has(name)) {
        chosen.add(name)
        todo.push(...(needs.get(name) ?? []))
      } else todo.push(...(offered.get(name) ?? []).sort().slice(-1))
    }
  }
  for (const name of sure) add(name)
  for (const name of named(index).keys()) add(name)
  const worth = (name: string): number => needed.get(name) ?? 0
  for (const name of [...index.keys()].sort((a, b) => worth(b) - worth(a))) {
    if (chosen.size >= most) break
    add(name)
  }
  return chosen
}
