FROM alpine:3.20
ADD https://example.org/tool /usr/local/bin/tool
