FROM alpine:3.20 AS a
WORKDIR a
FROM alpine:3.20
WORKDIR b
COPY --from=a /etc/hostname .
