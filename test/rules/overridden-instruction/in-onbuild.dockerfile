FROM alpine:3.20
CMD ["a"]
ONBUILD CMD ["b"]
