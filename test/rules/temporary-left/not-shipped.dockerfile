FROM alpine:3.20 AS build
RUN dd if=/dev/zero of=/tmp/x bs=1M count=8
FROM alpine:3.20
COPY --from=build /etc/os-release /x
