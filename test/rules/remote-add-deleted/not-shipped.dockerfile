FROM alpine:3.20 AS build
ADD https://example.org/a.tgz /tmp/a.tgz
RUN tar -xzf /tmp/a.tgz -C /opt && rm /tmp/a.tgz
FROM alpine:3.20
COPY --from=build /opt /opt
