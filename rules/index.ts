/** All rules, one line each. */
import type { Rule } from '../lib/rule.ts'
import archiveLeft from './archive-left.ts'
import baseLargerThanNeeded from './base-larger-than-needed.ts'
import basePlatformMismatch from './base-platform-mismatch.ts'
import blankSeparatedPair from './blank-separated-pair.ts'
import buildToolsInFinalStage from './build-tools-in-final-stage.ts'
import builderDependentSize from './builder-dependent-size.ts'
import builderRefuses from './builder-refuses.ts'
import cacheLeft from './cache-left.ts'
import cacheOrder from './cache-order.ts'
import contextUnneeded from './context-unneeded.ts'
import copyFromTooWide from './copy-from-too-wide.ts'
import deletedInLaterLayer from './deleted-in-later-layer.ts'
import devDependenciesInFinalStage from './dev-dependencies-in-final-stage.ts'
import docsLeft from './docs-left.ts'
import emptyContinuation from './empty-continuation.ts'
import fixedPlatform from './fixed-platform.ts'
import fromAsCasing from './from-as-casing.ts'
import fromWithoutDefault from './from-without-default.ts'
import hardLinkCopyUp from './hard-link-copy-up.ts'
import identicalRewrite from './identical-rewrite.ts'
import ignoreWithoutReason from './ignore-without-reason.ts'
import ignoredFileCopied from './ignored-file-copied.ts'
import keywordCasing from './keyword-casing.ts'
import logsLeft from './logs-left.ts'
import maintainerDeprecated from './maintainer-deprecated.ts'
import metadataCopyUp from './metadata-copy-up.ts'
import misplacedDescription from './misplaced-description.ts'
import movedInLaterLayer from './moved-in-later-layer.ts'
import overriddenInstruction from './overridden-instruction.ts'
import overwrittenInLaterLayer from './overwritten-in-later-layer.ts'
import packageRemovedLater from './package-removed-later.ts'
import partialRewrite from './partial-rewrite.ts'
import portMappingExposed from './port-mapping-exposed.ts'
import portProtocolCasing from './port-protocol-casing.ts'
import recommendsInstalled from './recommends-installed.ts'
import redundantPlatform from './redundant-platform.ts'
import relativeWorkdir from './relative-workdir.ts'
import remoteAddDeleted from './remote-add-deleted.ts'
import removeHasNoEffect from './remove-has-no-effect.ts'
import runsWorthMerging from './runs-worth-merging.ts'
import secretInHistory from './secret-in-history.ts'
import secretInLayer from './secret-in-layer.ts'
import shellFormCommand from './shell-form-command.ts'
import sparseLog from './sparse-log.ts'
import squashWorthwhile from './squash-worthwhile.ts'
import stageNameCasing from './stage-name-casing.ts'
import stageNameDuplicate from './stage-name-duplicate.ts'
import stageNameReserved from './stage-name-reserved.ts'
import syntax from './syntax.ts'
import temporaryLeft from './temporary-left.ts'
import tooManyLayers from './too-many-layers.ts'
import undefinedFromArgument from './undefined-from-argument.ts'
import undefinedVariable from './undefined-variable.ts'
import unpredictableRow from './unpredictable-row.ts'
import unreachableStage from './unreachable-stage.ts'
import unusedIgnore from './unused-ignore.ts'
import updateAlone from './update-alone.ts'
import upgradeDuplicatesBase from './upgrade-duplicates-base.ts'
import vcsLeft from './vcs-left.ts'
import wholeContextCopied from './whole-context-copied.ts'

export const rules: readonly Rule[] = [
  archiveLeft,
  baseLargerThanNeeded,
  basePlatformMismatch,
  blankSeparatedPair,
  buildToolsInFinalStage,
  builderDependentSize,
  builderRefuses,
  cacheLeft,
  cacheOrder,
  contextUnneeded,
  copyFromTooWide,
  deletedInLaterLayer,
  devDependenciesInFinalStage,
  docsLeft,
  emptyContinuation,
  fixedPlatform,
  fromAsCasing,
  fromWithoutDefault,
  hardLinkCopyUp,
  identicalRewrite,
  ignoreWithoutReason,
  ignoredFileCopied,
  keywordCasing,
  logsLeft,
  maintainerDeprecated,
  metadataCopyUp,
  misplacedDescription,
  movedInLaterLayer,
  overriddenInstruction,
  overwrittenInLaterLayer,
  packageRemovedLater,
  partialRewrite,
  portMappingExposed,
  portProtocolCasing,
  recommendsInstalled,
  redundantPlatform,
  relativeWorkdir,
  remoteAddDeleted,
  removeHasNoEffect,
  runsWorthMerging,
  secretInHistory,
  secretInLayer,
  shellFormCommand,
  sparseLog,
  squashWorthwhile,
  stageNameCasing,
  stageNameDuplicate,
  stageNameReserved,
  syntax,
  temporaryLeft,
  tooManyLayers,
  undefinedFromArgument,
  undefinedVariable,
  unpredictableRow,
  unreachableStage,
  unusedIgnore,
  updateAlone,
  upgradeDuplicatesBase,
  vcsLeft,
  wholeContextCopied,
]
