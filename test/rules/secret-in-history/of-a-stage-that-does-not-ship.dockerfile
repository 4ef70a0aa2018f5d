FROM alpine:3.20 AS build
RUN curl -u bob:hunter22 -o /app https://example.org/app
FROM alpine:3.20
COPY --from=build /app /app
