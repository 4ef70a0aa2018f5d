FROM alpine:3.20 AS base
RUN dd if=/dev/zero of=/var/blob bs=1M count=8
FROM base
RUN find /var -name blob -delete
