/** Programs that a shell runs though no file of their name is anywhere. */
import type { Command } from '../shell/command.ts'
import { nameOf } from '../shell/paths.ts'

// Source: POSIX XCU 2.14 and 2.9.1, as far as they are not followed by the shell itself.
const builtins = new Set('echo printf pwd test [ [[ : true false kill ulimit time'.split(' '))

// Applets of a BusyBox whose shell prefers its own to what is in PATH, and needs no links for them.
// Source: `busybox --list` of Debian's busybox-static 1.35.0.
const applets = new Set(
  (
    '[ [[ acpid adjtimex ar arch arp arping ascii ash awk base64 basename bc blkdiscard blockdev brctl bunzip2 bzcat ' +
    'bzip2 cal cat chgrp chmod chown chroot chvt clear cmp cp cpio crc32 crond crontab cttyhack cut date dc dd ' +
    'deallocvt depmod devmem df diff dirname dmesg dnsdomainname dos2unix dpkg dpkg-deb du dumpkmap dumpleases echo ' +
    'ed egrep env expand expr factor fallocate false fatattr fdisk fgrep find findfs fold free freeramdisk fsfreeze ' +
    'fstrim ftpget ftpput getopt getty grep groups gunzip gzip halt head hexdump hostid hostname httpd hwclock ' +
    'i2cdetect i2cdump i2cget i2cset i2ctransfer id ifconfig ifdown ifup insmod ionice ip ipcalc ipneigh kill killall ' +
    'klogd last less link linux32 linux64 ln loadfont loadkmap logger login logname logread losetup ls lsmod lsscsi ' +
    'lzcat lzma lzop md5sum mdev microcom mim mkdir mkdosfs mke2fs mkfifo mknod mkpasswd mkswap mktemp modinfo ' +
    'modprobe more mount mt mv nameif nc netstat nl nologin nproc nsenter nslookup nuke od openvt partprobe passwd ' +
    'paste patch pidof ping ping6 pivot_root poweroff printf ps pwd rdate readlink realpath reboot renice reset ' +
    'resume rev rm rmdir rmmod route rpm rpm2cpio run-init run-parts sed seq setkeycodes setpriv setsid sh sha1sum ' +
    'sha256sum sha3sum sha512sum shred shuf sleep sort ssl_client start-stop-daemon stat strings stty su sulogin svc ' +
    'svok swapoff swapon switch_root sync sysctl syslogd tac tail tar taskset tc tee telnet telnetd test tftp time ' +
    'timeout top touch tr traceroute traceroute6 true truncate ts tty tunctl ubirename udhcpc udhcpd uevent umount ' +
    'uname uncompress unexpand uniq unix2dos unlink unlzma unshare unxz unzip uptime usleep uudecode uuencode vconfig ' +
    'vi w watch watchdog wc wget which who whoami xargs xxd xz xzcat yes zcat'
  ).split(' '),
)

/** Does the shell that runs this command bring the program itself? */
export function bringsItself({ argv, dialect, by }: Pick<Command, 'argv' | 'dialect' | 'by'>): boolean {
  const name = argv[0]!
  if (name.includes('/')) return false
  return (by === undefined && builtins.has(name)) || (dialect === 'ash' && applets.has(nameOf(name)))
}
