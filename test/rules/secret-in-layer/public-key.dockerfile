FROM debian:12-slim
COPY id_rsa.pub /root/.ssh/id_rsa.pub
RUN rm /root/.ssh/id_rsa.pub
