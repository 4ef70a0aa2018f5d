FROM alpine:3.20
# stratigraph ignore=maintainer-deprecated,cache-left
MAINTAINER me
