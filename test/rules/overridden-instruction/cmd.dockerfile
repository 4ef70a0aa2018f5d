FROM alpine:3.20
CMD ["a"]
RUN true
CMD ["b"]
