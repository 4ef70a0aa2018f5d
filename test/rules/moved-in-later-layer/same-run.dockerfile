FROM debian:12-slim
RUN curl -o /tmp/tool https://example.org/tool && mv /tmp/tool /usr/local/bin/tool
