/** What the user or the disk said no to. Only `cli/` catches it: one line on standard error, exit 2. */
export class UserError extends Error {
  override readonly name = 'UserError'
  /** What to do about it, in a few words. */
  readonly hint: string | undefined
  constructor(message: string, more: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.hint = more.hint
  }
}
