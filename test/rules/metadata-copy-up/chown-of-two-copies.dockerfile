FROM debian:12-slim
COPY a /app/a
COPY b /app/b
RUN chown -R 1000:1000 /app
