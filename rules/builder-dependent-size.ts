import { bytes, type Entry, rule, written } from '../lib/rule.ts'

/** Are mode and owner known? Those of files nobody has seen are not equal because they are both unknown. */
const isKnown = ({ mode, uid, gid }: Entry): boolean => mode !== null && uid !== null && gid !== null

export default rule({
  id: 'builder-dependent-size',
  severity: 'info',
  title: 'What this costs depends on the storage of the builder',
  why: `A chmod or chown that changes nothing still makes overlay2 copy the whole file into the new layer. Storage that compares
what it stores, as the containerd image store and vfs do, leaves the layer empty. The same Dockerfile is so of two sizes;
without the command it has one.`,
  source: 'https://docs.docker.com/engine/storage/drivers/overlayfs-driver/',
  aliases: [],
  examples: [
    {
      bad: 'FROM alpine:3.20\nCOPY --chmod=755 run.sh /run.sh\nRUN chmod 755 /run.sh\n',
      good: 'FROM alpine:3.20\nCOPY --chmod=755 run.sh /run.sh\n',
      context: { 'run.sh': 400_000 },
    },
  ],
  *check(facts) {
    // The bytes themselves are told by metadata-copy-up; here only why another engine shows other ones.
    for (const { cause, class: kind, killer, bytes: size, entries } of facts.image.losses)
      if (cause === 'metadata' && kind === 'identical' && entries.every(isKnown))
        yield {
          at: killer,
          says: `${written(killer, facts)} changes nothing: ${bytes(size)} on overlay2, none where the storage compares`,
        }
  },
})
