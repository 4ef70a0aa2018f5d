FROM alpine:3.20 AS build
RUN dd if=/dev/zero of=/srv/a bs=1M count=8
FROM alpine:3.20
COPY --from=build /srv /srv
COPY --from=build /srv/a /srv/a
