/** What is lost of a real image, as numbers: most of it is summed, and little shown. */
import type { Table } from '../image/table.ts'
import type { Entry, WasteClass } from '../model.ts'
import type { Lost } from './seen.ts'

/** A file that is lost, its entry made when it is asked for. */
export class LostFile implements Lost {
  readonly layer: number
  readonly killer: number
  readonly class: WasteClass
  private readonly table: Table
  private readonly number: number

  constructor(table: Table, number: number, layer: number, killer: number, how: WasteClass) {
    this.table = table
    this.number = number
    this.layer = layer
    this.killer = killer
    this.class = how
  }

  get entry(): Entry {
    return this.table.glimpse(this.number)
  }

  get length(): number {
    return this.table.bytes(this.number)
  }

  get folder(): number {
    return this.table.common.names.parent(this.table.place(this.number))
  }
}
