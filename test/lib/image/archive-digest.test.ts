import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect } from 'chai'
import { archiveDigest } from '../../../lib/image/archive-digest.ts'

/**
 * Archives that GNU tar wrote, with long names and targets, a hard link, a pipe and a name beyond ASCII. The digests are
 * those of a program that passes each through Go's archive/tar twice as it is and once with times zero, as Buildah does.
 */
describe('archiveDigest', () => {
  const cases: readonly (readonly [format: string, base64: readonly string[], digest: string | undefined])[] = [
    [
      'GNU',
      [
        'H4sIAAAAAAACA+3ZTU6DQBjGcdaeghOUmWE+tu7lEiZNbSOCqTTRI3kOL+ab7goRU5uZUuf/20wD3b3zPENgXRXRKRGcO65ivB5/',
        'a1crpZUOtZfrIYS6KF2RwOFteNyXZbHv+2Huf7/dv1HrqrtAFWf+xgZvmH8Kq2pV3Td999TsuueI+ffW/jh/HdzJXlBae+WLsmH+',
        'S8//ywWqAlnM/+z+r633nP/Z9L9Retz/Llj6/7/3fyvbjgbOo//n8i8NMOl/OS5KRf6je78jA3nnf5vk/c98/uvT/MsqC/lPYLuj',
        'APLO/2YB+Vfj/Dsj579OUU7ZP/9/fV5//mYyf6vp/xQ+qP/M+/91if2vneTfk/8E82+TzD+EcM78ay3P/2bD/GNbxvc/Pf3+J/l/',
        'IP/RDVfCybuY/pfwt/HC/5f+t8o4I/2fYiNmnn8AAAAAAAAAAAAAAAAAAADclm+0iv11AFAAAA==',
      ],
      'b5c270da6f8aeb4394f4cc1adbeb27270eefbe66d72fc3f6053c90130e5ab2eb',
    ],
    [
      'PAX',
      [
        'H4sIAAAAAAACA+2bS27CMBRFM2YVWQH4+UsGzDvsFqICBTUBBKlEl8Q62FidqAgaBCFK7ZDmHgZBMsggc8+zHTMcvcb7l1k8nW13',
        'o2ngBGbRUhZXS/nKSPCAlLBPGBmhA3uVQgThPvDA5y6Lt/ajBP1EsDDNlulsQiZSFKmxYUOuIiMV19HAtsZXrVqcW99uvzcAHWA6',
        'ct9HnnGj1M38589/55+4sflXPvO/Xa+ze6+rai9/uc6M/4X/Vw34S/9zKxAF/7fnf9XA/wr+75T/m4T+seJR2/9c2wf834Hxvyge',
        '6U2q/C9kafwFN9rA/z4gIcNNnC0mDX8IaQNGA1Shjub/ofGt7X+hSWP+/6/G/77/ZWn8Beca/vfj/3H7/k/Wq3fUgN7mnzF+5X9b',
        'LkIG/ztnj3T0PP8XS7iFu/3fmvd/FMf+H/b/gIf8L5z3UV3/Rfn+j7QX1H8PLJYIKur/T/2fP1H9x/kP1H/gIf9z531U1//y+Q/O',
        '8vk/+Zic4PzH2f/HQzv+l6Y8/yOB+39eIHHa/j0esAXbR/87Cn0t//Mr/0vC+s8HX4gm1n+n+r95nvWfwP5vi+u/u+f/L1tx/r/z',
        '+d8476P++o+ksvVfo/779X/yRP4n+L89/2PJ1x//J877KM5/GlPH/5p0EPK5x/zD/7viHF6yXH149v/V+X/idgYA//sgP/+fD3mx',
        'CZi1xAD/Qm7R/25C38T/kpTi1v8+fns99z8AAAAAAAAAgH7wDYUlSqEAUAAA',
      ],
      'dfbc7d6538ea448c65d40c647bfd3f68a547ead520da07ab67e6699ca0600c24',
    ],
    [
      'ustar',
      [
        'H4sIAAAAAAACA+2XTWrDMBCFte4pfAPNSBrpPAWTH+rYJXWhPVLP0Yt1yFKLlGA8sdH7vJDAXlh8vMeo9251SCkit1Wp19ueJRIx',
        'cYnZEXMo0XXiDPj8mF+v+ivXaZrvffff+/pwO6H34wL8Ov5D1gf+LbgswK+V/xSp5J37XxYsM//DNB4t+j+ndMd/qP0XIddRu/79',
        'klw+cvyvFwcapvcn9/z8x3r+S7rsO/874XRGAbSd/8MG8l/f/wIFcR1blFPz97/fn83Nf+o/Mfrfgm/Uf+P9/77B/uckmv+M/Bv4',
        'H0z8l1Ie8Z9Z5/9wgH8D/9N4HM7j24b8JxYJ6n82oHH/AAAAAAAAAADa4A/23kiPACgAAA==',
      ],
      'c6d3e6b64a84cd6518a8c73e534571bfede860874edbb9ec68f7c61535f8a51e',
    ],
    // git archive begins with global records, which Go hands on as a member of its own
    [
      'git',
      [
        'H4sIAAAAAAACA+3UwYrCMBDG8Zx9in0DM6ZJtod9FkmTqAtqpVbw8U09VtSLFpT/7zKBGQjhY3II5+V62zZhu9zkkHKnXk8Xzrlr',
        'Lca1NCsl1mgtWrwZ5qSy2qm1msDp2IeuXNm1bf9o7ll//LgPYRc/sd3t8r7/izGZKtTBaMm6Tkk7HxufY26kboz8eiuraMTOFL5G',
        'mr//jmEfvLf397+cR/svizJv2f8J8l9Nkr8rf/z9/M1N/tVQyf/tNv985wAAAAAAAAAAAAAAfLoLlBFNIAAoAAA=',
      ],
      undefined,
    ],
  ]
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'stratigraph-digest-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  for (const [format, base64, digest] of cases) {
    it(`${format}, plain and compressed`, async () => {
      const packed = Buffer.from(base64.join(''), 'base64')
      writeFileSync(join(folder, 'a.tar.gz'), packed)
      writeFileSync(join(folder, 'a.tar'), gunzipSync(packed))
      expect(await archiveDigest(join(folder, 'a.tar'))).to.equal(digest)
      expect(await archiveDigest(join(folder, 'a.tar.gz'))).to.equal(digest)
    })
  }
})
