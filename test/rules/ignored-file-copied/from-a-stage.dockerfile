FROM alpine:3.20 AS a
RUN touch /a.tmp
FROM alpine:3.20
COPY --from=a /a.tmp /
