/** Small Dockerfiles that nobody wrote: file operations at random, the same for the same seed. Commands may fail, the build does not. */
import type { Buildable } from '../tools/engine.ts'
import { random } from '../tools/random.ts'
import type { TruthFile } from '../tools/truth.ts'

const paths = ['/a', '/b', '/d', '/d/x', '/d/y', '/d/e', '/d/e/z', '/w', '/w/x', '/tmp/t', 'x', 'e/q', '/l']
const folders = ['/d', '/d/e', '/w', '/n', '/n/m', 'e']
const modes = ['600', '755', '4711', 'u+x', 'a=r', 'go-rwx', 'u=rwX,go=rX']
const owners = ['5', '5:6', ':7', '0:0']

const file = (path: string, text: string, mode = 0o644): TruthFile => ({ path, mode, bytes: Buffer.from(text) })

/** What every case finds in its context. */
const context: readonly TruthFile[] = [
  file('c/one', '1\n'),
  file('c/sub/two', 'two\n', 0o755),
  file('f', 'from the context\n'),
  file('s.sh', '#!/bin/sh\necho run > /ran\n', 0o755),
]

/** The case of a seed. */
export function randomCase(seed: number): Buildable {
  const pick = random(seed)
  const one = <T>(list: readonly T[]): T => list[pick(list.length)]!
  const p = () => one(paths)
  const f = () => one(folders)
  const word = () => one(['x', 'yy', 'zzz', 'a b', 'one two three', ''])

  const simple: readonly (() => string)[] = [
    () => `echo ${word()} > ${p()}`,
    () => `echo ${word()} >> ${p()}`,
    () => `printf '${one(['x', 'a\\n', '%s-'])}' ${word()} > ${p()}`,
    () => `: > ${p()}`,
    () => `touch ${p()} ${p()}`,
    () => `mkdir ${f()}`,
    () => `mkdir -p ${f()}/k`,
    () => `mkdir -m 700 ${f()}`,
    () => `cp ${p()} ${p()}`,
    () => `cp -r ${f()} ${p()}`,
    () => `cp -a ${p()} ${f()}`,
    () => `cp -p ${p()} ${p()}`,
    () => `mv ${p()} ${p()}`,
    () => `mv ${f()} ${f()}`,
    () => `rm ${p()}`,
    () => `rm -f ${p()} ${p()}`,
    () => `rm -rf ${p()}`,
    () => `rm -rf ${f()}/*`,
    () => `ln -s ${p()} ${p()}`,
    () => `ln -sf ${p()} ${p()}`,
    () => `ln ${p()} ${p()}`,
    () => `chmod ${one(modes)} ${p()}`,
    () => `chmod -R ${one(modes)} ${f()}`,
    () => `chown ${one(owners)} ${p()}`,
    () => `chown -R ${one(owners)} ${f()}`,
    () => `chown -h ${one(owners)} ${p()}`,
    () => `dd if=/dev/zero of=${p()} bs=${one(['1', '10', '1k'])} count=${pick(5)}`,
    () => `sed -i s/x/longer/ ${p()}`,
    () => `cat ${p()} ${p()} > ${p()}`,
    () => `(cd ${f()} && echo ${word()} > z)`,
    () => `cd ${f()}`,
    () => `for i in 1 2; do echo $i > ${f()}/f$i; done`,
    () => `for i in ${f()}/*; do cp $i $i.c; done`,
    () => `if [ -f ${p()} ]; then echo yes > ${p()}; else echo no > ${p()}; fi`,
    () => `[ -d ${f()} ] && touch ${f()}/d`,
    () => `[ -e ${p()} ] || mkdir ${p()}`,
    () => `{ echo ${word()}; echo ${word()}; } > ${p()}`,
    () => `find ${f()} -type f -exec rm {} \\;`,
    () => `find ${f()} -name 'x*' -delete`,
    () => `ls ${f()} > ${p()}`,
    () =>
      `mkdir -p ${f()} && tar -c -f /t.tar -C ${f()} . && mkdir -p ${f()} && tar -x -f /t.tar -C ${f()}; rm -f /t.tar`,
    () => `umask 077; touch ${p()}`,
    () => `ln -s ${f()} /link; echo x > /link/y`,
    () => `x=$(cat ${p()}); echo "$x" > ${p()}`,
  ]
  const run = () => {
    const commands = Array.from({ length: 1 + pick(4) }, () => one(simple)())
    return `RUN ${commands.map((command) => `${command}${one([';', ';', ';', ' &&', ' ||'])}`).join(' ')} true\n`
  }
  const instruction: readonly (() => string)[] = [
    run,
    run,
    run,
    run,
    () => `COPY ${one(['f', 'c', 'c/sub', '.', 's.sh'])} ${p()}\n`,
    () => `COPY f ${f()}/\n`,
    () => `COPY --chown=${one(['5:6', '7'])} c ${f()}\n`,
    () => `ADD f c ${f()}/\n`,
    () => `WORKDIR ${f()}\n`,
    () => `USER ${one(['5', '5:6', '0'])}\n`,
    () => `VOLUME ${f()}\n`,
    () => `COPY s.sh ${f()}/\nRUN ${f()}/s.sh; sh ${p()}; true\n`,
  ]
  const body = (count: number) => Array.from({ length: count }, () => one(instruction)()).join('')
  const first = pick(3) === 0 ? `FROM busybox:local AS first\n${body(1 + pick(3))}` : ''
  const again = first === '' ? '' : `COPY --from=first ${one(['/d', '/w', '/a', '/tmp'])} ${p()}\n`
  const text = `${first}FROM busybox:local\n${body(1 + pick(4))}${pick(4) === 0 ? again : ''}${body(pick(3))}`
  return { name: `random-${seed}`, dockerfile: text, context, args: {} }
}
