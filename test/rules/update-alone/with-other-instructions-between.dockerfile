FROM debian:12
RUN apt-get update -qq
ENV A=1
RUN apt-get install -y curl
