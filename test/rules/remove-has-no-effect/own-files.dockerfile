FROM base
RUN dd if=/dev/zero of=/srv/a bs=1M count=8 && rm /srv/a
