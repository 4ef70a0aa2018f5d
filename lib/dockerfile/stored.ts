/** A stage's config in the shape that is stored. Source: history specification, section 8. */
import type { ImageConfig } from '../model.ts'

/** What grows line by line in a stage. */
export interface Collected {
  readonly labels: ReadonlyMap<string, string>
  readonly volumes: ReadonlySet<string>
  readonly ports: ReadonlySet<string>
  readonly triggers: readonly string[]
}

/** What grows line by line, as the config holds it; nothing for what is empty. */
export function collected({
  labels,
  volumes,
  ports,
  triggers,
}: Collected): Pick<ImageConfig, 'Labels' | 'Volumes' | 'ExposedPorts' | 'OnBuild'> {
  const keys = (set: ReadonlySet<string>) => Object.fromEntries([...set].map((key) => [key, {}]))
  return {
    ...(labels.size > 0 && { Labels: Object.fromEntries(labels) }),
    ...(volumes.size > 0 && { Volumes: keys(volumes) }),
    ...(ports.size > 0 && { ExposedPorts: keys(ports) }),
    ...(triggers.length > 0 && { OnBuild: triggers }),
  }
}
