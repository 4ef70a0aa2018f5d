FROM alpine:3.20
# stratigraph ignore=DL4000
MAINTAINER me
