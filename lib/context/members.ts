/** What is in an archive of a context. */
import type { Entry } from '../model.ts'

/** How contents begin that are known by the archive they are from. */
export const ofMember = 'member:'

/** The members, each file known by the archive it is from: taken out twice, it is the same. `archive`: what the archive itself is known by. */
export const withContents = (
  members: readonly Entry[] | undefined,
  archive: string | undefined,
): readonly Entry[] | undefined =>
  archive === undefined
    ? members
    : members?.map((one) =>
        one.type === 'file' && one.content === undefined
          ? { ...one, content: `${ofMember}${archive}\0${one.path}` }
          : one,
      )
