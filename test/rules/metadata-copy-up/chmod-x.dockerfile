FROM debian:12-slim
COPY run.sh /run.sh
RUN chmod +x /run.sh
