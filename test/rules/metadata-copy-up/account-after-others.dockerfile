FROM debian:12-slim
ARG USER=app
COPY . /app
RUN set -eux; useradd -r $USER
RUN echo hello > /greeting && chown -R $USER /app
USER $USER
