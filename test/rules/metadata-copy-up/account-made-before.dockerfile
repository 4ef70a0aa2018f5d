FROM debian:12-slim
RUN useradd -r app
COPY app /app
RUN chown app /app
