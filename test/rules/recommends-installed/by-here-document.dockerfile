FROM debian:12-slim
COPY <<EOF /etc/apt/apt.conf.d/99lean
APT::Install-Recommends "0";
APT::Install-Suggests "0";
EOF
RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
