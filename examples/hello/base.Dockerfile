# What our images stand on: Alpine and a Bash.
FROM alpine:3.20
RUN apk add --no-cache bash
