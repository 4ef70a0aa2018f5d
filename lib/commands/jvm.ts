/** Builders of the Java world: Maven, Gradle, sbt, Ant, Leiningen. Source: their documentation on local repositories. */
import { inside, nameOf, parentOf } from '../shell/paths.ts'
import { about } from '../size.ts'
import type { Call, Result } from './command.ts'
import { model, unsure } from './command.ts'
import { cache, cacheHome, content, emptied, folderOf, made } from './parcels.ts'

// ---- Maven --------------------------------------------------------------------------------------------

function repository(call: Call): string {
  const words = [
    ...call.command.argv,
    ...(call.env('MAVEN_OPTS') ?? '').split(/\s+/),
    ...(call.env('MAVEN_ARGS') ?? '').split(/\s+/),
  ]
  const named = words.findLast((word) => word.startsWith('-Dmaven.repo.local='))
  if (named !== undefined) return call.path(named.slice('-Dmaven.repo.local='.length))
  const settings = call.flags.value('-s', '--settings')
  const text = call.files.text(settings === undefined ? inside(call.home, '.m2/settings.xml') : call.path(settings))
  const told = /<localRepository>\s*(\/[^<$]*)<\/localRepository>/.exec(text ?? '')?.[1]?.trimEnd()
  return told === undefined ? inside(call.home, '.m2/repository') : call.path(told)
}

/** Most modules of one build that are told apart. */
const mostProjects = 200

/** A text without its comments; one that does not end goes as far as the text. */
function without(text: string, open: string, close: string): string {
  const pieces: string[] = []
  let at = 0
  for (let start = text.indexOf(open); start >= 0; start = text.indexOf(open, at)) {
    pieces.push(text.slice(at, start))
    const end = text.indexOf(close, start + open.length)
    if (end < 0) return pieces.join('')
    at = end + close.length
  }
  return pieces.join('') + text.slice(at)
}

/** Folders of a project and its modules, as far as the project files are at hand. */
function projects(call: Call, top: string): readonly string[] {
  const found = new Set([top])
  for (const folder of found) {
    const text = call.files.text(inside(folder, 'pom.xml')) ?? ''
    for (const match of without(text, '<!--', '-->').matchAll(/<module>\s*([^<\s$]+)\s*<\/module>/g)) {
      if (found.size > mostProjects) return [...found]
      found.add(call.path(inside(folder, match[1]!).replace(/\/[^/]+\.xml$/, '')))
    }
  }
  return [...found]
}

// Phases after which there is something in target. Source: Maven, introduction to the build lifecycle.
const building =
  /^(process-.*|generate-.*|compile|test-compile|test|prepare-package|package|pre-integration-test|integration-test|verify|install|deploy|(.*:)?(repackage|shade|assembly|single|build|dockerBuild|copy-dependencies|quarkus.*|jar|war))$/

function maven(call: Call): Result {
  const goals = call.args
  if (goals.length === 0) return unsure
  const file = call.flags.value('-f', '--file')
  const given = file === undefined ? call.path('.') : call.path(file)
  const folder = given.endsWith('.xml') ? parentOf(given) : given
  const all = projects(call, folder)
  if (goals.some((goal) => goal === 'clean' || goal === 'clean:clean'))
    for (const one of all) call.files.remove(inside(one, 'target'))
  if (!call.flags.has('-o', '--offline') && goals.some((goal) => goal !== 'clean'))
    cache(call, repository(call), 'maven repository')
  if (/^mvnw/.test(call.name))
    cache(call, inside(folderOf(call, 'MAVEN_USER_HOME') ?? inside(call.home, '.m2'), 'wrapper'), 'maven of mvnw')
  const build = goals.find((goal) => building.test(goal))
  if (build !== undefined) for (const one of all) content(call, inside(one, 'target'), `mvn ${build}`)
  if (goals.includes('install')) content(call, repository(call), 'mvn install: own artefacts')
  if (goals.some((goal) => /archetype.*:generate|wrapper:wrapper/.test(goal)))
    call.files.mystery(`mvn ${goals[0]}`, folder)
  return unsure
}

// ---- Gradle -------------------------------------------------------------------------------------------

const gradleHome = (call: Call): string => {
  const named = call.flags.value('-g', '--gradle-user-home')
  return named === undefined ? (folderOf(call, 'GRADLE_USER_HOME') ?? inside(call.home, '.gradle')) : call.path(named)
}

function subprojects(call: Call, folder: string): readonly string[] {
  const text =
    call.files.text(inside(folder, 'settings.gradle')) ?? call.files.text(inside(folder, 'settings.gradle.kts')) ?? ''
  const plain = without(text, '/*', '*/').replace(/\/\/.*/g, '')
  const lists = [...plain.matchAll(/\binclude\b\s*\(?([^)\n,]*(?:,\s*[^)\n,]*)*)/g)]
  return lists
    .flatMap((list) =>
      [...list[1]!.matchAll(/['"]:?([\w.:/-]+)['"]/g)].map((name) => inside(folder, name[1]!.replaceAll(':', '/'))),
    )
    .slice(0, mostProjects)
}

function gradle(call: Call): Result {
  const { flags } = call
  const own = flags.value('-p', '--project-dir')
  const folder = own === undefined ? call.path('.') : call.path(own)
  if (/^gradlew/.test(call.name)) cache(call, inside(gradleHome(call), 'wrapper'), 'gradle of gradlew')
  if (flags.has('--version', '-v', '--help', '--stop', '--status')) return unsure
  const all = [folder, ...subprojects(call, folder)]
  const tasks = call.args
  if (tasks.some((task) => /(^|:)clean$/.test(task))) for (const one of all) call.files.remove(inside(one, 'build'))
  if (!flags.has('--offline')) cache(call, inside(gradleHome(call), 'caches'), 'gradle cache')
  if (!flags.has('--no-daemon')) cache(call, inside(gradleHome(call), 'daemon'), 'gradle daemon logs')
  cache(call, inside(folder, '.gradle'), 'gradle project cache', {
    // Sums of what went in and came out, and the history of tasks.
    size: about(90_000, 20_000, 20_000_000, 'heuristic', 'records of a first build'),
  })
  const build = tasks.find(
    (task) =>
      !/(^|:)(clean|dependencies|tasks|help|properties|wrapper|resolveDependencies|downloadDependencies)$/.test(task),
  )
  if (build !== undefined) for (const one of all) content(call, inside(one, 'build'), `gradle ${build}`)
  if (tasks.includes('wrapper')) content(call, inside(folder, 'gradle'), 'gradle wrapper')
  if (tasks.some((task) => /publishToMavenLocal$/.test(task)))
    content(call, inside(call.home, '.m2/repository'), 'gradle: own artefacts')
  return unsure
}

// ---- others -------------------------------------------------------------------------------------------

function sbt(call: Call): Result {
  cache(call, inside(call.home, '.sbt'), 'sbt')
  cache(call, inside(call.home, '.ivy2'), 'ivy cache')
  cache(call, folderOf(call, 'COURSIER_CACHE') ?? inside(cacheHome(call), 'coursier'), 'coursier cache')
  const folder = call.path('.')
  if (call.args.length > 0 && call.args.every((arg) => arg === 'clean')) emptied(call, inside(folder, 'target'))
  else {
    made(call, inside(folder, 'target'), `sbt ${call.args.join(' ')}`.trim())
    cache(call, inside(folder, 'project/target'), 'sbt: build of the build')
  }
  return unsure
}

function lein(call: Call): Result {
  const [verb = ''] = call.args
  if (verb === 'clean') {
    emptied(call, call.path('target'))
    return unsure
  }
  const repository = inside(call.home, '.m2/repository')
  const isTool = call.name === 'lein' || call.name === 'boot'
  // Alone they fetch themselves and say what they can do; Boot is kept among the packages.
  const idles = isTool && /^(?:|version|help)$/.test(verb)
  const own = call.name === 'lein' ? (folderOf(call, 'LEIN_HOME') ?? inside(call.home, '.lein')) : repository
  if (isTool && call.files.packagesIn(own).length === 0) content(call, own, call.name)
  // The programs of Clojure's own command line are run from there.
  if (!isTool) content(call, repository, 'maven: what Clojure runs')
  else if (!idles) cache(call, repository, 'maven repository')
  if (isTool && !idles && verb !== 'deps') made(call, call.path('target'), `lein ${verb}`)
  return unsure
}

function java(call: Call): Result {
  const words = call.command.argv.slice(1)
  if (words.length === 0 || words.some((word) => /^--?(version|fullversion|help|h|\?|X|showversion)$/.test(word)))
    return unsure
  // Class data of the program goes into an archive that is named. Source: java(1).
  const archive = words.find((word) => word.startsWith('-XX:ArchiveClassesAtExit='))
  if (archive !== undefined) content(call, parentOf(call.path(archive.replace(/^.*?=/, ''))), 'class data archive')
  if (words.includes('-Xshare:dump')) call.files.mystery('class data archive', call.env('JAVA_HOME') ?? '/usr/lib/jvm')
  else {
    const at = words.indexOf('-jar')
    if (words.includes('-Djarmode=layertools') || words.includes('-Djarmode=tools'))
      made(call, call.path(layerTarget(words)), 'layers of the application')
    else
      call.files.mystery(
        `java ${at >= 0 ? nameOf(words[at + 1] ?? '') : (words.find((word) => !word.startsWith('-')) ?? '')}`.trim(),
      )
  }
  return unsure
}

const layerTarget = (words: readonly string[]): string => {
  const at = words.indexOf('--destination')
  return at >= 0 ? (words[at + 1] ?? '.') : '.'
}

const mavenValues =
  '-f --file -s --settings -gs --global-settings -pl --projects -P --activate-profiles -T --threads -t --toolchains -rf --resume-from -l --log-file'.split(
    ' ',
  )

export default [
  model({ names: ['mvn', 'mvnw', 'mvnd'], values: mavenValues, oneDash: true, run: maven }),
  model({
    names: ['gradle', 'gradlew'],
    values:
      '-p --project-dir -g --gradle-user-home -b --build-file -c --settings-file -x --exclude-task -I --init-script --console --max-workers --include-build --project-cache-dir'.split(
        ' ',
      ),
    oneDash: true,
    run: gradle,
  }),
  model({ names: ['sbt', 'activator'], values: ['-mem', '-sbt-version', '-ivy', '-sbt-dir'], oneDash: true, run: sbt }),
  model({ names: ['lein', 'clojure', 'clj', 'boot'], values: ['-M', '-A'], oneDash: true, run: lein }),
  model({
    names: ['ant', 'bazel', 'bazelisk', 'buck', 'pants'],
    values: ['-f', '-buildfile'],
    oneDash: true,
    run(call): Result {
      if (call.flags.has('-version', '--version')) return unsure
      call.files.mystery(`${call.name} ${call.args[0] ?? ''}`.trim(), call.path('.'))
      if (call.name.startsWith('baz')) cache(call, inside(cacheHome(call), 'bazel'), 'bazel cache')
      return unsure
    },
  }),
  model({ names: ['java'], oneDash: true, run: java }),
  model({
    names: ['javac', 'kotlinc', 'scalac', 'groovyc'],
    values:
      '-d -cp -classpath --class-path -sourcepath -source -target --release -encoding -h -s -processorpath -p --module-path'.split(
        ' ',
      ),
    oneDash: true,
    run(call): Result {
      const folder = call.flags.value('-d')
      if (call.flags.has('-version', '--version')) return unsure
      if (folder?.endsWith('.jar')) content(call, parentOf(call.path(folder)), `${call.name}: ${nameOf(folder)}`)
      else made(call, call.path(folder ?? '.'), `classes of ${call.name}`)
      return unsure
    },
  }),
  model({
    names: ['jlink', 'jpackage'],
    values: '--output --module-path -p --add-modules --compress --launcher --vm --dest -d --name -n'.split(' '),
    run(call): Result {
      const folder = call.flags.value('--output', '--dest', '-d')
      if (folder !== undefined) content(call, call.path(folder), `runtime made by ${call.name}`)
      return unsure
    },
  }),
  model({
    names: ['keytool'],
    values:
      '-keystore -file -alias -storepass -keypass -dname -validity -keyalg -keysize -storetype -destkeystore -srckeystore'.split(
        ' ',
      ),
    oneDash: true,
    run(call): Result {
      const words = call.command.argv.join(' ')
      if (
        !/ -(import|importcert|importkeystore|genkey|genkeypair|delete|storepasswd|changealias|exportcert|export)\b/.test(
          words,
        )
      )
        return unsure
      const store = call.flags.value('-destkeystore', '-keystore')
      if (/ -export(cert)?\b/.test(words)) {
        const file = call.flags.value('-file')
        if (file !== undefined) content(call, parentOf(call.path(file)), `certificate ${nameOf(file)}`)
      } else if (store !== undefined) content(call, parentOf(call.path(store)), `key store ${nameOf(store)}`)
      else
        content(
          call,
          call.flags.has('-cacerts') ? inside(call.env('JAVA_HOME') ?? '/etc/ssl', 'lib/security') : call.home,
          'key store',
        )
      return unsure
    },
  }),
]
