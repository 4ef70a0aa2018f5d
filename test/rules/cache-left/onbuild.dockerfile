FROM debian:12-slim
ONBUILD RUN apt-get update && apt-get install -y --no-install-recommends curl
