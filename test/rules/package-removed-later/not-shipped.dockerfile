FROM alpine:3.20 AS build
RUN apk add --no-cache gcc
RUN apk del gcc
FROM alpine:3.20
COPY --from=build /etc/os-release /x
