/**
 * Parts that the JSON documents share: exactly the keys that cli.md names, in its order. What else a value carries stays out.
 */
import type { Healthcheck, ImageConfig, Origin, Problem, Row, Size } from '../model.ts'

/** What a document is about. `target`: of a Dockerfile only. */
export interface DocumentSubject {
  readonly kind: string
  readonly path: string
  readonly target?: string
  readonly platform: string
}

export const subjectDocument = ({ kind, path, target, platform }: DocumentSubject): object => ({
  kind,
  path,
  ...(target !== undefined && { target }),
  platform,
})

export const sizeDocument = ({ bytes, low, high, basis, source }: Size): object => ({ bytes, low, high, basis, source })

export const rowDocument = (row: Row): object => ({
  createdBy: row.createdBy,
  comment: row.comment,
  author: row.author,
  emptyLayer: row.emptyLayer,
  created: row.created,
  layer: row.layer,
  size: sizeDocument(row.size),
  unpredictable: row.unpredictable,
  origin: originDocument(row.origin),
})

export const diagnosticDocument = ({ severity, message, file, line }: Problem): object => ({
  severity,
  message,
  ...(file !== undefined && { file }),
  ...(line !== undefined && { line }),
})

/** Only what is set, keys as in an image config. */
export const configDocument = (config: ImageConfig): object => ({
  ...chosen(config, ['Env', 'Cmd', 'Entrypoint', 'User', 'WorkingDir', 'ExposedPorts', 'Volumes', 'Labels']),
  ...(config.Healthcheck && { Healthcheck: chosen(config.Healthcheck, healthcheckKeys) }),
  ...chosen(config, ['Shell', 'StopSignal', 'OnBuild', 'ArgsEscaped']),
})

const healthcheckKeys: readonly (keyof Healthcheck)[] = [
  'Test',
  'Interval',
  'Timeout',
  'StartPeriod',
  'StartInterval',
  'Retries',
]

function originDocument(origin: Origin): object {
  if (origin.from === 'image') return { from: origin.from }
  if (origin.from === 'base') return { from: origin.from, image: origin.image }
  const { from, path, line, endLine, instruction, stage } = origin
  return { from, path, line, endLine, instruction, stage }
}

/** The named members that hold something; an empty list or text is as good as none, as in Go's JSON. */
const chosen = <T extends object>(of: T, keys: readonly (keyof T)[]): object =>
  Object.fromEntries(keys.filter((key) => !isEmpty(of[key])).map((key) => [key, of[key]]))

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === 0 ||
  value === false ||
  (typeof value === 'object' && Object.keys(value).length === 0)
