/** Front door: what `import 'stratigraph'` gives. */
export { UserError } from './error.ts'
export type * from './model.ts'
