FROM alpine:3.20
RUN touch /var/log/access.log
