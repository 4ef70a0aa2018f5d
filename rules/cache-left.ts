import {
  bytes,
  cacheCures,
  isForOthers,
  isLog,
  isVcs,
  neededAtStart,
  rule,
  type Size,
  type StepFacts,
} from '../lib/rule.ts'

/** Too little to speak up about, surely or as a rule of thumb: what a clean-up of the tool itself leaves. */
const isSmall = ({ bytes: likely, high, basis }: Size): boolean =>
  (high !== null && high < 100_000) || (basis === 'heuristic' && likely !== null && likely < 100_000)

/** From another stage or image: told by copy-from-too-wide. */
const isCopied = ({ step }: StepFacts): boolean => step.operands.keyword === 'COPY' && step.operands.flags.from !== null

export default rule({
  id: 'cache-left',
  severity: 'warning',
  title: 'A download cache stays in the image',
  why: `A package index or a download cache is needed while installing and never after. Left in place it ships with every
pull and goes stale within days. Remove it in the RUN that made it: a later RUN only hides it. A cache mount keeps it out
of the image as well, and makes the next build faster.`,
  source: 'https://docs.docker.com/build/building/best-practices/#run',
  aliases: [
    'hadolint:DL3009',
    'hadolint:DL3019',
    'hadolint:DL3032',
    'hadolint:DL3036',
    'hadolint:DL3040',
    'hadolint:DL3042',
    'hadolint:DL3060',
    'trivy:DS-0015',
    'trivy:DS-0019',
    'trivy:DS-0020',
    'trivy:DS-0025',
    'trivy:DS-0027',
    'dockerfilelint:apt-get_missing_rm',
    'dockerfilelint:apkadd-missing_nocache_or_updaterm',
    'parfum:aptGetInstallThenRemoveAptLists',
    'parfum:apkAddUseNoCache',
    'parfum:pipUseNoCacheDir',
    'parfum:npmCacheCleanAfterInstall',
    'parfum:yarnCacheCleanAfterInstall',
    'parfum:yumInstallRmVarCacheYum',
  ],
  examples: [
    {
      bad: 'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl\n',
      good: 'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      bad: 'FROM python:3.13-slim\nRUN pip install flask\n',
      good: 'FROM python:3.13-slim\nRUN pip install --no-cache-dir flask\n',
    },
  ],
  *check(facts) {
    for (const one of facts.image.left) {
      const { kind, label, bytes: wasted, by, sure } = one
      if (kind !== 'cache' || isVcs(one) || isLog(one) || isCopied(by.step) || neededAtStart(label, facts)) continue
      yield {
        at: by,
        says: `${label}: ${bytes(wasted)} that nothing in the image needs`,
        wasted,
        sure: sure && !isForOthers(one, facts),
        cures: cacheCures(one, facts),
        ...(isSmall(wasted) && { severity: 'info' }),
      }
    }
  },
})
