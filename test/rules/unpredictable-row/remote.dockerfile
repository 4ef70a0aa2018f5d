FROM alpine:3.20
ADD https://example.org/a.txt /
