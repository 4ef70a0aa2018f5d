FROM debian:12-slim
RUN dd if=/dev/zero of=/srv/a bs=1M count=8
RUN touch /srv/a
