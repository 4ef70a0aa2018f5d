/** Whether a layer stores something twice: then what is in its tar is more than what is left of it. */
import { isMark, type Table } from './table.ts'

/** What a path was seen as. */
const [unseen, folder, thing, parent] = [0, 1, 2, 3]

/** Whether something is stored in the place of something else: a path is there twice, or in what is no folder. */
export function repeats(table: Table): boolean {
  const seen = new Uint8Array(table.common.names.count)
  return isTwiceIn(table, seen) || isInsideIn(table, seen)
}

/** Whether a path is there twice; notes what is there. */
function isTwiceIn(table: Table, seen: Uint8Array): boolean {
  for (let number = 0; number < table.count; number++) {
    const type = table.type(number)
    if (isMark(type)) continue
    const place = table.place(number)
    if (seen[place] !== unseen) return true
    seen[place] = type === 'dir' ? folder : thing
  }
  return false
}

function isInsideIn(table: Table, seen: Uint8Array): boolean {
  const { names } = table.common
  for (let number = 0; number < table.count; number++) {
    if (isMark(table.type(number))) continue
    for (let at = names.parent(table.place(number)); at !== 0 && seen[at] !== parent; at = names.parent(at)) {
      if (seen[at] === thing) return true
      seen[at] = parent
    }
  }
  return false
}
