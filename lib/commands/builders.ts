/**
 * make, CMake, Ninja, configure and Meson. What they write nobody knows; where they install is said: by
 * `--prefix`, `DESTDIR`, or what `configure` was told in this folder. Source: GNU make and autoconf manuals, cmake(1), meson(1).
 */
import { inside, nameOf, parentOf } from '../shell/paths.ts'
import type { Call, Result } from './command.ts'
import { model, unsure } from './command.ts'
import { compiled, noteCompilerCache } from './compiler-cache.ts'
import { content, folderOf, madeFile } from './parcels.ts'

const key = (folder: string): string => `prefix ${folder}`

/** Notes where a build in a folder will install. */
const note = (call: Call, folder: string, prefix: string | undefined): void => {
  call.state.set(key(folder), prefix === undefined ? '/usr/local' : call.path(prefix))
}

const notedPrefix = (call: Call, folder: string): string => {
  for (let at = folder; at !== '/'; at = parentOf(at)) {
    const told = call.state.get(key(at))
    if (typeof told === 'string') return told
  }
  return '/usr/local'
}

/** A variable of a make call: `PREFIX=/usr`. */
const variable = (call: Call, ...names: readonly string[]): string | undefined => {
  for (const word of call.args) {
    const [name, ...value] = word.split('=')
    if (value.length > 0 && names.includes(name!)) return value.join('=')
  }
  return undefined
}

const installing = /^(install|altinstall|install[-_/:].*|.*[-_/:]install(-\w+)?)$/
const quiet = /^(lint|check|test|help|version|fmt|format)$/

function make(call: Call): Result {
  const { flags } = call
  if (flags.has('-v', '--version', '-n', '--dry-run', '-q')) return unsure
  const named = flags.value('-C', '--directory')
  const folder = call.path(named ?? '.')
  const targets = call.args.filter((word) => !word.includes('='))
  // `-j $(nproc)` with a space leaves a number behind.
  const real = targets.filter((word) => !/^\d+$/.test(word) && !word.includes('nproc'))
  if (real.some((word) => installing.test(word))) {
    const root = variable(call, 'DESTDIR', 'INSTALL_ROOT', 'INSTALLROOT') ?? folderOf(call, 'DESTDIR')
    const prefix = variable(call, 'PREFIX', 'prefix', 'INSTALL_PREFIX', 'INSTALL_TOP') ?? notedPrefix(call, folder)
    const at = call.path(prefix)
    content(
      call,
      root === undefined || root === '' ? at : inside(call.path(root), at.slice(1)),
      `installed from ${folder}`,
    )
  }
  const rest = real.filter((word) => !installing.test(word))
  if (rest.length > 0 && rest.every((word) => /^(.*-)?(dist|real|mostly|very)?clean$/.test(word)))
    call.files.lessen(folder)
  else if (rest.length === 0 || !rest.every((word) => quiet.test(word))) {
    call.files.mystery(`make ${rest[0] ?? ''}`.trim(), folder)
    compiled(call)
  }
  return unsure
}

function configure(call: Call): Result {
  const words = call.command.argv
  const prefix =
    words.findLast((word) => /^--prefix[=]/.test(word))?.slice('--prefix='.length) ?? call.flags.value('--prefix')
  if (words.includes('--help') || words.includes('--version')) return unsure
  note(call, call.path('.'), prefix)
  noteCompilerCache(call)
  call.files.mystery('configure', call.path('.'))
  return unsure
}

function cmake(call: Call): Result {
  const { flags, args } = call
  const words = call.command.argv
  if (flags.has('--version', '--help', '-E', '-P')) {
    if (flags.has('-E') && /^(make_directory|copy|copy_directory|remove|rm)$/.test(args[0] ?? ''))
      call.files.mystery(`cmake -E ${args[0]}`, call.path('.'))
    return unsure
  }
  const build = flags.value('--build')
  const install = flags.value('--install')
  const prefix = words.findLast((word) => /^(-D)?CMAKE_INSTALL_PREFIX(:\w+)?=/.test(word))?.replace(/^[^=]*=/, '')
  if (install !== undefined) {
    const at = flags.value('--prefix') ?? notedPrefix(call, call.path(install))
    const root = folderOf(call, 'DESTDIR')
    content(
      call,
      root === undefined ? call.path(at) : inside(root, call.path(at).slice(1)),
      `installed from ${call.path(install)}`,
    )
  } else if (build !== undefined) {
    const folder = call.path(build)
    const target = flags.all('--target', '-t')
    call.files.mystery('cmake --build', folder)
    compiled(call)
    if ([...target, ...args].some((word) => installing.test(word)))
      content(call, notedPrefix(call, folder), `installed from ${folder}`)
  } else {
    const folder = call.path(flags.value('-B') ?? '.')
    note(call, folder, prefix)
    noteCompilerCache(call)
    call.files.mystery('cmake', folder)
  }
  return unsure
}

function ninja(call: Call): Result {
  const folder = call.path(call.flags.value('-C') ?? '.')
  if (call.flags.has('--version', '-n', '-t')) return unsure
  if (call.args.some((word) => installing.test(word))) {
    const root = folderOf(call, 'DESTDIR')
    const at = notedPrefix(call, folder)
    content(call, root === undefined ? at : inside(root, at.slice(1)), `installed from ${folder}`)
  }
  if (call.args.length === 0 || call.args.some((word) => !installing.test(word))) {
    call.files.mystery('ninja', folder)
    compiled(call)
  }
  return unsure
}

function meson(call: Call): Result {
  const [verb, ...args] = call.args
  if (verb === undefined || call.flags.has('--version')) return unsure
  if (verb === 'compile' || verb === 'install' || verb === 'test' || verb === 'introspect') {
    const folder = call.path(call.flags.value('-C') ?? '.')
    if (verb === 'install') {
      const root = call.flags.value('--destdir') ?? folderOf(call, 'DESTDIR')
      const at = notedPrefix(call, folder)
      content(call, root === undefined ? at : inside(call.path(root), at.slice(1)), `installed from ${folder}`)
    } else if (verb === 'compile') {
      call.files.mystery('meson compile', folder)
      compiled(call)
    }
    return unsure
  }
  const folder = call.path((verb === 'setup' ? args : [verb, ...args]).find((word) => !word.startsWith('-')) ?? 'build')
  note(call, folder, call.flags.value('--prefix', '-Dprefix'))
  content(call, folder, 'meson build folder')
  return unsure
}

export default [
  model({
    names: ['make', 'gmake', 'bmake', 'mingw32-make', 'checkinstall'],
    values: '-C --directory -f --file --makefile -I --include-dir -o -W -l --load-average'.split(' '),
    attached: ['-j', '--jobs'],
    run: make,
  }),
  model({
    names: 'configure Configure config bootstrap bootstrap.sh autogen.sh buildconf'.split(' '),
    values: ['--prefix'],
    oneDash: true,
    run: configure,
  }),
  model({
    names:
      'autoconf autoreconf automake aclocal libtoolize autoheader qmake gyp scons waf xmake b2 bjam premake5 xmkmf imake dpkg-buildpackage debuild debootstrap abuild makepkg quilt patchelf chrpath bison flex swig gettext msgfmt a2x asciidoc pandoc doxygen sphinx-build mkdocs hugo jekyll'.split(
        ' ',
      ),
    values:
      '-d --directory -i --input -s --source -C -b --destination -o --output --set-rpath --set-interpreter -r'.split(
        ' ',
      ),
    run: tools,
  }),
  model({
    names: ['cmake', 'cmake3'],
    values:
      '-S -B -D -G -C -A -T --build --install --target -t --config --prefix --preset --component --toolchain'.split(
        ' ',
      ),
    attached: ['-j', '--parallel'],
    run: cmake,
  }),
  model({ names: ['ninja', 'ninja-build', 'samu'], values: ['-C', '-f', '-j', '-k', '-l', '-t'], run: ninja }),
  model({
    names: ['meson'],
    values: '-C --prefix --destdir -Dprefix --buildtype --cross-file --native-file --libdir --wrap-mode -D -j'.split(
      ' ',
    ),
    oneDash: true,
    run: meson,
  }),
  model({
    names: ['ar', 'ranlib', 'gcc-ar'],
    run(call): Result {
      const words = call.command.argv.slice(1)
      const [how = '', archive] = words
      if (call.name === 'ranlib') {
        if (how !== '' && !how.startsWith('-')) call.files.restore(call.path(how), { touched: true })
      } else if (/^-?[a-z]*[xp]/.test(how)) {
        if (how.includes('x')) content(call, call.path('.'), `members of ${nameOf(archive ?? '')}`)
      } else if (archive !== undefined && !how.includes('t'))
        madeFile(call, call.path(words.find((word) => word.endsWith('.a')) ?? archive), 'made by ar')
      return unsure
    },
  }),
]

// Programs of many kinds: what is known of them is where they write.
function tools(call: Call): Result {
  const { flags, args, name } = call
  if (flags.has('--version', '-V', '--help')) return unsure
  switch (name) {
    case 'patchelf':
    case 'chrpath':
      for (const word of args) {
        const path = call.files.real(call.path(word))
        if (call.files.presence(path) !== 'no' && !flags.has('--print-rpath', '--print-interpreter', '-l'))
          madeFile(call, path, `changed by ${name}`)
      }
      return unsure
    case 'debootstrap': {
      const folder = args[1]
      if (folder !== undefined) content(call, call.path(folder), `debootstrap ${args[0]}`)
      return unsure
    }
    default: {
      const folder = flags.value('-d', '--directory', '-C')
      call.files.mystery(name, call.path(folder ?? '.'))
      return unsure
    }
  }
}
