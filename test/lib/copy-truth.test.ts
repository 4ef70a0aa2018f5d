import { expect } from 'chai'
import { engineOf } from '../tools/compare.ts'
import { predictCase } from '../tools/predict.ts'
import { truthCases } from '../tools/truth.ts'

/** COPY and ADD rows that builders recorded, hash and all. */
describe('recorded hashes of COPY and ADD', () => {
  const engines = ['classic', 'classic-29.7', 'buildah-1.28', 'buildah-1.43']
  /** Nobody can know them, and why. */
  const unknowable: Readonly<Record<string, readonly string[]>> = {
    // The client adds a random name to the ignore file.
    'copy-dockerignore': ['classic', 'classic-29.7'],
    // The bytes are in the layers of an image of which only the digests are known.
    'copy-from-image': ['classic', 'classic-29.7', 'buildah-1.28', 'buildah-1.43'],
    // The owner has a name on the daemon's host.
    'copy-from-stage': ['classic'],
  }
  for (const one of truthCases()) {
    for (const engine of engines) {
      const recorded = (one.engines[engine]?.history ?? []).map(({ created_by }) => created_by)
      const wanted = recorded.filter((row) => / (COPY|ADD) (--\S+ ?)*(file|dir|multi):/.test(row))
      if (wanted.length === 0) continue
      it(`${engine}: ${one.name}`, async () => {
        const { image } = await predictCase(one, engineOf(engine).builder, null)
        const rows = image.rows.map((row) => (row.unpredictable.includes('createdBy') ? undefined : row.createdBy))
        expect(rows).to.have.length(recorded.length)
        const off = recorded.filter((row, i) => wanted.includes(row) && rows[i] !== row)
        if (unknowable[one.name]?.includes(engine) !== true) expect(off).to.deep.equal([])
        else expect(recorded.filter((row, i) => wanted.includes(row) && rows[i] === undefined)).to.deep.equal(off)
      })
    }
  }
})
