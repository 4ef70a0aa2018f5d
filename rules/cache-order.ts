import {
  type CommandFacts,
  type Cure,
  copyOf,
  type Facts,
  type Hit,
  type Installation,
  inserted,
  installedFromCopy,
  nameOf,
  newlineOf,
  rule,
  type StepFacts,
  withoutStep,
} from '../lib/rule.ts'

/** Installers of system packages: they want nothing of what is copied. */
const system = new Set(['apt-get', 'apt', 'apk', 'dnf', 'microdnf', 'yum', 'zypper', 'pacman'])
const verbs = new Set(['install', 'add', '-S', '-Sy', '-Syu'])

export default rule({
  id: 'cache-order',
  severity: 'info',
  title: 'Packages are installed anew whenever a source file changes',
  why: `A COPY of the whole context changes with every file, and all that comes after it runs again. Install system packages
above it: they are then taken from the cache. For the packages of a project, copy the files that list them first, install,
and copy the rest then. Nothing is said where those files lead to others of the project; the edit is for review, and offered
where the image stays as it is.`,
  source: 'https://docs.docker.com/build/cache/optimize/',
  aliases: [],
  examples: [
    {
      bad: 'FROM alpine:3.20\nCOPY . /app/\nRUN apk add --no-cache curl\n',
      good: 'FROM alpine:3.20\nRUN apk add --no-cache curl\nCOPY . /app/\n',
      context: { 'a.txt': 'a' },
    },
    {
      bad: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
      good: 'FROM node:22-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n',
      context: { 'package.json': '{"dependencies":{"a":"1"}}', 'package-lock.json': '{}', 'index.js': '' },
    },
  ],
  *check(facts) {
    for (const { steps } of facts.stages) {
      const copy = steps.findIndex(copiesAll)
      if (copy < 0) continue
      for (const step of steps.slice(copy + 1))
        if (!step.step.triggered && installs(step))
          yield {
            at: step,
            says: `runs again whenever anything changes that line ${steps[copy]!.line} copies`,
            related: [{ at: steps[copy]!, says: 'the whole context is copied here' }],
            cures: [ahead(step, steps[copy]!, facts)],
          }
      yield* project(steps, copy, facts)
    }
  },
})

/** The packages of a project, installed by the RUN that comes next. */
function* project(steps: readonly StepFacts[], at: number, facts: Facts): Generator<Hit> {
  const copy = steps[at]!
  const next = steps.slice(at + 1).find(({ keyword }) => !/^(?:WORKDIR|ENV|ARG|LABEL|EXPOSE|USER|SHELL)$/.test(keyword))
  if (next === undefined || next.step.triggered || next.step.operands.keyword !== 'RUN') return
  const { commands } = next
  const first = commands.findIndex((command) => !leavesSources(command))
  const command = commands[first]
  const found = command && installedFromCopy(command, copy, facts)
  if (found === undefined) return
  yield {
    at: next,
    says: `${found.name} runs again whenever anything changes that line ${copy.line} copies, and reads little more than ${nameOf(found.manifest)}`,
    related: [{ at: copy, says: 'the whole context is copied here' }],
    cures: [
      steps[at + 1] === next && tidies(commands.slice(first + 1)) ? manifests(next, copy, found, facts) : undefined,
    ],
  }
}

/** Do they only remove what the installation keeps? */
const tidies = (commands: readonly CommandFacts[]): boolean =>
  commands.every(({ name, argv }) => name === 'rm' || /^(?:cache|clean)/.test(argv[1] ?? ''))

/** Instructions that a RUN can be moved across. */
const inert = /^(?:COPY|ADD|LABEL|EXPOSE|CMD|ENTRYPOINT|HEALTHCHECK|STOPSIGNAL|MAINTAINER)$/

/** Folders in which a copy may bring what installers heed. */
const heeded = /^\/(?:$|(?:etc|lib|var|bin|sbin|root|usr\/(?:s?bin|lib|local))(?:\/|$))/

/** The RUN goes in front of the copy, after `lines`. */
function ahead(run: StepFacts, copy: StepFacts, facts: Facts, lines = ''): Cure | undefined {
  const { text } = facts
  const between = run.stage.steps.slice(copy.stage.steps.indexOf(copy), copy.stage.steps.indexOf(run))
  const isPlain = run.instruction.heredocs.length === 0 && copy.instruction.heredocs.length === 0
  if (heeded.test(copyOf(copy)?.path ?? '/')) return undefined
  if (!isPlain || !between.every(({ keyword, step }) => inert.test(keyword) && !step.triggered)) return undefined
  const newline = newlineOf(facts)
  const own = text.slice(run.span.start, run.span.end)
  const before = inserted(copy.span.start, `${lines === '' ? '' : `${lines}${newline}`}${own}${newline}`)
  const title = lines === '' ? `move it above line ${copy.line}` : `copy what it reads first: ${lines}`
  return { title, safe: false, alike: true, edits: [before, withoutStep(run, facts)] }
}

/** What the installation reads is copied first, and the rest behind it. */
function manifests(run: StepFacts, copy: StepFacts, { files }: Installation, facts: Facts): Cure | undefined {
  const { operands } = copy.step
  if (operands.keyword !== 'COPY' || operands.sources.length > 1 || copy.instruction.json !== undefined)
    return undefined
  if (files === undefined || files.some((file) => !/^[\w.-]+$/.test(file))) return undefined
  const text = facts.text.slice(copy.span.start, copy.span.end)
  const [, head, target = ''] = /^(COPY(?:[ \t]+--[^\s\\]+)*)[ \t]+\S+[ \t]+(\S+)$/i.exec(text) ?? []
  if (head === undefined || /--(?:parents|exclude)/.test(head)) return undefined
  return ahead(run, copy, facts, `${head} ${files.join(' ')} ${target.replace(/\/?$/, '/')}`)
}

/** It changes nothing of the project, and needs nothing of it. */
const leavesSources = ({ name, argv }: CommandFacts): boolean =>
  /^(?:cd|set|echo|true|corepack)$/.test(name) ||
  (system.has(name) && argv.some((word) => verbs.has(word) || word === 'update')) ||
  (name === 'npm' && argv.some((word) => /^(?:-g|--global|config)$/.test(word))) ||
  (/^pip\d*$/.test(name) &&
    argv[1] === 'install' &&
    argv.slice(2).every((word) => /^(?:-U|--upgrade|--no-cache-dir|pip|setuptools|wheel)$/.test(word)))

function copiesAll({ step: { operands, triggered } }: StepFacts): boolean {
  if (triggered || (operands.keyword !== 'COPY' && operands.keyword !== 'ADD') || operands.flags.from !== null)
    return false
  return operands.sources.some((source) => /^(?:\.?\/?|\*)$/.test(source))
}

/** It installs named system packages, and runs nothing else that might be one of the files copied. */
const installs = ({ commands }: StepFacts): boolean =>
  commands.some(({ name, argv, known }) => known && system.has(name) && argv.some((word) => verbs.has(word))) &&
  commands.every(({ name, argv }) => system.has(name) || (/^(?:rm|echo|set|true)$/.test(name) && argv.length > 0))
