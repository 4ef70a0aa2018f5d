FROM alpine:3.20
RUN dd if=/dev/zero of=/a bs=1M count=4
RUN true
RUN echo a >> /a
