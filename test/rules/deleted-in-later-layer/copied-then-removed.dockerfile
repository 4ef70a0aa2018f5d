FROM debian:12-slim
COPY big.tar /tmp/
RUN tar -xf /tmp/big.tar -C /opt && rm /tmp/big.tar
