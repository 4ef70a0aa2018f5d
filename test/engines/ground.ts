/** A small image for tests with engines: what it stands on, and a Dockerfile in which later layers hide much of it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tar } from '../tools/tar.ts'

/** The name of what it stands on. */
export const groundName = 'stratigraph-ground'

/** A tar to import under that name: `busybox`, the path of a static one, and links to it. */
export const groundTar = (busybox: string): Uint8Array =>
  tar([
    { name: 'bin/', type: '5' },
    { name: 'bin/busybox', data: readFileSync(busybox), mode: 0o755 },
    ...['sh', 'ls', 'rm', 'mv', 'ln', 'mkdir', 'chmod'].map((name) => ({
      name: `bin/${name}`,
      type: '2' as const,
      link: 'busybox',
    })),
  ])

/** The lines of `tar -tv` of a container, sorted, without what Docker makes for each container that it starts. */
export const imageLines = (listing: string): readonly string[] =>
  listing
    .split('\n')
    .filter((line) => !/:\d\d (?:\.dockerenv|(?:dev|etc|proc|sys)\/.*)$/.test(line))
    .sort()

const dockerfile = `FROM ${groundName}
LABEL a="b c"
RUN mkdir -p /d/e && echo hello > /d/a && echo world > /d/e/b && ln /d/a /d/l && ln -s /d/a /s
COPY large /app/large
RUN chmod 700 /app/large
RUN rm -rf /d/e && mv /d/a /d/c
RUN rm -rf /app && mkdir /app && echo hello > /app/n
ENV X=1
CMD ["ls", "-R", "/d", "/app"]
`

/** Makes the folder, with the Dockerfile and what it copies. */
export function writeContext(folder: string): void {
  mkdirSync(folder)
  writeFileSync(join(folder, 'Dockerfile'), dockerfile)
  writeFileSync(join(folder, 'large'), 'x'.repeat(300_000))
}
