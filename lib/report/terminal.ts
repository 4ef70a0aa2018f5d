/** What must not reach a terminal as it is: a Dockerfile is somebody else's text, and a terminal obeys some characters. */

/**
 * Control characters other than newline and tab, and those that turn the direction of writing, as `\u001b`: on a screen
 * harmless, in JSON still the same text.
 */
export const escapeControls = (text: string): string =>
  text.replace(controls, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)

const controls = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu
