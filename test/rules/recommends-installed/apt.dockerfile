FROM debian:12-slim
RUN apt update && apt install -y python3-pip && rm -rf /var/lib/apt/lists/*
