FROM debian:12-slim
COPY . /home/app
RUN useradd -m app && chown -R app:app /home/app
USER app
