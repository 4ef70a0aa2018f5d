/** What the parts of an installed package are called in a working file system. */

/** Label of a package's own files. */
export const filesLabel = (name: string): string => `apt:${name}`

/** Label of what dpkg keeps about a package. */
export const infoLabel = (name: string): string => `dpkg info: ${name}`

/** Label of byte code made from a package's Python source. */
export const byteCodeLabel = (name: string): string => `byte code: ${name}`

/** Label of documentation and translations of a package, on bases that keep them. */
export const docsLabel = (name: string): string => `documentation: ${name}`

/** Label of what a package's scripts wrote, and take away with it. */
export const writtenLabel = (name: string): string => `written by ${name}`
