FROM debian:12-slim
RUN mkdir /a
RUN mv /a /b
