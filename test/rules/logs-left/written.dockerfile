FROM alpine:3.20
RUN dd if=/dev/zero of=/var/log/x.log bs=1M count=8
