/** All rules, one line each. */
import type { Rule } from '../lib/rule.ts'
import archiveLeft from './archive-left.ts'
import cacheLeft from './cache-left.ts'
import copyFromTooWide from './copy-from-too-wide.ts'
import deletedInLaterLayer from './deleted-in-later-layer.ts'
import hardLinkCopyUp from './hard-link-copy-up.ts'
import identicalRewrite from './identical-rewrite.ts'
import logsLeft from './logs-left.ts'
import metadataCopyUp from './metadata-copy-up.ts'
import movedInLaterLayer from './moved-in-later-layer.ts'
import overwrittenInLaterLayer from './overwritten-in-later-layer.ts'
import packageRemovedLater from './package-removed-later.ts'
import partialRewrite from './partial-rewrite.ts'
import remoteAddDeleted from './remote-add-deleted.ts'
import secretInLayer from './secret-in-layer.ts'
import sparseLog from './sparse-log.ts'
import syntax from './syntax.ts'
import temporaryLeft from './temporary-left.ts'
import vcsLeft from './vcs-left.ts'

export const rules: readonly Rule[] = [
  archiveLeft,
  cacheLeft,
  copyFromTooWide,
  deletedInLaterLayer,
  hardLinkCopyUp,
  identicalRewrite,
  logsLeft,
  metadataCopyUp,
  movedInLaterLayer,
  overwrittenInLaterLayer,
  packageRemovedLater,
  partialRewrite,
  remoteAddDeleted,
  secretInLayer,
  sparseLog,
  syntax,
  temporaryLeft,
  vcsLeft,
]
