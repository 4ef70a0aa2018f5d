FROM alpine:3.20
COPY ./node_modules/x.js /
