# stratigraph global ignore=syntax old
FROM alpine:3.20
