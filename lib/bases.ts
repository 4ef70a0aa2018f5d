/** What stands under a Dockerfile: image names, the embedded catalogue, base documents. */
export { catalogue } from './bases/catalogue.ts'
export { configOfRows } from './bases/config-of-rows.ts'
export { baseOf, type ReadDocument, readDocument } from './bases/documents.ts'
export { parseReference, type Reference } from './bases/reference.ts'
export { sizeIn } from './bases/sizes.ts'
