FROM alpine:3.20
COPY a /a
COPY a /a
