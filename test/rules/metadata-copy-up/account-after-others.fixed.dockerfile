FROM debian:12-slim
ARG USER=app
RUN useradd -r $USER
COPY --chown=app:0 . /app
RUN echo hello > /greeting
USER $USER
