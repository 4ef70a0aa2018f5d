FROM alpine:3.20
RUN wget -O /usr/local/bin/tool https://example.org/tool
RUN ln /usr/local/bin/tool /usr/bin/tool
