FROM alpine:3.20 AS a
RUN true
FROM alpine:3.20
FROM a AS b
CMD ["a"]
RUN true
