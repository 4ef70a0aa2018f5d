FROM --platform=${BUILDPLATFROM:-linux/amd64} alpine:3.20 AS linux
