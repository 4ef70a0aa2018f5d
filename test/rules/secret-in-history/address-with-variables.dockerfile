FROM alpine:3.20
RUN echo https://$A:$B@example.org/a
