FROM debian:12-slim
RUN apt-get update && rm -rf /var/lib/apt/lists/*
