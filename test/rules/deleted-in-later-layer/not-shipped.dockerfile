FROM alpine:3.20 AS build
RUN dd if=/dev/zero of=/srv/a bs=1M count=8
RUN rm /srv/a
FROM alpine:3.20
COPY --from=build /etc/os-release /os
