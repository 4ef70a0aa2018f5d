FROM alpine:3.20
RUN touch /tmp/nothing
RUN rm /tmp/nothing
