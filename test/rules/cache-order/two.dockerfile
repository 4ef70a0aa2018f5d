FROM alpine:3.20
COPY . /app/
RUN apk add curl
RUN apk add git
