/** Colours. */
import kleur from 'kleur'
import type { Severity } from '../finding.ts'

/** A text with what makes a terminal colour it. */
export type Paint = (text: string) => string

/** How things look; without colour everything is plain. */
export interface Palette {
  readonly file: Paint
  readonly quiet: Paint
  readonly good: Paint
  readonly unsure: Paint
  readonly of: Readonly<Record<Severity, Paint>>
}

/** How things look with colours, or all plain. The caller has looked at the terminal. */
export function palette(color: boolean): Palette {
  const plain: Paint = (text) => text
  if (!color)
    return { file: plain, quiet: plain, good: plain, unsure: plain, of: { error: plain, warning: plain, info: plain } }
  // kleur's own look at the terminal must not decide.
  kleur.enabled = true
  return {
    file: (text) => kleur.underline(text),
    quiet: (text) => kleur.dim(text),
    good: (text) => kleur.green(text),
    unsure: (text) => kleur.yellow(text),
    of: {
      error: (text) => kleur.bold().red(text),
      warning: (text) => kleur.bold().yellow(text),
      info: (text) => kleur.bold().cyan(text),
    },
  }
}

/** The text without colours. */
export const unpainted: Paint = (text) =>
  text
    .split('\u001b[')
    .map((part, i) => (i === 0 ? part : part.slice(part.indexOf('m') + 1)))
    .join('')
