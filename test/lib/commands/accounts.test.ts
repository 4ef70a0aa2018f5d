/** Users and groups: bytes of each RUN, on the lengths that Debian's and Ubuntu's account files have. */
import { expect } from 'chai'
import { predict } from '../../../lib/analyze.ts'
import { chooseBuilder } from '../../../lib/builders/choose.ts'
import { accountOf, withAccounts } from '../../../lib/effects/accounts.ts'
import type { Base, BaseFile } from '../../../lib/model.ts'
import { plainGiven } from '../../tools/predict.ts'

const file = (bytes: number): BaseFile => ({ bytes, mode: '0644', uid: 0, gid: 0 })

const common = {
  '/etc/subuid': file(0),
  '/etc/subgid': file(0),
  '/etc/skel': { dir: true as const },
  '/etc/skel/.bash_logout': file(220),
  '/etc/skel/.profile': file(807),
}

const bookworm: Base['facts'] = {
  os: { id: 'debian', codename: 'bookworm' },
  complete: false,
  files: {
    ...common,
    '/etc/passwd': file(839),
    '/etc/shadow': file(474),
    '/etc/group': file(434),
    '/etc/gshadow': file(364),
    '/etc/skel/.bashrc': file(3526),
  },
}

const jammy: Base['facts'] = {
  os: { id: 'ubuntu', codename: 'jammy' },
  complete: false,
  files: {
    ...common,
    '/etc/passwd': file(922),
    '/etc/shadow': file(501),
    '/etc/group': file(446),
    '/etc/gshadow': file(374),
    '/etc/skel/.bashrc': file(3771),
    '/var/log/lastlog': file(29492),
    '/var/log/faillog': file(3232),
  },
}

const accounts = { users: { root: [0, 0] as const }, groups: { root: 0, users: 100, audio: 29 } }

const bytes = (facts: Base['facts'], runs: readonly string[]): readonly (number | null)[] => {
  const base: Base = { ref: 'base', rows: [], config: {}, author: '', facts }
  const text = ['FROM base', ...runs.map((run) => `RUN ${run}`)].join('\n')
  return predict(text, plainGiven(chooseBuilder('classic'), { base: () => base })).image.rows.map(
    ({ size }) => size.bytes,
  )
}

type Sizes = readonly (readonly [run: string, bytes: number])[]

/** Each RUN alone on the base. */
function expectApart(facts: Base['facts'], sizes: Sizes): void {
  for (const [run, size] of sizes) expect(bytes(facts, [run]), run).to.deep.equal([size])
}

/** One RUN after the other. */
function expectInTurn(facts: Base['facts'], sizes: Sizes): void {
  const runs = sizes.map(([run]) => run)
  expect(bytes(facts, runs)).to.deep.equal(sizes.map(([, size]) => size))
}

describe('accounts', () => {
  it("Debian 12's adduser, as it ran there", () => {
    const cases: Sizes = [
      ["adduser --disabled-password --gecos '' bob", 8957],
      ['adduser --disabled-password --gecos Ann,B bob', 8961],
      [
        "addgroup grp && adduser --disabled-password --gecos 'Ann,,,' --home /srv/ann --uid 4000 --ingroup grp --shell /bin/sh ann",
        8960,
      ],
      ['adduser --system --group svc', 4305],
      ['adduser --system --no-create-home --uid 999 sv2', 3490],
      ['adduser --system --gecos X bob', 3542],
      ['addgroup grp', 1616],
      ['addgroup --system sg', 1613],
      ["adduser --disabled-password --gecos '' a && adduser a audio", 8935],
      ["adduser --disabled-password --gecos '' a && deluser a", 8882],
    ]
    expectApart({ ...bookworm, accounts }, cases)
  })

  it('passwords that PAM writes, a new name, a group that is in use', () => {
    const cases: Sizes = [
      ['echo root:x | chpasswd', 546],
      ['useradd a && echo a:secret | chpasswd', 4394],
      ['useradd -m -s /bin/bash a && usermod -l b a', 8933],
      ['groupadd g && useradd -g g a && groupdel g; true', 4322],
    ]
    expectApart({ ...bookworm, accounts }, cases)
  })

  it('shadow 4.13 step by step, as Docker 20.10 built it on bookworm', () => {
    const rows: Sizes = [
      ["useradd -m -s /bin/bash -u 1500 -c 'A User' a1", 8890],
      ['useradd -r -M -d /srv/a2 -s /usr/sbin/nologin a2', 4462],
      ['useradd -m -G users,audio -k /etc/skel -b /srv a3', 9267],
      ['groupadd -g 3000 g1', 1736],
      ['groupadd -r g2', 1771],
      ['groupadd -f g1', 0],
      ['groupadd -o -g 3000 g3', 1806],
      ['groupmod -n g4 g1', 1824],
      ['groupmod -g 3001 g2', 1957],
      ['groupdel g3', 1808],
      ['gpasswd -a a1 g4', 1794],
      ['gpasswd -d a1 g4', 1794],
      ['usermod -aG g4,g2 a1', 3289],
      ['usermod -s /bin/sh a1', 2441],
      ['usermod -d /home/b1 -m a1', 6992],
      ['usermod -l b1 a1', 4784],
      ['usermod -L b1', 2978],
      ['usermod -u 1600 b1', 6992],
      ["usermod -c '' b1", 2433],
      ['usermod -e 2030-01-01 b1', 2027],
      ['usermod -g g2 b1', 6985],
      ["echo 'b1:secret' | chpasswd -e", 2037],
      ['passwd -l b1', 1099],
      ['passwd -d a2', 1099],
      ['chage -d 0 b1', 2038],
      ['chsh -s /bin/bash a2', 1880],
      ['chfn -f Full a2', 1879],
      ['userdel a2', 4774],
      ['userdel -r a3', 4652],
      ['groupdel g4 || true', 1698],
      ["usermod -G '' b1", 3049],
      ['usermod -U b1; passwd -u b1; true', 2752],
      ['groupadd -r -g 900 sys9 && useradd -r -u 900 -g sys9 -d /nonexistent -s /bin/false sys9', 4500],
      ["useradd -M -U -G g2,staff,sudo -s /bin/bash dev && usermod -p '*' dev", 4840],
    ]
    const facts = { ...bookworm, os: { ...bookworm.os!, versionId: '12' } }
    expectInTurn(facts, rows)
  })

  it('shadow 4.13, as recorded on bookworm', () => {
    const rows: Sizes = [
      ['useradd -m app', 8889],
      ['groupadd -r svc && useradd -r -g svc svc', 4452],
      ['useradd --no-log-init -u 10001 -M -s /usr/sbin/nologin web', 4717],
      ['useradd -u 200000 big', 4792],
      ['usermod -aG www-data app', 3323],
      ['userdel -r app', 4904],
    ]
    expectInTurn(bookworm, rows)
  })

  it("accounts of Debian 12's own, as it ran there", () => {
    const table: Sizes = [
      ['userdel games', 4125],
      ['usermod -s /bin/sh games', 2142],
      ['groupdel staff', 1574],
      ['deluser www-data audio || true', 0],
      ['chage -M 30 games', 1784],
      ['passwd -l games', 949],
      ['usermod -aG audio www-data', 2925],
      ['groupdel nope || true', 0],
      ['groupadd a; useradd a || true', 1612],
      ['useradd -u 1 x || groupadd y', 1612],
      ['useradd -g nope x || useradd x', 4322],
      // A group with other members stays, until somebody takes it away.
      ['useradd -m a && useradd -G a b && userdel -r a && groupdel a', 4524],
    ]
    expectApart(bookworm, table)
  })

  it('shadow 4.8 writes the logs of last logins up to the new number, as recorded on jammy', () => {
    expect(bytes(jammy, ['useradd -m app'])).to.deep.equal([333722])
    expect(bytes(jammy, ['useradd --no-log-init -m app'])).to.deep.equal([9398])
  })

  it('known text is kept known', () => {
    const scratch: Base['facts'] = { complete: true, files: { '/etc': { dir: true } } }
    const runs = [
      "echo 'root:x:0:0:root:/root:/bin/sh' > /etc/passwd",
      'useradd -u 7 -N -s /x a',
      'cat /etc/passwd > /copy',
      'chown a /copy',
    ]
    const [, , copy] = bytes(scratch, runs)
    expect(copy).to.equal('root:x:0:0:root:/root:/bin/sh\na:x:7:100::/home/a:/x\n'.length)
  })

  it('accounts are gone through only where somebody asks for one by name', () => {
    let looks = 0
    const users = new Map([['app', { uid: 1234, gid: 5, home: '/', lines: {} }]])
    users[Symbol.iterator] = () => {
      looks++
      return users.entries()
    }
    const facts = withAccounts(
      { complete: true },
      new Map([['accounts', { users, groups: new Map(), members: new Map() }]]),
    )
    const files = { text: () => undefined, presence: () => 'unknown' as const }
    expect(accountOf('', files, facts)).to.deep.equal({ uid: 0, gid: 0, home: '/root' })
    expect(looks).to.equal(0)
    expect(accountOf('app', files, facts)).to.deep.equal({ uid: 1234, gid: 5, home: '/home/app' })
    for (let i = 0; i < 10; i++) accountOf('1234', files, facts)
    expect(looks).to.equal(1)
  })

  it('a user that was made is known by name', () => {
    const base: Base = { ref: 'base', rows: [], config: {}, author: '', facts: bookworm }
    const { image } = predict(
      'FROM base\nRUN useradd -u 1234 app && touch /x && chown app:app /x',
      plainGiven(chooseBuilder('buildkit'), { base: () => base }),
    )
    expect(image.layers.at(-1)!.entries.find(({ path }) => path === '/x')).to.include({ uid: 1234, gid: 1234 })
  })

  // As usermod and passwd of shadow 4.13 did it.
  const passwords: readonly (readonly [old: string, locked: string, unlocked: string])[] = [
    ['!', '!', '!'],
    ['*', '!*', '*'],
    ['!abc', '!abc', 'abc'],
    ['abc', '!abc', 'abc'],
  ]
  for (const [old, locked, unlocked] of passwords)
    for (const [command, now] of [
      ['usermod -L', locked],
      ['usermod -U', unlocked],
      ['passwd -l', locked],
      ['passwd -u', unlocked],
    ])
      it(`${command} with ${old} for a password`, () => {
        const facts: Base['facts'] = { complete: true, files: { '/etc': { dir: true } } }
        const base: Base = { ref: 'base', rows: [], config: {}, author: '', facts }
        const text = `FROM base
RUN echo 'a:x:7:7::/:/x' > /etc/passwd && echo 'a:${old}:19000::::::' > /etc/shadow
RUN ${command} a || true; cat /etc/shadow > /copy
`
        const { image } = predict(text, plainGiven(chooseBuilder('classic'), { base: () => base }))
        const copy = image.layers.at(-1)!.entries.find(({ path }) => path === '/copy')
        expect(copy?.size.bytes).to.equal(`a:${now}:19000::::::\n`.length)
      })
})
