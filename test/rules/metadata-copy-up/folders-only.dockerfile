FROM debian:12-slim
RUN mkdir -p /data
RUN chown 1000:1000 /data
