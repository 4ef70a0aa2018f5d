FROM alpine:3.20
EXPOSE 80-82/tcp
