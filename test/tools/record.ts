/**
 * Records test/builds with the engines at hand: `node dist/test/tools/record.js RECORD [NAME…]`. RECORD is `classic`, `buildkit-20.10`,
 * `buildkit-0.25` or `buildah-1.28`: its first word says which engine, the whole is the name that the record gets.
 */

import { writeFileSync } from 'node:fs'
import { openEngines } from './engine.ts'
import { moreBuilds, pack, packedBuild } from './truth.ts'

const [record = '', ...names] = process.argv.slice(2)
const engine = openEngines().find(({ kind }) => kind === record.split('-')[0])
if (engine === undefined) throw new Error(`no engine for ${record}`)
for (const one of moreBuilds())
  if (names.length === 0 || names.includes(one.name))
    writeFileSync(packedBuild(one.name), pack({ ...one, engines: { ...one.engines, [record]: engine.build(one) } }))
