/** The shapes of documents that tell of an image: stratigraph/base@1 and stratigraph/history@1. Source: the contract. */
import {
  array,
  boolean,
  integer,
  largeRecord,
  literal,
  looseObject,
  minValue,
  nullable,
  number,
  optional,
  picklist,
  pipe,
  record,
  regex,
  string,
  tuple,
} from '../schema.ts'

const bytes = pipe(number(), integer(), minValue(0))
const model = picklist(['classic', 'buildkit', 'containerd', 'podman', 'tar'])

const size = looseObject({
  bytes: nullable(bytes),
  low: bytes,
  high: nullable(bytes),
  basis: picklist(['exact', 'resolved', 'heuristic', 'unknown']),
  source: optional(string()),
})

/** A row; what a hand-written document may leave out is optional. */
const row = looseObject({
  createdBy: string(),
  comment: optional(string()),
  author: optional(string()),
  emptyLayer: optional(nullable(boolean())),
  created: optional(nullable(string())),
  layer: optional(nullable(bytes)),
  size: optional(size),
  sizes: optional(record(model, bytes)),
  unpredictable: optional(array(picklist(['createdBy', 'comment']))),
})

const texts = optional(nullable(array(string())))
const marks = optional(nullable(record(string(), looseObject({}))))

/** The `config` object of an image config; keys that we do not know may be there. */
const config = looseObject({
  Env: texts,
  Cmd: texts,
  Entrypoint: texts,
  User: optional(nullable(string())),
  WorkingDir: optional(nullable(string())),
  ExposedPorts: marks,
  Volumes: marks,
  Labels: optional(nullable(record(string(), string()))),
  Healthcheck: optional(nullable(looseObject({ Test: texts }))),
  Shell: texts,
  StopSignal: optional(nullable(string())),
  OnBuild: texts,
  ArgsEscaped: optional(nullable(boolean())),
})

const id = pipe(number(), integer(), minValue(0))
const path = pipe(string(), regex(/^\//, 'must begin with /'))

const file = looseObject({
  bytes: optional(bytes),
  mode: optional(pipe(string(), regex(/^[0-7]{3,5}$/, 'must be octal digits'))),
  uid: optional(id),
  gid: optional(id),
  layer: optional(bytes),
  sha256: optional(pipe(string(), regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'))),
  link: optional(string()),
  hardlink: optional(path),
  dir: optional(literal(true)),
})

const text = optional(string())

/** stratigraph/base@1. */
export const baseShape = looseObject({
  schema: literal('stratigraph/base@1'),
  name: text,
  platform: text,
  date: text,
  author: text,
  rows: array(row),
  config: optional(config),
  os: optional(looseObject({ id: string(), versionId: text, codename: text, slim: optional(boolean()) })),
  packages: optional(record(string(), looseObject({ version: text, source: text, provides: text, equals: text }))),
  aptLists: optional(looseObject({ bytes, date: text })),
  accounts: optional(looseObject({ users: record(string(), tuple([id, id])), groups: record(string(), id) })),
  files: optional(largeRecord(path, file)),
  trees: optional(record(path, looseObject({ bytes, linkBytes: optional(bytes) }))),
  complete: optional(boolean()),
})

/** stratigraph/history@1, as far as it tells of an image. */
export const historyShape = looseObject({
  schema: literal('stratigraph/history@1'),
  subject: optional(looseObject({ platform: text })),
  builder: optional(looseObject({ sizeModel: optional(model) })),
  rows: array(row),
  layers: optional(bytes),
  author: text,
  config: optional(config),
  refused: optional(nullable(looseObject({ message: string() }))),
})
