FROM amd64/alpine:3.20
