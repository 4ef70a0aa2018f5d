FROM debian:12-slim
WORKDIR /app
COPY --chown=1000:1000 . .
RUN chown 1000:1000 /app && mkdir /data
USER 1000
