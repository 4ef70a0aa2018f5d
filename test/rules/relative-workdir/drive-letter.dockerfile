FROM alpine:3.20
WORKDIR C:\\data
