FROM alpine:3.20
ADD https://example.org/a.tgz /tmp/
RUN tar -xzf /tmp/a.tgz -C /opt && rm /tmp/a.tgz
