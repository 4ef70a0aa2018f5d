FROM alpine:3.20 AS x
CMD sleep 1
FROM alpine:3.20
RUN sleep 0
