FROM alpine:3.20
RUN wget -O- https://example.org/a.tar.gz | tar -xz -C /opt
