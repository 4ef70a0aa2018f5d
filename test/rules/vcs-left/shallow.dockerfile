FROM debian:12-slim
RUN git clone --depth 1 https://example.org/a.git /app && make -C /app
