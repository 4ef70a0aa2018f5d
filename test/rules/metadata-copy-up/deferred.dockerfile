FROM debian:12-slim
ONBUILD COPY app /app
ONBUILD RUN chown -R nobody /app
