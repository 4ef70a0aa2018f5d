ARG V=3
ARG TAG=${V}.20
FROM alpine:${TAG}
