// Makes dist/stratigraph.cjs, the program as it ships: one minified file, because start-up is half the time of a hook.
import { build } from 'esbuild'

await build({
  entryPoints: ['cli/main.ts'],
  outfile: 'dist/stratigraph.cjs',
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  banner: { js: '#!/usr/bin/env node' },
  legalComments: 'none',
  define: { 'import.meta.url': '"file:///stratigraph.cjs"' },
  logLevel: 'warning',
})
