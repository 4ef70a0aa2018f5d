FROM alpine:3.20
COPY --chmod=755 a /d/a
RUN chmod -R 755 /d
