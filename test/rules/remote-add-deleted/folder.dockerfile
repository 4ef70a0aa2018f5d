FROM alpine:3.20
ADD https://example.org/a.bin /tmp/x/a.bin
RUN rm -rf /tmp/x
