/** What package managers of distributions leave: packages, databases, caches. */
import { expect } from 'chai'
import { left } from '../../tools/left.ts'

type Case = readonly [instructions: readonly string[], left: readonly (readonly string[])[]]

describe('distributions', () => {
  const cases: readonly Case[] = [
    [
      ['RUN apk add curl bash'],
      [['/ apk:curl', '/ apk:bash', '/lib/apk/db/installed', '/var/cache/apk apk index !cache']],
    ],
    [
      ["RUN apk add --no-cache curl=8.9-r0 bash~5 'so:libx.so.1'"],
      [['/ apk:curl', '/ apk:bash', '/ apk:so:libx.so.1', '/lib/apk/db/installed']],
    ],
    // a virtual package goes with what only it asked for
    [
      ['RUN apk add --no-cache --virtual .deps gcc make && apk add --no-cache gcc && apk del .deps'],
      [['/ apk:gcc', '/lib/apk/db/installed']],
    ],
    [
      ['RUN apk add --no-cache -t .deps gcc', 'RUN apk del .deps'],
      [
        ['/ apk:gcc', '/lib/apk/db/installed'],
        ['-/ apk:gcc', '/lib/apk/db/installed'],
      ],
    ],
    [['RUN --mount=type=cache,target=/var/cache/apk apk add curl'], [['/ apk:curl', '/lib/apk/db/installed']]],
    [
      ['RUN apk update && apk upgrade && rm -rf /var/cache/apk/*'],
      [['/ apk: upgraded packages', '/lib/apk/db/installed']],
    ],
    [
      ['RUN apk add curl', 'RUN rm -rf /var/cache/apk/*'],
      [['/ apk:curl', '/lib/apk/db/installed', '/var/cache/apk apk index !cache'], ['-/var/cache/apk apk index']],
    ],
    [
      ['RUN apk --root /rootfs --initdb --no-cache add busybox'],
      [['/rootfs apk:busybox', '/rootfs/lib/apk/db/installed']],
    ],
    [['ARG PACKAGES=jq', 'RUN apk add --no-cache $PACKAGES'], [['/ apk:jq', '/lib/apk/db/installed']]],
    [
      [
        'RUN apk add --no-cache gcc && apk add --no-network --virtual .rundeps so:libx.so.1 && apk del --no-network gcc',
      ],
      [['/ apk:so:libx.so.1', '/lib/apk/db/installed']],
    ],
    [['RUN apk add --no-cache curl || true'], [['/ apk:curl ?', '/lib/apk/db/installed ?']]],
    [
      ['RUN [ "$X" = 1 ] || apk add --no-cache curl && apk --print-arch > /arch'],
      [['/ apk:curl', '/arch', '/lib/apk/db/installed']],
    ],
    [
      ['RUN yum install -y curl http://x.org/epel-release-latest-7.noarch.rpm && yum clean all'],
      [['/ rpm:curl', '/ rpm:epel-release-latest-7.noarch', '/var/lib/rpm rpm database']],
    ],
    [
      ['RUN dnf -y install git gcc'],
      [['/ rpm:git', '/ rpm:gcc', '/var/cache/dnf dnf cache !cache', '/var/lib/rpm rpm database']],
    ],
    // cleaning in a later RUN only hides
    [
      ['RUN microdnf install tar', 'RUN microdnf clean all'],
      [['/ rpm:tar', '/var/cache/yum microdnf cache !cache', '/var/lib/rpm rpm database'], ['-/var/cache/yum']],
    ],
    [['RUN dnf -y install git && dnf -y remove git && rm -rf /var/cache/dnf'], [['/var/lib/rpm rpm database']]],
    [['RUN --mount=type=cache,target=/var/cache/dnf dnf install -y git'], [['/ rpm:git', '/var/lib/rpm rpm database']]],
    [
      ['RUN dnf --installroot=/mnt install bash && dnf clean all --installroot=/mnt'],
      [['/mnt rpm:bash', '/mnt/var/lib/rpm rpm database']],
    ],
    [
      ["RUN yum groupinstall -y 'Development Tools' && yum -y update && yum clean all"],
      [['/ rpm:@Development Tools', '/ rpm: upgraded packages', '/var/lib/rpm rpm database']],
    ],
    [
      ['RUN rpm -Uvh https://x/erlang-25.0-1.el8.x86_64.rpm && rpm -e erlang && rpm -qa'],
      [['/var/lib/rpm rpm database']],
    ],
    [['RUN rpm --import https://x/key'], [['/var/lib/rpm rpm database']]],
    [['RUN zypper -n in -y curl && zypper clean -a'], [['/ rpm:curl', '/var/lib/rpm rpm database']]],
    [
      ['RUN zypper ar https://x/y.repo y && zypper ref'],
      [['/etc/zypp/repos.d/y.repo', '/var/cache/zypp zypper cache !cache']],
    ],
    [
      ['RUN pacman -Syu --noconfirm git && yes | pacman -Scc'],
      [
        [
          '/ pacman: upgraded packages',
          '/ pacman:git',
          '/var/lib/pacman/local pacman database',
          '/var/lib/pacman/sync pacman package lists !cache',
        ],
      ],
    ],
    [
      ['RUN pacman -S --noconfirm git && pacman -Rns --noconfirm git'],
      [['/var/cache/pacman/pkg pacman packages !cache', '/var/lib/pacman/local pacman database']],
    ],
    [
      ['RUN emerge --sync && emerge dev-vcs/git'],
      [
        [
          '/ portage:dev-vcs/git',
          '/var/cache/distfiles portage sources !cache',
          '/var/db/pkg portage database',
          '/var/db/repos/gentoo portage tree',
        ],
      ],
    ],
    [['RUN xbps-install -Sy git && xbps-remove -yO'], [['/ xbps:git', '/var/db/xbps xbps database']]],
    [['RUN brew install jq && brew cleanup -s'], [['/home/linuxbrew/.linuxbrew brew:jq']]],
    [['RUN yum-config-manager --add-repo https://x.org/docker-ce.repo'], [['/etc/yum.repos.d/docker-ce.repo']]],
  ]
  for (const [instructions, expected] of cases)
    it(instructions.join(' / ').slice(0, 120), () => expect(left(instructions)).to.deep.equal(expected))
})
