/** All rules, one line each. */
import type { Rule } from '../lib/rule.ts'
import cacheLeft from './cache-left.ts'
import deletedInLaterLayer from './deleted-in-later-layer.ts'
import syntax from './syntax.ts'

export const rules: readonly Rule[] = [cacheLeft, deletedInLaterLayer, syntax]
