/** A builder would not build this. Thrown inside lib/copy/ only; `planCopy` turns it into a Problem. */
export class Stop extends Error {}
