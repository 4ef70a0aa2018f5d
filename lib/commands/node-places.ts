/** What the package managers of Node have in common: where the project lies, its scripts, where global things go. */
import { inside, parentOf } from '../shell/paths.ts'
import type { Call } from './command.ts'
import { folderOf } from './parcels.ts'
import { reading } from './reading.ts'

/** The nearest folder upwards with a package.json; where nobody knows, the working folder. */
export function projectOf(call: Call, start = call.path('.')): string {
  for (let folder = start; ; folder = parentOf(folder)) {
    if (call.files.presence(inside(folder, 'package.json')) === 'yes') return folder
    if (folder === '/') return start
  }
}

/** A JSON file as far as it is at hand; undefined: it is not, or it is no object. */
export function json(call: Call, path: string): Readonly<Record<string, unknown>> | undefined {
  const text = call.files.text(path)
  return text === undefined ? undefined : reading(call, `json ${path}`, text, objectOf)
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** Scripts of the project's package.json; undefined: not at hand. */
export function scriptsOf(call: Call, project: string): Readonly<Record<string, unknown>> | undefined {
  const scripts = json(call, inside(project, 'package.json'))?.scripts
  return typeof scripts === 'object' && scripts !== null ? (scripts as Record<string, unknown>) : undefined
}

/** `npm run NAME`: follows the script, with those before and after it; a script that is not at hand stores what nobody knows. */
export function runScript(call: Call, name: string, words: readonly string[] = [], hooks = true): void {
  const project = projectOf(call)
  const scripts = scriptsOf(call, project)
  if (scripts === undefined) {
    if (!quiet.test(name)) call.files.mystery(`${call.name} run ${name}`, project)
    return
  }
  const names = hooks ? [`pre${name}`, name, `post${name}`] : [name]
  for (const one of names) {
    const text = Object.hasOwn(scripts, one) ? scripts[one] : undefined
    if (typeof text !== 'string') continue
    const rest =
      one === name && words.length > 0 ? ` ${words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')}` : ''
    call.also(['sh', '-c', `cd '${project.replaceAll("'", "'\\''")}' && ${text}${rest}`])
  }
}

/** Scripts of the project that an install runs. Source: npm documentation, life cycle scripts. */
export function runLifecycle(call: Call, production: boolean): void {
  const project = projectOf(call)
  if (scriptsOf(call, project) === undefined) return
  for (const name of ['preinstall', 'install', 'postinstall', ...(production ? [] : ['prepare'])])
    runScript(call, name, [], false)
}

/** Scripts that report and write nothing worth a word. */
const quiet = /^(lint|test|check|typecheck|type-check|format|fmt|audit|start)(:|$)/

/**
 * A setting from the environment, else from the project's `.npmrc`, what `npm config set` said, the user's and everybody's
 * file; undefined: none is known. Source: npm documentation, npmrc and config.
 */
export function npmSetting(call: Call, key: string): string | undefined {
  const name = `npm_config_${key.replaceAll('-', '_')}`
  const named = call.env(name) || call.env(name.toUpperCase())
  if (named) return named
  return (
    fromFile(call, inside(projectOf(call), '.npmrc'), key) ??
    (call.state.get(`npm ${key}`) as string | undefined) ??
    fromFile(call, userFile(call), key) ??
    fromFile(call, inside(globalPrefix(call), 'etc/npmrc'), key)
  )
}

/** The folder that a setting names; undefined: no setting does. */
export function npmFolder(call: Call, key: string): string | undefined {
  const named = npmSetting(call, key)
  return named === undefined ? undefined : call.path(named)
}

const userFile = (call: Call): string =>
  folderOf(call, 'npm_config_userconfig', 'NPM_CONFIG_USERCONFIG') ?? inside(call.home, '.npmrc')

// The last line counts; `${NAME}` stands for a variable that is set, and `~` for the user's folder.
function fromFile(call: Call, path: string, key: string): string | undefined {
  const text = call.files.text(path)
  if (text === undefined) return undefined
  const lines = reading(call, `npmrc ${path}`, text, (whole) => whole.split('\n'))
  const line = lines.findLast((one) => one.split('=', 1)[0]!.trim() === key && one.includes('='))
  const value = line
    ?.slice(line.indexOf('=') + 1)
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .replace(/\$\{(\w+)\}/g, (whole, name: string) => call.env(name) ?? whole)
  return value === undefined || value === '' ? undefined : value.replace(/^~(?=\/|$)/, call.home)
}

/** Prefix of programs installed for everybody. Source: npm documentation, prefix; the official images' layout. */
export function globalPrefix(call: Call): string {
  const told = call.state.get('npm prefix') as string | undefined
  const own = fromFile(call, userFile(call), 'prefix')
  const named = folderOf(call, 'npm_config_prefix', 'NPM_CONFIG_PREFIX') ?? told ?? (own && call.path(own))
  if (named !== undefined) return named
  const program = call.command.argv[0]!
  if (/\/bin\/[^/]+$/.test(program)) return parentOf(parentOf(call.path(program)))
  for (const word of (call.env('PATH') ?? '').split(':'))
    if (/^\/.*(nvm|nodejs?|\.n|volta|fnm).*\/bin$/.test(word)) return parentOf(word)
  return call.files.presence('/usr/bin/node') === 'yes' && call.files.presence('/usr/local/bin/node') !== 'yes'
    ? '/usr'
    : '/usr/local'
}

/** `lodash@4`, `@babel/core@^7`, `git+https://…/x.git`: the name alone. */
export function packageName(word: string): string {
  const alias = /^(@?[^@]+)@npm:/.exec(word)?.[1]
  if (alias !== undefined) return alias
  if (/^(@[^/@]+\/)?[^/@:]+(@[^/]*)?$/.test(word)) return word.replace(/(.)@.*$/, '$1')
  return word
    .replace(/[#?].*$/, '')
    .replace(/\/+$/, '')
    .replace(/^.*\//, '')
    .replace(/(\.git|\.tgz|\.tar\.gz)$/, '')
}
