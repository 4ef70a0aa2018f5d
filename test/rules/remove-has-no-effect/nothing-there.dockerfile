FROM base
RUN rm -rf /opt/nothing /tmp/*
