FROM docker.io/s390x/debian:12
