FROM alpine:3.20 AS build
COPY a /app/a
RUN chown -R 1:1 /app
FROM scratch
COPY --from=build /app /app
