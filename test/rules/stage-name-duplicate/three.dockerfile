FROM alpine:3.20 AS a
FROM alpine:3.20 AS b
FROM alpine:3.20 AS a
FROM b AS a
