FROM debian:12-slim
COPY app.conf /etc/app.conf
RUN echo more >> /etc/app.conf
