/** Rows of Buildah, which `podman build` uses too. Source: history specification, section 7. */
import { mountOptions } from '../dockerfile/mount.ts'
import { resolvePath } from '../dockerfile/paths.ts'
import type { Step } from '../dockerfile/step.ts'
import type { Traits } from '../traits.ts'
import { byBytes, type Facts, layer, metadata, type StepOf, type Table, type Written } from './builder.ts'
import { quoted } from './go-text.ts'

const prefix = '/bin/sh -c #(nop) '

export const buildah: Table = {
  ARG: (step) => metadata(`${prefix}ARG ${argNames(step).join(' ')}`),
  ENV: asWritten,
  LABEL: asWritten,
  RUN: (step, { traits }) => layer(runText(step, traits)),
  COPY: copy,
  ADD: copy,
  WORKDIR: asWritten,
  CMD: asWritten,
  ENTRYPOINT: asWritten,
  SHELL: asWritten,
  EXPOSE: asWritten,
  HEALTHCHECK: asWritten,
  USER: asWritten,
  VOLUME: asWritten,
  STOPSIGNAL: asWritten,
  MAINTAINER: asWritten,
  ONBUILD: asWritten,
}

/** Text of the row, or rows, of `--label`. */
export const buildahLabels = (labels: readonly (readonly [string, string])[], traits: Traits): readonly string[] => {
  const texts = labels.map(([key, value]) => `${quoted(key)}=${quoted(value)}`)
  return (traits.labelsInOneRow ? [texts.join(' ')] : texts).map((text) => `${prefix}LABEL ${text}`)
}

/** The joined source line, nothing replaced, nothing trimmed at its end. */
function asWritten({ instruction }: Step): Written {
  return metadata(prefix + instruction.line)
}

/** Names of all ARGs with a value here, this one's included. */
function argNames(step: StepOf<'ARG'>): readonly string[] {
  const valued = new Set<string>()
  for (const [name, value] of [...step.before.args, ...(step.declared ?? [])]) if (value !== null) valued.add(name)
  return byBytes([...valued])
}

function copy(step: StepOf<'COPY' | 'ADD'>, { traits, hash }: Facts): Written {
  if (hash === undefined) return layer(undefined)
  const { operands, instruction } = step
  const isLinked = traits.linkShown && operands.flags.link
  const to = isLinked
    ? linkedTo(operands.destination, step.before.workdir)
    : lastWord(instruction.text, instruction.json)
  return layer(`${prefix}${operands.keyword} ${isLinked ? '--link ' : ''}${hash} in ${to}${traits.copyTail}`)
}

/** The row of a layer of its own names the place in the image. (recorded: link-below-workdir) */
const linkedTo = (destination: string, workdir: string): string =>
  destination.startsWith('/')
    ? destination
    : resolvePath(workdir, destination) + (/(^|\/)\.?$/.test(destination) ? '/' : '')

/** The destination as written, not replaced. */
const lastWord = (text: string, json: readonly string[] | undefined): string =>
  json?.at(-1) ?? text.split(/[\t\v\f\r ]+/).at(-1) ?? ''

function runText(step: StepOf<'RUN'>, traits: Traits): string | undefined {
  const { instruction, operands } = step
  // The checksum of a bind mount holds the owners of the host's files.
  if (traits.bindChecksums && operands.mounts.some(bindsFiles)) return undefined
  const args = argPrefix(step)
  const { heredocBodiesInRow: when } = traits
  const bodies =
    when === 'always' || (when === 'without args' && args === '')
      ? instruction.heredocs.map(({ body }) => `\n${body.trim()}`)
      : []
  return `${args}/bin/sh -c ${instruction.line.slice(4)}${bodies.join('')}`
}

const bindsFiles = (mount: string): boolean => {
  const options = mountOptions(mount)
  // Only where the type is said: a mount that is one by default gets no checksum.
  return options.get('type') === 'bind' && !options.has('from')
}

/** `|2 A=a B=b `: N counts the blank-separated pieces of the joined pairs, so a value with blanks counts more. */
function argPrefix({ before, proxied = [] }: Step): string {
  const values = new Map<string, string>()
  // What ENV says of a proxy is told, whoever declared it.
  for (const name of proxied) if (before.env.get(name) !== undefined) values.set(name, before.env.get(name)!)
  // What the stage itself set with ENV; what it began with is not told. (recorded: arg-of-base)
  const { ownEnv } = before
  for (const [name, value] of before.args)
    if (value !== null) values.set(name, ownEnv.has(name) ? (before.env.get(name) ?? value) : value)
  if (values.size === 0) return ''
  const joined = byBytes([...values].map(([name, value]) => `${name}=${value}`)).join(' ')
  return `|${joined.split(' ').length} ${joined} `
}
