FROM debian:12-slim
RUN echo 'root:hunter22' | chpasswd
