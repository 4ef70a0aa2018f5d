FROM base
RUN rm -rf /opt
