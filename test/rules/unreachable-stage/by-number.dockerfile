FROM alpine:3.20
RUN touch /x
FROM alpine:3.20
COPY --from=0 /x /x
