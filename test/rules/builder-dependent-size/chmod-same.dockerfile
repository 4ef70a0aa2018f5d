FROM alpine:3.20
COPY --chmod=755 a /a
RUN chmod 755 /a
