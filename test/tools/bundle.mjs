// Makes dist/stratigraph.cjs, the program as it ships: one minified file, because start-up is half the time of a hook. Its
// head (cli/launch.ts) starts the program, which stands in a comment behind it, from compiled code where there is some.
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

const shared = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  legalComments: 'none',
  logLevel: 'warning',
}

const made = await build({
  ...shared,
  entryPoints: ['cli/main.ts'],
  write: false,
  define: { 'import.meta.url': '"file:///stratigraph.cjs"' },
  // `import()` of a built-in module would need a loader of its own in code that is run from a cache.
  supported: { 'dynamic-import': false },
})
// One character beyond Latin-1 doubles the memory of a source and the time to read it. esbuild leaves those of regular
// expressions and templates as they are.
const program = made.outputFiles[0].text.replace(
  /[^\0-\x7f]/g,
  (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
)

const launcher = await build({
  ...shared,
  entryPoints: ['cli/launch.ts'],
  write: false,
  banner: { js: '#!/usr/bin/env node' },
  define: { PROGRAM_HASH: JSON.stringify(createHash('sha256').update(program).digest('hex').slice(0, 16)) },
})
mkdirSync('dist', { recursive: true })
if (program.includes('*@@/')) throw new Error('the program holds the mark that stands for the end of a comment')
const shut = program.replaceAll('*/', '*@@/')
writeFileSync('dist/stratigraph.cjs', `${launcher.outputFiles[0].text}\n/*program${shut}*/\n`)
