FROM alpine:3.20
RUN --mount=type=cache,target=/root/.npm dd if=/dev/zero of=/root/.npm/x bs=1M count=4
