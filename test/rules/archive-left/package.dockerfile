FROM debian:12-slim
RUN curl -o /opt/x.deb https://example.org/x.deb && dpkg -i /opt/x.deb
