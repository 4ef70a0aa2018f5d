FROM alpine:3.20
RUN ln -sf /dev/stdout /var/log/access.log
