FROM debian:12-slim
COPY --chown=1000:1000 a /app/a
