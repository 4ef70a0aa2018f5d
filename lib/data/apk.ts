/**
 * Alpine packages: name, and bytes that installing it adds, least, likely and most, what it needs included; then where the
 * figure comes from. Fields end with a tab; unit: bytes of regular files. Seen in 2016 to 2018 as compressed layers (taken
 * 1.8 to 4.5 times, likely 2.5; published pages of packages say 2.2 to 2.6) and in 2024 to 2026 as layer tars, headers
 * included. Renew: look for rows that do nothing but `apk add` among recorded images (corpus/official, corpus/bases).
 *
 * Source: recorded image histories; run-size specification, section 9.
 */
export const apkPackages = `bash	1400000	2400000	10000000	1,112,395 compressed on node:6-alpine
ca-certificates	250000	600000	1300000	308,010 to 352,762 compressed on alpine:3.5 to 3.7; below 1,538,048 of tar with tzdata on python:3.11-alpine
curl	600000	1000000	8000000	384,637 to 398,181 compressed more than without on openjdk:8-jdk-alpine
gnupg	5000000	14000000	18000000	15.5 to 17.4 MB of tar more than without on eclipse-temurin's alpine images
hurl	4500000	6000000	6225920	6,224,384 and 6,225,920 of tar, alpine 3.23
libgcc	50000	150000	400000	part of 5,511,168 of tar with libstdc++ and the indexes on oven/bun:1-alpine
libssl1.0	2400000	3200000	5500000	1,241,563 to 1,288,349 compressed on alpine:3.5 and 3.6
libstdc++	1500000	2900000	5200000	5,511,168 of tar with libgcc and the indexes on oven/bun:1-alpine
openssl	300000	700000	6000000	220,152 compressed more than without on alpine:3.4, up to 1,652,220 on alpine:3.7
su-exec	5000	10000	30000	7,677 to 8,564 compressed with the package database on alpine:3.4 to 3.7
tar	300000	430000	900000	about 175,000 compressed without the package database on openjdk:8-jdk-alpine
tcl	2800000	4000000	8500000	1,606,074 compressed more than bash alone on alpine:3.4
tzdata	300000	900000	4000000	396,275 compressed on alpine:3.5; below 1,784,320 of tar with ca-certificates on python:3.12-alpine
zip	100000	400000	676864	676,864 of tar with upgrades on alpine:3.23`
