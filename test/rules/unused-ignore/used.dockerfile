FROM alpine:3.20
# stratigraph ignore=maintainer-deprecated
MAINTAINER me
