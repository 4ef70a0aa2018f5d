/** Measures wheels: what they unpack to, how long byte code of their Python source is, and what they need. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** One wheel. */
export interface MeasuredWheel {
  /** Normal name, as PEP 503 has it. */
  readonly name: string
  readonly version: string
  /** Bytes of the wheel, of its files, and how many they are. */
  readonly bytes: number
  readonly unpacked: number
  readonly files: number
  /** Bytes of Python source, how many such files, and bytes of byte code made of them, their lines in RECORD included. */
  readonly python: number
  readonly modules: number
  readonly byteCode: number
  /** What it needs here, by extra; '' without any. `name` or `name[extra]`. */
  readonly needs: Readonly<Record<string, readonly string[]>>
}

// Run by the interpreter that the wheels are for: its zip, its compiler, and the markers as its pip reads them.
const measure = `
import json, marshal, re, sys, warnings, zipfile
from email.parser import Parser
from pip._vendor.packaging.requirements import Requirement
warnings.simplefilter('ignore')
normal = lambda name: re.sub(r'[-_.]+', '-', name).lower()
for path in sys.argv[1:]:
    with zipfile.ZipFile(path) as wheel:
        entries = [one for one in wheel.infolist() if not one.is_dir()]
        sources = [one for one in entries if one.filename.endswith('.py')]
        code = 0
        for one in sources:
            at = '/usr/local/lib/python3.11/site-packages/' + one.filename
            try:
                # And a line in RECORD: the folder, the tag of the interpreter and two commas more than the source's path.
                code += 16 + len(marshal.dumps(compile(wheel.read(one), at, 'exec', dont_inherit=True))) + len(one.filename) + 28
            except (SyntaxError, ValueError):
                pass
        head = next(one for one in entries if re.fullmatch(r'[^/]+\\.dist-info/METADATA', one.filename))
        fields = Parser().parsestr(wheel.read(head).decode())
    needs = {}
    for extra in ['', *(fields.get_all('Provides-Extra') or [])]:
        found = set()
        for text in fields.get_all('Requires-Dist') or []:
            need = Requirement(text)
            here = need.marker is None or need.marker.evaluate({'extra': extra})
            always = need.marker is None or need.marker.evaluate({'extra': ''})
            if here and (extra == '' or not always):
                found.update([normal(need.name)] + [normal(need.name) + '[' + normal(one) + ']' for one in need.extras])
        needs[normal(extra) if extra else ''] = sorted(found)
    print(json.dumps({
        'name': normal(fields['Name']), 'version': fields['Version'], 'bytes': __import__('os').path.getsize(path),
        'unpacked': sum(one.file_size for one in entries), 'files': len(entries),
        'python': sum(one.file_size for one in sources), 'modules': len(sources), 'byteCode': code, 'needs': needs,
    }))
`

/** Every wheel of a folder, by file name; `python`: the interpreter they are for, with its pip. Throws where it cannot read them. */
export function measureWheels(folder: string, python: readonly string[]): readonly MeasuredWheel[] {
  const paths = readdirSync(folder)
    .filter((name) => name.endsWith('.whl'))
    .sort()
    .map((name) => join(folder, name))
  const [command = 'python3', ...words] = python
  const { stdout, status, stderr } = spawnSync(command, [...words, '-c', measure, ...paths], {
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  })
  if (status !== 0) throw new Error(`${command} cannot measure wheels: ${stderr}`)
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as MeasuredWheel)
}

/** Extras that requirements usually name; the others are for who develops the thing. */
const extras = new Set(
  'standard all socks asyncio http2 redis crypto binary email argon2 bcrypt security speedups cryptography pool async tz timezone sqs s3 msgpack zstd'.split(
    ' ',
  ),
)

/**
 * Lines of the table for wheels: name, version, bytes, unpacked, files, Python source, modules, byte code per thousand
 * bytes of source, what it needs; and one for each extra that is usual, or needed by another one, where all of it is at
 * hand: without numbers. Of two versions the last one counts.
 */
export function wheelLines(wheels: readonly MeasuredWheel[], known: ReadonlySet<string>): readonly string[] {
  const own = wheels.map(
    ({ name, version, bytes, unpacked, files, python, modules, byteCode, needs }) =>
      `${name} ${version} ${bytes} ${unpacked} ${files} ${python} ${modules} ${perThousand(byteCode, python)} ${(needs[''] ?? []).join(' ')}`,
  )
  const named = new Set(wheels.flatMap(({ needs }) => Object.values(needs).flat()))
  const more = wheels.flatMap(({ name, needs }) =>
    Object.entries(needs).flatMap(([extra, list]) => {
      const full = `${name}[${extra}]`
      const wanted = named.has(full) || (extras.has(extra) && list.length > 0)
      if (extra === '' || !wanted || !list.every((one) => known.has(one.replace(/\[.*/, '')))) return []
      return [`${full} - 0 0 0 0 0 - ${list.join(' ')}`]
    }),
  )
  const lines = [...own, ...more].map((line) => line.trimEnd())
  return [...new Map(lines.map((line) => [line.split(' ')[0], line])).values()]
}

const perThousand = (code: number, source: number): number | '-' =>
  source === 0 ? '-' : Math.round((code / source) * 1000)
