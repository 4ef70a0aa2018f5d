/** Archives that are large and take no room: what nobody wrote to a file reads as zeros. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { type Member, member } from './tar.ts'

const blocks = (bytes: number): number => Math.ceil(bytes / 512) * 512

/** Zeros that stand behind the data of a member, up to the size it claims. */
const missing = ({ size, data = '' }: Member): number =>
  blocks(size ?? Buffer.from(data).length) - blocks(Buffer.from(data).length)

/** Writes a tar in which every member is as long as it claims. */
export function writeHoles(path: string, members: readonly Member[]): void {
  const out = openSync(path, 'wx')
  let at = 0
  for (const one of members) {
    const bytes = member(one)
    writeSync(out, bytes, 0, bytes.length, at)
    at += bytes.length + missing(one)
  }
  ftruncateSync(out, at + 1024)
  closeSync(out)
}

/** Writes a `docker save` of an image with one layer, whose digest is not the one it claims. */
export function writeImage(path: string, layer: Member): void {
  const config = JSON.stringify({
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: [`sha256:${'a'.repeat(64)}`] },
    history: [{ created_by: 'all of it' }],
    config: {},
  })
  const header = member({ ...layer, data: '' })
  writeHoles(path, [
    { name: 'config.json', data: config },
    { name: 'manifest.json', data: JSON.stringify([{ Config: 'config.json', RepoTags: null, Layers: ['layer.tar'] }]) },
    { name: 'layer.tar', data: header, size: header.length + blocks(layer.size ?? 0) + 1024 },
  ])
}
