FROM ubuntu:22.04
ARG ID=2000000
RUN useradd --uid ${ID} app
