FROM debian:12-slim
COPY apt.conf /etc/apt/apt.conf.d/99none
RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*
