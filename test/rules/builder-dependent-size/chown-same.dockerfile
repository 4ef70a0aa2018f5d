FROM alpine:3.20
COPY --chown=5:6 a /a
RUN chown 5:6 /a
