import { atBase, bytes, type Loss, rule, squashCure, written } from '../lib/rule.ts'

/** Less is not worth a word: nobody writes `rm` for the bytes then. */
const small = 100_000

/** Folders that packages bring files into which nobody asked for. */
const shared = /^\/usr\/share\/(?:doc|man|info|locale)(?:\/|$)/

/** What packages of the same RUN have there goes too, and that is worth it. */
const isTidied = ({ entries, killer: { step } }: Loss): boolean =>
  entries.every(({ path }) => shared.test(path)) &&
  step.commands.some(
    ({ name, argv }) =>
      /^(?:apt|apt-get|aptitude|dpkg)$/.test(name) && argv.some((word) => /^(?:.*install|upgrade|-i)$/.test(word)),
  )

export default rule({
  id: 'remove-has-no-effect',
  severity: 'warning',
  title: 'Removing files of the base image frees nothing',
  why: `Files of the base are in its layers, which ship whatever happens above them: removing them only hides them. Choose a
smaller base, or flatten the image (squash), which gives up sharing the base's layers with other images.`,
  source: 'https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image',
  aliases: ['slim:ID.20021'],
  examples: [
    {
      bad: 'FROM base\nRUN rm /opt/blob\n',
      good: 'FROM base\nRUN true\n',
      bases: { base: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/opt/blob bs=1M count=8\n' },
    },
  ],
  *check(facts) {
    for (const loss of facts.image.losses) {
      if (loss.writer !== undefined || !/^(?:deleted|uninstalled|moved)$/.test(loss.cause)) continue
      if (isTidied(loss)) continue
      const { killer, bytes: wasted, sure } = loss
      if (wasted.bytes !== null && wasted.bytes < small) continue
      const what = loss.cause === 'moved' ? 'moves' : 'hides'
      yield {
        at: killer,
        says: `${written(killer, facts)} ${what} ${bytes(wasted)} of ${atBase(facts)}: they ship all the same`,
        wasted,
        sure,
        cures: [squashCure(facts)],
      }
    }
  },
})
