FROM --platform=linux/arm64 amd64/alpine:3.20
