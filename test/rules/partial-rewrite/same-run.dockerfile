FROM debian:12-slim
RUN curl -o /opt/app.js https://example.org/app.js && sed -i s/x/y/ /opt/app.js
