FROM alpine:3.20 AS base
RUN dd if=/dev/zero of=/srv/a bs=1M count=8
FROM base
RUN rm /srv/a
