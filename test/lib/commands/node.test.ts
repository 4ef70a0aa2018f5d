/** What npm, Yarn, pnpm, Bun and Deno leave; the scripts of a project at hand are followed. */
import { expect } from 'chai'
import { predict } from '../../../lib/analyze.ts'
import { chooseBuilder } from '../../../lib/builders/choose.ts'
import { pnpmPackages } from '../../../lib/sizes/node-locks.ts'
import { weighPackages } from '../../../lib/sizes/npm.ts'
import { left } from '../../tools/left.ts'
import { plainGiven } from '../../tools/predict.ts'

type Case = readonly [instructions: readonly string[], left: readonly (readonly string[])[]]

describe('node', () => {
  const lock = `{"packages":{"":{},"node_modules/ms":{"version":"2.1.3","resolved":"x"},"node_modules/no-such":{"version":"1.0.0","dev":true}}}`
  const cases: readonly Case[] = [
    // with a lock file at hand, what is for development goes with a prune
    [
      ['WORKDIR /app', `RUN echo '${lock}' > package-lock.json`, 'RUN npm ci', 'RUN npm prune --omit=dev'],
      [
        ['/app/package-lock.json'],
        [
          '/app/node_modules npm packages',
          '/app/node_modules npm development packages',
          '/app/node_modules/.package-lock.json',
          '/root/.npm/_cacache npm cache !cache',
          '/root/.npm/_logs npm logs !temporary',
        ],
        [
          '-/app/node_modules npm development packages',
          '/app/node_modules/.package-lock.json',
          '/app/package-lock.json',
          '/root/.npm/_logs npm logs 2 !temporary',
        ],
      ],
    ],
    [
      ['WORKDIR /app', 'ENV NPM_CONFIG_OMIT=dev', `RUN echo '${lock}' > package-lock.json`, 'RUN npm ci'],
      [
        ['/app/package-lock.json'],
        [
          '/app/node_modules npm packages',
          '/app/node_modules/.package-lock.json',
          '/root/.npm/_cacache npm cache !cache',
          '/root/.npm/_logs npm logs !temporary',
        ],
      ],
    ],
    [
      ['WORKDIR /app', 'RUN npm ci && npm cache clean --force'],
      [
        [
          '/app/node_modules npm packages',
          '/app/node_modules npm development packages',
          '/root/.npm/_logs npm logs !temporary',
        ],
      ],
    ],
    [
      ['WORKDIR /app', 'RUN npm ci', 'RUN npm cache clean --force'],
      [
        [
          '/app/node_modules npm packages',
          '/app/node_modules npm development packages',
          '/root/.npm/_cacache npm cache !cache',
          '/root/.npm/_logs npm logs !temporary',
        ],
        ['-/root/.npm/_cacache', '/root/.npm/_logs npm logs 2 !temporary'],
      ],
    ],
    [
      ['WORKDIR /app', 'RUN npm install -g typescript @angular/cli@16 && npm i --no-save lodash'],
      [
        [
          '/app/node_modules npm:lodash',
          '/root/.npm/_cacache npm cache !cache',
          '/root/.npm/_logs npm logs !temporary',
          '/usr/local/lib/node_modules/@angular/cli npm:@angular/cli',
          '/usr/local/lib/node_modules/typescript npm:typescript',
        ],
      ],
    ],
    [
      ['ENV NPM_CONFIG_CACHE=/tmp/npm NPM_CONFIG_PREFIX=/opt/npm', 'RUN npm install -g serve'],
      [
        [
          '/opt/npm/lib/node_modules/serve npm:serve',
          '/tmp/npm/_cacache npm cache !cache',
          '/tmp/npm/_logs npm logs !temporary',
        ],
      ],
    ],
    [
      [
        'WORKDIR /app',
        `RUN echo '{"scripts":{"build":"rimraf dist && tsc --outDir lib","postinstall":"touch x"}}' > package.json && npm install --no-package-lock && npm run build`,
      ],
      [
        [
          '/app/lib tsc',
          '/app/node_modules npm packages',
          '/app/package.json',
          '/app/x',
          '/root/.npm/_cacache npm cache !cache',
          '/root/.npm/_logs npm logs !temporary',
        ],
      ],
    ],
    [
      ['WORKDIR /app', 'RUN npm run build && npm prune --production'],
      [['/app npm run build ?', '/root/.npm/_logs npm logs !temporary']],
    ],
    [['WORKDIR /app', 'RUN npm ci && npm uninstall left-pad && rm -rf node_modules ~/.npm'], [[]]],
    [['RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev'], [['/node_modules npm packages']]],
    [
      ['RUN npx create-x && npx -y cowsay@1 hi'],
      [
        [
          '/root/.npm/_cacache npm cache !cache',
          '/root/.npm/_logs npm logs !temporary',
          '/root/.npm/_npx npx: create-x',
          '/root/.npm/_npx npx: cowsay',
        ],
      ],
    ],
    [
      ['WORKDIR /app', 'RUN yarn install --frozen-lockfile && yarn build && yarn cache clean && rm -rf /tmp/v8*'],
      [['/app yarn run build ?', '/app/node_modules npm packages', '/app/node_modules npm development packages']],
    ],
    [
      ['WORKDIR /app', 'RUN yarn --production', 'RUN yarn cache clean'],
      [
        [
          '/app/node_modules npm packages',
          '/tmp/v8-compile-cache-0 yarn compile cache !temporary',
          '/usr/local/share/.cache/yarn yarn cache !cache',
        ],
        ['/tmp/v8-compile-cache-0 yarn compile cache !temporary', '-/usr/local/share/.cache/yarn'],
      ],
    ],
    [
      ['WORKDIR /app', 'RUN yarn'],
      [
        [
          '/app/node_modules npm packages',
          '/app/node_modules npm development packages',
          '/tmp/v8-compile-cache-0 yarn compile cache !temporary',
          '/usr/local/share/.cache/yarn yarn cache !cache',
        ],
      ],
    ],
    [
      ['WORKDIR /app', 'RUN corepack enable && yarn set version 4 && yarn install'],
      [
        [
          '/app/.pnp.cjs',
          '/app/.yarn/install-state.gz',
          '/app/.yarn/releases yarn: 4',
          '/root/.cache/node/corepack corepack: yarn',
          // programs are loaded from there
          '/root/.yarn/berry/cache yarn archives',
          '/usr/local/bin/pnpm',
          '/usr/local/bin/pnpx',
          '/usr/local/bin/yarn',
          '/usr/local/bin/yarnpkg',
        ],
      ],
    ],
    [
      [
        'WORKDIR /app',
        "RUN echo 'nodeLinker: node-modules' > .yarnrc.yml && yarn install --immutable && yarn cache clean",
      ],
      [
        [
          '/app/.yarn/install-state.gz',
          '/app/.yarnrc.yml',
          '/app/node_modules npm packages',
          '/app/node_modules npm development packages',
          // the first version starts the later one
          '/tmp/v8-compile-cache-0 yarn compile cache !temporary',
        ],
      ],
    ],
    // the lock file at hand says what the archives hold
    [
      [
        'WORKDIR /app',
        `RUN printf '__metadata:\\n  cacheKey: 10c0\\n\\n"ms@npm:2":\\n  version: 2.1.3\\n  resolution: "ms@npm:2.1.3"\\n' > yarn.lock && echo 'yarnPath: x' > .yarnrc.yml`,
        'RUN yarn install --immutable',
      ],
      [
        ['/app/.yarnrc.yml', '/app/yarn.lock'],
        [
          '/app/.pnp.cjs',
          '/app/.yarn/install-state.gz',
          '/app/.yarn/unplugged npm packages outside of archives',
          '/root/.yarn/berry/cache yarn archives',
          '/tmp/v8-compile-cache-0 yarn compile cache !temporary',
        ],
      ],
    ],
    [
      ['RUN yarn global add serve'],
      [
        [
          '/tmp/v8-compile-cache-0 yarn compile cache !temporary',
          '/usr/local/share/.cache/yarn yarn cache !cache',
          '/usr/local/share/.config/yarn/global npm:serve',
        ],
      ],
    ],
    [
      [
        'WORKDIR /app',
        'RUN corepack enable && corepack prepare pnpm@9 --activate && pnpm install --frozen-lockfile --prod',
      ],
      [
        [
          '/app/node_modules npm packages',
          '/root/.cache/node/corepack corepack: pnpm@9',
          '/root/.local/share/pnpm/store pnpm store !cache',
          '/usr/local/bin/pnpm',
          '/usr/local/bin/pnpx',
          '/usr/local/bin/yarn',
          '/usr/local/bin/yarnpkg',
        ],
      ],
    ],
    [
      [
        'ENV PNPM_HOME=/pnpm',
        'RUN --mount=type=cache,id=pnpm,target=/pnpm/store pnpm install && pnpm deploy --filter=api --prod /out',
      ],
      [
        [
          '/node_modules npm packages',
          '/node_modules npm development packages',
          '/out pnpm deploy api',
          '/root/.cache/pnpm pnpm cache !cache',
          '/root/.cache/pnpm/metadata metadata of pnpm !cache',
        ],
      ],
    ],
    [
      ['RUN bun install --production && bun run build'],
      [['/ bun run build ?', '/node_modules npm packages', '/root/.bun/install/cache bun cache !cache']],
    ],
    [
      ['RUN deno cache main.ts && deno compile -o /bin/app main.ts'],
      [['/bin/app', '/root/.cache/deno deno: project dependencies', '/root/.cache/deno deno cache !cache ?']],
    ],
    [
      ['RUN webpack && next build && tsc -p . && vite build --outDir /o'],
      [
        [
          '/ tsc ?',
          '/.next next build',
          '/dist webpack',
          '/node_modules/.cache webpack cache !cache',
          '/node_modules/.vite vite cache !cache',
          '/o vite build',
        ],
      ],
    ],
  ]
  for (const [instructions, expected] of cases)
    it(instructions.join(' / ').slice(0, 120), () => expect(left(instructions)).to.deep.equal(expected))

  it('pnpm stores what packages have alike once', () => {
    const lock =
      "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      ms:\n        specifier: ^2.0.0\n        version: 2.1.3\npackages:\n  ms@2.1.3:\n    engines: {}\nsnapshots:\n  ms@2.1.3: {}\n"
    const text = `FROM node:22\nWORKDIR /app\nCOPY <<EOF pnpm-lock.yaml\n${lock}EOF\nRUN pnpm install --frozen-lockfile\n`
    const { image } = predict(text, plainGiven(chooseBuilder('buildkit')))
    const stored = image.layers.at(-1)?.entries.find(({ label }) => label === 'npm packages')?.size
    const platform = { os: 'linux', cpu: 'x64', libc: 'glibc' } as const
    const { unpacked } = weighPackages(pnpmPackages(lock, { platform, omitDev: false }) ?? [])
    expect(unpacked.bytes).to.be.greaterThan(0)
    expect(stored).to.include({
      bytes: unpacked.bytes,
      low: Math.floor(unpacked.low * 0.88),
      high: unpacked.high,
      basis: 'heuristic',
    })
  })
})
