FROM alpine:3.20
# stratigraph ignore=cache-left
RUN true
