FROM debian:12-slim
COPY . /app
RUN chown -R nobody /app
