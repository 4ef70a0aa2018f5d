// Builds the program when npm installs from a repository, as pre-commit and `npm install -g git+…` do. With -g npm hands
// `global` down to the install that is to bring the tools for building, and so brings none: then they are fetched here.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

if (!existsSync('node_modules/.bin/tsc')) {
  const inherited = /^npm_config_(global|location|prefix|omit|production|save|force)$/i
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)))
  npm(['install', '--include=dev', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund'], env)
}
npm(['run', '--silent', 'build'], process.env)

function npm(argv, env) {
  const program = process.env.npm_execpath
  const [command, first] = program ? [process.execPath, [program]] : ['npm', []]
  const { status, error } = spawnSync(command, [...first, ...argv], { stdio: 'inherit', env })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}
