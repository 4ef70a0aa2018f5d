FROM golang:1.23
CMD ["/app"]
