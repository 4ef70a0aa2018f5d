FROM alpine:3.20
EXPOSE 53/Udp 80/tcp
