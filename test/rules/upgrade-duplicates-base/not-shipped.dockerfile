FROM alpine:3.20 AS b
RUN apk upgrade --no-cache
FROM alpine:3.20
COPY --from=b /etc/os-release /x
