FROM alpine:3.20 AS a
RUN touch /x
FROM alpine:3.20
COPY --from=a /x /x
