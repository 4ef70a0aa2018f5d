FROM alpine:3.20
COPY scripts /scripts
COPY scripts/a /scripts/a
RUN chown -R 1000 /scripts
