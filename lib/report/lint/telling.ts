/** What every lint reporter is given, and what several of them say alike. */
import type { Finding, LintReport, Severity } from '../../finding.ts'
import { humanSize } from '../../human.ts'
import type { Size } from '../../model.ts'
import type { Rule } from '../../rule.ts'
import { shareOf } from '../units.ts'

/** A lint run to tell, and all a reporter may lean on. */
export interface Telling {
  readonly report: LintReport
  /** Those that took part. */
  readonly rules: readonly Rule[]
  readonly version: string
  /** `pretty` only. */
  readonly color: boolean
  /** Columns of the terminal; `pretty` only. */
  readonly columns: number
}

/** `8.39MB`, `~8.39MB`, `at least 3MB`, `?`. */
export function sizeText({ bytes, low, basis }: Size): string {
  if (bytes !== null) return basis === 'exact' ? humanSize(bytes) : `~${humanSize(bytes)}`
  return low > 0 ? `at least ${humanSize(low)}` : '?'
}

/** What a suggestion brings, behind what was said before: `saves ~3kB`, `costs ~48B`; '' where no byte changes. */
export function gainText(saves: Size, before: string): string {
  const { bytes } = saves
  if (bytes === 0) return ''
  const text =
    bytes !== null && bytes < 0 ? `costs ${sizeText({ ...saves, bytes: -bytes })}` : `saves ${sizeText(saves)}`
  return `${before}${text}`
}

/** ` (51.3%)`; '' where a share says nothing. */
export function shareText(part: Size, whole: Size): string {
  const share = part.bytes === 0 ? undefined : shareOf(part, whole)
  return share === undefined ? '' : ` (${share})`
}

/** How many of each severity: `1 error, 2 warnings`; '' for none. */
export function tallyText(findings: readonly Finding[]): string {
  const of = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length
  const parts: readonly (readonly [number, string])[] = [
    [of('error'), 'error'],
    [of('warning'), 'warning'],
    [of('info'), 'remark'],
  ]
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}${count === 1 ? '' : 's'}`)
    .join(', ')
}

/** A path as a URI reference: forward slashes, everything else escaped. */
export const uriOf = (file: string): string =>
  (/^[A-Za-z]:[\\/]/.test(file) ? `/${file}` : file)
    .split(/[\\/]/)
    .map((part) => encodeURIComponent(part).replaceAll('%3A', ':').replaceAll('%40', '@'))
    .join('/')

/** Text inside XML, in an attribute too. What XML cannot hold becomes U+FFFD. */
export const xml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"'\n\r\t]/g, (one) => `&#${one.charCodeAt(0)};`)
