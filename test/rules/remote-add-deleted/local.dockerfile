FROM alpine:3.20
ADD a.bin /tmp/a.bin
RUN rm /tmp/a.bin
