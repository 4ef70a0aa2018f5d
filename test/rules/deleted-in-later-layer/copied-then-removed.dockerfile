FROM alpine:3.20
COPY src /src
RUN wc -c /src/a.bin
RUN rm -r /src
