/**
 * What the name of an image says of it when nothing else is known: its distribution, where name or tag tells it, packages
 * and variables that images of that name have. For RUN only; no row or config is made of it.
 */
import { kept } from '../kept.ts'
import { distributionNamed, ofVersion, type System, systemIn } from './distribution.ts'
import { type Making, makingOf } from './families.ts'
import { baseName, tagWords } from './name.ts'
import { wordsOf } from './records.ts'

export interface Guess {
  /** The distribution that name or tag tells of. */
  readonly os?: System
  /** What apt works on; undefined: nobody can say, or it is none of apt's. */
  readonly ground?: AptGround
  /** It is the image of a distribution and of nothing else. */
  readonly plain: boolean
  readonly env: Readonly<Record<string, string>>
  /** It has no shell. */
  readonly bare: boolean
}

/** A release of Debian or Ubuntu, and what an image of that name has on top. */
export interface AptGround {
  readonly os: System
  /** Packages that it has besides those of its distribution; what they need is there too. */
  readonly packages: readonly string[]
  readonly doubt: Doubt
  /** For people: what is guessed. */
  readonly why: string
}

/**
 * `none`: the distribution's own image. `family`: a well-known image whose tag tells the release. `usual`: one whose tag
 * tells none: the release that it stood on when last seen. `name`: the release is told, and nothing else.
 */
export type Doubt = 'none' | 'family' | 'usual' | 'name'

/** Variables that official images set. Source: their Dockerfiles. */
const languages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  golang: { GOPATH: '/go' },
  rust: { RUSTUP_HOME: '/usr/local/rustup', CARGO_HOME: '/usr/local/cargo' },
  ruby: { GEM_HOME: '/usr/local/bundle', BUNDLE_APP_CONFIG: '/usr/local/bundle' },
  gradle: { GRADLE_USER_HOME: '/home/gradle/.gradle' },
  composer: { COMPOSER_HOME: '/tmp' },
  tomcat: { CATALINA_HOME: '/usr/local/tomcat' },
  httpd: { HTTPD_PREFIX: '/usr/local/apache2' },
  'mambaorg/micromamba': { MAMBA_ROOT_PREFIX: '/opt/conda' },
  'denoland/deno': { DENO_DIR: '/deno-dir/' },
  'mcr.microsoft.com/playwright': { PLAYWRIGHT_BROWSERS_PATH: '/ms-playwright' },
  'mcr.microsoft.com/playwright/python': { PLAYWRIGHT_BROWSERS_PATH: '/ms-playwright' },
}

/** The same for images that go by many names. */
const families: readonly (readonly [name: RegExp, env: Readonly<Record<string, string>>])[] = [
  [
    /^(?:quay\.io\/)?jupyter\//,
    { HOME: '/home/jovyan', CONDA_DIR: '/opt/conda', NB_USER: 'jovyan', NB_UID: '1000', NB_GID: '100' },
  ],
]

/** A guess from the name alone; never a claim. */
export const guessOf: (ref: string) => Guess = kept(500, guess)

function guess(ref: string): Guess {
  const { familiar: written = '', tag = '' } = baseName(ref) ?? {}
  if (/windowsservercore|nanoserver/.test(tag)) return { env: {}, plain: false, bare: false }
  const familiar = withoutMirror(written)
  const env = Object.hasOwn(languages, familiar)
    ? languages[familiar]!
    : (families.find(([name]) => name.test(familiar))?.[1] ?? {})
  const own = distributionNamed(familiar)
  const bare = hasNoShell(familiar, tag)
  if (own !== undefined) {
    const os = ownSystem(own, familiar, tag)
    return { env, plain: true, bare, os, ...groundOn(os, undefined, 'none') }
  }
  const making = makingOf(familiar, tagWords(tag))
  const told = systemIn(tag) ?? (making === undefined ? systemOfPath(familiar, tag) : undefined)
  if (told !== undefined) {
    // The version in the tag of an image that only stands on Alpine is another one's.
    const os = withSlim(told, making?.slim ?? tagWords(tag).flavour.includes('slim'))
    return { env, plain: false, bare, os, ...groundOn(os, making, making === undefined ? 'name' : 'family') }
  }
  const usual = making && systemIn(making.release)
  if (making === undefined || usual === undefined) return { env, plain: false, bare }
  const os = withSlim(usual, making.slim)
  return { env, plain: false, bare, os: { id: os.id }, ...groundOn(os, making, 'usual') }
}

/** Registries that hand on what Docker Hub has, by what they put in front; and Docker Hub's names for one architecture. */
const mirrors =
  /^(?:.*\/(?:library|dependency_proxy\/containers|docker-?hub(?:-\w+)*|docker(?:\.io|-remote|-proxy|-mirror))\/(?:library\/)?|(?:amd64|arm64v8|arm32v[567]|i386|ppc64le|s390x|riscv64)\/)(?=.)/

const withoutMirror = (familiar: string): string => familiar.replace(mirrors, '')

/** The name of an image as people know it, whoever hands it on and for whatever machine; '': it is no name. */
export const usualName = (ref: string): string => withoutMirror(baseName(ref)?.familiar ?? '')

function ownSystem(id: string, familiar: string, tag: string): System {
  const { release, flavour } = wordsOf(familiar, tag)
  const version = /^(?:stream)?(\d+(?:\.\d+)?)/.exec(tag)?.[1] ?? /ubi(\d+)/.exec(familiar)?.[1]
  const os = (id === 'debian' || id === 'ubuntu' ? systemIn(release) : undefined) ?? ofVersion(id, version)
  return os.id === id ? withSlim(os, flavour.includes('slim') || familiar.startsWith('bitnami/')) : { id }
}

/** Parts of a path, the last first: `gcr.io/distroless/java21-debian12`, `ubi9/nodejs-20`; the tag may be the version. */
function systemOfPath(familiar: string, tag: string): System | undefined {
  for (const part of familiar.split('/').reverse()) {
    const found = systemIn(part)
    if (found === undefined) continue
    const version = /^\d\d\.(?:04|10)(?=$|-)/.exec(tag)?.[0]
    return found.id === 'ubuntu' && found.versionId === undefined && version !== undefined
      ? ofVersion('ubuntu', version)
      : found
  }
  return undefined
}

// Ubuntu's images have been without documentation since 18.04.
function withSlim(os: System, slim: boolean): System {
  if (os.codename === undefined) return os
  return { ...os, slim: os.id === 'ubuntu' ? Number(os.versionId) >= 18 : slim }
}

function groundOn(os: System, making: Making | undefined, doubt: Doubt): { readonly ground?: AptGround } {
  if (os.codename === undefined) return {}
  const why = {
    none: '',
    family: 'on a base known by its name only',
    usual: `on a base whose tag does not tell its release: ${os.codename}, as last seen`,
    name: `on a base of which only the release is known: ${os.codename}`,
  }[doubt]
  return { ground: { os, packages: making?.packages ?? [], doubt, why } }
}

/** Images that hold a program and what it needs, and nothing to run a script with. Source: what their makers say of them. */
function hasNoShell(familiar: string, tag: string): boolean {
  if (/(?:^|-)(?:debug|dev)(?:-|$)|busybox/.test(tag)) return false
  if (/^gcr\.io\/distroless\//.test(familiar)) return true
  if (/^cgr\.dev\/chainguard\//.test(familiar)) return !/\/(?:wolfi-base|busybox|bash)$/.test(familiar)
  return /(?:^|-)(?:distroless|chiseled)(?:-|$)/.test(tag)
}
