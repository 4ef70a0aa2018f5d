/** Rows of the builder inside the Docker daemon. Source: history specification, section 6. */
import type { Setting, Step } from '../dockerfile/step.ts'
import {
  byBytes,
  commandText,
  commandWords,
  ifChanged,
  layer,
  pairTexts,
  type StepOf,
  type Table,
  type Written,
} from './builder.ts'
import { list, quotedList } from './go-text.ts'
import { healthText } from './health.ts'

export const classic: Table = {
  ARG: ({ shown = [], before }) => noop(before, `ARG ${shown.join(' ')}`),
  ENV: ({ operands, before }) => noop(before, `ENV ${pairTexts(operands.pairs)}`),
  LABEL: ({ operands, before }) => noop(before, `LABEL ${pairTexts(operands.pairs)}`),
  RUN: (step) => ifChanged(argPrefix(step) + commandText(step.operands.command, step.before)),
  COPY: copy,
  ADD: copy,
  WORKDIR: ({ path, before }, { traits }) =>
    ifChanged(`${before.shell.join(' ')} #(nop) ${traits.oldWorkdir ? ' ' : ''}WORKDIR ${path}`),
  CMD: ({ operands, before }) => noop(before, `CMD ${quotedList(emptyAware(operands.command, before))}`),
  ENTRYPOINT: ({ operands, before }) => noop(before, `ENTRYPOINT ${quotedList(emptyAware(operands.command, before))}`),
  // SHELL changes the words of its own row too.
  SHELL: ({ operands, before }) => noop({ ...before, shell: operands.words }, `SHELL ${list(operands.words)}`),
  EXPOSE: ({ operands, before }, { traits }) =>
    noop(
      before,
      `EXPOSE ${(traits.expose === 'old words' ? [...new Set(operands.words)].sort() : operands.words).join(' ')}`,
    ),
  HEALTHCHECK: ({ operands, before }, { traits }) =>
    noop(before, `HEALTHCHECK ${healthText(operands.health, traits.healthcheck)}`),
  USER: ({ operands, before }, { traits }) =>
    noop(before, `USER ${traits.oldUser ? list([operands.text]) : operands.text}`),
  VOLUME: ({ operands, before }) => noop(before, `VOLUME ${list(operands.words)}`),
  STOPSIGNAL: ({ operands, before }, { traits }) =>
    noop(before, `STOPSIGNAL ${traits.oldUser ? list([operands.text]) : operands.text}`),
  MAINTAINER: ({ operands, before }) => noop(before, `MAINTAINER ${operands.text}`),
  ONBUILD: ({ operands, before }) => noop(before, `ONBUILD ${operands.trigger}`),
}

/** The text of a `--label` row. */
export const classicLabel = (setting: Setting, key: string, value: string): Written =>
  noop(setting, `LABEL ${key}=${value}`)

// Its container may store one thing: the working directory that a RUN removed.
const noop = (setting: Setting, text: string): Written => ifChanged(`${setting.shell.join(' ')} #(nop)  ${text}`)

function copy(
  { operands, before }: StepOf<'COPY' | 'ADD'>,
  { traits, hash }: { traits: { chownGlued: boolean }; hash: string | undefined },
): Written {
  if (hash === undefined) return layer(undefined)
  const { chown } = operands.flags
  const owner = chown ? `--chown=${chown}${traits.chownGlued ? '' : ' '}` : ''
  return layer(`${before.shell.join(' ')} #(nop) ${operands.keyword} ${owner}${hash} in ${operands.destination} `)
}

/** `CMD` with nothing after it holds the shell's words alone. */
const emptyAware = (
  command: { readonly shell: boolean; readonly words: readonly string[] },
  setting: Setting,
): readonly string[] =>
  command.shell && command.words.length === 0 ? setting.shell : commandWords(command, setting.shell)

/** `|2 A=a B=b `: ARGs with a value whose name is not in Env, sorted. An undeclared proxy leaves `|0 `. */
function argPrefix({ before, proxied }: Step): string {
  const values = new Map<string, string>()
  for (const [name, value] of before.args) value === null ? values.delete(name) : values.set(name, value)
  const listed = byBytes(
    [...values].filter(([name]) => before.env.get(name) === undefined).map(([name, value]) => `${name}=${value}`),
  )
  if (listed.length === 0) return proxied ? '|0 ' : ''
  return `|${listed.length} ${listed.join(' ')} `
}
