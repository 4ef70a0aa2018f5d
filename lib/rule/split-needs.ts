/** What the second stage of a split copies from the first: what the image starts, and what the build installed. */
import type { Facts, StepFacts } from '../lint/facts.ts'
import { operandsIn } from '../lint/words.ts'
import { absolute, inside, nameOf, within } from '../shell/paths.ts'
import { useless } from '../unionfs/leftovers.ts'
import type { Visible } from '../unionfs/seen.ts'
import { isAccount } from './split-steps.ts'

/** Lines of the second stage, and the paths they bring. */
export interface Need {
  readonly paths: readonly string[]
  readonly lines: readonly string[]
  /** What was copied before the build is needed as it is. */
  readonly again: boolean
}

interface Build {
  readonly builds: readonly StepFacts[]
  readonly folders: readonly string[]
  /** Of the first stage. */
  readonly name: string
}

/** Programs that run what others wrote. */
const interpreters =
  /^(?:python[\d.]*|node|npm|npx|yarn|pnpm|bun|deno|ruby|bundle|rails|rake|puma|unicorn|sidekiq|php|php-fpm|perl|gunicorn|uvicorn|hypercorn|daphne|celery|flask|streamlit|pm2|next|nuxt|(?:ba|da|a)?sh|tini|dumb-init|gosu|su-exec|docker-entrypoint\.sh|docker-php-entrypoint|apache2-foreground|nginx|supervisord|iex|mix|Rscript)$/

// Records of package managers, logs and the like: the second stage has its own.
const books =
  /^\/(?:var\/(?:lib\/(?:dpkg|apt|rpm|dnf|pacman|systemd|ucf|pam)|cache|log)|lib\/apk|usr\/lib\/(?:apk|sysimage)|etc\/(?:apk|ld\.so\.cache|passwd|group|shadow|gshadow|subuid|subgid|alternatives|ssl|ca-certificates\.conf|inputrc)|tmp|run|root\/\.(?:cache|npm|bundle|gem|cargo|m2|gradle|config))(?=[-./]|$)/

/** What is needed; undefined where nothing can be told. */
export function needsOf(facts: Facts, build: Build): Need | undefined {
  const { builds, folders, name } = build
  const written = facts.image.files.filter((file) => isOutput(file, facts, builds))
  const made = folders.filter((folder) => written.some(({ entry }) => within(entry.path, folder)))
  const paths = new Set<string>()
  const remarks: string[] = []
  for (const file of written) {
    const { path, type, label = '' } = file.entry
    if (folders.some((folder) => within(path, folder))) continue
    if (!/^\/[\w/.@+-]*$/.test(path) || path === '/') return undefined
    if (/^(?:pip:|pip |byte code)/.test(label) && type === 'package') {
      const site = sitePackages(path, facts)
      if (site === undefined) return undefined
      for (const one of site) paths.add(one)
    } else if (path === '/usr/local' && !isPlain(facts)) {
      remarks.push(`# fill in: what the build installs in ${path} (${label}), file by file`)
    } else paths.add(path)
  }
  const start = startPaths(facts, build, remarks)
  // A folder in which nothing was made is copied from the context, as before.
  for (const one of start) if (!folders.includes(one) || made.includes(one)) paths.add(one)
  const all = [...paths].sort()
  const top = all.filter((path) => !all.some((other) => other !== path && within(path, other)))
  if (top.length === 0) return undefined
  const lines = top.map((path) => `COPY --from=${name}${ownerOf(path, facts)} ${path} ${placeOf(path, start)}`)
  return {
    paths: top,
    lines: [...remarks, ...lines],
    again: start.some((one) => folders.includes(one) && !made.includes(one)),
  }
}

// Folders for programs that only the images of their tools have in the search path.
const toolFolder = /^\/(?:usr\/local\/cargo|go)\/bin\/(?=[^/]+$)/

/** Where it is copied to: to where any image looks for programs, if it is not started by its path. */
const placeOf = (path: string, start: readonly string[]): string =>
  start.includes(path) ? path : path.replace(toolFolder, '/usr/local/bin/')

/** Is it something that the build made, and that is not of its own use only? */
function isOutput(file: Visible, facts: Facts, builds: readonly StepFacts[]): boolean {
  const { type, label = '', path } = file.entry
  if (type === 'dir' || useless(file) !== undefined || books.test(path)) return false
  if (
    /^(?:apt|apk|rpm|pacman|dpkg|documentation|what ):?/.test(label) ||
    /^(?:dpkg info|written by|byte code)/.test(label)
  )
    return false
  const by = facts.image.writer(file)
  return by !== undefined && builds.includes(by.step) && by.command !== undefined && !isAccount(by.command.name)
}

/** Is nothing in /usr/local of the base? */
function isPlain({ target }: Facts): boolean {
  const ground = target?.stage.ground
  return (
    ground?.kind === 'image' &&
    /(?:^|\/)(?:alpine|debian|ubuntu|fedora|centos|rockylinux|almalinux|amazonlinux|archlinux|busybox|ubi\d*(?:-minimal)?)(?=[:@]|$)/.test(
      ground.ref,
    )
  )
}

/** Where pip puts distributions and their programs, below a prefix. */
function sitePackages(path: string, { image, target }: Facts): readonly string[] | undefined {
  const prefix = path.replace(/\/lib\/python[\d.]+(?:\/(?:site|dist)-packages)?$/, '')
  if (prefix !== '/usr/local' && prefix !== '/usr') return [prefix]
  const ground = target?.stage.ground
  const version = (image.image.config.Env ?? []).map((one) => /^PYTHON_VERSION=(\d+\.\d+)/.exec(one)?.[1]).find(Boolean)
  const tagged = ground?.kind === 'image' ? /(?:^|\/)python:(\d+\.\d+)/.exec(ground.ref)?.[1] : undefined
  const minor = tagged ?? version
  if (minor === undefined) return undefined
  return [`/usr/local/lib/python${minor}/site-packages`, '/usr/local/bin']
}

/** What the image starts with, and what that reads, as far as it is of the build. */
function startPaths(facts: Facts, { folders, builds }: Build, remarks: string[]): readonly string[] {
  const { config } = facts.image.image
  const words = [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])]
  const line =
    words[1] === '-c' && /sh$/.test(words[0] ?? '') ? (words[2] ?? '').replace(/^exec\s+/, '').split(/\s+/) : words
  const [program = ''] = line
  const cwd = config.WorkingDir || '/'
  const home = folders.filter(
    (folder) => within(cwd, folder) || line.some((word) => within(absolute(word, cwd), folder)),
  )
  const java = /^(?:.*\/)?java$/.test(program)
  const jar = java ? line[line.indexOf('-jar') + 1] : undefined
  if (java && line.includes('-jar') && jar !== undefined && /\.jar$/.test(jar)) return [absolute(jar, cwd)]
  const place = program.includes('/') ? absolute(program, cwd) : undefined
  const by = place === undefined ? undefined : makerOf(place, facts)
  // A program that the build made: it alone, where it stands among its sources.
  if (place !== undefined && by !== undefined && builds.includes(by) && !interpreters.test(nameOf(place))) {
    const folder = folders.find((one) => within(place, one))
    if (folder !== undefined && !/\.[a-z]{1,3}$/.test(place))
      remarks.push(`# fill in: what else ${nameOf(place)} reads below ${folder}`)
    return [place]
  }
  if (place === undefined && !interpreters.test(program) && isMade(program, facts, builds)) return []
  return home
}

/** The step that wrote a path, itself or in a parcel. */
function makerOf(path: string, { image }: Facts): StepFacts | undefined {
  const files = image.files.filter(
    ({ entry }) =>
      entry.path === path || (entry.type === 'package' && within(path, entry.path) && entry.label !== undefined),
  )
  const best = files.sort((a, b) => b.entry.path.length - a.entry.path.length)[0]
  return best && image.writer(best)?.step
}

/** Is it a program in the search path that the build wrote? */
const isMade = (program: string, facts: Facts, builds: readonly StepFacts[]): boolean =>
  ['/usr/local/bin', '/usr/bin', '/bin', '/usr/local/sbin', '/go/bin', '/usr/local/cargo/bin'].some((folder) => {
    const by = makerOf(inside(folder, program), facts)
    return by !== undefined && builds.includes(by)
  })

/** `--chown` for what does not belong to root: COPY gives all to root otherwise. */
function ownerOf(path: string, { image, stages }: Facts): string {
  const own = image.files.filter(({ entry }) => within(entry.path, path))
  const owners = new Set(own.map(({ entry: { uid, gid } }) => `${uid}:${gid}`))
  const [owner] = owners
  if (owners.size === 1 && owner === '0:0') return ''
  for (const { commands } of stages.flatMap(({ ships, steps }) => (ships ? steps.toReversed() : [])))
    for (const { name, argv, deed } of commands) {
      if (name !== 'chown') continue
      const [who = '', ...where] = operandsIn(argv.slice(1))
      const folders = where.map((one) => absolute(one, deed.command.cwd))
      if (/^[\w.-]+(?::[\w.-]*)?$/.test(who) && folders.some((folder) => within(path, folder))) return ` --chown=${who}`
    }
  return owners.size === 1 && owner !== undefined && /^\d+:\d+$/.test(owner) ? ` --chown=${owner}` : ''
}
