/** Accounts that every image of a distribution has, with the numbers they always have. Source: base-passwd 3.6.1, passwd.master and group.master. */
import type { BaseFacts } from '../model.ts'

type Accounts = NonNullable<BaseFacts['accounts']>

const users =
  'root:0:0 daemon:1:1 bin:2:2 sys:3:3 sync:4:65534 games:5:60 man:6:12 lp:7:7 mail:8:8 news:9:9 uucp:10:10 proxy:13:13 ' +
  'www-data:33:33 backup:34:34 list:38:38 irc:39:39 nobody:65534:65534'
const groups =
  'root:0 daemon:1 bin:2 sys:3 adm:4 tty:5 disk:6 lp:7 mail:8 news:9 uucp:10 man:12 proxy:13 kmem:15 dialout:20 fax:21 ' +
  'voice:22 cdrom:24 floppy:25 tape:26 sudo:27 audio:29 dip:30 www-data:33 backup:34 operator:37 list:38 irc:39 src:40 ' +
  'shadow:42 utmp:43 video:44 sasl:45 plugdev:46 staff:50 games:60 users:100 nogroup:65534'

const debian: Accounts = {
  users: Object.fromEntries(
    users.split(' ').map((line) => {
      const [name = '', uid, gid] = line.split(':')
      return [name, [Number(uid), Number(gid)] as const]
    }),
  ),
  groups: Object.fromEntries(
    groups.split(' ').map((line) => {
      const [name = '', gid] = line.split(':')
      return [name, Number(gid)]
    }),
  ),
}

/** The facts with the accounts that the distribution always has, where none are known. */
export const withStanding = (facts: BaseFacts): BaseFacts =>
  facts.accounts === undefined && /^(debian|ubuntu)$/.test(facts.os?.id ?? '') ? { ...facts, accounts: debian } : facts
