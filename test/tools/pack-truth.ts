/** Writes test/truth anew from ../shared/truth: `node dist/test/tools/pack-truth.js`. */

import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { originalCases, pack, root, shared } from './truth.ts'

const folder = join(root, 'test/truth')
mkdirSync(folder, { recursive: true })
for (const file of readdirSync(folder)) if (file.endsWith('.json')) rmSync(join(folder, file))
rmSync(join(folder, '_base'), { recursive: true, force: true })
cpSync(join(shared, 'truth/_base'), join(folder, '_base'), { recursive: true })
for (const one of originalCases()) writeFileSync(join(folder, `${one.name}.json`), pack(one))
