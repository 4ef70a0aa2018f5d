/**
 * Every option of the command line, in one table.
 *
 * A verb takes whole groups (`cli/verbs/index.ts`); an option that only one verb has stands in a group of that name.
 * To add one, add a row here. Help, completion, parsing and the checks all read this table.
 */

/** One row. `takes` is the placeholder of its value; without it the option is a switch, on or off. */
export interface FlagRow {
  readonly name: string
  readonly short?: string
  readonly takes?: string
  /** Every use counts; otherwise the last one does. */
  readonly repeats?: true
  readonly choices?: readonly string[]
  readonly group: string
  /** Absent: accepted, without effect, and not shown in the help. */
  readonly says?: string
}

/** Titles of the groups in the help, in order. */
export const groupTitles: Readonly<Record<string, string>> = {
  history: 'The table:',
  human: 'Numbers:',
  image: 'The image:',
  files: 'The list:',
  waste: 'The measure:',
  squash: 'The new image:',
  budgets: 'Budgets, exit code 1 when broken:',
  lint: 'The verdict:',
  compare: 'The verdict:',
  stages: 'The stages:',
  dockerfile: 'As for docker build:',
  prediction: 'The prediction:',
  common: 'Common:',
}

export const sizeModels = ['classic', 'buildkit', 'containerd', 'podman', 'tar'] as const

/** A flag of `docker build` that changes nothing in the history: with a value, or a switch. */
const ignored = <N extends string>(name: N, takes: string) =>
  ({ name, takes, repeats: true, group: 'ignored' }) as const
const ignoredSwitch = <N extends string>(name: N) => ({ name, group: 'ignored' }) as const

export const flags = [
  // docker image history's own
  { name: 'no-trunc', group: 'history', says: 'print every cell in full' },
  { name: 'human', short: 'H', group: 'human', says: 'sizes and dates for people; --human=false prints bytes' },
  { name: 'explain', group: 'history', says: 'add line, kind and basis of each row, and the totals' },
  { name: 'sizes', takes: 'HOW', choices: ['range'], group: 'history', says: 'range: estimates as low to high' },
  {
    name: 'remember',
    takes: 'FILE',
    group: 'history',
    says: 'an image: keep its measured sizes in FILE; a Dockerfile: use them',
  },

  { name: 'verify', group: 'image', says: 'an image: check every digest, which means reading every byte' },

  // of single verbs
  { name: 'layer', takes: 'N', group: 'files', says: 'one layer alone, whiteouts included; the lowest is 0' },
  { name: 'depth', takes: 'N', group: 'files', says: 'no deeper than N folders; they count what is below' },
  { name: 'sort', takes: 'HOW', choices: ['path', 'size'], group: 'files', says: 'default path' },
  { name: 'all', group: 'files', says: 'with PATH: all below it, not its life' },
  {
    name: 'from-row',
    takes: 'N',
    group: 'squash',
    says: 'rows from N on become one layer; the oldest is 0, the default',
  },
  { name: 'keep-base', group: 'squash', says: 'keep the layers of the image given by --base' },
  {
    name: 'image-config',
    takes: 'HOW',
    choices: ['keep', 'none'],
    group: 'squash',
    says: 'none: drop it and the history, as export and import do',
  },
  { name: 'compress', takes: 'HOW', choices: ['gzip', 'zstd'], group: 'squash', says: 'default: the layer is not' },
  {
    name: 'metric',
    takes: 'WHOSE',
    choices: ['dive'],
    group: 'waste',
    says: "dive's two figures, its .dive-ci honoured",
  },
  { name: 'max-size', takes: 'BYTES', group: 'budgets', says: 'all layers together: 500MB, 1GiB' },
  { name: 'max-wasted', takes: 'BYTES', group: 'budgets', says: 'bytes that nobody sees' },
  { name: 'max-wasted-percent', takes: 'N', group: 'budgets', says: 'the same, as a share of all' },
  { name: 'max-layers', takes: 'N', group: 'budgets', says: 'layers' },
  {
    name: 'fail-on',
    takes: 'SEVERITY',
    choices: ['error', 'warning', 'info', 'never'],
    group: 'lint',
    says: 'exit code 1 for findings at or above it; default warning',
  },
  {
    name: 'rule',
    takes: 'ID=SEVERITY',
    repeats: true,
    group: 'lint',
    says: 'off, info, warning or error for one rule',
  },
  { name: 'all-stages', group: 'stages', says: 'every stage as a target' },
  { name: 'baseline', takes: 'FILE', group: 'lint', says: 'findings that were there already do not count' },
  { name: 'update-baseline', group: 'lint', says: 'write what is found now to the baseline' },
  { name: 'fix', group: 'lint', says: 'carry out the safe suggestions' },
  { name: 'fix-dry-run', group: 'lint', says: 'print what --fix would change, as a diff' },
  { name: 'unsafe-fixes', group: 'lint', says: 'with --fix: also those that somebody should look at' },
  { name: 'stdin-filename', takes: 'NAME', group: 'lint', says: 'what - is: for messages, configuration and context' },
  { name: 'no-suggest', group: 'lint', says: 'leave suggestions out, which is quicker' },
  { name: 'jobs', takes: 'N', group: 'lint', says: 'up to N threads, where there are files enough' },
  { name: 'shard', takes: 'I/N', group: 'lint', says: 'the I-th of N parts of the files' },
  { name: 'exit-code', group: 'compare', says: 'exit code 1 when something differs' },

  // docker build's, with the meaning they have there
  { name: 'file', short: 'f', takes: 'FILE', group: 'dockerfile', says: 'the Dockerfile; SUBJECT is then its context' },
  {
    name: 'build-arg',
    takes: 'K[=V]',
    repeats: true,
    group: 'dockerfile',
    says: 'a build argument; K alone takes its value from the environment',
  },
  {
    name: 'target',
    takes: 'STAGE',
    repeats: true,
    group: 'dockerfile',
    says: 'the stage to look at; default the last',
  },
  { name: 'platform', takes: 'OS/ARCH', group: 'dockerfile', says: 'default linux/amd64' },
  {
    name: 'build-context',
    takes: 'NAME=PATH',
    repeats: true,
    group: 'dockerfile',
    says: 'a further context, or docker-image://REF',
  },
  { name: 'label', takes: 'K=V', repeats: true, group: 'dockerfile', says: 'a label on the image' },
  { name: 'squash', group: 'dockerfile', says: 'as the classic builder squashes' },

  // of our own, about what is predicted
  {
    name: 'builder',
    takes: 'B',
    group: 'prediction',
    says: 'buildkit (default), frontend, docker, classic, buildah or podman, with @VERSION',
  },
  {
    name: 'base',
    takes: 'REF=SUBJECT',
    repeats: true,
    group: 'prediction',
    says: 'what FROM REF stands for: an image, a JSON document, another Dockerfile',
  },
  {
    name: 'resolve',
    takes: 'WHERE',
    choices: ['none', 'daemon', 'registry'],
    group: 'prediction',
    says: 'where else to look a base up; default none: no connection is opened',
  },
  { name: 'context', takes: 'DIR', group: 'prediction', says: 'the build context' },
  { name: 'no-context', group: 'prediction', says: 'read no build context' },
  { name: 'no-registry-cache', group: 'prediction', says: 'fetch what an earlier run kept of a registry again' },
  {
    name: 'size-model',
    takes: 'M',
    choices: sizeModels,
    group: 'prediction',
    says: 'whose SIZE column; default as the builder counts',
  },
  { name: 'image-format', takes: 'F', choices: ['oci', 'docker'], group: 'prediction', says: "Buildah's --format" },
  { name: 'layers', group: 'prediction', says: "Buildah's --layers; --layers=false stores one layer" },
  { name: 'strict', group: 'prediction', says: 'an unknown base or frontend is an error' },

  // every verb's
  { name: 'format', takes: 'F', repeats: true, group: 'common', says: 'how the result is written' },
  { name: 'output', short: 'o', takes: 'FILE', group: 'common', says: 'write the result to FILE' },
  { name: 'config', takes: 'FILE', group: 'common', says: 'this configuration, not .stratigraph.yaml' },
  { name: 'no-config', group: 'common', says: 'read no configuration' },
  { name: 'color', group: 'common', says: 'colours, also where standard output is no terminal' },
  { name: 'no-color', group: 'common', says: 'no colours' },
  { name: 'quiet', short: 'q', group: 'common', says: 'history: only the image IDs; elsewhere: no remarks' },
  { name: 'verbose', group: 'common', says: 'say more on standard error' },
  { name: 'help', short: 'h', group: 'common', says: 'this text' },
  { name: 'version', group: 'common', says: 'the version' },

  // docker build's without effect on the history
  { ...ignored('tag', 'NAME'), short: 't' },
  ignored('secret', 'S'),
  ignored('ssh', 'S'),
  ignored('cache-from', 'S'),
  ignored('cache-to', 'S'),
  ignored('network', 'MODE'),
  ignoredSwitch('no-cache'),
  ignoredSwitch('pull'),
  ignoredSwitch('push'),
  ignoredSwitch('load'),
  ignored('progress', 'TYPE'),
  ignored('provenance', 'P'),
  ignored('sbom', 'S'),
  ignored('add-host', 'HOST:IP'),
  ignored('shm-size', 'BYTES'),
  ignored('ulimit', 'U'),
  { ...ignored('memory', 'BYTES'), short: 'm' },
  ignored('memory-swap', 'BYTES'),
  ignored('isolation', 'I'),
  ignored('annotation', 'A'),
  ignored('attest', 'A'),
  ignored('allow', 'A'),
  ignored('iidfile', 'FILE'),
  ignored('metadata-file', 'FILE'),
  ignored('no-cache-filter', 'STAGE'),
  ignored('cgroup-parent', 'C'),
  ignored('cpu-period', 'N'),
  ignored('cpu-quota', 'N'),
  { ...ignored('cpu-shares', 'N'), short: 'c' },
  ignored('cpuset-cpus', 'C'),
  ignored('cpuset-mems', 'C'),
  ignored('security-opt', 'S'),
  ignoredSwitch('rm'),
  ignoredSwitch('force-rm'),
] as const satisfies readonly FlagRow[]

type Row = (typeof flags)[number]
/** Options that carry a value. */
export type ValueName = Extract<Row, { takes: string }>['name']
/** Switches. */
export type SwitchName = Exclude<Row, { takes: string }>['name']
