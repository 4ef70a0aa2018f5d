/**
 * What the name of an image says of it when nothing else is known: its distribution, where name or tag tells it, and the
 * variables that an official image of a language is known for. For RUN only; no row or config is made of it.
 */
import { kept } from '../kept.ts'
import type { BaseFacts } from '../model.ts'
import { baseName } from './name.ts'

export interface Guess {
  readonly os?: NonNullable<BaseFacts['os']>
  /** It is the image of a distribution and of nothing else. */
  readonly plain: boolean
  readonly env: Readonly<Record<string, string>>
}

/** Distributions by what their image is called. Source: ID in the os-release of each. */
const distributions: readonly (readonly [name: RegExp, id: string])[] = [
  [/^debian$/, 'debian'],
  [/^ubuntu$/, 'ubuntu'],
  [/^(alpine(\/|$)|(composer|docker)$)/, 'alpine'],
  [/^fedora(\/|$)/, 'fedora'],
  [/^rockylinux(\/|$)/, 'rocky'],
  [/^almalinux(\/|$)/, 'almalinux'],
  [/^(quay\.io\/)?centos(\/|$)/, 'centos'],
  [/^amazonlinux$/, 'amzn'],
  [/^oraclelinux$/, 'ol'],
  [/^archlinux(\/|$)/, 'arch'],
  [/^opensuse\/leap/, 'opensuse-leap'],
  [/^opensuse\/tumbleweed/, 'opensuse-tumbleweed'],
  [/(^|\/)ubi\d*(-minimal|-init|-micro)?$/, 'rhel'],
]

/** Variables that official images set. Source: their Dockerfiles. */
const languages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  golang: { GOPATH: '/go' },
  rust: { RUSTUP_HOME: '/usr/local/rustup', CARGO_HOME: '/usr/local/cargo' },
  ruby: { GEM_HOME: '/usr/local/bundle', BUNDLE_APP_CONFIG: '/usr/local/bundle' },
  gradle: { GRADLE_USER_HOME: '/home/gradle/.gradle' },
  composer: { COMPOSER_HOME: '/tmp' },
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
  const { familiar = '', tag = '' } = baseName(ref) ?? {}
  const own = distributions.find(([name]) => name.test(familiar))?.[1]
  const id = own ?? (/alpine/.test(tag) ? 'alpine' : undefined)
  // The tag of an image that only stands on Alpine tells another version.
  const plain = own !== undefined && (id !== 'alpine' || familiar === 'alpine')
  const version = /^(?:stream)?(\d+(?:\.\d+)?)/.exec(tag)?.[1] ?? /ubi(\d+)/.exec(familiar)?.[1]
  const env = Object.hasOwn(languages, familiar)
    ? languages[familiar]!
    : (families.find(([name]) => name.test(familiar))?.[1] ?? {})
  return {
    env,
    plain,
    ...(id !== undefined && {
      os: { id, ...((plain || id !== 'alpine') && version !== undefined && { versionId: version }) },
    }),
  }
}
