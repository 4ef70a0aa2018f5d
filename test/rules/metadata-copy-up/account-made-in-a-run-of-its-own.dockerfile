FROM debian:12-slim
ARG USER=app
COPY . /app
RUN set -eux; useradd -r $USER; mkdir /data
RUN chown -R $USER /app
USER $USER
