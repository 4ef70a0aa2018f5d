# VERSION is what to take
# of it
ARG VERSION=3.20
FROM alpine:${VERSION}
