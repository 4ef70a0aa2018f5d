FROM debian:12-slim
RUN curl -o /opt/app.js https://example.org/app.js
RUN sed -i s/x/y/ /opt/app.js
