FROM alpine:3.20
ENTRYPOINT ["top"]
CMD ["-b"]
