FROM debian:12-slim
RUN mkdir -p /opt/a && cp -pr /etc/skel /opt/a && ssh -p 2222 bob@example.org true && tar -pxf /a.tar && mysql -P3306 -u root -p
