FROM debian:12-slim
COPY app.conf /etc/app.conf
RUN sed -i s/a/b/ /etc/app.conf
