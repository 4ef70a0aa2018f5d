/**
 * Base images as they were found, 2016 to 2026-08-13. Renew: `npm run data:bases`.
 *
 * Source: image configs in vulnerability reports that people committed to public repositories (2020 to 2026), repo-info of
 * the Docker Official Images (2016 to 2018), packages as measured on 2026-11-20. Reading: lib/bases/records.ts.
 */

/** Pieces of row texts, one a line; U+23CE stands for a line break. */
export const fragments = `buildkit.dockerfile.v0
ADD alpine-minirootfs-3.17.10-x86_64.tar.gz / # buildkit
CMD ["/bin/sh"]
ADD alpine-minirootfs-3.18.12-x86_64.tar.gz / # buildkit
ADD alpine-minirootfs-3.19.9-x86_64.tar.gz / # buildkit
ADD alpine-minirootfs-3.19.4-x86_64.tar.gz / # buildkit
ADD alpine-minirootfs-3.20.3-x86_64.tar.gz / # buildkit
ADD alpine-minirootfs-3.20.4-x86_64.tar.gz / # buildkit
ADD alpine-minirootfs-3.20.5-x86_64.tar.gz / # buildkit
ADD alpine-minirootfs-3.20.9-x86_64.tar.gz / # buildkit
ADD alpine-minirootfs-3.21.6-aarch64.tar.gz / # buildkit
ADD alpine-minirootfs-3.21.3-x86_64.tar.gz / # buildkit
ADD alpine-minirootfs-3.21.0-x86_64.tar.gz / # buildkit
ADD alpine-minirootfs-3.21.2-x86_64.tar.gz / # buildkit
ADD alpine-minirootfs-3.21.3-aarch64.tar.gz / # buildkit
ADD alpine-minirootfs-3.22.2-x86_64.tar.gz / # buildkit
ADD alpine-minirootfs-3.22.2-aarch64.tar.gz / # buildkit
ADD alpine-minirootfs-3.22.1-x86_64.tar.gz / # buildkit
ADD alpine-minirootfs-3.23.5-x86_64.tar.gz / # buildkit
ADD alpine-minirootfs-3.23.3-aarch64.tar.gz / # buildkit
ADD alpine-minirootfs-3.23.2-x86_64.tar.gz / # buildkit
ADD alpine-minirootfs-3.23.3-x86_64.tar.gz / # buildkit
ADD alpine-minirootfs-3.23.4-x86_64.tar.gz / # buildkit
ADD alpine-minirootfs-3.24.1-x86_64.tar.gz / # buildkit

/bin/sh -c #(nop) ADD file:69848cb51056edaf120230b6f218a79968ac797295c2cef6728332e1801357be in / 
/bin/sh -c #(nop)  CMD ["/bin/sh"]
/bin/sh -c #(nop) ADD file:df48d6d6df42a01380557aebd4ca02807fc08a76a1d1b36d957e59a41c69db0b in / 
/bin/sh -c #(nop) ADD file:6edc55fb54ec9fc3658c8f5176a70e792103a516154442f94fed8e0290e4960e in / 
/bin/sh -c #(nop) ADD file:093f0723fa46f6cdbd6f7bd146448bb70ecce54254c35701feeceb956414622f in / 
/bin/sh -c #(nop) ADD file:99093095d62d0421541d882f9ceeddb2981fe701ec0aa9d2c08480712d5fed21 in / 
ENV JAVA_HOME=/opt/java/openjdk
ENV PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENV LANG=en_US.UTF-8 LANGUAGE=en_US:en LC_ALL=en_US.UTF-8
RUN /bin/sh -c set -eux; 
    apk add --no-cache         fontconfig ttf-dejavu         ca-certificates p11-kit-trust         musl-locales musl-locales-lang         tzdata         coreutils         openssl     ; 
    rm -rf /var/cache/apk/* # buildkit
ENV JAVA_VERSION=jdk-21.0.4+7
    ARCH="$(apk --print-arch)"; 
    case "\${ARCH}" in        aarch64)          ESUM='f9410264235861deaf30f97bec80870cf3bc38b1d8e57d897d8bb1f706ae6705'; 
         BINARY_URL='https://github.com/adoptium/temurin21-binaries/releases/download/jdk-21.0.4%2B7/OpenJDK21U-jre_aarch64_alpine-linux_hotspot_21.0.4_7.tar.gz'; 
         ;; 
       x86_64)          ESUM='0dfd0ebab44d777f65bceaff7f79e8e0b9deb74a5eb166922483f1864bcf2052'; 
         BINARY_URL='https://github.com/adoptium/temurin21-binaries/releases/download/jdk-21.0.4%2B7/OpenJDK21U-jre_x64_alpine-linux_hotspot_21.0.4_7.tar.gz'; 
       *)          echo "Unsupported arch: \${ARCH}"; 
         exit 1; 
    esac; 
    wget -O /tmp/openjdk.tar.gz \${BINARY_URL}; 
    echo "\${ESUM} */tmp/openjdk.tar.gz" | sha256sum -c -; 
    mkdir -p "$JAVA_HOME"; 
    tar --extract         --file /tmp/openjdk.tar.gz         --directory "$JAVA_HOME"         --strip-components 1         --no-same-owner     ; 
    rm -f /tmp/openjdk.tar.gz \${JAVA_HOME}/lib/src.zip; 
# buildkit
    echo "Verifying install ..."; 
    echo "java --version"; 
java --version; 
    echo "Complete." # buildkit
COPY entrypoint.sh /__cacert_entrypoint.sh # buildkit
ENTRYPOINT ["/__cacert_entrypoint.sh"]
COPY /rootfs/ / # buildkit
CMD ["/bin/bash"]
ARG version=17.0.17.10-1
RUN |1 version=17.0.17.10-1 /bin/sh -c set -eux     && 
export GNUPGHOME="$(mktemp -d)"     && 
curl -fL -o corretto.key https://yum.corretto.aws/corretto.key     && 
gpg --batch --import corretto.key     && 
gpg --batch --export --armor '6DC3636DAE534049C8B94623A122542AB04F24E3' > corretto.key     && 
rpm --import corretto.key     && 
rm -r "$GNUPGHOME" corretto.key     && 
curl -fL -o /etc/yum.repos.d/corretto.repo https://yum.corretto.aws/corretto.repo     && 
grep -q '^gpgcheck=1' /etc/yum.repos.d/corretto.repo     && 
echo "priority=9" >> /etc/yum.repos.d/corretto.repo     && 
yum install -y java-17-amazon-corretto-devel-$version     && 
(find /usr/lib/jvm/java-17-amazon-corretto -name src.zip -delete || true)     && 
yum install -y fontconfig     && 
yum clean all # buildkit
ENV LANG=C.UTF-8
ENV JAVA_HOME=/usr/lib/jvm/java-17-amazon-corretto
ARG version=17.0.14.7.1
RUN |1 version=17.0.14.7.1 /bin/sh -c wget -O /THIRD-PARTY-LICENSES-20200824.tar.gz https://corretto.aws/downloads/resources/licenses/alpine/THIRD-PARTY-LICENSES-20200824.tar.gz && 
    echo "82f3e50e71b2aee21321b2b33de372feed5befad6ef2196ddec92311bc09becb  /THIRD-PARTY-LICENSES-20200824.tar.gz" | sha256sum -c - && 
    tar x -ovzf THIRD-PARTY-LICENSES-20200824.tar.gz && 
    rm -rf THIRD-PARTY-LICENSES-20200824.tar.gz && 
    wget -O /etc/apk/keys/amazoncorretto.rsa.pub https://apk.corretto.aws/amazoncorretto.rsa.pub && 
    SHA_SUM="6cfdf08be09f32ca298e2d5bd4a359ee2b275765c09b56d514624bf831eafb91" && 
    echo "\${SHA_SUM}  /etc/apk/keys/amazoncorretto.rsa.pub" | sha256sum -c - && 
    echo "https://apk.corretto.aws" >> /etc/apk/repositories && 
    apk add --no-cache amazon-corretto-17=$version-r0 && 
    rm -rf /usr/lib/jvm/java-17-amazon-corretto/lib/src.zip # buildkit
ENV JAVA_HOME=/usr/lib/jvm/default-jvm
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/jvm/default-jvm/bin
ARG version=8.432.06.1
RUN |1 version=8.432.06.1 /bin/sh -c wget -O /THIRD-PARTY-LICENSES-20200824.tar.gz https://corretto.aws/downloads/resources/licenses/alpine/THIRD-PARTY-LICENSES-20200824.tar.gz && 
    apk add --no-cache amazon-corretto-8-jre=$version-r0 && 
    rm -rf /usr/lib/jvm/java-8-amazon-corretto/lib/src.zip # buildkit
ENV JAVA_HOME=/usr/lib/jvm/default-jvm/jre
debuerreotype 0.17
# debian.sh --arch 'amd64' out/ 'bookworm' '@1775433600'
ENV LANG=en_US.UTF-8
RUN /bin/sh -c set -ex && 
    apt-get -qq update && 
    apt-get -qq -y --no-install-recommends install gnupg ca-certificates locales curl tzdata && 
    echo "en_US.UTF-8 UTF-8" >> /etc/locale.gen && 
    locale-gen en_US.UTF-8 && 
    curl -s https://repos.azul.com/azul-repo.key | gpg --dearmor -o /usr/share/keyrings/azul.gpg && 
    echo "deb [signed-by=/usr/share/keyrings/azul.gpg] https://repos.azul.com/zulu/deb stable main" > /etc/apt/sources.list.d/zulu.list && 
    echo "Package: zulu25-*\\nPin: version 25.0.2-*\\nPin-Priority: 1001" > /etc/apt/preferences && 
    apt-get -qq -y --no-install-recommends install zulu25-jdk=25.0.2-* && 
    apt-get -qq -y purge --auto-remove gnupg curl && 
    apt-get -qq -y dist-upgrade && 
    apt-get -qq -y autoremove && 
    apt-get -qq clean && 
    rm -rf /var/lib/apt/lists/* # buildkit
ENV JAVA_HOME=/usr/lib/jvm/zulu25
/bin/sh -c #(nop) ADD file:89ecb642d662ee7edbb868340551106d51336c7e589fdaca4111725ec64da957 in / 
/bin/sh -c #(nop)  CMD ["/bin/bash"]
/bin/sh -c apt-get update && 
apt-get install -y --no-install-recommends 		ca-certificates 		curl 		wget 	&& 
rm -rf /var/lib/apt/lists/*
apt-get install -y --no-install-recommends 		bzr 		git 		mercurial 		openssh-client 		subversion 				procps 	&& 
/bin/sh -c set -ex; 
	apt-get update; 
	apt-get install -y --no-install-recommends 		autoconf 		automake 		bzip2 		file 		g++ 		gcc 		imagemagick 		libbz2-dev 		libc6-dev 		libcurl4-openssl-dev 		libdb-dev 		libevent-dev 		libffi-dev 		libgdbm-dev 		libgeoip-dev 		libglib2.0-dev 		libjpeg-dev 		libkrb5-dev 		liblzma-dev 		libmagickcore-dev 		libmagickwand-dev 		libncurses-dev 		libpng-dev 		libpq-dev 		libreadline-dev 		libsqlite3-dev 		libssl-dev 		libtool 		libwebp-dev 		libxml2-dev 		libxslt-dev 		libyaml-dev 		make 		patch 		xz-utils 		zlib1g-dev 				$( 			if apt-cache show 'default-libmysqlclient-dev' 2>/dev/null | grep -q '^Version:'; 
then 				echo 'default-libmysqlclient-dev'; 
			else 				echo 'libmysqlclient-dev'; 
			fi 		) 	; 
	rm -rf /var/lib/apt/lists/*
/bin/sh -c #(nop) ADD file:eb2519421c9794ccc99d483c07f59ba305531bc9b4dc294e74d2ddb7de69e52a in / 
/bin/sh -c #(nop)  CMD ["bash"]
	if ! command -v gpg > /dev/null; 
then 		apt-get update; 
		apt-get install -y --no-install-recommends 			gnupg 			dirmngr 		; 
		rm -rf /var/lib/apt/lists/*; 
	fi
debuerreotype 0.16
# debian.sh --arch 'amd64' out/ 'trixie' '@1765152000'
	apt-get install -y --no-install-recommends 		ca-certificates 		curl 		gnupg 		netbase 		sq 		wget 	; 
	apt-get dist-clean # buildkit
	apt-get install -y --no-install-recommends 		git 		mercurial 		openssh-client 		subversion 				procps 	; 
RUN /bin/sh -c set -ex; 
	apt-get install -y --no-install-recommends 		autoconf 		automake 		bzip2 		default-libmysqlclient-dev 		dpkg-dev 		file 		g++ 		gcc 		imagemagick 		libbz2-dev 		libc6-dev 		libcurl4-openssl-dev 		libdb-dev 		libevent-dev 		libffi-dev 		libgdbm-dev 		libglib2.0-dev 		libgmp-dev 		libjpeg-dev 		libkrb5-dev 		liblzma-dev 		libmagickcore-dev 		libmagickwand-dev 		libmaxminddb-dev 		libncurses5-dev 		libncursesw5-dev 		libpng-dev 		libpq-dev 		libreadline-dev 		libsqlite3-dev 		libssl-dev 		libtool 		libwebp-dev 		libxml2-dev 		libxslt-dev 		libyaml-dev 		make 		patch 		unzip 		xz-utils 		zlib1g-dev 	; 
/bin/sh -c #(nop) ADD file:a341378be341bc318a57379c0a4b72f182f93ad617f08164343662e789b7244b in / 
# debian.sh --arch 'amd64' out/ 'bookworm' '@1785715200'
debuerreotype 0.15
# debian.sh --arch 'arm64' out/ 'bookworm' '@1754870400'
# debian.sh --arch 'amd64' out/ 'bookworm' '@1734912000'
# debian.sh --arch 'amd64' out/ 'bookworm' '@1742169600'
# debian.sh --arch 'amd64' out/ 'bookworm' '@1745798400'
# debian.sh --arch 'arm64' out/ 'bookworm' '@1745798400'
# debian.sh --arch 'arm64' out/ 'bookworm' '@1747699200'
# debian.sh --arch 'amd64' out/ 'bookworm' '@1749513600'
# debian.sh --arch 'amd64' out/ 'bookworm' '@1759104000'
# debian.sh --arch 'amd64' out/ 'bookworm' '@1779062400'
/bin/sh -c #(nop) ADD file:5acb415d8aef071824037168ffd780c0156d7461794616d021f6dc513df447c2 in / 
/bin/sh -c #(nop) ADD file:1dd78a123212328bdc72ef7888024ea27fe141a72e24e0ea7c3c92b63b73d8d1 in / 
/bin/sh -c #(nop) ADD file:e7ac45803c3ab9b7023933b75f5a88eda1f3edca97c7e462401860777cf312f7 in / 
/bin/sh -c #(nop) ADD file:f30a8b5b7cdc9ba33a250899308b490baa9f7a9b29d3a85bd16200aa0a28a04a in / 
# debian.sh --arch 'amd64' out/ 'trixie' '@1754870400'
# debian.sh --arch 'arm64' out/ 'trixie' '@1757289600'
# debian.sh --arch 'amd64' out/ 'trixie' '@1759104000'
# debian.sh --arch 'arm64' out/ 'trixie' '@1759104000'
# debian.sh --arch 'arm64' out/ 'trixie' '@1760918400'
# debian.sh --arch 'amd64' out/ 'trixie' '@1760918400'
# debian.sh --arch 'amd64' out/ 'trixie' '@1763337600'
# debian.sh --arch 'amd64' out/ 'trixie' '@1766966400'
# debian.sh --arch 'amd64' out/ 'trixie' '@1779062400'
# debian.sh --arch 'amd64' out/ 'trixie' '@1781049600'
# debian.sh --arch 'amd64' out/ 'trixie' '@1785715200'
# debian.sh --arch 'arm64' out/ 'trixie' '@1782172800'
/bin/sh -c #(nop) ADD file:281b987b09ac9b71793de5201331461636a08ec23af27a9e11a14484018993dd in / 
/bin/sh -c #(nop) ADD file:3253a6c4cfa6c8c9ec6f055b1b62d2b417dd859469d3118b6ad79d4ddcbe4338 in / 
    apk add --no-cache         fontconfig ttf-dejavu         gnupg         ca-certificates p11-kit-trust         musl-locales musl-locales-lang         binutils         tzdata         coreutils         openssl     ; 
ENV JAVA_VERSION=jdk-17.0.13+11
    case "\${ARCH}" in        x86_64)          ESUM='67632ee4563e9827b56f62ab6da95bce200d9e82092b211988c0d2113abc4071'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.13%2B11/OpenJDK17U-jdk_x64_alpine-linux_hotspot_17.0.13_11.tar.gz'; 
    wget -O /tmp/openjdk.tar.gz.sig \${BINARY_URL}.sig; 
    export GNUPGHOME="$(mktemp -d)"; 
    gpg --batch --keyserver keyserver.ubuntu.com --recv-keys 3B04D753C9050D9A5D343F39843C48A565F8F04B; 
    gpg --batch --verify /tmp/openjdk.tar.gz.sig /tmp/openjdk.tar.gz; 
    rm -rf "\${GNUPGHOME}" /tmp/openjdk.tar.gz.sig; 
    fileEncoding="$(echo 'System.out.println(System.getProperty("file.encoding"))' | jshell -s -)"; 
[ "$fileEncoding" = 'UTF-8' ]; 
rm -rf ~/.java; 
    echo "javac --version"; 
javac --version; 
COPY --chmod=755 entrypoint.sh /__cacert_entrypoint.sh # buildkit
CMD ["jshell"]
/bin/sh -c #(nop)  ARG RELEASE
/bin/sh -c #(nop)  ARG LAUNCHPAD_BUILD_ARCH
/bin/sh -c #(nop)  LABEL org.opencontainers.image.ref.name=ubuntu
/bin/sh -c #(nop)  LABEL org.opencontainers.image.version=24.04
/bin/sh -c #(nop) ADD file:ddf1aa62235de6657123492b19d27d937c25668011b5ebf923a3f019200f8540 in / 
    apt-get update; 
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends         curl         wget         gnupg         fontconfig         ca-certificates p11-kit         tzdata         locales     ; 
    echo "en_US.UTF-8 UTF-8" >> /etc/locale.gen; 
    locale-gen en_US.UTF-8; 
ENV JAVA_VERSION=jdk-17.0.17+10
    ARCH="$(dpkg --print-architecture)"; 
    case "\${ARCH}" in        amd64)          ESUM='1c607fb19f153b23a7d62ff980eb55cff1a7d47ce565bbc44d14947c93bd33c9'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.17%2B10/OpenJDK17U-jre_x64_linux_hotspot_17.0.17_10.tar.gz'; 
       arm64)          ESUM='d184e8d5caabe51b7ce9d4e0410f51b447a703eab3cec60ca94b7c59fecdad01'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.17%2B10/OpenJDK17U-jre_aarch64_linux_hotspot_17.0.17_10.tar.gz'; 
       armhf)          ESUM='962b592e7f4196da9dc874c9bc775186d10d4515d505355516ac4eba0775645d'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.17%2B10/OpenJDK17U-jre_arm_linux_hotspot_17.0.17_10.tar.gz'; 
       ppc64el)          ESUM='bc39038e7a874da232f80f49f90f7ec08213fc66b956405f6cc45eed3658cd0a'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.17%2B10/OpenJDK17U-jre_ppc64le_linux_hotspot_17.0.17_10.tar.gz'; 
       riscv64)          ESUM='2876b04be597a748d5daaa5e1e73a32e9e84cb1b98c1760ff79fb3a53e032de7'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.17%2B10/OpenJDK17U-jre_riscv64_linux_hotspot_17.0.17_10.tar.gz'; 
       s390x)          ESUM='489f8187a939a1e065c2e8f13ff7f26514dd7391b4784ae36e21d9f96972e3f2'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.17%2B10/OpenJDK17U-jre_s390x_linux_hotspot_17.0.17_10.tar.gz'; 
    wget --progress=dot:giga -O /tmp/openjdk.tar.gz \${BINARY_URL}; 
    wget --progress=dot:giga -O /tmp/openjdk.tar.gz.sig \${BINARY_URL}.sig; 
    rm -f /tmp/openjdk.tar.gz; 
    find "$JAVA_HOME/lib" -name '*.so' -exec dirname '{}' ';' | sort -u > /etc/ld.so.conf.d/docker-openjdk.conf; 
    ldconfig; 
    java -Xshare:dump; 
/bin/sh -c #(nop)  LABEL org.opencontainers.image.version=22.04
/bin/sh -c #(nop) ADD file:89847d76d242dea90ede05e9e1e13a1ff4400a65eafbe2d6e31e086c93893580 in / 
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends         curl         wget         fontconfig         ca-certificates p11-kit         binutils         tzdata         locales     ; 
ENV JAVA_VERSION=jdk-17.0.11+9
    case "\${ARCH}" in        aarch64|arm64)          ESUM='a900acf3ae56b000afc35468a083b6d6fd695abec87a8abdb02743d5c72f6d6d'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.11%2B9/OpenJDK17U-jdk_aarch64_linux_hotspot_17.0.11_9.tar.gz'; 
       amd64|i386:x86-64)          ESUM='aa7fb6bb342319d227a838af5c363bfa1b4a670c209372f9e6585bd79da6220c'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.11%2B9/OpenJDK17U-jdk_x64_linux_hotspot_17.0.11_9.tar.gz'; 
       armhf|arm)          ESUM='9b5c375ed7ce654083c6c1137d8daadebaf8657650576115f0deafab00d0f1d7'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.11%2B9/OpenJDK17U-jdk_arm_linux_hotspot_17.0.11_9.tar.gz'; 
       ppc64el|powerpc:common64)          ESUM='44bdd662c3b832cfe0b808362866b8d7a700dd60e6e39716dee97211d35c230f'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.11%2B9/OpenJDK17U-jdk_ppc64le_linux_hotspot_17.0.11_9.tar.gz'; 
       s390x|s390:64-bit)          ESUM='af3f33c14ed3e2fcd85a390575029fbf92a491f60cfdc274544ac8ad6532de47'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.11%2B9/OpenJDK17U-jdk_s390x_linux_hotspot_17.0.11_9.tar.gz'; 
/bin/sh -c #(nop) ADD file:5758b97d8301c84a204a6e516241275d785a7cade40b2fb99f01fe122482e283 in / 
    apk add --no-cache         fontconfig ttf-dejavu         ca-certificates p11-kit-trust         musl-locales musl-locales-lang         binutils         tzdata         coreutils         openssl     ; 
ENV JAVA_VERSION=jdk-17.0.12+7
    case "\${ARCH}" in        x86_64)          ESUM='6d274a292a717a6f8d00a3ed0695497405c5c634c27fec1692dd13784f6ff6fa'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.12%2B7/OpenJDK17U-jdk_x64_alpine-linux_hotspot_17.0.12_7.tar.gz'; 
/bin/sh -c #(nop) ADD file:8ce1caf246e7c778bca84c516d02fd4e83766bb2c530a0fffa8a351b560a2728 in / 
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends         curl         wget         gnupg         fontconfig         ca-certificates p11-kit         binutils         tzdata         locales     ; 
ENV JAVA_VERSION=jdk-17.0.19+10
    case "\${ARCH}" in        amd64)          ESUM='d8afc263758141a66e0e3aafc321e783f7016696f4eaea067d340a269037d331'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.19%2B10/OpenJDK17U-jdk_x64_linux_hotspot_17.0.19_10.tar.gz'; 
       arm64)          ESUM='83a52172678ec8975164648654869cb2e71d7c748b47aca94b29bbfa10c18e81'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.19%2B10/OpenJDK17U-jdk_aarch64_linux_hotspot_17.0.19_10.tar.gz'; 
       armhf)          ESUM='2de430307390123858ea70b3ba399155b88bb05d65e5d3633b3a4d7b19acddb1'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.19%2B10/OpenJDK17U-jdk_arm_linux_hotspot_17.0.19_10.tar.gz'; 
       ppc64el)          ESUM='c9d8dc52960ff00aa8c321e211cc5284a2151cffdedeac998f5297066cbad245'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.19%2B10/OpenJDK17U-jdk_ppc64le_linux_hotspot_17.0.19_10.tar.gz'; 
       riscv64)          ESUM='191cdd904aef8b8a7a91c98d649c7e3dc75b7341f112061231c2094c418fd630'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.19%2B10/OpenJDK17U-jdk_riscv64_linux_hotspot_17.0.19_10.tar.gz'; 
       s390x)          ESUM='00363a5ceda57aa0dee89d20b3f6b2966e3c1f3fb6dcf57e66d2264573d3c63e'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.19%2B10/OpenJDK17U-jdk_s390x_linux_hotspot_17.0.19_10.tar.gz'; 
    apk add --no-cache         fontconfig ttf-dejavu         gnupg         ca-certificates p11-kit-trust         musl-locales musl-locales-lang         tzdata         coreutils         openssl     ; 
    case "\${ARCH}" in        x86_64)          ESUM='22d4d5579902d134dede626d0fdfb95891abc7578e13dea9cb23775498c4cf51'; 
         BINARY_URL='https://github.com/adoptium/temurin17-binaries/releases/download/jdk-17.0.19%2B10/OpenJDK17U-jre_x64_alpine-linux_hotspot_17.0.19_10.tar.gz'; 
/bin/sh -c #(nop) ADD file:194c886b88876c1804cc5f80719669653c16a388b664147b7f22402105f533c4 in / 
/bin/sh -c #(nop)  ENV JAVA_HOME=/opt/java/openjdk
/bin/sh -c #(nop)  ENV PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
/bin/sh -c #(nop)  ENV LANG=en_US.UTF-8 LANGUAGE=en_US:en LC_ALL=en_US.UTF-8
/bin/sh -c apt-get update     && 
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends tzdata curl wget ca-certificates fontconfig locales p11-kit binutils     && 
echo "en_US.UTF-8 UTF-8" >> /etc/locale.gen     && 
locale-gen en_US.UTF-8     && 
/bin/sh -c #(nop)  ENV JAVA_VERSION=jdk-20.0.2+9
/bin/sh -c set -eux; 
    case "\${ARCH}" in        aarch64|arm64)          ESUM='63a730d5a3b6d21d31f7cba15dc44b019a8a4d8652e13acec45040f98584112c'; 
         BINARY_URL='https://github.com/adoptium/temurin20-binaries/releases/download/jdk-20.0.2%2B9/OpenJDK20U-jre_aarch64_linux_hotspot_20.0.2_9.tar.gz'; 
       amd64|i386:x86-64)          ESUM='e3592e86290c192804d9c6b5035d42cc32cf04141d1c0b9d1ecb67739826c8c5'; 
         BINARY_URL='https://github.com/adoptium/temurin20-binaries/releases/download/jdk-20.0.2%2B9/OpenJDK20U-jre_x64_linux_hotspot_20.0.2_9.tar.gz'; 
	  wget -O /tmp/openjdk.tar.gz \${BINARY_URL}; 
	  echo "\${ESUM} */tmp/openjdk.tar.gz" | sha256sum -c -; 
	  mkdir -p "$JAVA_HOME"; 
	  tar --extract 	      --file /tmp/openjdk.tar.gz 	      --directory "$JAVA_HOME" 	      --strip-components 1 	      --no-same-owner 	  ; 
    java -Xshare:dump;
/bin/sh -c echo Verifying install ...     && 
fileEncoding="$(echo 'System.out.println(System.getProperty("file.encoding"))' | jshell -s -)"; 
rm -rf ~/.java     && 
echo java --version && 
java --version     && 
echo Complete.
/bin/sh -c #(nop) COPY file:8b8864b3e02a33a579dc216fd51b28a6047bc8eeaa03045b258980fe0cf7fcb3 in /__cacert_entrypoint.sh 
/bin/sh -c #(nop)  ENTRYPOINT ["/__cacert_entrypoint.sh"]
umoci raw add-layer --image /home/buildd/rockcraft-ubuntu-d5c39e770efe31df4a04e5e058b71b06/images/ubuntu:rockcraft-base /home/buildd/rockcraft-ubuntu-d5c39e770efe31df4a04e5e058b71b06/images/.temp_layer.8927.tar --tag 26.04
Set entrypoint
umoci config --image /home/buildd/rockcraft-ubuntu-d5c39e770efe31df4a04e5e058b71b06/images/ubuntu:26.04 --clear=config.entrypoint --clear=config.cmd
Set default commands
umoci config --image /home/buildd/rockcraft-ubuntu-d5c39e770efe31df4a04e5e058b71b06/images/ubuntu:26.04 --clear=config.cmd --config.cmd /bin/bash
Set default PATH for bare-based rock
umoci config --image /home/buildd/rockcraft-ubuntu-d5c39e770efe31df4a04e5e058b71b06/images/ubuntu:26.04 --config.env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
Set labels
umoci config --image /home/buildd/rockcraft-ubuntu-d5c39e770efe31df4a04e5e058b71b06/images/ubuntu:26.04 --clear=config.labels --config.label org.opencontainers.image.version=26.04 --config.label org.opencontainers.image.title=ubuntu --config.label org.opencontainers.image.created=2026-06-27T04:19:04.617438+00:00 --config.label org.opencontainers.image.description=The Ubuntu container image maintained by Canonical⏎⏎Ubuntu is a Debian-based Linux operating system that runs from the desktop to the cloud, to all your internet connected things.⏎It is the world's most popular operating system across public clouds and OpenStack clouds.⏎It is the number one platform for containers; 
from Docker to Kubernetes to LXD, Ubuntu can run your containers at scale.⏎Fast, secure and simple, Ubuntu powers millions of PCs worldwide.⏎
Set annotations
umoci config --image /home/buildd/rockcraft-ubuntu-d5c39e770efe31df4a04e5e058b71b06/images/ubuntu:26.04 --clear=manifest.annotations --manifest.annotation org.opencontainers.image.version=26.04 --manifest.annotation org.opencontainers.image.title=ubuntu --manifest.annotation org.opencontainers.image.created=2026-06-27T04:19:04.617438+00:00 --manifest.annotation org.opencontainers.image.description=The Ubuntu container image maintained by Canonical⏎⏎Ubuntu is a Debian-based Linux operating system that runs from the desktop to the cloud, to all your internet connected things.⏎It is the world's most popular operating system across public clouds and OpenStack clouds.⏎It is the number one platform for containers; 
Add rock control metadata
umoci raw add-layer --image /home/buildd/rockcraft-ubuntu-d5c39e770efe31df4a04e5e058b71b06/images/ubuntu:26.04 /home/buildd/rockcraft-ubuntu-d5c39e770efe31df4a04e5e058b71b06/images/.temp_layer.control_data.8927.tar
ENV JAVA_VERSION=jdk-21.0.11+10
    case "\${ARCH}" in        amd64)          ESUM='e5038aae3ca9ff670bc696496b0728dbd23d280026bad30291cb919221ecfdcb'; 
         BINARY_URL='https://github.com/adoptium/temurin21-binaries/releases/download/jdk-21.0.11%2B10/OpenJDK21U-jre_x64_linux_hotspot_21.0.11_10.tar.gz'; 
       arm64)          ESUM='fa23d9d9945053e67bcc7638410eabf1e17a7672c7c95a24f70cd08b8407d36e'; 
         BINARY_URL='https://github.com/adoptium/temurin21-binaries/releases/download/jdk-21.0.11%2B10/OpenJDK21U-jre_aarch64_linux_hotspot_21.0.11_10.tar.gz'; 
       ppc64el)          ESUM='fefb53c4bd687e7a91a9a9809ec80e0862e829cd20513839ad1a9988ddc89482'; 
         BINARY_URL='https://github.com/adoptium/temurin21-binaries/releases/download/jdk-21.0.11%2B10/OpenJDK21U-jre_ppc64le_linux_hotspot_21.0.11_10.tar.gz'; 
       riscv64)          ESUM='f3d8843c5a1b77ded3353e0df85d803d84b9faa5ece20673564e7c47fc4591d9'; 
         BINARY_URL='https://github.com/adoptium/temurin21-binaries/releases/download/jdk-21.0.11%2B10/OpenJDK21U-jre_riscv64_linux_hotspot_21.0.11_10.tar.gz'; 
       s390x)          ESUM='45736e9e14d52619133900a077b4f72d1ebee0fd0bb053da0bca9dce9fc4d916'; 
         BINARY_URL='https://github.com/adoptium/temurin21-binaries/releases/download/jdk-21.0.11%2B10/OpenJDK21U-jre_s390x_linux_hotspot_21.0.11_10.tar.gz'; 
    case "\${ARCH}" in        aarch64)          ESUM='33399db5fb4f542df36a706d6642a3ba1fab3d247da707273a11ef29e39f0705'; 
         BINARY_URL='https://github.com/adoptium/temurin21-binaries/releases/download/jdk-21.0.11%2B10/OpenJDK21U-jre_aarch64_alpine-linux_hotspot_21.0.11_10.tar.gz'; 
       x86_64)          ESUM='b75c9f0dd052adfd213f0c2c1cc0c8a6d4539a8de9f7947d2b8fc45d18289975'; 
         BINARY_URL='https://github.com/adoptium/temurin21-binaries/releases/download/jdk-21.0.11%2B10/OpenJDK21U-jre_x64_alpine-linux_hotspot_21.0.11_10.tar.gz'; 
ENV JAVA_VERSION=jdk-21.0.8+9
    case "\${ARCH}" in        aarch64)          ESUM='f495749fce8d8974323f30428c1183168f90592dc90bb94c96edab33ffccc94e'; 
         BINARY_URL='https://github.com/adoptium/temurin21-binaries/releases/download/jdk-21.0.8%2B9/OpenJDK21U-jre_aarch64_alpine-linux_hotspot_21.0.8_9.tar.gz'; 
       x86_64)          ESUM='f499e2d5c596fd531c8427b2fb207c9eeabed783adad32aeed64b03dd476a231'; 
         BINARY_URL='https://github.com/adoptium/temurin21-binaries/releases/download/jdk-21.0.8%2B9/OpenJDK21U-jre_x64_alpine-linux_hotspot_21.0.8_9.tar.gz'; 
ENV JAVA_VERSION=jdk-25.0.2+10
    case "\${ARCH}" in        aarch64)          ESUM='159099235c536b152f86111a694a8a03392948924736f354c79e95532dcfc1f8'; 
         BINARY_URL='https://github.com/adoptium/temurin25-binaries/releases/download/jdk-25.0.2%2B10/OpenJDK25U-jre_aarch64_alpine-linux_hotspot_25.0.2_10.tar.gz'; 
       x86_64)          ESUM='2cbb356c6923f89814b892561e6f0377ecf035ab0577e3162d2cf4e202d38ee7'; 
         BINARY_URL='https://github.com/adoptium/temurin25-binaries/releases/download/jdk-25.0.2%2B10/OpenJDK25U-jre_x64_alpine-linux_hotspot_25.0.2_10.tar.gz'; 
    apk add --no-cache --virtual .fetch-deps gnupg; 
    apk del --no-network .fetch-deps; 
bazel build @trixie//base-files/amd64:data_statusd
bazel build @trixie//netbase/amd64:data_statusd
bazel build @trixie//tzdata/amd64:data_statusd
bazel build @trixie//tzdata-legacy/amd64:data_statusd
bazel build @trixie//media-types/amd64:data_statusd
bazel build //common:rootfs
bazel build //common:passwd
bazel build //common:home
bazel build //common:group
bazel build //common:tmp
bazel build //static:nsswitch
bazel build //common:os_release_debian13
bazel build //common:cacerts_debian13_amd64
bazel build @trixie//libc6/amd64:data_statusd
bazel build @trixie_java//zlib1g/amd64:data_statusd
bazel build @trixie_java//libjpeg62-turbo/amd64:data_statusd
bazel build @trixie_java//liblcms2-2/amd64:data_statusd
bazel build @trixie_java//libfreetype6/amd64:data_statusd
bazel build @trixie_java//fonts-dejavu-core/amd64:data_statusd
bazel build @trixie_java//fontconfig-config/amd64:data_statusd
bazel build @trixie_java//libexpat1/amd64:data_statusd
bazel build @trixie_java//libfontconfig1/amd64:data_statusd
bazel build @trixie_java//libuuid1/amd64:data_statusd
bazel build @trixie_java//libbrotli1/amd64:data_statusd
bazel build @trixie_java//libcrypt1/amd64:data_statusd
bazel build @trixie_java//libstdc++6/amd64:data_statusd
bazel build @trixie_java//libgcc-s1/amd64:data_statusd
bazel build @trixie_java//gcc-14-base/amd64:data_statusd
bazel build @trixie_java//libpng16-16t64/amd64:data_statusd
bazel build @trixie_java//libbz2-1.0/amd64:data_statusd
bazel build //common:locale_debian13_amd64
bazel build //java:cacerts_java_amd64_debian13
bazel build //java:temurin_25_jre_amd64_debian13
/bin/sh -c #(nop) ADD file:a3344b835ea6fdc5692df23826c970403656c6947342e117b2ac1a05956679af in / 
/bin/sh -c set -xe 		&& 
echo '#!/bin/sh' > /usr/sbin/policy-rc.d 	&& 
echo 'exit 101' >> /usr/sbin/policy-rc.d 	&& 
chmod +x /usr/sbin/policy-rc.d 		&& 
dpkg-divert --local --rename --add /sbin/initctl 	&& 
cp -a /usr/sbin/policy-rc.d /sbin/initctl 	&& 
sed -i 's/^exit.*/exit 0/' /sbin/initctl 		&& 
echo 'force-unsafe-io' > /etc/dpkg/dpkg.cfg.d/docker-apt-speedup 		&& 
echo 'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; 
};' > /etc/apt/apt.conf.d/docker-clean 	&& 
echo 'APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; 
};' >> /etc/apt/apt.conf.d/docker-clean 	&& 
echo 'Dir::Cache::pkgcache ""; 
Dir::Cache::srcpkgcache "";' >> /etc/apt/apt.conf.d/docker-clean 		&& 
echo 'Acquire::Languages "none";' > /etc/apt/apt.conf.d/docker-no-languages 		&& 
echo 'Acquire::GzipIndexes "true"; 
Acquire::CompressionTypes::Order:: "gz";' > /etc/apt/apt.conf.d/docker-gzip-indexes 		&& 
echo 'Apt::AutoRemove::SuggestsImportant "false";' > /etc/apt/apt.conf.d/docker-autoremove-suggests
/bin/sh -c rm -rf /var/lib/apt/lists/*
/bin/sh -c sed -i 's/^#\\s*\\(deb.*universe\\)$/\\1/g' /etc/apt/sources.list
/bin/sh -c mkdir -p /run/systemd && 
echo 'docker' > /run/systemd/container
/bin/sh -c #(nop)  MAINTAINER Dinakar Guniguntala <dinakar.g@in.ibm.com> (@dinogun)
apt-get install -y --no-install-recommends wget ca-certificates     && 
/bin/sh -c #(nop)  ENV JAVA_VERSION=1.8.0_sr5fp7
    case "\${ARCH}" in        amd64|x86_64)          ESUM='ed49f45d82f6aa187fa0af64c6655f8370f1729f6f8644238519dc0149845acd'; 
         YML_FILE='jre/linux/x86_64/index.yml'; 
       i386)          ESUM='dc2828651a96e64bba66f9707a94cb64aae5f6a8686b1f8edde2d45d6622c35b'; 
         YML_FILE='jre/linux/i386/index.yml'; 
       ppc64el|ppc64le)          ESUM='f7140190ca6b8a4fce34be86fdfef8a2c078d443b13a8da12805a67be01721e1'; 
         YML_FILE='jre/linux/ppc64le/index.yml'; 
       s390)          ESUM='3eb4ad375d8825a16cc7c0466527df4f3c49782a4b299ce8f1db2ff0d650e7cd'; 
         YML_FILE='jre/linux/s390/index.yml'; 
       s390x)          ESUM='9a41eccb986c71dffd6fc464f9425509d7189dc4028b7d74d589db9b14177566'; 
         YML_FILE='jre/linux/s390x/index.yml'; 
    BASE_URL="https://public.dhe.ibm.com/ibmdl/export/pub/systems/cloud/runtimes/java/meta/"; 
    wget -q -U UA_IBM_JAVA_Docker -O /tmp/index.yml \${BASE_URL}/\${YML_FILE}; 
    JAVA_URL=$(cat /tmp/index.yml | sed -n '/'\${JAVA_VERSION}'/{n;p}' | sed -n 's/\\s*uri:\\s//p' | tr -d '\\r'); 
    wget -q -U UA_IBM_JAVA_Docker -O /tmp/ibm-java.bin \${JAVA_URL}; 
    echo "\${ESUM}  /tmp/ibm-java.bin" | sha256sum -c -; 
    echo "INSTALLER_UI=silent" > /tmp/response.properties; 
    echo "USER_INSTALL_DIR=/opt/ibm/java" >> /tmp/response.properties; 
    echo "LICENSE_ACCEPTED=TRUE" >> /tmp/response.properties; 
    mkdir -p /opt/ibm; 
    chmod +x /tmp/ibm-java.bin; 
    /tmp/ibm-java.bin -i silent -f /tmp/response.properties; 
    rm -f /tmp/response.properties; 
    rm -f /tmp/index.yml; 
    rm -f /tmp/ibm-java.bin; 
    cd /opt/ibm/java/jre/lib; 
    rm -rf icc;
/bin/sh -c #(nop)  ENV JAVA_HOME=/opt/ibm/java/jre PATH=/opt/ibm/java/jre/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
/bin/sh -c apk --update add --no-cache ca-certificates curl openssl binutils xz     && 
GLIBC_VER="2.25-r0"     && 
ALPINE_GLIBC_REPO="https://github.com/sgerrand/alpine-pkg-glibc/releases/download"     && 
curl -Ls \${ALPINE_GLIBC_REPO}/\${GLIBC_VER}/glibc-\${GLIBC_VER}.apk > /tmp/\${GLIBC_VER}.apk     && 
apk add --allow-untrusted /tmp/\${GLIBC_VER}.apk     && 
curl -Ls https://www.archlinux.org/packages/core/x86_64/gcc-libs/download > /tmp/gcc-libs.tar.xz     && 
mkdir /tmp/gcc     && 
tar -xf /tmp/gcc-libs.tar.xz -C /tmp/gcc     && 
mv /tmp/gcc/usr/lib/libgcc* /tmp/gcc/usr/lib/libstdc++* /usr/glibc-compat/lib     && 
strip /usr/glibc-compat/lib/libgcc_s.so.* /usr/glibc-compat/lib/libstdc++.so*     && 
apk del curl binutils     && 
rm -rf /tmp/\${GLIBC_VER}.apk /tmp/gcc /tmp/gcc-libs.tar.xz /var/cache/apk/*
    case "\${ARCH}" in        amd64|x86_64)          ESUM='077343a783bbfe211a2ad03847b4f7eeafea8f30c95440f5fae9faf44dd209f7'; 
         YML_FILE='sfj/linux/x86_64/index.yml'; 
       i386)          ESUM='156936eee324b02b94020cd374dd86a12c720bebfbf8727e30ba8863242b17b0'; 
         YML_FILE='sfj/linux/i386/index.yml'; 
       ppc64el|ppc64le)          ESUM='32341fb38bc78398061e3893f95c2b4743863057ccc031274f456205fc251b55'; 
         YML_FILE='sfj/linux/ppc64le/index.yml'; 
       s390)          ESUM='d129210ca06948580f18216ce23b3921fdc2ac79bbf76d1155a417c5c7fed7c7'; 
         YML_FILE='sfj/linux/s390/index.yml'; 
       s390x)          ESUM='cfda833ee9f2cd52b8546bf57bf9ea914ce36a6b5b4ce2e453ac90dc307629d8'; 
         YML_FILE='sfj/linux/s390x/index.yml'; 
apt-get install -y --no-install-recommends 		bzip2 		unzip 		xz-utils 	&& 
/bin/sh -c #(nop)  ENV LANG=C.UTF-8
/bin/sh -c { 		echo '#!/bin/sh'; 
		echo 'set -e'; 
		echo; 
		echo 'dirname "$(dirname "$(readlink -f "$(which javac || which java)")")"'; 
	} > /usr/local/bin/docker-java-home 	&& 
chmod +x /usr/local/bin/docker-java-home
/bin/sh -c #(nop)  ENV JAVA_HOME=/usr/lib/jvm/java-6-openjdk-amd64/jre
/bin/sh -c #(nop)  ENV JAVA_VERSION=6b38
/bin/sh -c #(nop)  ENV JAVA_DEBIAN_VERSION=6b38-1.13.10-1~deb7u1
/bin/sh -c set -x 	&& 
apt-get update 	&& 
apt-get install -y 		openjdk-6-jre-headless="$JAVA_DEBIAN_VERSION" 	&& 
rm -rf /var/lib/apt/lists/* 	&& 
[ "$JAVA_HOME" = "$(docker-java-home)" ]
/bin/sh -c #(nop)  ENV JAVA_HOME=/usr/lib/jvm/java-7-openjdk-amd64/jre
/bin/sh -c #(nop)  ENV JAVA_VERSION=7u111
/bin/sh -c #(nop)  ENV JAVA_DEBIAN_VERSION=7u111-2.6.7-2~deb8u1
apt-get install -y 		openjdk-7-jre-headless="$JAVA_DEBIAN_VERSION" 	&& 
RUN /bin/sh -c apk add --no-cache bash openssh-client # buildkit
LABEL org.opencontainers.image.title=Apache Maven
LABEL org.opencontainers.image.source=https://github.com/carlossg/docker-maven
LABEL org.opencontainers.image.url=https://github.com/carlossg/docker-maven
LABEL org.opencontainers.image.description=Apache Maven is a software project management and comprehension tool. Based on the concept of a project object model (POM), Maven can manage a project's build, reporting and documentation from a central piece of information.
ENV MAVEN_HOME=/usr/share/maven
COPY /usr/share/maven /usr/share/maven # buildkit
COPY /usr/local/bin/mvn-entrypoint.sh /usr/local/bin/mvn-entrypoint.sh # buildkit
COPY /usr/share/maven/ref/settings-docker.xml /usr/share/maven/ref/settings-docker.xml # buildkit
RUN /bin/sh -c ln -s \${MAVEN_HOME}/bin/mvn /usr/bin/mvn # buildkit
ARG MAVEN_VERSION=3.9.9
ARG USER_HOME_DIR=/root
ENV MAVEN_CONFIG=/root/.m2
ENTRYPOINT ["/usr/local/bin/mvn-entrypoint.sh"]
CMD ["mvn"]
/bin/sh -c #(nop) ADD file:9b8be2b52ee0fa31da1b6256099030b73546253a57e94cccb24605cd888bb74d in / 
/bin/sh -c #(nop)  LABEL maintainer=NGINX Docker Maintainers <docker-maint@nginx.com>
/bin/sh -c #(nop)  ENV NGINX_VERSION=1.16.1
/bin/sh -c #(nop)  ENV NJS_VERSION=0.3.8
/bin/sh -c #(nop)  ENV PKG_RELEASE=1~buster
/bin/sh -c set -x     && 
addgroup --system --gid 101 nginx     && 
adduser --system --disabled-login --ingroup nginx --no-create-home --home /nonexistent --gecos "nginx user" --shell /bin/false --uid 101 nginx     && 
apt-get update     && 
apt-get install --no-install-recommends --no-install-suggests -y gnupg1 ca-certificates     && 
    NGINX_GPGKEY=573BFD6B3D8FBC641079A6ABABF5BD827BD9BF62; 
    found=''; 
    for server in         ha.pool.sks-keyservers.net         hkp://keyserver.ubuntu.com:80         hkp://p80.pool.sks-keyservers.net:80         pgp.mit.edu     ; 
do         echo "Fetching GPG key $NGINX_GPGKEY from $server"; 
        apt-key adv --keyserver "$server" --keyserver-options timeout=10 --recv-keys "$NGINX_GPGKEY" && 
found=yes && 
break; 
    done; 
    test -z "$found" && 
echo >&2 "error: failed to fetch GPG key $NGINX_GPGKEY" && 
exit 1; 
    apt-get remove --purge --auto-remove -y gnupg1 && 
rm -rf /var/lib/apt/lists/*     && 
dpkgArch="$(dpkg --print-architecture)"     && 
nginxPackages="         nginx=\${NGINX_VERSION}-\${PKG_RELEASE}         nginx-module-xslt=\${NGINX_VERSION}-\${PKG_RELEASE}         nginx-module-geoip=\${NGINX_VERSION}-\${PKG_RELEASE}         nginx-module-image-filter=\${NGINX_VERSION}-\${PKG_RELEASE}         nginx-module-njs=\${NGINX_VERSION}.\${NJS_VERSION}-\${PKG_RELEASE}     "     && 
case "$dpkgArch" in         amd64|i386)             echo "deb https://nginx.org/packages/debian/ buster nginx" >> /etc/apt/sources.list.d/nginx.list             && 
apt-get update             ;; 
        *)             echo "deb-src https://nginx.org/packages/debian/ buster nginx" >> /etc/apt/sources.list.d/nginx.list                         && 
tempDir="$(mktemp -d)"             && 
chmod 777 "$tempDir"                         && 
savedAptMark="$(apt-mark showmanual)"                         && 
apt-get update             && 
apt-get build-dep -y $nginxPackages             && 
(                 cd "$tempDir"                 && 
DEB_BUILD_OPTIONS="nocheck parallel=$(nproc)"                     apt-get source --compile $nginxPackages             )                         && 
apt-mark showmanual | xargs apt-mark auto > /dev/null             && 
{ [ -z "$savedAptMark" ] || apt-mark manual $savedAptMark; 
}                         && 
ls -lAFh "$tempDir"             && 
( cd "$tempDir" && 
dpkg-scanpackages . > Packages )             && 
grep '^Package: ' "$tempDir/Packages"             && 
echo "deb [ trusted=yes ] file://$tempDir ./" > /etc/apt/sources.list.d/temp.list             && 
apt-get -o Acquire::GzipIndexes=false update             ;; 
    esac         && 
apt-get install --no-install-recommends --no-install-suggests -y                         $nginxPackages                         gettext-base     && 
apt-get remove --purge --auto-remove -y ca-certificates && 
rm -rf /var/lib/apt/lists/* /etc/apt/sources.list.d/nginx.list         && 
if [ -n "$tempDir" ]; 
then         apt-get purge -y --auto-remove         && 
rm -rf "$tempDir" /etc/apt/sources.list.d/temp.list; 
    fi
/bin/sh -c ln -sf /dev/stdout /var/log/nginx/access.log     && 
ln -sf /dev/stderr /var/log/nginx/error.log
/bin/sh -c #(nop)  EXPOSE 80
/bin/sh -c #(nop)  STOPSIGNAL SIGTERM
/bin/sh -c #(nop)  CMD ["nginx" "-g" "daemon off;"]
LABEL maintainer=NGINX Docker Maintainers <docker-maint@nginx.com>
ENV NGINX_VERSION=1.26.2
ENV PKG_RELEASE=1
ENV DYNPKG_RELEASE=2
RUN /bin/sh -c set -x     && 
addgroup -g 101 -S nginx     && 
adduser -S -D -H -u 101 -h /var/cache/nginx -s /sbin/nologin -G nginx -g nginx nginx     && 
apkArch="$(cat /etc/apk/arch)"     && 
nginxPackages="         nginx=\${NGINX_VERSION}-r\${PKG_RELEASE}     "     && 
apk add --no-cache --virtual .checksum-deps         openssl     && 
case "$apkArch" in         x86_64|aarch64)             set -x             && 
KEY_SHA512="e09fa32f0a0eab2b879ccbbc4d0e4fb9751486eedda75e35fac65802cc9faa266425edf83e261137a2f4d16281ce2c1a5f4502930fe75154723da014214f0655"             && 
wget -O /tmp/nginx_signing.rsa.pub https://nginx.org/keys/nginx_signing.rsa.pub             && 
if echo "$KEY_SHA512 */tmp/nginx_signing.rsa.pub" | sha512sum -c -; 
then                 echo "key verification succeeded!"; 
                mv /tmp/nginx_signing.rsa.pub /etc/apk/keys/; 
            else                 echo "key verification failed!"; 
                exit 1; 
            fi             && 
apk add -X "https://nginx.org/packages/alpine/v$(egrep -o '^[0-9]+\\.[0-9]+' /etc/alpine-release)/main" --no-cache $nginxPackages             ;; 
        *)             set -x             && 
chown nobody:nobody $tempDir             && 
apk add --no-cache --virtual .build-deps                 gcc                 libc-dev                 make                 openssl-dev                 pcre2-dev                 zlib-dev                 linux-headers                 bash                 alpine-sdk                 findutils                 curl             && 
su nobody -s /bin/sh -c "                 export HOME=\${tempDir}                 && 
cd \${tempDir}                 && 
curl -f -O https://hg.nginx.org/pkg-oss/archive/\${NGINX_VERSION}-\${PKG_RELEASE}.tar.gz                 && 
PKGOSSCHECKSUM=\\"825f610c44dfb97166112e6d060c0ba209a74f50e42c7c23a5b8742f468596f110bb1b4ca9299547a8a3d41f3a7caa864622f40f6c7bb4d8bab3d24880bdfb6a *\${NGINX_VERSION}-\${PKG_RELEASE}.tar.gz\\"                 && 
if [ \\"\\$(openssl sha512 -r \${NGINX_VERSION}-\${PKG_RELEASE}.tar.gz)\\" = \\"\\$PKGOSSCHECKSUM\\" ]; 
then                     echo \\"pkg-oss tarball checksum verification succeeded!\\"; 
                else                     echo \\"pkg-oss tarball checksum verification failed!\\"; 
                    exit 1; 
                fi                 && 
tar xzvf \${NGINX_VERSION}-\${PKG_RELEASE}.tar.gz                 && 
cd pkg-oss-\${NGINX_VERSION}-\${PKG_RELEASE}                 && 
cd alpine                 && 
make base                 && 
apk index --allow-untrusted -o \${tempDir}/packages/alpine/\${apkArch}/APKINDEX.tar.gz \${tempDir}/packages/alpine/\${apkArch}/*.apk                 && 
abuild-sign -k \${tempDir}/.abuild/abuild-key.rsa \${tempDir}/packages/alpine/\${apkArch}/APKINDEX.tar.gz                 "             && 
cp \${tempDir}/.abuild/abuild-key.rsa.pub /etc/apk/keys/             && 
apk del --no-network .build-deps             && 
apk add -X \${tempDir}/packages/alpine/ --no-cache $nginxPackages             ;; 
    esac     && 
apk del --no-network .checksum-deps     && 
then rm -rf "$tempDir"; 
fi     && 
if [ -f "/etc/apk/keys/abuild-key.rsa.pub" ]; 
then rm -f /etc/apk/keys/abuild-key.rsa.pub; 
apk add --no-cache --virtual .gettext gettext     && 
mv /usr/bin/envsubst /tmp/         && 
runDeps="$(         scanelf --needed --nobanner /tmp/envsubst             | awk '{ gsub(/,/, "\\nso:", $2); 
print "so:" $2 }'             | sort -u             | xargs -r apk info --installed             | sort -u     )"     && 
apk add --no-cache $runDeps     && 
apk del --no-network .gettext     && 
mv /tmp/envsubst /usr/local/bin/     && 
apk add --no-cache tzdata     && 
ln -sf /dev/stdout /var/log/nginx/access.log     && 
ln -sf /dev/stderr /var/log/nginx/error.log     && 
mkdir /docker-entrypoint.d # buildkit
COPY docker-entrypoint.sh / # buildkit
COPY 10-listen-on-ipv6-by-default.sh /docker-entrypoint.d # buildkit
COPY 15-local-resolvers.envsh /docker-entrypoint.d # buildkit
COPY 20-envsubst-on-templates.sh /docker-entrypoint.d # buildkit
COPY 30-tune-worker-processes.sh /docker-entrypoint.d # buildkit
ENTRYPOINT ["/docker-entrypoint.sh"]
EXPOSE map[80/tcp:{}]
STOPSIGNAL SIGQUIT
CMD ["nginx" "-g" "daemon off;"]
ENV NGINX_VERSION=1.28.1
ENV DYNPKG_RELEASE=1
curl -f -L -O https://github.com/nginx/pkg-oss/archive/\${NGINX_VERSION}-\${PKG_RELEASE}.tar.gz                 && 
PKGOSSCHECKSUM=\\"4d43d5eadf39a2428e91a4e6fde0188f1cfb76354598d818d2ef2f8ff5cfa8d65993248b19a2d7ae663798d2362905e63ebd5dca6ca82cabc2831631d0e079ea *\${NGINX_VERSION}-\${PKG_RELEASE}.tar.gz\\"                 && 
apk add --no-cache gettext-envsubst     && 
ENV NJS_VERSION=0.9.4
ENV NJS_RELEASE=1
ENV ACME_VERSION=0.3.1
nginxPackages="         nginx=\${NGINX_VERSION}-r\${PKG_RELEASE}         nginx-module-xslt=\${NGINX_VERSION}-r\${DYNPKG_RELEASE}         nginx-module-geoip=\${NGINX_VERSION}-r\${DYNPKG_RELEASE}         nginx-module-image-filter=\${NGINX_VERSION}-r\${DYNPKG_RELEASE}         nginx-module-njs=\${NGINX_VERSION}.\${NJS_VERSION}-r\${NJS_RELEASE}         nginx-module-acme=\${NGINX_VERSION}.\${ACME_VERSION}-r\${PKG_RELEASE}     "     && 
case "$apkArch" in         x86_64|aarch64)             apk add -X "https://nginx.org/packages/alpine/v$(egrep -o '^[0-9]+\\.[0-9]+' /etc/alpine-release)/main" --no-cache $nginxPackages             ;; 
apk add --no-cache --virtual .build-deps                 gcc                 libc-dev                 make                 openssl-dev                 pcre2-dev                 zlib-dev                 linux-headers                 libxslt-dev                 gd-dev                 geoip-dev                 libedit-dev                 bash                 alpine-sdk                 findutils                 curl                 cargo                 clang-libclang             && 
make module-geoip module-image-filter module-njs module-xslt module-acme                 && 
apk add --no-cache curl ca-certificates # buildkit
ENV NGINX_VERSION=1.29.0
apk add -X "https://nginx.org/packages/mainline/alpine/v$(egrep -o '^[0-9]+\\.[0-9]+' /etc/alpine-release)/main" --no-cache $nginxPackages             ;; 
PKGOSSCHECKSUM=\\"400593da45fc0195a01138c0c23a06059da1c6a2e26959f2c4c95fbaf63436ff211665ef01392d2b775a0133d5b57680dabe51b840a55f82e89621e84cf651d1 *\${NGINX_VERSION}-\${PKG_RELEASE}.tar.gz\\"                 && 
ENV NJS_VERSION=0.9.0
nginxPackages="         nginx=\${NGINX_VERSION}-r\${PKG_RELEASE}         nginx-module-xslt=\${NGINX_VERSION}-r\${DYNPKG_RELEASE}         nginx-module-geoip=\${NGINX_VERSION}-r\${DYNPKG_RELEASE}         nginx-module-image-filter=\${NGINX_VERSION}-r\${DYNPKG_RELEASE}         nginx-module-njs=\${NGINX_VERSION}.\${NJS_VERSION}-r\${NJS_RELEASE}     "     && 
case "$apkArch" in         x86_64|aarch64)             apk add -X "https://nginx.org/packages/mainline/alpine/v$(egrep -o '^[0-9]+\\.[0-9]+' /etc/alpine-release)/main" --no-cache $nginxPackages             ;; 
apk add --no-cache --virtual .build-deps                 gcc                 libc-dev                 make                 openssl-dev                 pcre2-dev                 zlib-dev                 linux-headers                 libxslt-dev                 gd-dev                 geoip-dev                 libedit-dev                 bash                 alpine-sdk                 findutils                 curl             && 
make module-geoip module-image-filter module-njs module-xslt                 && 
ENV NGINX_VERSION=1.27.3
ARG UID=101
ARG GID=101
RUN |2 UID=101 GID=101 /bin/sh -c set -x     && 
addgroup -g $GID -S nginx || true     && 
adduser -S -D -H -u $UID -h /var/cache/nginx -s /sbin/nologin -G nginx -g nginx nginx || true     && 
curl -f -L -O https://github.com/nginx/pkg-oss/archive/0286c5190d972a49bffc9bf247885dd510ce8181.tar.gz                 && 
PKGOSSCHECKSUM=\\"1e546bd15d7bc68e1772ecb6a73e29ba108ee5554a28928e57af038a9e8fc4f5cd35708ce89ad1dfaac97d870e663d32ef41045611d30b20d38b46816e3ab535 *0286c5190d972a49bffc9bf247885dd510ce8181.tar.gz\\"                 && 
if [ \\"\\$(openssl sha512 -r 0286c5190d972a49bffc9bf247885dd510ce8181.tar.gz)\\" = \\"\\$PKGOSSCHECKSUM\\" ]; 
tar xzvf 0286c5190d972a49bffc9bf247885dd510ce8181.tar.gz                 && 
cd pkg-oss-0286c5190d972a49bffc9bf247885dd510ce8181                 && 
RUN |2 UID=101 GID=101 /bin/sh -c sed -i 's,listen       80;,listen       8080;,' /etc/nginx/conf.d/default.conf     && 
sed -i '/user  nginx;/d' /etc/nginx/nginx.conf     && 
sed -i 's,/var/run/nginx.pid,/tmp/nginx.pid,' /etc/nginx/nginx.conf     && 
sed -i "/^http {/a \\    proxy_temp_path /tmp/proxy_temp;\\n    client_body_temp_path /tmp/client_temp;\\n    fastcgi_temp_path /tmp/fastcgi_temp;\\n    uwsgi_temp_path /tmp/uwsgi_temp;\\n    scgi_temp_path /tmp/scgi_temp;\\n" /etc/nginx/nginx.conf     && 
chown -R $UID:0 /var/cache/nginx     && 
chmod -R g+w /var/cache/nginx     && 
chown -R $UID:0 /etc/nginx     && 
chmod -R g+w /etc/nginx # buildkit
EXPOSE map[8080/tcp:{}]
USER 101
ENV NJS_VERSION=0.8.8
USER root
nginxPackages="         nginx=\${NGINX_VERSION}-r\${PKG_RELEASE}         nginx-module-xslt=\${NGINX_VERSION}-r\${DYNPKG_RELEASE}         nginx-module-geoip=\${NGINX_VERSION}-r\${DYNPKG_RELEASE}         nginx-module-image-filter=\${NGINX_VERSION}-r\${DYNPKG_RELEASE}         nginx-module-perl=\${NGINX_VERSION}-r\${DYNPKG_RELEASE}         nginx-module-njs=\${NGINX_VERSION}.\${NJS_VERSION}-r\${NJS_RELEASE}     "     && 
apk add --no-cache --virtual .build-deps                 gcc                 libc-dev                 make                 openssl-dev                 pcre2-dev                 zlib-dev                 linux-headers                 perl-dev                 bash                 alpine-sdk                 findutils                 curl             && 
make module-perl                 && 
fi # buildkit
/bin/sh -c #(nop) ADD file:9a4f77dfaba7fd2aa78186e4ef0e7486ad55101cefc1fabbc1b385601bb38920 in / 
/bin/sh -c #(nop)  ENV NODE_VERSION=14.21.3
/bin/sh -c addgroup -g 1000 node     && 
adduser -u 1000 -G node -s /bin/sh -D node     && 
apk add --no-cache         libstdc++     && 
apk add --no-cache --virtual .build-deps         curl     && 
ARCH= && 
alpineArch="$(apk --print-arch)"       && 
case "\${alpineArch##*-}" in         x86_64)           ARCH='x64'           CHECKSUM="39c334bd7ef3a6e5a5a396e08b3edbe335d86161bbfba222c75aa4a3518af942"           ;; 
        *) ;; 
      esac   && 
if [ -n "\${CHECKSUM}" ]; 
then     set -eu; 
    curl -fsSLO --compressed "https://unofficial-builds.nodejs.org/download/release/v$NODE_VERSION/node-v$NODE_VERSION-linux-$ARCH-musl.tar.xz"; 
    echo "$CHECKSUM  node-v$NODE_VERSION-linux-$ARCH-musl.tar.xz" | sha256sum -c -       && 
tar -xJf "node-v$NODE_VERSION-linux-$ARCH-musl.tar.xz" -C /usr/local --strip-components=1 --no-same-owner       && 
ln -s /usr/local/bin/node /usr/local/bin/nodejs; 
  else     echo "Building from source"     && 
apk add --no-cache --virtual .build-deps-full         binutils-gold         g++         gcc         gnupg         libgcc         linux-headers         make         python3     && 
for key in       4ED778F539E3634C779C87C6D7062848A1AB005C       141F07595B7B3FFE74309A937405533BE57C7D57       74F12602B6F1C4E913FAA37AD3A89613643B6201       61FC681DFB92A079F1685E77973F295594EC4689       8FCCA13FEF1D0C2E91008E09770F7A9A5AE15600       C4F0DFFF4E8C1A8236409D08E73BC641CC11F4C8       890C08DB8579162FEE0DF9DB8BEAB4DFCF555EF4       C82FA3AE1CBEDC6BE46B9360C43CEC45C17AB93C       108F52B48DB57BB0CC439B2997B01419BD92F80A     ; 
do       gpg --batch --keyserver hkps://keys.openpgp.org --recv-keys "$key" ||       gpg --batch --keyserver keyserver.ubuntu.com --recv-keys "$key" ; 
    done     && 
curl -fsSLO --compressed "https://nodejs.org/dist/v$NODE_VERSION/node-v$NODE_VERSION.tar.xz"     && 
curl -fsSLO --compressed "https://nodejs.org/dist/v$NODE_VERSION/SHASUMS256.txt.asc"     && 
gpg --batch --decrypt --output SHASUMS256.txt SHASUMS256.txt.asc     && 
grep " node-v$NODE_VERSION.tar.xz\\$" SHASUMS256.txt | sha256sum -c -     && 
tar -xf "node-v$NODE_VERSION.tar.xz"     && 
cd "node-v$NODE_VERSION"     && 
./configure     && 
make -j$(getconf _NPROCESSORS_ONLN) V=     && 
make install     && 
apk del .build-deps-full     && 
cd ..     && 
rm -Rf "node-v$NODE_VERSION"     && 
rm "node-v$NODE_VERSION.tar.xz" SHASUMS256.txt.asc SHASUMS256.txt; 
  fi   && 
rm -f "node-v$NODE_VERSION-linux-$ARCH-musl.tar.xz"   && 
apk del .build-deps   && 
node --version   && 
npm --version
/bin/sh -c #(nop)  ENV YARN_VERSION=1.22.19
/bin/sh -c apk add --no-cache --virtual .build-deps-yarn curl gnupg tar   && 
for key in     6A010C5166006599AA17F08146C2130DFD2497F5   ; 
do     gpg --batch --keyserver hkps://keys.openpgp.org --recv-keys "$key" ||     gpg --batch --keyserver keyserver.ubuntu.com --recv-keys "$key" ; 
  done   && 
curl -fsSLO --compressed "https://yarnpkg.com/downloads/$YARN_VERSION/yarn-v$YARN_VERSION.tar.gz"   && 
curl -fsSLO --compressed "https://yarnpkg.com/downloads/$YARN_VERSION/yarn-v$YARN_VERSION.tar.gz.asc"   && 
gpg --batch --verify yarn-v$YARN_VERSION.tar.gz.asc yarn-v$YARN_VERSION.tar.gz   && 
mkdir -p /opt   && 
tar -xzf yarn-v$YARN_VERSION.tar.gz -C /opt/   && 
ln -s /opt/yarn-v$YARN_VERSION/bin/yarn /usr/local/bin/yarn   && 
ln -s /opt/yarn-v$YARN_VERSION/bin/yarnpkg /usr/local/bin/yarnpkg   && 
rm yarn-v$YARN_VERSION.tar.gz.asc yarn-v$YARN_VERSION.tar.gz   && 
apk del .build-deps-yarn   && 
yarn --version
/bin/sh -c #(nop) COPY file:4d192565a7220e135cab6c77fbc1c73211b69f3d9fb37e62857b2c6eb9363d51 in /usr/local/bin/ 
/bin/sh -c #(nop)  ENTRYPOINT ["docker-entrypoint.sh"]
/bin/sh -c #(nop)  CMD ["node"]
ENV NODE_VERSION=18.20.8
RUN /bin/sh -c addgroup -g 1000 node     && 
ARCH= OPENSSL_ARCH='linux*' && 
case "\${alpineArch##*-}" in         x86_64) ARCH='x64' CHECKSUM="2c75d5d562d3ffc049ca1bbea65b68ae6bd0ec50ed04b1f606e065eaf35e8599" OPENSSL_ARCH=linux-x86_64;; 
        x86) OPENSSL_ARCH=linux-elf;; 
        aarch64) OPENSSL_ARCH=linux-aarch64;; 
        arm*) OPENSSL_ARCH=linux-armv4;; 
        ppc64le) OPENSSL_ARCH=linux-ppc64le;; 
        s390x) OPENSSL_ARCH=linux-s390x;; 
apk add --no-cache --virtual .build-deps-full         binutils-gold         g++         gcc         gnupg         libgcc         linux-headers         make         python3         py-setuptools     && 
for key in       C0D6248439F1D5604AAFFB4021D900FFDB233756       DD792F5973C6DE52C432CBDAC77ABFA00DDBF2B7       CC68F5A3106FF448322E48ED27F5E38D5B0A215F       8FCCA13FEF1D0C2E91008E09770F7A9A5AE15600       890C08DB8579162FEE0DF9DB8BEAB4DFCF555EF4       C82FA3AE1CBEDC6BE46B9360C43CEC45C17AB93C       108F52B48DB57BB0CC439B2997B01419BD92F80A       A363A499291CBBC940DD62E41F10027AF002F8B0     ; 
gpgconf --kill all     && 
rm -rf "$GNUPGHOME"     && 
find /usr/local/include/node/openssl/archs -mindepth 1 -maxdepth 1 ! -name "$OPENSSL_ARCH" -exec rm -rf {} \\; 
  && 
npm --version # buildkit
ENV YARN_VERSION=1.22.22
RUN /bin/sh -c apk add --no-cache --virtual .build-deps-yarn curl gnupg tar   && 
export GNUPGHOME="$(mktemp -d)"   && 
gpgconf --kill all   && 
rm -rf "$GNUPGHOME"   && 
yarn --version   && 
rm -rf /tmp/* # buildkit
COPY docker-entrypoint.sh /usr/local/bin/ # buildkit
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["node"]
ENV NODE_VERSION=18.20.7
case "\${alpineArch##*-}" in         x86_64) ARCH='x64' CHECKSUM="f582108b1fdbceb4c428c34ddc9ad6d61e1b8d8d2c53843138b571aa35b88039" OPENSSL_ARCH=linux-x86_64;; 
ENV NODE_VERSION=20.20.2
case "\${alpineArch##*-}" in         x86_64) ARCH='x64' CHECKSUM="2b51a5388f6aaf8e2af65fe3bad6114db0ebd81a1ae1250b1de0cbf034b10c5d" OPENSSL_ARCH=linux-x86_64;; 
for key in       5BE8A3F6C8A5C01D106C0AD820B1A390B168D356       DD792F5973C6DE52C432CBDAC77ABFA00DDBF2B7       CC68F5A3106FF448322E48ED27F5E38D5B0A215F       8FCCA13FEF1D0C2E91008E09770F7A9A5AE15600       890C08DB8579162FEE0DF9DB8BEAB4DFCF555EF4       C82FA3AE1CBEDC6BE46B9360C43CEC45C17AB93C       108F52B48DB57BB0CC439B2997B01419BD92F80A       A363A499291CBBC940DD62E41F10027AF002F8B0     ; 
do       { gpg --batch --keyserver hkps://keys.openpgp.org --recv-keys "$key" && 
gpg --batch --fingerprint "$key"; 
} ||       { gpg --batch --keyserver keyserver.ubuntu.com --recv-keys "$key" && 
} ; 
npm --version   && 
do     { gpg --batch --keyserver hkps://keys.openpgp.org --recv-keys "$key" && 
} ||     { gpg --batch --keyserver keyserver.ubuntu.com --recv-keys "$key" && 
ENV NODE_VERSION=20.18.1
case "\${alpineArch##*-}" in         x86_64) ARCH='x64' CHECKSUM="5ebbebaf673652c1868a05b442e82ed5b3f536aa03231f285e739d35b912dc5d" OPENSSL_ARCH=linux-x86_64;; 
ENV NODE_VERSION=20.19.5
case "\${alpineArch##*-}" in         x86_64) ARCH='x64' CHECKSUM="3ea6ae2833f2d75e4d84731a9c01f50eff5198d78f724fa673281468e1c2077b" OPENSSL_ARCH=linux-x86_64;; 
/bin/sh -c #(nop) ADD file:37a76ec18f9887751cd8473744917d08b7431fc4085097bb6a09d81b41775473 in / 
/bin/sh -c #(nop)  ENV NODE_VERSION=20.12.0
case "\${alpineArch##*-}" in         x86_64) ARCH='x64' CHECKSUM="a5b000f1f3dc19c5a0ce2325130fb39c3fe76c29f24724f0b32dc0ca4e360dde" OPENSSL_ARCH=linux-x86_64;; 
for key in       4ED778F539E3634C779C87C6D7062848A1AB005C       141F07595B7B3FFE74309A937405533BE57C7D57       74F12602B6F1C4E913FAA37AD3A89613643B6201       DD792F5973C6DE52C432CBDAC77ABFA00DDBF2B7       61FC681DFB92A079F1685E77973F295594EC4689       8FCCA13FEF1D0C2E91008E09770F7A9A5AE15600       C4F0DFFF4E8C1A8236409D08E73BC641CC11F4C8       890C08DB8579162FEE0DF9DB8BEAB4DFCF555EF4       C82FA3AE1CBEDC6BE46B9360C43CEC45C17AB93C       108F52B48DB57BB0CC439B2997B01419BD92F80A       A363A499291CBBC940DD62E41F10027AF002F8B0     ; 
ENV NODE_VERSION=20.19.4
case "\${alpineArch##*-}" in         x86_64) ARCH='x64' CHECKSUM="8a4633a9f8101de6870f7d4e5ceb3aa83d3c6cd7c11ad91cd902ea223b8c55fe" OPENSSL_ARCH=linux-x86_64;; 
ENV NODE_VERSION=20.20.1
case "\${alpineArch##*-}" in         x86_64) ARCH='x64' CHECKSUM="7f9e644a6fcc02699e186c3c3a8c8926170a1ad55f14da09b2d19652be222f35" OPENSSL_ARCH=linux-x86_64;; 
ENV NODE_VERSION=22.22.2
case "\${alpineArch##*-}" in         x86_64) ARCH='x64' CHECKSUM="c58109c8da448196f0d811df7a6079748678132067e3b53d01c8c8a4bcd86992" OPENSSL_ARCH=linux-x86_64;; 
ENV NODE_VERSION=23.4.0
case "\${alpineArch##*-}" in         x86_64) ARCH='x64' CHECKSUM="e1c590d8b6e8fcaa91bc42ad7a892e232eb1cfbfa139d64672da10e1b23ee95b" OPENSSL_ARCH=linux-x86_64;; 
ENV NODE_VERSION=24.10.0
case "\${alpineArch##*-}" in         x86_64) ARCH='x64' CHECKSUM="aee06f91aaa1c3af0ce1371c035344f475905ea0935c0a8a71eff1d21e78f4e5" OPENSSL_ARCH=linux-x86_64;; 
/bin/sh -c #(nop) ADD file:89e72bfc19e81624ba6a34bd5cecdf258750dc569ba03e17e3f4a286b1526461 in / 
/bin/sh -c #(nop)  ENV NPM_CONFIG_LOGLEVEL=info
/bin/sh -c #(nop)  ENV NODE_VERSION=4.8.4
apk add --no-cache --virtual .build-deps         binutils-gold         curl         g++         gcc         gnupg         libgcc         linux-headers         make         python   && 
for key in     9554F04D7259F04124DE6B476D5A82AC7E37093B     94AE36675C464D64BAFA68DD7434390BDBE9B9C5     FD3A5288F042B6850C66B31F09FE44734EB7990E     71DCFD284A79C3B38668286BC97EC7A07EDE3FC1     DD8F2338BAE7501E3DD5AC78C273792F7D83545D     B9AE9905FFD7803F25714661B63B535A4C206CA9     C4F0DFFF4E8C1A8236409D08E73BC641CC11F4C8     56730D5401028683275BD23C23EFEFE93C4CFFFE   ; 
do     gpg --keyserver pgp.mit.edu --recv-keys "$key" ||     gpg --keyserver keyserver.pgp.com --recv-keys "$key" ||     gpg --keyserver ha.pool.sks-keyservers.net --recv-keys "$key" ; 
  done     && 
curl -SLO "https://nodejs.org/dist/v$NODE_VERSION/node-v$NODE_VERSION.tar.xz"     && 
curl -SLO --compressed "https://nodejs.org/dist/v$NODE_VERSION/SHASUMS256.txt.asc"     && 
make -j$(getconf _NPROCESSORS_ONLN)     && 
apk del .build-deps     && 
rm "node-v$NODE_VERSION.tar.xz" SHASUMS256.txt.asc SHASUMS256.txt
/bin/sh -c #(nop)  ENV YARN_VERSION=0.24.4
curl -fSLO --compressed "https://yarnpkg.com/downloads/$YARN_VERSION/yarn-v$YARN_VERSION.tar.gz"   && 
curl -fSLO --compressed "https://yarnpkg.com/downloads/$YARN_VERSION/yarn-v$YARN_VERSION.tar.gz.asc"   && 
mkdir -p /opt/yarn   && 
tar -xzf yarn-v$YARN_VERSION.tar.gz -C /opt/yarn --strip-components=1   && 
ln -s /opt/yarn/bin/yarn /usr/local/bin/yarn   && 
ln -s /opt/yarn/bin/yarn /usr/local/bin/yarnpkg   && 
apk del .build-deps-yarn
/bin/sh -c #(nop) ADD file:a023a99f7d01868b164d63bfaf8aabc7f271659c69939c3854f041f5a3217428 in / 
		apt-get install -y --no-install-recommends 			gnupg2 			dirmngr 		; 
/bin/sh -c groupadd --gid 1000 node   && 
useradd --uid 1000 --gid node --shell /bin/bash --create-home node
/bin/sh -c set -ex   && 
  done
/bin/sh -c buildDeps='xz-utils'     && 
case "\${dpkgArch##*-}" in       amd64) ARCH='x64';; 
      ppc64el) ARCH='ppc64le';; 
      *) echo "unsupported architecture"; 
exit 1 ;; 
set -x     && 
apt-get update && 
apt-get install -y $buildDeps --no-install-recommends     && 
curl -SLO "https://nodejs.org/dist/v$NODE_VERSION/node-v$NODE_VERSION-linux-$ARCH.tar.xz"     && 
grep " node-v$NODE_VERSION-linux-$ARCH.tar.xz\\$" SHASUMS256.txt | sha256sum -c -     && 
tar -xJf "node-v$NODE_VERSION-linux-$ARCH.tar.xz" -C /usr/local --strip-components=1     && 
rm "node-v$NODE_VERSION-linux-$ARCH.tar.xz" SHASUMS256.txt.asc SHASUMS256.txt     && 
apt-get purge -y --auto-remove $buildDeps     && 
ln -s /usr/local/bin/node /usr/local/bin/nodejs
rm yarn-v$YARN_VERSION.tar.gz.asc yarn-v$YARN_VERSION.tar.gz
for key in     9554F04D7259F04124DE6B476D5A82AC7E37093B     94AE36675C464D64BAFA68DD7434390BDBE9B9C5     0034A06D9D9B0064CE8ADF6BF1747F4AD2306D93     FD3A5288F042B6850C66B31F09FE44734EB7990E     71DCFD284A79C3B38668286BC97EC7A07EDE3FC1     DD8F2338BAE7501E3DD5AC78C273792F7D83545D     B9AE9905FFD7803F25714661B63B535A4C206CA9     C4F0DFFF4E8C1A8236409D08E73BC641CC11F4C8   ; 
do     gpg --keyserver ha.pool.sks-keyservers.net --recv-keys "$key"; 
/bin/sh -c #(nop)  ENV NODE_VERSION=4.7.3
/bin/sh -c curl -SLO "https://nodejs.org/dist/v$NODE_VERSION/node-v$NODE_VERSION-linux-x64.tar.xz"   && 
curl -SLO "https://nodejs.org/dist/v$NODE_VERSION/SHASUMS256.txt.asc"   && 
gpg --batch --decrypt --output SHASUMS256.txt SHASUMS256.txt.asc   && 
grep " node-v$NODE_VERSION-linux-x64.tar.xz\\$" SHASUMS256.txt | sha256sum -c -   && 
tar -xJf "node-v$NODE_VERSION-linux-x64.tar.xz" -C /usr/local --strip-components=1   && 
rm "node-v$NODE_VERSION-linux-x64.tar.xz" SHASUMS256.txt.asc SHASUMS256.txt   && 
/bin/sh -c #(nop)  ENV NODE_VERSION=6.12.3
for key in     94AE36675C464D64BAFA68DD7434390BDBE9B9C5     FD3A5288F042B6850C66B31F09FE44734EB7990E     71DCFD284A79C3B38668286BC97EC7A07EDE3FC1     DD8F2338BAE7501E3DD5AC78C273792F7D83545D     C4F0DFFF4E8C1A8236409D08E73BC641CC11F4C8     B9AE9905FFD7803F25714661B63B535A4C206CA9     56730D5401028683275BD23C23EFEFE93C4CFFFE     77984A986EBC2AA786BC0F66B01FBB92821C587A   ; 
/bin/sh -c #(nop)  ENV YARN_VERSION=1.3.2
      s390x) ARCH='s390x';; 
      arm64) ARCH='arm64';; 
      armhf) ARCH='armv7l';; 
      i386) ARCH='x86';; 
tar -xJf "node-v$NODE_VERSION-linux-$ARCH.tar.xz" -C /usr/local --strip-components=1 --no-same-owner     && 
/bin/sh -c #(nop) ADD file:55b071e2cfc3ea2f4bbf048d7d676e3c06a77a9a98d63f7af291f3decb495ec8 in / 
/bin/sh -c #(nop)  ENV NODE_VERSION=6.11.5
/bin/sh -c #(nop)  ENV YARN_VERSION=1.2.1
/bin/sh -c #(nop)  ENV NODE_VERSION=6.9.5
curl -SLO "https://nodejs.org/dist/v$NODE_VERSION/node-v$NODE_VERSION-linux-x64.tar.xz"     && 
curl -SLO "https://nodejs.org/dist/v$NODE_VERSION/SHASUMS256.txt.asc"     && 
grep " node-v$NODE_VERSION-linux-x64.tar.xz\\$" SHASUMS256.txt | sha256sum -c -     && 
tar -xJf "node-v$NODE_VERSION-linux-x64.tar.xz" -C /usr/local --strip-components=1     && 
rm "node-v$NODE_VERSION-linux-x64.tar.xz" SHASUMS256.txt.asc SHASUMS256.txt     && 
/bin/sh -c #(nop)  ENV NODE_VERSION=7.5.0
/bin/sh -c #(nop)  ENV NODE_VERSION=8.9.4
/bin/sh -c #(nop) ADD file:6c63dbdde9330ed01af8ef6252996d655a70725462f0a4fefe957062226c464e in / 
/bin/sh -c ln -svT "/usr/lib/jvm/java-6-openjdk-$(dpkg --print-architecture)" /docker-java-home
/bin/sh -c #(nop)  ENV JAVA_HOME=/docker-java-home/jre
		if [ ! -d /usr/share/man/man1 ]; 
then 		mkdir -p /usr/share/man/man1; 
	fi; 
		apt-get update; 
	apt-get install -y 		openjdk-6-jre-headless="$JAVA_DEBIAN_VERSION" 	; 
	rm -rf /var/lib/apt/lists/*; 
		[ "$(readlink -f "$JAVA_HOME")" = "$(docker-java-home)" ]; 
		update-alternatives --get-selections | awk -v home="$(readlink -f "$JAVA_HOME")" 'index($3, home) == 1 { $2 = "manual"; 
print | "update-alternatives --set-selections" }'; 
	update-alternatives --query java | grep -q 'Status: manual'
/bin/sh -c #(nop)  ENV JAVA_HOME=/usr/lib/jvm/java-1.7-openjdk
/bin/sh -c #(nop)  ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/jvm/java-1.7-openjdk/jre/bin:/usr/lib/jvm/java-1.7-openjdk/bin
/bin/sh -c #(nop)  ENV JAVA_VERSION=7u151
/bin/sh -c #(nop)  ENV JAVA_ALPINE_VERSION=7.151.2.6.11-r0
apk add --no-cache 		openjdk7="$JAVA_ALPINE_VERSION" 	&& 
/bin/sh -c ln -svT "/usr/lib/jvm/java-7-openjdk-$(dpkg --print-architecture)" /docker-java-home
/bin/sh -c #(nop)  ENV JAVA_DEBIAN_VERSION=7u151-2.6.11-2~deb8u1
	apt-get install -y 		openjdk-7-jre="$JAVA_DEBIAN_VERSION" 	; 
/bin/sh -c #(nop)  ENV JAVA_HOME=/usr/lib/jvm/java-1.7-openjdk/jre
apk add --no-cache 		openjdk7-jre="$JAVA_ALPINE_VERSION" 	&& 
/bin/sh -c #(nop)  ENV JAVA_HOME=/usr/lib/jvm/java-1.8-openjdk
/bin/sh -c #(nop)  ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/jvm/java-1.8-openjdk/jre/bin:/usr/lib/jvm/java-1.8-openjdk/bin
/bin/sh -c #(nop)  ENV JAVA_VERSION=8u151
/bin/sh -c #(nop)  ENV JAVA_ALPINE_VERSION=8.151.12-r0
apk add --no-cache 		openjdk8="$JAVA_ALPINE_VERSION" 	&& 
/bin/sh -c #(nop)  ENV JAVA_HOME=/usr/lib/jvm/java-1.8-openjdk/jre
apk add --no-cache 		openjdk8-jre="$JAVA_ALPINE_VERSION" 	&& 
/bin/sh -c ln -svT "/usr/lib/jvm/java-8-openjdk-$(dpkg --print-architecture)" /docker-java-home
/bin/sh -c #(nop)  ENV JAVA_DEBIAN_VERSION=8u151-b12-1~deb9u1
/bin/sh -c #(nop)  ENV CA_CERTIFICATES_JAVA_VERSION=20170531+nmu1
	apt-get install -y 		openjdk-8-jre-headless="$JAVA_DEBIAN_VERSION" 		ca-certificates-java="$CA_CERTIFICATES_JAVA_VERSION" 	; 
/bin/sh -c /var/lib/dpkg/info/ca-certificates-java.postinst configure
/bin/sh -c #(nop) ADD file:eeed5f514a35d18fcd9cbfe6c40c582211020bffdd53e4799018d33826fe5067 in / 
/bin/sh -c #(nop)  ENV JAVA_VERSION=8u111
/bin/sh -c #(nop)  ENV JAVA_ALPINE_VERSION=8.111.14-r0
/bin/sh -c #(nop) ADD file:f4f0ede88e0b0edf8235b2a5ff46ab7d8de71d56720cb7dc3032bca0e1872695 in / 
/bin/sh -c ln -svT "/usr/lib/jvm/java-9-openjdk-$(dpkg --print-architecture)" /docker-java-home
/bin/sh -c #(nop)  ENV JAVA_HOME=/docker-java-home
/bin/sh -c #(nop)  ENV JAVA_VERSION=9.0.1+11
/bin/sh -c #(nop)  ENV JAVA_DEBIAN_VERSION=9.0.1+11-1
	apt-get install -y 		openjdk-9-jre="$JAVA_DEBIAN_VERSION" 	; 
ARG BUN_RUNTIME_TRANSPILER_CACHE_PATH=0
ENV BUN_RUNTIME_TRANSPILER_CACHE_PATH=0
ARG BUN_INSTALL_BIN=/usr/local/bin
ENV BUN_INSTALL_BIN=/usr/local/bin
COPY /usr/local/bin/bun /usr/local/bin/ # buildkit
RUN |2 BUN_RUNTIME_TRANSPILER_CACHE_PATH=0 BUN_INSTALL_BIN=/usr/local/bin /bin/sh -c mkdir -p /usr/local/bun-node-fallback-bin && 
ln -s /usr/local/bin/bun /usr/local/bun-node-fallback-bin/node # buildkit
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bun-node-fallback-bin
RUN |2 BUN_RUNTIME_TRANSPILER_CACHE_PATH=0 BUN_INSTALL_BIN=/usr/local/bin /bin/sh -c addgroup -g 1000 bun     && 
adduser -u 1000 -G bun -s /bin/sh -D bun     && 
ln -s /usr/local/bin/bun /usr/local/bin/bunx     && 
apk add libgcc libstdc++     && 
which bun     && 
which bunx     && 
bun --version # buildkit
WORKDIR /home/bun/app
ENTRYPOINT ["/usr/local/bin/docker-entrypoint.sh"]
CMD ["/usr/local/bin/bun"]
ENV PATH=/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
	apt-get install -y --no-install-recommends 		ca-certificates 		netbase 		tzdata 	; 
ENV GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D
ENV PYTHON_VERSION=3.10.20
ENV PYTHON_SHA256=de6517421601e39a9a3bc3e1bc4c7b2f239297423ee05e282598c83ec0647505
		savedAptMark="$(apt-mark showmanual)"; 
	apt-get install -y --no-install-recommends 		dpkg-dev 		gcc 		gnupg 		libbluetooth-dev 		libbz2-dev 		libc6-dev 		libdb-dev 		libffi-dev 		libgdbm-dev 		liblzma-dev 		libncursesw5-dev 		libreadline-dev 		libsqlite3-dev 		libssl-dev 		make 		tk-dev 		uuid-dev 		wget 		xz-utils 		zlib1g-dev 	; 
		wget -O python.tar.xz "https://www.python.org/ftp/python/\${PYTHON_VERSION%%[a-z]*}/Python-$PYTHON_VERSION.tar.xz"; 
	echo "$PYTHON_SHA256 *python.tar.xz" | sha256sum -c -; 
	wget -O python.tar.xz.asc "https://www.python.org/ftp/python/\${PYTHON_VERSION%%[a-z]*}/Python-$PYTHON_VERSION.tar.xz.asc"; 
	GNUPGHOME="$(mktemp -d)"; 
export GNUPGHOME; 
	gpg --batch --keyserver hkps://keys.openpgp.org --recv-keys "$GPG_KEY"; 
	gpg --batch --verify python.tar.xz.asc python.tar.xz; 
	gpgconf --kill all; 
	rm -rf "$GNUPGHOME" python.tar.xz.asc; 
	mkdir -p /usr/src/python; 
	tar --extract --directory /usr/src/python --strip-components=1 --file python.tar.xz; 
	rm python.tar.xz; 
		cd /usr/src/python; 
	gnuArch="$(dpkg-architecture --query DEB_BUILD_GNU_TYPE)"; 
	./configure 		--build="$gnuArch" 		--enable-loadable-sqlite-extensions 		--enable-optimizations 		--enable-option-checking=fatal 		--enable-shared 		$(test "\${gnuArch%%-*}" != 'riscv64' && 
echo '--with-lto') 		--with-ensurepip 	; 
	nproc="$(nproc)"; 
	EXTRA_CFLAGS="$(dpkg-buildflags --get CFLAGS)"; 
	LDFLAGS="$(dpkg-buildflags --get LDFLAGS)"; 
	LDFLAGS="\${LDFLAGS:-} -Wl,--strip-all"; 
	make -j "$nproc" 		"EXTRA_CFLAGS=\${EXTRA_CFLAGS:-}" 		"LDFLAGS=\${LDFLAGS:-}" 	; 
	rm python; 
	make -j "$nproc" 		"EXTRA_CFLAGS=\${EXTRA_CFLAGS:-}" 		"LDFLAGS=\${LDFLAGS:-} -Wl,-rpath='\\$\\$ORIGIN/../lib'" 		python 	; 
	make install; 
		cd /; 
	rm -rf /usr/src/python; 
		find /usr/local -depth 		\\( 			\\( -type d -a \\( -name test -o -name tests -o -name idle_test \\) \\) 			-o \\( -type f -a \\( -name '*.pyc' -o -name '*.pyo' -o -name 'libpython*.a' \\) \\) 		\\) -exec rm -rf '{}' + 	; 
		ldconfig; 
		apt-mark auto '.*' > /dev/null; 
	apt-mark manual $savedAptMark; 
	find /usr/local -type f -executable -not \\( -name '*tkinter*' \\) -exec ldd '{}' ';' 		| awk '/=>/ { so = $(NF-1); 
if (index(so, "/usr/local/") == 1) { next }; 
gsub("^/(usr/)?", "", so); 
printf "*%s\\n", so }' 		| sort -u 		| xargs -rt dpkg-query --search 		| awk 'sub(":$", "", $1) { print $1 }' 		| sort -u 		| xargs -r apt-mark manual 	; 
	apt-get purge -y --auto-remove -o APT::AutoRemove::RecommendsImportant=false; 
	apt-get dist-clean; 
		export PYTHONDONTWRITEBYTECODE=1; 
	python3 --version; 
		pip3 install 		--disable-pip-version-check 		--no-cache-dir 		--no-compile 		'setuptools==79.0.1' 		'wheel<0.46' 	; 
	pip3 --version # buildkit
	for src in idle3 pip3 pydoc3 python3 python3-config; 
do 		dst="$(echo "$src" | tr -d 3)"; 
		[ -s "/usr/local/bin/$src" ]; 
		[ ! -e "/usr/local/bin/$dst" ]; 
		ln -svT "$src" "/usr/local/bin/$dst"; 
	done # buildkit
CMD ["python3"]
ENV PYTHON_VERSION=3.10.18
ENV PYTHON_SHA256=ae665bc678abd9ab6a6e1573d2481625a53719bc517e9a634ed2b9fefae3817f
	LDFLAGS="\${LDFLAGS:--Wl},--strip-all"; 
	make -j "$nproc" 		"EXTRA_CFLAGS=\${EXTRA_CFLAGS:-}" 		"LDFLAGS=\${LDFLAGS:--Wl},-rpath='\\$\\$ORIGIN/../lib'" 		python 	; 
		pip3 install 		--disable-pip-version-check 		--no-cache-dir 		--no-compile 		'setuptools==65.5.1' 		'wheel<0.46' 	; 
	apt-get install -y --no-install-recommends 		libbluetooth-dev 		tk-dev 		uuid-dev 	; 
ENV PYTHON_VERSION=3.10.19
ENV PYTHON_SHA256=c8f4a596572201d81dd7df91f70e177e19a70f1d489968b54b5fbbf29a97c076
		bin="$(readlink -ve /usr/local/bin/python3)"; 
	dir="$(dirname "$bin")"; 
	mkdir -p "/usr/share/gdb/auto-load/$dir"; 
	cp -vL Tools/gdb/libpython.py "/usr/share/gdb/auto-load/$bin-gdb.py"; 
	apk add --no-cache 		ca-certificates 		tzdata 	; 
ENV PYTHON_VERSION=3.11.16
ENV PYTHON_SHA256=91bcdebfdde239a003ae93738a7fce0f9230fee5c4bc2b86f6e6e8c6f98aabe8
		apk add --no-cache --virtual .build-deps 		bluez-dev 		bzip2-dev 		dpkg-dev dpkg 		findutils 		gcc 		gdbm-dev 		gnupg 		libc-dev 		libffi-dev 		libnsl-dev 		libtirpc-dev 		linux-headers 		make 		ncurses-dev 		openssl-dev 		pax-utils 		readline-dev 		sqlite-dev 		tar 		tcl-dev 		tk 		tk-dev 		util-linux-dev 		xz 		xz-dev 		zlib-dev 	; 
	./configure 		--build="$gnuArch" 		--enable-loadable-sqlite-extensions 		--enable-option-checking=fatal 		--enable-shared 		$(test "\${gnuArch%%-*}" != 'riscv64' && 
	EXTRA_CFLAGS="-DTHREAD_STACK_SIZE=0x100000"; 
		find /usr/local -type f -executable -not \\( -name '*tkinter*' \\) -exec scanelf --needed --nobanner --format '%n#p' '{}' ';' 		| tr ',' '\\n' 		| sort -u 		| awk 'system("[ -e /usr/local/lib/" $1 " ]") == 0 { next } { print "so:" $1 }' 		| xargs -rt apk add --no-network --virtual .python-rundeps 	; 
	apk del --no-network .build-deps; 
		pip3 install 		--disable-pip-version-check 		--no-cache-dir 		--no-compile 		'setuptools==79.0.1' 		'wheel==0.46.3' 	; 
ENV PYTHON_VERSION=3.11.15
ENV PYTHON_SHA256=272179ddd9a2e41a0fc8e42e33dfbdca0b3711aa5abf372d3f2d51543d09b625
	rm -rf /var/lib/apt/lists/* # buildkit
ENV PYTHON_VERSION=3.11.11
ENV PYTHON_SHA256=2a9920c7a0cd236de33644ed980a13cbbc21058bfdc528febb6081575ed73be3
	./configure 		--build="$gnuArch" 		--enable-loadable-sqlite-extensions 		--enable-optimizations 		--enable-option-checking=fatal 		--enable-shared 		--with-lto 		--with-ensurepip 	; 
printf "*%s\\n", so }' 		| sort -u 		| xargs -r dpkg-query --search 		| cut -d: -f1 		| sort -u 		| xargs -r apt-mark manual 	; 
		pip3 install 		--disable-pip-version-check 		--no-cache-dir 		--no-compile 		'setuptools==65.5.1' 		wheel 	; 
ENV PYTHON_VERSION=3.11.12
ENV PYTHON_SHA256=849da87af4df137710c1796e276a955f7a85c9f971081067c8f565d15c352a09
	./configure 		--build="$gnuArch" 		--enable-loadable-sqlite-extensions 		--enable-optimizations 		--enable-option-checking=fatal 		--enable-shared 		$(test "$gnuArch" != 'riscv64-linux-musl' && 
ENV PYTHON_VERSION=3.11.13
ENV PYTHON_SHA256=8fb5f9fbc7609fa822cb31549884575db7fd9657cbffb89510b5d7975963a83a
ENV PYTHON_VERSION=3.11.14
ENV PYTHON_SHA256=8d3ed8ec5c88c1c95f5e558612a725450d2452813ddad5e58fdb1a53b1209b78
ENV GPG_KEY=7169605F62C751356D054A26A821E680E5FA6305
ENV PYTHON_VERSION=3.12.14
ENV PYTHON_SHA256=5c8462af5790baf43a321a1559dbe0db06d1be4300fb85fb53c40060668e548a
	arch="$(dpkg --print-architecture)"; 
arch="\${arch##*-}"; 
	case "$arch" in 		amd64|arm64) 			EXTRA_CFLAGS="\${EXTRA_CFLAGS:-} -fno-omit-frame-pointer -mno-omit-leaf-frame-pointer"; 
			;; 
		i386) 			;; 
		*) 			EXTRA_CFLAGS="\${EXTRA_CFLAGS:-} -fno-omit-frame-pointer"; 
	esac; 
ENV PYTHON_VERSION=3.12.12
ENV PYTHON_SHA256=fb85a13414b028c49ba18bbd523c2d055a30b56b18b92ce454ea2c51edc656c4
		arch="$(dpkg --print-architecture)"; 
		case "$arch" in 			amd64|arm64) 				EXTRA_CFLAGS="\${EXTRA_CFLAGS:-} -fno-omit-frame-pointer -mno-omit-leaf-frame-pointer"; 
				;; 
			i386) 				;; 
			*) 				EXTRA_CFLAGS="\${EXTRA_CFLAGS:-} -fno-omit-frame-pointer"; 
		esac; 
ENV PYTHON_VERSION=3.12.10
ENV PYTHON_SHA256=07ab697474595e06f06647417d3c7fa97ded07afc1a7e4454c5639919b46eaea
		apk add --no-cache --virtual .build-deps 		gnupg 		tar 		xz 				bluez-dev 		bzip2-dev 		dpkg-dev dpkg 		findutils 		gcc 		gdbm-dev 		libc-dev 		libffi-dev 		libnsl-dev 		libtirpc-dev 		linux-headers 		make 		ncurses-dev 		openssl-dev 		pax-utils 		readline-dev 		sqlite-dev 		tcl-dev 		tk 		tk-dev 		util-linux-dev 		xz-dev 		zlib-dev 	; 
	./configure 		--build="$gnuArch" 		--enable-loadable-sqlite-extensions 		--enable-option-checking=fatal 		--enable-shared 		--with-lto 		--with-ensurepip 	; 
		arch="$(apk --print-arch)"; 
		case "$arch" in 			x86_64|aarch64) 				EXTRA_CFLAGS="\${EXTRA_CFLAGS:-} -fno-omit-frame-pointer -mno-omit-leaf-frame-pointer"; 
			x86) 				;; 
ENV PYTHON_VERSION=3.12.11
ENV PYTHON_SHA256=c30bb24b7f1e9a19b11b55a546434f74e739bb4c271a3e3a80ff4380d49f7adb
ENV PYTHON_VERSION=3.12.13
ENV PYTHON_SHA256=c08bc65a81971c1dd5783182826503369466c7e67374d1646519adf05207b684
	arch="$(apk --print-arch)"; 
	case "$arch" in 		x86_64|aarch64) 			EXTRA_CFLAGS="\${EXTRA_CFLAGS:-} -fno-omit-frame-pointer -mno-omit-leaf-frame-pointer"; 
		x86) 			;; 
ENV PYTHON_VERSION=3.13.12
ENV PYTHON_SHA256=2a84cd31dd8d8ea8aaff75de66fc1b4b0127dd5799aa50a64ae9a313885b4593
ENV PYTHON_VERSION=3.14.5
ENV PYTHON_SHA256=7e32597b99e5d9a39abed35de4693fa169df3e5850d4c334337ffd6a19a36db6
	apt-get install -y --no-install-recommends 		dpkg-dev 		gcc 		gnupg 		libbluetooth-dev 		libbz2-dev 		libc6-dev 		libdb-dev 		libffi-dev 		libgdbm-dev 		liblzma-dev 		libncursesw5-dev 		libreadline-dev 		libsqlite3-dev 		libssl-dev 		libzstd-dev 		make 		tk-dev 		uuid-dev 		wget 		xz-utils 		zlib1g-dev 	; 
/bin/sh -c #(nop) ADD file:a9a95cfab16803be03e59ade41622ef5061cf90f2d034304fe4ac1ee9ff30389 in / 
ENV GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568
ENV PYTHON_VERSION=3.8.20
	apt-get install -y --no-install-recommends 		dpkg-dev 		gcc 		gnupg 		libbluetooth-dev 		libbz2-dev 		libc6-dev 		libdb-dev 		libexpat1-dev 		libffi-dev 		libgdbm-dev 		liblzma-dev 		libncursesw5-dev 		libreadline-dev 		libsqlite3-dev 		libssl-dev 		make 		tk-dev 		uuid-dev 		wget 		xz-utils 		zlib1g-dev 	; 
	./configure 		--build="$gnuArch" 		--enable-loadable-sqlite-extensions 		--enable-optimizations 		--enable-option-checking=fatal 		--enable-shared 		--with-system-expat 		--with-ensurepip 	; 
	make -j "$nproc" 		"EXTRA_CFLAGS=\${EXTRA_CFLAGS:-}" 		"LDFLAGS=\${LDFLAGS:-}" 		"PROFILE_TASK=\${PROFILE_TASK:-}" 	; 
	make -j "$nproc" 		"EXTRA_CFLAGS=\${EXTRA_CFLAGS:-}" 		"LDFLAGS=\${LDFLAGS:--Wl},-rpath='\\$\\$ORIGIN/../lib'" 		"PROFILE_TASK=\${PROFILE_TASK:-}" 		python 	; 
		find /usr/local -depth 		\\( 			\\( -type d -a \\( -name test -o -name tests -o -name idle_test \\) \\) 			-o \\( -type f -a \\( -name '*.pyc' -o -name '*.pyo' -o -name 'libpython*.a' \\) \\) 			-o \\( -type f -a -name 'wininst-*.exe' \\) 		\\) -exec rm -rf '{}' + 	; 
		pip3 install 		--disable-pip-version-check 		--no-cache-dir 		--no-compile 		'setuptools==57.5.0' 		wheel 	; 
/bin/sh -c #(nop) ADD file:28df1cb6a6576d40b5226851d0a6a76ffd5d1c94644ee441490b74a90f29f425 in / 
ENV PYTHON_VERSION=3.9.21
ENV PYTHON_SHA256=3126f59592c9b0d798584755f2bf7b081fa1ca35ce7a6fea980108d752a05bb1
	./configure 		--build="$gnuArch" 		--enable-loadable-sqlite-extensions 		--enable-optimizations 		--enable-option-checking=fatal 		--enable-shared 		--with-ensurepip 	; 
		pip3 install 		--disable-pip-version-check 		--no-cache-dir 		--no-compile 		'setuptools==58.1.0' 		wheel 	; 
/bin/sh -c #(nop) ADD file:9b9556e1f3168a82eb85577dc07d85b2e7c1a72c5c35a4003f00042dd27b4fa2 in / 
ENV PYTHON_VERSION=3.9.19
	./configure 		--build="$gnuArch" 		--enable-loadable-sqlite-extensions 		--enable-optimizations 		--enable-option-checking=fatal 		--enable-shared 		--with-system-expat 		--without-ensurepip 	; 
		python3 --version # buildkit
	for src in idle3 pydoc3 python3 python3-config; 
ENV PYTHON_PIP_VERSION=23.0.1
ENV PYTHON_SETUPTOOLS_VERSION=58.1.0
ENV PYTHON_GET_PIP_URL=https://github.com/pypa/get-pip/raw/e03e1607ad60522cf34a92e834138eb89f57667c/public/get-pip.py
ENV PYTHON_GET_PIP_SHA256=ee09098395e42eb1f82ef4acb231a767a6ae85504a9cf9983223df0a7cbd35d7
	apt-get install -y --no-install-recommends wget; 
		wget -O get-pip.py "$PYTHON_GET_PIP_URL"; 
	echo "$PYTHON_GET_PIP_SHA256 *get-pip.py" | sha256sum -c -; 
	[ -z "$savedAptMark" ] || apt-mark manual $savedAptMark > /dev/null; 
		python get-pip.py 		--disable-pip-version-check 		--no-cache-dir 		--no-compile 		"pip==$PYTHON_PIP_VERSION" 		"setuptools==$PYTHON_SETUPTOOLS_VERSION" 	; 
	rm -f get-pip.py; 
		pip --version # buildkit
ENV PYTHON_VERSION=3.9.23
ENV PYTHON_SHA256=61a42919e13d539f7673cf11d1c404380e28e540510860b9d242196e165709c9
		pip3 install 		--disable-pip-version-check 		--no-cache-dir 		--no-compile 		'setuptools==58.1.0' 		'wheel<0.46' 	; 
ENV CATALINA_HOME=/usr/local/tomcat
ENV PATH=/usr/local/tomcat/bin:/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
RUN /bin/sh -c mkdir -p "$CATALINA_HOME" # buildkit
WORKDIR /usr/local/tomcat
ENV TOMCAT_NATIVE_LIBDIR=/usr/local/tomcat/native-jni-lib
ENV LD_LIBRARY_PATH=/usr/local/tomcat/native-jni-lib
ENV TOMCAT_MAJOR=10
ENV TOMCAT_VERSION=10.1.55
ENV TOMCAT_SHA512=f36af12391a277e5c3a802a8e1a2a1e4354cd461b547d2e1a33ac0ab88d707d3fb2591e034a17b7d3a6b965a4c977a97dbf29bb81a3867e85aeec3d8d189e22e
	apt-get install -y --no-install-recommends 		ca-certificates 		curl 		gnupg 	; 
		ddist() { 		local f="$1"; 
shift; 
		local distFile="$1"; 
		local mvnFile="\${1:-}"; 
		local success=; 
		local distUrl=; 
		for distUrl in 			"https://dlcdn.apache.org/$distFile" 			"https://archive.apache.org/dist/$distFile" 			\${mvnFile:+"https://maven.example.org/maven2/org/apache/tomcat/tomcat/$mvnFile"} 		; 
do 			if curl -fL -o "$f" "$distUrl" && 
[ -s "$f" ]; 
then 				success=1; 
				break; 
			fi; 
		done; 
		[ -n "$success" ]; 
	}; 
		ddist 'tomcat.tar.gz' "tomcat/tomcat-$TOMCAT_MAJOR/v$TOMCAT_VERSION/bin/apache-tomcat-$TOMCAT_VERSION.tar.gz" "$TOMCAT_VERSION/tomcat-$TOMCAT_VERSION.tar.gz"; 
	echo "$TOMCAT_SHA512 *tomcat.tar.gz" | sha512sum --strict --check -; 
	ddist 'tomcat.tar.gz.asc' "tomcat/tomcat-$TOMCAT_MAJOR/v$TOMCAT_VERSION/bin/apache-tomcat-$TOMCAT_VERSION.tar.gz.asc" "$TOMCAT_VERSION/tomcat-$TOMCAT_VERSION.tar.gz.asc"; 
	curl -fL -o upstream-KEYS 'https://www.apache.org/dist/tomcat/tomcat-10/KEYS'; 
	gpg --batch --import upstream-KEYS; 
	printf '' > filtered-KEYS; 
	for key in 		'A9C5DF4D22E99998D9875A5110C01C5A2F6059E7' 		'5C3C5F3E314C866292F359A8F3AD5C94A67F707E' 	; 
do 		gpg --batch --fingerprint "$key"; 
		gpg --batch --export --armor "$key" >> filtered-KEYS; 
	done; 
	rm -rf "$GNUPGHOME"; 
	gpg --batch --import filtered-KEYS; 
	gpg --batch --verify tomcat.tar.gz.asc tomcat.tar.gz; 
	tar -xf tomcat.tar.gz --strip-components=1; 
	rm bin/*.bat; 
	rm tomcat.tar.gz*; 
		mv webapps webapps.dist; 
	mkdir webapps; 
		nativeBuildDir="$(mktemp -d)"; 
	tar -xf bin/tomcat-native.tar.gz -C "$nativeBuildDir" --strip-components=1; 
	apt-get install -y --no-install-recommends 		dpkg-dev 		gcc 		libapr1-dev 		libssl-dev 		make 	; 
	( 		export CATALINA_HOME="$PWD"; 
		cd "$nativeBuildDir/native"; 
		gnuArch="$(dpkg-architecture --query DEB_BUILD_GNU_TYPE)"; 
		aprConfig="$(command -v apr-1-config)"; 
		./configure 			--build="$gnuArch" 			--libdir="$TOMCAT_NATIVE_LIBDIR" 			--prefix="$CATALINA_HOME" 			--with-apr="$aprConfig" 			--with-java-home="$JAVA_HOME" 		; 
		nproc="$(nproc)"; 
		make -j "$nproc"; 
		make install; 
	); 
	rm -rf "$nativeBuildDir"; 
	rm bin/tomcat-native.tar.gz; 
	find "$TOMCAT_NATIVE_LIBDIR" -type f -executable -exec ldd '{}' ';' 		| awk '/=>/ { print $(NF-1) }' 		| xargs -rt readlink -e 		| sort -u 		| xargs -rt dpkg-query --search 		| cut -d: -f1 		| sort -u 		| tee "$TOMCAT_NATIVE_LIBDIR/.dependencies.txt" 		| xargs -r apt-mark manual 	; 
		apt-get purge -y --auto-remove -o APT::AutoRemove::RecommendsImportant=false; 
		find ./bin/ -name '*.sh' -exec sed -ri 's|^#!/bin/sh$|#!/usr/bin/env bash|' '{}' +; 
		chmod -R +rX .; 
	chmod 1777 logs temp work; 
		catalina.sh version # buildkit
	nativeLines="$(catalina.sh configtest 2>&1)"; 
	nativeLines="$(echo "$nativeLines" | grep 'Apache Tomcat Native')"; 
	nativeLines="$(echo "$nativeLines" | sort -u)"; 
	if ! echo "$nativeLines" | grep -E 'INFO: Loaded( APR based)? Apache Tomcat Native library' >&2; 
then 		echo >&2 "$nativeLines"; 
		exit 1; 
	fi # buildkit
ENTRYPOINT []
CMD ["catalina.sh" "run"]
/bin/sh -c #(nop)  ENV CATALINA_HOME=/usr/local/tomcat
/bin/sh -c #(nop)  ENV PATH=/usr/local/tomcat/bin:/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
/bin/sh -c mkdir -p "$CATALINA_HOME"
/bin/sh -c #(nop) WORKDIR /usr/local/tomcat
/bin/sh -c #(nop)  ENV TOMCAT_NATIVE_LIBDIR=/usr/local/tomcat/native-jni-lib
/bin/sh -c #(nop)  ENV LD_LIBRARY_PATH=/usr/local/tomcat/native-jni-lib
/bin/sh -c #(nop)  ENV GPG_KEYS=48F8E69F6390C9F25CFEDCD268248959359E722B A9C5DF4D22E99998D9875A5110C01C5A2F6059E7 DCFD35E0BF8CA7344752DE8B6FB21E8933C60243
/bin/sh -c #(nop)  ENV TOMCAT_MAJOR=9
/bin/sh -c #(nop)  ENV TOMCAT_VERSION=9.0.89
/bin/sh -c #(nop)  ENV TOMCAT_SHA512=aaa2851bdc7a2476b6793e95174965c1c861531f161d8a138e87f8532b1af4d4b3d92dd1ae890614a692e5f13fb2e6946a1ada888f21e9d7db1964616b4181f0
	export GNUPGHOME="$(mktemp -d)"; 
	for key in $GPG_KEYS; 
do 		gpg --batch --keyserver keyserver.ubuntu.com --recv-keys "$key"; 
		./configure 			--build="$gnuArch" 			--libdir="$TOMCAT_NATIVE_LIBDIR" 			--prefix="$CATALINA_HOME" 			--with-apr="$aprConfig" 			--with-java-home="$JAVA_HOME" 			--with-ssl 		; 
		catalina.sh version
/bin/sh -c #(nop)  EXPOSE 8080
/bin/sh -c #(nop)  ENTRYPOINT []
/bin/sh -c #(nop)  CMD ["catalina.sh" "run"]
/bin/sh -c #(nop) ADD file:6f12126281dd0028de93ca678c7a77561c8f4f7625315097fbd03a80f1d6020a in / 
/bin/sh -c #(nop) ADD file:636a7d1b374fb6ccd672a92e56b1e811652a0bf56d64a2d08282850110db548f in / 
/bin/sh -c #(nop)  LABEL org.opencontainers.image.version=20.04
/bin/sh -c #(nop) ADD file:2c90d89e4dd4e1d2473deca816f585a78ced2a0c5c799399810f86fdbb17ac7e in / 
/bin/sh -c #(nop) ADD file:ec58ed9c4227aa7839c3472e7f02851c76b81bd0c3e6b946871f919de8a6af99 in / `

/** Rows: `-` without and `+` with a layer, then numbers of fragments in base 36: the comment, the pieces of created_by. */
export const rows = `+ 0 1
- 0 2
+ 0 3
+ 0 4
+ 0 5
+ 0 6
+ 0 7
+ 0 8
+ 0 9
+ 0 a
+ 0 b
+ 0 c
+ 0 d
+ 0 e
+ 0 f
+ 0 g
+ 0 h
+ 0 i
+ 0 j
+ 0 k
+ 0 l
+ 0 m
+ 0 n
+ o p
- o q
+ o r
+ o s
+ o t
+ o u
- 0 v
- 0 w
- 0 x
+ 0 y z 10
- 0 11
+ 0 y 12 13 14 15 16 17 15 18 19 15 1a 1b 1c 1d 1e 1f 1g
+ 0 y 1h 1i 1j 1k
+ 0 1l
- 0 1m
+ 0 1n
- 0 1o
- 0 1p
+ 0 1q 1r 1s 1t 1u 1v 1w 1x 1y 1z 20 21 22 23
- 0 24
- 0 25
- 0 26
+ 0 27 28 29 2a 2b 2c 2d 2e 2f 2g
- 0 2h
- 0 2i
- 0 2j
+ 0 2k 28 29 2a 2b 2c 2d 2e 2l 2m
- 0 2n
+ 2o 2p
- 0 2q
+ 0 2r 2s 2t 2u 2v 2w 2x 2s 2y 2z 30 31 32 33 34
- 0 35
+ o 36
- o 37
+ o 38 39 3a
+ o 38 3b 3a
+ o 3c 3d 3e 3f 3g 3h 3i
+ o 3j
- o 3k
+ o 3c 3l 3m 3n 3o 3p
+ 3q 3r
+ 0 y 3d 3s 3t
+ 0 y 3d 3u 3t
+ 0 3v 3d 3w 3t
+ o 3x
+ 2o 3y
+ 3z 40
+ 3z 41
+ 3z 42
+ 3z 43
+ 3z 44
+ 3z 45
+ 3z 46
+ 3q 47
+ 2o 48
+ o 49
+ o 4a
+ o 4b
+ o 4c
+ 3z 4d
+ 3q 4e
+ 3q 4f
+ 3q 4g
+ 3q 4h
+ 3q 4i
+ 3q 4j
+ 2o 4k
+ 2o 4l
+ 2o 4m
+ 2o 4n
+ 2o 4o
+ o 4p
+ o 4q
+ 0 y 4r 10
- 0 4s
+ 0 y 12 4t 4u 15 18 19 15 1a 1b 4v 4w 4x 4y 4z 1c 1d 1e 1f 1g
+ 0 y 1h 50 51 52 53 54 1i 1j 1k
+ 0 55
- 0 56
- o 57
- o 58
- o 59
- o 5a
+ o 5b
+ 0 y 5c 5d 5e 5f 34
- 0 5g
+ 0 y 5h 5i 5j 15 5k 5l 15 5m 5n 15 5o 5p 15 5q 5r 15 5s 5t 15 18 19 15 1a 5u 5v 4w 4x 4y 4z 1c 1d 1e 5w 5x 5y 5z 1g
- o 60
+ o 61
+ 0 y 5c 62 5e 5f 34
- 0 63
+ 0 y 5h 64 65 15 66 67 15 68 69 15 6a 6b 15 6c 6d 15 18 19 15 1a 5u 1c 1d 1e 1f 5x 5y 5z 1g
+ o 6e
+ 0 y 6f 10
- 0 6g
+ 0 y 12 6h 6i 15 18 19 15 1a 1b 1c 1d 1e 1f 1g
+ o 6j
+ 0 y 5c 6k 5e 5f 34
- 0 6l
+ 0 y 5h 6m 6n 15 6o 6p 15 6q 6r 15 6s 6t 15 6u 6v 15 6w 6x 15 18 19 15 1a 5u 5v 4w 4x 4y 4z 1c 1d 1e 1f 5x 5y 5z 1g
+ 0 y 6y 10
+ 0 y 12 6z 70 15 18 19 15 1a 1b 4v 4w 4x 4y 4z 1c 1d 1e 5w 1g
+ o 71
- o 72
- o 73
- o 74
+ o 75 76 77 78 3a
- o 79
+ o 7a 5h 7b 7c 15 7d 7e 15 18 19 15 1a 7f 7g 7h 7i 1f 5x 5y 7j
+ o 7k 7l 51 7m 7n 7o 7p
+ o 7q
- o 7r
+ o 7s
- 7t 7u
- 7v 7w
- 7x 7y
- 7z 80 81
- 82 83 81
+ 84 85
- 0 86
+ 0 y 5h 87 88 15 89 8a 15 8b 8c 15 8d 8e 15 8f 8g 15 18 19 15 1a 5u 5v 4w 4x 4y 4z 1c 1d 1e 5w 5x 5y 5z 1g
+ 0 y 12 8h 8i 15 8j 8k 15 18 19 15 1a 1b 4v 4w 4x 4y 4z 1c 1d 1e 5w 1g
- 0 8l
+ 0 y 12 8m 8n 15 8o 8p 15 18 19 15 1a 1b 4v 4w 4x 4y 4z 1c 1d 1e 5w 1g
- 0 8q
+ 0 y 12 8r 8s 15 8t 8u 15 18 19 15 1a 8v 1b 4v 4w 4x 4y 4z 1c 1d 1e 5w 8w 1g
+ o 8x
+ o 8y
+ o 8z
+ o 90
+ o 91
+ o 92
+ o 93
+ o 94
+ o 95
+ o 96
+ o 97
+ o 98
+ o 99
+ o 9a
+ o 9b
+ o 9c
+ o 9d
+ o 9e
+ o 9f
+ o 9g
+ o 9h
+ o 9i
+ o 9j
+ o 9k
+ o 9l
+ o 9m
+ o 9n
+ o 9o
+ o 9p
+ o 9q
+ o 9r
+ o 9s
+ o 9t
+ o 9u
+ o 9v 9w 9x 9y 9z a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 aa ab ac
+ o ad
+ o ae
+ o af ag
- o ah
+ o 75 ai 3a
- o aj
+ o 7a 5h ak al 15 am an 15 ao ap 15 aq ar 15 as at 15 18 19 15 1a au av aw ax ay az b0 b1 b2 b3 b4 b5 b6 b7 b8 b9
- o ba
+ o bb bc bd be bf bg bh bi bj bk bl bm
+ o 7a 12 bn bo 15 bp bq 15 br bs 15 bt bu 15 bv bw 15 18 19 15 1a au av aw ax ay az b0 b1 b2 b3 b4 b5 b6 b7 b8 b9
+ o 38 bx 3a
- o by
+ o bz c0 c1 c2 c3 c4
- o c5
- o c6
- o c7
+ o c8 c9 ca cb cc
- o cd
- o ce
- o cf
+ o c8 c9 cg cb cc
+ 0 ch
- 0 ci
- 0 cj
- 0 ck
- 0 cl
- 0 cm
+ 0 cn
+ 0 co
+ 0 cp
+ 0 cq
- 0 cr
- 0 cs
- 0 ct
- 0 cu
- 0 cv
+ o cw
- o cx
- o cy
- o cz
- o d0
+ o d1 d2 d3 d4 d5 d6 d7 d8 d9 da db dc dd de df dg dh di dj dk dl dm dn do dp dq dr ds dt du dv dw dx dy dz e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 ea eb
+ o ec ed
- o ee
- o ef
- o eg
- 0 eh
- 0 ei
- 0 ej
- 0 ek
+ 0 el em en eo ep eq er es et eu ev ew ex ey ez f0 f1 do f2 f3 f4 f5 f6 f7 f8 f9 fa fb fc fd fe ff fg fh fi fj fk fl fm fn e8 fo fp fq fr fp fs ft fu fv fw fx fy fz g0 g1 g2
+ 0 g3
+ 0 g4
+ 0 g5
+ 0 g6
+ 0 g7
- 0 g8
- 0 g9
- 0 ga
- 0 gb
- 0 gc
- 0 gd
+ 0 el em en eo ep eq er es et eu ev ew ex ey ez f0 f1 do f2 f3 f4 f5 ge gf f8 f9 fa fb fc fd fe ff fg fh fi fj fk fl fm fn e8 fo fp fq fr fp gg fz g0 g1 g2
- 0 gh
- 0 gi
- 0 gj
+ 0 el eo gk eq gl f1 do f2 gm f4 f5 ge gf f8 f9 fa fb fc fd fe ff gn fh fi fj fk fl fm fn e8 fo fp fq fr fp go
- 0 gp
+ 0 el em en eo ep eq er es et eu ev ew ex ey ez gq f1 do f2 f3 f4 f5 ge gr f8 f9 fa fb fc fd fe ff fg fh fi fj fk fl fm fn e8 fo fp fq fr fp gg fz g0 g1 g2
- 0 gs
+ 0 el eo gt eq gu f1 do f2 gv f4 f5 ge gr f8 f9 fa fb fc fd fe ff gw fh fi fj fk fl fm fn e8 fo fp fq fr fp go
- 0 gx
- 0 gy
- 0 gz
+ 0 h0 h1 h2 eo ep eq er es et eu ev ew ex ey ez gq f1 do f2 f3 f4 f5 h3 h4 h5 f9 fa fb fc h6 h7 ff fg fh fi fj fk fl fm fn e8 fo fp fq fr fp fs ft fu fv fw fx fy fz g0 g1 g2
+ 0 h8 h9 ha hb hc hd he hf
- 0 hg
- 0 hh
- 0 hi
- 0 hj
+ 0 h0 eo gt eq gu f1 do f2 gv f4 f5 h3 h4 h5 f9 fa fb fc h6 h7 ff gw fh fi fj fk fl fm fn e8 fo fp fq fr fp go
+ 0 h0 eo hk eq gu f1 do f2 hl f4 f5 h3 h4 h5 f9 fa fb fc h6 h7 ff hm fh fi fj fk fl fm fn e8 fo fp fq fr hn
+ o ho
- o hp
+ o hq hr hs ht hu hv hw hx hy hz i0 i1 i2 i3 i4 i5 i6 i7 i8 i9 ia ib ic id ie if ig ih ii ij ik il im in io ip iq ir
- o is
+ o it iu iv iw ix iy iz j0 j1 j2 j3 j4 j5 j6
+ o j7
- o j8
- o j9
- 0 ja
+ 0 jb hr hs ht jc hv jd je jf jg jh ji hx hy hz i0 i1 i2 i3 i4 i5 jj 1r jk i8 i9 ia ib ic jl jm id ie if ig ih ii ij ik il im in io jn jo ip iq jp
- 0 jq
+ 0 jr js iu iv iw ix iy iz jt ju j0 j1 j2 j3 j4 j5 jv jw
+ 0 jx
- 0 jy
- 0 jz
- 0 k0
+ 0 jb hr hs ht jc hv k1 je jf jg jh ji hx hy hz i0 i1 i2 i3 i4 i5 jj 1r jk i8 i9 ia ib ic jl jm id ie if ig ih ii ij ik il im in io jn jo ip iq jp
- 0 k2
+ 0 jb hr hs ht jc hv k3 je jf jg jh ji hx hy hz i0 i1 i2 i3 i4 i5 jj 1r k4 k5 k6 k7 k6 k8 i9 ia ib ic jl jm id ie if ig ih ii ij ik il im in io jn jo ip iq k9 jw
+ 0 jr js iu ka k6 kb k6 k8 iw ix iy iz jt ju j0 j1 j2 j3 j4 j5 jv jw
- 0 kc
+ 0 jb hr hs ht jc hv kd je jf jg jh ji hx hy hz i0 i1 i2 i3 i4 i5 jj 1r jk i8 i9 ia ib ic jl jm id ie if ig ih ii ij ik il im in io jn jo ip iq jp
- 0 ke
+ 0 jb hr hs ht jc hv kf je jf jg jh ji hx hy hz i0 i1 i2 i3 i4 i5 jj 1r k4 k5 k6 k7 k6 k8 i9 ia ib ic jl jm id ie if ig ih ii ij ik il im in io jn jo ip iq k9 jw
+ o kg
- o kh
+ o hq hr hs ht jc hv ki je jf jg jh ji hx hy hz i0 i1 i2 i3 i4 i5 i6 1r kj i8 i9 ia ib ic jl jm id ie if ig ih ii ij ik il im in io jn jo ip iq ir
+ o it js iu iv iw ix iy iz jt ju j0 j1 j2 j3 j4 j5 j6
- 0 kk
+ 0 jb hr hs ht jc hv kl je jf jg jh ji hx hy hz i0 i1 i2 i3 i4 i5 jj 1r jk k5 k6 k7 k6 k8 i9 ia ib ic jl jm id ie if ig ih ii ij ik il im in io jn jo ip iq k9 jw
- 0 km
+ 0 jb hr hs ht jc hv kn je jf jg jh ji hx hy hz i0 i1 i2 i3 i4 i5 jj 1r k4 k5 k6 k7 k6 k8 i9 ia ib ic jl jm id ie if ig ih ii ij ik il im in io jn jo ip iq k9 jw
- 0 ko
+ 0 jb hr hs ht jc hv kp je jf jg jh ji hx hy hz i0 i1 i2 i3 i4 i5 jj 1r k4 k5 k6 k7 k6 k8 i9 ia ib ic jl jm id ie if ig ih ii ij ik il im in io jn jo ip iq k9 jw
- 0 kq
+ 0 jb hr hs ht jc hv kr je jf jg jh ji hx hy hz i0 i1 i2 i3 i4 i5 jj 1r jk i8 i9 ia ib ic jl jm id ie if ig ih ii ij ik il im in io jn jo ip iq jp
- 0 ks
+ 0 jb hr hs ht jc hv kt je jf jg jh ji hx hy hz i0 i1 i2 i3 i4 i5 jj 1r k4 k5 k6 k7 k6 k8 i9 ia ib ic jl jm id ie if ig ih ii ij ik il im in io jn jo ip iq k9 jw
+ o ku
- o kv
- o kw
+ o hq hr hs kx ky kz l0 l1 l2 ic id ie if ig l3 ii l4 ik il l5
- o l6
+ o it iu kz iw l7 l8 iz l9 la lb lc j4 ld
+ o le
+ o 3c 3l 3m lf 3o 3p
+ o lg lh
+ o li ky kz lj
+ o lk hu dj ll lm ln lo fm lp lq lr di ls l2 ic lt lu lv lw lx
+ o li iu kz iw l7 l8 iz l9 la lb lc ly
+ o li lz m0 lj
- o m1
+ o m2 m3 m4 m5 m6 m7 lx
- o m8
+ o hq hr hs kx m9 kz l0 l1 l2 ic id ie if ig l3 ii l4 ik il l5
- o ma
+ o li m9 kz lj
+ o lk hu dj ll lm mb mc md me ln lo fm lp lq lr di ls l2 ic lt mf lv lw lx
+ o mg
- o mh
+ o lk hu dj ll lm mb mc md me ln lo fm lp lq lr di ls l2 ic lt lu lv lw lx
- o mi
- o mj
+ o lk lp lq lr di mk ml ic mm mn mo lw lx
- o mp
- o mq
+ o mr
+ o ms
- o mt
+ o 3c mu mv mw mx my mz n0 n1 n2 n3
- o n4
- o n5
- o n6
- o n7
+ o c8 n8 cc
+ o n9
- o na
+ o 3c mu mv mw mx nb mz n0 n1 n2 n3
- o nc
+ o c8 nd cc
- o ne
- o nf
- o ng
- o nh
+ o c8 ni cc
- o nj
+ o c8 nk cc
+ o nl
- o nm
- o nn
+ o 3c mu mv mw mx no mz n0 n1 n2 n3
+ o np
+ o nq
- o nr
- o ns
+ o nt
+ o nu
- o nv
- o nw
- o nx
+ o 3c mu mv mw mx ny mz n0 n1 n2 n3
- 0 nz
- 0 o0
- 0 o1
- 0 o2
+ 0 o3
+ 0 o4 o5
- 0 o6
+ 0 o7 o8 o9 oa ob oc od
+ 0 oe
- 0 of
- 0 og
- 0 oh
+ 0 y 3d oi 3t
- 0 oj
- 0 ok
- 0 ol
+ 0 y om 3d on oo op oq or os ot ou ov ow ox oy oz p0 p1 p2 p3 p4 p5 p6 p7 p8 p9 pa pb pc pd pe pf pg ph pi pj pk pl pm pn po pp pq pr
+ 0 y ps pt pu pv pw px
- 0 py
- 0 pz
- 0 q0
+ 0 y om 3d on oo op oq or os ot ou ov ow ox oy oz p0 p1 p2 p3 p4 p5 p6 q1 p8 p9 q2 pb pc pd pe pf pg ph pi pj pk pl pm pn po pp q3 pr
+ 0 y 3d q4 3t
- 0 q5
- 0 q6
+ 0 y oo op oq or os ot ou ov ow ox oy oz p0 p1 p2 p3 p4 p5 p6 p8 p9 q2 pb q7 q8 q9 qa pc pd pe pf po pp pq pr
+ 0 y qb 1g
- 0 qc
- 0 qd
+ 0 y qe oo op oq or os ot ou ov ow ox oy oz p0 p1 qf p3 p4 qg p7 p8 p9 pa pb pc pd pe qh qi po pp qj pr
- 0 qk
- 0 ql
+ 0 y 3d oi qm
- 0 qn
- 0 qo
+ 0 y om 3d on oo op oq or os ot ou ov ow ox oy oz p0 p1 qp p4 p5 p6 q1 p8 p9 q2 pb pc pd pe pf pg ph pi pj pk qq pm mz po pp qr pr
- 0 qs
- 0 qt
+ 0 y om 3d on oo op oq or os ot ou ov ow ox oy oz p0 p1 qu p3 p4 p5 p6 q1 p8 p9 q2 pb pc pd pe pf pg ph pi pj pk qq pm mz po pp q3 pr
- 0 qv
- 0 qw
+ 0 y om 3d on oo op oq or os ot ou ov ow ox oy oz p0 p1 p2 p3 p4 p5 p6 q1 p8 p9 q2 pb pc pd pe pf pg ph pi pj pk pl pm mz po pp q3 pr
- 0 qx
- 0 qy
+ 0 y om 3d on oo op oq or os ot ou ov ow ox oy oz p0 p1 p2 p3 p4 p5 p6 q1 p8 p9 q2 pb pc pd pe pf pg ph pi pj pk pl pm pn po pp pq pr
+ 0 y qe oo op oq or os ot ou ov ow ox oy oz p0 p1 qf p3 p4 qg p7 p8 p9 pa pb pc pd pe qh qi po pp pq pr
+ 0 y om 3d on oo op oq or os ot ou ov ow ox oy oz p0 p1 p2 p3 p4 p5 p6 p7 p8 p9 pa pb pc pd pe pf pg ph pi pj pk pl pm mz po pp pq pr
- 0 qz
- 0 r0
- 0 r1
+ 0 y om 3d on oo op oq or os ot ou ov ow ox oy oz p0 p1 p2 p3 p4 p5 p6 p7 r2 r3 r4 r5 r6 r7 r5 r8 p8 p9 pa pb pc pd pe pf pg ph pi pj pk pl pm pn po pp pr
- 0 r9
- 0 ra
+ 0 y om 3d on oo op oq or os ot ou ov ow ox oy oz p0 p1 p2 p3 p4 p5 p6 q1 rb r3 rc rd re rf rd rg p8 p9 q2 pb pc pd pe pf pg ph pi pj pk pl pm pn po pp pr
+ 0 y om 3d on oo op oq or os ot ou ov ow ox oy oz p0 p1 p2 p3 p4 p5 p6 p7 r2 r3 r4 r5 r6 r7 r5 r8 p8 p9 pa pb pc pd pe pf pg ph pi pj pk pl pm mz po pp pr
- 0 rh
- 0 ri
+ 0 y rj oo op oq or os ot ou ov ow ox oy oz p0 p1 rk p4 qg q1 rl rm rd rn rf rd rg p8 p9 q2 pb pc pd pe qh qi po pp pr
- 0 ro
- 0 rp
+ 0 y om 3d on oo op oq or os ot ou ov ow ox oy oz p0 p1 p2 p3 p4 p5 p6 q1 rb r3 rc rd re rf rd rg p8 p9 q2 pb pc pd pe pf pg ph pi pj pk pl pm mz po pp pr
+ 0 y om 3d on oo op oq or os ot ou ov ow ox oy oz p0 p1 qu p3 p4 p5 p6 q1 rb r3 rc rd re rf rd rg p8 p9 q2 pb pc pd pe pf pg ph pi pj pk qq pm mz po pp pr
- 0 rq
- 0 rr
+ 0 y qe oo op oq or os ot ou ov ow ox oy oz p0 p1 qf p3 p4 qg p7 rs rt r5 ru r7 r5 r8 p8 p9 pa pb pc pd pe qh qi po pp pr
- 0 rv
- 0 rw
- 0 rx
- 0 ry
+ 0 y om 3d rz oo op ox oy oz p0 p1 p2 p3 p4 p5 p6 p7 r2 r3 r4 r5 r6 r7 r5 r8 p8 p9 pa pb pc pd pe pf pg ph pi pj pk pl pm pn po pp pr
+ o s0
- 0 s1
- 0 s2
+ 0 y om 3d s3 oo oq or os ot ou ov ow ox oy oz p0 p1 s4 p4 p5 p6 q1 s5 p9 s6 pb pc pd s7 pf pg ph pi pj pk qq pm mz po pp s8 pr
+ o s9
- 0 sa
- 0 sb
+ 0 y om 3d on oo op oq or os ot ou ov ow ox oy oz p0 p1 sc p4 p5 p6 q1 p8 p9 q2 pb pc pd pe pf pg ph pi pj pk qq pm mz po pp sd pr
+ o se
- 0 sf
+ 0 y om 3d s3 oo oq or os ot ou ov ow ox oy oz p0 p1 sg p4 p5 p6 q1 s5 p9 s6 pb pc pd pe pf pg ph pi pj pk qq pm mz sh
+ 0 y si pt pu pv pw px
- 0 sj
- 0 sk
- 0 sl
- 0 sm
+ 0 y om 3d sn so sp pg sq pm mz po sr ss st
- 0 su
- 0 sv
+ 0 y oo op oq or os ot ou ov ow ox oy oz p0 p1 sc p4 p5 p6 p8 p9 q2 pb q7 q8 q9 qa pc pd pe pf po pp sw pr
- 0 sx
- 0 sy
+ 0 sz
+ 0 t0
- 0 t1
- 0 t2
- 0 t3
- 0 t4
- 0 t5
+ 0 y om 3d t6 t7 t8 t9 t8 ta tb tc td te tf tg th ti tj tk tl tm tn to or os tp tq tr ts tt tu tv ov tw or os tx ty tz u0 u1 ov tw u2 u3 u4 u5 u6 u7 u8 u9 ua ub uc ud ue uf ug uh pg sq ui uj mz uk ul um un
+ 0 y uo up uq ur us ut uu
- 0 uv
- 0 uw
- o ux
- o uy
+ o uz
- o v0
- o v1
- o v2
- o v3
- o v4
- o v5
- o v6
+ o 7a om 3d t6 t7 t8 t9 t8 ta tb tc td te tf tg th ti tj tk tl tm tn to v7 v8 v9 tv ty tz u0 u1 ov tw u2 u3 u4 u5 u6 u7 u8 u9 ua va uc ud ue uf ug uh pg sq ui uj mz uk ul um vb
+ o 7a uo up uq ur us ut 3p
- o vc
- o vd
- o ve
+ o vf
+ o vg
- o vh
+ o vi
+ o vj`

/**
 * Images, tab-separated: names, platform, date, distribution (id, version, codename, slim), rows from the oldest: the row's
 * number in base 36, `=` and the bytes of the layer's tar where known; `@` and a time: created, from here on.
 */
export const images = `alpine:3.17 alpine:3.17.10	linux/amd64	2024-09-06T12:02:06Z	alpine 3.17	@2024-09-06T12:02:06Z 0=7368704 1
alpine:3.18 alpine:3.18.12	linux/amd64	2025-02-14T03:03:06Z	alpine 3.18	@2025-02-14T03:03:06Z 2=7649792 1
alpine:3.19 alpine:3.19.9	linux/amd64	2025-10-08T11:10:40Z	alpine 3.19	@2025-10-08T11:10:40Z 3=7688192 1
alpine:3.19.4	linux/amd64	2024-09-06T12:04:22Z	alpine 3.19	@2024-09-06T12:04:22Z 4 1
alpine:3.20.3	linux/amd64	2024-09-06T12:05:36Z	alpine 3.20	@2024-09-06T12:05:36Z 5 1
alpine:3.20.4	linux/amd64	2024-08-15T00:20:26Z	alpine 3.20	@2024-08-15T00:20:26Z 6 1
alpine:3.20.5	linux/amd64	2025-01-08T12:08:14Z	alpine 3.20	@2025-01-08T12:08:14Z 7 1
alpine:3.20@sha256:a4f4213abb84c497377b8544c81b3564f313746700372ec4fe84653e4fb03805 alpine:3.20 alpine:3.20.9	linux/amd64	2026-01-28T01:18:16Z	alpine 3.20	@2026-01-28T01:18:16Z 8=8089600 1
alpine:3.21 alpine:3.21.6	linux/arm64	2026-01-28T01:18:07Z	alpine 3.21	@2026-01-28T01:18:07Z 9=8458240 1
alpine:3.21 alpine:3.21.3	linux/amd64	2025-02-14T03:28:36Z	alpine 3.21	@2025-02-14T03:28:36Z a=8120832 1
alpine:3.21.0	linux/amd64	2024-12-05T12:49:04Z	alpine 3.21	@2024-12-05T12:49:04Z b 1
alpine:3.21.2	linux/amd64	2025-01-08T12:07:30Z	alpine 3.21	@2025-01-08T12:07:30Z c 1
alpine:3.21.3	linux/arm64	2025-02-14T03:28:36Z	alpine 3.21	@2025-02-14T03:28:36Z d 1
alpine:3.22 alpine:3.22.2	linux/amd64	2025-10-08T11:04:56Z	alpine 3.22	@2025-10-08T11:04:56Z e=8607232 1
alpine:3.22 alpine:3.22.2	linux/arm64	2025-10-08T11:04:56Z	alpine 3.22	@2025-10-08T11:04:56Z f=8796672 1
alpine:3.22.1	linux/amd64	2025-07-15T11:01:16Z	alpine 3.22	@2025-07-15T11:01:16Z g=8596480 1
alpine:3.23 alpine:3.23.5	linux/amd64	2026-06-22T19:20:09Z	alpine 3.23	@2026-06-22T19:20:09Z h 1
alpine:3.23 alpine:3.23.3	linux/arm64	2026-01-28T01:18:09Z	alpine 3.23	@2026-01-28T01:18:09Z i=8982528 1
alpine:3.23.2	linux/amd64	2025-12-18T00:12:29Z	alpine 3.23	@2025-12-18T00:12:29Z j=8724480 1
alpine:3.23.3	linux/amd64	2026-01-28T01:18:04Z	alpine 3.23	@2026-01-28T01:18:04Z k=8724480 1
alpine:3.23.4	linux/amd64	2026-04-15T20:01:40.139676757Z	alpine 3.23	@2026-04-15T20:01:40.139676757Z l=8732160 1
alpine:3.24 alpine:3.24.1 alpine:3 alpine:latest	linux/amd64	2026-06-16T00:01:29Z	alpine 3.24	@2026-06-16T00:01:29Z m=8697856 1
alpine:3.4	linux/amd64	2018-01-24T06:06:13Z	alpine 3.4	n o
alpine:3.5	linux/amd64	2018-01-24T03:17:12Z	alpine 3.5	p o
alpine:3.6	linux/amd64	2018-01-25T10:59:12Z	alpine 3.6	q o
alpine:3.7	linux/amd64	2018-01-25T17:48:04Z	alpine 3.7	r o
alpine/java:21-jre eclipse-temurin:21.0.4_7-jre-alpine	linux/amd64	2024-08-10T03:12:22Z	alpine	@2024-07-22T22:26:43Z s=8081920 o @2024-08-10T03:12:20Z t u v w=19840000 x @2024-08-10T03:12:22Z y=164884992 z=2048 10=6656 11
amazoncorretto:17	linux/amd64	2026-01-15T22:09:07Z	amzn	@2026-01-15T21:44:16Z 12=172061696 13 @2026-01-15T22:09:07Z 14 15=299995136 16 17
amazoncorretto:17-alpine3.20-jdk amazoncorretto:17-alpine3.20 amazoncorretto:17-alpine3.20-full	linux/amd64	2025-01-23T01:09:23Z	alpine 3.20	@2025-01-08T12:08:14Z 7 1 @2025-01-23T01:09:23Z 18 19 16 1a 1b
amazoncorretto:17-alpine3.21 amazoncorretto:17-alpine3.21-jdk amazoncorretto:17-alpine3.21-full	linux/amd64	2024-09-24T11:57:06Z	alpine 3.21	@2024-09-24T11:57:06Z c 1 18 19 16 1a 1b
amazoncorretto:8-alpine3.17-jre	linux/amd64	2024-10-16T02:18:03Z	alpine 3.17	@2024-09-06T12:02:06Z 0=7368704 1 @2024-10-16T02:18:03Z 1c 1d=108368384 16 1e
azul/zulu-openjdk-debian:25	linux/amd64	2026-04-16T04:33:47.496264136Z	debian 12 bookworm slim	@2026-04-06T00:00:00Z 1f=77895680 @2026-04-16T04:33:47.496264136Z 1g 1h=396513792 1i
buildpack-deps:jessie	linux/amd64	2017-02-10T18:41:43Z	debian 8 jessie	1j 1k 1l 1m 1n
buildpack-deps:jessie-curl	linux/amd64	2017-01-18T08:42:23Z	debian 8 jessie	1j 1k 1l
buildpack-deps:jessie-scm	linux/amd64	2017-02-01T19:39:59Z	debian 8 jessie	1j 1k 1l 1m
buildpack-deps:stretch-scm	linux/amd64	2017-12-28T21:53:44Z	debian 9 stretch	1o 1p 1l 1q 1m
buildpack-deps:trixie buildpack-deps:13 buildpack-deps:latest buildpack-deps:stable	linux/amd64	2025-12-09T00:46:35Z	debian 13 trixie	@2025-12-08T00:00:00Z 1r=123822080 @2025-12-08T23:07:25Z 1s=61544960 @2025-12-09T00:06:13Z 1t=189926400 @2025-12-09T00:46:35Z 1u=667503616
buildpack-deps:trixie-curl buildpack-deps:13-curl buildpack-deps:curl buildpack-deps:stable-curl	linux/amd64	2025-12-08T23:07:25Z	debian 13 trixie	@2025-12-08T00:00:00Z 1r=123822080 @2025-12-08T23:07:25Z 1s=61544960
buildpack-deps:trixie-scm buildpack-deps:13-scm buildpack-deps:scm buildpack-deps:stable-scm	linux/amd64	2025-12-09T00:06:13Z	debian 13 trixie	@2025-12-08T00:00:00Z 1r=123822080 @2025-12-08T23:07:25Z 1s=61544960 @2025-12-09T00:06:13Z 1t=189926400
buildpack-deps:wheezy-curl	linux/amd64	2017-01-18T08:42:23Z	debian 7 wheezy	1v 1k 1l
debian:bookworm debian:12 debian:bookworm-20260803 debian:oldstable	linux/amd64	2026-08-03T00:00:00Z	debian 12 bookworm	@2026-08-03T00:00:00Z 1w
debian:bookworm debian:12 debian:bookworm-20250811 debian:oldstable	linux/arm64	2025-08-11T00:00:00Z	debian 12 bookworm	@2025-08-08T18:20:34Z 1x
debian:bookworm-20241223-slim	linux/amd64	2024-12-23T00:00:00Z	debian 12 bookworm slim	@2024-12-04T04:30:01Z 1y
debian:bookworm-20250317-slim	linux/amd64	2025-03-17T00:00:00Z	debian 12 bookworm slim	@2024-12-03T22:49:59Z 1z
debian:bookworm-20250428-slim	linux/amd64	2025-04-28T00:00:00Z	debian 12 bookworm slim	@2025-04-28T00:00:00Z 20=77895680
debian:bookworm-20250428-slim	linux/arm64	2025-04-28T00:00:00Z	debian 12 bookworm slim	@2025-04-28T00:00:00Z 21=100177920
debian:bookworm-20250520-slim	linux/arm64	2025-05-20T00:00:00Z	debian 12 bookworm slim	@2025-05-08T22:27:23Z 22=100157440
debian:bookworm-20250610-slim	linux/amd64	2025-06-10T00:00:00Z	debian 12 bookworm slim	@2025-06-04T00:40:01Z 23=77875200
debian:bookworm-20250929-slim	linux/amd64	2025-09-29T00:00:00Z	debian 12 bookworm slim	@2025-08-08T18:20:34Z 24
debian:bookworm-20260406-slim	linux/amd64	2026-04-06T00:00:00Z	debian 12 bookworm slim	@2026-04-06T00:00:00Z 1f=77895680
debian:bookworm-20260518-slim	linux/amd64	2026-05-18T00:00:00Z	debian 12 bookworm slim	@2026-05-18T00:00:00Z 25=77895680
debian:bookworm-slim debian:12-slim debian:bookworm-20260803-slim debian:oldstable-slim	linux/amd64	2026-08-03T00:00:00Z	debian 12 bookworm slim	@2026-08-03T00:00:00Z 1w=77895680
debian:bookworm-slim debian:12-slim debian:bookworm-20250811-slim debian:oldstable-slim	linux/arm64	2025-08-11T00:00:00Z	debian 12 bookworm slim	@2025-08-08T18:20:34Z 1x=100229120
debian:buster debian:10	linux/amd64	2017-12-12T06:01:58Z	debian 10 buster	26 1p
debian:jessie debian:8	linux/amd64	2018-01-25T10:59:12Z	debian 8 jessie	27 1p
debian:jessie-slim debian:8-slim	linux/amd64	2018-01-25T16:17:08Z	debian 8 jessie slim	28 1p
debian:stretch debian:9	linux/amd64	2018-01-26T19:55:29Z	debian 9 stretch	1o 1p
debian:stretch-slim debian:9-slim	linux/amd64	2018-01-24T22:55:21Z	debian 9 stretch slim	29 1p
debian:trixie debian:13 debian:trixie-20251208 debian:latest debian:stable	linux/amd64	2025-12-08T00:00:00Z	debian 13 trixie	@2025-12-08T00:00:00Z 1r=123822080
debian:trixie-20250811-slim	linux/amd64	2025-08-11T00:00:00Z	debian 13 trixie slim	@2025-08-08T18:20:34Z 2a
debian:trixie-20250908-slim	linux/arm64	2025-09-08T00:00:00Z	debian 13 trixie slim	@2025-08-08T18:20:34Z 2b=103045120
debian:trixie-20250929	linux/amd64	2025-09-29T00:00:00Z	debian 13 trixie	@2024-01-31T23:01:46Z 2c
debian:trixie-20250929-slim	linux/arm64	2025-09-29T00:00:00Z	debian 13 trixie slim	@2025-08-08T18:20:34Z 2d=103045120
debian:trixie-20250929-slim	linux/amd64	2025-09-29T00:00:00Z	debian 13 trixie slim	@2025-09-29T00:00:00Z 2c
debian:trixie-20251020-slim	linux/arm64	2025-10-20T00:00:00Z	debian 13 trixie slim	@2025-10-09T21:44:07Z 2e=103045120
debian:trixie-20251020-slim	linux/amd64	2025-10-20T00:00:00Z	debian 13 trixie slim	@2025-10-09T21:44:07Z 2f
debian:trixie-20251117-slim	linux/amd64	2025-11-17T00:00:00Z	debian 13 trixie slim	@2025-11-17T00:00:00Z 2g=81039360
debian:trixie-20251229-slim	linux/amd64	2025-12-29T00:00:00Z	debian 13 trixie slim	@2025-12-29T00:00:00Z 2h=81039360
debian:trixie-20260518-slim	linux/amd64	2026-05-18T00:00:00Z	debian 13 trixie slim	@2026-05-18T00:00:00Z 2i=81049600
debian:trixie-20260610-slim	linux/amd64	2026-06-10T00:00:00Z	debian 13 trixie slim	@2026-06-10T00:00:00Z 2j=81049600
debian:trixie-slim debian:13-slim debian:trixie-20260803-slim debian:stable-slim	linux/amd64	2026-08-03T00:00:00Z	debian 13 trixie slim	@2026-08-03T00:00:00Z 2k=81049600
debian:trixie-slim debian:13-slim debian:trixie-20260623-slim debian:stable-slim	linux/arm64	2026-06-23T00:00:00Z	debian 13 trixie slim	@2026-06-23T00:00:00Z 2l=102983680
debian:wheezy debian:7	linux/amd64	2018-01-24T03:17:12Z	debian 7 wheezy	2m 1p
debian:wheezy-slim debian:7-slim	linux/amd64	2017-07-25T02:43:06Z	debian 7 wheezy slim	2n 1p
eclipse-temurin:17-jdk-alpine eclipse-temurin:17.0.13_11-jdk-alpine-3.21 eclipse-temurin:17-jdk-alpine-3.21 eclipse-temurin:17-alpine-3.21	linux/amd64	2025-01-22T01:19:15Z	alpine 3.21	@2025-01-08T12:07:30Z c 1 @2025-01-22T01:19:15Z t u v 2o 2p 2q 2r 2s 11 2t
eclipse-temurin:17-jre eclipse-temurin:17.0.17_10-jre-noble eclipse-temurin:17-jre-noble eclipse-temurin:17.0.17_10-jre	linux/amd64	2025-11-13T23:21:41Z	ubuntu 24.04 noble	@2025-10-16T19:23:01Z 2u 2v 2w 2x @2025-10-16T19:23:03Z 2y=80635392 1k @2025-11-13T23:21:38Z t u v 2z=45798400 30 @2025-11-13T23:21:41Z 31=140749824 z=2560 2s=7168 11
eclipse-temurin:17.0.11_9-jdk-jammy eclipse-temurin:17-jdk-jammy eclipse-temurin:17-jammy	linux/amd64	2024-04-23T20:51:38Z	ubuntu 22.04 jammy	@2024-06-03T10:32:23Z 2u 2v 2w 32 @2024-06-03T10:32:25Z 33 @2024-06-03T10:32:26Z 1k @2024-04-23T20:51:38Z t u v 34 35 36 2r 10 11 2t
eclipse-temurin:17.0.12_7-jdk-alpine eclipse-temurin:17-alpine	linux/amd64	2024-08-22T07:58:33Z	alpine	@2024-08-22T07:58:33Z 37 o t u v 38 39 3a 2r 2s 11 2t
eclipse-temurin:17.0.19_10-jdk-noble eclipse-temurin:17-jdk-noble eclipse-temurin:17-noble	linux/amd64	2026-05-07T23:58:58Z	ubuntu 24.04 noble	@2026-04-10T06:49:15Z 2u 2v 2x @2026-04-10T06:49:17Z 3b=80652288 @2026-04-10T06:49:18Z 1k @2026-05-07T23:58:51Z t u v 3c=64663040 3d @2026-05-07T23:58:57Z 3e=281162752 @2026-05-07T23:58:58Z 2r=2560 2s=7168 11 2t
eclipse-temurin:17.0.19_10-jre-alpine-3.23 eclipse-temurin:17-jre-alpine-3.23 eclipse-temurin:17.0.19_10-jre-alpine eclipse-temurin:17-jre-alpine	linux/amd64	2026-05-07T23:59:10Z	alpine 3.23	@2026-04-15T20:01:40Z l=8732160 1 @2026-05-07T23:59:07Z t u v 3f=35532288 3d @2026-05-07T23:59:10Z 3g=140965376 z=2048 2s=7168 11
eclipse-temurin:20-jre eclipse-temurin:20.0.2_9-jre-jammy eclipse-temurin:20-jre-jammy eclipse-temurin:20.0.2_9-jre	linux/amd64	2023-10-03T05:14:39Z	ubuntu 22.04 jammy	@2023-09-25T10:17:05Z 2u 2v 2w 32 @2023-09-25T10:17:07Z 3h=80347136 @2023-09-25T10:17:08Z 1k @2023-10-03T05:11:45Z 3i 3j 3k @2023-10-03T05:13:30Z 3l=52579840 @2023-10-03T05:14:11Z 3m @2023-10-03T05:14:38Z 3n=151486976 3o=2560 @2023-10-03T05:14:39Z 3p=3072 3q
eclipse-temurin:21-jre eclipse-temurin:21.0.11_10-jre-resolute eclipse-temurin:21-jre-resolute eclipse-temurin:21.0.11_10-jre	linux/amd64	2026-07-02T02:21:35.025623922Z	ubuntu 26.04 resolute	@2026-06-27T04:19:03.809048389Z 3r=111503360 @2026-06-27T04:19:04.581880012Z 3s @2026-06-27T04:19:04.596927175Z 3t @2026-06-27T04:19:04.611144984Z 3u @2026-06-27T04:19:04.624041669Z 3v @2026-06-27T04:19:04.63650639Z 3w @2026-06-27T04:19:04.660416502Z 3x=10240 @2026-07-02T02:21:31.655923362Z t u v 2z=54275584 3y @2026-07-02T02:21:34.887787808Z 3z=165534208 @2026-07-02T02:21:35.001921029Z z=2560 @2026-07-02T02:21:35.025623922Z 2s=7168 11
eclipse-temurin:21-jre-alpine eclipse-temurin:21.0.11_10-jre-alpine-3.23 eclipse-temurin:21-jre-alpine-3.23 eclipse-temurin:21.0.11_10-jre-alpine	linux/amd64	2026-06-22T19:57:30Z	alpine 3.23	@2026-06-22T19:20:09Z h 1 @2026-06-22T19:56:31Z t u v 3f 3y @2026-06-22T19:57:29Z 40 z @2026-06-22T19:57:30Z 2s 11
eclipse-temurin:21-jre-alpine eclipse-temurin:21.0.8_9-jre-alpine-3.22 eclipse-temurin:21-jre-alpine-3.22	linux/arm64	2025-08-01T11:04:34Z	alpine 3.22	@2025-08-01T11:04:34Z f=8796672 1 t u v 3f=37233152 41 42=161843200 z=2048 2s=7168 11
eclipse-temurin:25.0.2_10-jre-alpine-3.23 eclipse-temurin:25-jre-alpine-3.23	linux/amd64	2026-04-15T20:34:25.607952317Z	alpine 3.23	@2026-04-15T20:01:40.139676757Z l=8732160 1 @2026-04-15T20:34:20.195381236Z t u v w=19988480 43 @2026-04-15T20:34:25.463075821Z 44=197586944 @2026-04-15T20:34:25.583556028Z z=2048 @2026-04-15T20:34:25.607952317Z 2s=7168 11
gcr.io/distroless/java25-debian13:nonroot	linux/amd64	1970-01-01T00:00:00Z	debian 13 trixie	@1970-01-01T00:00:00Z 45=337920 46=40960 47=1167360 48=1331200 49=102400 4a=1536 4b=2560 4c=2560 4d=2560 4e=1536 4f=2048 4g=3072 4h=249344 4i=13291520 4j=174080 4k=706560 4l=450560 4m=983040 4n=2344960 4o=491520 4p=409600 4q=604160 4r=102400 4s=890880 4t=245760 4u=2662400 4v=194560 4w=122880 4x=450560 4y=102400 4z=440832 50=177664 51=198799360
ibmjava:8-jre	linux/amd64	2018-01-26T16:57:47Z		52 53 54 55 56 1k 57 58 59 5a 5b
ibmjava:8-sfj-alpine	linux/amd64	2018-01-17T00:08:49Z	alpine	q o 57 5c 59 5d 5b
java:6-jre	linux/amd64	2017-01-18T08:42:23Z		1v 1k 1l 5e 5f 5g 5h 5i 5j 5k
java:7-jre	linux/amd64	2017-01-18T08:42:23Z		1j 1k 1l 5e 5f 5g 5l 5m 5n 5o
maven:3.9.9-amazoncorretto-17-alpine maven:3.9-amazoncorretto-17-alpine maven:3-amazoncorretto-17-alpine	linux/amd64	2024-09-24T11:57:06Z	alpine 3.21	@2024-09-24T11:57:06Z c 1 18 19 16 1a 1b 5p 5q 5r 5s 5t 5u 5v 5w 5x=1024 5y 5z 60 61 62 63
nginx:1.16.1 nginx:1.16	linux/amd64	2020-04-23T13:04:39.11443763Z		@2020-04-23T00:20:32.126556976Z 64=72485888 @2020-04-23T00:20:32.391326355Z 1p @2020-04-23T13:02:24.647346893Z 65 @2020-04-23T13:04:08.25062865Z 66 @2020-04-23T13:04:08.615216894Z 67 @2020-04-23T13:04:08.887858872Z 68 @2020-04-23T13:04:37.718964737Z 69=58022400 @2020-04-23T13:04:38.539144297Z 6a=3584 @2020-04-23T13:04:38.727541531Z 6b @2020-04-23T13:04:38.91124117Z 6c @2020-04-23T13:04:39.11443763Z 6d
nginx:1.26.2-alpine-slim nginx:1.26-alpine-slim nginx:1.26.2-alpine3.20-slim nginx:1.26-alpine3.20-slim	linux/amd64	2024-08-15T00:20:26Z	alpine 3.20	@2024-08-15T00:20:26Z 7 1 6e 6f 6g 6h 6i 6j 6k 6l 6m 6n 6o 6p 6q 6r
nginx:1.28.1-alpine nginx:stable-alpine nginx:1.28-alpine nginx:1.28.1-alpine3.23 nginx:stable-alpine3.23 nginx:1.28-alpine3.23	linux/amd64	2026-01-09T18:55:02Z	alpine 3.23	@2025-12-18T00:12:29Z j=8724480 1 @2025-12-24T05:18:27Z 6e 6s 6g 6t 6u=4654592 6j=3584 6k=4608 6l=2560 6m=5120 @2025-12-24T05:18:28Z 6n=7168 6o 6p 6q 6r @2026-01-09T18:55:02Z 6v 6w 6x 6y=49841664
nginx:1.28.1-alpine-slim nginx:stable-alpine-slim nginx:1.28-alpine-slim nginx:1.28.1-alpine3.23-slim nginx:stable-alpine3.23-slim nginx:1.28-alpine3.23-slim	linux/amd64	2025-12-24T05:18:28Z	alpine 3.23	@2025-12-18T00:12:29Z j=8724480 1 @2025-12-24T05:18:27Z 6e 6s 6g 6t 6u=4654592 6j=3584 6k=4608 6l=2560 6m=5120 @2025-12-24T05:18:28Z 6n=7168 6o 6p 6q 6r
nginx:1.29.0-alpine-slim nginx:mainline-alpine-slim nginx:1-alpine-slim nginx:1.29-alpine-slim nginx:alpine-slim nginx:1.29.0-alpine3.22-slim nginx:mainline-alpine3.22-slim nginx:1-alpine3.22-slim nginx:1.29-alpine3.22-slim nginx:alpine3.22-slim	linux/amd64	2025-06-24T20:52:14Z	alpine 3.22	@2025-06-24T20:52:14Z g=8596480 1 6e 6z 6g 6t 70=4601344 6j=3584 6k=4608 6l=2560 6m=5120 6n=7168 6o 6p 6q 6r
nginx:alpine nginx:1.29.0-alpine nginx:mainline-alpine nginx:1-alpine nginx:1.29-alpine nginx:1.29.0-alpine3.22 nginx:mainline-alpine3.22 nginx:1-alpine3.22 nginx:1.29-alpine3.22 nginx:alpine3.22	linux/amd64	2025-06-24T20:52:14Z	alpine 3.22	@2025-06-24T20:52:14Z g=8596480 1 6e 6z 6g 6t 70=4601344 6j=3584 6k=4608 6l=2560 6m=5120 6n=7168 6o 6p 6q 6r 71 6w 72=40611840
nginxinc/nginx-unprivileged:alpine3.20-perl	linux/amd64	2025-01-20T03:20:49Z	alpine 3.20	@2025-01-08T12:08:14Z 7 1 @2025-01-20T00:21:57Z 6e 73 6g 6t 74 75 76 77 6j 6k 6l 6m 6n 6o 78 6q 79 6r @2025-01-20T01:43:13Z 7a 6w 74 75 7b 7c 79 @2025-01-20T03:20:49Z 74 75 7b 7d 79
node:14-alpine node:14.21-alpine node:14.21.3-alpine node:fermium-alpine	linux/amd64	2023-03-29T22:25:02Z	alpine	@2023-03-29T18:19:24Z 7e o @2023-03-29T22:24:49Z 7f @2023-03-29T22:24:57Z 7g 7h @2023-03-29T22:25:01Z 7i 7j 7k @2023-03-29T22:25:02Z 7l
node:18-alpine node:18.20.8-alpine3.21 node:18.20-alpine3.21 node:18-alpine3.21	linux/amd64	2025-03-27T14:23:08Z	alpine 3.21	@2025-02-14T03:28:36Z a=8120832 1 @2025-03-27T14:23:08Z 7m 7n=115915776 7o 7p=5389312 7q=3584 7r 7s
node:18-alpine node:18-alpine3.21 node:18.20-alpine3.21 node:18.20.8-alpine3.21 node:hydrogen-alpine3.21	linux/arm64	2025-03-27T14:23:08Z	alpine 3.21	@2025-02-14T03:28:36Z d 1 @2025-03-27T14:23:08Z 7m 7n 7o 7p 7q 7r 7s
node:18.20.7-alpine3.21 node:hydrogen-alpine3.21	linux/amd64	2025-02-20T11:20:37Z	alpine 3.21	@2025-02-14T03:28:36Z a=8120832 1 @2025-02-20T11:20:37Z 7t 7u 7o 7p 7q 7r 7s
node:20-alpine node:20-alpine3.23 node:20.20-alpine3.23 node:20.20.2-alpine3.23 node:iron-alpine3.23	linux/amd64	2026-04-15T20:46:50.697160849Z	alpine 3.23	@2026-04-15T20:01:40.139676757Z l=8732160 1 @2026-04-15T20:46:47.15508374Z 7v 7w=124029440 7o @2026-04-15T20:46:50.670119354Z 7x=5389312 @2026-04-15T20:46:50.697160849Z 7q=3584 7r 7s
node:20-alpine3.19 node:20.18-alpine3.19 node:20.18.1-alpine3.19	linux/amd64	2024-11-20T16:05:40Z	alpine 3.19	@2024-09-06T12:04:22Z 4 1 @2024-11-20T16:05:40Z 7y 7z 7o 7p 7q 7r 7s
node:20-alpine3.22 node:20.19-alpine3.22 node:20.19.5-alpine3.22	linux/amd64	2025-09-03T19:47:58Z	alpine 3.22	@2025-09-03T19:47:58Z e=8607232 1 80 81=122880512 7o 7x=5389824 7q=3584 7r 7s
node:20.12-alpine node:20.12.0-alpine node:lts-alpine	linux/amd64	2024-03-27T13:57:06Z	alpine	@2024-01-27T00:30:48Z 82 o @2024-03-27T13:56:53Z 83 @2024-03-27T13:57:01Z 84 7h @2024-03-27T13:57:05Z 85 7j @2024-03-27T13:57:06Z 7k 7l
node:20.19.4-alpine3.22	linux/amd64	2025-07-15T23:35:30Z	alpine 3.22	@2025-07-15T11:01:16Z g=8596480 1 @2025-07-15T23:35:30Z 86 87 7o 7x 7q 7r 7s
node:20.20.1-alpine3.23	linux/amd64	2026-03-06T18:27:36Z	alpine 3.23	@2026-01-28T01:18:04Z k=8724480 1 @2026-03-06T18:27:33Z 88 89=124021248 7o @2026-03-06T18:27:36Z 7x=5389312 7q=3584 7r 7s
node:22-alpine node:22-alpine3.23 node:22.22-alpine3.23 node:22.22.2-alpine3.23 node:jod-alpine3.23	linux/amd64	2026-04-15T20:46:43Z	alpine 3.23	@2026-04-15T20:01:40Z l=8732160 1 @2026-04-15T20:46:40Z 8a 8b=151081984 7o @2026-04-15T20:46:43Z 7x=5389312 7q=3584 7r 7s
node:23-alpine3.21 node:23.4-alpine3.21 node:23.4.0-alpine3.21 node:alpine3.21 node:current-alpine3.21	linux/amd64	2024-12-10T17:35:50Z	alpine 3.21	@2024-12-05T12:49:04Z b 1 @2024-12-10T17:35:50Z 8c 8d 7o 7p 7q 7r 7s
node:24-alpine node:24-alpine3.22 node:24.10-alpine3.22 node:24.10.0-alpine3.22	linux/amd64	2025-10-16T10:35:31Z	alpine 3.22	@2025-10-08T11:04:56Z e=8607232 1 @2025-10-16T10:35:31Z 8e 8f=156784128 7o 7x=5389824 7q=3584 7r 7s
node:4-alpine	linux/amd64	2017-07-18T23:42:55Z	alpine	8g o 8h 8i 8j 8k 8l 7l
node:4-slim	linux/amd64	2017-07-27T17:43:32Z		8m 1p 1l 8n 8o 8p 8h 8i 8q 8k 8r 7l
node:4.7.3	linux/amd64	2017-02-10T18:41:43Z		1j 1k 1l 1m 1n 8o 8s 8h 8t 8u 7l
node:6-alpine	linux/amd64	2018-01-24T23:55:06Z	alpine	n o 8v 8w 8x 8l 7l
node:6-slim	linux/amd64	2018-01-26T00:06:39Z		27 1p 1l 1q 8o 8y 8v 8z 8x 8r 7l
node:6.11-slim	linux/amd64	2017-11-07T08:54:19Z		90 1p 1l 1q 8o 8y 91 92 93 8r 7l
node:6.9-slim	linux/amd64	2017-05-31T23:40:40Z		1j 1k 1l 8o 8s 8h 94 95 7l
node:6.9.5	linux/amd64	2017-02-10T18:41:43Z		1j 1k 1l 1m 1n 8o 8s 8h 94 8u 7l
node:7.5.0	linux/amd64	2017-02-10T18:41:43Z		1j 1k 1l 1m 1n 8o 8s 8h 96 8u 7l
node:8-slim	linux/amd64	2018-01-11T01:55:30Z		27 1p 1l 1q 8o 8y 97 8z 8x 8r 7l
openjdk:6-jre	linux/amd64	2017-07-25T00:43:24Z		98 1p 1l 8n 5e 5f 5g 99 9a 5i 5j 9b
openjdk:7-jdk-alpine	linux/amd64	2018-01-26T19:55:29Z	alpine	r o 5f 5g 9c 9d 9e 9f 9g
openjdk:7-jre	linux/amd64	2018-01-26T19:55:29Z		27 1p 1l 1q 5e 5f 5g 9h 9a 9e 9i 9j
openjdk:7-jre-alpine	linux/amd64	2018-01-26T19:55:29Z	alpine	r o 5f 5g 9k 9d 9e 9f 9l
openjdk:8-alpine openjdk:8-jdk-alpine	linux/amd64	2018-01-10T09:53:25Z	alpine	r o 5f 5g 9m 9n 9o 9p 9q
openjdk:8-jre-alpine	linux/amd64	2018-01-26T19:55:29Z	alpine	r o 5f 5g 9r 9n 9o 9p 9s
openjdk:8-jre-slim	linux/amd64	2017-12-12T10:14:51Z		29 1p 5e 5f 5g 9t 9a 9o 9u 9v 9w 9x
openjdk:8u111-alpine java:8-alpine java:openjdk-8-jdk-alpine	linux/amd64	2016-12-28T01:44:06Z	alpine	9y 5f 5g 9m 9n 9z a0 9q
openjdk:9-jre	linux/amd64	2018-01-26T19:55:29Z		a1 1p 1l 1q 5e 5f 5g a2 a3 a4 a5 a6
oven/bun:1-alpine	linux/arm64	2026-01-13T02:29:25Z	alpine 3.22	@2025-10-08T11:04:56Z f=8796672 1 @2026-01-13T02:29:22Z a7 a8 a9 aa ab=89432576 7q=3584 ac=3072 ad @2026-01-13T02:29:25Z ae=5511168 af=2560 ag ah
python:3.10-slim python:3.10.20-slim-trixie python:3.10-slim-trixie python:3.10.20-slim	linux/amd64	2026-06-11T01:12:56Z	debian 13 trixie slim	@2026-06-10T00:00:00Z 2j=81049600 @2026-06-11T01:06:55Z ai 16 aj=4126720 ak al am @2026-06-11T01:12:56Z an=41199616 ao=5120 ap
python:3.10-slim python:3.10.18-slim-trixie python:3.10-slim-trixie python:3.10.18-slim	linux/arm64	2025-08-08T18:20:34Z	debian 13 trixie slim	@2025-08-08T18:20:34Z 2b=103045120 ai 16 aj=4172288 ak aq ar as=44571648 ao=5120 ap
python:3.10.19-trixie python:3.10-trixie python:3.10.19 python:3.10	linux/amd64	2025-12-09T02:11:30Z	debian 13 trixie	@2025-12-08T00:00:00Z 1r=123822080 @2025-12-08T23:07:25Z 1s=61544960 @2025-12-09T00:06:13Z 1t=189926400 @2025-12-09T00:46:35Z 1u=667503616 @2025-12-09T02:06:12Z ai 16 at=18426880 ak au av @2025-12-09T02:11:30Z aw=57335808 ao=5120 ap
python:3.11-alpine python:3.11.16-alpine3.24 python:3.11-alpine3.24	linux/amd64	2026-08-13T19:44:35Z	alpine 3.24	@2026-06-16T00:01:29Z m=8697856 1 @2026-08-13T19:34:44Z ai 16 ax=1538048 ak ay az @2026-08-13T19:44:35Z b0=47070208 ao=5120 ap
python:3.11-slim python:3.11.15-slim-trixie python:3.11-slim-trixie python:3.11.15-slim	linux/arm64	2026-06-24T02:17:20Z	debian 13 trixie slim	@2026-06-23T00:00:00Z 2l=102983680 @2026-06-24T02:06:14Z ai 16 aj=4171776 ak b1 b2 @2026-06-24T02:17:19Z an=47124480 @2026-06-24T02:17:20Z ao=5120 ap
python:3.11-slim-trixie python:3.11.15-slim-trixie python:3.11.15-slim python:3.11-slim	linux/amd64	2026-05-19T23:52:06.753979707Z	debian 13 trixie slim	@2026-05-18T00:00:00Z 2i=81049600 @2026-05-19T23:43:52.900305759Z ai 16 aj=4127232 ak b1 b2 @2026-05-19T23:52:06.637283537Z an=43851264 @2026-05-19T23:52:06.753979707Z ao=5120 ap
python:3.11.11-slim-bookworm python:3.11.11-slim	linux/amd64	2024-12-03T22:49:59Z	debian 12 bookworm slim	@2024-12-03T22:49:59Z 1z ai 16 b3 ak b4 b5 b6 ao ap
python:3.11.12-slim-bookworm python:3.11-slim-bookworm python:3.11.12-slim	linux/arm64	2025-05-08T22:27:23Z	debian 12 bookworm slim	@2025-05-08T22:27:23Z 22=100157440 ai 16 b3=9486336 ak b7 b8 b9=50819072 ao=5120 ap
python:3.11.12-slim-bookworm	linux/amd64	2025-05-08T22:27:23Z	debian 12 bookworm slim	@2025-04-28T00:00:00Z 20=77895680 @2025-05-08T22:27:23Z ai 16 b3=9546240 ak b7 b8 b9=47500800 ao=5120 ap
python:3.11.13-slim-bookworm	linux/amd64	2025-08-08T18:20:34Z	debian 12 bookworm slim	@2025-08-08T18:20:34Z 24 ai 16 b3 ak ba bb bc ao ap
python:3.11.13-slim-trixie python:3.11.13-slim	linux/amd64	2025-08-08T18:20:34Z	debian 13 trixie slim	@2025-08-08T18:20:34Z 2a ai 16 aj ak ba bb as ao ap
python:3.11.14-slim-trixie python:3.11.14-slim	linux/amd64	2025-12-30T00:44:39Z	debian 13 trixie slim	@2025-12-29T00:00:00Z 2h=81039360 @2025-12-30T00:37:12Z ai 16 aj=4123136 ak bd be @2025-12-30T00:44:39Z bf=43835392 ao=5120 ap
python:3.11.14-slim-trixie python:3.11.14-slim	linux/arm64	2025-10-09T21:44:07Z	debian 13 trixie slim	@2025-10-09T21:44:07Z 2e=103045120 ai 16 aj=4171776 ak bd be bf=47184384 ao=5120 ap
python:3.11.15-alpine3.23 python:3.11-alpine3.23 python:3.11.15-alpine	linux/amd64	2026-04-15T20:51:29.855492062Z	alpine 3.23	@2026-04-15T20:01:40.139676757Z l=8732160 1 @2026-04-15T20:47:04.624281963Z ai 16 ax=1665024 ak b1 b2 @2026-04-15T20:51:29.729179569Z bg=46646784 @2026-04-15T20:51:29.855492062Z ao=5120 ap
python:3.11.15-slim-bookworm python:3.11-slim-bookworm	linux/amd64	2026-05-19T23:52:32.495214737Z	debian 12 bookworm slim	@2026-05-18T00:00:00Z 25=77895680 @2026-05-19T23:43:59.879564644Z ai 16 b3=9570304 ak b1 b2 @2026-05-19T23:52:32.373685422Z bh=47356928 @2026-05-19T23:52:32.495214737Z ao=5120 ap
python:3.12-slim python:3.12.14-slim-trixie python:3.12-slim-trixie python:3.12.14-slim	linux/amd64	2026-08-13T19:43:37Z	debian 13 trixie slim	@2026-08-03T00:00:00Z 2k=81049600 @2026-08-13T19:34:34Z ai 16 aj=4127232 bi bj bk @2026-08-13T19:43:37Z bl=38120960 ao=5120 ap
python:3.12-slim python:3.12.12-slim-trixie python:3.12-slim-trixie python:3.12.12-slim	linux/arm64	2025-10-09T15:49:21Z	debian 13 trixie slim	@2025-09-29T00:00:00Z 2d=103045120 @2025-10-09T15:49:21Z ai 16 aj=12248576 bi bm bn bo=41365504 ao=5120 ap
python:3.12-slim-bookworm python:3.12.14-slim-bookworm	linux/amd64	2026-08-13T19:44:57Z	debian 12 bookworm slim	@2026-08-03T00:00:00Z 1w=77895680 @2026-08-13T19:34:38Z ai 16 b3=9604096 bi bj bk @2026-08-13T19:44:57Z bp=41618432 ao=5120 ap
python:3.12.10-alpine3.21 python:3.12-alpine3.21 python:3.12.10-alpine python:3.12-alpine	linux/amd64	2025-04-08T19:02:43Z	alpine 3.21	@2025-02-14T03:28:36Z a=8120832 1 @2025-04-08T19:02:43Z ai 16 ax bi bq br bs ao ap
python:3.12.11-slim-bookworm python:3.12-slim-bookworm	linux/arm64	2025-08-08T18:20:34Z	debian 12 bookworm slim	@2025-08-08T18:20:34Z 1x=100229120 ai 16 b3=9566720 bi bt bu bv=44968448 ao=5120 ap
python:3.12.11-slim-bookworm python:3.12.11-slim	linux/amd64	2025-06-04T00:40:01Z	debian 12 bookworm slim	@2025-06-04T00:40:01Z 23=77875200 ai 16 b3=9551360 bi bt bu bw=41581056 ao=5120 ap
python:3.12.11-slim-trixie python:3.12.11-slim	linux/arm64	2025-08-08T18:20:34Z	debian 13 trixie slim	@2025-08-08T18:20:34Z 2d=103045120 ai 16 aj=4171776 bi bt bu bo=41357824 ao=5120 ap
python:3.12.12-slim-trixie python:3.12.12-slim	linux/amd64	2025-11-18T05:58:20Z	debian 13 trixie slim	@2025-11-17T00:00:00Z 2g=81039360 @2025-11-18T05:49:42Z ai 16 aj=4123136 bi bm bn @2025-11-18T05:58:20Z bo=38087168 ao=5120 ap
python:3.12.13-alpine3.23 python:3.12-alpine3.23 python:3.12.13-alpine python:3.12-alpine	linux/arm64	2026-03-03T20:23:30Z	alpine 3.23	@2026-01-28T01:18:09Z i=8982528 1 @2026-03-03T20:16:47Z ai 16 ax=1784320 bi bx by @2026-03-03T20:23:30Z bz=44790784 ao=5120 ap
python:3.12.13-slim-trixie python:3.12.13-slim	linux/amd64	2026-08-05T01:12:35Z	debian 13 trixie slim	@2026-08-03T00:00:00Z 2k=81049600 @2026-08-05T01:04:15Z ai 16 aj=4127232 bi bx by @2026-08-05T01:12:35Z bl=38107648 ao=5120 ap
python:3.13.12-alpine3.23 python:3.13-alpine3.23 python:3.13.12-alpine python:3.13-alpine	linux/amd64	2026-02-04T20:15:33.498502473Z	alpine 3.23	@2026-01-28T01:18:04.977843834Z k=8724480 1 @2026-02-04T20:09:44.994615839Z ai ax bi c0 c1 @2026-02-04T20:15:33.372302653Z bz @2026-02-04T20:15:33.498502473Z ao ap
python:3.14-slim python:3.14.5-slim-trixie python:3.14-slim-trixie python:3-slim-trixie python:slim-trixie python:3.14.5-slim python:3-slim python:slim	linux/amd64	2026-05-19T23:47:22Z	debian 13 trixie slim	@2026-05-18T00:00:00Z 2i=81049600 @2026-05-19T23:39:58Z ai aj=4127232 c2 c3 @2026-05-19T23:47:22Z c4=38236672 ao=5120 ap
python:3.8-slim python:3.8.20-slim-bookworm python:3.8-slim-bookworm	linux/amd64	2024-09-09T17:16:05Z	debian 12 bookworm slim	@2024-09-09T17:16:05Z c5=77832192 1p ai 16 b3=9551360 c6 c7 c8=42262528 ao=5120 ap
python:3.8.20-slim-bookworm python:3.8-slim-bookworm python:3.8.20-slim python:3.8-slim	linux/arm64	2024-09-09T17:16:05Z	debian 12 bookworm slim	@2024-09-09T17:16:05Z c9=100119040 1p ai 16 b3=9486336 c6 c7 c8=45884928 ao=5120 ap
python:3.9-slim python:3.9.21-slim-bookworm python:3.9-slim-bookworm python:3.9.21-slim	linux/amd64	2024-12-04T04:30:01Z	debian 12 bookworm slim	@2024-12-04T04:30:01Z 1y ai 16 b3 c6 ca cb cc ao ap
python:3.9.19-slim-bookworm python:3.9-slim-bookworm python:3.9.19-slim python:3.9-slim	linux/arm64	2024-07-08T02:10:08Z	debian 12 bookworm slim	@2024-07-08T02:10:08Z cd 1p ai 16 b3 c6 ce cf cg ch ci cj ck cl ap
python:3.9.23-trixie python:3.9-trixie python:3.9.23 python:3.9	linux/amd64	2025-08-08T18:20:34Z	debian 13 trixie	@2024-01-31T23:01:46Z 2c 1s 1t 1u @2025-08-08T18:20:34Z ai 16 at c6 cm cn co ao ap
tomcat:10.1-jdk17 tomcat:10.1.55-jdk17-temurin-noble tomcat:10.1-jdk17-temurin-noble tomcat:10-jdk17-temurin-noble tomcat:10.1.55-jdk17-temurin tomcat:10.1-jdk17-temurin tomcat:10-jdk17-temurin tomcat:10.1.55-jdk17 tomcat:10-jdk17	linux/amd64	2026-05-12T23:07:56Z	ubuntu 24.04 noble	@2026-04-10T06:49:15Z 2u 2v 2x @2026-04-10T06:49:17Z 3b=80652288 @2026-04-10T06:49:18Z 1k @2026-05-07T23:58:51Z t u v 3c=64663040 3d @2026-05-07T23:58:57Z 3e=281162752 @2026-05-07T23:58:58Z 2r=2560 2s=7168 11 2t @2026-05-12T23:07:31Z cp cq cr=2560 cs=1024 ct cu cv cw cx @2026-05-12T23:07:56Z cy=22550528 cz=1024 78 d0 d1
tomcat:9.0.89-jdk17-temurin-jammy tomcat:9.0-jdk17-temurin-jammy tomcat:9-jdk17-temurin-jammy tomcat:9.0.89-jdk17-temurin tomcat:9.0-jdk17-temurin tomcat:9-jdk17-temurin tomcat:9.0.89-jdk17 tomcat:9.0-jdk17 tomcat:9-jdk17	linux/amd64	2024-06-05T08:11:25Z	ubuntu 22.04 jammy	@2024-06-03T10:32:23Z 2u 2v 2w 32 @2024-06-03T10:32:25Z 33 @2024-06-03T10:32:26Z 1k @2024-04-23T20:51:38Z t u v 34 35 36 2r 10 11 2t @2024-06-05T08:07:38Z d2 d3 @2024-06-05T08:07:39Z d4 d5 d6 d7 @2024-06-05T08:10:54Z d8 d9 da db @2024-06-05T08:11:23Z dc @2024-06-05T08:11:24Z dd @2024-06-05T08:11:25Z de df dg
ubuntu:12.04 ubuntu:precise	linux/amd64	2017-04-25T17:43:09Z	ubuntu 12.04 precise	dh 53 54 55 56 1k
ubuntu:14.04 ubuntu:trusty	linux/amd64	2018-01-26T01:55:48Z	ubuntu 14.04 trusty	di 53 54 55 56 1k
ubuntu:20.04	linux/arm64	2025-04-08T10:46:45Z	ubuntu 20.04 focal	@2025-04-08T10:46:43Z 2u 2v 2w dj @2025-04-08T10:46:45Z dk=68133376 1k
ubuntu:22.04 ubuntu:jammy	linux/amd64	2024-06-03T10:32:26Z	ubuntu 22.04 jammy	@2024-06-03T10:32:23Z 2u 2v 2w 32 @2024-06-03T10:32:25Z 33 @2024-06-03T10:32:26Z 1k
ubuntu:24.04 ubuntu:noble	linux/amd64	2026-04-10T06:49:18Z	ubuntu 24.04 noble	@2026-04-10T06:49:15Z 2u 2v 2x @2026-04-10T06:49:17Z 3b=80652288 @2026-04-10T06:49:18Z 1k
ubuntu:26.04 ubuntu:resolute ubuntu:latest	linux/amd64	2026-06-27T04:19:04.660416502Z	ubuntu 26.04 resolute	@2026-06-27T04:19:03.809048389Z 3r=111503360 @2026-06-27T04:19:04.581880012Z 3s @2026-06-27T04:19:04.596927175Z 3t @2026-06-27T04:19:04.611144984Z 3u @2026-06-27T04:19:04.624041669Z 3v @2026-06-27T04:19:04.63650639Z 3w @2026-06-27T04:19:04.660416502Z 3x=10240
ubuntu:artful ubuntu:17.10	linux/amd64	2018-01-25T21:06:19Z	ubuntu 17.10 artful	dl 53 54 55 56 1k
ubuntu:xenial ubuntu:16.04	linux/amd64	2018-01-26T18:09:23Z	ubuntu 16.04 xenial	52 53 54 55 56 1k`

/**
 * Packages of plain installations, by distribution: `#`, id and version, bytes of the package lists after an update, their
 * date; then name, version, source, provides and equals, tab-separated.
 */
export const packages = `# debian 12	19852735	2026-11-20
adduser	3.134
apt	2.6.1		apt-transport-https (= 2.6.1)
base-files	12.4+deb12u15		base
base-passwd	3.6.1
bash	5.2.15-2+b13	bash (5.2.15-2)
bsdutils	1:2.38.1-5+deb12u3	util-linux (2.38.1-5+deb12u3)
coreutils	9.1-1
dash	0.5.12-2
debconf	1.5.82		debconf-2.0
debian-archive-keyring	2023.3+deb12u2
debianutils	5.7-0.5~deb12u1
diffutils	1:3.8-4
dpkg	1.21.23
e2fsprogs	1.47.0-2+b2	e2fsprogs (1.47.0-2)		libext2fs2 (= 1.47.0-2+b2)
findutils	4.9.0-4
gcc-12-base	12.2.0-14+deb12u1	gcc-12
gpgv	2.2.40-1.1+deb12u2	gnupg2
grep	3.8-5		rgrep
gzip	1.12-1
hostname	3.23+nmu1
init-system-helpers	1.65.2+deb12u1
libacl1	2.3.1-3	acl
libapt-pkg6.0	2.6.1	apt	libapt-pkg (= 2.6.1)
libattr1	1:2.5.1-4	attr
libaudit-common	1:3.0.9-1	audit
libaudit1	1:3.0.9-1	audit
libblkid1	2.38.1-5+deb12u3	util-linux
libbz2-1.0	1.0.8-5+b1	bzip2 (1.0.8-5)
libc-bin	2.36-9+deb12u14	glibc
libc6	2.36-9+deb12u14	glibc
libcap-ng0	0.8.3-1+b3	libcap-ng (0.8.3-1)
libcap2	1:2.66-4+deb12u3+b1	libcap2 (1:2.66-4+deb12u3)
libcom-err2	1.47.0-2+b2	e2fsprogs (1.47.0-2)	libcomerr2 (= 1.47.0-2+b2)
libcrypt1	1:4.4.33-2	libxcrypt
libdb5.3	5.3.28+dfsg2-1	db5.3
libdebconfclient0	0.270	cdebconf
libext2fs2	1.47.0-2+b2	e2fsprogs (1.47.0-2)	e2fslibs (= 1.47.0-2+b2)
libffi8	3.4.4-1	libffi	libffi8ubuntu1 (= 3.4.4-1)
libgcc-s1	12.2.0-14+deb12u1	gcc-12	libgcc1 (= 1:12.2.0-14+deb12u1)	gcc-12-base (= 12.2.0-14+deb12u1)
libgcrypt20	1.10.1-3+deb12u1
libgmp10	2:6.2.1+dfsg1-1.1	gmp
libgnutls30	3.7.9-2+deb12u7	gnutls28
libgpg-error0	1.46-1	libgpg-error
libhogweed6	3.8.1-2	nettle
libidn2-0	2.3.3-1+b1	libidn2 (2.3.3-1)
liblz4-1	1.9.4-1	lz4
liblzma5	5.4.1-1+deb12u1	xz-utils
libmd0	1.0.4-2	libmd
libmount1	2.38.1-5+deb12u3	util-linux
libnettle8	3.8.1-2	nettle
libp11-kit0	0.24.1-2	p11-kit
libpam-modules	1.5.2-6+deb12u2	pam	libpam-mkhomedir, libpam-motd, libpam-umask	libpam-modules-bin (= 1.5.2-6+deb12u2)
libpam-modules-bin	1.5.2-6+deb12u2	pam
libpam-runtime	1.5.2-6+deb12u2	pam
libpam0g	1.5.2-6+deb12u2	pam
libpcre2-8-0	10.42-1	pcre2
libseccomp2	2.5.4-1+deb12u1	libseccomp
libselinux1	3.4-1+b6	libselinux (3.4-1)
libsemanage-common	3.4-1	libsemanage
libsemanage2	3.4-1+b5	libsemanage (3.4-1)
libsepol2	3.4-2.1	libsepol
libsmartcols1	2.38.1-5+deb12u3	util-linux
libss2	1.47.0-2+b2	e2fsprogs (1.47.0-2)
libstdc++6	12.2.0-14+deb12u1	gcc-12		gcc-12-base (= 12.2.0-14+deb12u1)
libsystemd0	252.39-1~deb12u2	systemd
libtasn1-6	4.19.0-2+deb12u1
libtinfo6	6.4-4	ncurses
libudev1	252.39-1~deb12u2	systemd
libunistring2	1.0-2	libunistring
libuuid1	2.38.1-5+deb12u3	util-linux
libxxhash0	0.8.1-1	xxhash
libzstd1	1.5.4+dfsg2-5	libzstd
login	1:4.13+dfsg1-1+deb12u2	shadow
logsave	1.47.0-2+b2	e2fsprogs (1.47.0-2)
mawk	1.3.4.20200120-3.1		awk
mount	2.38.1-5+deb12u3	util-linux
ncurses-base	6.4-4	ncurses	ncurses-runtime
ncurses-bin	6.4-4	ncurses
passwd	1:4.13+dfsg1-1+deb12u2	shadow
perl-base	5.36.0-7+deb12u3	perl	libfile-path-perl (= 2.18), libfile-temp-perl (= 0.2311), libio-socket-ip-perl (= 0.41), libscalar-list-utils-perl (= 1:1.62), libsocket-perl (= 2.033), libxsloader-perl (= 0.31), perlapi-5.36.0
sed	4.9-1+deb12u1
sysvinit-utils	3.06-4	sysvinit	lsb-base (= 11.1.0)
tar	1.34+dfsg-1.2+deb12u1
tzdata	2026b-0+deb12u1		tzdata-bookworm
usr-is-merged	37~deb12u1	usrmerge
util-linux	2.38.1-5+deb12u3		hardlink
util-linux-extra	2.38.1-5+deb12u3	util-linux
zlib1g	1:1.2.13.dfsg-1	zlib	libz1
# debian 13	21697576	2026-11-20
apt	3.0.3		apt-transport-https (= 3.0.3)
base-files	13.8+deb13u7		base, usr-is-merged
base-passwd	3.6.7
bash	5.2.37-2+b10	bash (5.2.37-2)
bsdutils	1:2.41.5-0+deb13u1	util-linux (2.41.5-0+deb13u1)
coreutils	9.7-3
dash	0.5.12-12
debconf	1.5.91		debconf-2.0
debian-archive-keyring	2025.1
debianutils	5.23.2
diffutils	1:3.10-4
dpkg	1.22.22
findutils	4.10.0-3
gcc-14-base	14.2.0-19	gcc-14
grep	3.11-4		rgrep
gzip	1.13-1+deb13u1
hostname	3.25
init-system-helpers	1.69~deb13u1
libacl1	2.3.2-2+b1	acl (2.3.2-2)
libapt-pkg7.0	3.0.3	apt	libapt-pkg (= 3.0.3)
libattr1	1:2.5.2-3	attr
libaudit-common	1:4.0.2-2+deb13u1	audit
libaudit1	1:4.0.2-2+deb13u1	audit
libblkid1	2.41.5-0+deb13u1	util-linux
libbsd0	0.12.2-2	libbsd
libbz2-1.0	1.0.8-6	bzip2
libc-bin	2.41-12+deb13u4	glibc
libc6	2.41-12+deb13u4	glibc
libcap-ng0	0.8.5-4+b1	libcap-ng (0.8.5-4)
libcap2	1:2.75-10+deb13u1+b3	libcap2 (1:2.75-10+deb13u1)
libcrypt1	1:4.4.38-1	libxcrypt
libdb5.3t64	5.3.28+dfsg2-9	db5.3	libdb5.3 (= 5.3.28+dfsg2-9)
libdebconfclient0	0.280	cdebconf
libgcc-s1	14.2.0-19	gcc-14	libgcc1 (= 1:14.2.0-19)	gcc-14-base (= 14.2.0-19)
libgmp10	2:6.3.0+dfsg-3	gmp
libhogweed6t64	3.10.1-1	nettle	libhogweed6 (= 3.10.1-1)
liblastlog2-2	2.41.5-0+deb13u1	util-linux
liblz4-1	1.10.0-4	lz4
liblzma5	5.8.1-1+deb13u1	xz-utils
libmd0	1.1.0-2+b1	libmd (1.1.0-2)
libmount1	2.41.5-0+deb13u1	util-linux		libblkid1 (= 2.41.5-0+deb13u1)
libnettle8t64	3.10.1-1	nettle	libnettle8 (= 3.10.1-1)
libpam-modules	1.7.0-5	pam	libpam-mkhomedir, libpam-motd, libpam-umask	libpam-modules-bin (= 1.7.0-5)
libpam-modules-bin	1.7.0-5	pam
libpam-runtime	1.7.0-5	pam
libpam0g	1.7.0-5	pam
libpcre2-8-0	10.46-1~deb13u2	pcre2
libseccomp2	2.6.0-2	libseccomp
libselinux1	3.8.1-1	libselinux
libsemanage-common	3.8.1-1	libsemanage
libsemanage2	3.8.1-1	libsemanage
libsepol2	3.8.1-1	libsepol
libsmartcols1	2.41.5-0+deb13u1	util-linux
libsqlite3-0	3.46.1-7+deb13u2	sqlite3
libssl3t64	3.5.7-1~deb13u2	openssl	libssl3 (= 3.5.7-1~deb13u2)
libstdc++6	14.2.0-19	gcc-14		gcc-14-base (= 14.2.0-19)
libsystemd0	257.13-1~deb13u1	systemd
libtinfo6	6.5+20250216-2	ncurses
libudev1	257.13-1~deb13u1	systemd
libuuid1	2.41.5-0+deb13u1	util-linux	libuuid1t64 (= 2.41.5-0+deb13u1)
libxxhash0	0.8.3-2	xxhash
libzstd1	1.5.7+dfsg-1	libzstd
login	1:4.16.0-2+really2.41.5-0+deb13u1	util-linux (2.41.5-0+deb13u1)
login.defs	1:4.17.4-2	shadow
mawk	1.3.4.20250131-1		awk
mount	2.41.5-0+deb13u1	util-linux		libblkid1 (= 2.41.5-0+deb13u1), libmount1 (= 2.41.5-0+deb13u1), libsmartcols1 (= 2.41.5-0+deb13u1)
ncurses-base	6.5+20250216-2	ncurses	ncurses-runtime
ncurses-bin	6.5+20250216-2	ncurses
openssl-provider-legacy	3.5.7-1~deb13u2	openssl
passwd	1:4.17.4-2	shadow
perl-base	5.40.1-6+deb13u1	perl	libfile-path-perl (= 2.18), libfile-temp-perl (= 0.2311), libio-socket-ip-perl (= 0.42), libscalar-list-utils-perl (= 1:1.63), libsocket-perl (= 2.038), libxsloader-perl (= 0.32), perlapi-5.40.0, perlapi-5.40.1
sed	4.9-2+deb13u1
sqv	1.3.0-3+b2	rust-sequoia-sqv (1.3.0-3)
sysvinit-utils	3.14-4	sysvinit	lsb-base (= 11.1.0)
tar	1.35+dfsg-3.1
tzdata	2026c-0+deb13u1		tzdata-trixie
util-linux	2.41.5-0+deb13u1		hardlink	libblkid1 (= 2.41.5-0+deb13u1), liblastlog2-2 (= 2.41.5-0+deb13u1), libmount1 (= 2.41.5-0+deb13u1), libsmartcols1 (= 2.41.5-0+deb13u1), libuuid1 (= 2.41.5-0+deb13u1)
zlib1g	1:1.3.dfsg+really1.3.1-1+b1	zlib (1:1.3.dfsg+really1.3.1-1)	libz1
# ubuntu 22.04	52599549	2026-11-20
adduser	3.118ubuntu5
apt	2.4.5		apt-transport-https (= 2.4.5)
base-files	12ubuntu4		base
base-passwd	3.5.52build1
bash	5.1-6ubuntu1
bsdutils	1:2.37.2-4ubuntu3	util-linux (2.37.2-4ubuntu3)
coreutils	8.32-4.1ubuntu1
dash	0.5.11+git20210903+057cd650a4ed-3build1
debconf	1.5.79ubuntu1		debconf-2.0
debianutils	5.5-1ubuntu2
diffutils	1:3.8-0ubuntu2
dpkg	1.21.1ubuntu2
e2fsprogs	1.46.5-2ubuntu1			libext2fs2 (= 1.46.5-2ubuntu1)
findutils	4.8.0-1ubuntu3
gcc-12-base	12-20220319-1ubuntu1	gcc-12
gpgv	2.2.27-3ubuntu2	gnupg2
grep	3.7-1build1		rgrep
gzip	1.10-4ubuntu4
hostname	3.23ubuntu2
init-system-helpers	1.62
libacl1	2.3.1-1	acl
libapt-pkg6.0	2.4.5	apt	libapt-pkg (= 2.4.5)
libattr1	1:2.5.1-1build1	attr
libaudit-common	1:3.0.7-1build1	audit
libaudit1	1:3.0.7-1build1	audit
libblkid1	2.37.2-4ubuntu3	util-linux
libbz2-1.0	1.0.8-5build1	bzip2
libc-bin	2.35-0ubuntu3	glibc
libc6	2.35-0ubuntu3	glibc
libcap-ng0	0.7.9-2.2build3	libcap-ng
libcap2	1:2.44-1build3
libcom-err2	1.46.5-2ubuntu1	e2fsprogs	libcomerr2 (= 1.46.5-2ubuntu1)
libcrypt1	1:4.4.27-1	libxcrypt
libdb5.3	5.3.28+dfsg1-0.8ubuntu3	db5.3
libdebconfclient0	0.261ubuntu1	cdebconf
libext2fs2	1.46.5-2ubuntu1	e2fsprogs	e2fslibs (= 1.46.5-2ubuntu1)
libffi8	3.4.2-4	libffi	libffi8ubuntu1 (= 3.4.2-4)
libgcc-s1	12-20220319-1ubuntu1	gcc-12	libgcc1 (= 1:12-20220319-1ubuntu1)	gcc-12-base (= 12-20220319-1ubuntu1)
libgcrypt20	1.9.4-3ubuntu3
libgmp10	2:6.2.1+dfsg-3ubuntu1	gmp
libgnutls30	3.7.3-4ubuntu1	gnutls28
libgpg-error0	1.43-3	libgpg-error
libgssapi-krb5-2	1.19.2-2	krb5		libkrb5-3 (= 1.19.2-2)
libhogweed6	3.7.3-1build2	nettle
libidn2-0	2.3.2-2build1	libidn2
libk5crypto3	1.19.2-2	krb5
libkeyutils1	1.6.1-2ubuntu3	keyutils
libkrb5-3	1.19.2-2	krb5		libkrb5support0 (= 1.19.2-2)
libkrb5support0	1.19.2-2	krb5
liblz4-1	1.9.3-2build2	lz4
liblzma5	5.2.5-2ubuntu1	xz-utils
libmount1	2.37.2-4ubuntu3	util-linux
libncurses6	6.3-2	ncurses		libtinfo6 (= 6.3-2)
libncursesw6	6.3-2	ncurses		libtinfo6 (= 6.3-2)
libnettle8	3.7.3-1build2	nettle
libnsl2	1.3.0-2build2	libnsl
libp11-kit0	0.24.0-6build1	p11-kit
libpam-modules	1.4.0-11ubuntu2	pam	libpam-mkhomedir, libpam-motd, libpam-umask	libpam-modules-bin (= 1.4.0-11ubuntu2)
libpam-modules-bin	1.4.0-11ubuntu2	pam
libpam-runtime	1.4.0-11ubuntu2	pam
libpam0g	1.4.0-11ubuntu2	pam
libpcre2-8-0	10.39-3build1	pcre2
libpcre3	2:8.39-13build5	pcre3
libprocps8	2:3.3.17-6ubuntu2	procps
libseccomp2	2.5.3-2ubuntu2	libseccomp
libselinux1	3.3-1build2	libselinux
libsemanage-common	3.3-1build2	libsemanage
libsemanage2	3.3-1build2	libsemanage
libsepol2	3.3-1build1	libsepol
libsmartcols1	2.37.2-4ubuntu3	util-linux
libss2	1.46.5-2ubuntu1	e2fsprogs
libssl3	3.0.2-0ubuntu1	openssl
libstdc++6	12-20220319-1ubuntu1	gcc-12		gcc-12-base (= 12-20220319-1ubuntu1)
libsystemd0	249.11-0ubuntu3	systemd
libtasn1-6	4.18.0-4build1
libtinfo6	6.3-2	ncurses
libtirpc-common	1.3.2-2build1	libtirpc
libtirpc3	1.3.2-2build1	libtirpc
libudev1	249.11-0ubuntu3	systemd
libunistring2	1.0-1	libunistring
libuuid1	2.37.2-4ubuntu3	util-linux
libxxhash0	0.8.1-1	xxhash
libzstd1	1.4.8+dfsg-3build1	libzstd
login	1:4.8.1-2ubuntu2	shadow
logsave	1.46.5-2ubuntu1	e2fsprogs
lsb-base	11.1.0ubuntu4	lsb
mawk	1.3.4.20200120-3		awk
mount	2.37.2-4ubuntu3	util-linux
ncurses-base	6.3-2	ncurses	ncurses-runtime
ncurses-bin	6.3-2	ncurses
passwd	1:4.8.1-2ubuntu2	shadow
perl-base	5.34.0-3ubuntu1	perl	libfile-path-perl (= 2.18), libfile-temp-perl (= 0.2311), libio-socket-ip-perl (= 0.41), libscalar-list-utils-perl (= 1:1.55), libsocket-perl (= 2.031), libxsloader-perl (= 0.30), perlapi-5.34.0
procps	2:3.3.17-6ubuntu2		watch
sed	4.8-1ubuntu2
sensible-utils	0.0.17
sysvinit-utils	3.01-1ubuntu1	sysvinit
tar	1.34+dfsg-1build3
ubuntu-keyring	2021.03.26
usrmerge	25ubuntu2
util-linux	2.37.2-4ubuntu3		hardlink
zlib1g	1:1.2.11.dfsg-2ubuntu9	zlib	libz1`
