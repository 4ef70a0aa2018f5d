FROM debian:12-slim
# sources
COPY . /app
RUN groupadd -r app && useradd -r -g app app && chown -R app:app /app
USER app
