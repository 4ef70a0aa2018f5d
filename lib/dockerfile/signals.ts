/** Signals that STOPSIGNAL accepts: a number, or a Linux name with or without SIG. */

const names = new Set(
  `ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP
   TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX`.split(/\s+/),
)

export function isSignal(text: string): boolean {
  if (/^[+-]?\d+$/.test(text)) return Number(text) !== 0
  const name = text.toUpperCase().replace(/^SIG/, '')
  const [, base, offset] = /^(RTMIN|RTMAX)[+-](\d+)$/.exec(name) ?? []
  return (
    names.has(name) || (base !== undefined && Number(offset) >= 1 && Number(offset) <= (base === 'RTMIN' ? 15 : 14))
  )
}
