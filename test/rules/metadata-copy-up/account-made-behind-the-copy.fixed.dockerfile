FROM debian:12-slim
RUN groupadd -r app && useradd -r -g app app
# sources
COPY --chown=app:app . /app
USER app
