FROM debian:12-slim
COPY app /app
RUN useradd -r app && chown -R app:app /app
