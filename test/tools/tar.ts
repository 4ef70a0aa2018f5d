/** Writes small tars for tests, the odd ones too. */

/** One member; `raw` fields go into the header as they are. */
export interface Member {
  readonly name: string
  readonly type?: string
  readonly data?: string | Buffer
  readonly link?: string
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
  readonly mtime?: number
  /** Claims another size than the data has. */
  readonly size?: number
  /** PAX records in front of it. */
  readonly pax?: Readonly<Record<string, string | Buffer>>
  /** GNU `L` and `K` in front of it. */
  readonly longName?: string
  readonly longLink?: string
  readonly magic?: 'ustar' | 'gnu' | 'none'
  readonly prefix?: string
  /** Last touch on the header block before its checksum. */
  readonly touch?: (block: Buffer) => void
}

/** GNU's sparse file: three bytes at that place, holes around them, as long as it claims. Source: GNU tar manual, Old GNU Format. */
export const sparseMember = (name: string, claimed: number, at = 0): Member => ({
  name,
  type: 'S',
  magic: 'gnu',
  data: 'abc',
  touch(block) {
    block.write(`${at.toString(8).padStart(11, '0')}\0`, 386)
    block.write('00000000003\0', 398)
    block.writeUInt8(0x80, 483)
    block.writeBigUInt64BE(BigInt(claimed), 487)
  },
})

const pad = (data: Buffer): Buffer => Buffer.concat([data, Buffer.alloc((512 - (data.length % 512)) % 512)])

function block(member: Member, size: number): Buffer {
  const out = Buffer.alloc(512)
  const octal = (at: number, length: number, value: number): void => {
    out.write(
      `${Math.floor(value)
        .toString(8)
        .padStart(length - 1, '0')}\0`,
      at,
      'latin1',
    )
  }
  out.write(member.name, 0, 100, 'utf8')
  octal(100, 8, member.mode ?? (member.type === '5' ? 0o755 : 0o644))
  octal(108, 8, member.uid ?? 0)
  octal(116, 8, member.gid ?? 0)
  if (size > 0o77777777777) {
    out.writeUInt8(0x80, 124)
    out.writeBigUInt64BE(BigInt(size), 128)
  } else octal(124, 12, size)
  octal(136, 12, member.mtime ?? 0)
  out.write(member.type ?? '0', 156, 'latin1')
  out.write(member.link ?? '', 157, 100, 'utf8')
  if (member.magic === 'gnu') out.write('ustar  \0', 257, 'latin1')
  else if (member.magic !== 'none') out.write('ustar\x0000', 257, 'latin1')
  if (member.prefix !== undefined) out.write(member.prefix, 345, 155, 'utf8')
  member.touch?.(out)
  out.write('        ', 148, 'latin1')
  let sum = 0
  for (const byte of out) sum += byte
  out.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return out
}

/** PAX records as bytes. */
export function paxBody(records: Readonly<Record<string, string | Buffer>>): Buffer {
  const parts: Buffer[] = []
  for (const [key, value] of Object.entries(records)) {
    const rest = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value as string), Buffer.from('\n')])
    let length = rest.length + 1
    while (String(length).length + rest.length !== length) length++
    parts.push(Buffer.from(String(length)), rest)
  }
  return Buffer.concat(parts)
}

/** The bytes of one member, headers and body, padded. */
export function member(one: Member): Buffer {
  const data = Buffer.from(one.data ?? '')
  const parts: Buffer[] = []
  const extension = (type: string, body: Buffer): void => {
    parts.push(block({ name: '././@LongLink', type }, body.length), pad(body))
  }
  if (one.longName !== undefined) extension('L', Buffer.from(`${one.longName}\0`))
  if (one.longLink !== undefined) extension('K', Buffer.from(`${one.longLink}\0`))
  if (one.pax !== undefined) extension('x', paxBody(one.pax))
  parts.push(block(one, one.size ?? data.length), pad(data))
  return Buffer.concat(parts)
}

/** A whole archive, with its two blank blocks unless `end` says otherwise. */
export const tar = (members: readonly Member[], end = 2): Buffer =>
  Buffer.concat([...members.map(member), Buffer.alloc(512 * end)])
