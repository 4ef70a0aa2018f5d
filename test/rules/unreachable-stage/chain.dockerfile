FROM alpine:3.20 AS a
FROM a AS b
RUN true
FROM alpine:3.20
