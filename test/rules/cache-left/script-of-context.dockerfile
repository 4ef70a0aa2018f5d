FROM debian:12-slim
COPY setup.sh /usr/local/bin/
RUN sh /usr/local/bin/setup.sh
