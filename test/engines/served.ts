/** What the suite's file server serves: files, archives, and an index with one Python package. */

import { crc32, gzipSync } from 'node:zlib'
import { tar } from '../tools/tar.ts'

const bytes = (length: number, seed: number): Buffer => {
  const out = Buffer.alloc(length)
  for (let i = 0, state = seed; i < length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    out[i] = state >>> 16
  }
  return out
}

const data = tar([
  { name: 'one.bin', data: bytes(180_000, 1) },
  { name: 'deep/', type: '5' },
  { name: 'deep/two.bin', data: bytes(60_000, 2), mode: 0o755 },
])

/** As a release comes: one folder on top, a link, and files of whoever packed it. */
const release = tar([
  { name: 'app-1.0/', type: '5', uid: 1000, gid: 1000 },
  { name: 'app-1.0/bin/', type: '5', uid: 1000, gid: 1000, mode: 0o750 },
  {
    name: 'app-1.0/bin/app',
    data: `#!/bin/sh\n# ${'-'.repeat(70_000)}\necho app\n`,
    mode: 0o755,
    uid: 1000,
    gid: 1000,
  },
  { name: 'app-1.0/bin/again', type: '2', link: 'app' },
  { name: 'app-1.0/data.bin', data: bytes(90_000, 4), mode: 0o600, uid: 1000, gid: 1000 },
])

/** A zip archive whose members are stored as they are. Source: PKWARE's APPNOTE 4.3. */
function zip(members: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(members)) {
    const body = Buffer.from(text)
    const fixed = Buffer.alloc(26)
    fixed.writeUInt16LE(20, 0)
    fixed.writeUInt16LE(0x21, 8)
    fixed.writeUInt32LE(crc32(body), 10)
    fixed.writeUInt32LE(body.length, 14)
    fixed.writeUInt32LE(body.length, 18)
    fixed.writeUInt16LE(name.length, 22)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fixed, Buffer.from(name), body])
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fixed, rest, Buffer.from(name)]))
    parts.push(local)
    at += local.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, index, end])
}

/** A wheel of one module. Source: PEP 427. */
const wheel = zip({
  'stratum.py': `LAYERS = [\n${"    'a layer',\n".repeat(20_000)}]\n`,
  'stratum-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: stratum\nVersion: 1.0\n',
  'stratum-1.0.dist-info/WHEEL': 'Wheel-Version: 1.0\nGenerator: none\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  'stratum-1.0.dist-info/RECORD':
    'stratum.py,,\nstratum-1.0.dist-info/METADATA,,\nstratum-1.0.dist-info/WHEEL,,\nstratum-1.0.dist-info/RECORD,,\n',
})

const wheelName = 'stratum-1.0-py3-none-any.whl'

/** By path. */
export const served: Readonly<Record<string, string | Buffer>> = {
  'data.tar': data,
  'data.tar.gz': gzipSync(data),
  'app-1.0.tar.gz': gzipSync(release),
  'tool.bin': bytes(230_000, 3),
  'conf.txt': 'setting = alpha\n'.repeat(5000),
  'simple/stratum/index.html': `<!DOCTYPE html><html><body><a href="/files/${wheelName}">${wheelName}</a></body></html>\n`,
  [`files/${wheelName}`]: wheel,
}
