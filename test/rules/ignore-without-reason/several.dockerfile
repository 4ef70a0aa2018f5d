FROM alpine:3.20
# stratigraph ignore=syntax,cache-left
RUN true
