FROM debian:12-slim
RUN git clone https://example.org/a.git /tmp/a && make -C /tmp/a install && rm -rf /tmp/a
