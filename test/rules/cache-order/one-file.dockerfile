FROM alpine:3.20
COPY a.txt /app/
RUN apk add curl
