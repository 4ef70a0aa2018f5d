FROM alpine:3.20
RUN wget -O /srv/model.tar.gz https://example.org/model.tar.gz
