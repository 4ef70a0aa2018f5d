import { expect } from 'chai'
import { accounts, apkInstalled, dpkgStatus, osRelease } from '../../../lib/image/installed.ts'

describe('installed', () => {
  it('reads os-release', () => {
    expect(osRelease('NAME="Debian"\nID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n')).to.deep.equal({
      id: 'debian',
      versionId: '12',
      codename: 'bookworm',
    })
    expect(osRelease("ID='alpine'\nVERSION_ID=3.20.3\r\n")).to.deep.equal({ id: 'alpine', versionId: '3.20.3' })
    expect(osRelease('')).to.equal(undefined)
  })

  it('reads the status of dpkg', () => {
    const text = `Package: adduser
Status: install ok installed
Version: 3.134
Depends: passwd
Description: add users
 and groups
 Version: none

Package: e2fsprogs
Status: install ok installed
Source: e2fsprogs (1.47.0-2)
Version: 1.47.0-2+b2
Pre-Depends: libext2fs2 (= 1.47.0-2+b2),
 libc6 (>= 2.34)
Provides: a,
 b

Package: gone
Status: deinstall ok config-files
Version: 1
`
    expect(dpkgStatus(text)).to.deep.equal({
      adduser: { version: '3.134' },
      e2fsprogs: {
        version: '1.47.0-2+b2',
        source: 'e2fsprogs (1.47.0-2)',
        provides: 'a, b',
        equals: 'libext2fs2 (= 1.47.0-2+b2)',
      },
    })
    expect(dpkgStatus('Package: base-files\nVersion: 12\n')).to.deep.equal({ 'base-files': { version: '12' } })
    expect(dpkgStatus('nonsense\n\n\n:')).to.deep.equal({})
  })

  it('reads the database of apk', () => {
    const text =
      'C:Q1x\nP:musl\nV:1.2.5-r0\no:musl\np:so:libc.musl-x86_64.so.1=1\n\nP:musl-utils\nV:1.2.5-r0\no:musl\nF:sbin\n'
    expect(apkInstalled(text)).to.deep.equal({
      musl: { version: '1.2.5-r0', provides: 'so:libc.musl-x86_64.so.1=1' },
      'musl-utils': { version: '1.2.5-r0', source: 'musl' },
    })
  })

  it('reads accounts', () => {
    expect(
      accounts('root:x:0:0::/root:/bin/sh\napp:x:1000:1001\nodd:x:y\n\n', 'root:x:0:\napp:x:1001:a,b\n'),
    ).to.deep.equal({
      users: { root: [0, 0], app: [1000, 1001] },
      groups: { root: 0, app: 1001 },
    })
  })
})
