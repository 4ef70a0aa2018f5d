FROM alpine:3.20
RUN mkdir -p /root/.cache/pip && dd if=/dev/zero of=/root/.cache/pip/x bs=1M count=4; true
