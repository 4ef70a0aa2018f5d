FROM alpine:3.20
COPY a /one
COPY a /two
