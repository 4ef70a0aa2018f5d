/** What compilers keep for next time: ccache and sccache. Source: ccache's manual, sections Configuration and Cache directory; sccache's README. */
import { inside } from '../shell/paths.ts'
import type { Call, Result } from './command.ts'
import { model, unsure } from './command.ts'
import { cache, cacheHome, emptied, folderOf } from './parcels.ts'

type Tool = 'ccache' | 'sccache'

/** Variables that name what stands in front of a compiler. */
const launchers =
  'CC CXX RUSTC_WRAPPER CMAKE_C_COMPILER_LAUNCHER CMAKE_CXX_COMPILER_LAUNCHER CMAKE_CUDA_COMPILER_LAUNCHER'.split(' ')

const named = /(?:^|[\s=/])(s?ccache)(?=$|\s)/

/** A build is set up: what stands in front of the compiler now, stands there in later builds of the stage. */
export function noteCompilerCache(call: Call): void {
  const tool = toldTo(call)
  if (tool !== undefined) call.state.set('compiler cache', tool)
}

/** Something was compiled: where such a tool stands in front of the compiler, it kept the results. */
export function compiled(call: Call): void {
  const tool = toldTo(call) ?? (call.state.get('compiler cache') as Tool | undefined)
  if (tool !== undefined) keep(call, tool)
}

// In words such as `CC="ccache gcc"`, in the environment, or by a folder of PATH with links that are called as compilers are.
function toldTo(call: Call): Tool | undefined {
  const words = call.command.argv.slice(1).filter((word) => word.includes('='))
  for (const text of [...words, ...launchers.map((name) => call.env(name) ?? '')]) {
    const tool = named.exec(text)?.[1]
    if (tool !== undefined) return tool as Tool
  }
  const folder = /(?:^|:)\/usr\/(?:local\/)?lib(?:64|exec)?\/ccache(?:\/bin)?(?=:|$)/
  return folder.test(call.env('PATH') ?? '') ? 'ccache' : undefined
}

function folderFor(call: Call, tool: Tool): string {
  if (tool === 'sccache') return folderOf(call, 'SCCACHE_DIR') ?? inside(cacheHome(call), 'sccache')
  const old = inside(call.home, '.ccache')
  const own = call.files.presence(old) === 'yes' ? old : inside(cacheHome(call), 'ccache')
  return folderOf(call, 'CCACHE_DIR') ?? own
}

function keep(call: Call, tool: Tool): void {
  // It is switched off, or what it keeps lies elsewhere.
  const away =
    tool === 'ccache'
      ? ['CCACHE_DISABLE', 'CCACHE_READONLY', 'CCACHE_REMOTE_ONLY']
      : ['SCCACHE_BUCKET', 'SCCACHE_REDIS', 'SCCACHE_REDIS_ENDPOINT', 'SCCACHE_MEMCACHED', 'SCCACHE_GCS_BUCKET']
  if (away.some((name) => call.env(name) !== undefined)) return
  cache(call, folderFor(call, tool), tool, tool === 'ccache' ? { cleanup: 'ccache --clear' } : {})
}

function run(call: Call): Result {
  const tool = call.name as Tool
  const words = call.command.argv.slice(1)
  const [first = '--help'] = words
  if (/^(-C|--clear)$/.test(first)) emptied(call, folderFor(call, tool))
  else if (/^(-c|--cleanup|--trim-.*|--evict-.*)$/.test(first)) call.files.lessen(folderFor(call, tool))
  if (first.startsWith('-')) return undefined
  call.also(words)
  // The compiler that it starts is what keeps something.
  keep(call, tool)
  return unsure
}

export default [model({ names: ['ccache', 'sccache'], early: true, run })]
