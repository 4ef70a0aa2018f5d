/** HEALTHCHECK as rows show it, in its four spellings. Source: history specification, 5.8 and 6.1. */
import { durationText } from '../dockerfile/duration.ts'
import type { Healthcheck } from '../model.ts'
import type { Traits } from '../traits.ts'
import { list, quoted, quotedList, quotedRune } from './go-text.ts'

export function healthText(health: Healthcheck, style: Traits['healthcheck']): string {
  const { Test = [], Interval = 0, Timeout = 0, StartPeriod = 0, StartInterval = 0, Retries = 0 } = health
  const spans = [Interval, Timeout, StartPeriod, StartInterval].map(durationText)
  if (style === 'three' || style === 'four') {
    const shown = spans.slice(0, style === 'three' ? 3 : 4).map(quoted)
    return `&{${[quotedList(Test), ...shown, quotedRune(Retries)].join(' ')}}`
  }
  const [interval, timeout, startPeriod, startInterval] = spans
  const fields = `{Test:${list(Test)} Interval:${interval} Timeout:${timeout} StartPeriod:${startPeriod} StartInterval:${startInterval} Retries:${Retries}}`
  return style === 'pointer fields' ? `&${fields}` : fields
}
