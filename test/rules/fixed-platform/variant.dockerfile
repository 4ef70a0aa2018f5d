FROM --platform=linux/arm64/v8 alpine:3.20 AS tools
RUN true
