FROM alpine:3.20
RUN dd if=/dev/zero of=/a bs=1k count=50 && chmod 644 /a
