/** Who stored what is seen in the end: not who gave it another mode, owner or time in a later layer, and so stored it again. */
import type { Entry } from '../model.ts'
import type { Visible } from '../unionfs/seen.ts'
import type { LayerFacts } from './facts.ts'
import { concerns, type Doer, type Finder, writing } from './losses.ts'

/** Finds who first stored something; undefined: it came with the base. */
export function originIn(
  layers: readonly LayerFacts[],
  find: Finder,
): (file: Pick<Visible, 'entry' | 'layer'>) => Doer | undefined {
  let known: ReadonlyMap<string, readonly Place[]> | undefined
  const places = (entry: Entry): readonly Place[] => {
    known ??= placesIn(layers)
    return known.get(keyOf(entry)) ?? []
  }
  return (file) => {
    let by = find(file.entry, file.layer, writing)
    let at: Place = file
    while (by !== undefined && onlyChanges(by, at.entry)) {
      const before = places(at.entry).findLast(({ layer }) => layer < at.layer)
      const earlier = before && find(before.entry, before.layer, writing)
      if (before === undefined || earlier === undefined) break
      by = earlier
      at = before
    }
    return by
  }
}

interface Place {
  readonly entry: Entry
  readonly layer: number
}

const keyOf = ({ path, type, label = '' }: Entry): string => (type === 'package' ? `${path}\0${label}` : path)

function placesIn(layers: readonly LayerFacts[]): ReadonlyMap<string, readonly Place[]> {
  const found = new Map<string, Place[]>()
  for (const [layer, { layer: own, steps }] of layers.entries())
    if (steps.length > 0)
      for (const entry of own.entries) {
        if (entry.type !== 'file' && entry.type !== 'package') continue
        const places = found.get(keyOf(entry))
        if (places === undefined) found.set(keyOf(entry), [{ entry, layer }])
        else places.push({ entry, layer })
      }
  return found
}

/** Did the command do no more to it than a chmod does? */
function onlyChanges({ command }: Doer, entry: Entry): boolean {
  const touches = command?.deed.touches.filter((touch) => concerns(touch, entry)) ?? []
  return touches.length > 0 && touches.every(({ how }) => how === 'changed')
}
