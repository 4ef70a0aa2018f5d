# VERSION to take
ARG VERSION=3.20
# build makes it
FROM alpine:${VERSION} AS build
