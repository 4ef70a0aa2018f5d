/**
 * Compilers and linkers called by name. What they write has a name, and mostly a length nobody knows; a C or C++ program
 * made of a few known sources is small, and its length is told within a wide interval. Source: gcc(1); lengths measured
 * with gcc 12 on Debian 12, from an empty `main` to a thousand lines.
 */

import type { Size } from '../model.ts'
import { nameOf } from '../shell/paths.ts'
import { about, sum, unknown } from '../size.ts'
import { type Call, model, type Result, unsure } from './command.ts'

/** Bytes that a compiler writes for sources of `bytes`. */
type Length = (bytes: number) => readonly [likely: number, low: number, high: number]

const cProgram: Length = (n) => [15_850 + Math.max(0, n - 2_000) * 0.8, 8_000 + n * 0.2, 30_000 + n * 5]
const cObject: Length = (n) => [1_100 + n * 1.1, 700, 6_000 + n * 5]
// Templates are in no source that is named here.
const cppProgram: Length = (n) => [25_000 + n, 8_000, 300_000 + n * 30]
const cppObject: Length = (n) => [10_000 + n, 700, 300_000 + n * 30]

/** Debugging information is a multiple of the code, and a static program holds its library. */
const longer = /^(?:-g.*|-static.*|-flto.*|-x|-S|-E|-p|-pg|-fsanitize.*|-fprofile.*|-Wl,.*)$/
const cCompilers = /(?:^|-)(?:gcc|cc|g\+\+|c\+\+|clang|clang\+\+)(?:-[\d.]+)?$/

function compiler(call: Call): Result {
  const { flags, args } = call
  const tool = /-(strip|objcopy|ar|ranlib|ld|nm|objdump|readelf)$/.exec(call.name)?.[1]
  if (tool !== undefined) {
    call.also([tool, ...call.command.argv.slice(1)])
    return unsure
  }
  if (
    flags.has('-v', '--version', '-E', '-M', '-print-multiarch', '-dumpversion', '-dumpmachine') &&
    flags.value('-o') === undefined
  )
    return unsure
  if (args.length === 0 && call.command.stdin.from.length === 0) return unsure
  const output = flags.value('-o')
  if (output === '/dev/null') return unsure
  const isPart = flags.has('-c', '-S')
  const make = (path: string, from: readonly string[]) =>
    call.files.put(call.path(path), {
      type: 'file',
      size: lengthOf(call, from, isPart),
      ...(isPart ? {} : { mode: 0o755 }),
    })
  if (output !== undefined) make(output, args)
  else if (isPart) for (const word of args) make(nameOf(word).replace(/\.\w+$/, flags.has('-S') ? '.s' : '.o'), [word])
  else make('a.out', args)
  return unsure
}

function lengthOf(call: Call, sources: readonly string[], isPart: boolean): Size {
  const why = `made by ${call.name}`
  const isKnown = cCompilers.test(call.name) && !call.command.argv.some((word) => longer.test(word))
  if (!isKnown || sources.length === 0 || !sources.every((word) => /\.(?:c|cc|cpp|cxx)$/.test(word)))
    return unknown(why)
  const { bytes } = sum(sources.map((word) => call.files.get(call.path(word))?.size ?? unknown(word)))
  if (bytes === null) return unknown(why)
  const isC = sources.every((word) => word.endsWith('.c')) && !call.name.includes('++')
  const length = isC ? (isPart ? cObject : cProgram) : isPart ? cppObject : cppProgram
  return about(...length(bytes), 'heuristic', `${why} from ${bytes} bytes of source`)
}

export default [
  model({
    names:
      'gcc gcc-* g++ g++-* cc c++ clang clang-* clang++ clang++-* ld as tcc musl-gcc gfortran nvcc rustc ocamlopt ghc nim zig fpc dmd ldc2 xx-clang xx-clang++ xx-cc xx-c++ x86_64-* aarch64-* arm-* valac crystal v odin'.split(
        ' ',
      ),
    values: '-o -I -L -l -D -U -x -include -isystem -MF -MT -MQ -Xlinker -Wl -target -arch -T -z -e -u'.split(' '),
    oneDash: true,
    run: compiler,
  }),
]
