/** The mask of new files, as umask reads and prints it. */

/** As `umask` prints it. */
export const octal = (mask: number): string => `${mask.toString(8).padStart(4, '0')}\n`

/** What is allowed, as `umask -S` prints it. */
export const letters = (mask: number): string =>
  `${['u', 'g', 'o'].map((who, i) => `${who}=${[...'rwx'].filter((_, k) => (mask & (0o400 >> (i * 3 + k))) === 0).join('')}`).join(',')}\n`

/** `u=rwx,go=` says what is allowed; the mask is what is not. Undefined: not understood. Source: POSIX XCU umask. */
export function masked(word: string, mask: number): number | undefined {
  let allowed = ~mask & 0o777
  for (const clause of word.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwxX]*)$/.exec(clause)
    if (match === null) return undefined
    const who = match[1] === '' || match[1]!.includes('a') ? 'ugo' : match[1]!
    for (const [i, one] of [...'ugo'].entries()) {
      if (!who.includes(one)) continue
      const all = 0o700 >> (i * 3)
      let bits = 0
      for (const [k, letter] of [...'rwx'].entries())
        if (match[3]!.toLowerCase().includes(letter)) bits |= 0o400 >> (i * 3 + k)
      allowed = match[2] === '+' ? allowed | bits : match[2] === '-' ? allowed & ~bits : (allowed & ~all) | bits
    }
  }
  return ~allowed & 0o777
}
