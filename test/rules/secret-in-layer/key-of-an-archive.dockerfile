FROM debian:12-slim
RUN curl -fsSL https://example.org/archive.key > /tmp/archive.key
RUN rm /tmp/archive.key
