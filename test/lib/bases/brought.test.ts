import { expect } from 'chai'
import { broughtBy } from '../../../lib/bases/brought.ts'
import { predict } from '../../../lib/index.ts'
import { lintText } from '../../tools/lint.ts'

describe('what well-known images bring', () => {
  const cases: readonly (readonly [from: string, run: string, rule: string | undefined])[] = [
    ['node:22-bookworm-slim', 'rm -rf /opt/yarn-*', 'remove-has-no-effect'],
    ['node:22-alpine', 'rm -rf /opt/yarn-v1.22.22 /usr/local/bin/yarn', 'remove-has-no-effect'],
    ['registry.example/hub/library/node:22', 'rm -rf /usr/local/lib/node_modules/npm', 'remove-has-no-effect'],
    ['tomcat:9.0-jdk17', 'rm -rf /usr/local/tomcat/webapps.dist', 'remove-has-no-effect'],
    ['tomcat:8', 'rm -rf /usr/local/tomcat/webapps.dist', 'remove-has-no-effect'],
    ['tomcat:8', 'rm -rf $CATALINA_HOME/webapps.dist', 'remove-has-no-effect'],
    ['php:8.3-fpm', 'docker-php-ext-install bcmath && rm -f /usr/src/php.tar.xz*', 'remove-has-no-effect'],
    ['node:22', 'chown -R node:node /usr/local/lib/node_modules', 'metadata-copy-up'],
    ['nginx:1.27', 'rm /etc/nginx/conf.d/default.conf', undefined],
    ['nginx:1.27', 'rm -rf /usr/share/nginx/html/*', undefined],
    ['php:8.3-apache', 'rm -rf /var/www/html/*', undefined],
    ['node:22', 'rm -rf /opt/app', undefined],
    ['eclipse-temurin:17-jdk', 'rm -rf $JAVA_HOME/jmods /opt/java/openjdk/lib/src.zip', 'remove-has-no-effect'],
    ['debian:12', 'rm -rf /usr/share/doc /usr/share/man', 'remove-has-no-effect'],
    ['python:3.12', 'rm -rf /usr/share/doc/*', 'remove-has-no-effect'],
    ['ubuntu:22.04', 'rm -rf /usr/share/man', undefined],
    ['ubuntu:22.04', 'rm -f /usr/bin/perl', 'remove-has-no-effect'],
    ['debian:12-slim', 'apt-get install -y git && rm -rf /usr/share/doc', undefined],
    ['gcr.io/distroless/base-debian12', 'rm -rf /usr/share/doc', undefined],
    ['alpine:3.20', 'rm -rf /usr/share/doc', undefined],
    ['company/node:22', 'rm -rf /opt/yarn-v1.22.22', undefined],
  ]
  for (const [from, run, rule] of cases)
    it(`${from}: ${run}`, () => {
      const { findings } = lintText(`FROM ${from}\nRUN ${run}\n`, {}, { trials: 0 })
      const alarms = findings.flatMap(({ severity, wasted, rule: id }) =>
        severity === 'warning' && wasted !== undefined ? [id] : [],
      )
      expect(alarms).to.deep.equal(rule === undefined ? [] : [rule])
    })

  it('is in the image and in none of its rows', () => {
    const { image } = predict('FROM php:0.0\nRUN rm /usr/src/php.tar.xz\n', { base: () => undefined })
    expect(image.rows.map(({ createdBy }) => createdBy.slice(0, 20))).to.deep.equal([
      '<unknown base php:0.',
      'RUN /bin/sh -c rm /u',
    ])
    expect(image.rows.map(({ size }) => size.bytes)).to.deep.equal([null, 0])
    expect(image.layers[0]?.entries[0]?.size).to.include({ low: 9_500_000, basis: 'heuristic' })
    expect(image.layers[1]?.entries.map(({ type, path }) => [type, path])).to.deep.include([
      'whiteout',
      '/usr/src/php.tar.xz',
    ])
  })

  it('says nothing of sizes that nobody has counted', () => {
    for (const { size, path } of broughtBy('tomcat:10'))
      if (path.startsWith('/usr/local/tomcat')) expect(size.basis).to.equal('unknown')
    expect(broughtBy('company/app:1')).to.deep.equal([])
  })
})
