/**
 * The image config: rows, configuration, and which row has which layer.
 *
 * Source: OCI image-spec, config.md; Docker image spec v1.2. Both agree on all that is read here.
 */
import type { Healthcheck, ImageConfig, Platform, Problem, Row } from '../model.ts'
import { unknown } from '../size.ts'
import { asCount, asList, asObject, asText, asTexts, type Json, type JsonObject } from './json.ts'

/** What a config holds, with layers told by their number only. */
export interface ReadConfig {
  /** Oldest first; sizes unknown until layers are read. */
  readonly rows: readonly Row[]
  /** For each layer, bottom up, its row and, where the config says it, its diff ID. */
  readonly layers: readonly { readonly row: number; readonly diffId: string | undefined }[]
  readonly config: ImageConfig
  readonly author: string
  readonly platform: Platform
  readonly problems: readonly Problem[]
}

const notRead = unknown('layer not read')

/**
 * Reads a config. `layerCount` is how many layers the manifest lists; where history and layers do not match, surplus
 * rows get no layer and surplus layers get rows of their own, with a problem that says so. Nothing throws.
 */
export function readConfig(json: Json, layerCount?: number): ReadConfig {
  const root = asObject(json) ?? {}
  const problems: Problem[] = []
  const diffIds = asTexts(asObject(root.rootfs)?.diff_ids) ?? []
  const count = layerCount ?? diffIds.length
  if (layerCount !== undefined && diffIds.length !== layerCount) {
    const message = `the config names ${diffIds.length} layers, the manifest ${layerCount}`
    problems.push({ severity: 'warning', message })
  }
  const rows: Row[] = []
  const layers: { row: number; diffId: string | undefined }[] = []
  const place = (): number | null => {
    if (layers.length === count) return null
    layers.push({ row: rows.length, diffId: diffIds[layers.length] })
    return layers.length - 1
  }
  let surplus = 0
  for (const one of asList(root.history) ?? []) {
    const row = asObject(one) ?? {}
    const empty = row.empty_layer === true
    const layer = empty ? null : place()
    if (!empty && layer === null) surplus++
    rows.push({
      createdBy: asText(row.created_by) ?? '',
      comment: asText(row.comment) ?? '',
      author: asText(row.author) ?? '',
      emptyLayer: layer === null,
      created: asText(row.created) ?? null,
      layer,
      size: notRead,
      unpredictable: [],
      origin: { from: 'image' },
    })
  }
  if (surplus > 0) {
    const message = `the history has ${surplus} more rows with a layer than there are layers; they are shown without`
    problems.push({ severity: 'warning', message })
  }
  const known = layers.length
  while (layers.length < count) {
    const layer = place()
    rows.push({ ...bare, layer })
  }
  if (known < count) {
    const message =
      rows.length === count - known
        ? 'the image has no history; each layer has a row of its own'
        : `the history ends before the layers do; ${count - known} layers have rows of their own`
    problems.push({ severity: 'warning', message })
  }
  return {
    rows,
    layers,
    config: imageConfig(asObject(root.config) ?? {}),
    author: asText(root.author) ?? '',
    platform: { os: asText(root.os) ?? '', arch: asText(root.architecture) ?? '', variant: asText(root.variant) ?? '' },
    problems,
  }
}

const bare: Row = {
  createdBy: '(no history)',
  comment: '',
  author: '',
  emptyLayer: false,
  created: null,
  layer: null,
  size: notRead,
  unpredictable: [],
  origin: { from: 'image' },
}

/** The `config` object of an image config, reduced to what is set and well formed. */
export function imageConfig(raw: JsonObject): ImageConfig {
  const check = healthcheck(asObject(raw.Healthcheck))
  return {
    ...texts(raw, 'Env'),
    ...texts(raw, 'Cmd'),
    ...texts(raw, 'Entrypoint'),
    ...text(raw, 'User'),
    ...text(raw, 'WorkingDir'),
    ...keys(raw, 'ExposedPorts'),
    ...keys(raw, 'Volumes'),
    ...labels(raw),
    ...(check === undefined ? {} : { Healthcheck: check }),
    ...texts(raw, 'Shell'),
    ...text(raw, 'StopSignal'),
    ...texts(raw, 'OnBuild'),
    ...(raw.ArgsEscaped === true ? { ArgsEscaped: true } : {}),
  }
}

const texts = (raw: JsonObject, key: 'Env' | 'Cmd' | 'Entrypoint' | 'Shell' | 'OnBuild') => {
  const value = asTexts(raw[key])
  // An empty Cmd or Entrypoint was set to clear the one below; the others mean nothing when empty.
  const kept = value !== undefined && (value.length > 0 || key === 'Cmd' || key === 'Entrypoint')
  return kept ? { [key]: value } : {}
}

const text = (raw: JsonObject, key: 'User' | 'WorkingDir' | 'StopSignal') => {
  const value = asText(raw[key])
  return value === undefined || value === '' ? {} : { [key]: value }
}

const keys = (raw: JsonObject, key: 'ExposedPorts' | 'Volumes') => {
  const names = Object.keys(asObject(raw[key]) ?? {})
  return names.length === 0 ? {} : { [key]: Object.fromEntries(names.map((name) => [name, {}])) }
}

const labels = (raw: JsonObject) => {
  const found = Object.entries(asObject(raw.Labels) ?? {}).filter(([, value]) => typeof value === 'string')
  return found.length === 0 ? {} : { Labels: Object.fromEntries(found) as Record<string, string> }
}

function healthcheck(raw: JsonObject | undefined): Healthcheck | undefined {
  if (raw === undefined) return undefined
  const test = asTexts(raw.Test)
  const found: [string, number][] = []
  for (const key of ['Interval', 'Timeout', 'StartPeriod', 'StartInterval', 'Retries']) {
    const value = asCount(raw[key])
    if (value !== undefined && value > 0) found.push([key, value])
  }
  const check = { ...(test === undefined ? {} : { Test: test }), ...Object.fromEntries(found) }
  return Object.keys(check).length === 0 ? undefined : check
}
