FROM alpine:3.20 AS a
FROM alpine:3.20
COPY --from=a / /x/
RUN apk add curl
