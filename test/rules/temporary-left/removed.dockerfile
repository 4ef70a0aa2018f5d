FROM alpine:3.20
RUN wget -O /tmp/setup.sh https://example.org/setup.sh && sh /tmp/setup.sh && rm -rf /tmp/*
