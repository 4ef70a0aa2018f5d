FROM ubuntu:22.04
RUN useradd -u 1001 app
