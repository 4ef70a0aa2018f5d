FROM alpine:3.20
RUN --mount=type=secret,id=npm,env=NPM_TOKEN true
