/** Names of images. Source: github.com/distribution/reference. */
import { UserError } from './error.ts'

/** A name in full. */
export interface Reference {
  /** `docker.io`, `localhost:5000`. */
  readonly host: string
  /** `library/alpine`. */
  readonly repository: string
  /** `latest` unless said; undefined when only a digest is. */
  readonly tag: string | undefined
  readonly digest: string | undefined
}

const shape =
  /^(?<name>[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>[a-z0-9+._-]+:[0-9a-f]{32,}))?$/

const hostShape = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9-]+)*|\[[0-9a-fA-F:]+\])(?::[0-9]+)?$/

/** Reads a name, with the defaults of Docker filled in; undefined where it is none. */
export function readReference(text: string): Reference | undefined {
  const slash = text.indexOf('/')
  const first = slash === -1 ? '' : text.slice(0, slash)
  const hosted = first === 'localhost' || /[.:A-Z[]/.test(first)
  if (hosted && !hostShape.test(first)) return undefined
  const groups = shape.exec(hosted ? text.slice(slash + 1) : text)?.groups
  if (groups?.name === undefined) return undefined
  const host = !hosted || first === 'index.docker.io' ? 'docker.io' : first
  const official = host === 'docker.io' && !groups.name.includes('/')
  return {
    host,
    repository: official ? `library/${groups.name}` : groups.name,
    tag: groups.tag ?? (groups.digest === undefined ? 'latest' : undefined),
    digest: groups.digest,
  }
}

/** The same, or UserError. */
export function parseReference(text: string): Reference {
  const reference = readReference(text)
  if (reference === undefined) throw new UserError(`${text}: not the name of an image`, { hint: 'alpine:3.20' })
  return reference
}

/** Whether two texts name the same image, whatever was left out. */
export function sameReference(a: string, b: string): boolean {
  if (a === b) return true
  const left = readReference(a)
  const right = readReference(b)
  if (left === undefined || right === undefined) return false
  return (
    left.host === right.host &&
    left.repository === right.repository &&
    left.tag === right.tag &&
    left.digest === right.digest
  )
}
