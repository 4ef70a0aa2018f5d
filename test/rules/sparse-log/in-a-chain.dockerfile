FROM ubuntu:22.04
RUN groupadd app && useradd -m -u 500000 -g app app
