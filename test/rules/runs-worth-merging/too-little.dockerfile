FROM alpine:3.20
RUN echo a > /a
RUN chmod 600 /a
