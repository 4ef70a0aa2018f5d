/**
 * Well-known images by name: what they stand on where the tag does not say, and which of the distribution's packages they
 * bring. Source: their Dockerfiles and the lists of tags of the official images, 2016 to 2026. A plain tag moves: this is
 * what it stood on when last seen.
 */
import { kept } from '../kept.ts'
import type { TagWords } from './name.ts'

/** What is known of a name and the kind of its tag. */
export interface Making {
  /** Word for the release below, as tags have it: `trixie`, `alpine`, `ubi9`; '': not known. */
  readonly release: string
  /** On Debian: it stands on an image without documentation. */
  readonly slim: boolean
  /** Packages that its Dockerfile, or one below it, installs and leaves. */
  readonly packages: readonly string[]
}

/** How an image is made, by name and tag; undefined: no well-known name. */
export function makingOf(familiar: string, { version, flavour }: TagWords): Making | undefined {
  const line = lineOf(familiar)
  if (line === undefined) return undefined
  // `maven:3.8-openjdk-11-slim`, `tomcat:9-jdk11-openjdk`: which image it was made from.
  if (flavour.includes('openjdk') && familiar !== 'openjdk') {
    const number = flavour.flatMap((word) => /^(?:jdk|jre)?(\d+)$/.exec(word)?.[1] ?? [])[0]
    return makingOf('openjdk', { version: number === undefined ? [] : [Number(number)], release: '', flavour })
  }
  const [, stands, full, slim] = line
  const [major, minor = 0] = version
  const asked = major === undefined ? Number.POSITIVE_INFINITY : major * 1000 + minor
  const release = stands
    .split(' ')
    .map((word) => word.split(':') as [string, string?])
    .find(([least, of]) => of === undefined || asked >= rank(least))
  const part = familiar === 'buildpack-deps' ? parts[flavour.join()] : undefined
  // WordPress' command line without a server.
  const cli = familiar === 'wordpress' && flavour.includes('cli')
  const kind = part ?? (flavour.includes('slim') && slim !== undefined ? slim : full)
  const more = flavour.includes('apache') && familiar === 'php' ? ' apache2' : ''
  return {
    release: cli ? 'alpine' : (release?.[1] ?? release?.[0] ?? ''),
    slim: flavour.includes('slim') || kind.startsWith(slimMark),
    packages: (kind + more).split(' ').filter((word) => word !== '' && word !== slimMark),
  }
}

const rank = (version: string): number => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major * 1000 + minor
}

const lineOf = kept(200, (familiar) => lines.find(([names]) => names.split(' ').some((name) => fits(name, familiar))))

/** `jupyter/` stands for all below it. */
const fits = (name: string, familiar: string): boolean =>
  name.endsWith('/') ? familiar.startsWith(name) : name === familiar

/** Before packages: also tags without the word stand on a slim Debian. */
const slimMark = '(slim)'

const curl = 'ca-certificates curl gnupg netbase wget'
const scm = `${curl} git mercurial openssh-client subversion procps`
const buildpack =
  `${scm} autoconf automake bzip2 default-libmysqlclient-dev dpkg-dev file g++ gcc imagemagick libbz2-dev libc6-dev ` +
  'libcurl4-openssl-dev libdb-dev libevent-dev libffi-dev libgdbm-dev libglib2.0-dev libgmp-dev libjpeg-dev libkrb5-dev ' +
  'liblzma-dev libmagickcore-dev libmagickwand-dev libmaxminddb-dev libncurses5-dev libncursesw5-dev libpng-dev ' +
  'libpq-dev libreadline-dev libsqlite3-dev libssl-dev libtool libwebp-dev libxml2-dev libxslt1-dev libyaml-dev make ' +
  'patch unzip xz-utils zlib1g-dev'
/** Kinds of buildpack-deps that are less than all of it. */
const parts: Readonly<Record<string, string>> = { curl, scm }

const php =
  `${slimMark} autoconf dpkg-dev file g++ gcc libc6-dev make pkg-config re2c ca-certificates curl xz-utils libargon2-1 ` +
  'libonig5 libreadline8 libsodium23 libsqlite3-0 libssl3 libxml2'
const site = `${php} apache2`
const temurin = 'ca-certificates curl wget gnupg fontconfig locales p11-kit tzdata'
const dotnet = `${slimMark} ca-certificates tzdata libssl3 libicu72`
const ubuntus = 'noble'
const phps = '8.1:trixie 8:bookworm 0:bullseye'

/** Names, releases by least version of the tag, newest first, packages of other tags and of slim ones. */
const lines: readonly (readonly [names: string, stands: string, full: string, slim?: string])[] = [
  ['buildpack-deps', 'trixie', buildpack],
  [
    'python',
    '3.9:trixie 3.7:bookworm 3.6:bullseye 0:buster',
    `${buildpack} libbluetooth-dev tk-dev uuid-dev`,
    'ca-certificates netbase tzdata',
  ],
  ['pypy', '3.10:trixie 0:bookworm', buildpack, 'ca-certificates'],
  ['node', '26:trixie 16:bookworm 14:bullseye 0:buster', buildpack, ''],
  ['ghost', '5:bookworm 4:bullseye 0:buster', slimMark],
  [
    'ruby',
    '3.2:trixie 3:bookworm 2.7:bullseye 0:buster',
    buildpack,
    'bzip2 ca-certificates libffi-dev libgmp-dev libssl-dev libyaml-dev procps zlib1g-dev',
  ],
  ['rails redmine', '6:trixie 5:bookworm 0:bullseye', `${slimMark} ca-certificates curl git procps`],
  ['golang', '1.24:trixie 1.20:bookworm 1.16:bullseye 0:buster', `${scm} g++ gcc libc6-dev make pkg-config`],
  ['rust', '1.89:trixie 1.70:bookworm 1.55:bullseye 0:buster', buildpack, 'ca-certificates gcc libc6-dev'],
  ['perl', '5.40:trixie 5.36:bookworm 0:bullseye', buildpack, 'ca-certificates'],
  ['gcc', '15:trixie 12:bookworm 10:bullseye 0:buster', buildpack],
  ['erlang elixir', '27:trixie 24:bookworm 1.18:bookworm 1.13:bullseye 0:bullseye', buildpack, 'ca-certificates'],
  ['haskell', '9:bookworm 0:buster', `${slimMark} ${scm} g++ gcc libc6-dev make libgmp-dev xz-utils zlib1g-dev`],
  ['julia', 'trixie', `${slimMark} ca-certificates curl`],
  ['dart', 'bookworm', `${slimMark} ca-certificates curl git openssh-client unzip wget`],
  ['swift', '6:noble 5.6:jammy 0:focal', 'ca-certificates binutils git gnupg2 libc6-dev libgcc-13-dev tzdata unzip'],
  ['php', phps, php],
  ['wordpress drupal joomla nextcloud matomo phpmyadmin yourls backdrop mediawiki owncloud', 'trixie', site],
  ['moodlehq/moodle-php-apache', '8.1:bookworm 0:bullseye', site],
  ['webdevops/', 'jammy', 'ca-certificates curl git unzip'],
  // Java
  ['openjdk', '12:oraclelinux8 0:bullseye', scm, 'ca-certificates'],
  ['eclipse-temurin sapmachine', 'resolute', temurin],
  ['ibm-semeru-runtimes ibmjava', 'jammy', temurin],
  ['azul/zulu-openjdk', 'jammy', temurin],
  ['azul/zulu-openjdk-debian', 'bookworm', '(slim) ca-certificates'],
  ['bellsoft/liberica-openjdk-debian', 'bookworm', '(slim) ca-certificates'],
  ['amazoncorretto', '21:amazonlinux2023 0:amazonlinux2', ''],
  ['maven', ubuntus, `${temurin} git openssh-client procps`],
  ['gradle', ubuntus, `${temurin} git git-lfs mercurial openssh-client subversion unzip`],
  ['tomcat jetty tomee', ubuntus, temurin],
  ['clojure', 'trixie', temurin],
  ['groovy cassandra solr storm zookeeper neo4j sonarqube', 'jammy', temurin],
  ['jenkins/jenkins', 'trixie', 'ca-certificates curl git git-lfs gnupg libfontconfig1 procps tzdata unzip', ''],
  ['apache/spark apache/flink flink', 'jammy', 'ca-certificates wget'],
  // Servers
  [
    'nginx',
    '1.29:trixie 1.24:bookworm 1.21:bullseye 0:buster',
    '(slim) ca-certificates curl gettext-base libxslt1.1 libgd3',
  ],
  [
    'nginxinc/nginx-unprivileged',
    '1.29:trixie 1.24:bookworm 0:bullseye',
    '(slim) ca-certificates curl gettext-base libxslt1.1 libgd3',
  ],
  ['httpd', 'trixie', '(slim) ca-certificates libaprutil1-ldap libldap-common libxml2 libcurl4'],
  ['haproxy', '2.4:trixie 0:bullseye', slimMark],
  ['varnish', '7:bookworm 0:bullseye', '(slim) ca-certificates'],
  ['memcached', 'trixie', '(slim) libevent-2.1-7 libsasl2-2'],
  ['redis valkey/valkey', '6:bookworm 0:bullseye', slimMark],
  [
    'postgres',
    '13:trixie 11:bookworm 0:bullseye',
    '(slim) gnupg less libnss-wrapper locales xz-utils zstd libpq5 libxml2',
  ],
  [
    'postgis/postgis',
    '13:bookworm 0:bullseye',
    '(slim) ca-certificates gnupg less libnss-wrapper locales xz-utils zstd libpq5 libgdal32',
  ],
  ['pgvector/pgvector', '13:bookworm', '(slim) gnupg less libnss-wrapper locales xz-utils zstd libpq5'],
  ['timescale/timescaledb', 'alpine', ''],
  ['mysql', '8:oraclelinux9 5.7:oraclelinux7 0:buster', slimMark],
  ['mariadb', '11.4:noble 10.6:jammy 0:focal', 'ca-certificates gnupg2 libjemalloc2 pwgen tzdata xz-utils zstd'],
  ['percona', 'ubi8', ''],
  ['mongo', '8:noble 6:jammy 0:focal', 'ca-certificates gnupg jq numactl procps'],
  ['mongo-express', 'alpine', ''],
  ['rabbitmq', '4:noble 3.12:jammy 0:focal', 'ca-certificates gosu tzdata'],
  ['couchdb', '3.4:bookworm 0:bullseye', '(slim) ca-certificates curl'],
  ['arangodb', 'alpine', ''],
  ['influxdb telegraf chronograf kapacitor', 'bookworm', curl],
  ['fluent/fluentd', '1:bookworm', '(slim) ca-certificates'],
  ['docker.elastic.co/elasticsearch/elasticsearch elasticsearch', '9:ubi9 8:focal 7:focal 0:centos7', 'curl unzip zip'],
  ['logstash docker.elastic.co/logstash/logstash kibana docker.elastic.co/kibana/kibana', '9:ubi9 0:focal', 'curl'],
  ['odoo', '18:noble 17:jammy 16:bullseye 0:buster', '(slim) ca-certificates curl git gnupg python3-pip xz-utils'],
  ['r-base rocker/r-base', 'testing', ''],
  ['rocker/', '4.4:noble 4.2:jammy 0:focal', 'ca-certificates lsb-release'],
  ['ros osrf/ros', 'noble', 'ca-certificates gnupg2 git build-essential'],
  // Vendors
  ['mcr.microsoft.com/dotnet/sdk', '10:noble 8:bookworm 5:bullseye 0:buster', `${dotnet} curl git wget procps`],
  [
    'mcr.microsoft.com/dotnet/aspnet mcr.microsoft.com/dotnet/runtime mcr.microsoft.com/dotnet/runtime-deps',
    '10:noble 8:bookworm 5:bullseye 0:buster',
    dotnet,
  ],
  [
    'mcr.microsoft.com/playwright mcr.microsoft.com/playwright/python',
    '1.45:noble 1.25:jammy 0:focal',
    'curl wget gpg git',
  ],
  ['mcr.microsoft.com/powershell', 'jammy', 'ca-certificates'],
  ['tensorflow/tensorflow', '2.12:jammy 0:focal', 'curl ca-certificates'],
  ['pytorch/pytorch', '2.1:jammy 0:bionic', 'ca-certificates'],
  ['continuumio/miniconda3 continuumio/anaconda3', 'bookworm', 'bzip2 ca-certificates git openssh-client procps wget'],
  ['condaforge/miniforge3 condaforge/mambaforge', 'noble', 'bzip2 ca-certificates git tini wget'],
  ['mambaorg/micromamba', '2:trixie 1:bookworm', '(slim) ca-certificates'],
  ['quay.io/jupyter/', ubuntus, 'bzip2 ca-certificates locales sudo tini wget'],
  ['jupyter/', 'jammy', 'bzip2 ca-certificates locales sudo tini wget'],
  ['apache/airflow', '2.7:bookworm 0:bullseye', '(slim) ca-certificates curl git openssh-client'],
  ['oven/bun', '1.3:trixie 1:bookworm', slimMark],
  ['denoland/deno', '2.5:trixie 0:bookworm', '(slim) ca-certificates'],
  ['public.ecr.aws/lambda/python', '3.12:amazonlinux2023 0:amazonlinux2', ''],
  ['public.ecr.aws/lambda/nodejs', '20:amazonlinux2023 0:amazonlinux2', ''],
  ['public.ecr.aws/lambda/java', '21:amazonlinux2023 0:amazonlinux2', ''],
  ['public.ecr.aws/lambda/dotnet', '8:amazonlinux2023 0:amazonlinux2', ''],
  [
    'composer docker adminer traefik caddy vault consul registry nats eclipse-mosquitto hashicorp/terraform grafana/grafana rclone/rclone',
    'alpine',
    '',
  ],
]
