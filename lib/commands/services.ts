/** Servers and what belongs to them: Apache's switches, databases set up while building, keys, plugins of applications. */
import { inside, nameOf, parentOf } from '../shell/paths.ts'
import type { Call, Result } from './command.ts'
import { model, unsure } from './command.ts'
import { cache, content, folderOf, madeFile } from './parcels.ts'

// `a2enmod rewrite`: a link to each file of that name that is there. Source: a2enmod(8).
const switches: Readonly<Record<string, readonly [kind: string, on: boolean, endings: readonly string[]]>> = {
  a2enmod: ['mods', true, ['load', 'conf']],
  a2dismod: ['mods', false, ['load', 'conf']],
  a2ensite: ['sites', true, ['conf']],
  a2dissite: ['sites', false, ['conf']],
  a2enconf: ['conf', true, ['conf']],
  a2disconf: ['conf', false, ['conf']],
}

function apache(call: Call): Result {
  const [kind, on, endings] = switches[call.name]!
  for (const word of call.args) {
    const name = word.replace(/\.(conf|load)$/, '')
    for (const ending of endings) {
      const file = `${name}.${ending}`
      const link = `/etc/apache2/${kind}-enabled/${file}`
      if (!on) call.files.remove(link)
      else if (call.files.presence(link) === 'yes') continue
      else {
        const there = call.files.presence(`/etc/apache2/${kind}-available/${file}`)
        const put = (): void => call.files.put(link, { type: 'symlink', link: `../${kind}-available/${file}` })
        if (there === 'yes' || (there !== 'no' && ending === endings[0])) put()
        else if (there !== 'no') call.files.perhaps(put)
      }
    }
  }
  return unsure
}

function openssl(call: Call): Result {
  const { flags, args } = call
  for (const [option, why] of [
    ['-out', 'written by openssl'],
    ['-keyout', 'key made by openssl'],
    ['-writerand', 'random bytes'],
  ] as const) {
    const path = flags.value(option)
    if (path !== undefined && path !== '/dev/null' && path !== '/dev/stdout') madeFile(call, call.path(path), why)
  }
  // Its last operand is how many bits, or a file that is asked.
  return args[0] === 'rand' || args[0] === 'version' ? undefined : unsure
}

// Where databases keep their data, when one is set up while the image is built.
const databases: Readonly<Record<string, string>> = {
  mysqld: '/var/lib/mysql',
  mysqld_safe: '/var/lib/mysql',
  mysql_install_db: '/var/lib/mysql',
  mariadbd: '/var/lib/mysql',
  'mariadb-install-db': '/var/lib/mysql',
  mysql: '/var/lib/mysql',
  mariadb: '/var/lib/mysql',
  mysqladmin: '/var/lib/mysql',
  initdb: '/var/lib/postgresql',
  pg_ctl: '/var/lib/postgresql',
  pg_ctlcluster: '/var/lib/postgresql',
  pg_createcluster: '/var/lib/postgresql',
  psql: '/var/lib/postgresql',
  createdb: '/var/lib/postgresql',
  createuser: '/var/lib/postgresql',
  postgres: '/var/lib/postgresql',
  mongod: '/data/db',
  mongo: '/data/db',
  mongosh: '/data/db',
  'redis-server': '/data',
  slapadd: '/var/lib/ldap',
}

const asked = ['--version', '-V', '--help', '-v', '-t', '-T', '-c']

export default [
  model({ names: Object.keys(switches), run: apache }),
  model({
    names:
      'nginx httpd apache2 apache2ctl apachectl haproxy varnishd sshd php-fpm visudo named-checkconf caddy traefik envoy consul vault redis-cli mysqlsh memcached'.split(
        ' ',
      ),
    run: (call): Result => {
      if (!call.flags.has(...asked, '-vv') && !/^(version|validate|configtest|build-info)$/.test(call.args[0] ?? ''))
        call.files.mystery(call.name, '/var')
      return unsure
    },
  }),
  model({
    names: Object.keys(databases),
    values: ['-D', '--datadir', '--pgdata', '--dbpath'],
    run(call): Result {
      const words = call.command.argv
      if (words.some((word) => word === '--version' || word === '--help' || word === '-V')) return unsure
      const folder = call.flags.value('-D', '--datadir', '--pgdata', '--dbpath') ?? folderOf(call, 'PGDATA')
      content(call, folder === undefined ? databases[call.name]! : call.path(folder), `${call.name}: data`)
      return unsure
    },
  }),
  model({
    names: ['openssl', 'libressl'],
    values:
      '-out -keyout -in -subj -days -config -extensions -newkey -key -CA -CAkey -CAserial -set_serial -pass -passin -passout -rand -writerand -extfile -addext -inkey -certfile -name -reqexts -CAfile'.split(
        ' ',
      ),
    oneDash: true,
    run: openssl,
  }),
  model({
    names: ['rosdep'],
    values: ['--from-paths', '--rosdistro', '--skip-keys', '--os'],
    run(call): Result {
      if (call.args[0] === 'init')
        madeFile(call, '/etc/ros/rosdep/sources.list.d/20-default.list', 'list of sources of rosdep')
      else if (call.args[0] === 'update')
        cache(call, inside(folderOf(call, 'ROS_HOME') ?? inside(call.home, '.ros'), 'rosdep'), 'rosdep cache')
      else if (call.args[0] === 'install') call.files.mystery('rosdep: packages of the distribution')
      return unsure
    },
  }),
  model({
    names: ['colcon', 'catkin_make', 'catkin'],
    values: ['--install-base', '--build-base'],
    run(call): Result {
      for (const [option, folder] of [
        ['--build-base', 'build'],
        ['--install-base', 'install'],
      ] as const)
        content(
          call,
          call.path(call.flags.value(option) ?? (call.name === 'colcon' ? folder : folder.replace('install', 'devel'))),
          `${call.name} ${folder}`,
        )
      if (call.name === 'colcon') cache(call, call.path('log'), 'colcon logs')
      return unsure
    },
  }),
  // Plugins of applications go below the application.
  model({
    names:
      'elasticsearch-plugin opensearch-plugin logstash-plugin kibana-plugin grafana-cli plugin fluent-gem td-agent-gem jenkins-plugin-cli install-plugins.sh wp drush ghost occ rabbitmq-plugins installUtility featureUtility configure.sh features.sh passenger-config confluent-hub'.split(
        ' ',
      ),
    values: ['--plugin-download-dir', '-d', '--pluginsDir', '--dir', '--path', '--install'],
    run(call): Result {
      if (call.flags.has('--version', '--help') || /^(list|--list|version)$/.test(call.args[0] ?? '')) return unsure
      const named = call.flags.value('--plugin-download-dir', '-d', '--pluginsDir', '--dir', '--path', '--install')
      const program = call.command.argv[0]!
      const home = program.includes('/') ? parentOf(parentOf(call.path(program))) : call.path('.')
      content(
        call,
        named === undefined ? home : call.path(named),
        `${call.name}: ${call.args.slice(1).map(nameOf).join(' ') || (call.args[0] ?? '')}`.trim(),
      )
      return unsure
    },
  }),
  model({
    names: ['chroot', 'proot', 'systemd-nspawn'],
    values: ['--userspec', '--groups'],
    early: true,
    run(call): Result {
      const [folder, ...words] = call.args
      if (folder === '/' && words.length > 0) call.also(words)
      else if (folder !== undefined) call.files.mystery(`chroot: ${nameOf(words[0] ?? 'sh')}`, call.path(folder))
      return unsure
    },
  }),
  model({
    names: ['fix-permissions'],
    run(call): Result {
      // It changes what needs it; what an earlier call has seen does not. Source: the script in Jupyter's images.
      const seen = (call.state.get('fix-permissions') as readonly string[] | undefined) ?? []
      const paths = call.args.map(call.path)
      for (const path of paths)
        if (!seen.includes(path)) call.files.restore(path, { mode: null, gid: null, deep: true })
      call.state.set('fix-permissions', [...new Set([...seen, ...paths])].slice(0, 100))
      return unsure
    },
  }),
  model({
    names: ['add-apt-repository', 'apt-add-repository', 'add-apt-key'],
    run(call): Result {
      content(call, '/etc/apt', `${call.name}: ${call.args.at(-1) ?? ''}`.trim())
      if (!call.flags.has('-n', '--no-update')) call.also(['apt-get', 'update'])
      return unsure
    },
  }),
  model({
    names:
      'aws gcloud az gsutil s3cmd mc rclone heroku gh sam vercel terraform-docs xk6 opa cosign yamllint shellcheck shfmt golangci-lint govulncheck gofmt gofumpt hadolint k6 xx-verify xx-info update-binfmts'.split(
        ' ',
      ),
    run(call): Result {
      if (/^(s3|cp|copy|sync|storage|rsync|build|components|extension|download)$/.test(call.args[0] ?? ''))
        call.files.mystery(`${call.name} ${call.args[0]}`, call.path('.'))
      return unsure
    },
  }),
  model({
    names: ['wine', 'wine64', 'wineboot', 'winecfg', 'winetricks'],
    early: true,
    run(call): Result {
      // Made by the first that runs.
      const prefix = folderOf(call, 'WINEPREFIX') ?? inside(call.home, '.wine')
      if (call.files.packagesIn(prefix).length === 0) content(call, prefix, 'wine prefix')
      const [program] = call.args
      if (program !== undefined && call.name !== 'wineboot') call.files.mystery(`${call.name}: ${nameOf(program)}`)
      return unsure
    },
  }),
]
