FROM alpine:3.20
COPY a.tar /opt/a.tar
RUN tar -xf /opt/a.tar -C /opt
