FROM alpine:3.20
RUN curl -fsSL -u bob:hunter22 -o /opt/app https://example.org/app
