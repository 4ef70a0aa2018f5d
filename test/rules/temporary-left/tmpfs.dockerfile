FROM alpine:3.20
RUN --mount=type=tmpfs,target=/tmp wget -O /tmp/setup.sh https://example.org/setup.sh && sh /tmp/setup.sh
