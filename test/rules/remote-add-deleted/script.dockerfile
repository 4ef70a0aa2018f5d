FROM alpine:3.20
ADD https://example.org/setup.sh /setup.sh
RUN sh /setup.sh; rm /setup.sh
