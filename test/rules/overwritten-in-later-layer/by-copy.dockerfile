FROM debian:12-slim
COPY one /srv/data
COPY two /srv/data
