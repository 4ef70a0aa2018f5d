FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl && find /var/lib/apt/lists -type f -delete
