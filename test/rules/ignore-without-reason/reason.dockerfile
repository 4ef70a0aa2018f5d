FROM alpine:3.20
# stratigraph ignore=cache-left it is small
RUN true
