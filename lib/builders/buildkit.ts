/** BuildKit's rows. Source: history specification, section 5; every quirk has a truth case named there. */
import { scriptOf } from '../dockerfile/heredoc.ts'
import type { Arg, Step } from '../dockerfile/step.ts'
import type { Traits } from '../traits.ts'
import { commandText, commandWords, layer, metadata, pairTexts, type StepOf, type Table } from './builder.ts'
import { list, quotedList } from './go-text.ts'
import { healthText } from './health.ts'

/** The COMMENT cell of every row that BuildKit adds. */
export const buildkitComment = 'buildkit.dockerfile.v0'

export const buildkit: Table = {
  ARG: ({ shown = [] }) => metadata(`ARG ${shown.join(' ')}`),
  ENV: ({ operands }) => metadata(`ENV ${pairTexts(operands.pairs)}`),
  LABEL: ({ operands }) => metadata(`LABEL ${pairTexts(operands.pairs)}`),
  RUN: (step, { traits }) => layer(`RUN ${argPrefix(step, traits)}${runCommand(step, traits)} # buildkit`),
  COPY: (step, { traits }) => layer(copyText(step, traits)),
  ADD: (step, { traits }) => layer(copyText(step, traits)),
  // The resulting path `/` needs no directory and stores nothing.
  WORKDIR: ({ path }) => (path === '/' ? metadata : layer)(`WORKDIR ${path}`),
  CMD: ({ operands, before }) => metadata(`CMD ${quotedList(commandWords(operands.command, before.shell))}`),
  ENTRYPOINT: ({ operands, before }) =>
    metadata(`ENTRYPOINT ${quotedList(commandWords(operands.command, before.shell))}`),
  SHELL: ({ operands }) => metadata(`SHELL ${list(operands.words)}`),
  EXPOSE: ({ operands }, { traits }) => metadata(exposeText(operands.words, traits)),
  HEALTHCHECK: ({ operands }, { traits }) => metadata(`HEALTHCHECK ${healthText(operands.health, traits.healthcheck)}`),
  USER: ({ operands }) => metadata(`USER ${operands.text}`),
  VOLUME: ({ operands }) => metadata(`VOLUME ${list(operands.words)}`),
  STOPSIGNAL: ({ operands }) => metadata(`STOPSIGNAL ${operands.text}`),
  MAINTAINER: ({ operands }) => metadata(`MAINTAINER ${operands.text}`),
  // Kept in the image config; leaves no row.
  ONBUILD: () => null,
}

/** `|2 A=a B=b `: every ARG known here, in order of declaration, with what the build state holds for it now. */
function argPrefix({ before }: Step, traits: Traits): string {
  const names = before.args.map(([name]: Arg) => name)
  const listed = traits.argOnce ? [...new Set(names)] : names
  if (listed.length === 0) return ''
  return `|${listed.length} ${listed.map((name) => `${name}=${before.state.get(name) ?? ''}`).join(' ')} `
}

function runCommand({ operands, instruction, before }: StepOf<'RUN'>, traits: Traits): string {
  const { command } = operands
  const { heredocs } = instruction
  if (!command.shell || heredocs.length === 0) return commandText(command, before)
  const [text = ''] = command.words
  const [first] = heredocs
  const shell = `${before.shell.join(' ')} `
  if (first === undefined || heredocs.length > 1 || text !== first.word)
    return `${shell}${text}${heredocs.map(({ body, name }) => `\n${body}${name}`).join('')}`
  const script = scriptOf(first, traits)
  return shell + (script.isProgram ? `/dev/pipes/${first.name}` : script.text)
}

function copyText({ operands }: StepOf<'COPY' | 'ADD'>, traits: Traits): string {
  const { flags } = operands
  const shown = traits.copyFlagsShown
    ? [
        ...(flags.parents ? ['--parents'] : []),
        ...(flags.chown ? [`--chown=${flags.chown}`] : []),
        ...(flags.chmod ? [`--chmod=${flags.chmod}`] : []),
      ]
    : []
  const heredocs = operands.heredocs.map(({ name }) => `<<${name}`)
  const words = [operands.keyword, ...shown, ...operands.sources, ...heredocs, operands.destination]
  return `${words.join(' ')} # buildkit`
}

function exposeText(ports: readonly string[], traits: Traits): string | undefined {
  switch (traits.expose) {
    case 'list':
      return `EXPOSE ${list(ports)}`
    // Frontend 1.18 prints the address of a structure.
    case 'pointer':
      return undefined
    default:
      return `EXPOSE map[${[...new Set(ports)]
        .sort()
        .map((port) => `${port}:{}`)
        .join(' ')}]`
  }
}
