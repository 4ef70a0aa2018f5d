FROM alpine:3.20 AS b
COPY . /src
FROM alpine:3.20
COPY --from=b /src /src
