/** A builder would not build this. Thrown inside lib/copy/ only; `planCopy` turns it into a Problem. */
export class Stop extends Error {}

/** One instruction makes more entries than it may. Thrown and caught like Stop. */
export class TooMany extends Error {}
