/** What turns sources of the web into files to serve: tsc, webpack, Vite, Next, and Node itself. Source: their command lines. */
import { inside, nameOf } from '../shell/paths.ts'
import type { Call, Result } from './command.ts'
import { model, unsure } from './command.ts'
import { json, projectOf } from './node-places.ts'
import { cache, cacheHome, content, made, madeFile } from './parcels.ts'

/** Where a program puts its output, and how that can be said otherwise. */
interface Output {
  /** Below the project; what it does when nothing is said. Left out: somewhere in it. */
  readonly folder?: string
  readonly options?: readonly string[]
  /** Only with one of these words. */
  readonly verbs?: readonly string[]
  /** A cache below the project. */
  readonly cache?: string
}

const outputs: Readonly<Record<string, Output>> = {
  webpack: { folder: 'dist', options: ['-o', '--output-path'], cache: 'node_modules/.cache' },
  vite: { folder: 'dist', options: ['--outDir'], verbs: ['build'], cache: 'node_modules/.vite' },
  next: { folder: '.next', verbs: ['build', 'export'] },
  nuxt: { folder: '.output', verbs: ['build', 'generate'], cache: '.nuxt' },
  nuxi: { folder: '.output', verbs: ['build', 'generate'], cache: '.nuxt' },
  ng: { folder: 'dist', options: ['--output-path'], verbs: ['build', 'b', 'run'], cache: '.angular/cache' },
  'react-scripts': { folder: 'build', verbs: ['build'], cache: 'node_modules/.cache' },
  craco: { folder: 'build', verbs: ['build'], cache: 'node_modules/.cache' },
  'vue-cli-service': { folder: 'dist', options: ['--dest'], verbs: ['build'], cache: 'node_modules/.cache' },
  gatsby: { folder: 'public', verbs: ['build'], cache: '.cache' },
  astro: { folder: 'dist', options: ['--outDir'], verbs: ['build'] },
  'svelte-kit': { folder: 'build', verbs: ['build'], cache: '.svelte-kit' },
  remix: { folder: 'build', verbs: ['build'] },
  nest: { folder: 'dist', verbs: ['build'] },
  parcel: { folder: 'dist', options: ['--dist-dir', '-d'], verbs: ['build'], cache: '.parcel-cache' },
  rollup: { options: ['-d', '--dir'] },
  esbuild: { options: ['--outdir'] },
  tsup: { folder: 'dist', options: ['-d', '--out-dir'] },
  swc: { folder: 'dist', options: ['-d', '--out-dir'] },
  babel: { options: ['-d', '--out-dir'] },
  ncc: { folder: 'dist', options: ['-o', '--out'], verbs: ['build'] },
  turbo: { verbs: ['run', 'build', 'prune'], cache: '.turbo' },
  nx: { folder: 'dist', verbs: ['build', 'run', 'run-many', 'affected'], cache: '.nx' },
  lerna: { verbs: ['run', 'bootstrap', 'exec'] },
  gulp: {},
  grunt: {},
  brunch: { folder: 'public', verbs: ['build'] },
  ember: { folder: 'dist', options: ['--output-path'], verbs: ['build'] },
  quasar: { folder: 'dist', verbs: ['build'] },
  tailwindcss: {},
  postcss: {},
  sass: {},
  vitepress: { folder: '.vitepress/dist', verbs: ['build'] },
  docusaurus: { folder: 'build', options: ['--out-dir'], verbs: ['build'] },
  expo: { folder: 'dist', verbs: ['export'] },
  medusa: { folder: '.medusa', verbs: ['build'] },
  strapi: { folder: 'build', verbs: ['build'] },
  prisma: { folder: 'node_modules/.prisma', verbs: ['generate'] },
  pkg: { options: ['--out-path'] },
  bower: { folder: 'bower_components', verbs: ['install'] },
  typings: { folder: 'typings', verbs: ['install'] },
  'copy-webpack-plugin': {},
}

function bundle(call: Call): Result {
  const it = outputs[call.name]!
  const { flags, args } = call
  if (flags.has('--version', '-v', '--help')) return unsure
  if (it.verbs !== undefined && !it.verbs.some((verb) => args.includes(verb))) return unsure
  const project = projectOf(call)
  const named = it.options === undefined ? undefined : flags.value(...it.options)
  const file = flags.value('--outfile', '--file', '-o')
  const label = `${call.name} ${it.verbs === undefined ? '' : (args[0] ?? '')}`.trim()
  if (named !== undefined) made(call, call.path(named), label)
  else if (file !== undefined && /\.\w+$/.test(file)) madeFile(call, call.path(file), `made by ${call.name}`)
  else if (it.folder !== undefined) made(call, inside(project, it.folder), label)
  else call.files.mystery(label, project)
  if (it.cache !== undefined) cache(call, inside(project, it.cache), `${call.name} cache`)
  return unsure
}

// The folder comes from the command line, or the configuration where that is at hand.
function tsc(call: Call): Result {
  const { flags } = call
  if (flags.has('--noEmit', '--version', '-v', '--help', '--showConfig', '--listFilesOnly')) return unsure
  const project = flags.value('-p', '--project')
  const config =
    project === undefined
      ? call.path('tsconfig.json')
      : project.endsWith('.json')
        ? call.path(project)
        : inside(call.path(project), 'tsconfig.json')
  const folder = config.slice(0, config.lastIndexOf('/')) || '/'
  const options = json(call, config)?.compilerOptions
  const told = typeof options === 'object' && options !== null ? (options as Record<string, unknown>) : {}
  if (told.noEmit === true) return unsure
  const given = flags.value('--outDir')
  const outDir = told.outDir
  if (given !== undefined) made(call, call.path(given), 'tsc')
  else if (typeof outDir === 'string') made(call, call.path(inside(folder, outDir)), 'tsc')
  else call.files.mystery('tsc', folder)
  return unsure
}

function node(call: Call): Result {
  const words = call.command.argv.slice(1)
  if (words.some((word) => /^(-v|--version|-p|--print|--check|-c|--help|-h)$/.test(word))) return unsure
  const at = words.findIndex((word) => word === '-e' || word === '--eval')
  if (at >= 0) {
    if (!/^\s*(console\.log|require\(['"][\w@/.-]+['"]\)\s*;?\s*$|process\.exit)/.test(words[at + 1] ?? ''))
      call.files.mystery('node -e')
    return unsure
  }
  const script = words.find((word) => !word.startsWith('-'))
  // A package manager by its file: `node .yarn/releases/yarn-4.0.2.cjs install`.
  const manager = /(?:^|\/)(yarn|npm|pnpm)(?:-[\d.]+|-cli)?\.[cm]?js$/.exec(script ?? '')?.[1]
  if (script !== undefined && manager !== undefined) {
    if (manager === 'yarn' && !/yarn-1\./.test(script)) call.state.set('yarn', 'berry')
    call.also([manager, ...words.slice(words.indexOf(script) + 1)])
  } else
    call.files.mystery(
      `node ${script === undefined ? 'script' : nameOf(script)}`,
      script === undefined ? '/' : call.path('.'),
    )
  return unsure
}

const bundleValues = [
  ...new Set([
    '--outfile',
    '--file',
    '--config',
    '-c',
    '--mode',
    '--outDir',
    ...Object.values(outputs).flatMap(({ options }) => options ?? []),
  ]),
]

export default [
  model({ names: Object.keys(outputs), values: bundleValues, run: bundle }),
  model({
    names: ['tsc', 'tspc', 'vue-tsc', 'ttsc'],
    values: ['-p', '--project', '--outDir', '--rootDir', '--target', '--module', '-b'],
    oneDash: true,
    run: tsc,
  }),
  model({ names: ['node', 'nodejs', 'ts-node', 'tsx', 'zx'], run: node }),
  model({
    names:
      'electron-rebuild node-pre-gyp prebuild-install cypress playwright puppeteer browserslist update-browserslist-db'.split(
        ' ',
      ),
    run(call): Result {
      const browsers =
        call.name === 'playwright'
          ? 'ms-playwright'
          : call.name === 'cypress'
            ? 'Cypress'
            : call.name === 'puppeteer'
              ? 'puppeteer'
              : undefined
      if (browsers !== undefined) {
        if (/^(install|browsers)$/.test(call.args[0] ?? ''))
          content(
            call,
            call.env('PLAYWRIGHT_BROWSERS_PATH')?.startsWith('/')
              ? call.path(call.env('PLAYWRIGHT_BROWSERS_PATH')!)
              : inside(cacheHome(call), browsers),
            `${call.name}: browsers`,
          )
        if (call.flags.has('--with-deps') || call.args[0] === 'install-deps') {
          // Source: Playwright, server/registry/dependencies.ts.
          if (call.facts.os?.id !== 'alpine') call.also(['apt-get', 'update'])
          content(call, '/usr', 'playwright: packages of the distribution')
        }
      } else call.files.mystery(call.name, call.path('.'))
      return unsure
    },
  }),
  // Rimraf and its kin are rm by another name.
  model({
    names:
      'rimraf del del-cli trash shx cross-env env-cmd dotenv npm-run-all run-s run-p concurrently cpx copyfiles mkdirp'.split(
        ' ',
      ),
    run: helpers,
  }),
  model({
    names:
      'eslint prettier jest vitest mocha ava stylelint tslint karma nyc c8 husky is-ci patch-package lint-staged commitlint standard xo'.split(
        ' ',
      ),
    run: (call): Result => {
      if (call.name === 'patch-package') call.files.mystery('patch-package', inside(projectOf(call), 'node_modules'))
      return unsure
    },
  }),
]

function helpers(call: Call): Result {
  const { name, args, command } = call
  switch (name) {
    case 'rimraf':
    case 'del':
    case 'del-cli':
    case 'trash':
      call.also(['rm', '-rf', ...args])
      return unsure
    case 'mkdirp':
      call.also(['mkdir', '-p', ...args])
      return unsure
    case 'shx':
      call.also(command.argv.slice(1))
      return unsure
    case 'cross-env':
      call.also(['env', ...command.argv.slice(1)])
      return unsure
    case 'dotenv':
    case 'env-cmd': {
      const at = command.argv.indexOf('--')
      if (at > 0) call.also(command.argv.slice(at + 1))
      else call.files.mystery(name, call.path('.'))
      return unsure
    }
    case 'npm-run-all':
    case 'run-s':
    case 'run-p':
      for (const script of args) call.also(['npm', 'run', script])
      return unsure
    default:
      call.files.mystery(name, call.path('.'))
      return unsure
  }
}
