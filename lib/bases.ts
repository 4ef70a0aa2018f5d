/** What stands under a Dockerfile: image names, the embedded catalogue, base documents. */
export { catalogue } from './bases/catalogue.ts'
export { baseOf, readDocument } from './bases/documents.ts'
export { baseName } from './bases/name.ts'
export { sizeIn } from './bases/sizes.ts'
