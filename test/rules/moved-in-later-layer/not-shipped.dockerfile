FROM alpine:3.20 AS build
COPY a /tmp/a
RUN mv /tmp/a /srv/a
FROM alpine:3.20
COPY --from=build /srv/a /srv/a
