FROM debian:12-slim
COPY a /tmp/a
RUN mv /tmp/a /srv/b
