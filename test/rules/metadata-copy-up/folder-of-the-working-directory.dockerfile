FROM debian:12-slim
WORKDIR /app
COPY . .
RUN chown -R 1000:1000 /app && mkdir /data
USER 1000
