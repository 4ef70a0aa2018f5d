// Makes the program as it ships: dist/stratigraph.cjs (cli/launch.ts), which starts dist/program.txt from compiled code where there
// is some, and the tables of dist/data. Start-up is half the time of a hook: what a run does not need is not even read.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build, transform } from 'esbuild'

const shared = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  legalComments: 'none',
  logLevel: 'warning',
}

/** Modules of Node that most runs do without. */
const seldom = /^node:(child_process|crypto|https?|stream|tty|v8|worker_threads|zlib)$/
/** Tables that few Dockerfiles need. */
const tables = /\/data\/(apt-\w+|bases|npm-packages|pip-wheels)\.ts$/

/** Looks around that packages take when they are loaded and that nobody here wants: each makes more of Node load. */
const looks = [
  [/\/kleur\/index\.mjs$/, 'process.stdout && process.stdout.isTTY', 'false'],
  [/\/yargs-parser\/build\/lib\/index\.js$/, 'createRequire(import.meta.url)', 'undefined'],
]

/** Both are loaded when something of theirs is first asked for. */
const lazily = {
  name: 'lazily',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: seldom }, ({ path, namespace }) =>
      namespace === 'seldom' ? { path, external: true } : { path, namespace: 'seldom' },
    )
    // The names that a module exports are not known before it is loaded.
    onLoad({ filter: seldom, namespace: 'seldom' }, ({ path }) => ({
      contents: `let all
module.exports = Object.create(new Proxy({}, { get: (_, name) => (all ??= require('${path}'))[name] }))`,
    }))
    for (const [filter, look, plain] of looks)
      onLoad({ filter }, ({ path }) => {
        const [before, after] = readFileSync(path, 'utf8').split(look)
        if (after === undefined) throw new Error(`${path}: no ${look} in it`)
        return { contents: before + plain + after }
      })
    onResolve({ filter: tables }, ({ path, resolveDir }) => ({ path: join(resolveDir, path), namespace: 'table' }))
    onLoad({ filter: tables, namespace: 'table' }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'ts', format: 'cjs' })
      const module = { exports: {} }
      new Function('module', 'exports', code)(module, module.exports)
      const name = `${basename(path, '.ts')}.json`
      writeFileSync(`dist/data/${name}`, ascii(JSON.stringify(module.exports)))
      const getters = Object.keys(module.exports).map((key) => `get ${key}() { return load().${key} }`)
      return {
        contents: `let all
const load = () => (all ??= JSON.parse(require('node:fs').readFileSync(__dirname + '/data/${name}', 'latin1')))
module.exports = { ${getters.join(', ')} }`,
      }
    })
  },
}

// One character beyond Latin-1 doubles the memory of a text and the time to read it. In JSON, and in the regular expressions and
// templates that esbuild leaves as they are, an escape stands for the same.
const ascii = (text) => text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

mkdirSync('dist/data', { recursive: true })
const made = await build({
  ...shared,
  entryPoints: ['cli/main.ts'],
  write: false,
  plugins: [lazily],
  define: { 'import.meta.url': '"file:///stratigraph.cjs"' },
  // `import()` of a built-in module would need a loader of its own in code that is run from a cache.
  supported: { 'dynamic-import': false },
})
const program = ascii(`(function (exports, require, module, __filename, __dirname) {${made.outputFiles[0].text}\n})`)
writeFileSync('dist/program.txt', program)

await build({
  ...shared,
  entryPoints: ['cli/launch.ts'],
  outfile: 'dist/stratigraph.cjs',
  banner: { js: '#!/usr/bin/env node' },
  define: { PROGRAM_HASH: JSON.stringify(createHash('sha256').update(program).digest('hex').slice(0, 16)) },
})
