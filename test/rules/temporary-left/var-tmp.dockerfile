FROM alpine:3.20
RUN dd if=/dev/zero of=/var/tmp/x bs=1M count=8
