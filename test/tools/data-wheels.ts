/** Measures wheels: what they unpack to, how long byte code of their Python source is, and what they need. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { kindOf, readWheel, type Wheel, wheelLine } from '../../lib/sizes/pip/table.ts'

/** One wheel, and what its extras need. */
export interface MeasuredWheel extends Wheel {
  /** What it needs besides, by extra. */
  readonly extras: Readonly<Record<string, readonly string[]>>
  /** It was in the table and was not measured again: only what it needs is told. */
  readonly known?: true
}

// Run by the interpreter that the wheels are for: its zip, its compiler, and the markers as its pip reads them.
const measure = `
import csv, json, marshal, os, re, sys, warnings, zipfile, zlib
from email.parser import Parser
from pip._vendor.packaging.requirements import Requirement
warnings.simplefilter('ignore')
normal = lambda name: re.sub(r'[-_.]+', '-', name).lower()

known = set(sys.stdin.read().split('\\n'))

def tell(files, packed, **more):
    sources = {name: data for name, data in files.items() if name.endswith('.py')}
    code = 0
    for name, data in sources.items():
        at = '/usr/local/lib/python3.11/site-packages/' + name
        try:
            # And a line in RECORD: the folder, the tag of the interpreter and two commas more than the source's path.
            code += 16 + len(marshal.dumps(compile(data, at, 'exec', dont_inherit=True))) + len(name) + 28
        except (SyntaxError, ValueError):
            pass
    head = next(name for name in files if re.fullmatch(r'[^/]+\\.dist-info/METADATA', name))
    fields = Parser().parsestr(files[head].decode())
    tags = Parser().parsestr(files[head[:-8] + 'WHEEL'].decode()).get_all('Tag') or []
    # Machine code for another Python has other sizes.
    own = any(re.match(r'cp311-|cp3\\d+-abi3-|py', tag) for tag in tags)
    other = next((found[1] for found in (re.match(r'cp3(\\d+)-', tag) for tag in tags) if found), None)
    if not own and other is None:
        return
    extras = {}
    for extra in ['', *(fields.get_all('Provides-Extra') or [])]:
        found = set()
        for text in fields.get_all('Requires-Dist') or []:
            need = Requirement(text)
            here = need.marker is None or need.marker.evaluate({'extra': extra})
            always = need.marker is None or need.marker.evaluate({'extra': ''})
            if here and (extra == '' or not always):
                # What is older only: the newest is what comes without.
                limit = ','.join(sorted(str(one) for one in need.specifier if one.operator in ('<', '<=', '==', '~=')))
                found.update([normal(need.name) + limit] + [normal(need.name) + '[' + normal(one) + ']' for one in need.extras])
        extras[normal(extra) if extra else ''] = sorted(found)
    needs = extras.pop('')
    least = re.search(r'>=?\\s*3\\.(\\d+)', fields.get('Requires-Python') or '')
    print(json.dumps({
        'name': normal(fields['Name']), 'version': fields['Version'], 'bytes': packed,
        'unpacked': sum(map(len, files.values())), 'files': len(files),
        'python': sum(map(len, sources.values())), 'modules': len(sources), 'byteCode': code,
        'native': not all(tag.endswith('-none-any') for tag in tags), 'needs': needs, 'extras': extras,
        **({} if own else {'minor': int(other)}), **more,
        **({'least': int(least[1])} if least and int(least[1]) >= 9 else {}),
    }))

def wheel(path):
    with zipfile.ZipFile(path) as wheel:
        tell({one.filename: wheel.read(one) for one in wheel.infolist() if not one.is_dir()}, os.path.getsize(path))

# What the installer wrote is left out, and the wheel is as long as its files are when they are packed.
def installed(site, record):
    own = {'INSTALLER', 'REQUESTED', 'direct_url.json', 'RECORD'}
    # Scripts that call a function are a few lines; others and programs came with it.
    made = lambda line: line[0].endswith('.pyc') or re.match(r'(?:\\.\\./)+s?bin/', line[0]) and int(line[2] or 0) < 500
    with open(os.path.join(site, record), newline='') as text:
        lines = [line for line in csv.reader(text) if not made(line)]
    kept = [line for line in lines if '.dist-info/' not in line[0] or line[0].split('/')[-1] not in own]
    files = {}
    for name, *_ in kept:
        try:
            with open(os.path.join(site, name), 'rb') as file:
                files[name] = file.read()
        except OSError:
            pass
    whole = sum(len(zlib.compress(data, 6)) + 76 + 2 * len(name) for name, data in files.items())
    files[record] = b'\\n'.join(','.join(line).encode() for line in kept)
    if os.path.dirname(record) + '/WHEEL' in files:
        tell(files, whole + len(files[record]) // 2)

for path in sys.argv[1:]:
    if path.endswith('.whl'):
        wheel(path)
    else:
        for name in sorted(os.listdir(path)):
            if not name.endswith('.dist-info') or not os.path.exists(os.path.join(path, name, 'RECORD')):
                continue
            own, _, version = name[:-10].rpartition('-')
            if normal(own) + ' ' + version not in known:
                installed(path, name + '/RECORD')
                continue
            texts = {}
            for field in ('/METADATA', '/WHEEL'):
                with open(os.path.join(path, name + field), 'rb') as file:
                    texts[name + field] = file.read()
            tell(texts, 0, known=True)
`

/**
 * Every wheel of a folder, by file name, or every distribution of a folder `site-packages` as an install left it;
 * `python`: the interpreter they are for, with its pip. `known`: `name version` of distributions that are not measured
 * again where they lie installed. Throws where it cannot read them.
 */
export function measureWheels(
  folder: string,
  python: readonly string[],
  known: readonly string[] = [],
): readonly MeasuredWheel[] {
  const wheels = readdirSync(folder)
    .filter((name) => name.endsWith('.whl'))
    .sort()
    .map((name) => join(folder, name))
  const [command = 'python3', ...words] = python
  const paths = wheels.length > 0 ? wheels : [folder]
  const { stdout, status, stderr } = spawnSync(command, [...words, '-c', measure, ...paths], {
    encoding: 'utf8',
    input: known.join('\n'),
    maxBuffer: 100_000_000,
  })
  if (status !== 0) throw new Error(`${command} cannot measure wheels: ${stderr}`)
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as MeasuredWheel)
}

/** Extras for who develops the thing; requirements name the others. */
const forDevelopers =
  /^(dev|tests?|testing|pytest|docs?|lint|linting|ruff|mypy|types?|typing|cov|coverage|bench|benchmarks?|ci|build|release|quality|check|style|examples?|tutorials?|notebooks?|tox|nox|enabler|cover|perf|pre-commit)([-_.\d].*)?$|[-_](dev|tests?|docs?|lint|types?|typing)$/

/**
 * Lines of the table: one for each version of a wheel, and one for each extra that is not for developers, or needed by another
 * one, where all of it is at hand: without numbers. What is said first of one version wins. `known`: names in the table.
 */
export function tableLines(wheels: readonly MeasuredWheel[], known: ReadonlySet<string>): readonly string[] {
  const named = new Set(wheels.flatMap(({ needs, extras }) => [needs, ...Object.values(extras)].flat()))
  const newest = new Map(wheels.map((one) => [one.name, one]))
  const more = [...newest.values()].flatMap(({ name, extras }) =>
    Object.entries(extras).flatMap(([extra, list]) => {
      const full = `${name}[${extra}]`
      const wanted = named.has(full) || (!forDevelopers.test(extra) && list.length > 0)
      if (!wanted || !list.every((one) => known.has(one.replace(/[[<=~].*/, '')))) return []
      return [wheelLine({ ...nothing, name: full, needs: list })]
    }),
  )
  const measured = wheels.filter((one) => one.known !== true)
  const lines = [...measured.map(wheelLine), ...more].map((line) => [line.split(' ', 2).join(' '), line] as const)
  return [...new Map(lines.toReversed()).values()].reverse()
}

/** Lines of the table that is there, with what is told anew of what they need. */
export function toldAnew(before: readonly string[], wheels: readonly MeasuredWheel[]): readonly string[] {
  const told = new Map<string, MeasuredWheel>(
    wheels.flatMap((one) => (one.known ? [[`${one.name} ${one.version}`, one] as const] : [])),
  )
  return before.map((line) => {
    const one = told.get(line.split(' ', 2).join(' '))
    if (one === undefined) return line
    const kind = kindOf({ ...readWheel(line), ...(one.least !== undefined && { least: one.least }) })
    return [...line.split(' ').slice(0, 8), kind, ...one.needs].join(' ')
  })
}

const nothing = {
  ...{ version: '-', bytes: 0, unpacked: 0, files: 0, python: 0, modules: 0, byteCode: 0 },
  ...{ native: false },
}

/** Lines of two tables together, the second one's where the first has none of that name and version, in the order of names. */
export function mergedLines(first: readonly string[], second: readonly string[]): readonly string[] {
  const keyOf = (line: string): string => line.split(' ', 2).join(' ')
  const has = new Set(first.map(keyOf))
  return [...first, ...second.filter((line) => !has.has(keyOf(line)))].sort((a, b) => {
    const [[left = '', older = ''], [right = '', newer = '']] = [a.split(' ', 2), b.split(' ', 2)]
    return left === right ? older.localeCompare(newer, 'en', { numeric: true }) : left < right ? -1 : 1
  })
}
