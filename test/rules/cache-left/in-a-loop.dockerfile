FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl && for d in /var/lib/apt/lists /var/cache/apt; do rm -rf "$d"/*; done
