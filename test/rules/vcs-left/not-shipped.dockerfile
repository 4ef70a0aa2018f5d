FROM debian:12-slim AS build
RUN git clone https://example.org/a.git /app
FROM debian:12-slim
COPY --from=build /app/bin /app/bin
