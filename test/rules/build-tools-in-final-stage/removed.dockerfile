FROM alpine:3.20
RUN apk add --no-cache --virtual .b gcc make && make && apk del .b
CMD ["/app"]
