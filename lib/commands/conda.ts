/** conda, mamba, micromamba: environments, and the folder of packages they are linked from. Source: their manuals. */
import { textOutput } from '../shell/command.ts'
import { inside, nameOf, parentOf } from '../shell/paths.ts'
import type { Call, Result } from './command.ts'
import { model, prints, unsure } from './command.ts'
import { cache, content, contentOnce, emptied, folderOf, madeFile } from './parcels.ts'
import { noteEnvironment } from './python-places.ts'
import type { Act } from './verbs.ts'
import { byVerb, nothing } from './verbs.ts'

/** Folder of the base environment. */
function root(call: Call): string {
  const program = call.command.argv[0]!
  if (program.includes('/') && /^(bin|condabin)$/.test(nameOf(parentOf(program))))
    return parentOf(call.path(parentOf(program)))
  const named = folderOf(call, 'MAMBA_ROOT_PREFIX', 'CONDA_DIR', 'CONDA_ROOT', 'CONDA_HOME')
  if (named !== undefined) return named
  const installed = call.state.get('conda root') as string | undefined
  if (installed !== undefined) return installed
  for (const word of (call.env('PATH') ?? '').split(':'))
    if (/conda|mamba|miniforge/.test(word)) return word.replace(/\/(bin|condabin)$/, '')
  return call.name === 'micromamba' ? inside(call.home, 'micromamba') : '/opt/conda'
}

function environment(call: Call): string {
  const path = call.flags.value('-p', '--prefix')
  if (path !== undefined) return call.path(path)
  const name = call.flags.value('-n', '--name') ?? call.env('CONDA_DEFAULT_ENV')
  return name === undefined || name === 'base' || name === 'root' ? root(call) : inside(root(call), `envs/${name}`)
}

const packages = (call: Call): string =>
  folderOf(call, 'CONDA_PKGS_DIRS') ?? configured(call) ?? inside(root(call), 'pkgs')

/** The first of a list in YAML, in lines or in brackets. */
const firstPackages = /^pkgs_dirs:[ \t]*(?:\n[ \t]*)?(?:-[ \t]*|\[[ \t]*)?([~/][^\s,\]]*)/m

/** Where `conda config` or a configuration file wants packages. Source: conda documentation, pkgs_dirs. */
function configured(call: Call): string | undefined {
  const told = call.state.get('conda packages') as string | undefined
  if (told !== undefined) return told
  for (const file of [inside(call.home, '.condarc'), inside(root(call), '.condarc'), '/etc/conda/.condarc']) {
    const folder = firstPackages.exec(call.files.text(file) ?? '')?.[1]
    if (folder !== undefined) return call.path(folder.replace(/^~/, call.home))
  }
  return undefined
}

/** `conda-forge::numpy=1.2`: the name alone. */
const nameIn = (word: string): string => word.replace(/^.*::/, '').replace(/^([^=<>!~ [\]]+).*$/, '$1')

const install: Act = (call, args) => {
  if (call.flags.has('--dry-run', '-d', '--download-only')) return undefined
  const folder = environment(call)
  const files = call.flags.all('-f', '--file')
  for (const name of args) content(call, folder, `conda:${nameIn(name)}`)
  for (const file of files) contentOnce(call, folder, `conda: ${file}`)
  if (args.length + files.length === 0) content(call, folder, 'conda: environment')
  if (folder !== root(call)) noteEnvironment(call, folder)
  keeps(call)
  return undefined
}

// What is linked from there into an environment is one file with two names; archives and lists of channels are left over.
function keeps(call: Call): void {
  const cleanup = `${call.name} clean --all --yes`
  cache(call, packages(call), 'conda packages', { cleanup })
  cache(call, inside(packages(call), 'cache'), 'conda index', { cleanup })
}

const fromFile: Act = (call, args) => {
  if (call.flags.value('-f', '--file') !== undefined) return install(call, [])
  const folder = environment(call)
  contentOnce(call, folder, `conda: ${args[0] ?? 'environment.yml'}`)
  noteEnvironment(call, folder)
  keeps(call)
  return undefined
}

const remove: Act = (call, args) => {
  if (call.flags.has('--all') || call.args[0] === 'env') emptied(call, environment(call))
  for (const name of args) call.files.removeLabel(`conda:${nameIn(name)}`)
  return undefined
}

const clean: Act = (call) => {
  const all = call.flags.has('-a', '--all', '-f', '--force-pkgs-dirs')
  if (all || call.flags.has('-t', '--tarballs')) dropped(call, packages(call), 'conda packages')
  if (all || call.flags.has('-i', '--index-cache')) dropped(call, inside(packages(call), 'cache'), 'conda index')
  return undefined
}

function dropped({ files }: Call, folder: string, label: string): void {
  for (const one of files.packagesIn(folder)) if (one.label?.startsWith(label)) files.removeLabel(one.label)
}

const verbs = byVerb({
  'install|update|upgrade|create': install,
  'env create|env update': fromFile,
  'remove|uninstall|env remove': remove,
  clean,
  config(call) {
    const { argv } = call.command
    const at = argv.findIndex((word) => /^--(?:add|append|prepend|set)$/.test(word))
    const [name, folder] = at < 0 ? [] : argv.slice(at + 1)
    if (name === 'pkgs_dirs' && folder !== undefined) call.state.set('conda packages', call.path(folder))
    if (!call.flags.has('--show', '--show-sources', '--get', '--describe', '--validate')) {
      const system = call.flags.has('--system') ? inside(root(call), '.condarc') : inside(call.home, '.condarc')
      madeFile(call, call.flags.has('--env') ? inside(environment(call), '.condarc') : system, 'configuration of conda')
    }
    return undefined
  },
  'init|shell'(call) {
    if (call.args.includes('hook')) return undefined
    content(call, call.home, 'conda: start-up files of the shell')
    return undefined
  },
  run(call, args) {
    const at = call.command.argv.indexOf(args[0] ?? '')
    if (at > 0) call.also(call.command.argv.slice(at))
    return undefined
  },
  build(call) {
    content(call, inside(root(call), 'conda-bld'), 'conda build')
    return undefined
  },
  info: (call) => (call.flags.has('--base') ? prints(textOutput(`${root(call)}\n`)) : undefined),
  'list|search|activate|deactivate|env list|env export|index': nothing,
})

// `Miniconda3-latest-Linux-x86_64.sh -b -p /opt/conda`
function installer(call: Call): Result {
  const folder = call.path(
    call.flags.value('-p') ?? inside(call.home, nameOf(call.name).replace(/-.*$/, '').toLowerCase()),
  )
  call.state.set('conda root', folder)
  content(call, folder, 'conda: base environment')
  return unsure
}

export default [
  model({
    names: ['conda', 'mamba', 'micromamba'],
    values:
      '-n --name -p --prefix -c --channel -f --file --solver --revision -s --cwd -r --root-prefix --platform --subdir'.split(
        ' ',
      ),
    reliable: ['clean'],
    run: verbs,
  }),
  model({
    names: 'Miniconda* Anaconda* Miniforge* Mambaforge* miniconda* miniforge* anaconda* mambaforge*'.split(' '),
    values: ['-p'],
    run: installer,
  }),
]
