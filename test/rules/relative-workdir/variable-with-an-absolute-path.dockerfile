FROM alpine:3.20
ENV APP=/srv
WORKDIR ${APP}/x
