/** What a Dockerfile on top of an image has to know of it: system, packages, accounts, files. */
import { UserError } from '../error.ts'
import { readBodies } from '../image/contents.ts'
import { accounts, apkInstalled, dpkgStatus, osRelease, rpmInstalled } from '../image/installed.ts'
import { logSuffix, rpmDatabases, rpmPackages } from '../image/rpm-database.ts'
import type { StoredImage } from '../image/stored.ts'
import type { Inspected } from '../inspect.ts'
import type { BaseFacts, BaseFile, Entry, InstalledPackage, Problem } from '../model.ts'
import { cleanPath, joinPath, parentPath } from '../path.ts'
import { octal } from '../unionfs/path-life.ts'
import type { Visible } from '../unionfs/seen.ts'
import { type Union, union } from '../unionfs/union.ts'

/** A package database of more than this is none; an old one of rpm with a thousand packages has 40 MB. */
const longest = 128 << 20
const hopLimit = 40

/** Facts, and what could not be read for them. */
export interface ReadFacts {
  readonly facts: BaseFacts
  readonly problems: readonly Problem[]
}

/**
 * Reads the facts out of the layers; `complete` where all layers are there. With `files` every file is listed. Throws
 * UserError where the disk does.
 */
export async function readFacts(
  stored: StoredImage,
  { contents }: Pick<Inspected, 'contents'>,
  options: { readonly files: boolean; readonly seen?: Union },
): Promise<ReadFacts> {
  const seen = options.seen ?? union(contents)
  const { text, under, body, rpm } = await readRecords(stored, contents, seen)
  const problems: Problem[] = []
  const ofRpm = (path: string): Readonly<Record<string, InstalledPackage>> => {
    try {
      return rpmInstalled(rpmPackages(body(path) ?? nothing, body(`${path}${logSuffix}`) ?? nothing, path))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      problems.push({ severity: 'warning', message: error.message })
      return {}
    }
  }
  const packages: Readonly<Record<string, InstalledPackage>> = {
    ...(rpm === undefined ? {} : ofRpm(rpm)),
    ...apkInstalled(`${text('/lib/apk/db/installed')}\n\n${text('/usr/lib/apk/db/installed')}`),
    ...dpkgStatus(`${text('/var/lib/dpkg/status')}\n\n${under('/var/lib/dpkg/status.d/')}`),
  }
  const os = osRelease(text('/etc/os-release') || text('/usr/lib/os-release'))
  const slim = /^path-exclude/m.test(under('/etc/dpkg/dpkg.cfg.d/'))
  const facts: BaseFacts = {
    ...(os === undefined ? {} : { os: slim ? { ...os, slim } : os }),
    ...(Object.keys(packages).length === 0 ? {} : { packages }),
    accounts: accounts(text('/etc/passwd'), text('/etc/group')),
    ...(options.files
      ? { files: Object.fromEntries([...seen.files].map((one) => [one.entry.path, baseFile(one)])) }
      : {}),
    complete: contents.every((content) => content !== undefined),
  }
  return { facts, problems }
}

/** Files in which a system keeps its records, read. What is not there is empty, or undefined. */
interface Records {
  readonly body: (path: string) => Buffer | undefined
  readonly text: (path: string) => string
  /** All in a folder, one after the other. */
  readonly under: (folder: string) => string
  /** Where rpm's database is. */
  readonly rpm: string | undefined
}

const recordFiles = [
  '/etc/os-release',
  '/usr/lib/os-release',
  '/var/lib/dpkg/status',
  '/lib/apk/db/installed',
  '/usr/lib/apk/db/installed',
  '/etc/passwd',
  '/etc/group',
]
const recordFolders = /^\/(?:var\/lib\/dpkg\/status\.d|etc\/dpkg\/dpkg\.cfg\.d)\/[^/]+$/

async function readRecords(stored: StoredImage, contents: Inspected['contents'], seen: Union): Promise<Records> {
  const at = (path: string): Entry | undefined => resolve(seen, path)?.entry
  const rpm = rpmDatabases.find((path) => (resolve(seen, path)?.bytes.low ?? 0) > 0)
  const parts = recordParts(seen)
  const paths = [...recordFiles, ...(rpm === undefined ? [] : [rpm, `${rpm}${logSuffix}`]), ...parts]
  const wanted = paths.map(at).filter((entry) => entry !== undefined)
  const bodyOf = await readBodies(stored, contents, wanted, longest)
  const body = (path: string): Buffer | undefined => {
    const entry = at(path)
    return entry && bodyOf(entry)
  }
  const text = (path: string): string => body(path)?.toString('utf8') ?? ''
  const under = (folder: string): string =>
    parts
      .filter((path) => path.startsWith(folder) && !path.endsWith('.md5sums'))
      .map(text)
      .join('\n\n')
  return { body, text, under, rpm }
}

/** Paths of the files in folders of records. */
function recordParts({ files }: Union): readonly string[] {
  const parts: string[] = []
  let other: number | undefined
  for (const { folder, entry } of files) {
    // Most folders hold many files.
    if (folder !== undefined && folder === other) continue
    if (recordFolders.test(entry.path)) parts.push(entry.path)
    else other = folder
  }
  return parts
}

const nothing = Buffer.alloc(0)

/** What is at a path, links followed on the way and at the end, never out of the root. */
function resolve(seen: Union, path: string): Visible | undefined {
  let todo = path.split('/').filter((part) => part !== '')
  let done = ''
  for (let hops = 0; todo.length > 0; ) {
    const next = cleanPath(`${done}/${todo[0]}`)
    todo = todo.slice(1)
    const entry = seen.at(next)?.entry
    if (entry?.type === 'symlink' && entry.link !== null) {
      if (++hops > hopLimit) return undefined
      todo = [
        ...joinPath(parentPath(next), entry.link)
          .split('/')
          .filter((part) => part !== ''),
        ...todo,
      ]
      done = ''
    } else done = next
  }
  const found = seen.at(done || '/')
  return found?.entry.type === 'hardlink' && found.entry.link !== null ? seen.at(found.entry.link) : found
}

function baseFile({ entry, layer, bytes }: Visible): BaseFile {
  const { type, mode, uid, gid, link } = entry
  const owner = {
    ...(mode === null ? {} : { mode: octal(mode) ?? '' }),
    ...(uid === null ? {} : { uid }),
    ...(gid === null ? {} : { gid }),
    layer,
  }
  if (type === 'dir') return { dir: true, ...owner }
  if (type === 'symlink') return { link: link ?? '', ...owner }
  if (type === 'hardlink') return { hardlink: link ?? '', bytes: bytes.bytes ?? 0, ...owner }
  return { bytes: bytes.bytes ?? 0, ...owner }
}
