// Makes the program as it ships: dist/stratigraph.cjs (cli/launch.ts), which starts dist/program.txt from compiled code where there
// is some, and the tables of dist/data. Start-up is half the time of a hook: what a run does not need is not even read, or not
// made ready.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, transform } from 'esbuild'

const shared = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  logLevel: 'warning',
}

/** Modules of Node that most runs do without. */
const seldom = /^node:(child_process|crypto|https?|module|stream|tty|v8|worker_threads|zlib)$/
/** Tables that few Dockerfiles need. */
const tables = /\/data\/(apt-\w+|bases|npm-packages|pip-wheels)\.ts$/

/** Who puts all models of commands together. Few Dockerfiles need more than some of them. */
const collections = /\/lib\/commands\/(index|managers)\.ts$/

/** Looks around that packages take when they are loaded and that nobody here wants: each makes more of Node load. */
const looks = [
  [/\/kleur\/index\.mjs$/, 'process.stdout && process.stdout.isTTY', 'false'],
  [/\/yargs-parser\/build\/lib\/index\.js$/, 'createRequire ? createRequire(import.meta.url) : undefined', 'undefined'],
]

/** All three are loaded when something of theirs is first asked for. */
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
    onResolve({ filter: /^\.\// }, async ({ path, importer, resolveDir }) => {
      if (!collections.test(importer)) return undefined
      const file = join(resolveDir, path)
      return !collections.test(file) && (await modelsOf(file)) ? { path: file, namespace: 'models' } : undefined
    })
    // What a program is called and how its options look is known here, what it does when it is called.
    onLoad({ filter: /./, namespace: 'models' }, async ({ path }) => {
      const models = (await modelsOf(path)).map((model, i) => `late(${i}, ${JSON.stringify(model)})`)
      return {
        resolveDir: dirname(path),
        contents: `const late = (i, model) => ({ ...model, run: (call) => ${now}(import('./${basename(path)}')).default[i].run(call) })
export default [${models.join(', ')}]`,
      }
    })
  },
}

// One character beyond Latin-1 doubles the memory of a text and the time to read it. In JSON, and in the regular expressions and
// templates that esbuild leaves as they are, an escape stands for the same.
const ascii = (text) => text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** The models that a module has as its default, undefined: it has none. As compiled, which comes before this. */
async function modelsOf(path) {
  const compiled = join('dist', relative('.', path)).replace(/\.ts$/, '.js')
  const { default: models } = await import(pathToFileURL(compiled))
  return Array.isArray(models) ? models : undefined
}

/** Stands in front of an `import()` that gives the module itself. */
const now = 'importNow'

/**
 * esbuild cuts the program at every `import()`; a part of it becomes a function that makes the part when somebody first
 * needs it. What nobody needs is not compiled, and not in kept code. No module does more than define, so none is run for its
 * own sake.
 */
const asFunction = ({ path, text }) => {
  const from = (name) => (name.startsWith('./') ? `programPart('${basename(name)}')` : `require('${name}')`)
  // What is imported is there before anything runs, wherever it is written.
  const imported = []
  const body = text
    .replace(/^import (?:(?:\* as )?(\w+|\{[^}]*\}) from )?"(.+)";$/gm, (_, names, name) => {
      if (names !== undefined) imported.push(`const ${names.replaceAll(' as ', ': ')} = ${from(name)}\n`)
      return ''
    })
    .replace(/^export \{([^}]*)\};$/m, (_, names) => `return {${names.replace(/(\S+) as ([^\s,]+)/g, '$2: $1')}}`)
    // A CommonJS module: its exports, and the same as the default.
    .replace(/^export default (.*);$/m, 'const all = $1\nreturn Object.create(all, { default: { value: all } })')
    .replace(new RegExp(`\\b${now}\\(import\\("(\\./.+?)"\\)\\)`, 'g'), (_, name) => from(name))
    // `import()` of a built-in module would need a loader of its own in code that is run from a cache.
    .replace(/\bimport\("(.+?)"\)/g, (_, name) => `Promise.resolve().then(() => ${from(name)})`)
  return `'${basename(path)}'() {\n${imported.join('')}${body}\n}`
}

mkdirSync('dist/data', { recursive: true })
const made = await build({
  ...shared,
  entryPoints: ['cli/main.ts'],
  outdir: 'dist',
  write: false,
  format: 'esm',
  splitting: true,
  minify: false,
  plugins: [lazily],
  define: { 'import.meta.url': '"file:///stratigraph.cjs"' },
})
// Names that no module has.
const whole = `const programParts = { ${made.outputFiles.map(asFunction).join(',\n')} }
const partsMade = {}
const programPart = (name) => (partsMade[name] ??= programParts[name]())
programPart('main.js')`
const { bundle: _, ...small } = shared
const { code } = await transform(whole, { ...small, format: 'cjs' })
const program = ascii(`(function (exports, require, module, __filename, __dirname) {"use strict";${code}\n})`)
writeFileSync('dist/program.txt', program)

await build({
  ...shared,
  format: 'cjs',
  entryPoints: ['cli/launch.ts'],
  outfile: 'dist/stratigraph.cjs',
  banner: { js: '#!/usr/bin/env node' },
  define: { PROGRAM_HASH: JSON.stringify(createHash('sha256').update(program).digest('hex').slice(0, 16)) },
})
