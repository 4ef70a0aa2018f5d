FROM alpine:3.20
COPY a /a
RUN cp -l /a /b
