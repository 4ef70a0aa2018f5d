FROM alpine:3.20 AS a
ARG TAG=3.20
FROM alpine:3.20$TAG
