# the version
ARG VERSION=3.20
FROM alpine:${VERSION}
