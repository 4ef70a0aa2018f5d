import { rule } from '../lib/rule.ts'

export default rule({
  id: 'shell-form-command',
  severity: 'info',
  title: 'The command of the image is started by a shell',
  why: `In shell form a shell is process 1 and the program its child: signals such as SIGTERM reach the shell, which does not
pass them on, and the container is killed after the grace period. The JSON form starts the program itself. Where a shell is
meant, say so with SHELL, or name it in the JSON form.`,
  source: 'https://docs.docker.com/reference/build-checks/json-args-recommended/',
  aliases: ['buildkit:JSONArgsRecommended', 'hadolint:DL3025'],
  examples: [{ bad: 'FROM alpine:3.20\nCMD sleep 60\n', good: 'FROM alpine:3.20\nCMD ["sleep", "60"]\n' }],
  *check({ stages }) {
    for (const { steps } of stages)
      for (const { step, keyword, span } of steps) {
        const { operands } = step
        if ((operands.keyword !== 'CMD' && operands.keyword !== 'ENTRYPOINT') || step.triggered) continue
        if (operands.command.shell && !step.before.shellGiven)
          yield {
            at: { span },
            says: `${keyword} in shell form: the program is a child of the shell and gets no signals`,
          }
      }
  },
})
