import {
  type Cure,
  type Facts,
  givenTo,
  isPlaceholder,
  isSecretName,
  rule,
  type StepFacts,
  shapesIn,
  wholeText,
  withFlag,
  withoutStep,
  writtenIn,
} from '../lib/rule.ts'

export default rule({
  id: 'secret-in-history',
  severity: 'warning',
  title: 'A secret can be read in the history of the image',
  why: `The values of ENV and ARG, and the text of every instruction, stand in the image for everybody who can pull it: a
password given to a program, a header, a token in an address. Hand a secret to one RUN with \`--mount=type=secret\`, and to
the running container when it starts.`,
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
          if (isSecretName(name))
            yield {
              at: step,
              says: `the value of ${name} stands in the history`,
              sure: ships && (value === null || !(isPlaceholder(value) || isDefault(name, value))),
              cures: [secretMount(name, step, facts)],
            }
        for (const { what, sure } of [...givenTo(step, facts), ...writtenIn(step)])
          yield { at: step, says: `${what} stands in the history`, sure }
      }
    for (const { step, what, sure } of shapesIn(facts)) yield { at: step, says: `the history shows ${what}`, sure }
  },
})

/** What a program is delivered with: its own name, as anybody can read (`SONARQUBE_JDBC_PASSWORD=sonar`). */
const isDefault = (name: string, value: string): boolean =>
  value.length > 2 && name.toLowerCase().startsWith(value.toLowerCase())

/** An ARG that RUNs use becomes a secret in their environment. */
function secretMount(name: string, step: StepFacts, facts: Facts): Cure | undefined {
  const { operands } = step.step
  const { traits } = facts.plan
  if (operands.keyword !== 'ARG' || operands.names.length > 1 || !traits.envSecrets) return undefined
  const { steps } = step.stage
  const users = steps.slice(steps.indexOf(step) + 1).filter((one) => new RegExp(`\\b${name}\\b`).test(wholeText(one)))
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
