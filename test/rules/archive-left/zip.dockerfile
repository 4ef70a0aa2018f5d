FROM debian:12-slim
WORKDIR /opt
RUN curl -LO https://example.org/x.zip && unzip x.zip
