FROM debian:12-slim
RUN echo 'vagrant:vagrant' | chpasswd && mysqladmin -uroot -proot status
