FROM base
RUN mv /opt/other /srv/
