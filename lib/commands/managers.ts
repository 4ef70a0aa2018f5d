/** Models of what installs and builds: package managers, the tools of languages, builders, servers. */
import apk from './apk.ts'
import beam from './beam.ts'
import builders from './builders.ts'
import bundlers from './bundlers.ts'
import type { Model } from './command.ts'
import compiler from './compiler.ts'
import compilerCache from './compiler-cache.ts'
import conda from './conda.ts'
import dotnet from './dotnet.ts'
import go from './go.ts'
import installers from './installers.ts'
import jvm from './jvm.ts'
import nodeDownloads from './node-downloads.ts'
import npm from './npm.ts'
import packages from './packages.ts'
import php from './php.ts'
import pip from './pip.ts'
import pnpm from './pnpm.ts'
import python from './python.ts'
import projects from './python-projects.ts'
import rpm from './rpm.ts'
import ruby from './ruby.ts'
import rust from './rust.ts'
import scripting from './scripting.ts'
import services from './services.ts'
import yarn from './yarn.ts'

const managers: readonly Model[] = [
  ...apk,
  ...beam,
  ...builders,
  ...bundlers,
  ...compiler,
  ...compilerCache,
  ...conda,
  ...dotnet,
  ...go,
  ...installers,
  ...jvm,
  ...nodeDownloads,
  ...npm,
  ...packages,
  ...php,
  ...pip,
  ...pnpm,
  ...python,
  ...projects,
  ...rpm,
  ...ruby,
  ...rust,
  ...scripting,
  ...services,
  ...yarn,
]

// Their tables know few of their options: a name that begins like one of those may be another.
export default managers.map((it): Model => ({ ...it, wholeNames: true }))
