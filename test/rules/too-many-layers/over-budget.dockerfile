FROM alpine:3.20
RUN touch /a
RUN touch /b
RUN touch /c
