FROM alpine:3.20
COPY a /
RUN true
COPY b /
