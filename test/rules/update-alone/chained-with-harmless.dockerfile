FROM debian:12
RUN set -e; apt-get update && apt-get clean
RUN apt-get -y install curl
