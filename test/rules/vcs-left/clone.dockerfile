FROM debian:12-slim
RUN git clone https://example.org/a.git /app
