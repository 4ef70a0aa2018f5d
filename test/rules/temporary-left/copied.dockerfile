FROM alpine:3.20
COPY setup.sh /tmp/
RUN sh /tmp/setup.sh
