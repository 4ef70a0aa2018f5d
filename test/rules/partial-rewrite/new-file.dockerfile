FROM debian:12-slim
RUN echo one >> /etc/app.conf
