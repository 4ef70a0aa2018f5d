import { type Cure, type Facts, rule, type StepFacts, withFlag, withoutStep } from '../lib/rule.ts'

const secret = /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i
const harmless = /(?:^|_)(?:public|file|version)(?:_|$)/i
/** Fingerprints of public keys, and texts that stand for something. */
const open = /^(?:(?:0x)?[0-9a-f]{16,40}|changeme|change-me|example|dummy|xxx+)?$/i

/** Shapes that services give their tokens, and credentials inside an address. */
const shapes: readonly (readonly [what: string, shape: RegExp])[] = [
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})/],
  ['a GitLab token', /\bglpat-[A-Za-z0-9_-]{20,}/],
  ['an AWS access key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a PyPI token', /\bpypi-[A-Za-z0-9_-]{50,}/],
  ['a Slack token', /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
  ['a Stripe key', /\b[rs]k_live_[A-Za-z0-9]{20,}/],
  ['a Google API key', /\bAIza[A-Za-z0-9_-]{35}\b/],
  ['a private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/],
  ['a password in an address', /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@$"']{1,64}:[^\s/@${}<>"']{1,128}@[\w.-]/],
]

export default rule({
  id: 'secret-in-history',
  severity: 'warning',
  title: 'A secret can be read in the history of the image',
  why: `The values of ENV and ARG, and the text of every instruction, stand in the image for everybody who can pull it. Hand a
secret to one RUN with \`--mount=type=secret\`, and to the running container when it starts.`,
  source: 'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/',
  aliases: ['buildkit:SecretsUsedInArgOrEnv', 'hadolint:DL3064', 'trivy:DS-0031'],
  examples: [
    {
      bad: 'FROM alpine:3.20\nARG NPM_TOKEN\nRUN echo "$NPM_TOKEN" | wc -c\n',
      good: 'FROM alpine:3.20\nRUN --mount=type=secret,id=npm,env=NPM_TOKEN echo "$NPM_TOKEN" | wc -c\n',
    },
  ],
  *check(facts) {
    for (const { steps, ships } of facts.stages)
      for (const step of steps) {
        if (step.step.triggered) continue
        for (const [name, value] of namesOf(step))
          if (secret.test(name) && !harmless.test(name))
            yield {
              at: step,
              says: `the value of ${name} stands in the history`,
              sure: ships && (value === null || !open.test(value)),
              cures: [secretMount(name, step, facts)],
            }
      }
    yield* tokens(facts)
  },
})

/** An ARG that RUNs use becomes a secret in their environment. */
function secretMount(name: string, step: StepFacts, facts: Facts): Cure | undefined {
  const { operands } = step.step
  const { traits } = facts.plan
  if (operands.keyword !== 'ARG' || operands.names.length > 1 || !traits.envSecrets) return undefined
  const { steps } = step.stage
  const users = steps
    .slice(steps.indexOf(step) + 1)
    .filter(({ instruction: { text, heredocs } }) =>
      new RegExp(`\\b${name}\\b`).test([text, ...heredocs.map(({ body }) => body)].join('\n')),
    )
  if (users.length === 0 || users.some(({ keyword }) => keyword !== 'RUN')) return undefined
  const mounts = users.map((one) => withFlag(one, `--mount=type=secret,id=${name},env=${name}`))
  return {
    title: `hand it over as a secret: docker build --secret id=${name}`,
    safe: false,
    edits: [withoutStep(step, facts), ...mounts],
  }
}

function namesOf({ step: { operands } }: StepFacts): readonly (readonly [name: string, value: string | null])[] {
  if (operands.keyword === 'ARG') return operands.names
  return operands.keyword === 'ENV' ? operands.pairs : []
}

/** Secrets told by their shape, wherever a row of the image shows them. */
function* tokens({ image }: Facts) {
  for (const { row, step } of image.rows) {
    const [what] = step === undefined ? [] : (shapes.find(([, shape]) => shape.test(row.createdBy)) ?? [])
    if (step !== undefined && what !== undefined) yield { at: step, says: `the history shows ${what}` }
  }
}
