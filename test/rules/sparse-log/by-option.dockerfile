FROM ubuntu:22.04
RUN useradd -u 1000000 app
