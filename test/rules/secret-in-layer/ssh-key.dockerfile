FROM debian:12-slim
COPY id_rsa /root/.ssh/id_rsa
RUN git clone git@example.org:a.git /a && rm -rf /root/.ssh /a/.git
