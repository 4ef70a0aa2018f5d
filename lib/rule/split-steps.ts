/** What the steps of a stage are for, as a split sees them: installing packages, building, setting up. */
import type { CommandFacts, Facts, StepFacts } from '../lint/facts.ts'
import { isTool } from '../lint/purpose.ts'
import { operandsIn } from '../lint/words.ts'

const managers = /^(?:apt|apt-get|aptitude|apk|yum|dnf|microdnf|tdnf)$/
const accounts = /^(?:useradd|groupadd|adduser|addgroup|usermod|addusers)$/
const quiet = /^(?:set|echo|printf|true|:|cd|export|test|\[|\[\[|umask|unset|shopt|exit|sleep)$/
const setups =
  /^(?:mkdir|chown|chmod|chgrp|ln|touch|rm|sed|install|update-ca-certificates|locale-gen|ldconfig|dpkg-reconfigure|setcap)$/

/** Does it make users or groups? */
export const isAccount = (name: string): boolean => accounts.test(name)

/** Does it do nothing to files? */
export const isQuiet = (name: string): boolean => quiet.test(name)

/** Does it set something up that the image needs, whatever was built? */
export const isSetup = (name: string): boolean => isQuiet(name) || isAccount(name) || setups.test(name)

/** What a RUN is for; undefined: it is no RUN. */
export function kindOf({ keyword, commands }: StepFacts): 'install' | 'setup' | 'build' | undefined {
  if (keyword !== 'RUN') return undefined
  const others = commands.filter(({ name }) => !managers.test(name) && !isSetup(name) && name !== 'apt-mark')
  if (others.length > 0) return 'build'
  return commands.some(({ name }) => managers.test(name)) ? 'install' : 'setup'
}

/** Options of package managers that take a value. */
const valued = /^(?:-t|--virtual|-X|--repository|-o|-c|-p|--root|--target-release|--enablerepo|--disablerepo|--setopt)$/

/** The packages that a command installs, as written; undefined: it installs none. */
export function asked({ name, argv }: CommandFacts): readonly string[] | undefined {
  if (!managers.test(name)) return undefined
  const at = argv.findIndex((word) => word === 'install' || word === 'add' || word === 'groupinstall')
  if (at < 0) return undefined
  return operandsIn(argv.slice(at + 1), valued)
}

/** `curl=8.9-r0`, `libpq5/stable`, `g++:amd64`: the name alone. */
const plain = (word: string): string => word.replace(/(?!^)[=<>~@/:].*$/, '')

/** Libraries whose headers have another name in Alpine; '': in the base, or needed for building only. Source: pkgs.alpinelinux.org. */
const alpine: Readonly<Record<string, string>> = {
  'musl-dev': '',
  'libc-dev': '',
  'linux-headers': '',
  'python3-dev': '',
  'python-dev': '',
  'zlib-dev': '',
  'openssl-dev': '',
  'libffi-dev': 'libffi',
  'postgresql-dev': 'libpq',
  'libpq-dev': 'libpq',
  'mariadb-dev': 'mariadb-connector-c',
  'mariadb-connector-c-dev': 'mariadb-connector-c',
  'libxml2-dev': 'libxml2',
  'libxslt-dev': 'libxslt',
  'jpeg-dev': 'libjpeg-turbo',
  'libjpeg-turbo-dev': 'libjpeg-turbo',
  'libpng-dev': 'libpng',
  'libwebp-dev': 'libwebp',
  'tiff-dev': 'tiff',
  'freetype-dev': 'freetype',
  'lcms2-dev': 'lcms2',
  'sqlite-dev': 'sqlite-libs',
  'readline-dev': 'readline',
  'ncurses-dev': 'ncurses-libs',
  'curl-dev': 'libcurl',
  'icu-dev': 'icu-libs',
  'libzip-dev': 'libzip',
  'oniguruma-dev': 'oniguruma',
  'gmp-dev': 'gmp',
  'yaml-dev': 'yaml',
  'openldap-dev': 'libldap',
  'vips-dev': 'vips',
  'cairo-dev': 'cairo',
  'pango-dev': 'pango',
  'giflib-dev': 'giflib',
  'pcre-dev': 'pcre',
  'pcre2-dev': 'pcre2',
}

/** Headers that stand for no library of their own, or one that every image has. */
const bare =
  /^(?:libc6-dev|libc-dev|linux-libc-dev|linux-headers.*|python\d?[\d.]*-dev|libstdc\+\+-\d+-dev|dpkg-dev|glibc-devel|kernel-(?:headers|devel)|python\d?[\d.]*-devel|ruby-dev|php\d*-dev|erlang-dev|default-jdk.*)$/

/** The library that a package of headers is for; '': none; undefined: nobody can tell. */
function libraryOf(name: string, isApk: boolean, facts: Facts): string | undefined {
  if (isApk) return Object.hasOwn(alpine, name) ? alpine[name] : undefined
  if (bare.test(name)) return ''
  const stem = name.replace(/-dev(?:el)?$/, '').replace(/\d[\w.]*$|-openssl$|-gnutls$/, '')
  const there = [
    ...facts.image.files.flatMap(({ entry }) => /^apt:(.+)$/.exec(entry.label ?? '')?.[1] ?? []),
    ...Object.keys(facts.image.image.facts.packages ?? {}),
  ]
  const fitting = there.filter(
    (one) =>
      !/-dev$|-doc$|-bin$|-tools$|-common$|-utils$/.test(one) &&
      one.startsWith(stem) &&
      /^[\d.+-]*(?:t64|-\d+|[a-z]?\d*)?$/.test(one.slice(stem.length)),
  )
  const names = [...new Set(fitting)]
  if (names.length !== 1) return undefined
  return Object.hasOwn(
    facts.target?.stage.ground.kind === 'image' ? (facts.target.stage.ground.base?.facts.packages ?? {}) : {},
    names[0]!,
  )
    ? ''
    : names[0]
}

/** How packages are installed without anything left behind. */
const ways: readonly (readonly [programs: RegExp, line: (names: string) => string])[] = [
  [
    /^apt|^aptitude/,
    (names) =>
      `RUN apt-get update && apt-get install -y --no-install-recommends ${names} && rm -rf /var/lib/apt/lists/*`,
  ],
  [/^apk/, (names) => `RUN apk add --no-cache ${names}`],
]

/**
 * The packages of a RUN that the program needs as well, installed anew, with remarks on what is not known. Undefined where
 * more than an installation would have to be done again.
 */
export function installation(step: StepFacts, facts: Facts): readonly string[] | undefined {
  const calls = step.commands.filter((command) => asked(command) !== undefined)
  const names = [...new Set(calls.flatMap((command) => (command.known ? asked(command)! : ['$'])))]
  const isApk = calls.some(({ name }) => name === 'apk')
  const virtual = calls.some(({ argv }) => argv.some((word) => word === '--virtual' || word === '-t'))
  const tools = names.filter((word) => isTool(plain(word)))
  const others =
    virtual && tools.length > 0 ? [] : names.filter((word) => !isTool(plain(word)) && !isHelper(plain(word), facts))
  const libraries: string[] = []
  const unknown: string[] = []
  for (const word of tools) {
    const name = plain(word)
    if (/-dev(?:el)?$|-headers$/.test(name)) {
      const library = libraryOf(name, isApk, facts)
      if (library === undefined) unknown.push(name)
      else if (library !== '') libraries.push(library)
    } else if (isApk && !onNode(facts) && /^(?:g\+\+|build-base|alpine-sdk)$/.test(name)) libraries.push('libstdc++')
  }
  const way = ways.find(([programs]) => programs.test(calls[0]?.name ?? ''))
  const wanted = [...new Set([...others, ...libraries])].filter((one) => !unknown.includes(one))
  const remarks =
    unknown.length === 0
      ? []
      : [`# fill in: the libraries that ${unknown.join(' ')} ${unknown.length === 1 ? 'is' : 'are'} the headers of`]
  if (wanted.length === 0) return remarks
  // A repository that was added first would have to be added again.
  const adds = step.commands.some(({ name }) =>
    /^(?:curl|wget|gpg|apt-key|add-apt-repository|tee|yum-config-manager|rpm|dpkg)$/.test(name),
  )
  if (way === undefined || adds || wanted.some((word) => !/^[\w.+:=~@/-]+$/.test(word))) return undefined
  return [...remarks, way[1](wanted.join(' '))]
}

/** Does it only help to build? Node's native modules are built with Python. */
const isHelper = (name: string, facts: Facts): boolean =>
  onlyBuilding.test(name) || (/^(?:python\d?|py3-.*)$/.test(name) && onNode(facts))

/** An image of Node, which brings the library of C++ along. */
const onNode = ({ target }: Facts): boolean =>
  target?.stage.ground.kind === 'image' && /(?:^|[/-])node(?=[:@-]|$)/.test(target.stage.ground.ref)

/** Programs that fetch or unpack for a build. */
const onlyBuilding =
  /^(?:git|pkg-config|pkgconf|patch|bison|flex|m4|libtool|ninja-build|meson|ccache|autogen|gettext-dev|file|python3-setuptools|python3-wheel)$/
