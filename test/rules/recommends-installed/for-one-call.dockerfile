FROM debian:12-slim
RUN apt-get update && apt-get -o APT::Install-Recommends=false install -y ca-certificates
RUN apt-get install -y curl && rm -rf /var/lib/apt/lists/*
