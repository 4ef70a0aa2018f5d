FROM alpine:3.20
RUN dd if=/dev/zero of=/a bs=1M count=8 && ln /a /b
