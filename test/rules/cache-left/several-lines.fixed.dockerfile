FROM alpine:3.20
RUN mkdir -p /var/cache/apk \
    && dd if=/dev/zero of=/var/cache/apk/index bs=1k count=800 \
    && echo done \
    && rm -rf /var/cache/apk/*
