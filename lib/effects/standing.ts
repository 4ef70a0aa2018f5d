/** Accounts that every image of a distribution has, with the numbers they always have. Source: base-passwd 3.6.1, passwd.master and group.master. */
import type { BaseFacts, Entry } from '../model.ts'
import { utf8Bytes } from '../shell/known.ts'

type Accounts = NonNullable<BaseFacts['accounts']>

/** Name, number, group, then name in full, home and shell where they are not the usual ones. */
const users = [
  'root:0:0:root:/root:/bin/bash',
  'daemon:1:1:daemon:/usr/sbin',
  'bin:2:2:bin:/bin',
  'sys:3:3:sys:/dev',
  'sync:4:65534:sync:/bin:/bin/sync',
  'games:5:60:games:/usr/games',
  'man:6:12:man:/var/cache/man',
  'lp:7:7:lp:/var/spool/lpd',
  'mail:8:8:mail:/var/mail',
  'news:9:9:news:/var/spool/news',
  'uucp:10:10:uucp:/var/spool/uucp',
  'proxy:13:13:proxy:/bin',
  'www-data:33:33:www-data:/var/www',
  'backup:34:34:backup:/var/backups',
  'list:38:38:Mailing List Manager:/var/list',
  'irc:39:39:ircd:/run/ircd',
  'nobody:65534:65534:nobody:/nonexistent',
].map((line) => line.split(':'))
const groups = (
  'root:0 daemon:1 bin:2 sys:3 adm:4 tty:5 disk:6 lp:7 mail:8 news:9 uucp:10 man:12 proxy:13 kmem:15 dialout:20 fax:21 ' +
  'voice:22 cdrom:24 floppy:25 tape:26 sudo:27 audio:29 dip:30 www-data:33 backup:34 operator:37 list:38 irc:39 src:40 ' +
  'shadow:42 utmp:43 video:44 sasl:45 plugdev:46 staff:50 games:60 users:100 nogroup:65534'
)
  .split(' ')
  .map((line) => line.split(':'))

const debian: Accounts = {
  users: Object.fromEntries(users.map(([name = '', uid, gid]) => [name, [Number(uid), Number(gid)] as const])),
  groups: Object.fromEntries(groups.map(([name = '', gid]) => [name, Number(gid)])),
}

// As they are written since Debian 12, where apt has a user in front of the last one. Of shadow only the days differ.
const apt = ['_apt', '42', '65534', '', '/nonexistent']
const people = [...users.slice(0, -1), apt, ...users.slice(-1)]
const written = (lines: readonly string[]): string => `${lines.join('\n')}\n`
const texts: ReadonlyMap<string, string> = new Map([
  [
    '/etc/passwd',
    written(
      people.map(
        ([name, uid, gid, full, home, shell]) =>
          `${name}:x:${uid}:${gid}:${full}:${home}:${shell ?? '/usr/sbin/nologin'}`,
      ),
    ),
  ],
  ['/etc/shadow', written(people.map(([name]) => `${name}:*:20000:0:99999:7:::`))],
  ['/etc/group', written(groups.map(([name, gid]) => `${name}:x:${gid}:`))],
  ['/etc/gshadow', written(groups.map(([name]) => `${name}:*::`))],
])

/** The text of a file of accounts that is exactly as long as Debian's; undefined: it is another, or nobody knows. */
export function standingText({ path, type, size }: Entry, { os }: BaseFacts): string | undefined {
  const text = type === 'file' && os?.id === 'debian' ? texts.get(path) : undefined
  return text !== undefined && size.basis === 'exact' && size.bytes === utf8Bytes(text) ? text : undefined
}

/** The facts with the accounts that the distribution always has, where none are known. */
export const withStanding = (facts: BaseFacts): BaseFacts =>
  facts.accounts === undefined && /^(debian|ubuntu)$/.test(facts.os?.id ?? '') ? { ...facts, accounts: debian } : facts
