arg TAG=3.20
FROM alpine:${TAG}
RUN true
