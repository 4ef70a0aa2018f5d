/** Which packages a table holds, and what the recordings say of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseRelations } from '../../lib/sizes/apt/relations.ts'
import type { Paragraph } from './data-apt-index.ts'
import type { Measured } from './data-apt-measure.ts'
import { shared } from './truth.ts'

interface RecordedPackage {
  readonly v: string
  readonly src?: string
  readonly isz: number
  readonly deb: number
  readonly pre?: string
  readonly dep?: string
  readonly rec?: string
  readonly prov?: string
  readonly conf?: string
  readonly brk?: string
  readonly full: number
  readonly slim: number
  readonly fullsym: number
  readonly slimsym: number
  readonly files: number
  readonly info: number
  readonly ctl: number
  readonly conff: readonly [number, number]
  readonly tmpl: number
  readonly py: number
}

const readJson = <T>(...path: readonly string[]): T | undefined => {
  const file = join(shared, 'truth-run', ...path)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined
}

/** Packages that were met in recorded builds. */
export function readRecorded(suite: string): ReadonlyMap<string, { paragraph: Paragraph; measured: Measured }> {
  const list = readJson<Record<string, RecordedPackage>>(`packages-${suite}.json`) ?? {}
  return new Map(
    Object.entries(list).map(([name, one]) => {
      const both = (a?: string, b?: string): string => [a, b].filter((text) => text !== undefined).join(', ')
      const paragraph: Paragraph = {
        name,
        version: one.v,
        source: (one.src ?? '').replace(/[()]/g, ''),
        installed: one.isz,
        deb: one.deb,
        priority: '',
        depends: both(one.pre, one.dep),
        recommends: one.rec ?? '',
        provides: one.prov ?? '',
        conflicts: both(one.conf, one.brk),
        control: one.ctl,
      }
      const measured: Measured = {
        version: one.v,
        full: one.full,
        slim: one.slim,
        fullLinks: one.fullsym,
        slimLinks: one.slimsym,
        files: one.files,
        info: one.info,
        conffiles: one.conff[0],
        conffilesBytes: one.conff[1],
        templates: one.tmpl,
        python: one.py,
      }
      return [name, { paragraph, measured }]
    }),
  )
}

/** Versions that recorded bases of a suite have, by package. */
export function recordedBases(suite: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [ref, { packages }] of Object.entries(
    readJson<Record<string, { packages?: Record<string, { v: string }> }>>('bases.json') ?? {},
  )) {
    if (!ref.includes(suite)) continue
    for (const [name, { v }] of Object.entries(packages ?? {})) found.set(name, [...(found.get(name) ?? []), v])
  }
  return found
}

/** Words that Dockerfiles at hand give to apt; some are no packages. */
export function named(): ReadonlySet<string> {
  const found = new Set<string>()
  const folder = join(shared, 'corpus', 'dockerfiles', 'files')
  const official = join(shared, 'corpus', 'official')
  const texts = existsSync(folder) ? readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')) : []
  for (const file of existsSync(official) ? readdirSync(official) : [])
    if (file.endsWith('.jsonl'))
      for (const line of readFileSync(join(official, file), 'utf8').split('\n'))
        for (const text of Object.values(line === '' ? {} : (JSON.parse(line) as Record<string, unknown>)))
          if (typeof text === 'string' && text.includes('\n')) texts.push(text)
  for (const text of texts)
    for (const [, words = ''] of text
      .replace(/\\\r?\n(\s*#.*\r?\n)*/g, ' ')
      .matchAll(/\bapt(?:-get|itude)?\s([^;&|\n]*)/g))
      for (const word of words.split(/\s+/)) found.add(word.replace(/[=/:].*$/, ''))
  return found
}

/** Those words, and what else is usual. */
export const asked = (): ReadonlySet<string> => new Set([...named(), ...common(), ...usual])

/** What is installed in Dockerfiles of every kind. Names that a suite does not have do no harm. */
export const common = (): ReadonlySet<string> => new Set(everywhere)

const everywhere = (
  'lua5.4 luarocks postfix libsasl2-modules opendkim mailutils msmtp-mta haproxy varnish monit lighttpd php-cgi php-sqlite3 php-intl composer g++ build-essential libmagic-dev libxmlsec1-dev fonts-roboto fonts-noto-core ttf-bitstream-vera fonts-freefont-ttf fonts-open-sans fonts-lato fonts-ipafont-gothic libnotify4 libgtk-3-0t64 libxcb-xinerama0 libxkbcommon-x11-0 docker.io iptables podman buildah ' +
  'fuse-overlayfs python3-scipy python3-matplotlib python3-sqlalchemy python3-psycopg2 python3-flask gunicorn python3-redis cpanminus libdbd-pg-perl libwww-perl libjson-xs-perl make ansible-core certbot python3-certbot-nginx autofs slapd samba smbclient bookworm-backports apache2-utils bash libaprutil1 squid mtr-tiny ngrep mercurial gcc libc6-dev ripgrep fd-find bat mosquitto mosquitto-clients snmpd ' +
  'snmp fping hunspell-en-us aspell-de wamerican enchant-2 docbook-xsl docbook-xml asciidoc-base xmlto openjdk-17-jdk-headless ant ca-certificates-java libreoffice-writer-nogui nodejs npm bundler erlang-base erlang-ssl rebar3 rabbitmq-server r-base-core r-cran-jsonlite libspatialindex6 tesseract-ocr-fra unpaper gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good exiftool fail2ban ' +
  'git gh ca-certificates unattended-upgrades apt-listchanges texlive-latex-recommended lmodern pgbouncer pgbadger postgresql-client-common default-mta libz-dev emacs-nox libmariadb-dev libjpeg62-turbo-dev libopenjp2-7-dev libharfbuzz-dev wget gnupg ncdu curl libcgi-pm-perl ncal gradle ' +
  'postgresql php libapache2-mod-php sox dbus-x11 xfonts-base python-is-python3 python3-lxml ssl-cert libxss1 libxtst6 libxi6 libegl1 libgles2 tesseract-ocr-deu libtesseract-dev ' +
  'imagemagick postgresql-client redis-tools default-jre-headless libxml2-dev zlib1g-dev tini gosu cron supervisor nginx-light vim-tiny less procps iputils-ping dnsutils netcat-openbsd jq unzip zip rsync openssh-client sudo locales tzdata fonts-dejavu-core libgl1 libglib2.0-0 libglib2.0-0t64 libpq5 ' +
  'libmariadb3 default-libmysqlclient-dev python3-pip python3-venv golang-go cargo cmake ninja-build pkg-config autoconf automake libtool ffmpeg graphviz ghostscript poppler-utils texlive-base nano htop tree aptitude telnet socat vim net-tools lsof strace tmux screen bash-completion file bc sqlite3 ' +
  'libsqlite3-dev default-mysql-client mariadb-client memcached redis-server nginx apache2 git-lfs subversion dumb-init bind9-dnsutils traceroute tcpdump iproute2 psmisc xz-utils bzip2 p7zip-full zstd gettext-base gettext libmagic1 libmagic1t64 libjpeg-dev libpng-dev libfreetype6-dev libwebp-dev ' +
  'libtiff-dev libffi-dev libssl-dev libcurl4-openssl-dev libicu-dev libonig-dev libzip-dev libyaml-dev libreadline-dev libncurses-dev libbz2-dev liblzma-dev libgmp-dev libsasl2-dev libldap2-dev libldap-dev libkrb5-dev unixodbc unixodbc-dev freetds-dev libsodium-dev libzmq3-dev libevent-dev ' +
  'libcairo2-dev libpango1.0-dev libgif-dev librsvg2-dev librsvg2-bin libvips-dev libvips42 libmagickwand-dev python3-dev python3-setuptools python3-wheel python3-numpy python3-yaml python3-requests ruby-full ruby-dev php-cli php-fpm php-mysql php-curl php-gd php-xml php-mbstring php-zip ' +
  'openjdk-17-jre-headless openjdk-21-jre-headless maven tesseract-ocr tesseract-ocr-eng wkhtmltopdf xvfb xauth fonts-liberation fontconfig fonts-noto-color-emoji libgomp1 libsm6 libxext6 libxrender1 libnss3 libatk-bridge2.0-0 libgtk-3-0 libasound2 libasound2t64 libgbm1 chromium-driver libgdal-dev ' +
  'gdal-bin libgeos-dev libproj-dev libhdf5-dev libopenblas-dev gfortran protobuf-compiler libprotobuf-dev libboost-dev openssh-server rsyslog logrotate msmtp man-db zsh gdb valgrind ccache clang lld llvm meson systemd systemd-sysv dbus udev kmod lsb-release software-properties-common apt-utils gpg ' +
  'gpg-agent dirmngr apt-transport-https libpam0g-dev libsystemd-dev libusb-1.0-0 libusb-1.0-0-dev qpdf inotify-tools ncat whois sshpass expect parallel moreutils xmlstarlet libxml2-utils xsltproc uuid-runtime acl fuse3 nfs-common cifs-utils ldap-utils krb5-user '
)
  .trim()
  .split(' ')

// What Dockerfiles in general name most, beside those at hand; names that a suite does not have do no harm.
const usual = (
  'default-jdk default-jdk-headless default-jre default-jre-headless openjdk-17-jdk openjdk-17-jdk-headless openjdk-17-jre openjdk-17-jre-headless openjdk-21-jdk-headless openjdk-21-jre-headless openjdk-21-jdk maven gradle ant ' +
  'mariadb-server mariadb-client default-mysql-client default-mysql-server postgresql postgresql-client postgresql-contrib redis redis-server redis-tools memcached rabbitmq-server mosquitto mosquitto-clients sqlite3 libsqlite3-dev ' +
  'php php-cli php-fpm php-mysql php-pgsql php-xml php-mbstring php-curl php-gd php-zip php-intl php-bcmath php-redis php-sqlite3 php-dev composer apache2 libapache2-mod-php nginx nginx-extras haproxy varnish squid dnsmasq bind9 postfix msmtp mailutils rsyslog logrotate lighttpd ' +
  'supervisor cron openssh-server openssh-client sudo locales locales-all tzdata vim vim-tiny nano htop net-tools iputils-ping dnsutils bind9-dnsutils telnet netcat-openbsd netcat-traditional socat jq unzip zip xz-utils p7zip-full rsync tree lsof strace gdb gdbserver valgrind ccache ninja-build meson ' +
  'autoconf automake libtool pkg-config clang clang-format clang-tidy llvm lld cmake make gcc g++ gfortran gcc-multilib g++-multilib build-essential golang golang-go rustc cargo ruby ruby-full ruby-dev ruby-bundler nodejs npm yarnpkg lua5.4 erlang elixir ghc mono-complete ' +
  'default-libmysqlclient-dev libmariadb-dev libmariadb3 libpq-dev libpq5 libmagickwand-dev libmagickcore-dev libxml2-dev libxslt1-dev libffi-dev libssl-dev zlib1g-dev libjpeg-dev libjpeg62-turbo-dev libpng-dev libwebp-dev libfreetype6-dev libfreetype-dev libzip-dev libonig-dev libicu-dev libcurl4-openssl-dev libcurl4-gnutls-dev ' +
  'libgl1 libgl1-mesa-glx libglib2.0-0 libglib2.0-0t64 libglib2.0-dev libsm6 libxext6 libxrender1 libxrender-dev libgomp1 libnss3 libgtk-3-0 libgtk-3-dev libasound2 libasound2-dev libgbm1 libxss1 libxtst6 chromium chromium-driver chromium-sandbox firefox-esr xvfb xauth x11-utils x11-apps xdg-utils ' +
  'fonts-liberation fonts-noto fonts-noto-cjk fonts-noto-color-emoji fonts-dejavu fonts-dejavu-core fonts-freefont-ttf fonts-ipafont-gothic fonts-wqy-zenhei fonts-thai-tlwg fonts-kacst fonts-roboto fonts-open-sans fontconfig ' +
  'wkhtmltopdf imagemagick ghostscript graphicsmagick tesseract-ocr tesseract-ocr-eng tesseract-ocr-deu libtesseract-dev libleptonica-dev poppler-utils pandoc texlive texlive-latex-base texlive-latex-extra texlive-latex-recommended texlive-fonts-recommended texlive-xetex latexmk libreoffice libreoffice-writer libvips-dev libvips42 libvips-tools qpdf pdftk-java librsvg2-bin librsvg2-dev libcairo2 libcairo2-dev libpango-1.0-0 libpangocairo-1.0-0 libpangoft2-1.0-0 libpango1.0-dev libgif-dev ' +
  'gdal-bin libgdal-dev libgeos-dev libproj-dev proj-bin postgis libspatialindex-dev libhdf5-dev libnetcdf-dev libopenblas-dev libopenblas0 liblapack-dev libblas-dev libatlas-base-dev libopencv-dev libeigen3-dev libfftw3-dev libgsl-dev libopenmpi-dev openmpi-bin ' +
  'python3 python3-dev python3-pip python3-venv python3-setuptools python3-wheel python3-opencv python3-numpy python3-scipy python3-pandas python3-matplotlib python3-yaml python3-requests python3-tk python3-gi python3-lxml python3-cffi python-is-python3 python3-distutils pipx r-base r-base-dev octave gnuplot gnuplot-nox graphviz libgraphviz-dev doxygen ' +
  'git git-lfs mercurial subversion gnupg gnupg2 dirmngr apt-transport-https apt-utils lsb-release software-properties-common debian-archive-keyring ca-certificates curl wget aria2 dumb-init tini gosu procps psmisc iproute2 iptables nftables tcpdump traceroute mtr-tiny nmap whois openvpn wireguard-tools iperf3 ethtool bridge-utils ' +
  'libmemcached-dev libpcre3 libpcre3-dev libpcre2-dev libevent-dev libev-dev libuv1-dev libboost-all-dev libboost-dev libboost-system-dev libboost-filesystem-dev libprotobuf-dev protobuf-compiler libgrpc++-dev libsodium-dev libsodium23 libzmq3-dev librdkafka-dev libyaml-dev libreadline-dev libncurses-dev libncurses5-dev libncursesw5-dev libgdbm-dev libdb-dev libbz2-dev liblzma-dev tk-dev uuid-dev libexpat1-dev libgmp-dev libmpfr-dev libmpc-dev libsasl2-dev libldap-dev libldap2-dev libkrb5-dev libpam0g-dev libseccomp-dev libcap-dev libsystemd-dev libudev-dev libusb-1.0-0-dev libusb-1.0-0 libbluetooth-dev libavahi-client-dev libdbus-1-dev libunwind-dev libelf-dev libdw-dev libtbb-dev libjemalloc2 libjemalloc-dev libgoogle-perftools-dev libmaxminddb-dev libhiredis-dev libgit2-dev libssh2-1-dev libnghttp2-dev libtiff-dev libopenjp2-7-dev liblcms2-dev libmcrypt-dev libxpm-dev libgd-dev libsnmp-dev snmp libtidy-dev libc-client-dev libenchant-2-dev unixodbc unixodbc-dev freetds-dev freetds-bin tdsodbc odbc-postgresql ' +
  'bison flex gperf texinfo gettext gettext-base help2man bc cpio file patch patchelf fakeroot debhelper devscripts dpkg-dev dh-python equivs lintian reprepro qemu-user-static qemu-system-x86 qemu-utils binfmt-support dosfstools mtools parted e2fsprogs squashfs-tools xorriso isolinux syslinux-common kmod usbutils pciutils udev dbus dbus-x11 systemd systemd-sysv init ' +
  'xfce4 x11vnc tigervnc-standalone-server novnc websockify openbox fluxbox xterm pulseaudio alsa-utils sox libsox-fmt-all ffmpeg libavcodec-extra libavcodec-dev libavformat-dev libavutil-dev libswscale-dev libsndfile1 libsndfile1-dev portaudio19-dev libportaudio2 espeak espeak-ng flac lame mpg123 vlc mediainfo libimage-exiftool-perl optipng jpegoptim pngquant gifsicle webp inkscape gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-libav gstreamer1.0-tools libgstreamer1.0-dev libsdl2-dev libsdl2-2.0-0 libglfw3-dev libglew-dev libegl1 libgles2 libvulkan1 vulkan-tools mesa-utils libgl1-mesa-dri libosmesa6 qtbase5-dev qt6-base-dev ' +
  'hugo asciidoctor python3-sphinx ansible awscli s3cmd s3fs rclone restic borgbackup fail2ban certbot sshpass expect screen tmux zsh fish bash-completion less man-db manpages ncdu pv moreutils parallel time at sysstat iotop dos2unix xmlstarlet libxml2-utils xsltproc uuid-runtime acl attr fuse fuse3 sshfs nfs-common cifs-utils samba smbclient vsftpd lftp ftp ldap-utils krb5-user libnss-wrapper bzip2 lz4 zstd pigz lzma lzip unrar-free brotli shellcheck yamllint tidy cppcheck lcov gcovr clang-tools bear ' +
  'aptitude nginx-light nginx-full nginx-core mawk busybox-static iproute2 iputils-tracepath ssl-cert libcap2-bin wait-for-it p7zip unar libarchive-tools catdoc antiword exiftool xpdf librsvg2-common libheif1 libheif-dev fonts-noto-core fonts-noto-mono fonts-liberation2 fonts-unifont libpcap-dev libpcap0.8 libnl-3-dev libmnl-dev libffi8 libicu72 libicu76 libjpeg62-turbo libpng16-16 libpng16-16t64 libwebp7 libfreetype6 libxml2 libxslt1.1 libgeos-c1v5 libproj25 libgdal32 libgdal36 libtiff6 libopenjp2-7 libzbar0 libmagic1 libmagic1t64 libyaml-0-2 libsqlite3-0 libssl3 libssl3t64 libcurl4 libcurl4t64 libcurl3-gnutls libaio1 libaio1t64 libodbc1 libodbc2 libncurses6 libreadline8 libreadline8t64 libgssapi-krb5-2 libsnappy1v5 libsnappy-dev libzstd-dev liblz4-dev librocksdb-dev libleveldb-dev ' +
  'perl cpanminus libdbi-perl libdbd-mysql-perl libdbd-pg-perl libjson-perl libxml-parser-perl libwww-perl tcl tcl-dev tcsh ksh gawk sed grep psutils groff swig nasm yasm z3 libz3-dev verilator iverilog yosys avrdude gcc-arm-none-eabi gcc-aarch64-linux-gnu g++-aarch64-linux-gnu gcc-arm-linux-gnueabihf g++-arm-linux-gnueabihf gcc-mingw-w64 g++-mingw-w64 binutils wine crossbuild-essential-arm64 crossbuild-essential-armhf musl-tools musl-dev linux-perf linux-headers-amd64 linux-libc-dev '
)
  .trim()
  .split(' ')

/** A name that somebody wrote may bring so many times the packages that a guessed one brings, and still comes before it. */
const writtenWorth = 8

/**
 * The most needed packages: all in `sure`, all that `words` name, of what `likely` and `written` name as much as fits, and then
 * by how many packages need them; always with what they need and recommend in turn. Of several that provide a name apt takes
 * the one that it `met` last.
 */
export function choose(
  index: ReadonlyMap<string, Paragraph>,
  sure: ReadonlySet<string>,
  words: ReadonlySet<string>,
  most: number,
  met: ReadonlyMap<string, number> = new Map(),
  likely: ReadonlySet<string> = new Set(),
  written: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const needs = new Map<string, readonly string[]>()
  const needed = new Map<string, number>()
  const offered = new Map<string, string[]>()
  for (const [name, { provides }] of index)
    for (const { name: virtual } of parseRelations(provides, '').flat())
      offered.set(virtual, [...(offered.get(virtual) ?? []), name])
  for (const [name, { depends, recommends }] of index) {
    const groups = [...parseRelations(depends, ''), ...parseRelations(recommends, '')]
    const can = (one: { readonly name: string }): boolean => index.has(one.name) || offered.has(one.name)
    needs.set(
      name,
      groups.map((group) => group.find(can)?.name ?? group[0]?.name ?? ''),
    )
    for (const group of groups)
      for (const { name: other } of group.slice(0, 1)) needed.set(other, (needed.get(other) ?? 0) + 1)
  }
  const rank = (name: string): number => met.get(name) ?? 0
  const rivals = (virtual: string): readonly string[] =>
    [...(offered.get(virtual) ?? [])].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  const chosen = new Set<string>()
  /** What a package brings that is not chosen yet, itself included. */
  const bringing = (start: string): ReadonlySet<string> => {
    const found = new Set<string>()
    const todo = [start]
    for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
      if (chosen.has(name) || found.has(name)) continue
      if (index.has(name)) {
        found.add(name)
        todo.push(...(needs.get(name) ?? []))
      } else todo.push(...rivals(name).slice(-1))
    }
    return found
  }
  const add = (start: string): void => {
    for (const name of bringing(start)) chosen.add(name)
  }
  for (const name of sure) add(name)
  for (const name of words) if (index.has(name) || offered.get(name)?.length === 1) add(name)
  const costs = [...new Set([...written, ...likely])].flatMap((name) =>
    index.has(name) ? [[name, bringing(name).size / (written.has(name) ? writtenWorth : 1)] as const] : [],
  )
  for (const [name] of costs.sort((a, b) => a[1] - b[1])) {
    if (chosen.size >= most) break
    if (chosen.size + bringing(name).size <= most) add(name)
  }
  const worth = (name: string): number => needed.get(name) ?? 0
  for (const name of [...index.keys()].sort((a, b) => worth(b) - worth(a))) {
    if (chosen.size >= most) break
    add(name)
  }
  return chosen
}
