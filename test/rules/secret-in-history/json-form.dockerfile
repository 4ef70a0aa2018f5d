FROM alpine:3.20
RUN ["app", "--token", "8a7b6c5d4e3f"]
