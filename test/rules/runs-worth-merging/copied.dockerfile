FROM alpine:3.20
COPY a.txt /
RUN chmod 600 /a.txt
