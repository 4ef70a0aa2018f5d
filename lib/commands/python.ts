/** Python itself: modules run with `-m`, environments, setup scripts; and what other scripts write, which nobody knows. */

import type { Size } from '../model.ts'
import { inside, nameOf, parentOf } from '../shell/paths.ts'
import { about, sum } from '../size.ts'
import { stateOf } from './apt.ts'
import type { Call, Result } from './command.ts'
import { model, unsure } from './command.ts'
import { installPiped } from './installers.ts'
import { content, made, temporary } from './parcels.ts'
import { keepDownloads } from './pip.ts'
import { imported, started } from './pip-install.ts'
import { noteEnvironment, prefixOf } from './python-places.ts'

function environment(call: Call, folder: string): void {
  const path = call.path(folder)
  started(call, 'venv')
  const size = environmentSize(call)
  content(call, path, 'python environment', size && { size })
  noteEnvironment(call, path)
}

// Environments made on 2026-11-21 on Debian 12 (pip 23.0.1 and setuptools 66.1.1) and 13 (pip 25.1.1 alone), with byte
// code. Python's own has setuptools up to version 3.11.
const debians = [
  ['python3.11-venv', 21_621_227],
  ['python3.13-venv', 10_280_441],
] as const

function environmentSize(call: Call): Size | undefined {
  if (call.flags.has('--without-pip', '--no-pip')) return about(14_000, 8_000, 60_000, 'heuristic', 'scripts of venv')
  const minor = /^3\.(\d+)/.exec(call.env('PYTHON_VERSION') ?? '')?.[1]
  if (minor !== undefined)
    return Number(minor) < 12
      ? about(20_000_000, 13_000_000, 26_000_000, 'heuristic', 'pip and setuptools that Python brings')
      : about(11_500_000, 9_000_000, 16_000_000, 'heuristic', 'pip that Python brings')
  const system = stateOf(call)?.system
  const bytes = debians.find(([name]) => system?.has(name))?.[1]
  return bytes === undefined
    ? undefined
    : about(bytes, bytes * 0.98, bytes * 1.02, 'resolved', 'environments made by python3-venv')
}

// A package builds in its own folder and goes to the prefix.
function setup(call: Call, folder: string, words: readonly string[]): void {
  const verb = words.find((word) => !word.startsWith('-')) ?? ''
  if (/^(build|build_ext|build_py|bdist|bdist_wheel|sdist|bdist_egg|install|develop|egg_info)$/.test(verb))
    made(call, inside(folder, verb === 'sdist' || verb.startsWith('bdist') ? 'dist' : 'build'), `python ${verb}`)
  if (verb !== 'install' && verb !== 'develop') return
  const named = words.find((word) => word.startsWith('--prefix='))?.slice('--prefix='.length)
  const root = words.find((word) => word.startsWith('--root='))?.slice('--root='.length) ?? '/'
  const prefix = named === undefined ? prefixOf(call) : call.path(named)
  content(call, inside(call.path(root), prefix.slice(1)), `pip:${nameOf(folder) || 'project'}`)
}

const quietModules = /^(site|platform|sysconfig|json\.tool|timeit|this|pydoc|unittest|http\.server|calendar|inspect)$/

function moduleRun(call: Call, name: string, words: readonly string[]): void {
  const program = call.command.argv[0]!
  const beside = (tool: string): string => (program.includes('/') ? `${parentOf(program)}/${tool}` : tool)
  switch (name) {
    case 'pip':
    case 'pip3':
      call.also([beside('pip'), ...words])
      return
    case 'venv':
    case 'virtualenv':
      call.also([beside('virtualenv'), ...words])
      return
    case 'uv':
    case 'poetry':
    case 'pipenv':
    case 'pytest':
    case 'gunicorn':
      call.also([name, ...words])
      return
    case 'ensurepip':
      content(call, prefixOf(call), 'pip:pip')
      return
    case 'compileall':
    case 'py_compile':
      compiledOf(call, words)
      return
    case 'build':
      made(call, call.path('dist'), 'python build')
      return
    case 'spacy':
    case 'nltk.downloader':
    case 'playwright':
      content(
        call,
        name === 'playwright'
          ? inside(call.home, '.cache/ms-playwright')
          : name === 'spacy'
            ? prefixOf(call)
            : inside(call.home, 'nltk_data'),
        `${name}: ${words.at(-1) ?? ''}`,
      )
      // It has pip install it.
      if (name === 'spacy' && words[0] === 'download' && !words.includes('--no-cache-dir')) keepDownloads(call)
      return
    default:
      if (!quietModules.test(name)) call.files.mystery(`python -m ${name}`, call.path('.'))
  }
}

// Options of compileall that take the next word.
const compileValues = /^-[dspxijore]$/

/**
 * Byte code beside what it is made of. Source: of the 13,000 modules that come with Python 3.11 it has 1.43 times the bytes;
 * half of them have between 1.2 and 1.9 times, one in a hundred over 3.4 or below 0.4; an empty one has 200 bytes.
 */
function compiledOf(call: Call, words: readonly string[]): void {
  for (const [i, word] of words.entries()) {
    if (word.startsWith('-') || compileValues.test(words[i - 1] ?? '')) continue
    const path = call.path(word)
    const entry = call.files.get(path)
    const isFile = entry?.type === 'file'
    const { entries, complete } = isFile ? { entries: [entry], complete: true } : call.files.below(path)
    const sources = entries.filter((one) => one.type === 'file' && one.path.endsWith('.py'))
    const bytes = complete && sources.length > 0 ? sum(sources.map(({ size }) => size)).bytes : null
    const more = 200 * sources.length
    content(call, isFile ? `${parentOf(path)}/__pycache__` : path, 'python byte code', {
      ...(bytes !== null && {
        size: about(
          bytes * 1.43 + more,
          bytes * 0.4,
          bytes * 3.4 + 5 * more,
          'heuristic',
          'byte code of known sources',
        ),
      }),
    })
  }
}

/** A statement that imports or prints, or none. */
const isPlain = /^\s*$|^\s*(?:import|from) [\w., ]+$|^\s*print\(.*\)\s*$/

function python(call: Call): Result {
  const words = call.command.argv.slice(1)
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '-m') {
      moduleRun(call, words[i + 1] ?? '', words.slice(i + 2))
      return unsure
    }
    if (word === '-c') {
      const code = words[i + 1] ?? ''
      // Code that only imports and prints leaves byte code at most.
      const plain = code.split(/[;\n]/).every((statement) => isPlain.test(statement))
      const modules = [...code.matchAll(/\b(?:import|from)\s+([\w, ]+)/g)].flatMap((match) => match[1]!.split(/[\s,]+/))
      if (plain) imported(call, prefixOf(call), modules)
      else call.files.mystery(`python -c ${code.slice(0, 30).replace(/\s+/g, ' ')}`)
      return unsure
    }
    if (word === '-V' || word === '--version' || word === '-VV' || word === '--help' || word === '-h') return unsure
    if (word === '-W' || word === '-X') i++
    else if (!word.startsWith('-') || word === '-') {
      if (word === '-' && installPiped(call, words.slice(i + 1))) return unsure
      const path = call.path(word)
      if (nameOf(word) === 'setup.py') setup(call, parentOf(path), words.slice(i + 1))
      else if (/^get-pip.*\.py$/.test(nameOf(word))) {
        for (const name of ['pip', 'setuptools', 'wheel'])
          if (name === 'pip' || !words.includes(`--no-${name}`)) content(call, prefixOf(call), `pip:${name}`)
        keepDownloads(call)
      } else if (nameOf(word) === 'manage.py' && words[i + 1] === 'collectstatic')
        call.files.mystery('collectstatic', parentOf(path))
      else call.files.mystery(`python ${word === '-' ? 'script' : nameOf(word)}`)
      return unsure
    }
  }
  if (words.length === 0 && !installPiped(call, [])) call.files.mystery('python script')
  return unsure
}

export default [
  model({ names: ['python', 'python2*', 'python3*', 'pypy', 'pypy3*'], run: python }),
  model({
    names: ['spacy'],
    run(call) {
      moduleRun(call, 'spacy', call.command.argv.slice(1))
      return unsure
    },
  }),
  model({
    names: ['virtualenv', 'pyvenv'],
    values: ['-p', '--python', '--prompt', '--app-data', '--extra-search-dir'],
    run(call) {
      for (const folder of call.args.slice(0, 1)) environment(call, folder)
      return unsure
    },
  }),
  model({
    names: ['easy_install', 'easy_install-*'],
    values: ['-d', '--install-dir', '-i', '-f'],
    run(call) {
      for (const name of call.args) content(call, prefixOf(call), `pip:${name.replace(/[=<>[].*$/, '').toLowerCase()}`)
      return unsure
    },
  }),
  model({
    names: ['pipx'],
    values: ['--python', '--pip-args', '--spec', '--index-url'],
    run(call) {
      const [verb, ...names] = call.args
      const home = call.env('PIPX_HOME') ?? inside(call.home, '.local/share/pipx')
      if (verb === 'install') for (const name of names) content(call, call.path(home), `pip:${name.toLowerCase()}`)
      if (verb === 'uninstall') for (const name of names) call.files.removeLabel(`pip:${name.toLowerCase()}`)
      if (verb === 'install' || verb === 'run') keepDownloads(call)
      return unsure
    },
  }),
  model({
    names: 'pytest tox nox coverage mypy pylint flake8 black ruff pre-commit'.split(' '),
    run(call) {
      temporary(call, call.path('.'), `${call.name} cache`, { cleanup: `rm -rf .${call.name}_cache .tox .nox` })
      return unsure
    },
  }),
]
