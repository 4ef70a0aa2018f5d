FROM alpine:3.20 AS b
RUN dd if=/dev/zero of=/z bs=1M count=64
RUN rm /z
FROM alpine:3.20
COPY --from=b /etc/hostname /h
