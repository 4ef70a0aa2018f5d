FROM alpine:3.20
RUN tar -czf /srv/etc.tar.gz /etc
