FROM alpine:3.20
MAINTAINER "Me <me@example.org>"
