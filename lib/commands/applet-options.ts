/**
 * Options that applets of BusyBox take; with any other they print how they are used, and do nothing.
 * Source: BusyBox 1.35.0 of Debian's busybox-static, each letter and name tried, 2026-11-21.
 */

/** Letters as getopt(3) has them, a `+` in front where options end at the first operand; behind a blank the long names. */
const options: Readonly<Record<string, string>> = {
  basename: '+as:',
  bunzip2: 'cdfkqtv',
  bzip2: 'cdfkqstvz123456789',
  cat: 'bentuvA',
  chgrp: 'cfhvHLPR recursive verbose no-dereference dereference changes silent quiet',
  chown: 'cfhvHLPR recursive verbose no-dereference dereference changes silent quiet',
  cmp: 'ln:s',
  cp: 'adfilnprst:uvHLPRT recursive force verbose parents symbolic archive no-clobber update link no-dereference dereference target-directory no-target-directory symbolic-link remove-destination reflink interactive',
  cpio: 'dimotuvF:H:LR:0 verbose quiet extract create list owner null ignore-devno renumber-inodes',
  cut: 'b:c:d:f:nsDF:O:',
  date: 'd:r:s:uD:I::R date reference',
  fallocate: 'l:o:',
  fold: 'bsw:0123456789',
  grep: 'ace:f:hilm:noqrsvwxzA:B:C:EFHILR color',
  gunzip: 'cdfknqtv force stdout',
  gzip: 'cdfknqtv123456789 force verbose quiet stdout best fast',
  head: 'c:n:qv0123456789',
  id: 'gnruG',
  ln: 'bfnsvS:T',
  ls: 'acdghiklnprstuvw:xACFHLQRST:X1 color full-time group-directories-first',
  lzma: 'cdfkqtv',
  md5sum: 'bcstw',
  mkdir: 'm:pv verbose parents mode',
  mkfifo: 'm:',
  mknod: 'm:',
  mktemp: 'dp:qtu quiet directory tmpdir dry-run',
  mv: 'fint:vT force verbose no-clobber target-directory no-target-directory interactive',
  nl: 'b:i:ps:v:w:',
  paste: 'd:s',
  readlink: 'fnqsv',
  rev: '',
  rm: 'firvR',
  rmdir: 'pv verbose parents ignore-fail-on-non-empty',
  sed: 'e:f:i::nrE silent quiet file in-place expression regexp-extended',
  sha1sum: 'bcstw',
  sha256sum: 'bcstw',
  sha512sum: 'bcstw',
  shuf: 'ei:n:o:z',
  sort: 'bcdfgik:mno:rst:uzMS:T:V',
  stat: 'c:ftL',
  tac: '',
  tail: 'c:fn:qs:vF0123456789',
  tee: 'ai',
  touch: 'acd:fhmr:t: no-dereference date reference no-create',
  tr: '+cdsC',
  truncate: 'cs:',
  uniq: 'cdf:is:uw:z',
  unxz: 'cdfkqtv',
  unzip: 'd:jlnopqtvx:',
  wc: 'clmwL',
  which: 'a',
  xz: 'cdfkqtv',
  zcat: 'cdfknqtv force stdout',
}

/** Does the applet of this name stop at these words, because one is an option it does not have? */
export function refuses(name: string, words: readonly string[]): boolean {
  const line = Object.hasOwn(options, name) ? options[name] : undefined
  if (line === undefined) return false
  const [short = '', ...long] = line.split(' ')
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '--') return false
    if (word.startsWith('--')) {
      const given = word.slice(2).split('=')[0]!
      if (given !== 'help' && !long.some((one) => one.startsWith(given))) return true
      continue
    }
    if (word.length < 2 || word[0] !== '-') {
      if (short[0] === '+') return false
      continue
    }
    for (let k = 1; k < word.length; k++) {
      const at = short.indexOf(word[k]!)
      if (at < 0 || word[k] === ':' || word[k] === '+') return true
      if (short[at + 1] !== ':') continue
      // Its value is the rest of the word, or the next one.
      if (k === word.length - 1 && short[at + 2] !== ':') i++
      break
    }
  }
  return false
}
