FROM debian:12-slim
RUN rm -rf /tmp/* /var/tmp/*
