/**
 * A stage from its first step to its last: variables replaced, and the config that results.
 * Source: history specification, sections 3, 5 and 8.
 */
import type { ImageConfig, Instruction, Problem, Span } from '../model.ts'
import type { Traits } from '../traits.ts'
import { type Expanded, expand, type Growth, type Reading } from './expand.ts'
import { bodyReading, chomp } from './heredoc.ts'
import { refusedMount } from './mount.ts'
import { refusedChecksum, refusedDefault, refusedFrom, refusedPairs } from './names.ts'
import { type Copy, type Operands, type Pair, Refused, readOperands } from './operands.ts'
import { cleanPath, workdirPath } from './paths.ts'
import { portsOf } from './ports.ts'
import { isProxy, shownProxies, stageProxies, undeclaredProxies } from './proxies.ts'
import { scanOne } from './scan.ts'
import { environment, Scope } from './scope.ts'
import { isSignal } from './signals.ts'
import type { Draft, Written } from './stages.ts'
import type { Arg, Setting, Start, Step } from './step.ts'
import { collected } from './stored.ts'

/** What holds for the whole build. */
export interface Build {
  readonly traits: Traits
  readonly escape: string
  readonly buildArgs: Readonly<Record<string, string>>
  /** Global ARGs with their values, built-in ones among them. */
  readonly globals: ReadonlyMap<string, string>
  /** Values of built-in platform ARGs. */
  readonly platform: ReadonlyMap<string, string>
  /** Buildah's --format. */
  readonly imageFormat: 'oci' | 'docker'
  /** The target system is Windows. */
  readonly windows: boolean
  readonly buildahVersion: string
  readonly growth: Growth
}

export interface Evaluated {
  readonly steps: readonly Step[]
  readonly config: ImageConfig
  readonly author: string
  /** For a stage built on this one. */
  readonly handed: Pick<Start, 'values' | 'args'>
  readonly problems: readonly Problem[]
}

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** What applying an instruction adds to its step. */
type Applied = Pick<Step, 'operands' | 'path' | 'shown' | 'declared' | 'proxied'>

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** Runs through a stage. Stops where the builder would refuse; never throws. */
export function evaluate(draft: Draft, start: Start, triggers: readonly string[], build: Build): Evaluated {
  const stage = new Stage(draft, start, build)
  for (const trigger of triggers) {
    const written = triggered(trigger, draft.from.span, build)
    if (written instanceof Refused) stage.refuse(written.message, draft.from.span.line)
    else stage.take(written, true)
  }
  for (const written of draft.body) stage.take(written, false)
  return stage.finish()
}

function triggered(trigger: string, span: Span, build: Build): Written | Refused {
  const instruction = scanOne(trigger, span, build.traits)
  if (!('keyword' in instruction)) return new Refused(instruction.message)
  const operands = readOperands(instruction, build.traits, build.escape)
  return operands instanceof Refused ? operands : { instruction, operands }
}

class Stage {
  private readonly config: Mutable<ImageConfig>
  private readonly labels: Map<string, string>
  private readonly volumes: Set<string>
  private readonly ports: Set<string>
  private readonly triggers: string[] = []
  private readonly env: Scope
  /** Names that this stage set. */
  private readonly ownEnv = new Set<string>()
  private readonly state: Scope
  private readonly args: Arg[]
  private author: string
  private commandGiven = false
  /** By the base or the stage, not by the builder. */
  private pathSet: boolean
  private stopped = false
  private readonly steps: Step[] = []
  private readonly problems: Problem[] = []
  private unset: string[] = []
  private readonly reading: Reading
  private readonly draft: Draft
  private readonly start: Start
  private readonly build: Build

  constructor(draft: Draft, start: Start, build: Build) {
    this.draft = draft
    this.start = start
    this.build = build
    const { Env = [], Labels = {}, Volumes = {}, ExposedPorts = {}, OnBuild: _, ...config } = start.config
    this.config = config
    this.labels = new Map(Object.entries(Labels))
    this.volumes = new Set(Object.keys(Volumes))
    this.ports = new Set(Object.keys(ExposedPorts))
    this.env = new Scope(environment(Env))
    this.pathSet = this.env.get('PATH') !== undefined
    if (!this.pathSet && (!build.windows || build.traits.windowsPath)) {
      this.env.set('PATH', defaultPath)
      this.ownEnv.add('PATH')
    }
    this.state = new Scope([...this.env.entries(), ...stageProxies(build, this.env), ...start.values])
    // Buildah tells of a proxy in the stage only that declares it. (recorded: proxies-undeclared)
    this.args = start.args.filter(([name]) => build.traits.family !== 'buildah' || !isProxy(name, build.traits))
    this.author = start.author
    const escapeChar = build.traits.family === 'buildah' ? '\\' : build.escape
    this.reading = { escape: escapeChar, modifiers: build.traits.modifiers }
  }

  refuse(message: string, line: number): void {
    if (!this.stopped) this.problems.push({ severity: 'error', message, line, refuses: true })
    this.stopped = true
  }

  take({ instruction, operands }: Written, fromTrigger: boolean): void {
    if (this.stopped) return
    const before = this.setting()
    this.unset = []
    const result = this.apply(instruction, operands)
    if (result instanceof Refused) this.refuse(result.message, instruction.span.line)
    else
      this.steps.push({
        instruction,
        before,
        stage: this.draft.index,
        unset: this.unset,
        triggered: fromTrigger,
        ...result,
      })
  }

  finish(): Evaluated {
    const { traits, buildahVersion } = this.build
    const { config } = this
    // A stage without steps is the image below it under another name.
    if (this.steps.length === 0 && this.draft.image !== 'scratch' && traits.family !== 'buildkit')
      return { ...this.nothing(), config: this.stored({ ...this.start.config }) }
    const env = this.environment().map(([name, value]) => `${name}=${value}`)
    if (traits.family === 'buildah') {
      const hidden = traits.epochHidesLabel && Object.hasOwn(this.build.buildArgs, 'SOURCE_DATE_EPOCH')
      if (!hidden) this.labels.set('io.buildah.version', buildahVersion)
    }
    const { labels, volumes, ports, triggers } = this
    const grown = collected({ labels, volumes, ports, triggers })
    return { ...this.nothing(), config: this.stored({ ...(env.length > 0 && { Env: env }), ...config, ...grown }) }
  }

  /** The config as the image format can hold it: OCI has no health check, shell or triggers. */
  private stored(config: Mutable<ImageConfig>): ImageConfig {
    const { traits, imageFormat } = this.build
    if (traits.family === 'buildah' && imageFormat === 'oci')
      for (const key of ['Healthcheck', 'Shell', 'OnBuild'] as const) delete config[key]
    return config
  }

  private nothing(): Omit<Evaluated, 'config'> {
    const { traits } = this.build
    return {
      steps: this.steps,
      author: this.author,
      handed: {
        values: traits.childArgs === 'none' ? [] : this.state.entries(),
        args: traits.childArgs === 'values and prefix' ? this.args : [],
      },
      problems: this.problems,
    }
  }

  /** Env in the order of first setting; Buildah sets what the stage says again, behind what it keeps of the base. */
  private environment(): readonly (readonly [string, string])[] {
    const all = this.env.entries()
    if (this.build.traits.family !== 'buildah') return all
    const own = [...this.ownEnv].map((name) => [name, this.env.get(name) ?? ''] as const)
    return [...all.filter(([name]) => !this.ownEnv.has(name)), ...own]
  }

  private setting(): Setting {
    const { config, args, volumes } = this
    const [count, declared, set] = [args.length, volumes.size, this.ownEnv.size]
    const all = this.ownEnv
    return {
      state: this.state.view(),
      env: this.env.view(),
      // Taken only when asked for: a file may have very many, and most steps need none.
      get args() {
        return args.slice(0, count)
      },
      get ownEnv() {
        return new Set([...all].slice(0, set))
      },
      get volumes() {
        return [...volumes].slice(0, declared).map((path) => cleanPath(`/${path}`))
      },
      shell: config.Shell ?? (this.build.windows ? ['cmd', '/S', '/C'] : ['/bin/sh', '-c']),
      shellGiven: config.Shell !== undefined,
      user: config.User ?? '',
      workdir: config.WorkingDir ?? '',
      author: this.author,
    }
  }

  /** One word with its variables replaced; throws Refused, which `apply` gives back. */
  private expanded(word: string, reading: Reading = this.reading, hides?: string): Expanded {
    const value = (name: string) => (name === hides ? undefined : this.state.get(name))
    const result = expand(word, value, reading, this.build.growth)
    if (result.error !== undefined) throw new Refused(`failed to process "${word}": ${result.error}`)
    for (const name of result.unset) this.unset.push(name)
    return result
  }

  private readonly replace = (word: string): string => this.expanded(word).text

  private apply(instruction: Instruction, operands: Operands): Applied | Refused {
    try {
      return this.applied(instruction, operands)
    } catch (error) {
      if (error instanceof Refused) return error
      throw error
    }
  }

  private applied(instruction: Instruction, operands: Operands): Applied {
    const { config } = this
    switch (operands.keyword) {
      case 'FROM':
        return { operands }
      case 'ENV': {
        const pairs = this.pairs(operands.pairs)
        this.check(refusedPairs(pairs, this.build.traits))
        for (const [key, value] of pairs) {
          this.env.set(key, value)
          this.ownEnv.add(key)
          this.pathSet ||= key === 'PATH'
          this.state.set(key, value)
        }
        return { operands: { keyword: 'ENV', pairs } }
      }
      case 'LABEL': {
        const pairs = this.pairs(operands.pairs)
        for (const pair of pairs) this.labels.set(...pair)
        return { operands: { keyword: 'LABEL', pairs } }
      }
      case 'ARG': {
        const count = this.args.length
        // Where defaults are not read lazily, none sees what stands before it on its line. (recorded: args-one-line)
        const early = (value: string) => (this.build.traits.argLazy ? value : this.replace(value))
        const evaluated = operands.names.map(([name, value]) => [name, value === null ? null : early(value)] as const)
        const shown = evaluated.map(([name, value]) => this.declare(name, value))
        return { operands, shown, declared: [...this.args.slice(count), ...shownProxies(this.build)] }
      }
      case 'RUN':
        return this.run(operands)
      case 'CMD':
        config.Cmd = this.withShell(operands.command.shell, operands.command.words)
        if (this.build.traits.family === 'buildkit') config.ArgsEscaped = true
        this.commandGiven = true
        return { operands }
      case 'ENTRYPOINT':
        config.Entrypoint = this.withShell(operands.command.shell, operands.command.words)
        if (config.Entrypoint.length === 0) delete config.Entrypoint
        if (!this.commandGiven) delete config.Cmd
        return { operands }
      case 'SHELL':
        config.Shell = operands.words
        return { operands }
      case 'COPY':
      case 'ADD':
        return { operands: this.copy(operands, instruction) }
      case 'WORKDIR': {
        const text = this.replace(operands.text)
        if (text === '' && this.build.traits.family === 'classic') throw new Refused('cannot normalize nothing')
        const path = workdirPath(config.WorkingDir ?? '', text, this.build)
        config.WorkingDir = path
        return { operands, path }
      }
      case 'USER':
        config.User = this.replace(operands.text)
        return { operands: { keyword: 'USER', text: config.User } }
      case 'STOPSIGNAL': {
        const text = this.replace(operands.text)
        this.check(isSignal(text) ? undefined : `invalid signal: ${text}`)
        config.StopSignal = text
        return { operands: { keyword: 'STOPSIGNAL', text } }
      }
      case 'MAINTAINER':
        this.author = operands.text
        return { operands }
      case 'EXPOSE':
        return { operands: { keyword: 'EXPOSE', words: this.expose(operands.words) } }
      case 'VOLUME': {
        const words = operands.words.map((word) => this.replace(word))
        if (words.includes('')) throw new Refused('VOLUME specified can not be an empty string')
        for (const word of words) this.volumes.add(word)
        return { operands: { keyword: 'VOLUME', words } }
      }
      case 'HEALTHCHECK':
        // Classic fills what is not said from the image below, whose options even NONE keeps (daemon/commit.go, merge).
        config.Healthcheck =
          this.build.traits.family === 'classic' ? { ...config.Healthcheck, ...operands.health } : operands.health
        return { operands }
      case 'ONBUILD':
        this.triggers.push(operands.trigger)
        return { operands }
    }
  }

  private check(refusal: string | undefined): void {
    if (refusal !== undefined) throw new Refused(refusal)
  }

  private pairs(pairs: readonly Pair[]): readonly Pair[] {
    return pairs.map(([key, value]) => [this.replace(key), this.replace(value)])
  }

  /** Declares one ARG; gives what the row shows of it. */
  private declare(written: string, standard: string | null): string {
    const { traits, buildArgs, globals, platform } = this.build
    const name = traits.argLazy ? written : this.replace(written)
    this.check(refusedDefault(name, standard, traits))
    const outside = Object.hasOwn(buildArgs, name) ? buildArgs[name]! : undefined
    const unread = traits.argLazy && (standard === null || outside !== undefined)
    const fallback = unread ? undefined : traits.argLazy ? this.replace(standard!) : (standard ?? undefined)
    const builtIn = traits.platformArgsWin ? platform.get(name) : undefined
    const value = outside ?? builtIn ?? fallback ?? globals.get(name) ?? platform.get(name)
    this.args.push([name, value ?? null])
    const sets = value !== undefined || traits.redeclaredUnset
    if (sets && (!traits.envBeatsArg || this.env.get(name) === undefined)) this.state.set(name, value)
    const shown = traits.argRow === 'effective' ? value : fallback
    return shown === undefined ? name : `${name}=${shown}`
  }

  private run(operands: Operands & { keyword: 'RUN' }): Pick<Step, 'operands' | 'proxied'> {
    const { traits } = this.build
    const mounts = traits.mountExpands ? operands.mounts.map((mount) => this.replace(mount)) : operands.mounts
    this.check(refusedMount(mounts, this.config.WorkingDir ?? '', traits))
    const proxied = undeclaredProxies(this.build, this.args)
    return { operands: { ...operands, mounts }, ...(proxied.length > 0 ? { proxied } : {}) }
  }

  private withShell(shell: boolean, words: readonly string[]): readonly string[] {
    if (!shell) return words
    const { family } = this.build.traits
    const prefix = family === 'buildah' ? ['/bin/sh', '-c'] : this.setting().shell
    // `CMD` with nothing after it: BuildKit joins no words into one empty text, classic adds none.
    return words.length === 0 && family !== 'buildkit' ? prefix : [...prefix, words.join(' ')]
  }

  private copy(operands: Copy, instruction: Instruction): Copy {
    const { flags } = operands
    this.check(refusedFrom(flags.from, this.build.traits))
    const sources = operands.sources.map(this.replace)
    const checksum = flags.checksum && this.replace(flags.checksum)
    this.check(refusedChecksum(checksum, sources, this.build.traits))
    const { family } = this.build.traits
    const plain = bodyReading(this.reading, family)
    // Buildah's bodies see the PATH that somebody set, not the one that it falls back on. (recorded: heredoc-path)
    const hides = family === 'buildah' && !this.pathSet ? 'PATH' : undefined
    const value = (flag: string | null): string | null => flag && this.replace(flag)
    return {
      ...operands,
      sources,
      destination: this.replace(operands.destination),
      heredocs: operands.heredocs.map((heredoc) => {
        const body = heredoc.chomp ? chomp(heredoc.body) : heredoc.body
        return { ...heredoc, body: heredoc.expand ? this.expanded(body, plain, hides).text : body }
      }),
      flags: {
        ...flags,
        chown: value(flags.chown),
        chmod: this.build.traits.chmodExpands ? value(flags.chmod) : flags.chmod,
        checksum,
        excludes: family === 'buildah' ? flags.excludes.map((w) => this.replace(w)) : flags.excludes,
        from: family === 'buildah' ? value(flags.from) : flags.from,
      },
      keyword: instruction.keyword as Copy['keyword'],
    }
  }

  private expose(words: readonly string[]): readonly string[] {
    const replaced = words.flatMap((word) => this.expanded(word).words)
    const ports = portsOf(replaced, this.ports, this.build.traits)
    if (typeof ports === 'string') throw new Refused(ports)
    for (const port of ports) this.ports.add(port)
    return this.build.traits.expose === 'words' ? replaced : ports
  }
}
