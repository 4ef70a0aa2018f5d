FROM fedora:40
RUN dnf -y update && dnf clean all
