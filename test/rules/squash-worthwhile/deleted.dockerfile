FROM alpine:3.20
RUN dd if=/dev/zero of=/z bs=1M count=64
RUN rm /z
