/** Writes the page of every rule, rules/<id>.md, and takes away those of rules that are gone: `npm run docs:rules`. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rulePage } from '../../lib/report/rule-page.ts'
import { rules } from '../../rules/index.ts'
import { root } from './truth.ts'

const folder = join(root, 'rules')
for (const name of readdirSync(folder)) if (name.endsWith('.md')) rmSync(join(folder, name))
for (const rule of rules) writeFileSync(join(folder, `${rule.id}.md`), rulePage(rule))
