/** `--chmod`: octal, or symbolic where the builder knows it. */
import type { Traits } from '../traits.ts'
import { Stop } from './stop.ts'

/** What a mode becomes; links are never asked. */
export type Chmod = (mode: number | null, folder: boolean) => number | null

export interface Mode {
  readonly of: Chmod
  /** The bits, where the flag gives them in octal. */
  readonly octal: number | undefined
}

const kept: Mode = { of: (mode) => mode, octal: undefined }

/** Reads the flag; null: not given. Throws Stop where the builder refuses. Source: history specification, 5.2 and 11. */
export function modeOf(text: string | null, traits: Traits): Mode {
  if (text === null || (text === '' && traits.family !== 'buildah')) return kept
  const bits = /^[0-7]{1,11}$/.test(text) ? Number.parseInt(text, 8) : undefined
  if (traits.family === 'buildah') {
    if (bits === undefined) throw new Stop(`parsing chmod "${text}": invalid syntax`)
    if (bits > 0o7777 && traits.chmod === 'octal')
      throw new Stop(`Error parsing chmod ${text}: it should be octal and between 0 and 07777`)
    return { of: () => bits & 0o7777, octal: bits & 0o7777 }
  }
  const wrong = `invalid chmod parameter: '${text}'. it should be octal string and between 0 and 07777`
  if (bits !== undefined && (bits <= 0o7777 || traits.chmod === 'lenient')) {
    const kept = bits & (traits.chmodSpecial ? 0o7777 : 0o777)
    // With a special bit it is a mode for what is copied, and not for the folders made for it. (recorded: chmod-sticky)
    return { of: () => kept, octal: kept > 0o777 ? undefined : kept }
  }
  if (traits.chmod === 'lenient') return kept
  const change = bits === undefined && traits.chmod === 'symbolic' ? symbolic(text) : undefined
  if (change === undefined) throw new Stop(wrong)
  return { of: (mode, folder) => (mode === null ? null : change(mode, folder)), octal: undefined }
}

const classes: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o0007, a: 0o7777 }
const shifts: Readonly<Record<string, number>> = { u: 6, g: 3, o: 0 }

/** `u=rw,go+X` with a umask of 0. Source: POSIX.1-2017, chmod, EXTENDED DESCRIPTION. Undefined: not of that form. */
function symbolic(text: string): ((mode: number, folder: boolean) => number) | undefined {
  const steps: ((mode: number, folder: boolean) => number)[] = []
  for (const clause of text.split(',')) {
    const [, who = '', actions = ''] = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause) ?? []
    if (actions === '') return undefined
    const mask = who === '' ? 0o7777 : [...who].reduce((sum, one) => sum | classes[one]!, 0)
    for (const [, op = '', perms = ''] of actions.matchAll(/([-+=])([ugo]|[rwxXst]*)/g)) {
      steps.push((mode, folder) => {
        const bits = bitsOf(perms, mode, folder) & mask
        if (op === '+') return mode | bits
        return op === '-' ? mode & ~bits : (mode & ~(mask & 0o6777)) | bits
      })
    }
  }
  return (mode, folder) => steps.reduce((now, step) => step(now, folder), mode)
}

function bitsOf(perms: string, mode: number, folder: boolean): number {
  const shift = shifts[perms]
  if (shift !== undefined) return ((mode >> shift) & 7) * 0o111
  let bits = 0
  for (const one of perms) {
    if (one === 'r') bits |= 0o444
    else if (one === 'w') bits |= 0o222
    else if (one === 'x' || (one === 'X' && (folder || (mode & 0o111) !== 0))) bits |= 0o111
    else if (one === 's') bits |= 0o6000
    else if (one === 't') bits |= 0o1000
  }
  return bits
}
