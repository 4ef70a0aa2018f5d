FROM alpine:3.20
RUN dd if=/dev/zero of=/tmp/blob bs=1M count=8
RUN echo start \
    # a note
    && rm /tmp/blob \
    && echo done
