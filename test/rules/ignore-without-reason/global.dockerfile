# stratigraph global ignore=syntax
FROM alpine:3.20
