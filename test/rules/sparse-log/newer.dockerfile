FROM debian:12-slim
RUN useradd -u 1000000 app
