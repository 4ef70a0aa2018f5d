/** Front door: what `import 'stratigraph'` gives. */
export { predict } from './analyze.ts'
export { chooseBuilder, sizeModelOf } from './builders/choose.ts'
export { UserError } from './error.ts'
export type * from './model.ts'
