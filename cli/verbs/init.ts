/** `init`: a commented configuration, and with their names a pre-commit entry and a CI job. */
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UserError } from '../../lib/error.ts'
import { version } from '../../lib/version.ts'
import { writeWhole } from '../output.ts'
import type { World } from '../world.ts'
import type { Verb } from './index.ts'

/** What can be written: a file and what is in it. A file that is there already is shown, not touched. */
const parts: Readonly<Record<string, { readonly file: string; readonly text: string }>> = {
  config: {
    file: '.stratigraph.yaml',
    text: `# Settings of stratigraph for this folder and those below. Every key may be left out.
# The schema ships with the package: schemas/config.schema.json

# Whose history to predict: buildkit, docker@28.5, classic@29.7, buildah, podman@5.8
# builder: buildkit

# What FROM names stand for where the catalogue does not know: an image archive, a JSON document, another Dockerfile.
# bases:
#   company/base: ../base

# build-args: { VERSION: "1.2" }
# target: prod

# Findings from this severity on are exit code 1: error, warning, info or never.
# fail-on: warning

# rules:
#   cache-left: error
#   too-many-layers: off

# Exit code 1 when an image is larger.
# budgets:
#   max-size: 500MB
#   max-wasted: 20MB
#   max-layers: 40

# What lint leaves out, as in .gitignore.
# ignore: [test/fixtures/]

# For some files and targets only.
# overrides:
#   - files: ["docker/*.dockerfile"]
#     targets: [prod]
#     budgets: { max-wasted: 0 }
`,
  },
  'pre-commit': {
    file: '.pre-commit-config.yaml',
    text: `repos:
  - repo: local
    hooks:
      - id: stratigraph-lint
        name: stratigraph lint
        language: node
        additional_dependencies: ['stratigraph@${version}']
        entry: stratigraph lint
        files: (^|/)(Dockerfile|Containerfile)([._-][^/]*)?$|\\.(dockerfile|containerfile)$
        exclude: \\.(dockerignore|containerignore)$
        require_serial: true
`,
  },
  github: {
    file: '.github/workflows/stratigraph.yml',
    text: `name: stratigraph
on: [push, pull_request]
permissions:
  contents: read
  security-events: write
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22 }
      - run: npx --yes stratigraph@${version} lint --format github --format sarif=stratigraph.sarif
      - uses: github/codeql-action/upload-sarif@v3
        if: always()
        with: { sarif_file: stratigraph.sarif }
`,
  },
  gitlab: {
    file: '.gitlab/stratigraph.yml',
    text: `# include: { local: .gitlab/stratigraph.yml }
stratigraph:
  image: node:22-alpine
  script:
    - npx --yes stratigraph@${version} lint --format compact --format gitlab=gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`,
  },
}

export const verb: Verb = {
  examples: [
    ['stratigraph init', 'writes .stratigraph.yaml'],
    ['stratigraph init config pre-commit github', 'and a hook, and a workflow'],
  ],
  async run(options, world) {
    const names = options.args.length === 0 ? ['config'] : options.args
    for (const name of names)
      if (!Object.hasOwn(parts, name))
        throw new UserError(`${name}: not one of ${Object.keys(parts).join(', ')}`, { hint: 'stratigraph init config' })
    for (const name of names) write(parts[name]!, world)
    return 0
  },
}

function write({ file, text }: { readonly file: string; readonly text: string }, world: World): void {
  const path = resolve(world.cwd, file)
  if (existsSync(path)) {
    world.out.write(`# ${file} is there already; this would go into it:\n${text}`)
    return
  }
  mkdirSync(dirname(join(world.cwd, file)), { recursive: true })
  writeWhole(file, text, world)
  world.out.write(`${file}\n`)
}
