FROM alpine:3.20 AS a
RUN touch /x
FROM alpine:3.20
RUN --mount=from=a,target=/m cp /m/x /x
