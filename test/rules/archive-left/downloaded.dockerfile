FROM alpine:3.20
RUN wget https://example.org/a.tar.gz && tar -xzf a.tar.gz -C /opt
