/** The settings of apt, in its files and on its command line, and the commands they have it run. Source: apt.conf(5). */
import type { Call } from './command.ts'

/** Files of settings; the names tell the order. */
export const settingsFolder = '/etc/apt/apt.conf.d'

/** What stands for no. */
export const off = /^(0|false|no|without|off|disable)$/i

const settingsIn = ({ files }: Pick<Call, 'files'>): readonly string[] =>
  ['/etc/apt/apt.conf', ...files.list(settingsFolder).entries.map(({ path }) => path)].map(
    (path) => files.text(path) ?? '',
  )

/** A setting of apt: options win over files, the last one over the others. */
export function settingOf({ flags, files }: Call, name: string): string | undefined {
  const pattern = new RegExp(`${name}[\\s=]+"?([\\w./-]+)"?`, 'gi')
  return [...settingsIn({ files }), ...flags.all('-o', '--option')]
    .flatMap((text) => [...text.matchAll(pattern)].map(([, value]) => value))
    .at(-1)
}

/** The folder a setting names; undefined: the usual one. */
export function folderOf(call: Call, setting: string): string | undefined {
  const folder = settingOf(call, setting)
  return folder?.startsWith('/') === true ? call.path(folder) : undefined
}

/** Commands that settings of the build have apt run behind dpkg. Source: apt.conf(5), DPkg::Post-Invoke. */
export function hooks(call: Call): void {
  // What they install has no hooks of its own: dpkg's lock is held.
  if (call.state.get(running) === true) return
  call.state.set(running, true)
  for (const text of settingsIn(call))
    for (const [, block = ''] of text.matchAll(/DPkg::Post-Invoke(?:-Success)?\s*\{([^}]*)\}/gi))
      for (const [, script = ''] of block.matchAll(/"([^"]*)"/g)) call.also(['sh', '-c', script])
  call.state.delete(running)
}

const running = 'apt hooks'
