FROM debian:12-slim
RUN --mount=type=cache,target=/cache dd if=/dev/zero of=/cache/a bs=1M count=8
RUN --mount=type=cache,target=/cache rm /cache/a
